/*
 * drivers_ci.c: how sure the shares of the drivers are.
 */
#include "analytics/bootstrap.h"
#include "analytics/drivers.h"
#include "analytics/drivers_data.h"
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

/*
 * Complete rows, y in front, every column with mean 0 and sd 1: a sample of
 * them is only how often each row counts, and its correlations are sums of
 * products.
 */
struct people {
	double *z;
	size_t n, k;
};

static void standardise(struct people *p)
{
	const size_t wide = p->k + 1;

	for (size_t j = 0; j < wide; j++) {
		double mean = 0.0, square = 0.0;

		for (size_t i = 0; i < p->n; i++)
			mean += p->z[i * wide + j] / (double)p->n;
		for (size_t i = 0; i < p->n; i++) {
			p->z[i * wide + j] -= mean;
			square += p->z[i * wide + j] * p->z[i * wide + j];
		}
		for (size_t i = 0; i < p->n && square > 0.0; i++)
			p->z[i * wide + j] /= sqrt(square / (double)p->n);
	}
}

/* Sums of the rows, each as often as it counts, and of their products. */
static double add_up(const struct people *p, const double *count, double *sum,
		     double *product)
{
	const size_t wide = p->k + 1;
	double n = 0.0;

	for (size_t i = 0; i < p->n; i++) {
		const double *z = p->z + i * wide;

		if (!(count[i] > 0.0))
			continue;
		n += count[i];
		for (size_t a = 0; a < wide; a++) {
			const double times = count[i] * z[a];

			sum[a] += times;
			for (size_t b = 0; b <= a; b++)
				product[a * wide + b] += times * z[b];
		}
	}
	return n;
}

/* Dominance shares when row i counts count[i] times; false if undefined. */
static bool shares(const struct people *p, const double *count, double *share)
{
	AN_SCRATCH(work);
	const size_t k = p->k, wide = k + 1;
	double *sum = an_doubles(&work, wide);
	double *v = an_doubles(&work, wide * wide);
	double *r = an_doubles(&work, k * k), *ry = an_doubles(&work, k);
	const struct an_correlations c = { k, r, ry };
	const double n = add_up(p, count, sum, v);

	for (size_t a = 0; a < wide; a++) {
		for (size_t b = 0; b <= a; b++)
			v[a * wide + b] -= sum[a] * sum[b] / n;
		if (!(v[a * wide + a] > 1e-12 * n))
			return false; /* all of them are alike */
	}
	for (size_t a = 1; a < wide; a++) {
		for (size_t b = 0; b < a; b++) {
			const double cor =
				v[a * wide + b] /
				sqrt(v[a * wide + a] * v[b * wide + b]);

			if (b)
				r[(a - 1) * k + b - 1] =
					r[(b - 1) * k + a - 1] = cor;
			else
				ry[a - 1] = cor;
		}
		r[(a - 1) * k + a - 1] = 1.0;
	}
	return an_dominance_pct(&c, share);
}

/* The same of people drawn with replacement. */
static bool draw(const struct people *p, struct an_random *random,
		 double *share)
{
	AN_SCRATCH(work);
	double *count = an_doubles(&work, p->n);
	size_t *row = an_sizes(&work, p->n);

	an_random_rows(random, row, p->n);
	for (size_t i = 0; i < p->n; i++)
		count[row[i]] += 1.0;
	return shares(p, count, share);
}

/* Shares without each of g groups of people: jack[j*g + group]. */
static bool jackknife(const struct people *p, size_t g, double *jack)
{
	AN_SCRATCH(work);
	double *count = an_doubles(&work, p->n);
	double *one = an_doubles(&work, p->k);

	for (size_t out = 0; out < g; out++) {
		for (size_t i = 0; i < p->n; i++)
			count[i] = i % g == out ? 0.0 : 1.0;
		if (!shares(p, count, one))
			return false;
		for (size_t j = 0; j < p->k; j++)
			jack[j * g + out] = one[j];
	}
	return true;
}

/* Shares of everybody. */
static bool whole(const struct people *p, double *share)
{
	AN_SCRATCH(work);
	double *count = an_doubles(&work, p->n);

	for (size_t i = 0; i < p->n; i++)
		count[i] = 1.0;
	return shares(p, count, share);
}

/* The place of an order statistic, from 0. */
static size_t place(double share)
{
	return (size_t)fmax(ceil(share), 1.0) - 1;
}

/* What both intervals begin with: complete rows and their replicates. */
struct replicates {
	struct people people;
	double *share; /* share[j*resamples + r] */
	size_t good;
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
	o->people.k = k;
	o->people.n = complete(y, x, o->people.z);
	if (o->people.n <= k + 1 || resamples < 40)
		return AN_TOO_FEW;
	standardise(&o->people);
	an_random_seed(&random, how->seed);
	for (size_t r = 0; r < resamples; r++) {
		if (draw(&o->people, &random, one)) {
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
	struct replicates o = { { an_doubles(&work, x->n * (k + 1)), 0, k },
				an_doubles(&work, resamples * k),
				0 };
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
	struct replicates o = { { an_doubles(&work, x->n * (k + 1)), 0, k },
				an_doubles(&work, resamples * k),
				0 };
	double *t0 = an_doubles(&work, k);
	double *jack = an_doubles(&work, JACK_GROUPS * k);
	enum an_status status;
	size_t g;

	if (!is_sound(x, how, lo, hi))
		return AN_BAD_INPUT;
	status = replicate(y, x, how, &o);
	if (status != AN_OK)
		return status;
	g = o.people.n < JACK_GROUPS ? o.people.n : JACK_GROUPS;
	if (!whole(&o.people, t0) || !jackknife(&o.people, g, jack))
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
