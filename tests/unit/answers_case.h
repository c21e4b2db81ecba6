/*
 * answers_case.h: a set of answers made in memory, for insight/ and analysis/.
 *
 * One session, a survey before and one after; both begin with k knowledge
 * items k1, k2 ... of a few options, the first of which is right, and the one
 * after goes on with five-point questions on satisfaction. Slots are filled
 * as in the database: 1 is the first option, SLOT_SKIPPED none.
 */
#ifndef ANSWERS_CASE_H
#define ANSWERS_CASE_H

#include "analysis/analysis.h"
#include "base/json_arena.h"
#include "check.h"
#include "insight/answers.h"

#define CASE_PEOPLE 400
#define CASE_ITEMS  24

struct answers_case {
	struct ctx cx;
	struct survey pre, post;
	const struct survey *surveys[2];
	struct answers_collection collections[2];
	struct sheet sheets[2 * CASE_PEOPLE];
	struct sheet_pair pairs[CASE_PEOPLE];
	struct answers_set set;
};

static inline struct survey_item case_item(struct arena *a, const char *prefix,
					   size_t number, size_t slot,
					   size_t options)
{
	struct survey_option *o = ARENA_ARRAY(a, struct survey_option, options);
	const char *key = arena_printf(a, "%s%zu", prefix, number);

	for (size_t i = 0; i < options; i++)
		o[i] = (struct survey_option){
			.key = arena_printf(a, "o%zu", i + 1),
			.label = { arena_printf(a, "選択肢%zu", i + 1),
				   arena_printf(a, "option %zu", i + 1) },
			.points = i ? 0.0 : 1.0,
		};
	return (struct survey_item){ .kind = ITEM_KNOWLEDGE,
				     .key = key,
				     .measures = MEASURES_KNOWLEDGE,
				     .skill = "",
				     .text = { key, key },
				     .has_dont_know = true,
				     .options = o,
				     .noptions = options,
				     .slot = slot,
				     .nslots = 1 };
}

/* k knowledge items of `options` options, then `scales` ratings. */
static inline struct survey case_survey(struct arena *a, int64_t version,
					size_t k, size_t options, size_t scales)
{
	struct survey_item *items =
		ARENA_ARRAY(a, struct survey_item, k + scales);

	for (size_t j = 0; j < k; j++)
		items[j] = case_item(a, "k", j + 1, j, options);
	for (size_t j = k; j < k + scales; j++) {
		struct survey_option *o;

		items[j] = case_item(a, "s", j - k + 1, j, 5);
		items[j].kind = ITEM_SCALE;
		items[j].measures = MEASURES_SATISFACTION;
		o = arena_memdup(a, items[j].options, 5 * sizeof(*o));
		for (size_t i = 0; i < 5; i++)
			o[i].points = (double)i + 1.0;
		items[j].options = o;
	}
	return (struct survey){ .code = "case",
				.version_id = version,
				.title = { "票", "form" },
				.items = items,
				.nitems = k + scales,
				.nslots = k + scales };
}

static inline void case_begin(struct answers_case *c, size_t k, size_t options,
			      size_t scales)
{
	struct arena *a = &c->cx.arena;

	json_arena_install();
	ctx_begin(&c->cx);
	c->pre = case_survey(a, 1, k, options, 0);
	c->post = case_survey(a, 2, k, options, scales);
	c->surveys[0] = &c->pre;
	c->surveys[1] = &c->post;
	for (size_t i = 0; i < 2; i++)
		c->collections[i] = (struct answers_collection){
			.id = (int64_t)i + 1,
			.version_id = (int64_t)i + 1,
			.session_id = 1,
			.course_id = 1,
			.moment = i ? "post" : "pre",
			.mode = "paired",
			.state = "closed",
		};
	c->set = (struct answers_set){ .collections = c->collections,
				       .ncollections = 2,
				       .surveys = c->surveys,
				       .nsurveys = 2,
				       .sheets = c->sheets,
				       .pairs = c->pairs };
}

static inline struct sheet *case_sheet(struct answers_case *c, size_t moment,
				       const unsigned char *slots)
{
	struct sheet *s = &c->set.sheets[c->set.nsheets++];
	const size_t n = c->surveys[moment]->nslots;

	*s = (struct sheet){ .collection = moment,
			     .survey = moment,
			     .session_id = 1,
			     .moment = moment ? MOMENT_POST : MOMENT_PRE,
			     .slots = arena_memdup(&c->cx.arena, slots, n),
			     .nslots = n };
	c->set.n_pre += moment ? 0 : 1;
	c->set.n_post += moment ? 1 : 0;
	return s;
}

/* Somebody who answered both times. */
static inline void case_pair(struct answers_case *c, const unsigned char *pre,
			     const unsigned char *post)
{
	struct sheet *a = case_sheet(c, 0, pre), *b = case_sheet(c, 1, post);

	a->is_matched = b->is_matched = true;
	c->set.pairs[c->set.npairs++] = (struct sheet_pair){ a, b };
}

/* From "0" and "1" an item: 1 is right. before NULL: only after, after NULL:
 * only before. */
static inline void case_marks(struct answers_case *c, const char *before,
			      const char *after)
{
	unsigned char pre[CASE_ITEMS] = { 0 }, post[CASE_ITEMS] = { 0 };

	for (size_t j = 0; before && before[j]; j++)
		pre[j] = before[j] == '1' ? 1 : 2;
	for (size_t j = 0; after && after[j]; j++)
		post[j] = after[j] == '1' ? 1 : 2;
	if (before && after)
		case_pair(c, pre, post);
	else
		case_sheet(c, before ? 0 : 1, before ? pre : post);
}

/* What a part keeps of session 1, or of course 1; g NULL: 5 and 10 people. */
static inline json_t *case_analyse(struct answers_case *c, analysis_fn *part,
				   enum analysis_scope scope,
				   const struct gate *g)
{
	static const struct gate usual = { 5, 10 };
	const bool course = scope == ANALYSIS_COURSE;
	const struct answers_of of = { .course_id = course ? 1 : 0,
				       .session_id = course ? 0 : 1 };
	const struct analysis_work w = { .cx = &c->cx,
					 .g = g ? g : &usual,
					 .scope = scope,
					 .scope_id = 1,
					 .of = &of,
					 .set = &c->set,
					 .seed = 9 };
	json_t *out = json_object();

	CHECK(part(&w, out) == OK);
	return out;
}

#endif
