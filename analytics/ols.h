/*
 * ols.h: linear regression by least squares.
 */
#ifndef ANALYTICS_OLS_H
#define ANALYTICS_OLS_H

#include "analytics/groups.h"
#include "analytics/number.h"
#include "analytics/status.h"

/* A coefficient, in the unit of y per unit of x. */
struct an_coefficient {
	double b, se, t, p;
	double se_hc3; /* robust against unequal spread */
};

/*
 * sigma  residual standard deviation; rss  residual sum of squares
 * r2     against the mean of y, or against 0 without intercept
 * f      joint test of all coefficients but the intercept
 * exact  the model fits to the last digit: rss, sigma and se are 0, r2 is 1,
 *        f.f is infinite
 */
struct an_ols {
	size_t n, missing, p;
	double sigma, rss, r2, adj_r2, df;
	struct an_f_test f;
	bool exact;
	enum an_status status;
};

/*
 * Fit y = X b.
 *
 * x          n rows by k predictors; rows with a missing value are left out
 * y, w       n values and weights (NULL: all 1; else > 0)
 * intercept  put a column of ones in front
 * out        k + intercept places, the intercept first
 *
 * Householder QR of scaled columns with one step of refinement, never normal
 * equations (NIST Longley to 11 digits). HC3 errors divide each residual by
 * 1 minus its leverage.
 * AN_TOO_FEW when n <= p, AN_NOT_IDENTIFIED when the columns are dependent,
 * AN_ZERO_VARIANCE when y does not vary, AN_NOT_FINITE, AN_BAD_INPUT for a
 * weight.
 * Sources: Bjorck (1996); MacKinnon and White (1985), J. Econometrics
 * 29:305-325. Checked against NIST StRD, R lm, sandwich.
 */
struct an_ols an_ols(const struct an_table *x, const double *y, const double *w,
		     bool intercept, struct an_coefficient *out);

/*
 * Joint F test that the predictors marked in `tested` (k flags) are all 0,
 * by comparing with the model without them.
 */
struct an_f_test an_ols_test(const struct an_table *x, const double *y,
			     bool intercept, const bool *tested);

#endif
