/*
 * needs.h: what people need to learn, from importance against proficiency.
 */
#ifndef ANALYTICS_NEEDS_H
#define ANALYTICS_NEEDS_H

#include "analytics/number.h"
#include "analytics/status.h"

#include <stdint.h>

/*
 * One competency, over the people who rated both sides of it.
 *
 * importance, proficiency   means on the rating scale (1..5)
 * gap, gap_se               mean of I - P and its standard error
 * mwds                      Borich: mean(I) * mean(I - P); se, lo, hi by
 *                           jackknife and t
 * neg_rank, pos_rank, tie   percent of people with P < I, P > I, P = I
 * rds                       pos_rank - neg_rank, -100 (greatest need) to 100
 * need_rate                 share of people with I > P
 * p_gap, p_gap_holm         exact signed-rank test of the gap (normal beyond
 *                           AN_EXACT_PAIRS); Holm over the items
 * rank_biserial             effect size of the gap, -1..1
 * rank_mwds, rank_rds       1 is the greatest need; equal values share the
 *                           smaller number; 0 where the value is NAN
 */
struct an_need {
	size_t n, missing;
	double importance, proficiency, gap, gap_se;
	double mwds, mwds_se, mwds_lo, mwds_hi;
	double neg_rank, pos_rank, tie, rds, need_rate;
	double p_gap, p_gap_holm, rank_biserial;
	size_t rank_mwds, rank_rds;
	enum an_status status; /* AN_EMPTY, AN_TOO_FEW for one person */
};

/*
 * importance, proficiency  n people by k competencies on the same anchors,
 *                          NAN missing; a pair counts when both are there
 * out                      k places
 *
 * AN_BAD_INPUT if the sizes differ, AN_NOT_FINITE for an infinity, AN_EMPTY
 * without people.
 * Sources: G. D. Borich (1980), J. Teach. Educ. 31(3):39-42; Narine and
 * Harder (2021), Adv. Agric. Dev. 2(3):96-111 (RDS).
 */
enum an_status an_needs(const struct an_table *importance,
			const struct an_table *proficiency,
			struct an_need *out);

/*
 * The same without the test of the gap: p_gap, p_gap_holm and rank_biserial
 * are NAN. The exact test takes n^3 up to AN_EXACT_PAIRS people; screens that
 * show many groups do without it.
 */
enum an_status an_needs_untested(const struct an_table *importance,
				 const struct an_table *proficiency,
				 struct an_need *out);

/* mean(I) * mean(I - P) over the complete pairs of n; NAN without any. */
double an_mwds(const double *importance, const double *proficiency, size_t n);

/*
 * Kendall's coefficient of concordance: do m raters (rows; tiers, departments)
 * order n things (columns) alike?
 *
 *   W = 12 S/(m^2 (n^3 - n) - m sum T), chi2 = m (n-1) W,
 *   F = (m-1) W/(1-W), df n - 1 - 2/m and (m-1) times that (small n)
 *
 * rank_sums  n places. w is 0 (no agreement) to 1. AN_TOO_FEW for m < 2 or
 * n < 2, AN_BAD_INPUT with a missing value, AN_ZERO_VARIANCE when every row is
 * all ties. Source: Kendall and Babington Smith (1939); M. G. Kendall (1970).
 */
struct an_concordance {
	size_t m, n;
	double w, w_uncorrected;
	double chi2, df, p_chi2;
	double f, df1, df2, p_f;
	double mean_spearman;
	bool perfect; /* w is 1: f is infinite, NAN here, and p_f 0 */
	enum an_status status;
};

struct an_concordance an_kendall_w(const struct an_table *t, double *rank_sums);

/*
 * Share `seats` among k weights by largest remainder; ties go to the one named
 * first. seat has k places and sums to seats. AN_BAD_INPUT for a negative or
 * not finite weight, AN_EMPTY if all weights are 0.
 */
enum an_status an_largest_remainder(const double *weight, size_t k,
				    uint64_t seats, uint64_t *seat);

#endif
