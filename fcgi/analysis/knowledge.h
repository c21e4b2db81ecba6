/*
 * knowledge.h: the knowledge items of an analysis, as tables of points.
 *
 * Items are compared within a *form*: the items that the same people were
 * asked after the session. A session has one; a course has more when the
 * survey was changed between its sessions; a year has one a course at least.
 *
 * Whose answers. Dashboards show knowledge of matched people only, so that
 * nobody who answered only once can be worked out. Here it is the same: when
 * the matched people of the scope are enough to be shown, they are the people
 * of every form. Where nobody or too few can be matched (answers without a
 * link), nothing of them is shown elsewhere, and everybody counts.
 */
#ifndef ANALYSIS_KNOWLEDGE_H
#define ANALYSIS_KNOWLEDGE_H

#include "analysis/analysis.h"
#include "analytics/mcnemar.h"
#include "analytics/number.h"

/* Somebody who answered after; pre is NULL where that is all we have. */
struct respondent {
	const struct sheet *pre, *post;
};

/*
 * items, before  k items and the same ones in the survey before (NULL: not
 *                asked there)
 * own            k places: the item is judged in this form; it may be in a
 *                second one that more people were asked
 * points         n people by k items after, 0 or 1; nothing is missing
 * course_id      of the session the first of the people was in
 */
struct form {
	const struct column **items, **before;
	bool *own;
	size_t k;
	struct respondent *people;
	size_t n;
	struct an_table points;
	int64_t course_id;
};

/* n people; is_matched: they answered before as well. Largest form first. */
struct forms {
	struct form *list;
	size_t nforms, n;
	bool is_matched;
};

struct forms knowledge_forms(struct ctx *cx, const struct gate *g,
			     const struct answers_set *set);

/*
 * o["title"], in the analysis of a year only: the name of the form's course;
 * of its survey when the course is retired.
 */
enum err form_write_title(const struct analysis_work *w, const struct form *f,
			  json_t *o) MUST_USE;

/* Before and after of item j, of those who were asked it both times; n is 0
 * where nobody was. */
struct an_mcnemar form_change(const struct form *f, size_t j);

/* Place of the right option, SIZE_MAX if there is none. */
size_t knowledge_right(const struct survey_item *it);

#endif
