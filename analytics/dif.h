/*
 * dif.h: is an item fair to two groups of equal ability?
 */
#ifndef ANALYTICS_DIF_H
#define ANALYTICS_DIF_H

#include "analytics/number.h"
#include "analytics/status.h"

/* |delta| that matters at all: 2.35 ln 1.5, an odds ratio of 1.5. */
#define AN_DIF_SMALLEST_DELTA 0.9528543

/*
 * Mantel-Haenszel over strata of equal score.
 *
 * strata_used       strata without an empty margin
 * mh_or             common odds ratio, reference against focal group; above
 *                   1 the item is easier for the reference group
 * se_log_or         Robins, Breslow and Greenland
 * chi2, p           with continuity correction
 * delta, delta_se   ETS scale, -2.35 ln(OR)
 * ets_class         "A": p >= .05 or |delta| < 1; "C": |delta| >= 1.5 and
 *                   surely beyond 1; else "B". NULL when there is no test,
 *                   or a p < .05 without an odds ratio
 */
struct an_dif {
	size_t strata_used;
	double mh_or, se_log_or, chi2, p, delta, delta_se;
	const char *ets_class;
	int lost; /* 1: the odds ratio is infinite, -1: it is 0 */
	enum an_status status;
};

/*
 * score  the stratum of each of n people; focal  who is in the focal group;
 * right  0 or 1. AN_TOO_FEW without a usable stratum, AN_ZERO_VARIANCE when
 * the odds ratio is 0, infinite (mh_or and delta are NAN) or 0/0, AN_BAD_INPUT
 * for another value or NAN. At least 100 people per group for a judgement.
 * Sources: Mantel and Haenszel (1959); Holland and Thayer (1988); Robins,
 * Breslow and Greenland (1986), Biometrics 42:311-323.
 */
struct an_dif an_dif(const double *score, const bool *focal,
		     const double *right, size_t n);

/* Every item of t (0, 1, NAN = wrong), strata by the total score. */
void an_dif_items(const struct an_table *t, const bool *focal,
		  struct an_dif *out);

#endif
