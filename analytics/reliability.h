/*
 * reliability.h: how much of a total score is measurement, how much noise.
 */
#ifndef ANALYTICS_RELIABILITY_H
#define ANALYTICS_RELIABILITY_H

#include "analytics/bootstrap.h"
#include "analytics/items.h"
#include "analytics/number.h"
#include "analytics/status.h"

/*
 * Cronbach's alpha with Feldt's interval.
 *
 *   alpha = k/(k-1) (1 - sum_j var(x_j) / var(sum_j x_j))
 *   lo, hi = 1 - (1 - alpha) F(1-a/2 and a/2; n-1, (n-1)(k-1))
 *
 * t        n people by k items in points, reverse-keyed items turned round
 * missing  what becomes of NAN
 * level    of the interval, usually .95
 *
 * At most 1, negative when items contradict each other; a lower-bound type
 * estimate, no proof of one dimension; for 0/1 items it is KR-20.
 * AN_EMPTY, AN_TOO_FEW for n < 2 or k < 2, AN_ZERO_VARIANCE when all have the
 * same total, AN_NOT_FINITE for an infinity. O(nk).
 *
 * Sources: L. J. Cronbach (1951), Psychometrika 16:297-334; L. S. Feldt
 * (1965), Psychometrika 30:357-370. Checked against R psych.
 */
struct an_estimate an_alpha(const struct an_table *t, enum an_missing missing,
			    double level);

/*
 * Alpha with a BCa interval, people resampled (how->top is not looked at).
 * Every value must be there: AN_NOT_FINITE otherwise. AN_ZERO_VARIANCE when
 * all have the same total, AN_BAD_INPUT for a level outside 0..1 or a row
 * number that is none; else as an_bca.
 */
struct an_bca an_alpha_bca(const struct an_table *t,
			   const struct an_resampling *how);

/*
 * Everything about the reliability of one total.
 *
 * alpha, alpha_lo, alpha_hi   as above
 * alpha_std, mean_r           from the correlations; NAN with an item without
 *                             variance
 * guttman_lambda2             on the covariances
 * sem, sd_total, mean_total   in points; sem = sd_total sqrt(1 - alpha)
 * k_for_080                   items needed for .80 (Spearman-Brown); NAN
 *                             unless alpha is between 0 and 1
 * omega_total                 (sum l)^2 / ((sum l)^2 + sum psi), l and psi of
 *                             the ML one-factor model; omega_observed_var has
 *                             the observed variance below the line
 * ml_discrepancy              minimum of the ML discrepancy function
 * omega_status                AN_NOT_IDENTIFIED for k < 3, an item without
 *                             variance, items that follow from one another
 *                             or a vanishing psi (Heywood case);
 *                             AN_NOT_CONVERGED; as status without alpha
 */
struct an_reliability {
	size_t n_used, n_missing, n_items;
	double alpha, alpha_lo, alpha_hi;
	double alpha_std, mean_r, guttman_lambda2;
	double sem, sd_total, mean_total, k_for_080;
	double omega_total, omega_observed_var, ml_discrepancy;
	enum an_status status, omega_status;
};

/*
 * The one-factor model behind omega, standardised; NAN when there is none.
 *
 * loadings, uniqueness   k places each
 * residual               k*k places: what the factor leaves of each pair of
 *                        items (an_factor_residuals); with k = 3 nothing,
 *                        whatever the items are
 */
struct an_reliability_factor {
	double *loadings, *uniqueness, *residual;
};

/*
 * factor, or any of its members, may be NULL. Statuses as an_alpha,
 * AN_BAD_INPUT for a level that is not between 0 and 1.
 */
struct an_reliability an_reliability(
	const struct an_table *t, enum an_missing missing, double level,
	const struct an_reliability_factor *factor);

/*
 * omega_total with omega +- 1.96 bootstrap standard errors (at level .95), at
 * most 1, people resampled by the seed; index and top are not looked at
 * (Padilla and Divers 2013: the best below 100 people). For n >= 50, which is
 * the caller's to see to. Resamples whose model cannot be fitted are left out;
 * without a majority of good ones there is no interval. Take 400 resamples or
 * more: with 100 it covers 93.5 of 100 times at n = 60, with 400 94.0. Statuses
 * as omega_status, AN_TOO_FEW for n < 3, AN_NOT_FINITE for an infinity,
 * AN_BAD_INPUT for a level that is not between 0 and 1.
 */
struct an_estimate an_omega_ci(const struct an_table *t,
			       enum an_missing missing,
			       const struct an_resampling *how);

#endif
