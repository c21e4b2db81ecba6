/*
 * number.h: sums, ranks and order statistics that the families share.
 *
 * No function here checks for missing values unless it says so: callers drop
 * them first (an_compact, an_complete_rows). All sums are centred (two-pass).
 */
#ifndef ANALYTICS_NUMBER_H
#define ANALYTICS_NUMBER_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#define AN_Z975 1.959963984540054 /* the .975 quantile of the normal law */

/* A matrix: n rows (people) by k columns (items), row after row; NAN is
 * missing. The memory is the caller's. */
struct an_table {
	const double *x;
	size_t n, k;
};

/* The value of row i, column j. */
static inline double an_at(const struct an_table *t, size_t i, size_t j)
{
	return t->x[i * t->k + j];
}

/*
 * Data beyond this in size are as wrong as an infinity: fourth powers of them,
 * and products of variances, still are numbers.
 */
#define AN_LARGEST 1e75

/* A number that data may hold; no NAN. */
static inline bool an_fits(double x)
{
	return fabs(x) <= AN_LARGEST;
}

/* Too large for data; false for NAN. */
static inline bool an_too_large(double x)
{
	return fabs(x) > AN_LARGEST;
}

/* A correlation that rounding took an ulp beyond 1 is 1; NAN stays. */
static inline double an_within_1(double r)
{
	return r > 1.0 ? 1.0 : r < -1.0 ? -1.0 : r;
}

/* Mean, corrected for the rounding of the first pass; NAN for n = 0. */
double an_mean(const double *x, size_t n);

/* Sum of squared distances from the mean m, corrected for its rounding. */
double an_ss(const double *x, size_t n, double m);

/* Variance with divisor n-1; NAN for n < 2. */
double an_variance(const double *x, size_t n);

/* Covariance with divisor n-1; NAN for n < 2. */
double an_covariance(const double *x, const double *y, size_t n);

/* Pearson's r; NAN when n < 2 or one side does not vary. */
double an_pearson(const double *x, const double *y, size_t n);

/* Copy the values that are not NAN to out (n places); how many there were. */
size_t an_compact(const double *x, size_t n, double *out);

/* Copy the pairs of which neither is NAN; how many there were. */
size_t an_compact_pairs(const double *x, const double *y, size_t n,
			double *x_out, double *y_out);

/* Copy the rows of t without NAN to out (n*k places); how many there were. */
size_t an_complete_rows(const struct an_table *t, double *out);

/* None is too large (AN_LARGEST); NAN is allowed. */
bool an_no_infinity(const double *x, size_t n);

/* Ascending order, in place; no NAN. */
void an_sort(double *x, size_t n);

/* Median of ascending values; NAN for n = 0. */
double an_median_sorted(const double *x, size_t n);

/* Median of values in any order; allocates a copy. NAN for n = 0. */
double an_median(const double *x, size_t n);

/*
 * Midranks: rank[i] is the place of x[i] among the n values, from 1, ties
 * sharing their average. Returns sum(t^3 - t) over the groups of ties, the
 * quantity of every tie correction.
 */
double an_midranks(const double *x, size_t n, double *rank);

/* Positions of the values in ascending order; equal values keep their order.*/
void an_order(const double *x, size_t n, size_t *order);

/* log(1 + exp(x)) without overflow. */
double an_log1pexp(double x);

/* 1 / (1 + exp(-x)) without overflow. */
double an_logistic(double x);

/*
 * A root of f between lo and hi, where f changes sign (Chandrupatla's
 * method: bisection made fast by inverse quadratic steps). Stops when the
 * bracket is a few units in the last place wide. NAN if f does not change
 * sign or is NAN at an end.
 *
 * Source: T. R. Chandrupatla (1997), Adv. Eng. Software 28(3):145-149.
 */
double an_root(double (*f)(double x, const void *data), const void *data,
	       double lo, double hi);

#endif
