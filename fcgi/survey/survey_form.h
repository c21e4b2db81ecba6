/*
 * survey_form.h: a survey as the model of a page.
 *
 * The views survey_form and survey_review know the names made here. Texts
 * come from definitions and from forms, both checked as UTF-8 at the edge, so
 * they go into the model without another look: this is the page everybody
 * opens at the same minute.
 */
#ifndef SURVEY_SURVEY_FORM_H
#define SURVEY_SURVEY_FORM_H

#include "survey/survey.h"

#include <jansson.h>

/* What the form shows besides the definition. */
struct survey_form {
	enum lang lang;
	struct givens given;            /* what is filled in */
	const struct problem *problems; /* text: the sentence for the item */
	size_t page;                    /* page to show, from 0 */
};

/* Steps of the form: page breaks and one. */
size_t survey_pages(const struct survey *sv);

/* The same survey without page breaks, not published as such (version_id 0);
 * lives in a, shares the rest. */
const struct survey *survey_on_one_page(struct arena *a,
					const struct survey *sv);

/* The step an item is on; 0 if there is no such item. */
size_t survey_page_of(const struct survey *sv, const char *key);

/* The number people see before an item (問3), from 1; 0: none. */
int survey_number_of(const struct survey *sv, const char *key);

/*
 * model.sections[]: heading, text, items[]. An item: id, name, number, text,
 * hint, required, problem, one true of choice, scale, grid, line, long; input
 * ("radio" or "checkbox"), options[] (value label checked, other: name
 * value or null), apart[] (don't know, not applicable), rows[] of a grid (id,
 * text, options[], apart[]), value, unit, length, type ("number", "text").
 * dont_know and not_applicable are the words of the two ways out.
 */
void survey_to_model(json_t *model, const struct survey *sv,
		     const struct survey_form *form, const char *dont_know,
		     const char *not_applicable);

/* Words for answers that are no option; gap stands before an other text. */
struct survey_words {
	const char *dont_know, *not_applicable, *skipped, *gap;
};

/*
 * model.answers[]: number, text, answered, lines[] (label or null, value):
 * what somebody is about to submit, in words. Lives in a and the model.
 */
void survey_to_review(struct arena *a, json_t *model, const struct survey *sv,
		      const struct answers *as, enum lang lang,
		      const struct survey_words *words);

#endif
