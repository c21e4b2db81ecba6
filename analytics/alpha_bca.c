/*
 * alpha_bca.c: Cronbach's alpha with a BCa interval.
 *
 * A resample needs the sums of its people's items, squares and totals, nothing
 * else: the squares and totals of each person are the same in all resamples.
 */
#include "analytics/memory.h"
#include "analytics/number.h"
#include "analytics/reliability.h"

#include <math.h>

/* Distances from the item means, and of each person their squares and sum. */
struct people {
	size_t n, k;
	double *x, *square, *total;
};

/* Sums over the people of one resample. */
struct sums {
	double *item, square, total, total2, n;
};

static struct people people_of(struct an_scratch *work,
			       const struct an_table *t)
{
	const size_t n = t->n, k = t->k;
	struct people p = { n, k, an_doubles(work, n * k), an_doubles(work, n),
			    an_doubles(work, n) };
	double *mean = an_doubles(work, k);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < k; j++)
			mean[j] += t->x[i * k + j] / (double)n;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < k; j++) {
			const double d = t->x[i * k + j] - mean[j];

			p.x[i * k + j] = d;
			p.square[i] += d * d;
			p.total[i] += d;
		}
	return p;
}

static void add(struct sums *s, const struct people *p, size_t who, double sign)
{
	const double *restrict x = p->x + who * p->k;
	double *restrict item = s->item;

	for (size_t j = 0; j < p->k; j++)
		item[j] += sign * x[j];
	s->square += sign * p->square[who];
	s->total += sign * p->total[who];
	s->total2 += sign * p->total[who] * p->total[who];
	s->n += sign;
}

static double alpha_of(const struct sums *s, size_t items)
{
	const double k = (double)items;
	double within = s->square, all;

	for (size_t j = 0; j < items; j++)
		within -= s->item[j] * s->item[j] / s->n;
	all = s->total2 - s->total * s->total / s->n;
	/* Totals that differ by rounding only do not vary. */
	return all > 1e-13 * s->square ? k / (k - 1.0) * (1.0 - within / all)
				       : NAN;
}

static void clear(struct sums *s, size_t k)
{
	for (size_t j = 0; j < k; j++)
		s->item[j] = 0.0;
	s->square = s->total = s->total2 = s->n = 0.0;
}

static enum an_status check(const struct an_table *t,
			    const struct an_resampling *how)
{
	if (!(how->level > 0.0 && how->level < 1.0))
		return AN_BAD_INPUT;
	for (size_t i = 0; i < t->n * t->k; i++)
		if (!an_fits(t->x[i]))
			return AN_NOT_FINITE;
	for (size_t i = 0; how->index && i < how->resamples * t->n; i++)
		if (how->index[i] >= t->n)
			return AN_BAD_INPUT;
	if (t->n < 2 || t->k < 2)
		return t->n && t->k ? AN_TOO_FEW : AN_EMPTY;
	return AN_OK;
}

struct an_bca an_alpha_bca(const struct an_table *t,
			   const struct an_resampling *how)
{
	struct an_bca none = { NAN, NAN, NAN, NAN, NAN,
			       NAN, NAN, NAN, NAN, check(t, how) };
	AN_SCRATCH(work);
	const size_t n = t->n;
	struct sums s = { .item = an_doubles(&work, t->k) };
	double *jack = an_doubles(&work, n), t0;
	double *replicate = an_doubles(&work, how->resamples);
	size_t *row = an_sizes(&work, n);
	struct an_random random;
	struct people p;

	if (none.status != AN_OK)
		return none;
	p = people_of(&work, t);
	for (size_t i = 0; i < n; i++)
		add(&s, &p, i, 1.0);
	t0 = alpha_of(&s, p.k);
	for (size_t i = 0; i < n; i++) {
		add(&s, &p, i, -1.0);
		jack[i] = alpha_of(&s, p.k);
		add(&s, &p, i, 1.0);
	}
	an_random_seed(&random, how->seed);
	for (size_t r = 0; r < how->resamples; r++) {
		clear(&s, p.k);
		if (!how->index)
			an_random_rows(&random, row, n);
		for (size_t i = 0; i < n; i++)
			add(&s, &p, how->index ? how->index[r * n + i] : row[i],
			    1.0);
		replicate[r] = alpha_of(&s, p.k);
		an_tell(how->progress, "resamples", r + 1, how->resamples);
	}
	none.status = AN_ZERO_VARIANCE;
	return isnan(t0) ? none
			 : an_bca(t0, replicate, how->resamples, jack, n,
				  how->level);
}
