/*
 * calibration.c: z of the self-rating against z of the score, by quarter.
 */
#include "analytics/calibration.h"

#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>
#include <stdbool.h>

#define ALIKE 1e-24 /* a variance of differences of z: rounding alone */

static const struct an_calibration_quarter nobody = {
	.score = NAN,
	.self = NAN,
	.diff = NAN,
	.lo = NAN,
	.hi = NAN,
	.status = AN_EMPTY,
};

/* The p quantile of ascending x, R's type 7. */
static double quantile(const double *x, size_t n, double p)
{
	const double at = p * ((double)n - 1.0);
	const size_t below = (size_t)at;
	const size_t above = below + 1 < n ? below + 1 : below;

	return x[below] + (at - (double)below) * (x[above] - x[below]);
}

/* False if it does not vary. */
static bool standardise(double *x, size_t n)
{
	const double m = an_mean(x, n), sd = sqrt(an_variance(x, n));

	if (!(sd > 0.0))
		return false;
	for (size_t i = 0; i < n; i++)
		x[i] = (x[i] - m) / sd;
	return true;
}

static struct an_calibration_quarter quarter_of(const double *score,
						const double *self, size_t n,
						double level)
{
	struct an_calibration_quarter q = nobody;
	AN_SCRATCH(work);
	double *d = an_doubles(&work, n), ss, reach;

	q.n = n;
	if (!n)
		return q;
	for (size_t i = 0; i < n; i++)
		d[i] = self[i] - score[i];
	q.score = an_mean(score, n);
	q.self = an_mean(self, n);
	q.diff = an_mean(d, n);
	q.status = AN_TOO_FEW;
	if (n < 2)
		return q;
	ss = an_ss(d, n, q.diff);
	if (!(ss > ALIKE * (double)n))
		ss = 0.0;
	reach = an_t_quantile(0.5 + 0.5 * level, (double)n - 1.0) *
		sqrt(ss / ((double)n - 1.0) / (double)n);
	q.lo = q.diff - reach;
	q.hi = q.diff + reach;
	q.status = ss > 0.0 ? AN_OK : AN_ZERO_VARIANCE;
	return q;
}

/* Which quarter each of the n complete pairs is in. */
static void find_quarters(struct an_calibration *o, const double *score,
			  size_t *of)
{
	AN_SCRATCH(work);
	double *sorted = an_doubles(&work, o->n);

	for (size_t i = 0; i < o->n; i++)
		sorted[i] = score[i];
	an_sort(sorted, o->n);
	for (size_t c = 0; c < AN_SCORE_QUARTERS - 1; c++)
		o->cut[c] =
			quantile(sorted, o->n,
				 (double)(c + 1) / (double)AN_SCORE_QUARTERS);
	for (size_t i = 0; i < o->n; i++) {
		of[i] = 0;
		for (size_t c = 0; c < AN_SCORE_QUARTERS - 1; c++)
			of[i] += score[i] > o->cut[c] ? 1 : 0;
	}
}

/* The complete pairs a, b: o->n of them. */
static void calibrate(struct an_calibration *o, double *a, double *b,
		      double level, size_t *of)
{
	AN_SCRATCH(work);
	double *score = an_doubles(&work, o->n);
	double *self = an_doubles(&work, o->n);

	find_quarters(o, a, of);
	o->status = AN_ZERO_VARIANCE;
	if (!standardise(a, o->n) || !standardise(b, o->n))
		return;
	o->status = AN_OK;
	for (size_t q = 0; q < AN_SCORE_QUARTERS; q++) {
		size_t n = 0;

		for (size_t i = 0; i < o->n; i++)
			if (of[i] == q) {
				score[n] = a[i];
				self[n++] = b[i];
			}
		o->quarter[q] = quarter_of(score, self, n, level);
	}
}

struct an_calibration an_calibrate(const double *score, const double *self,
				   size_t n, double level, size_t *quarter)
{
	struct an_calibration o = { .cut = { NAN, NAN, NAN },
				    .quarter = { nobody, nobody, nobody,
						 nobody },
				    .status = AN_BAD_INPUT };
	AN_SCRATCH(work);
	double *a = an_doubles(&work, n), *b = an_doubles(&work, n);
	size_t *of = an_sizes(&work, n), at = 0;

	for (size_t i = 0; quarter && i < n; i++)
		quarter[i] = AN_SCORE_QUARTERS;
	if (!(level > 0.0 && level < 1.0))
		return o;
	o.n = an_compact_pairs(score, self, n, a, b);
	o.missing = n - o.n;
	o.status = o.n ? AN_TOO_FEW : AN_EMPTY;
	if (!an_no_infinity(a, o.n) || !an_no_infinity(b, o.n))
		o.status = AN_NOT_FINITE;
	if (o.n < 2 || o.status == AN_NOT_FINITE)
		return o;
	calibrate(&o, a, b, level, of);
	for (size_t i = 0; quarter && i < n; i++)
		if (!isnan(score[i]) && !isnan(self[i]))
			quarter[i] = of[at++];
	return o;
}
