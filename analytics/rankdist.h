/*
 * rankdist.h: exact null distributions of rank statistics.
 */
#ifndef ANALYTICS_RANKDIST_H
#define ANALYTICS_RANKDIST_H

#include <stddef.h>

/* P(V <= q), V the Wilcoxon signed-rank sum of n differences without ties. */
double an_signrank_cdf(double q, size_t n);

/* The smallest q with P(V <= q) >= p. n up to 1000. */
double an_signrank_quantile(double p, size_t n);

/*
 * P(W <= q), W the Mann-Whitney count of m against n values without ties; NAN
 * where m*n is more than AN_RANKSUM_MOST, for time grows by the square of it
 * (a second there).
 */
#define AN_RANKSUM_MOST 40000
double an_ranksum_cdf(double q, size_t m, size_t n);

/* An exact test: the statistic and its p-values. */
struct an_exact {
	double statistic;
	double p, p_less, p_greater;
};

/*
 * Conditional signed-rank test of differences d (n of them), ties and all:
 * zeros are dropped, the null distribution is built on doubled midranks
 * (shift algorithm). Two-sided p is twice the smaller tail, at most 1.
 * nonzero receives the number of differences used; NAN if there is none.
 * Time and memory grow as nonzero^3 and nonzero^2: callers stop at
 * 500 (AN_EXACT_PAIRS).
 */
struct an_exact an_signrank_exact(const double *d, size_t n, size_t *nonzero);

/*
 * Conditional rank-sum test of x (m values) against y (n values), ties and
 * all. statistic is the Mann-Whitney W (pairs with x above y, ties half);
 * the two-sided p is P(|W - EW| >= |w - EW|). Callers stop at m*n = 20,000
 * (AN_EXACT_GROUPS).
 */
struct an_exact an_ranksum_exact(const double *x, size_t m, const double *y,
				 size_t n);

#endif
