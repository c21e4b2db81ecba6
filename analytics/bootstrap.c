/*
 * bootstrap.c: the generator, and bias-corrected accelerated intervals.
 */
#include "analytics/bootstrap.h"

#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>

static uint64_t rotate(uint64_t x, int by)
{
	return (x << by) | (x >> (64 - by));
}

void an_random_seed(struct an_random *r, uint64_t seed)
{
	for (size_t i = 0; i < 4; i++) {
		uint64_t z = (seed += 0x9e3779b97f4a7c15U);

		z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
		z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
		r->s[i] = z ^ (z >> 31);
	}
}

uint64_t an_random_next(struct an_random *r)
{
	const uint64_t out = rotate(r->s[1] * 5, 7) * 9, t = r->s[1] << 17;

	r->s[2] ^= r->s[0];
	r->s[3] ^= r->s[1];
	r->s[1] ^= r->s[2];
	r->s[0] ^= r->s[3];
	r->s[2] ^= t;
	r->s[3] = rotate(r->s[3], 45);
	return out;
}

double an_random_uniform(struct an_random *r)
{
	return (double)(an_random_next(r) >> 11) * 0x1p-53;
}

size_t an_random_index(struct an_random *r, size_t n)
{
	const uint64_t m = n, reject = (0 - m) % m;

	for (;;) {
		const uint64_t x = an_random_next(r);

		if (x >= reject)
			return (size_t)(x % m);
	}
}

void an_random_rows(struct an_random *r, size_t *row, size_t n)
{
	AN_SCRATCH(work);
	uint32_t *drawn;
	size_t at = 0;

	if (n < AN_MANY_ROWS || n > UINT32_MAX) {
		for (size_t i = 0; i < n; i++)
			row[i] = an_random_index(r, n);
		return;
	}
	drawn = an_alloc(&work, n, sizeof(*drawn));
	for (size_t i = 0; i < n; i++)
		drawn[an_random_index(r, n)]++;
	for (size_t i = 0; i < n; i++)
		for (uint32_t c = 0; c < drawn[i]; c++)
			row[at++] = i;
}

/* The quantile at (n+1) alpha of ascending t, normal interpolation. */
static double quantile(const double *t, size_t n, double alpha)
{
	const double rank = ((double)n + 1.0) * alpha, k = trunc(rank);
	double q1, q2;
	size_t i;

	if (isnan(alpha))
		return NAN;
	if (k < 1.0)
		return t[0];
	if (k >= (double)n)
		return t[n - 1];
	i = (size_t)k;
	if (rank == k)
		return t[i - 1];
	q1 = an_normal_quantile(k / ((double)n + 1.0));
	q2 = an_normal_quantile((k + 1.0) / ((double)n + 1.0));
	return t[i - 1] + (an_normal_quantile(rank / ((double)n + 1.0)) - q1) /
				  (q2 - q1) * (t[i] - t[i - 1]);
}

/* NAN if the statistic is not defined without one of the people. */
static double acceleration(const double *jack, size_t n)
{
	const double mean = an_mean(jack, n);
	double two = 0.0, three = 0.0;

	for (size_t i = 0; i < n; i++) {
		const double u = mean - jack[i];

		two += u * u;
		three += u * u * u;
	}
	return two == 0.0 ? 0.0 : three / (6.0 * pow(two, 1.5));
}

struct an_bca an_bca(double t0, double *replicate, size_t nreplicates,
		     const double *jack, size_t n, double level)
{
	struct an_bca o = { t0,  NAN, NAN, NAN, NAN,
			    NAN, NAN, NAN, NAN, AN_NOT_FINITE };
	const double close = 1e-12 * fmax(1.0, fabs(t0));
	double below = 0.0, z, *alpha[2] = { &o.alpha_lo, &o.alpha_hi }, m;
	size_t r;

	if (!isfinite(t0))
		return o;
	r = an_compact(replicate, nreplicates, replicate);
	o.status = r < 2 || n < 2 ? AN_TOO_FEW : AN_ZERO_VARIANCE;
	if (o.status == AN_TOO_FEW)
		return o;
	an_sort(replicate, r);
	m = an_mean(replicate, r);
	o.boot_bias = m - t0;
	o.boot_se = sqrt(an_variance(replicate, r));
	if (replicate[r - 1] - replicate[0] <= close)
		return o;
	for (size_t i = 0; i < r; i++)
		below += fabs(replicate[i] - t0) <= close ? 0.5
			 : replicate[i] < t0              ? 1.0
							  : 0.0;
	o.status = AN_NOT_IDENTIFIED;
	o.a = acceleration(jack, n);
	if (below <= 0.0 || below >= (double)r || isnan(o.a))
		return o;
	o.z0 = an_normal_quantile(below / (double)r);
	for (size_t i = 0; i < 2; i++) {
		const double tail = 0.5 * (1.0 - level);

		z = an_normal_quantile(i ? 1.0 - tail : tail);
		*alpha[i] = an_normal_cdf(
			o.z0 + (o.z0 + z) / (1.0 - o.a * (o.z0 + z)));
	}
	o.lo = quantile(replicate, r, o.alpha_lo);
	o.hi = quantile(replicate, r, o.alpha_hi);
	o.status = AN_OK;
	return o;
}

/* t0 and the jackknife of f; row has n places. */
static double jackknife(const struct an_statistic *f, size_t n, size_t *row,
			double *jack)
{
	if (f->without)
		f->without(jack, n, f->data);
	for (size_t left = 0; left < n && !f->without; left++) {
		size_t at = 0;

		for (size_t i = 0; i < n; i++)
			if (i != left)
				row[at++] = i;
		jack[left] = f->f(row, n - 1, f->data);
	}
	for (size_t i = 0; i < n; i++)
		row[i] = i;
	return f->f(row, n, f->data);
}

struct an_bca an_bca_run(const struct an_statistic *f, size_t n,
			 const struct an_resampling *how)
{
	AN_SCRATCH(work);
	double *t = an_doubles(&work, how->resamples);
	double *jack = an_doubles(&work, n);
	size_t *row = an_sizes(&work, n);
	struct an_random random;
	double t0;

	if (!(how->level > 0.0 && how->level < 1.0))
		return (struct an_bca){ NAN, NAN, NAN, NAN, NAN,
					NAN, NAN, NAN, NAN, AN_BAD_INPUT };
	t0 = jackknife(f, n, row, jack);
	an_random_seed(&random, how->seed);
	for (size_t r = 0; r < how->resamples; r++) {
		if (!how->index)
			an_random_rows(&random, row, n);
		t[r] = f->f(how->index ? how->index + r * n : row, n, f->data);
		an_tell(how->progress, "resamples", r + 1, how->resamples);
	}
	return an_bca(t0, t, how->resamples, jack, n, how->level);
}
