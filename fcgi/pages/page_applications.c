/*
 * page_applications.c: a head decides on the applications of the own units.
 *
 * GET  /applications              to decide, who is away when, decided
 * POST /applications/:id/approve  yes
 * POST /applications/:id/decline  no, with a reason (422 without one)
 */
#include "base/text.h"
#include "pages/pages.h"
#include "pages/session_model.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

static void application_to_model(struct ctx *cx, const struct request *rq,
				 json_t *m, const struct application_row *r)
{
	const int64_t left = r->seats - r->booked - r->held;

	model_int(m, "id", r->booking_id);
	model_text(m, "person", r->person_name);
	model_text(m, "kana", r->kana);
	model_text(m, "unit", by_language(rq, r->unit_name, r->unit_name_en));
	model_text(m, "post", r->post && *r->post ? r->post : NULL);
	model_text(m, "title", by_language(rq, r->title, r->title_en));
	model_format(m, "href", "/sessions/%" PRId64, r->session_id);
	model_text(m, "run_text",
		   count_text(cx, rq, TEXT_KEY("session.run"), r->run_no));
	model_text(m, "day_text", day_text(cx, rq, r->starts_at));
	model_text(m, "hours_text",
		   span_text(cx, rq, r->starts_at, r->ends_at));
	model_text(m, "seats_text",
		   left > 0 ? count_text(cx, rq, TEXT_KEY("session.seats_left"),
					 left)
			    : request_text(rq, "session.seats_full"));
	model_text(m, "applied_text",
		   r->applied_at == DB_NULL
			   ? NULL
			   : moment_text(cx, rq, r->applied_at));
	model_text(m, "changed_text", moment_text(cx, rq, r->changed_at));
	model_text(m, "state_text", booking_text(rq, r->state));
	model_text(m, "state_tag", booking_tag(r->state));
	model_int(m, "away", r->away);
	model_text(m, "away_text",
		   r->away > 0
			   ? count_text(cx, rq, TEXT_KEY("session.others_away"),
					r->away)
			   : request_text(rq, "session.nobody_away"));
}

static enum err add_list(struct ctx *cx, const struct request *rq, json_t *list,
			 enum application_which which)
{
	const struct application_row *rows;
	size_t n;

	TRY(store_application_list(cx, rq->user->person_id, which, &rows, &n));
	for (size_t i = 0; i < n; i++)
		application_to_model(cx, rq, model_item(list), &rows[i]);
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	json_t *m = rp->model;

	model_text(m, "title", request_text(rq, "session.applications"));
	TRY(add_list(cx, rq, model_list(m, "open"), APPLICATIONS_OPEN));
	TRY(add_list(cx, rq, model_list(m, "away"), APPLICATIONS_AWAY));
	return add_list(cx, rq, model_list(m, "decided"), APPLICATIONS_DECIDED);
}

static enum err refuse(struct ctx *cx, const struct request *rq,
		       struct reply *rp, const char *text)
{
	TRY(show(cx, rq, rp));
	reply_problem(rp,
		      arena_printf(&cx->arena, "reason-%s",
				   request_param(rq, "id")),
		      text);
	return OK;
}

static enum err decide(struct ctx *cx, const struct request *rq,
		       struct reply *rp, bool approve, const char *notice)
{
	const char *typed = request_form(rq, "reason"),
		   *reason = text_trim(&cx->arena, typed ? typed : "");
	const struct booking_actor head = { rq->user->person_id, BY_HEAD,
					    reason };
	struct booking_result r;
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	if (!approve && !*reason)
		return refuse(cx, rq, rp,
			      request_text(rq, "session.reason_missing"));
	if (text_length(reason) > 500)
		return refuse(cx, rq, rp,
			      request_text(rq, "session.reason_long"));
	TRY(store_booking_decide(cx, id, approve, &head, &r));
	if (!booking_is_done(&r))
		return refuse(cx, rq, rp, refusal_text(rq, r.refusal));
	if (approve && r.state == BOOKING_WAITING)
		notice = TEXT_KEY("session.done_approved_line");
	return reply_done(cx, rp, notice, "/applications");
}

static enum err approve(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	return decide(cx, rq, rp, true, TEXT_KEY("session.done_approved"));
}

static enum err decline(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	return decide(cx, rq, rp, false, TEXT_KEY("session.done_declined"));
}

const struct route application_routes[] = {
	{ GET, "/applications", HEAD, show, "applications" },
	{ POST, "/applications/:id/approve", HEAD, approve, "applications" },
	{ POST, "/applications/:id/decline", HEAD, decline, "applications" },
	{ .page = NULL },
};
