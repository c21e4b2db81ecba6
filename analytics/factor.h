/*
 * factor.h: the one-factor model.
 */
#ifndef ANALYTICS_FACTOR_H
#define ANALYTICS_FACTOR_H

#include "analytics/status.h"

#include <stddef.h>

/*
 * The standardised solution: R = loading loading' + diag(uniqueness).
 *
 * loading      k correlations of item and factor, their sum not negative
 * uniqueness   k shares of variance that the factor does not explain
 * discrepancy  log|Sigma| + tr(R Sigma^-1) - log|R| - k at the minimum
 * Both arrays are the caller's.
 */
struct an_factor {
	double *loading, *uniqueness;
	double discrepancy;
};

/*
 * Fit by maximum likelihood to the k-by-k covariance matrix s (positive
 * definite). AN_NOT_IDENTIFIED for k < 3, an item without variance, a
 * singular matrix, or a uniqueness that runs to 0 (Heywood case);
 * AN_NOT_CONVERGED. The arrays are NAN unless AN_OK.
 *
 * Source: K. G. Joreskog (1967), Psychometrika 32:443-482. Checked against R
 * lavaan.
 */
enum an_status an_one_factor(const double *s, size_t k, struct an_factor *f);

/*
 * What the factor leaves of each pair of items: the observed correlation minus
 * loading[j] loading[m], the one that the model implies.
 *
 * s         the k-by-k covariances that were fitted
 * loading   k loadings; NAN where there is no model
 * residual  k*k places, symmetric: between -2 and 2, 0 on the diagonal, NAN
 *           beside a loading that is NAN
 */
void an_factor_residuals(const double *s, size_t k, const double *loading,
			 double *residual);

#endif
