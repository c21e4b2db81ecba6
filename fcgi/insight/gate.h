/*
 * gate.h: what may be shown of how many people. The one privacy gate.
 *
 * Every projection of answers (screen, JSON, CSV, document) is built from
 * figures that passed here, so the rule stands in one place:
 *
 *   - nothing is shown for fewer than k people: k is 5 for knowledge scores,
 *     10 for opinions, needs and free text; a setting may only raise it;
 *   - what may be shown at which n is a table of its own (gate.c);
 *   - a hidden group or cell cannot be had by subtracting what is shown from
 *     a published total;
 *   - if fewer than 2k people all gave one answer, it is hidden;
 *   - shares are whole percent below 100 people;
 *   - from 5,000 people on no p-value is shown: every difference is then
 *     significant, and only its interval says whether it matters.
 *
 * Hidden is a status (AN_SUPPRESSED), never 0.
 */
#ifndef INSIGHT_GATE_H
#define INSIGHT_GATE_H

#include "analytics/status.h"
#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * One number with all that belongs to it.
 *
 * value, lo, hi  in the unit its place in a struct names; NAN where it is not
 *                defined or hidden
 * n              people it rests on
 * base           people who were asked; missing = base - n
 * method         word of the method, text key "method.<word>"; never NULL
 * status         text key "status.<word>" unless AN_OK
 */
struct figure {
	double value, lo, hi;
	size_t n, base, missing;
	const char *method;
	enum an_status status;
};

/* What somebody wants to show; each has its least number of people. */
enum gate_what {
	GATE_SCORE,     /* mean knowledge score and its change */
	GATE_EFFECT,    /* standardised effects, class gain */
	GATE_ITEM,      /* one knowledge item, its options */
	GATE_ALPHA,     /* reliability */
	GATE_OPINION,   /* satisfaction, self-rating, attitudes, needs */
	GATE_COMMENT,   /* free text, word by word */
	GATE_FLAG,      /* judgement about an item (discrimination) */
	GATE_RANKING,   /* ranking of needs as an order to act on */
	GATE_PORTFOLIO, /* importance by correlation against satisfaction */
	GATE_COMPARE,   /* tiers against each other: people of all of them */
	GATE_MODEL,     /* response model with one slope or with priors */
	GATE_MODEL_ML,  /* response model with a slope of each item */
	GATE_FAIRNESS,  /* fairness of items: people in each of the groups */
	GATE_FAIRNESS_CLASS, /* its classes: people of both groups */
	GATE_NETWORK,        /* words that go together, words of a tier */
	GATE_THEMES,         /* comments sorted into themes */
	GATE_OMEGA,          /* omega of a knowledge test, by a factor model */
	GATE_OMEGA_CI,       /* and its bootstrap interval */
	GATE_SCALE,          /* the same three of opinions: alpha, */
	GATE_SCALE_OMEGA,
	GATE_SCALE_OMEGA_CI,
	GATE_WHATS
};

/* The thresholds of an installation; read once per request. */
struct gate {
	size_t k_score, k_opinion;
};

/* From the settings privacy.k_score and privacy.k_opinion. */
struct gate gate_read(struct ctx *cx);

/* The shipped thresholds, for tests and as lower limits. */
struct gate gate_standard(void);

/* The least number of people for this, and whether n is enough. */
size_t gate_least(const struct gate *g, enum gate_what what);
bool gate_may(const struct gate *g, enum gate_what what, size_t n);

/* The people from which on all may have said the same, and it be shown. */
size_t gate_alike(const struct gate *g, enum gate_what what);

/* People from which on every difference is significant. */
#define GATE_CROWD 5000

/*
 * A p-value that rests on n people, as it may be shown: NAN from GATE_CROWD
 * on. What is named then rests on its interval and the smallest effect of
 * interest.
 */
double gate_p(double p, size_t n);

/* n is enough, but so small that the figure is only 参考値 (5 to 9). */
bool gate_is_reference(enum gate_what what, size_t n);

/* A figure without numbers: hidden, or not defined (status says why). */
struct figure figure_none(const char *method, enum an_status status);
struct figure figure_hidden(const char *method);

/* There is a number to show. */
bool gate_has(const struct figure *f);

/* value, lo, hi as shares: whole percent below 100 people. */
struct figure figure_rounded(struct figure f);

/* From a statistic and the people asked, through the gate. */
struct figure gate_figure(const struct gate *g, enum gate_what what,
			  struct an_estimate e, size_t base);

/* The same for a share 0..1: rounded to whole percent below 100 people. */
struct figure gate_share(const struct gate *g, enum gate_what what,
			 struct an_estimate e, size_t base);

/* A share as it is shown: to 0.01 below 100 people, else to 0.001. */
double gate_round_share(double share, size_t n);

/*
 * May the distribution of n = sum(count) answers over options be shown?
 * No, if n is too small, or if all gave one answer and n is below 2k.
 */
bool gate_distribution(const struct gate *g, enum gate_what what,
		       const size_t *count, size_t options);

/*
 * May a number that tells a people from b others (a correlation of being
 * right, a difference of means) be shown? Not if either are fewer than k.
 */
bool gate_two(const struct gate *g, enum gate_what what, size_t a, size_t b);

/*
 * May a figure of some people stand beside one of all of them? Not if the
 * others are 1 to k-1: the two would tell how those few did.
 */
bool gate_beside(const struct gate *g, enum gate_what what, size_t some,
		 size_t all);

/*
 * Groups of a published total (tiers of all, sections of a department):
 * which of them may be shown. A group below the least number is hidden; then
 * the smallest others, until the hidden ones together are enough people, so
 * that "total minus what is shown" is never a small group.
 *
 * people, shown  ngroups places each; a group of 0 people is not shown and
 *                tells nothing
 */
void gate_groups(const struct gate *g, enum gate_what what,
		 const size_t *people, size_t ngroups, bool *shown);

/*
 * May the parts of a total be in that total? parts are figures shown on
 * pages of their own (sessions of a course). A part too small to be shown
 * stays out of the total (in[i] false) unless all such parts together are
 * enough people and more than one.
 */
void gate_parts(const struct gate *g, enum gate_what what, const size_t *people,
		size_t nparts, bool *in);

/*
 * Cells of a rows-by-columns table of counts whose row, column and grand
 * totals are published (row after row). No hidden cell can be worked out
 * from the totals and the shown cells, and no hidden rest of a line is a
 * group below the least number.
 *
 * shown  rows*columns places; empty cells (0) are shown unless needed
 */
void gate_table(struct ctx *cx, size_t least, const size_t *count, size_t rows,
		size_t columns, bool *shown);

#endif
