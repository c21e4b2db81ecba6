/*
 * correlation.c: Pearson, Spearman, Kendall.
 */
#include "analytics/correlation.h"

#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>

/* Three people say nothing: from -1 to 1, unless they lie on a line. */
static void fisher(double r, double reach, double *lo, double *hi)
{
	if (isinf(reach) && fabs(r) == 1.0)
		return;
	*lo = tanh(atanh(r) - reach);
	*hi = tanh(atanh(r) + reach);
}

static double t_test(double r, double n)
{
	return an_t_p2(r * sqrt((n - 2.0) / (1.0 - r * r)), n - 2.0);
}

/* Sums over the groups of ties t: of t(t-1), t(t-1)(2t+5), t(t-1)(t-2). */
struct ties {
	double two, five, three;
};

static void tie_add(struct ties *s, double t)
{
	s->two += t * (t - 1.0);
	s->five += t * (t - 1.0) * (2.0 * t + 5.0);
	s->three += t * (t - 1.0) * (t - 2.0);
}

static struct ties ties_of(const double *x, size_t n)
{
	AN_SCRATCH(work);
	double *s = an_doubles(&work, n);
	struct ties t = { 0 };

	for (size_t i = 0; i < n; i++)
		s[i] = x[i];
	an_sort(s, n);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i + 1; j < n && s[j] == s[i]; j++)
			;
		tie_add(&t, (double)(j - i));
	}
	return t;
}

/* Merge two ascending halves; the exchanges are pairs in the wrong order. */
static double merge(double *y, double *spare, size_t half, size_t n)
{
	size_t a = 0, b = half;
	double swaps = 0.0;

	for (size_t i = 0; i < n; i++)
		if (b >= n || (a < half && y[a] <= y[b])) {
			spare[i] = y[a++];
		} else {
			swaps += (double)(half - a);
			spare[i] = y[b++];
		}
	for (size_t i = 0; i < n; i++)
		y[i] = spare[i];
	return swaps;
}

/* Inversions of y; sorts it (Knight's algorithm, bottom up). */
static double inversions(double *y, size_t n)
{
	AN_SCRATCH(work);
	double *spare = an_doubles(&work, n), swaps = 0.0;

	for (size_t width = 1; width < n; width *= 2)
		for (size_t i = 0; i + width < n; i += 2 * width) {
			const size_t m = n - i < 2 * width ? n - i : 2 * width;

			swaps += merge(y + i, spare, width, m);
		}
	return swaps;
}

/* Kendall's S of n complete pairs; ties = sums over tied x, y, and both. */
static double kendall_s(const double *x, const double *y, size_t n,
			const struct ties *tx, const struct ties *ty)
{
	AN_SCRATCH(work);
	double *rank = an_doubles(&work, n), *v = an_doubles(&work, n);
	size_t *order = an_sizes(&work, n);
	struct ties both = { 0 };
	double pairs;

	/* Sorted by x, then y: one key made of the two midranks. */
	an_midranks(x, n, rank);
	an_midranks(y, n, v);
	for (size_t i = 0; i < n; i++)
		rank[i] = rank[i] * (2.0 * (double)n + 2.0) + v[i];
	an_order(rank, n, order);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i + 1; j < n && rank[order[j]] == rank[order[i]]; j++)
			;
		tie_add(&both, (double)(j - i));
	}
	for (size_t i = 0; i < n; i++)
		v[i] = y[order[i]];
	pairs = 0.5 * (double)n * ((double)n - 1.0);
	return pairs - 0.5 * tx->two - 0.5 * ty->two + 0.5 * both.two -
	       2.0 * inversions(v, n);
}

static void kendall(struct an_correlation *o, const double *x, const double *y)
{
	const struct ties tx = ties_of(x, o->n), ty = ties_of(y, o->n);
	const double n = (double)o->n, pairs = 0.5 * n * (n - 1.0);
	double v;

	o->kendall_s = kendall_s(x, y, o->n, &tx, &ty);
	o->kendall_tau_b =
		an_within_1(o->kendall_s / (sqrt(pairs - 0.5 * tx.two) *
					    sqrt(pairs - 0.5 * ty.two)));
	if (o->n < 3)
		return;
	v = (n * (n - 1.0) * (2.0 * n + 5.0) - tx.five - ty.five) / 18.0 +
	    tx.two * ty.two / (2.0 * n * (n - 1.0)) +
	    tx.three * ty.three / (9.0 * n * (n - 1.0) * (n - 2.0));
	o->kendall_z = o->kendall_s / sqrt(v);
	o->kendall_p = an_normal_p2(o->kendall_z);
}

static const struct an_correlation nothing = {
	.pearson = NAN,
	.pearson_lo = NAN,
	.pearson_hi = NAN,
	.pearson_p = NAN,
	.spearman = NAN,
	.spearman_lo = NAN,
	.spearman_hi = NAN,
	.spearman_p = NAN,
	.kendall_s = NAN,
	.kendall_tau_b = NAN,
	.kendall_z = NAN,
	.kendall_p = NAN,
	.status = AN_TOO_FEW,
};

struct an_correlation an_correlate(const double *x, const double *y, size_t n,
				   double level)
{
	const double z = an_normal_quantile(0.5 + 0.5 * level);
	struct an_correlation o = nothing;
	AN_SCRATCH(work);
	double *a = an_doubles(&work, n), *b = an_doubles(&work, n);
	double *ra = an_doubles(&work, n), *rb = an_doubles(&work, n), m;

	o.n = an_compact_pairs(x, y, n, a, b);
	o.missing = n - o.n;
	m = (double)o.n;
	if (!an_no_infinity(a, o.n) || !an_no_infinity(b, o.n))
		o.status = AN_NOT_FINITE;
	if (o.n < 2 || o.status == AN_NOT_FINITE)
		return o;
	o.pearson = an_pearson(a, b, o.n);
	o.status = isnan(o.pearson) ? AN_ZERO_VARIANCE : AN_OK;
	if (o.status != AN_OK) {
		o.kendall_s = 0.0; /* no pair goes up or down */
		return o;
	}
	an_midranks(a, o.n, ra);
	an_midranks(b, o.n, rb);
	o.spearman = an_pearson(ra, rb, o.n);
	kendall(&o, a, b);
	if (o.n > 2) {
		o.pearson_p = t_test(o.pearson, m);
		o.spearman_p = t_test(o.spearman, m);
	}
	if (o.n >= 3) {
		fisher(o.pearson, z / sqrt(m - 3.0), &o.pearson_lo,
		       &o.pearson_hi);
		fisher(o.spearman,
		       z * sqrt((1.0 + 0.5 * o.spearman * o.spearman) /
				(m - 3.0)),
		       &o.spearman_lo, &o.spearman_hi);
	}
	return o;
}

struct an_estimate an_pearson_ci(const double *x, const double *y, size_t n)
{
	struct an_estimate e = an_estimate_none("fisher_z", AN_TOO_FEW);
	AN_SCRATCH(work);
	double *a = an_doubles(&work, n), *b = an_doubles(&work, n);

	e.n = an_compact_pairs(x, y, n, a, b);
	e.missing = n - e.n;
	if (!an_no_infinity(a, e.n) || !an_no_infinity(b, e.n))
		e.status = AN_NOT_FINITE;
	if (e.n < 2 || e.status == AN_NOT_FINITE)
		return e;
	e.value = an_pearson(a, b, e.n);
	e.status = isnan(e.value) ? AN_ZERO_VARIANCE : AN_OK;
	if (e.status == AN_OK && e.n >= 3)
		fisher(e.value, AN_Z975 / sqrt((double)e.n - 3.0), &e.lo,
		       &e.hi);
	return e;
}
