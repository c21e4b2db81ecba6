/*
 * correlation.h: how far two variables go together.
 */
#ifndef ANALYTICS_CORRELATION_H
#define ANALYTICS_CORRELATION_H

#include "analytics/status.h"

/*
 * Three coefficients over the complete pairs.
 *
 * pearson, spearman  between -1 and 1, with limits of this level on Fisher's z
 *                    (standard error 1/sqrt(n-3) and
 *                    sqrt((1 + rho^2/2)/(n-3))) and t-approximate p-values;
 *                    limits need n > 2 (of three people they are -1
 *                    and 1, NAN if those lie on a line), p needs n > 2
 * kendall_tau_b      corrected for ties; kendall_z with the full tie
 *                    correction, normal p-value; kendall_s = pairs in the
 *                    same order minus pairs in opposite order, 0 where a
 *                    side does not vary; z needs n > 2
 * n, missing         pairs used and left out
 *
 * level is in (0, 1). AN_TOO_FEW for n < 2, AN_ZERO_VARIANCE when a side does
 * not vary, AN_NOT_FINITE for an infinity. Kendall's S is counted in O(n log
 * n). Sources: R. A. Fisher (1921); Bonett and Wright (2000), Psychometrika
 * 65:23-28; M. G. Kendall (1970), Rank Correlation Methods.
 */
struct an_correlation {
	size_t n, missing;
	double pearson, pearson_lo, pearson_hi, pearson_p;
	double spearman, spearman_lo, spearman_hi, spearman_p;
	double kendall_s, kendall_tau_b, kendall_z, kendall_p;
	enum an_status status;
};

struct an_correlation an_correlate(const double *x, const double *y, size_t n,
				   double level);

/* Pearson's r alone, with its Fisher interval, over the complete pairs. */
struct an_estimate an_pearson_ci(const double *x, const double *y, size_t n);

#endif
