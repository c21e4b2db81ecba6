/*
 * page_paper.c: answers that came on paper, entered by somebody else 代理入力.
 *
 * GET  /collections/:id/paper   the form, with a choice of who filled it in
 * POST /collections/:id/paper   store it; 422 with what to correct
 *
 * For planners and the trainers of the session. The window does not bind:
 * paper is entered when there is time. It is marked and noted who did it.
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/pages.h"
#include "pages/survey_page.h"
#include "store/store_audit.h"
#include "store/store_posting.h"
#include "store/store_submission.h"
#include "store/store_survey.h"
#include "survey/pairing.h"
#include "survey/survey_form.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

/* People who have not answered; chosen: the one picked before. */
static enum err put_people(struct ctx *cx, const struct request *rq, json_t *m,
			   int64_t collection_id, int64_t chosen)
{
	const struct collection_missing *rows;
	json_t *people = model_list(model_object(m, "paper"), "people");
	size_t n;

	TRY(store_collection_missing(cx, collection_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *one = model_item(people);

		model_int(one, "id", rows[i].person_id);
		model_format(one, "label", "%s（%s）%s", rows[i].name,
			     rows[i].kana,
			     rows[i].unit_name
				     ? by_language(rq, rows[i].unit_name,
						   rows[i].unit_name_en)
				     : "");
		model_bool(one, "chosen", rows[i].person_id == chosen);
	}
	return OK;
}

static enum err put_form(struct ctx *cx, const struct request *rq, json_t *m,
			 const struct collection *c, int64_t chosen)
{
	const struct survey *sv;

	TRY(store_survey_open(cx, c->version_id, &sv));
	survey_head(cx, rq, m, c, sv);
	model_format(m, "title", rq->lang == LANG_EN ? "%s: %s" : "%s：%s",
		     request_text(rq, "survey.paper_title"),
		     collection_title(rq, c));
	model_text(m, "intro", request_text(rq, "survey.paper_lead"));
	model_format(m, "action", "/collections/%" PRId64 "/paper", c->id);
	model_null(m, "draft_action");
	model_null(m, "saved_text");
	model_null(m, "closes_text");
	model_text(m, "form_key", form_key_new(&cx->arena));
	return put_people(cx, rq, m, c->id, chosen);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct collection_view v;
	const struct survey *sv;

	TRY(collection_to_run(cx, rq, &v));
	TRY(put_form(cx, rq, rp->model, &v.c, 0));
	TRY(store_survey_open(cx, v.c.version_id, &sv));
	survey_body(cx, rq, rp->model, survey_on_one_page(&cx->arena, sv),
		    &(struct survey_form){ .lang = rq->lang });
	return OK;
}

/* Tier and unit of the respondent today; none if there is no posting. */
static enum err put_posting(struct ctx *cx, struct submission_new *s)
{
	struct posting p;
	bool found;

	TRY(store_posting_on(cx, s->person_id,
			     date_to_iso(&cx->arena, date_in_japan(cx->now_ms)),
			     &p, &found));
	s->tier_id = found ? p.tier_id : DB_NULL;
	s->unit_id = found ? p.unit_id : DB_NULL;
	return OK;
}

static enum err store(struct ctx *cx, const struct request *rq,
		      const struct collection_view *of,
		      const struct answers *as, bool *is_new)
{
	struct submission_new s = {
		.collection_id = of->c.id,
		.booking_id = of->part.booking_id,
		.entered_by = rq->user->person_id,
		.form_key = request_form(rq, "_key"),
		.answers = as,
		.at_any_time = true,
	};

	if (!text_to_i64(request_form(rq, "_person"), 1, INT64_MAX,
			 &s.person_id) ||
	    !mode_from_word(of->c.mode_text, &s.mode))
		return FAIL(cx, ERR_BAD_REQUEST, "no person");
	TRY(put_posting(cx, &s));
	TRY(store_submission_add(cx, &s, is_new));
	return store_audit_add(
		cx, &(struct audit){ .person_id = rq->user->person_id,
				     .address = rq->address,
				     .action = "survey.paper",
				     .object = arena_printf(
					     &cx->arena, "collection:%" PRId64,
					     of->c.id) });
}

static enum err post(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *text = request_form(rq, "_person");
	const struct problem *problems;
	struct collection_view v, of;
	const struct survey *sv;
	struct givens given;
	struct answers as;
	int64_t person = 0;
	bool is_new, known;

	TRY(collection_to_run(cx, rq, &v));
	TRY(store_survey_open(cx, v.c.version_id, &sv));
	sv = survey_on_one_page(&cx->arena, sv);
	given = survey_given(cx, sv, &rq->form);
	as = survey_read(&cx->arena, sv, given, &problems);
	known = text && text_to_i64(text, 1, INT64_MAX, &person);
	if (known) {
		TRY(store_collection_view(
			cx, v.c.id, &(struct collection_person){ .id = person },
			&of));
		known = of.part.is_invited == 1;
	}
	if (known && !problems) {
		TRY(store(cx, rq, &of, &as, &is_new));
		return reply_done(cx, rp,
				  is_new ? TEXT_KEY("survey.paper_stored")
					 : TEXT_KEY("survey.paper_done"),
				  "/collections/%" PRId64 "/paper", v.c.id);
	}
	TRY(put_form(cx, rq, rp->model, &v.c, person));
	if (!known)
		reply_problem(rp, "_person",
			      request_text(rq, "survey.paper_who"));
	survey_body(cx, rq, rp->model, sv,
		    &(struct survey_form){ .lang = rq->lang,
					   .given = given,
					   .problems = survey_complain(
						   cx, rq, rp, sv, problems) });
	return OK;
}

const struct route paper_routes[] = {
	{ GET, "/collections/:id/paper", TRAINER | PLANNER, show,
	  "survey_form" },
	{ POST, "/collections/:id/paper", TRAINER | PLANNER, post,
	  "survey_form" },
	{ .page = NULL },
};
