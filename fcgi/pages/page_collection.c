/*
 * page_collection.c: running a collection, without opening an answer.
 *
 * GET  /collections/:id         state, address, counts, who has not answered
 * POST /collections/:id/open    take answers from now on
 * POST /collections/:id/close   take no more
 *
 * For planners and for the trainers of the session. A form may send back=teach
 * to return to the desk of the session.
 */
#include "pages/pages.h"
#include "pages/survey_page.h"
#include "store/store_audit.h"
#include "store/store_setting.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

/* The word for a column's value. */
static const struct {
	const char *value, *key;
} words[] = {
	{ "named", TEXT_KEY("survey.word_named") },
	{ "paired", TEXT_KEY("survey.word_paired") },
	{ "unlinked", TEXT_KEY("survey.word_unlinked") },
	{ "planned", TEXT_KEY("survey.state_planned") },
	{ "closed", TEXT_KEY("survey.state_closed") },
	{ "open", TEXT_KEY("survey.state_over") },
};

static const char *word(const struct request *rq, const char *value)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i].value, value))
			return request_text(rq, words[i].key);
	return value;
}

static void put_facts(struct ctx *cx, const struct request *rq, json_t *m,
		      const struct collection *c)
{
	model_int(m, "collection", c->id);
	model_text(m, "title", collection_title(rq, c));
	model_text(m, "moment", c->moment_text);
	model_text(m, "mode", c->mode_text);
	model_text(m, "mode_text", word(rq, c->mode_text));
	model_text(m, "state", c->state);
	model_bool(m, "is_open", c->is_open);
	model_text(m, "state_text",
		   c->is_open ? request_text(rq, "survey.state_open")
			      : word(rq, c->state));
	model_text(m, "opens_text", utc_text(cx, rq, c->opens_at));
	model_text(m, "closes_text", utc_text(cx, rq, c->closes_at));
	model_text(m, "when_text", utc_text(cx, rq, c->session_starts_at));
	model_format(m, "link", "/surveys/%" PRId64, c->id);
	model_null(m, "session");
	if (c->session_id != DB_NULL)
		model_int(m, "session", c->session_id);
	model_int(m, "k_score", store_setting_int(cx, "privacy.k_score", 5));
	model_int(m, "k_opinion",
		  store_setting_int(cx, "privacy.k_opinion", 10));
}

static enum err put_counts(struct ctx *cx, json_t *m,
			   const struct collection *c, size_t missing)
{
	const struct collection_counts *rows;
	size_t n;

	if (c->session_id == DB_NULL)
		return OK;
	TRY(store_collection_counts(cx, c->session_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].collection_id != c->id)
			continue;
		model_int(m, "invited", rows[i].invited);
		model_int(m, "answered", rows[i].answered);
		model_bool(m, "nobody_asked", rows[i].invited == 0);
		model_bool(m, "all_answered",
			   rows[i].invited > 0 && missing == 0);
	}
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct collection_missing *missing;
	struct collection_view v;
	json_t *list;
	size_t n;

	TRY(collection_to_run(cx, rq, &v));
	TRY(store_collection_missing(cx, v.c.id, &missing, &n));
	put_facts(cx, rq, rp->model, &v.c);
	TRY(put_counts(cx, rp->model, &v.c, n));
	list = model_list(rp->model, "missing");
	for (size_t i = 0; i < n; i++) {
		json_t *one = model_item(list);

		model_int(one, "person", missing[i].person_id);
		model_text(one, "name", missing[i].name);
		model_text(one, "kana", missing[i].kana);
		model_text(one, "unit",
			   by_language(rq, missing[i].unit_name,
				       missing[i].unit_name_en));
	}
	return OK;
}

/* Back to where the button was. */
static enum err back(struct ctx *cx, const struct request *rq, struct reply *rp,
		     const struct collection *c, const char *notice)
{
	const char *to = request_form(rq, "back");

	if (to && !strcmp(to, "teach") && c->session_id != DB_NULL)
		return reply_done(cx, rp, notice, "/teach/%" PRId64,
				  c->session_id);
	return reply_done(cx, rp, notice, "/collections/%" PRId64, c->id);
}

static enum err note(struct ctx *cx, const struct request *rq,
		     const struct collection *c, const char *action)
{
	return store_audit_add(
		cx, &(struct audit){ .person_id = rq->user->person_id,
				     .address = rq->address,
				     .action = action,
				     .object = arena_printf(
					     &cx->arena, "collection:%" PRId64,
					     c->id) });
}

static enum err open(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct collection_view v;
	enum err err;

	TRY(collection_to_run(cx, rq, &v));
	err = store_collection_open(cx, v.c.id, rq->user->person_id);
	if (err == ERR_CONFLICT) {
		ctx_forgive(cx);
		return back(cx, rq, rp, &v.c, TEXT_KEY("survey.too_late"));
	}
	TRY(err);
	TRY(note(cx, rq, &v.c, "collection.open"));
	return back(cx, rq, rp, &v.c, TEXT_KEY("survey.opened"));
}

static enum err close(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	struct collection_view v;

	TRY(collection_to_run(cx, rq, &v));
	TRY(store_collection_close(cx, v.c.id));
	TRY(note(cx, rq, &v.c, "collection.close"));
	return back(cx, rq, rp, &v.c, TEXT_KEY("survey.closed"));
}

const struct route collection_routes[] = {
	{ GET, "/collections/:id", TRAINER | PLANNER, show, "collection" },
	{ POST, "/collections/:id/open", TRAINER | PLANNER, open, NULL },
	{ POST, "/collections/:id/close", TRAINER | PLANNER, close, NULL },
	{ .page = NULL },
};
