/*
 * proportion.c: Wilson, Clopper-Pearson, Newcombe.
 */
#include "analytics/proportion.h"

#include "analytics/dist.h"

#include <math.h>

static enum an_status check(size_t x, size_t n, double level)
{
	if (x > n || !(level > 0.0 && level < 1.0))
		return AN_BAD_INPUT;
	return n ? AN_OK : AN_EMPTY;
}

struct an_estimate an_wilson(size_t x, size_t n, double level)
{
	struct an_estimate e = an_estimate_none("wilson", check(x, n, level));
	const double m = (double)n, p = (double)x / m;
	double z, centre, half;

	if (e.status != AN_OK)
		return e;
	z = an_normal_quantile(0.5 + 0.5 * level);
	centre = (p + z * z / (2.0 * m)) / (1.0 + z * z / m);
	half = z / (1.0 + z * z / m) *
	       sqrt(p * (1.0 - p) / m + z * z / (4.0 * m * m));
	e.value = p;
	e.lo = x ? fmax(centre - half, 0.0) : 0.0;
	e.hi = x < n ? fmin(centre + half, 1.0) : 1.0;
	e.n = n;
	return e;
}

struct an_estimate an_clopper_pearson(size_t x, size_t n, double level)
{
	struct an_estimate e =
		an_estimate_none("clopper_pearson", check(x, n, level));
	const double a = (double)x, m = (double)n, tail = 0.5 * (1.0 - level);

	if (e.status != AN_OK)
		return e;
	e.value = a / m;
	e.lo = x ? an_beta_quantile(tail, a, m - a + 1.0) : 0.0;
	e.hi = x < n ? an_beta_quantile(1.0 - tail, a + 1.0, m - a) : 1.0;
	e.n = n;
	return e;
}

struct an_estimate an_newcombe(size_t x1, size_t n1, size_t x2, size_t n2,
			       double level)
{
	const struct an_estimate a = an_wilson(x1, n1, level);
	const struct an_estimate b = an_wilson(x2, n2, level);
	struct an_estimate e = an_estimate_none(
		"newcombe", a.status != AN_OK ? a.status : b.status);

	if (e.status != AN_OK)
		return e;
	e.value = a.value - b.value;
	e.lo = e.value - hypot(a.value - a.lo, b.hi - b.value);
	e.hi = e.value + hypot(a.hi - a.value, b.value - b.lo);
	e.n = n1 + n2;
	return e;
}
