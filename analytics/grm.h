/*
 * grm.h: graded response model for ratings.
 *
 *   P(X >= k | theta) = 1 / (1 + exp(-(a theta + d_k))),  d_1 > d_2 > ...
 *
 * Categories that nobody used are taken out before fitting; those that stay
 * are listed.
 */
#ifndef ANALYTICS_GRM_H
#define ANALYTICS_GRM_H

#include "analytics/irt.h"
#include "analytics/memory.h"

#define AN_GRM_CATEGORIES 100  /* of an item */
#define AN_GRM_PARAMETERS 1000 /* time grows by their cube */

/*
 * categories  the codes that were used, ascending; ncat of them
 * d, b, se_d  ncat - 1 thresholds: intercepts and b_k = -d_k/a
 */
struct an_grm_item {
	double a, se_a;
	size_t ncat;
	double *categories, *d, *b, *se_d;
};

/* The fit owns the arrays of its items; an_grm_free gives them back. */
struct an_grm {
	struct an_grm_item *item;
	size_t k;
	struct an_irt_fit fit;
	struct an_scratch own;
};

/*
 * Fit n people by k items of whole-number codes (NAN: left out). The options
 * are those of irt.h; AN_1PL means one slope for all items, em_only is not
 * looked at.
 *
 * Statuses as an_irt_fit, but two items are enough and any finite code is a
 * category (AN_NOT_FINITE); an item with fewer than two is AN_NOT_IDENTIFIED,
 * with more than AN_GRM_CATEGORIES AN_BAD_INPUT, as more than
 * AN_GRM_PARAMETERS slopes and thresholds in all. Numbers exist only if
 * fit.npar > 0. Sources: F. Samejima (1969), Psychometrika Monograph 17;
 * Rizopoulos (2006).
 */
struct an_grm an_grm_fit(const struct an_table *t,
			 const struct an_irt_options *options);
void an_grm_free(struct an_grm *g);

/* Score every row of t; a code that was not in the data counts as missing. */
void an_grm_score(const struct an_table *t, const struct an_grm *g,
		  const struct an_irt_options *options, struct an_ability *out);

#endif
