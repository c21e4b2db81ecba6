/*
 * bootstrap.h: intervals by resampling.
 */
#ifndef ANALYTICS_BOOTSTRAP_H
#define ANALYTICS_BOOTSTRAP_H

#include "analytics/progress.h"
#include "analytics/status.h"

#include <stdint.h>

#define AN_GENERATOR "xoshiro256**" /* what an_random is, for the result */

/*
 * A random generator with its whole state: the same seed gives the same
 * digits on each machine. Source: Blackman and Vigna (2021), ACM Trans. Math.
 * Softw. 47:36; seeded by splitmix64.
 */
struct an_random {
	uint64_t s[4];
};

void an_random_seed(struct an_random *r, uint64_t seed);
uint64_t an_random_next(struct an_random *r);

/* Uniform in [0, 1) with 53 bits. */
double an_random_uniform(struct an_random *r);

/* Uniform among 0 .. n-1, without bias; n > 0. */
size_t an_random_index(struct an_random *r, size_t n);

/*
 * n people drawn with replacement: row has n row numbers of 0 .. n-1. From
 * AN_MANY_ROWS on they stand in ascending order: read as they come, a table
 * larger than the caches takes no longer by row than a small one.
 */
#define AN_MANY_ROWS 20000
void an_random_rows(struct an_random *r, size_t *row, size_t n);

/*
 * BCa interval.
 *
 * t0            the statistic; z0 bias correction, a acceleration
 * alpha_lo, hi  the percentiles used
 * lo, hi        the limits
 * boot_se, boot_bias   standard deviation of the replicates, mean minus t0
 */
struct an_bca {
	double t0, z0, a, alpha_lo, alpha_hi, lo, hi, boot_se, boot_bias;
	enum an_status status;
};

/*
 * From the statistic t0, R replicates and n jackknife values.
 *
 *   z0 = Phi^-1((#{t* < t0} + #{t* = t0}/2)/R), equal within 1e-12
 *   a = sum u^3/(6 (sum u^2)^1.5), u = mean(jack) - jack_i
 *   alpha' = Phi(z0 + (z0 + z)/(1 - a (z0 + z)))
 * with the quantile at (R+1) alpha' interpolated on the normal scale.
 *
 * replicate is sorted in place; a replicate that is NAN is left out.
 * AN_ZERO_VARIANCE when all replicates are equal (the limits are NAN),
 * AN_TOO_FEW for R or n below 2, AN_NOT_FINITE when t0 is NAN,
 * AN_NOT_IDENTIFIED when every replicate lies on one side of t0 or a jackknife
 * value is NAN.
 * Not for n < 10. Sources: B. Efron (1987), JASA 82:171-185; Davison and
 * Hinkley (1997). Checked against R boot.
 */
struct an_bca an_bca(double t0, double *replicate, size_t nreplicates,
		     const double *jack, size_t n, double level);

/*
 * How people are resampled.
 *
 * index      given resamples: `resamples` rows of n row numbers; or NULL: then
 *            they are drawn with this seed
 * level      of the interval, usually .95
 * top        places that count as the first ones (needs only)
 */
struct an_resampling {
	const size_t *index;
	size_t resamples;
	uint64_t seed;
	double level;
	size_t top;
	const struct an_progress *progress;
};

/*
 * A statistic of the n people whose row numbers are in row[].
 *
 * without  fills jack, n places: the statistic of all people but one. NULL: f
 *          is called for each, in time that grows by the square of n
 */
struct an_statistic {
	double (*f)(const size_t *row, size_t n, const void *data);
	const void *data;
	void (*without)(double *jack, size_t n, const void *data);
};

/* BCa interval of f over people 0 .. n-1. AN_BAD_INPUT for a level that is
 * not between 0 and 1; else as an_bca. */
struct an_bca an_bca_run(const struct an_statistic *f, size_t n,
			 const struct an_resampling *how);

/*
 * How stable the order of k competencies by MWDS is: the people of the table
 * are resampled and ranked anew each time.
 *
 * rank, mean_rank, sd_rank, rank_lo, rank_hi, p_top   k places each: rank
 *   from the data (ties averaged), mean and sd over the resamples, 2.5 % and
 *   97.5 % order statistics, share of resamples among the first `top`
 * mean_tau   mean Kendall tau-b between a resample's order and the original
 */
struct an_stability {
	double *rank, *mean_rank, *sd_rank, *rank_lo, *rank_hi, *p_top;
	double mean_tau;
	enum an_status status;
};

struct an_table;

/*
 * MWDS of every competency with BCa (mwds, k places) and the stability of
 * their order, from one set of resamples.
 */
enum an_status an_needs_bca(const struct an_table *importance,
			    const struct an_table *proficiency,
			    const struct an_resampling *how,
			    struct an_bca *mwds, struct an_stability *s);

#endif
