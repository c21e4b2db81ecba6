/*
 * agree.c: Kendall's W, and seats by largest remainder.
 */
#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/needs.h"

#include <math.h>

static const struct an_concordance nothing = {
	.w = NAN,
	.w_uncorrected = NAN,
	.chi2 = NAN,
	.df = NAN,
	.p_chi2 = NAN,
	.f = NAN,
	.df1 = NAN,
	.df2 = NAN,
	.p_f = NAN,
	.mean_spearman = NAN,
	.status = AN_TOO_FEW,
};

static void tests(struct an_concordance *o)
{
	const double m = (double)o->m, n = (double)o->n;

	o->chi2 = m * (n - 1.0) * o->w;
	o->p_chi2 = an_chi2_upper(o->chi2, o->df);
	o->mean_spearman = (m * o->w - 1.0) / (m - 1.0);
	o->perfect = o->w >= 1.0;
	if (o->perfect && o->df1 > 0.0)
		o->p_f = 0.0;
	if (o->perfect)
		return;
	o->f = (m - 1.0) * o->w / (1.0 - o->w);
	if (o->df1 > 0.0)
		o->p_f = an_f_upper(o->f, o->df1, o->df2);
}

struct an_concordance an_kendall_w(const struct an_table *t, double *rank_sums)
{
	struct an_concordance o = nothing;
	AN_SCRATCH(work);
	double *rank = an_doubles(&work, t->k), ties = 0.0, s = 0.0, below;
	const double m = (double)t->n, n = (double)t->k;

	o.m = t->n;
	o.n = t->k;
	for (size_t j = 0; j < t->k; j++)
		rank_sums[j] = 0.0;
	for (size_t i = 0; i < t->n * t->k; i++)
		if (!an_fits(t->x[i])) {
			o.status = AN_BAD_INPUT;
			return o;
		}
	for (size_t i = 0; i < t->n; i++) {
		ties += an_midranks(t->x + i * t->k, t->k, rank);
		for (size_t j = 0; j < t->k; j++)
			rank_sums[j] += rank[j];
	}
	if (t->n < 2 || t->k < 2)
		return o;
	for (size_t j = 0; j < t->k; j++) {
		const double d = rank_sums[j] - 0.5 * m * (n + 1.0);

		s += d * d;
	}
	below = m * m * (n * n * n - n) - m * ties;
	o.w_uncorrected = 12.0 * s / (m * m * (n * n * n - n));
	o.df = n - 1.0;
	o.df1 = n - 1.0 - 2.0 / m;
	o.df2 = (m - 1.0) * o.df1;
	o.status = below > 0.0 ? AN_OK : AN_ZERO_VARIANCE;
	if (o.status != AN_OK)
		return o;
	o.w = 12.0 * s / below;
	tests(&o);
	return o;
}

enum an_status an_largest_remainder(const double *weight, size_t k,
				    uint64_t seats, uint64_t *seat)
{
	AN_SCRATCH(work);
	double *rest = an_doubles(&work, k), all = 0.0;
	size_t *order = an_sizes(&work, k);
	uint64_t left = seats;

	for (size_t j = 0; j < k; j++) {
		seat[j] = 0;
		if (!(weight[j] >= 0.0) || an_too_large(weight[j]))
			return AN_BAD_INPUT;
		all += weight[j];
	}
	if (!(all > 0.0))
		return AN_EMPTY;
	for (size_t j = 0; j < k; j++) {
		const double quota = weight[j] / all * (double)seats;

		seat[j] = (uint64_t)floor(quota);
		rest[j] = quota - floor(quota);
		left -= seat[j] < left ? seat[j] : left;
	}
	/* Largest first, of equal ones that named first; round by round. */
	for (size_t j = 0; j < k; j++)
		rest[j] = -rest[j];
	an_order(rest, k, order);
	for (size_t j = 0; j < k; j++)
		seat[order[j]] += left / k + (j < left % k ? 1 : 0);
	return AN_OK;
}
