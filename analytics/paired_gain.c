/*
 * paired_gain.c: Hake's gain of a class, personal gains, normalised change.
 */
#include "analytics/bootstrap.h"
#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/number.h"
#include "analytics/paired.h"

#include <math.h>

/* The gain from two sums over m people. */
static double gain_of(double sum_pre, double sum_post, double m, double max)
{
	const double room = max - sum_pre / m;

	return room > 0.0 ? (sum_post - sum_pre) / m / room : NAN;
}

double an_hake_class(const double *pre, const double *post, size_t n,
		     double max)
{
	double a = 0.0, b = 0.0;

	for (size_t i = 0; i < n; i++) {
		a += pre[i];
		b += post[i];
	}
	return n ? gain_of(a, b, (double)n, max) : NAN;
}

/* The gain of everybody but one, for each of n people. */
static void without_one(const double *x, const double *y, size_t n, double max,
			double *out)
{
	double a = 0.0, b = 0.0;

	for (size_t i = 0; i < n; i++) {
		a += x[i];
		b += y[i];
	}
	for (size_t i = 0; i < n; i++)
		out[i] = gain_of(a - x[i], b - y[i], (double)n - 1.0, max);
}

/* The class gain and its jackknife interval. */
static void class_gain(struct an_gain *o, const double *x, const double *y,
		       size_t n, const struct an_paired_options *options)
{
	AN_SCRATCH(work);
	double *left_out = an_doubles(&work, n), half, mean;
	const double m = (double)n, max = options->max_score;

	o->hake_class = an_hake_class(x, y, n, max);
	if (n < 2)
		return;
	without_one(x, y, n, max, left_out);
	mean = an_mean(left_out, n);
	if (isnan(mean))
		return;
	o->hake_class_se =
		sqrt((m - 1.0) / m * fmax(an_ss(left_out, n, mean), 0.0));
	half = an_t_quantile(0.5 + 0.5 * options->level, m - 1.0) *
	       o->hake_class_se;
	o->hake_class_lo = o->hake_class - half;
	o->hake_class_hi = o->hake_class + half;
}

/* Marx and Cummings: NAN at the floor twice or at the ceiling twice. */
static double normalised(double x, double y, double max)
{
	if (y > x)
		return (y - x) / (max - x);
	if (y < x)
		return (y - x) / x;
	return x == 0.0 || x == max ? NAN : 0.0;
}

struct an_gain an_paired_gain(const double *pre, const double *post, size_t n,
			      const struct an_paired_options *options,
			      double *hake)
{
	struct an_gain o = { .hake_class = NAN,
			     .hake_class_se = NAN,
			     .hake_class_lo = NAN,
			     .hake_class_hi = NAN,
			     .hake_person_mean = NAN,
			     .hake_person_median = NAN,
			     .change_c_mean = NAN,
			     .status = AN_EMPTY };
	AN_SCRATCH(work);
	double *g = an_doubles(&work, n), *c = an_doubles(&work, n);
	const double max = options->max_score;

	for (size_t i = 0; i < n; i++) {
		const double one = pre[i] < max
					   ? (post[i] - pre[i]) / (max - pre[i])
					   : NAN;
		const double two = normalised(pre[i], post[i], max);

		if (hake)
			hake[i] = one;
		if (!isnan(one))
			g[o.hake_person_n++] = one;
		if (isfinite(two))
			c[o.change_c_n++] = two;
		o.hake_n_at_ceiling += pre[i] >= max ? 1 : 0;
	}
	if (!n)
		return o;
	if (!isfinite(max) || !(options->level > 0.0 && options->level < 1.0)) {
		o.status = AN_BAD_INPUT;
		return o;
	}
	class_gain(&o, pre, post, n, options);
	o.hake_person_mean = an_mean(g, o.hake_person_n);
	o.hake_person_median = an_median(g, o.hake_person_n);
	o.change_c_mean = an_mean(c, o.change_c_n);
	o.status = an_mean(pre, n) > 0.85 * max ? AN_CEILING : AN_OK;
	return o;
}

struct scores {
	const double *pre, *post;
	double max;
};

static double gain_of_rows(const size_t *row, size_t n, const void *data)
{
	const struct scores *s = data;
	double a = 0.0, b = 0.0;

	for (size_t i = 0; i < n; i++) {
		a += s->pre[row[i]];
		b += s->post[row[i]];
	}
	return n ? gain_of(a, b, (double)n, s->max) : NAN;
}

static void gain_without(double *jack, size_t n, const void *data)
{
	const struct scores *s = data;

	without_one(s->pre, s->post, n, s->max, jack);
}

struct an_estimate an_hake_gain(const double *pre, const double *post, size_t n,
				double max, uint64_t seed)
{
	const struct an_paired_options options = { max, NAN, 0.95 };
	AN_SCRATCH(work);
	double *x = an_doubles(&work, n), *y = an_doubles(&work, n);
	const size_t m = an_compact_pairs(pre, post, n, x, y);
	const struct scores scores = { x, y, max };
	const struct an_statistic gain = { gain_of_rows, &scores,
					   gain_without };
	const struct an_gain g = an_paired_gain(x, y, m, &options, NULL);
	struct an_estimate e = { .value = g.hake_class,
				 .lo = g.hake_class_lo,
				 .hi = g.hake_class_hi,
				 .n = m,
				 .missing = n - m,
				 .method = "hake" };
	const struct an_resampling how = { .resamples = 2000,
					   .seed = seed,
					   .level = 0.95 };
	struct an_bca bca;

	e.status = an_no_infinity(x, m) && an_no_infinity(y, m) ? g.status
								: AN_NOT_FINITE;
	if (e.status == AN_NOT_FINITE) {
		e.value = e.lo = e.hi = NAN;
		return e;
	}
	if (m == 1 && e.status != AN_BAD_INPUT)
		e.status = AN_TOO_FEW;
	if (m < AN_BCA_PAIRS || isnan(e.value))
		return e;
	bca = an_bca_run(&gain, m, &how);
	e.method = "hake_bca";
	e.lo = bca.lo;
	e.hi = bca.hi;
	if (e.status == AN_OK)
		e.status = bca.status;
	return e;
}
