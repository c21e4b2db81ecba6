/*
 * page_debrief.c: 復命, the report after a training.
 *
 * GET  /sessions/:id/debrief   the own one: to write, to change, to print
 * POST /sessions/:id/debrief   learned, plans; 422 with what is missing
 * GET  /debriefs               heads: to read, still owed, read
 * POST /debriefs/:id/seen      a head has read that of booking :id
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/debrief_model.h"
#include "pages/pages.h"
#include "pages/session_model.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

void debrief_to_model(struct ctx *cx, const struct request *rq, json_t *m,
		      const struct debrief_row *r)
{
	const struct date due = debrief_due_on(r->ends_at, r->debrief_days);
	const bool late = r->written_at == DB_NULL &&
			  date_compare(date_in_japan(cx->now_ms), due) > 0;

	model_int(m, "id", r->booking_id);
	model_text(m, "person", r->person_name);
	model_text(m, "kana", r->kana);
	model_text(m, "unit", by_language(rq, r->unit_name, r->unit_name_en));
	model_text(m, "course", by_language(rq, r->title, r->title_en));
	model_text(m, "run_text",
		   count_text(cx, rq, TEXT_KEY("session.run"), r->run_no));
	model_format(m, "href", "/sessions/%" PRId64, r->session_id);
	model_text(m, "day_text", day_text(cx, rq, r->starts_at));
	model_text(m, "due", date_to_iso(&cx->arena, due));
	model_text(m, "due_text",
		   date_to_text(&cx->arena, due, rq->lang, DATE_LONG));
	model_bool(m, "is_late", late);
	model_bool(m, "is_written", r->written_at != DB_NULL);
	model_bool(m, "is_seen", r->seen_at != DB_NULL);
	model_text(m, "learned", r->learned);
	model_text(m, "plans", r->plans);
	model_text(m, "written_text",
		   r->written_at == DB_NULL
			   ? NULL
			   : moment_text(cx, rq, r->written_at));
	model_text(m, "seen_text",
		   r->seen_at == DB_NULL
			   ? NULL
			   : text_fill(&cx->arena,
				       request_text(rq, "debrief.seen_by"),
				       "who", r->seen_by ? r->seen_by : "",
				       "at", moment_text(cx, rq, r->seen_at),
				       NULL));
	model_text(m, "state_text",
		   request_text(rq, r->seen_at != DB_NULL
					    ? TEXT_KEY("debrief.is_seen")
				    : r->written_at != DB_NULL
					    ? TEXT_KEY("debrief.is_written")
				    : late ? TEXT_KEY("debrief.is_late")
					   : TEXT_KEY("debrief.is_owed")));
	model_text(m, "state_tag",
		   r->seen_at != DB_NULL      ? "ok"
		   : r->written_at != DB_NULL ? "quiet"
		   : late                     ? "stop"
					      : "warn");
}

static enum err find(struct ctx *cx, const struct request *rq,
		     struct debrief_row *own)
{
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	return store_debrief_own(cx, id, rq->user->person_id, own);
}

static void show_own(struct ctx *cx, const struct request *rq, json_t *m,
		     const struct debrief_row *own, const char *learned,
		     const char *plans)
{
	debrief_to_model(cx, rq, m, own);
	model_text(m, "title", request_text(rq, "debrief.title"));
	model_text(m, "learned", learned ? learned : "");
	model_text(m, "plans", plans ? plans : "");
	model_int(m, "most", DEBRIEF_MAX);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct debrief_row own;

	TRY(find(cx, rq, &own));
	show_own(cx, rq, rp->model, &own, own.learned, own.plans);
	return OK;
}

static const char *typed(struct ctx *cx, const struct request *rq,
			 struct reply *rp, const char *name)
{
	const char *value = request_form(rq, name),
		   *text = text_trim(&cx->arena, value ? value : "");

	if (!*text)
		reply_problem(rp, name, request_text(rq, "debrief.missing"));
	else if (text_length(text) > DEBRIEF_MAX)
		reply_problem(rp, name, request_text(rq, "debrief.too_long"));
	return text;
}

static enum err write(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	const char *learned, *plans;
	struct debrief_row own;
	enum err e;

	TRY(find(cx, rq, &own));
	learned = typed(cx, rq, rp, "learned");
	plans = typed(cx, rq, rp, "plans");
	if (rp->status == 422) {
		show_own(cx, rq, rp->model, &own, learned, plans);
		return OK;
	}
	e = store_debrief_write(cx, &own, learned, plans);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		TRY(find(cx, rq, &own));
		show_own(cx, rq, rp->model, &own, learned, plans);
		reply_problem(rp, "", request_text(rq, "debrief.seen_already"));
		return OK;
	}
	TRY(e);
	return reply_done(cx, rp, TEXT_KEY("debrief.done_written"),
			  "/sessions/%" PRId64 "/debrief", own.session_id);
}

static enum err add_list(struct ctx *cx, const struct request *rq, json_t *list,
			 enum debrief_which which)
{
	const struct debrief_row *rows;
	size_t n;

	TRY(store_debrief_list(cx, rq->user->person_id, which, &rows, &n));
	for (size_t i = 0; i < n; i++)
		debrief_to_model(cx, rq, model_item(list), &rows[i]);
	return OK;
}

static enum err list(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	json_t *m = rp->model;

	model_text(m, "title", request_text(rq, "debrief.list_title"));
	TRY(add_list(cx, rq, model_list(m, "to_read"), DEBRIEFS_TO_READ));
	TRY(add_list(cx, rq, model_list(m, "owed"), DEBRIEFS_OWED));
	return add_list(cx, rq, model_list(m, "read"), DEBRIEFS_READ);
}

static enum err seen(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_debrief_seen(cx, id, rq->user->person_id));
	return reply_done(cx, rp, TEXT_KEY("debrief.done_seen"), "/debriefs");
}

const struct route debrief_routes[] = {
	{ GET, "/sessions/:id/debrief", WHO_SIGNED_IN, show, "debrief" },
	{ POST, "/sessions/:id/debrief", WHO_SIGNED_IN, write, "debrief" },
	{ GET, "/debriefs", HEAD, list, "debriefs" },
	{ POST, "/debriefs/:id/seen", HEAD, seen, NULL },
	{ .page = NULL },
};
