/*
 * memo.h: results of statistics that were computed before.
 *
 * A dashboard is opened again and again while its answers stay the same, and
 * intervals of noncentral distributions take milliseconds. The functions
 * here give what the statistics library gives; each worker keeps the last
 * results by a hash of the function and all of its input (BLAKE2b, 128 bits),
 * so other data can never get them. 512 KiB per worker, emptied when full.
 */
#ifndef INSIGHT_MEMO_H
#define INSIGHT_MEMO_H

#include "analytics/bootstrap.h"
#include "analytics/needs.h"
#include "analytics/number.h"
#include "analytics/paired.h"
#include "analytics/status.h"

/* an_mean_ci() at level .95. */
struct an_estimate memo_mean_ci(const double *x, size_t n);

/* an_paired_change() of shares: maximum 1, level .95, nothing personal. */
struct an_paired memo_paired_change(const double *pre, const double *post,
				    size_t n);

/* an_hake_gain() of shares: maximum 1, seed 1. */
struct an_estimate memo_gain(const double *pre, const double *post, size_t n);

/* an_alpha(), listwise, level .95. */
struct an_estimate memo_alpha(const struct an_table *t);

/* an_needs_untested(); out has as many places as the tables have columns. */
enum an_status memo_needs(const struct an_table *importance,
			  const struct an_table *proficiency,
			  struct an_need *out);

/*
 * an_needs_bca() with drawn resamples (how->index NULL): BCa limits of MWDS
 * and what an_stability says of each column; tau, the same in all of them, is
 * the mean Kendall tau. out has as many places as the tables have columns.
 */
struct memo_rank {
	double mwds_lo, mwds_hi, mean_rank, rank_lo, rank_hi, p_top, tau;
};
enum an_status memo_needs_order(const struct an_table *importance,
				const struct an_table *proficiency,
				const struct an_resampling *how,
				struct memo_rank *out);

#endif
