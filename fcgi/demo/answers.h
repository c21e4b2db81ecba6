/*
 * answers.h: what the people of the demo answer, drawn from a stated model.
 *
 * Knowledge: P(right) = 1 / (1 + exp(-a (theta - b))) with the person's
 * ability theta before and theta + gain after the session; every item has a
 * difficulty b of its own. Planted on purpose: items that stay hard, items
 * whose key works backwards, courses with little gain and high difficulty,
 * a need nobody meets, an office that hardly answers (docs/demo-model.md).
 */
#ifndef DEMO_ANSWERS_H
#define DEMO_ANSWERS_H

#include "demo/demo.h"
#include "demo/random.h"
#include "survey/survey.h"

/* How a course goes in the model. */
struct demo_course_model {
	size_t number;      /* place in the catalogue, from 0 */
	double gain;        /* added to ability by the session */
	double difficulty;  /* mean of the difficulty rating, 1 to 5 */
	double useful;      /* mean of "can use it at work", 1 to 5 */
	bool has_hard_item; /* its last knowledge item stays hard */
	bool has_bad_item;  /* its third knowledge item works backwards */
};

/* One respondent at one moment. */
struct demo_respondent {
	const struct demo_person *person;
	const struct demo_course_model *course;
	bool is_after; /* the post-survey */
	double growth; /* own gain of this session */
	double mood;   /* shared by all satisfaction ratings */
};

struct demo_course_model demo_course_model(uint64_t seed, size_t number);

/* Fill every slot of as; open answers are chosen by the caller. */
void demo_answer(const struct survey *sv, const struct demo_respondent *r,
		 struct dice *dice, struct answers *as);

/* A comment for a text item, or NULL: most people leave it empty. */
const char *demo_comment(const struct demo *d, const struct survey_item *it,
			 const struct demo_respondent *r, struct dice *dice);

#endif
