/*
 * trend.c: weighted linear trend, Theil-Sen, Mann-Kendall.
 */
#include "analytics/trend_data.h"

#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>

/* The fitted line around the weighted mean of t. */
struct line {
	double t0, z0, slope, sum_w, sxx, s2, mean_w, df;
};

enum an_status an_series(struct an_scratch *work, const struct an_waves *v,
			 size_t least, struct an_series *s)
{
	*s = (struct an_series){ .t = an_doubles(work, v->n),
				 .y = an_doubles(work, v->n),
				 .z = an_doubles(work, v->n),
				 .w = an_doubles(work, v->n),
				 .from = an_sizes(work, v->n) };
	for (size_t i = 0; i < v->n; i++) {
		const double w = v->w ? v->w[i] : 1.0;

		if (isnan(v->t[i]) || isnan(v->y[i]) || isnan(w))
			continue;
		if (an_too_large(v->t[i]) || an_too_large(v->y[i]) ||
		    an_too_large(w))
			return AN_NOT_FINITE;
		if (!(w > 0.0) ||
		    (v->logit && !(v->y[i] > 0.0 && v->y[i] < 1.0)))
			return AN_BAD_INPUT;
		s->t[s->n] = v->t[i];
		s->y[s->n] = v->y[i];
		s->z[s->n] =
			v->logit ? log(v->y[i] / (1.0 - v->y[i])) : v->y[i];
		s->from[s->n] = i;
		s->w[s->n++] = w;
	}
	return s->n < least ? AN_TOO_FEW : AN_OK;
}

static struct line fit(const struct an_series *s)
{
	struct line l = { .df = (double)s->n - 2.0 };
	double sxy = 0.0, rss = 0.0;

	for (size_t i = 0; i < s->n; i++) {
		l.sum_w += s->w[i];
		l.t0 += s->w[i] * s->t[i];
		l.z0 += s->w[i] * s->z[i];
	}
	l.t0 /= l.sum_w;
	l.z0 /= l.sum_w;
	l.mean_w = l.sum_w / (double)s->n;
	for (size_t i = 0; i < s->n; i++) {
		const double d = s->t[i] - l.t0;

		l.sxx += s->w[i] * d * d;
		sxy += s->w[i] * d * (s->z[i] - l.z0);
	}
	l.slope = sxy / l.sxx;
	for (size_t i = 0; i < s->n; i++) {
		const double e = s->z[i] - l.z0 - l.slope * (s->t[i] - l.t0);

		rss += s->w[i] * e * e;
	}
	l.s2 = rss / l.df;
	return l;
}

static double back(double z, bool logit)
{
	return logit ? an_logistic(z) : z;
}

void an_forecast_clear(struct an_forecast *f)
{
	*f = (struct an_forecast){ f->t, NAN, NAN, NAN, NAN,
				   NAN,  NAN, NAN, NAN, NAN };
}

void an_forecast_fill(struct an_forecast *f, const struct an_band *b)
{
	const double se = sqrt(b->line + b->wave);
	const double q95 = an_t_quantile(0.975, b->df);
	const double q80 = an_t_quantile(0.9, b->df);
	const double q50 = an_t_quantile(0.75, b->df);

	f->value = back(b->z, b->logit);
	f->ci_lo = back(b->z - q95 * sqrt(b->line), b->logit);
	f->ci_hi = back(b->z + q95 * sqrt(b->line), b->logit);
	f->pi_lo = back(b->z - q95 * se, b->logit);
	f->pi_hi = back(b->z + q95 * se, b->logit);
	f->lo80 = back(b->z - q80 * se, b->logit);
	f->hi80 = back(b->z + q80 * se, b->logit);
	f->lo50 = back(b->z - q50 * se, b->logit);
	f->hi50 = back(b->z + q50 * se, b->logit);
}

static void predict(const struct line *l, bool logit, struct an_forecast *f)
{
	const double d = f->t - l->t0;
	const struct an_band b = { .z = l->z0 + l->slope * d,
				   .line = l->s2 *
					   (1.0 / l->sum_w + d * d / l->sxx),
				   .wave = l->s2 / l->mean_w,
				   .df = l->df,
				   .logit = logit };

	an_forecast_fill(f, &b);
}

static void theil_sen(const struct an_series *s, struct an_trend *o)
{
	AN_SCRATCH(work);
	double *slope = an_doubles(&work, s->n * s->n);
	double *rest = an_doubles(&work, s->n);
	size_t m = 0;

	o->mk_s = 0.0;
	for (size_t i = 0; i < s->n; i++)
		for (size_t j = 0; j < i; j++) {
			const double dt = s->t[i] - s->t[j];
			const double dy = s->y[i] - s->y[j];
			const double sign = dy * dt;

			o->mk_s += (sign > 0.0) - (sign < 0.0);
			if (dt != 0.0)
				slope[m++] = dy / dt;
		}
	o->theil_sen_slope = an_median(slope, m);
	for (size_t i = 0; i < s->n; i++)
		rest[i] = s->y[i] - o->theil_sen_slope * s->t[i];
	o->theil_sen_intercept = an_median(rest, s->n);
}

/* P of S as far out on both sides, all orders equally likely. */
static double exact(double s, size_t n)
{
	AN_SCRATCH(work);
	const size_t top = n * (n - 1) / 2;
	double *f = an_doubles(&work, top + 1), *g = an_doubles(&work, top + 1);
	const size_t at = (size_t)lround(0.5 * (s + (double)top));
	double lo = 0.0, up = 0.0;
	size_t last = 0;

	f[0] = 1.0;
	for (size_t k = 2; k <= n; k++) {
		double *swap = f;

		last += k - 1;
		for (size_t i = 0; i <= last; i++) {
			g[i] = 0.0;
			for (size_t j = 0; j < k && j <= i; j++)
				g[i] += f[i - j] / (double)k;
		}
		f = g;
		g = swap;
	}
	for (size_t i = 0; i <= top; i++) {
		lo += i <= at ? f[i] : 0.0;
		up += i >= at ? f[i] : 0.0;
	}
	return fmin(1.0, 2.0 * fmin(lo, up));
}

static void mann_kendall(const struct an_series *s, struct an_trend *o)
{
	AN_SCRATCH(work);
	double *y = an_doubles(&work, s->n), n = (double)s->n, v;
	bool ties = false;

	for (size_t i = 0; i < s->n; i++)
		y[i] = s->y[i];
	an_sort(y, s->n);
	v = n * (n - 1.0) * (2.0 * n + 5.0);
	for (size_t i = 0, j; i < s->n; i = j) {
		double t;

		for (j = i + 1; j < s->n && y[j] == y[i]; j++)
			;
		t = (double)(j - i);
		ties = ties || t > 1.0;
		v -= t * (t - 1.0) * (2.0 * t + 5.0);
	}
	o->mk_z = 0.0;
	if (o->mk_s != 0.0)
		o->mk_z = (o->mk_s - (o->mk_s > 0.0 ? 1.0 : -1.0)) /
			  sqrt(v / 18.0);
	o->mk_p = an_normal_p2(o->mk_z);
	if (!ties && s->n <= 100)
		o->mk_exact = exact(o->mk_s, s->n);
}

static void line_of(struct an_trend *o, const struct line *l)
{
	const double q = an_t_quantile(0.975, l->df);

	o->slope = l->slope;
	o->intercept = l->z0 - l->slope * l->t0;
	o->df = l->df;
	o->sigma = sqrt(l->s2);
	o->se_slope = o->sigma / sqrt(l->sxx);
	o->se_intercept =
		o->sigma * sqrt(1.0 / l->sum_w + l->t0 * l->t0 / l->sxx);
	o->slope_lo = o->slope - q * o->se_slope;
	o->slope_hi = o->slope + q * o->se_slope;
	if (o->se_slope > 0.0) {
		o->t = o->slope / o->se_slope;
		o->p = an_t_p2(o->t, o->df);
	}
}

struct an_trend an_trend(const struct an_waves *waves,
			 struct an_forecast *future, size_t m)
{
	struct an_trend o = { 0,   0,   NAN, NAN, NAN,   NAN,       NAN,
			      NAN, NAN, NAN, NAN, NAN,   NAN,       NAN,
			      NAN, NAN, NAN, NAN, false, AN_TOO_FEW };
	AN_SCRATCH(work);
	struct an_series s;
	struct line l;

	for (size_t i = 0; i < m; i++)
		an_forecast_clear(&future[i]);
	o.status = an_series(&work, waves, 3, &s);
	o.n = s.n;
	o.missing = waves->n - s.n;
	if (o.status != AN_OK)
		return o;
	l = fit(&s);
	o.status = l.sxx > 0.0 ? AN_OK : AN_ZERO_VARIANCE;
	if (o.status != AN_OK)
		return o;
	line_of(&o, &l);
	theil_sen(&s, &o);
	mann_kendall(&s, &o);
	o.agreed = s.n >= AN_TREND_NAMED && o.theil_sen_slope * o.mk_s > 0.0;
	for (size_t i = 0; i < m; i++)
		predict(&l, waves->logit, &future[i]);
	return o;
}
