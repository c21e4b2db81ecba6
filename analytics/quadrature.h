/*
 * quadrature.h: nodes and weights for the standard normal law.
 */
#ifndef ANALYTICS_QUADRATURE_H
#define ANALYTICS_QUADRATURE_H

#include "analytics/status.h"

#include <stddef.h>

/*
 * Gauss-Hermite rule of n points for the normal density: sum w f(x) is exact
 * for polynomials up to degree 2n - 1. Nodes ascending; Newton on orthonormal
 * Hermite polynomials, weights 1/sum He~_m(x)^2. AN_BAD_INPUT for n = 0 or
 * n > 300.
 */
enum an_status an_gauss_hermite(size_t n, double *node, double *weight);

/*
 * n equally spaced nodes on [-reach, reach] with weights proportional to the
 * normal density, summing to 1. Better than Gauss-Hermite for steep items.
 * AN_BAD_INPUT for n < 2 or reach not positive.
 */
enum an_status an_normal_grid(size_t n, double reach, double *node,
			      double *weight);

#endif
