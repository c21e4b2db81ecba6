/*
 * population.c: stratified mean of a finite population; power.
 */
#include "analytics/population.h"

#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>

/* The values stratum by stratum, in their order: at[j] to at[j + 1] of v. */
static void sort_out(const double *y, const size_t *stratum, size_t n, size_t h,
		     double *v, size_t *at)
{
	AN_SCRATCH(work);
	size_t *next = an_sizes(&work, h);

	for (size_t i = 0; i < n; i++)
		if (stratum[i] < h && !isnan(y[i]))
			at[stratum[i] + 1]++;
	for (size_t j = 0; j < h; j++) {
		next[j] = at[j];
		at[j + 1] += at[j];
	}
	for (size_t i = 0; i < n; i++)
		if (stratum[i] < h && !isnan(y[i]))
			v[next[stratum[i]]++] = y[i];
}

static enum an_status sums(const double *y, const size_t *stratum, size_t n,
			   struct an_stratum *s, size_t h)
{
	AN_SCRATCH(work);
	double *v = an_doubles(&work, n);
	size_t *at = an_sizes(&work, h + 1);

	sort_out(y, stratum, n, h, v, at);
	for (size_t j = 0; j < h; j++) {
		const size_t m = at[j + 1] - at[j];

		s[j].n = m;
		s[j].mean = an_mean(v + at[j], m);
		s[j].sd = sqrt(an_variance(v + at[j], m));
		s[j].response = (double)m / s[j].population;
		if (!(s[j].population >= 1.0) ||
		    an_too_large(s[j].population) ||
		    (double)m > s[j].population)
			return AN_BAD_INPUT;
		if (m == 1 && s[j].population == 1.0)
			s[j].sd = 0.0;
	}
	return AN_OK;
}

struct an_stratified an_stratified_mean(const double *y, const size_t *stratum,
					size_t n, struct an_stratum *strata,
					size_t h)
{
	struct an_stratified o = { 0,   0,   NAN, NAN, NAN,
				   NAN, NAN, NAN, NAN, AN_NOT_FINITE };
	AN_SCRATCH(work);
	double *v = an_doubles(&work, n), all = 0.0, s1 = 0.0, s2 = 0.0, half;
	double mean = 0.0;

	if (!an_no_infinity(y, n))
		return o;
	o.n = an_compact(y, n, v);
	o.missing = n - o.n;
	o.unweighted = an_mean(v, o.n);
	o.status = sums(y, stratum, n, strata, h);
	if (o.status == AN_OK && (!o.n || !h))
		o.status = AN_EMPTY;
	if (o.status != AN_OK)
		return o;
	for (size_t j = 0; j < h; j++) {
		all += strata[j].population;
		if (isnan(strata[j].sd))
			o.status = AN_TOO_FEW;
	}
	for (size_t j = 0; j < h; j++) {
		const struct an_stratum *s = &strata[j];
		const double w = s->population / all;
		const double v_h = w * w * s->sd * s->sd / (double)s->n;

		mean += w * s->mean;
		s1 += v_h * (1.0 - (double)s->n / s->population);
		s2 += v_h;
	}
	o.mean = mean;
	o.se = sqrt(s1);
	o.se_no_fpc = sqrt(s2);
	o.df = (double)o.n - (double)h;
	if (o.status != AN_OK)
		return o;
	half = o.df > 0.0 ? an_t_quantile(0.975, o.df) * o.se : 0.0;
	o.lo = mean - half;
	o.hi = mean + half;
	return o;
}

double an_power_paired_t(size_t n, double dz, double alpha)
{
	const double df = (double)n - 1.0;
	double t, nc;

	if (n < 2 || !(alpha > 0.0 && alpha < 1.0) || !isfinite(dz))
		return NAN;
	t = an_t_quantile(1.0 - 0.5 * alpha, df);
	nc = dz * sqrt((double)n);
	return 1.0 - an_nct_cdf(t, df, nc) + an_nct_cdf(-t, df, nc);
}

struct aim {
	size_t n;
	double alpha, power;
};

static double power_gap(double dz, const void *data)
{
	const struct aim *a = data;

	return an_power_paired_t(a->n, dz, a->alpha) - a->power;
}

double an_detectable_dz(size_t n, double alpha, double power)
{
	const struct aim a = { n, alpha, power };
	double hi = 1.0;

	if (n < 2 || !(alpha > 0.0) || !(power > alpha && power < 1.0))
		return NAN;
	while (power_gap(hi, &a) < 0.0 && hi < 1000.0)
		hi *= 2.0;
	return an_root(power_gap, &a, 0.0, hi);
}

size_t an_pairs_needed(double dz, double alpha, double power)
{
	size_t lo = 1, hi = 2;

	while (hi <= 1000000 && !(an_power_paired_t(hi, dz, alpha) >= power)) {
		lo = hi;
		hi *= 2;
	}
	if (hi > 1000000)
		return 0;
	while (hi - lo > 1) {
		const size_t mid = lo + (hi - lo) / 2;

		if (an_power_paired_t(mid, dz, alpha) >= power)
			hi = mid;
		else
			lo = mid;
	}
	return hi;
}
