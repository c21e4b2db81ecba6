/*
 * holt.c: exponential smoothing with a damped trend.
 */
#include "analytics/memory.h"
#include "analytics/number.h"
#include "analytics/trend.h"

#include <math.h>

/* Level, trend and squared errors after one more value; the forecast. */
static double step(const struct an_holt *o, double y, double *l, double *b,
		   double *sse)
{
	const double f = *l + o->phi * *b;
	const double level = o->alpha * y + (1.0 - o->alpha) * f;

	*b = o->beta * (level - *l) + (1.0 - o->beta) * o->phi * *b;
	*l = level;
	*sse += (y - f) * (y - f);
	return f;
}

double an_holt_damped(const double *y, size_t n, const struct an_holt *o,
		      size_t h)
{
	double l, b, sse = 0.0, sum = 0.0, power = 1.0;

	if (n < 2)
		return NAN;
	for (size_t i = 0; i < n; i++)
		if (!an_fits(y[i]))
			return NAN;
	l = y[0];
	b = y[1] - y[0];
	for (size_t i = 1; i < n; i++) {
		const double f = step(o, y[i], &l, &b, &sse);

		if (o->one_step)
			o->one_step[i - 1] = f;
		if (o->level)
			o->level[i - 1] = l;
		if (o->trend)
			o->trend[i - 1] = b;
	}
	for (size_t i = 0; i < h; i++) {
		power *= o->phi;
		sum += power;
		o->forecast[i] = l + sum * b;
	}
	return sse;
}

enum an_status an_holt_tune(const double *y, size_t n, struct an_holt *o)
{
	struct an_holt best = *o;
	double least = INFINITY;

	if (n < AN_HOLT_LEAST)
		return AN_TOO_FEW;
	for (int a = 1; a <= 19; a++)
		for (int b = 0; b <= 19; b++)
			for (int p = 0; p <= 9; p++) {
				const struct an_holt c = { .alpha = 0.05 * a,
							   .beta = 0.05 * b,
							   .phi = 0.80 +
								  0.02 * p };
				const double sse = an_holt_damped(y, n, &c, 0);

				if (sse < least) {
					least = sse;
					best.alpha = c.alpha;
					best.beta = c.beta;
					best.phi = c.phi;
				}
			}
	*o = best;
	return isfinite(least) ? AN_OK : AN_NOT_FINITE;
}
