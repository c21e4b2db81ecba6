/*
 * number.c: centred sums, ranks, order statistics, one root finder.
 */
#include "analytics/number.h"

#include "analytics/memory.h"
#include "analytics/sort.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Sum of x - m; four sums side by side do not wait for one another. */
static double sum_from(const double *x, size_t n, double m)
{
	double sum[4] = { 0.0 };
	size_t i = 0;

	for (; i + 4 <= n; i += 4)
		for (size_t j = 0; j < 4; j++)
			sum[j] += x[i + j] - m;
	for (; i < n; i++)
		sum[0] += x[i] - m;
	return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

double an_mean(const double *x, size_t n)
{
	double m;

	if (!n)
		return NAN;
	m = sum_from(x, n, 0.0) / (double)n;
	return m + sum_from(x, n, m) / (double)n;
}

double an_ss(const double *x, size_t n, double m)
{
	double ss[4] = { 0.0 }, rest[4] = { 0.0 }, all;

	for (size_t i = 0; i < n; i++) {
		const double d = x[i] - m;

		ss[i % 4] += d * d;
		rest[i % 4] += d;
	}
	all = (rest[0] + rest[1]) + (rest[2] + rest[3]);
	return n ? (ss[0] + ss[1]) + (ss[2] + ss[3]) - all * all / (double)n
		 : 0.0;
}

double an_variance(const double *x, size_t n)
{
	double v;

	if (n < 2)
		return NAN;
	v = an_ss(x, n, an_mean(x, n)) / (double)(n - 1);
	return v > 0.0 ? v : 0.0;
}

double an_covariance(const double *x, const double *y, size_t n)
{
	double mx, my, sum = 0.0;

	if (n < 2)
		return NAN;
	mx = an_mean(x, n);
	my = an_mean(y, n);
	for (size_t i = 0; i < n; i++)
		sum += (x[i] - mx) * (y[i] - my);
	return sum / (double)(n - 1);
}

double an_pearson(const double *x, const double *y, size_t n)
{
	double vx, vy, r;

	if (n < 2)
		return NAN;
	vx = an_variance(x, n);
	vy = an_variance(y, n);
	if (!(vx > 0.0) || !(vy > 0.0))
		return NAN;
	r = an_covariance(x, y, n) / (sqrt(vx) * sqrt(vy));
	return an_within_1(r);
}

size_t an_compact(const double *x, size_t n, double *out)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(x[i]))
			out[m++] = x[i];
	return m;
}

size_t an_compact_pairs(const double *x, const double *y, size_t n,
			double *x_out, double *y_out)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(x[i]) && !isnan(y[i])) {
			x_out[m] = x[i];
			y_out[m++] = y[i];
		}
	return m;
}

size_t an_complete_rows(const struct an_table *t, double *out)
{
	size_t m = 0;

	for (size_t i = 0; i < t->n; i++) {
		bool whole = true;

		for (size_t j = 0; j < t->k && whole; j++)
			whole = !isnan(an_at(t, i, j));
		if (whole)
			memcpy(out + m++ * t->k, t->x + i * t->k,
			       t->k * sizeof(*out));
	}
	return m;
}

bool an_no_infinity(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (an_too_large(x[i]))
			return false;
	return true;
}

double an_median_sorted(const double *x, size_t n)
{
	if (!n)
		return NAN;
	return n % 2 ? x[n / 2] : 0.5 * (x[n / 2 - 1] + x[n / 2]);
}

double an_median(const double *x, size_t n)
{
	AN_SCRATCH(work);
	double *copy = an_doubles(&work, n);

	for (size_t i = 0; i < n; i++)
		copy[i] = x[i];
	an_sort(copy, n);
	return an_median_sorted(copy, n);
}

double an_midranks(const double *x, size_t n, double *rank)
{
	AN_SCRATCH(work);
	const struct an_placed *p = an_placed(&work, x, n);
	double ties = 0.0;

	for (size_t i = 0, j; i < n; i = j) {
		double t;

		for (j = i + 1; j < n && p[j].x == p[i].x; j++)
			;
		for (size_t m = i; m < j; m++)
			rank[p[m].i] = 0.5 * (double)(i + 1 + j);
		t = (double)(j - i);
		ties += t * t * t - t;
	}
	return ties;
}

void an_order(const double *x, size_t n, size_t *order)
{
	AN_SCRATCH(work);
	const struct an_placed *p = an_placed(&work, x, n);

	for (size_t i = 0; i < n; i++)
		order[i] = p[i].i;
}

double an_log1pexp(double x)
{
	return x > 0.0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

double an_logistic(double x)
{
	double e;

	if (x >= 0.0)
		return 1.0 / (1.0 + exp(-x));
	e = exp(x);
	return e / (1.0 + e);
}

/* The next point to try, as a fraction of the way from a to b. */
static double chandrupatla_step(const double x[3], const double y[3])
{
	const double xi = (x[0] - x[1]) / (x[2] - x[1]);
	const double phi = (y[0] - y[1]) / (y[2] - y[1]);
	const double to_b = y[0] / (y[1] - y[0]) * y[2] / (y[1] - y[2]);
	const double to_c = (x[2] - x[0]) / (x[1] - x[0]) * y[0] /
			    (y[2] - y[0]) * y[1] / (y[2] - y[1]);

	if (phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi)
		return to_b + to_c;
	return 0.5;
}

double an_root(double (*f)(double x, const void *data), const void *data,
	       double lo, double hi)
{
	/* x[0] newest, x[1] the other side of the root, x[2] the one before */
	double x[3] = { hi, lo, lo }, y[3], t = 0.5;

	y[0] = f(hi, data);
	y[1] = y[2] = f(lo, data);
	if (y[0] == 0.0)
		return hi;
	if (y[1] == 0.0)
		return lo;
	if (!((y[0] < 0.0 && y[1] > 0.0) || (y[0] > 0.0 && y[1] < 0.0)))
		return NAN;
	for (int step = 0; step < 200; step++) {
		const double xt = x[0] + t * (x[1] - x[0]);
		const double yt = f(xt, data);
		double best, slack;

		if (isnan(yt))
			return NAN;
		if ((yt > 0.0) == (y[0] > 0.0)) {
			x[2] = x[0];
			y[2] = y[0];
		} else {
			x[2] = x[1];
			y[2] = y[1];
			x[1] = x[0];
			y[1] = y[0];
		}
		x[0] = xt;
		y[0] = yt;
		best = fabs(y[0]) < fabs(y[1]) ? x[0] : x[1];
		slack = (2.0 * DBL_EPSILON * fabs(best) + DBL_MIN) /
			fabs(x[1] - x[0]);
		if (yt == 0.0 || slack > 0.5)
			return best;
		t = chandrupatla_step(x, y);
		t = t < slack ? slack : t > 1.0 - slack ? 1.0 - slack : t;
	}
	return x[0];
}
