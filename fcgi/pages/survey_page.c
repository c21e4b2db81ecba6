/*
 * survey_page.c: what the pages about surveys share; see survey_page.h.
 */
#include "pages/survey_page.h"

#include "base/buf.h"
#include "base/clock.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* The item a field belongs to: KEY, KEY.ROW or KEY.other. */
static const struct survey_item *item_of(const struct survey *sv,
					 const char *name)
{
	const size_t n = strcspn(name, ".");

	for (size_t i = 0; i < sv->nitems; i++)
		if (!strncmp(sv->items[i].key, name, n) && n > 0 &&
		    !sv->items[i].key[n])
			return &sv->items[i];
	return NULL;
}

struct givens survey_given(struct ctx *cx, const struct survey *sv,
			   const struct fields *form)
{
	struct given *list = ARENA_ARRAY(&cx->arena, struct given, form->n);
	size_t n = 0;

	for (size_t i = 0; i < form->n; i++)
		if (!form->list[i].filename && item_of(sv, form->list[i].name))
			list[n++] = (struct given){ form->list[i].name,
						    form->list[i].value };
	return (struct givens){ list, n };
}

const char *givens_to_json(struct ctx *cx, struct givens given)
{
	json_t *list = json_array();
	char *text;
	size_t n;

	for (size_t i = 0; i < given.n; i++) {
		json_t *pair;

		if (!given.list[i].value[0])
			continue;
		pair = json_array();
		json_array_append_new(pair, json_string(given.list[i].name));
		json_array_append_new(pair, json_string(given.list[i].value));
		json_array_append_new(list, pair);
	}
	n = json_dumpb(list, NULL, 0, JSON_COMPACT);
	text = arena_alloc(&cx->arena, n + 1);
	json_dumpb(list, text, n, JSON_COMPACT);
	return text;
}

struct givens givens_from_json(struct ctx *cx, const char *json)
{
	const json_t *list = json ? json_loads(json, 0, NULL) : NULL;
	const size_t most = json_array_size(list);
	struct given *given = ARENA_ARRAY(&cx->arena, struct given, most);
	size_t n = 0;

	for (size_t i = 0; i < most; i++) {
		const json_t *pair = json_array_get(list, i);
		const char *name = json_string_value(json_array_get(pair, 0));
		const char *value = json_string_value(json_array_get(pair, 1));

		if (name && value)
			given[n++] = (struct given){ name, value };
	}
	return (struct givens){ given, n };
}

struct givens givens_merge(struct ctx *cx, const struct survey *sv, size_t page,
			   struct givens kept, struct givens sent)
{
	struct given *list =
		ARENA_ARRAY(&cx->arena, struct given, kept.n + sent.n);
	size_t n = 0;

	for (size_t i = 0; i < kept.n; i++) {
		const struct survey_item *it = item_of(sv, kept.list[i].name);

		if (it && survey_page_of(sv, it->key) != page)
			list[n++] = kept.list[i];
	}
	memcpy(list + n, sent.list, sent.n * sizeof(*list));
	return (struct givens){ list, n + sent.n };
}

static const char *number_text(struct ctx *cx, double number)
{
	return isnan(number) ? "" : arena_printf(&cx->arena, "%.15g", number);
}

const struct problem *survey_complain(struct ctx *cx, const struct request *rq,
				      struct reply *rp, const struct survey *sv,
				      const struct problem *problems)
{
	struct problem *first = NULL, **tail = &first;

	for (const struct problem *p = problems; p; p = p->next) {
		struct problem *said = ARENA_NEW(&cx->arena, struct problem);
		const int number = survey_number_of(sv, p->where);

		*said = *p;
		said->text = text_fill(&cx->arena, request_text(rq, p->key),
				       "min", number_text(cx, p->min), "max",
				       number_text(cx, p->max), NULL);
		reply_problem(rp, p->where,
			      text_fill(&cx->arena,
					request_text(rq, "survey.problem_at"),
					"n",
					arena_printf(&cx->arena, "%d", number),
					"text", said->text, NULL));
		*tail = said;
		tail = &said->next;
	}
	rp->status = 422;
	return first;
}

const char *collection_title(const struct request *rq,
			     const struct collection *c)
{
	return by_language(rq, c->title, c->title_en);
}

const char *utc_text(struct ctx *cx, const struct request *rq, const char *utc)
{
	int64_t ms;

	if (!utc || !instant_from_db(utc, &ms))
		return NULL;
	return instant_to_text(&cx->arena, ms, rq->lang, DATE_LONG);
}

/* One sentence on the mode and one on who sees what, by mode. */
static const char *const assurances[][2] = {
	[MODE_NAMED] = { TEXT_KEY("survey.mode_named"),
			 TEXT_KEY("survey.seen_named") },
	[MODE_PAIRED] = { TEXT_KEY("survey.mode_paired"),
			  TEXT_KEY("survey.seen_paired") },
	[MODE_UNLINKED] = { TEXT_KEY("survey.mode_unlinked"),
			    TEXT_KEY("survey.seen_unlinked") },
};

void survey_head(struct ctx *cx, const struct request *rq, json_t *m,
		 const struct collection *c, const struct survey *sv)
{
	enum mode mode = MODE_NAMED;
	json_t *lines = model_list(m, "assurance");

	mode_from_word(c->mode_text, &mode);
	model_text(m, "title", collection_title(rq, c));
	model_text(m, "when_text", utc_text(cx, rq, c->session_starts_at));
	model_text(m, "closes_text", utc_text(cx, rq, c->closes_at));
	model_text(m, "intro", survey_text(sv->intro, rq->lang));
	model_bool(m, "is_default", sv->is_default);
	model_int(m, "collection", c->id);
	model_text(m, "moment", c->moment_text);
	model_text(m, "mode", c->mode_text);
	model_item_text(lines, request_text(rq, assurances[mode][0]));
	model_item_text(lines, request_text(rq, assurances[mode][1]));
	model_item_text(lines, survey_text(sv->purpose, rq->lang));
}

void survey_body(struct ctx *cx, const struct request *rq, json_t *m,
		 const struct survey *sv, const struct survey_form *form)
{
	const struct problem *ignored;
	const struct answers as =
		survey_read(&cx->arena, sv, form->given, &ignored);
	const size_t pages = survey_pages(sv);

	model_int(m, "answered", (int64_t)survey_count_answered(sv, &as));
	model_int(m, "items", (int64_t)survey_count_items(sv));
	model_int(m, "page_no", (int64_t)form->page + 1);
	model_int(m, "pages", (int64_t)pages);
	model_bool(m, "has_steps", pages > 1);
	model_bool(m, "has_next", form->page + 1 < pages);
	model_bool(m, "has_back", form->page > 0);
	if (form->given.n || form->problems ||
	    !survey_ready(cx, rq, m, sv, form->page))
		survey_to_model(m, sv, form,
				request_text(rq, "survey.dont_know"),
				request_text(rq, "survey.not_applicable"));
}

void survey_answers(struct ctx *cx, const struct request *rq, json_t *m,
		    const struct survey *sv, const struct answers *as)
{
	const struct survey_words words = {
		.dont_know = request_text(rq, "survey.dont_know"),
		.not_applicable = request_text(rq, "survey.not_applicable"),
		.skipped = request_text(rq, "survey.skipped"),
		.gap = request_text(rq, "survey.gap"),
	};

	model_int(m, "answered", (int64_t)survey_count_answered(sv, as));
	model_int(m, "items", (int64_t)survey_count_items(sv));
	survey_to_review(&cx->arena, m, sv, as, rq->lang, &words);
}

struct collection_person collection_me(const struct request *rq)
{
	return (struct collection_person){ rq->user->person_id,
					   rq->user->tier_code };
}

enum err collection_to_run(struct ctx *cx, const struct request *rq,
			   struct collection_view *view)
{
	const struct collection_person me = collection_me(rq);
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_collection_view(cx, id, &me, view));
	if (!request_is(rq, PLANNER) && view->part.is_trainer != 1)
		return FAIL(cx, ERR_FORBIDDEN,
			    "collection %" PRId64 " is somebody else's", id);
	return OK;
}
