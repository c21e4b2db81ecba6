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
 * Householder QR of scaled columns with five rounds of refinement, never normal
 * equations (NIST Longley to 14 digits). HC3 errors divide each residual by
 * 1 minus its leverage.
 * AN_TOO_FEW when n <= p, AN_NOT_IDENTIFIED when the columns are dependent,
 * AN_ZERO_VARIANCE when y does not vary, AN_EMPTY, AN_NOT_FINITE, AN_BAD_INPUT
 * for a weight.
 * Sources: Bjorck (1996); MacKinnon and White (1985), J. Econometrics
 * 29:305-325. Checked against NIST StRD, R lm, sandwich.
 */
struct an_ols an_ols(const struct an_table *x, const double *y, const double *w,
		     bool intercept, struct an_coefficient *out);

/* The same, and the covariances of the coefficients, p by p (or NULL). */
struct an_ols an_ols_with(const struct an_table *x, const double *y,
			  const double *w, bool intercept,
			  struct an_coefficient *out, double *covariance);

/*
 * y = out[0] + out[1] x + .. + out[degree] x^degree, fitted in powers of x
 * around its middle, where they are not nearly dependent, and carried back:
 * b and se keep their digits far from 0 (NIST Filip).
 * out has degree + 1 places; rows with a missing value are left out.
 */
struct an_ols an_polynomial(const double *x, const double *y, size_t n,
			    size_t degree, struct an_coefficient *out);

/* Fill t and p of one coefficient from b and se. */
void an_ols_test_one(struct an_coefficient *c, double df);

/*
 * Joint F test that the predictors marked in `tested` (k flags) are all 0,
 * by comparing with the model without them. NAN where one of the two cannot
 * be fitted, the whole fits exactly or no predictor is marked.
 */
struct an_f_test an_ols_test(const struct an_table *x, const double *y,
			     const double *w, bool intercept,
			     const bool *tested);

#endif
