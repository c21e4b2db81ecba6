/*
 * problems.h: collecting what is wrong with a document or a form.
 *
 * Inside survey/ only. The list keeps the order in which problems were found
 * and stops growing at PROBLEMS_MAX, so a hostile document cannot fill memory.
 */
#ifndef SURVEY_PROBLEMS_H
#define SURVEY_PROBLEMS_H

#include "survey/survey.h"

#define PROBLEMS_MAX 100

/* As in view/texts.h: marks a key for the test of the catalogues. */
#define TEXT_KEY(key) (key)

struct problems {
	struct arena *arena;
	struct problem *first, *last;
	size_t n;
};

/* Add one; detail may be NULL. Limits are NAN until the caller sets them. */
struct problem *problems_add(struct problems *ps, int line, const char *key,
			     const char *detail);

/* What a schema cannot say. lines[i] is the line of item i. */
void survey_check(const struct survey *sv, const int *lines,
		  struct problems *ps);

#endif
