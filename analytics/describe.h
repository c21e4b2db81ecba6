/*
 * describe.h: one variable.
 */
#ifndef ANALYTICS_DESCRIBE_H
#define ANALYTICS_DESCRIBE_H

#include "analytics/status.h"

/*
 * What n values look like. NAN values are left out and counted.
 *
 * n, missing        values used and left out
 * mean, sd          in the unit of x; sd with divisor n-1, NAN for n < 2
 * min, max, median  NAN when there is no value
 * lag1              autocorrelation at lag 1, sum d_i d_(i-1) / sum d_i^2;
 *                   NAN when nothing varies
 */
struct an_description {
	size_t n, missing;
	double mean, sd, min, max, median, lag1;
	enum an_status status;
};

struct an_description an_describe(const double *x, size_t n);

/*
 * Mean with its t interval: mean +- t(1 - (1-level)/2, n-1) sd/sqrt(n).
 *
 * x      n values in any unit, NAN is missing
 * level  between 0 and 1, usually .95
 *
 * AN_EMPTY without values; AN_TOO_FEW for one value (the mean is given, the
 * interval is not); AN_NOT_FINITE if x has an infinity. When all values are
 * equal the interval has no width and the status is AN_ZERO_VARIANCE.
 */
struct an_estimate an_mean_ci(const double *x, size_t n, double level);

#endif
