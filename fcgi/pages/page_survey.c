/*
 * page_survey.c: people answer a survey.
 *
 * GET  /surveys/:id          the form, with what was typed before; or why not
 * POST /surveys/:id          _do=save keeps a draft, next and back change the
 *                            step, review checks all, submit stores once
 * POST /surveys/:id/draft    the same as save, for the script
 * GET  /surveys/:id/review   what will be submitted
 * GET  /receipts/:id         the receipt; the same one however often
 *
 * Whoever sends a form twice (double click, lost reply, second tab) gets the
 * same receipt: the store keeps one submission per person and collection.
 */
#include "pages/survey_page.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"
#include "pages/pages.h"
#include "store/store_draft.h"
#include "store/store_submission.h"
#include "store/store_survey.h"
#include "survey/pairing.h"
#include "survey/survey_form.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

static enum err open_view(struct ctx *cx, const struct request *rq,
			  struct collection_view *v)
{
	const struct collection_person me = collection_me(rq);
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	return store_collection_view(cx, id, &me, v);
}

/* Why there is no form, as a key of texts; NULL: there is one. */
static const char *refusal(const struct ctx *cx,
			   const struct collection_view *v)
{
	int64_t opens;

	if (v->part.is_invited != 1)
		return TEXT_KEY("survey.not_invited");
	if (v->c.is_open == 1)
		return NULL;
	if (v->c.session_state && !strcmp(v->c.session_state, "cancelled"))
		return TEXT_KEY("survey.session_cancelled");
	if (!strcmp(v->c.state, "planned") ||
	    (v->c.opens_at && instant_from_db(v->c.opens_at, &opens) &&
	     opens > cx->now_ms))
		return TEXT_KEY("survey.not_yet");
	if (!strcmp(v->c.moment_text, "pre"))
		return TEXT_KEY("survey.pre_over");
	return TEXT_KEY("survey.over");
}

/* The page that says why there is no form. */
static enum err refuse(struct ctx *cx, const struct request *rq,
		       struct reply *rp, const struct collection_view *v)
{
	const char *why = refusal(cx, v);

	rp->view = "survey_state";
	rp->status = v->part.is_invited != 1 ? 403
		     : rq->method == POST    ? 409
					     : 200;
	model_text(rp->model, "title", collection_title(rq, &v->c));
	model_text(rp->model, "reason", why + strlen("survey."));
	model_text(rp->model, "reason_text", request_text(rq, why));
	model_text(rp->model, "when_text",
		   utc_text(cx, rq, v->c.session_starts_at));
	model_text(rp->model, "opens_text",
		   !strcmp(why, "survey.not_yet")
			   ? utc_text(cx, rq, v->c.opens_at)
			   : NULL);
	model_bool(rp->model, "can_run",
		   request_is(rq, PLANNER) || v->part.is_trainer == 1);
	model_int(rp->model, "collection", v->c.id);
	return OK;
}

/* The draft of another day may name steps that are no longer there. */
static size_t page_from(const char *text, const struct survey *sv)
{
	int64_t page;

	if (!text || !text_to_i64(text, 1, (int64_t)survey_pages(sv), &page))
		return 0;
	return (size_t)page - 1;
}

static void put_form(struct ctx *cx, const struct request *rq, json_t *m,
		     const struct collection_view *v, const struct survey *sv)
{
	const char *sent = request_form(rq, "_key");
	int64_t saved;

	survey_head(cx, rq, m, &v->c, sv);
	model_format(m, "action", "/surveys/%" PRId64, v->c.id);
	model_format(m, "draft_action", "/surveys/%" PRId64 "/draft", v->c.id);
	model_text(m, "form_key",
		   v->draft.form_key ? v->draft.form_key
		   : sent && *sent   ? sent
				     : form_key_new(&cx->arena));
	model_null(m, "saved_text");
	model_null(m, "paper");
	if (v->draft.saved_at && instant_from_db(v->draft.saved_at, &saved))
		model_text(m, "saved_text",
			   text_fill(&cx->arena,
				     request_text(rq, "survey.saved_at"),
				     "time", time_to_text(&cx->arena, saved),
				     NULL));
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct collection_view v;
	const struct survey *sv;

	TRY(open_view(cx, rq, &v));
	if (v.part.is_done)
		return reply_redirect(cx, rp, "/receipts/%" PRId64, v.c.id);
	if (refusal(cx, &v))
		return refuse(cx, rq, rp, &v);
	TRY(store_survey_open(cx, v.c.version_id, &sv));
	put_form(cx, rq, rp->model, &v, sv);
	survey_body(cx, rq, rp->model, sv,
		    &(struct survey_form){
			    .lang = rq->lang,
			    .given = givens_from_json(cx, v.draft.fields),
			    .page = page_from(request_query(rq, "page"), sv) });
	return OK;
}

/* One form as it arrived. */
struct sending {
	struct collection_view v;
	const struct survey *sv;
	struct givens given; /* everything, this step's fields as sent now */
	size_t page;
	struct answers answers;
	const struct problem *problems;
};

static enum err keep(struct ctx *cx, const struct request *rq,
		     const struct sending *s, bool *saved)
{
	const char *key = request_form(rq, "_key");

	if (!key || strlen(key) != 43)
		key = form_key_new(&cx->arena);
	return store_draft_save(cx, s->v.c.id, rq->user->person_id, key,
				givens_to_json(cx, s->given), saved);
}

/* The form again, with what was typed and what to correct. */
static enum err show_problems(struct ctx *cx, const struct request *rq,
			      struct reply *rp, const struct sending *s)
{
	const struct problem *said;
	bool saved;

	TRY(keep(cx, rq, s, &saved));
	put_form(cx, rq, rp->model, &s->v, s->sv);
	said = survey_complain(cx, rq, rp, s->sv, s->problems);
	survey_body(
		cx, rq, rp->model, s->sv,
		&(struct survey_form){
			.lang = rq->lang,
			.given = s->given,
			.problems = said,
			.page = survey_page_of(s->sv, s->problems->where) });
	return OK;
}

static enum err store(struct ctx *cx, const struct request *rq,
		      struct reply *rp, const struct sending *s)
{
	struct submission_new new = {
		.collection_id = s->v.c.id,
		.person_id = rq->user->person_id,
		.booking_id = s->v.part.booking_id,
		.tier_id = rq->user->tier_id,
		.unit_id = rq->user->unit_id,
		.entered_by = DB_NULL,
		.form_key = request_form(rq, "_key"),
		.answers = &s->answers,
	};
	bool is_new;

	if (!mode_from_word(s->v.c.mode_text, &new.mode))
		return FAIL(cx, ERR_INTERNAL, "unknown mode");
	TRY(store_submission_add(cx, &new, &is_new));
	return reply_redirect(cx, rp, "/receipts/%" PRId64, s->v.c.id);
}

/* Only the problems of this step keep people from the next one. */
static const struct problem *problem_of_step(const struct sending *s)
{
	const struct problem *p = s->problems;

	while (p && survey_page_of(s->sv, p->where) != s->page)
		p = p->next;
	return p;
}

static enum err step(struct ctx *cx, const struct request *rq, struct reply *rp,
		     struct sending *s, bool forward)
{
	bool saved;

	s->problems = forward ? problem_of_step(s) : NULL;
	if (s->problems)
		return show_problems(cx, rq, rp, s);
	TRY(keep(cx, rq, s, &saved));
	return reply_redirect(cx, rp, "/surveys/%" PRId64 "?page=%zu",
			      s->v.c.id, forward ? s->page + 2 : s->page);
}

static enum err act(struct ctx *cx, const struct request *rq, struct reply *rp,
		    struct sending *s)
{
	const char *what = request_form(rq, "_do");
	bool saved;

	if (text_equals(what, "save")) {
		TRY(keep(cx, rq, s, &saved));
		return reply_done(cx, rp, TEXT_KEY("survey.kept"),
				  "/surveys/%" PRId64 "?page=%zu", s->v.c.id,
				  s->page + 1);
	}
	if (text_equals(what, "next") || text_equals(what, "back"))
		return step(cx, rq, rp, s, text_equals(what, "next"));
	if (s->problems)
		return show_problems(cx, rq, rp, s);
	if (text_equals(what, "submit"))
		return store(cx, rq, rp, s);
	TRY(keep(cx, rq, s, &saved));
	return reply_redirect(cx, rp, "/surveys/%" PRId64 "/review", s->v.c.id);
}

/* Read what was sent; *there is false when a page has been set instead. */
static enum err receive(struct ctx *cx, const struct request *rq,
			struct reply *rp, struct sending *s, bool *there)
{
	const char *page = request_form(rq, "_page");

	*there = false;
	TRY(open_view(cx, rq, &s->v));
	if (s->v.part.is_done)
		return reply_redirect(cx, rp, "/receipts/%" PRId64, s->v.c.id);
	if (refusal(cx, &s->v))
		return refuse(cx, rq, rp, &s->v);
	TRY(store_survey_open(cx, s->v.c.version_id, &s->sv));
	s->page = page_from(page, s->sv);
	s->given = survey_given(cx, s->sv, &rq->form);
	if (page && survey_pages(s->sv) > 1)
		s->given = givens_merge(cx, s->sv, s->page,
					givens_from_json(cx, s->v.draft.fields),
					s->given);
	s->answers = survey_read(&cx->arena, s->sv, s->given, &s->problems);
	*there = true;
	return OK;
}

/*
 * Most forms come whole and right. For those nobody looks for a draft, nor
 * whether the person has answered before: the store knows when it writes.
 * *stored is false when there is more to say.
 */
static enum err submit(struct ctx *cx, const struct request *rq,
		       struct reply *rp, bool *stored)
{
	const struct collection_person me = collection_me(rq);
	struct sending s = { 0 };
	int64_t id;

	*stored = false;
	TRY(request_id(cx, rq, "id", &id));
	TRY(store_collection_place(cx, id, &me, &s.v));
	if (refusal(cx, &s.v))
		return OK;
	TRY(store_survey_open(cx, s.v.c.version_id, &s.sv));
	if (request_form(rq, "_page") && survey_pages(s.sv) > 1)
		return OK;
	s.given = survey_given(cx, s.sv, &rq->form);
	s.answers = survey_read(&cx->arena, s.sv, s.given, &s.problems);
	if (s.problems)
		return OK;
	*stored = true;
	return store(cx, rq, rp, &s);
}

static enum err post(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct sending s;
	bool there, stored = false;

	if (text_equals(request_form(rq, "_do"), "submit"))
		TRY(submit(cx, rq, rp, &stored));
	if (stored)
		return OK;
	TRY(receive(cx, rq, rp, &s, &there));
	return there ? act(cx, rq, rp, &s) : OK;
}

static enum err draft(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	struct sending s;
	bool there, saved;

	TRY(receive(cx, rq, rp, &s, &there));
	if (!there)
		return OK;
	TRY(keep(cx, rq, &s, &saved));
	if (!rq->wants_json)
		return reply_done(cx, rp, TEXT_KEY("survey.kept"),
				  "/surveys/%" PRId64, s.v.c.id);
	model_bool(rp->model, "saved", saved);
	model_int(rp->model, "answered",
		  (int64_t)survey_count_answered(s.sv, &s.answers));
	model_text(rp->model, "saved_text",
		   text_fill(&cx->arena, request_text(rq, "survey.saved_at"),
			     "time", time_to_text(&cx->arena, cx->now_ms),
			     NULL));
	return OK;
}

static enum err review(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	struct collection_view v;
	const struct problem *problems;
	const struct survey *sv;
	struct givens given;
	struct answers as;
	json_t *fields;

	TRY(open_view(cx, rq, &v));
	if (v.part.is_done)
		return reply_redirect(cx, rp, "/receipts/%" PRId64, v.c.id);
	if (refusal(cx, &v))
		return refuse(cx, rq, rp, &v);
	TRY(store_survey_open(cx, v.c.version_id, &sv));
	given = givens_from_json(cx, v.draft.fields);
	as = survey_read(&cx->arena, sv, given, &problems);
	if (!v.draft.fields || problems)
		return reply_redirect(cx, rp, "/surveys/%" PRId64, v.c.id);
	put_form(cx, rq, rp->model, &v, sv);
	survey_answers(cx, rq, rp->model, sv, &as);
	fields = model_list(rp->model, "fields");
	for (size_t i = 0; i < given.n; i++) {
		json_t *field = model_item(fields);

		model_text(field, "name", given.list[i].name);
		model_text(field, "value", given.list[i].value);
	}
	return OK;
}

static enum err receipt(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	struct collection_view v;
	const struct survey *sv;

	TRY(open_view(cx, rq, &v));
	if (!v.part.is_done)
		return reply_redirect(cx, rp, "/surveys/%" PRId64, v.c.id);
	TRY(store_survey_open(cx, v.c.version_id, &sv));
	survey_head(cx, rq, rp->model, &v.c, sv);
	model_text(rp->model, "number",
		   receipt_number(&cx->arena, cx->config->secret, v.c.id,
				  rq->user->person_id));
	model_text(rp->model, "person", rq->user->name);
	model_bool(rp->model, "is_pre", !strcmp(v.c.moment_text, "pre"));
	model_bool(rp->model, "can_look_back",
		   strcmp(v.c.mode_text, "unlinked") != 0);
	if (v.c.session_id != DB_NULL)
		model_int(rp->model, "session", v.c.session_id);
	return OK;
}

const struct route survey_routes[] = {
	{ GET, "/surveys/:id", WHO_SIGNED_IN, show, "survey_form" },
	{ POST, "/surveys/:id", WHO_SIGNED_IN, post, "survey_form" },
	{ POST, "/surveys/:id/draft", WHO_SIGNED_IN, draft, NULL },
	{ GET, "/surveys/:id/review", WHO_SIGNED_IN, review, "survey_review" },
	{ GET, "/receipts/:id", WHO_SIGNED_IN, receipt, "receipt" },
	{ .page = NULL },
};
