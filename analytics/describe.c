/*
 * describe.c: mean, spread, median, t interval of a mean.
 */
#include "analytics/describe.h"

#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>

struct an_description an_describe(const double *x, size_t n)
{
	struct an_description o = { .mean = NAN,
				    .sd = NAN,
				    .min = NAN,
				    .max = NAN,
				    .median = NAN,
				    .lag1 = NAN,
				    .status = AN_EMPTY };
	AN_SCRATCH(work);
	double *y = an_doubles(&work, n), ss, lag = 0.0;

	o.n = an_compact(x, n, y);
	o.missing = n - o.n;
	if (!o.n)
		return o;
	o.status = AN_NOT_FINITE;
	if (!an_no_infinity(y, o.n))
		return o;
	o.mean = an_mean(y, o.n);
	ss = an_ss(y, o.n, o.mean);
	for (size_t i = 1; i < o.n; i++)
		lag += (y[i] - o.mean) * (y[i - 1] - o.mean);
	an_sort(y, o.n);
	o.min = y[0];
	o.max = y[o.n - 1];
	o.median = an_median_sorted(y, o.n);
	o.status = AN_TOO_FEW;
	if (o.n < 2)
		return o;
	o.sd = sqrt(fmax(ss, 0.0) / (double)(o.n - 1));
	o.status = o.min < o.max ? AN_OK : AN_ZERO_VARIANCE;
	if (o.status == AN_OK)
		o.lag1 = lag / ss;
	else
		o.sd = 0.0;
	return o;
}

struct an_estimate an_mean_ci(const double *x, size_t n, double level)
{
	struct an_estimate e = an_estimate_none("t", AN_BAD_INPUT);
	const struct an_description o = an_describe(x, n);
	double half;

	if (!(level > 0.0 && level < 1.0))
		return e;
	e.value = o.mean;
	e.n = o.n;
	e.missing = o.missing;
	e.status = o.status;
	if (isnan(o.sd))
		return e;
	half = an_t_quantile(0.5 + 0.5 * level, (double)o.n - 1.0) * o.sd /
	       sqrt((double)o.n);
	e.lo = e.value - half;
	e.hi = e.value + half;
	return e;
}
