/*
 * drivers.h: what overall satisfaction goes with. Associations, not causes.
 */
#ifndef ANALYTICS_DRIVERS_H
#define ANALYTICS_DRIVERS_H

#include "analytics/bootstrap.h"
#include "analytics/number.h"
#include "analytics/status.h"

#define AN_DRIVERS_MAX 15 /* predictors; 2^15 models are fitted */

/*
 * One predictor.
 *
 * r, beta       correlation with y, standardised regression weight
 * vif           variance inflation; above 10 items should be merged
 * johnson_rw    Johnson's relative weight
 * dominance     general dominance: mean increase of R2 over all orders of
 *               entry (LMG, Shapley), the primary measure
 * *_pct         the same in percent of R2; each sums to 100
 */
struct an_driver {
	double r, beta, vif;
	double johnson_rw, johnson_pct, dominance, dominance_pct;
};

struct an_drivers {
	size_t n, missing;
	double r2, adj_r2; /* below .1: say that the items do not explain y */
	enum an_status status;
};

/*
 * y   n values; x  n rows by k predictors; listwise
 * out k places
 *
 * AN_TOO_FEW when n <= k + 1, AN_BAD_INPUT for k = 0 or k > AN_DRIVERS_MAX,
 * AN_ZERO_VARIANCE when something does not vary, AN_NOT_IDENTIFIED when the
 * predictors are dependent, AN_EMPTY, AN_NOT_FINITE.
 * Sources: Lindeman, Merenda and Gold (1980); J. W. Johnson (2000),
 * Multivar. Behav. Res. 35:1-19. Checked against all 720 orders in R.
 */
struct an_drivers an_drivers(const double *y, const struct an_table *x,
			     struct an_driver *out);

/*
 * Bootstrap percentile limits of dominance_pct, people resampled by the seed
 * (index and top are not looked at); lo and hi have k places. Resamples in
 * which the predictors are dependent are left out. AN_TOO_FEW for fewer than 40
 * resamples or n <= k + 1, AN_NOT_IDENTIFIED when most resamples fail;
 * otherwise as an_drivers.
 */
enum an_status an_drivers_ci(const double *y, const struct an_table *x,
			     const struct an_resampling *how, double *lo,
			     double *hi);

/*
 * The same by BCa, for AN_DRIVERS_BCA complete rows and more. The acceleration
 * comes from leaving out one of up to 500 groups of people at a time. An item
 * without a BCa interval has NAN, and its status (see an_bca) is returned; the
 * limits of the others stand.
 */
#define AN_DRIVERS_BCA 250
enum an_status an_drivers_bca(const double *y, const struct an_table *x,
			      const struct an_resampling *how, double *lo,
			      double *hi);

/*
 * One item of the customer-satisfaction portfolio.
 *
 * satisfaction    mean, or share of ratings >= top
 * importance      Pearson r with overall satisfaction, Fisher limits
 * t_importance, t_satisfaction   deviation scores, 50 + 10 z over the items
 * distance, angle, index   index = distance (90 - angle)/90, angle in degrees
 *                 from the direction "important, not satisfied"
 * z_difference    (t_importance - t_satisfaction)/10
 * quadrant        "priority_improve", "priority_keep", "keep", "improve"
 * rank            by falling index, equal ones share the smaller number
 * p_rank3         share of resamples in which the item ranks 1 to 3; NAN
 *                 until an_cs_stability fills it, and for an item that is not
 *                 ranked there (importance 0 or below)
 */
struct an_cs_item {
	size_t n;
	double satisfaction, importance, r_lo, r_hi;
	double t_importance, t_satisfaction, distance, angle, index;
	double z_difference, p_rank3;
	const char *quadrant;
	size_t rank;
	enum an_status status;
};

/*
 * s        n people by k items; overall  n values; pairwise complete
 * top      NAN for means, else the rating that counts as satisfied
 * out      k places
 *
 * The index is relative among the items asked: do not compare it between
 * years. Valid for k >= 5, n >= 50 and all r > 0 (the caller decides).
 * AN_TOO_FEW for k < 2, AN_ZERO_VARIANCE when a side does not vary over the
 * items or an item does not vary (its status says which), AN_NOT_FINITE.
 * Source: T. Kan (CS analysis).
 */
enum an_status an_cs_portfolio(const struct an_table *s, const double *overall,
			       double top, struct an_cs_item *out);

/*
 * Fill p_rank3 of the k items, as an_cs_portfolio() left them, by resampling
 * people by the seed (index, level and top are not looked at). Ranked are the
 * items whose importance is above 0; in a resample in which it is not, an item
 * is left out of the ranking again.
 */
void an_cs_stability(const struct an_table *s, const double *overall,
		     double top, const struct an_resampling *how,
		     struct an_cs_item *out);

#endif
