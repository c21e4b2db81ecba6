/*
 * drivers_ci.c: how sure the shares of the drivers are.
 */
#include "analytics/bootstrap.h"
#include "analytics/drivers.h"
#include "analytics/memory.h"

#include <math.h>

#define JACK_GROUPS 500 /* people are left out one by one up to here */

/* The complete rows, y in front; how many. */
static size_t complete(const double *y, const struct an_table *x, double *rows)
{
	const size_t k = x->k;
	struct an_table both = { rows, x->n, k + 1 };

	for (size_t i = 0; i < x->n; i++) {
		rows[i * (k + 1)] = y[i];
		for (size_t j = 0; j < k; j++)
			rows[i * (k + 1) + j + 1] = an_at(x, i, j);
	}
	return an_complete_rows(&both, rows);
}

/* Dominance shares of a table of complete rows; false if undefined. */
static bool shares(const double *rows, size_t n, size_t k, double *share)
{
	AN_SCRATCH(work);
	double *y = an_doubles(&work, n), *x = an_doubles(&work, n * k);
	struct an_driver *d = an_alloc(&work, k, sizeof(*d));
	const struct an_table t = { x, n, k };

	for (size_t i = 0; i < n; i++) {
		y[i] = rows[i * (k + 1)];
		for (size_t j = 0; j < k; j++)
			x[i * k + j] = rows[i * (k + 1) + j + 1];
	}
	if (an_drivers(y, &t, d).status != AN_OK)
		return false;
	for (size_t j = 0; j < k; j++)
		share[j] = d[j].dominance_pct;
	return true;
}

/* The same of people drawn with replacement. */
static bool draw(const double *rows, size_t n, size_t k,
		 struct an_random *random, double *share)
{
	AN_SCRATCH(work);
	double *drawn = an_doubles(&work, n * (k + 1));
	size_t *row = an_sizes(&work, n);

	an_random_rows(random, row, n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j <= k; j++)
			drawn[i * (k + 1) + j] = rows[row[i] * (k + 1) + j];
	return shares(drawn, n, k, share);
}

/* Shares without each of g groups of people: jack[j*g + group]. */
static bool jackknife(const double *rows, size_t n, size_t k, size_t g,
		      double *jack)
{
	AN_SCRATCH(work);
	double *left = an_doubles(&work, n * (k + 1));
	double *one = an_doubles(&work, k);

	for (size_t out = 0; out < g; out++) {
		size_t m = 0;

		for (size_t i = 0; i < n; i++) {
			if (i % g == out)
				continue;
			for (size_t j = 0; j <= k; j++)
				left[m * (k + 1) + j] = rows[i * (k + 1) + j];
			m++;
		}
		if (!shares(left, m, k, one))
			return false;
		for (size_t j = 0; j < k; j++)
			jack[j * g + out] = one[j];
	}
	return true;
}

/* The place of an order statistic, from 0. */
static size_t place(double share)
{
	return (size_t)fmax(ceil(share), 1.0) - 1;
}

/* What both intervals begin with: complete rows and their replicates. */
struct replicates {
	double *rows, *share; /* share[j*resamples + r] */
	size_t n, good;
};

static enum an_status replicate(const double *y, const struct an_table *x,
				const struct an_resampling *how,
				struct replicates *o)
{
	AN_SCRATCH(work);
	const size_t k = x->k, resamples = how->resamples;
	double *one = an_doubles(&work, k);
	struct an_random random;

	if (!an_no_infinity(y, x->n) || !an_no_infinity(x->x, x->n * k))
		return AN_NOT_FINITE;
	o->n = complete(y, x, o->rows);
	if (o->n <= k + 1 || resamples < 40)
		return AN_TOO_FEW;
	an_random_seed(&random, how->seed);
	for (size_t r = 0; r < resamples; r++) {
		if (draw(o->rows, o->n, k, &random, one)) {
			for (size_t j = 0; j < k; j++)
				o->share[j * resamples + o->good] = one[j];
			o->good++;
		}
		an_tell(how->progress, "resamples", r + 1, resamples);
	}
	return o->good * 2 < resamples ? AN_NOT_IDENTIFIED : AN_OK;
}

static bool is_sound(const struct an_table *x, const struct an_resampling *how,
		     double *lo, double *hi)
{
	for (size_t j = 0; j < x->k; j++)
		lo[j] = hi[j] = NAN;
	return x->k && x->k <= AN_DRIVERS_MAX && how->level > 0.0 &&
	       how->level < 1.0;
}

enum an_status an_drivers_ci(const double *y, const struct an_table *x,
			     const struct an_resampling *how, double *lo,
			     double *hi)
{
	AN_SCRATCH(work);
	const size_t k = x->k, resamples = how->resamples;
	const double tail = 0.5 * (1.0 - how->level);
	struct replicates o = { an_doubles(&work, x->n * (k + 1)),
				an_doubles(&work, resamples * k), 0, 0 };
	enum an_status status;

	if (!is_sound(x, how, lo, hi))
		return AN_BAD_INPUT;
	status = replicate(y, x, how, &o);
	for (size_t j = 0; j < k && status == AN_OK; j++) {
		const double m = (double)o.good;

		an_sort(o.share + j * resamples, o.good);
		lo[j] = o.share[j * resamples + place(tail * m)];
		hi[j] = o.share[j * resamples + place((1.0 - tail) * m)];
	}
	return status;
}

enum an_status an_drivers_bca(const double *y, const struct an_table *x,
			      const struct an_resampling *how, double *lo,
			      double *hi)
{
	AN_SCRATCH(work);
	const size_t k = x->k, resamples = how->resamples;
	struct replicates o = { an_doubles(&work, x->n * (k + 1)),
				an_doubles(&work, resamples * k), 0, 0 };
	double *t0 = an_doubles(&work, k);
	double *jack = an_doubles(&work, JACK_GROUPS * k);
	enum an_status status;
	size_t g;

	if (!is_sound(x, how, lo, hi))
		return AN_BAD_INPUT;
	status = replicate(y, x, how, &o);
	if (status != AN_OK)
		return status;
	g = o.n < JACK_GROUPS ? o.n : JACK_GROUPS;
	if (!shares(o.rows, o.n, k, t0) || !jackknife(o.rows, o.n, k, g, jack))
		return AN_NOT_IDENTIFIED;
	for (size_t j = 0; j < k; j++) {
		const struct an_bca b =
			an_bca(t0[j], o.share + j * resamples, o.good,
			       jack + j * g, g, how->level);

		lo[j] = b.lo;
		hi[j] = b.hi;
		if (status == AN_OK)
			status = b.status;
	}
	return status;
}
