/*
 * kappa.h: do two readers sort the same things alike?
 */
#ifndef ANALYTICS_KAPPA_H
#define ANALYTICS_KAPPA_H

#include "analytics/status.h"

#include <stdint.h>

/*
 * Cohen's kappa: agreement beyond that of two readers who guess, each by the
 * own shares of the categories.
 *
 *   kappa = (po - pe)/(1 - pe), po = sum p_ii, pe = sum p_i. p_.i
 *   n (1 - pe)^4 se^2 = sum_i p_ii ((1 - pe) - (p_i. + p_.i)(1 - po))^2
 *                     + (1 - po)^2 sum_(i != j) p_ij (p_.i + p_j.)^2
 *                     - (po pe - 2 pe + po)^2
 *   95 %: kappa +- 1.96 se
 *
 * a, b  n places: the category of each thing, 0 to k - 1, or AN_UNREAD; a
 *       thing that one of them did not read is missing, not a disagreement
 * kappa is -1 to 1. A code book is trusted from 0.6 on, read by two on at
 * least 50 comments (docs/statistics.md).
 *
 * AN_EMPTY without things that both read, AN_BAD_INPUT for a category out of
 * range or k above AN_KAPPA_MAX, AN_ZERO_VARIANCE when both know one category
 * only: nothing can be said. Source: Cohen (1960); Fleiss, Cohen and Everitt
 * (1969) for the error.
 */
#define AN_KAPPA_MAX 1000     /* categories; the table is k by k */
#define AN_UNREAD    SIZE_MAX /* no category */

struct an_kappa {
	size_t n, missing, k;
	double agreement, expected; /* po, pe */
	double kappa, se, lo, hi;
	enum an_status status;
};

struct an_kappa an_cohen_kappa(const size_t *a, const size_t *b, size_t n,
			       size_t k);

#endif
