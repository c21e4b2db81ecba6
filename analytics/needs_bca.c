/*
 * needs_bca.c: intervals of MWDS and the stability of the ranking, from one
 * set of resampled people.
 */
#include "analytics/bootstrap.h"
#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/needs.h"

#include <math.h>

/*
 * Both ratings of the people, 0 where one of the two is missing, and whether
 * both are there (1 or 0); and room for the sums of one resample.
 */
struct ratings {
	size_t n, k;
	double *imp, *pro, *there;
	double *sum_i, *sum_p, *m; /* k each */
};

static struct ratings ratings_of(struct an_scratch *work,
				 const struct an_table *imp,
				 const struct an_table *pro)
{
	const size_t all = imp->n * imp->k;
	struct ratings r = { imp->n,
			     imp->k,
			     an_doubles(work, all),
			     an_doubles(work, all),
			     an_doubles(work, all),
			     an_doubles(work, imp->k),
			     an_doubles(work, imp->k),
			     an_doubles(work, imp->k) };

	for (size_t i = 0; i < all; i++) {
		if (isnan(imp->x[i]) || isnan(pro->x[i]))
			continue;
		r.imp[i] = imp->x[i];
		r.pro[i] = pro->x[i];
		r.there[i] = 1.0;
	}
	return r;
}

static void add_row(const struct ratings *r, size_t row, double sign)
{
	const double *restrict a = r->imp + row * r->k;
	const double *restrict b = r->pro + row * r->k;
	const double *restrict c = r->there + row * r->k;
	double *restrict sum_i = r->sum_i, *restrict sum_p = r->sum_p;
	double *restrict m = r->m;

	for (size_t j = 0; j < r->k; j++) {
		sum_i[j] += sign * a[j];
		sum_p[j] += sign * b[j];
		m[j] += sign * c[j];
	}
}

static void clear(const struct ratings *r)
{
	for (size_t j = 0; j < r->k; j++)
		r->sum_i[j] = r->sum_p[j] = r->m[j] = 0.0;
}

static void mwds(const struct ratings *r, double *out)
{
	for (size_t j = 0; j < r->k; j++) {
		const double a = r->sum_i[j] / r->m[j];

		out[j] = r->m[j] > 0.0 ? a * (a - r->sum_p[j] / r->m[j]) : NAN;
	}
}

/* Ranks by falling value, ties averaged; NAN comes last. */
static void rank(const double *value, size_t k, double *out)
{
	for (size_t j = 0; j < k; j++) {
		const double v = isnan(value[j]) ? -INFINITY : value[j];
		double above = 0.0, same = 0.0;

		for (size_t m = 0; m < k; m++) {
			const double u = isnan(value[m]) ? -INFINITY : value[m];

			above += u > v ? 1.0 : 0.0;
			same += u == v ? 1.0 : 0.0;
		}
		out[j] = above + 0.5 * (same + 1.0);
	}
}

static double sign_of(double x)
{
	return (x > 0.0) - (x < 0.0);
}

/* tau-b of two rankings of k things. */
static double tau(const double *a, const double *b, size_t k)
{
	double s = 0.0, ta = 0.0, tb = 0.0;

	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < i; j++) {
			const double x = sign_of(a[i] - a[j]);
			const double y = sign_of(b[i] - b[j]);

			s += x * y;
			ta += fabs(x);
			tb += fabs(y);
		}
	return an_within_1(s / sqrt(ta * tb));
}

/* rank[r*k + j]: what the resamples say about each place. */
static void summarise(const double *ranks, size_t resamples, size_t k,
		      size_t top, struct an_stability *s)
{
	AN_SCRATCH(work);
	double *v = an_doubles(&work, resamples), sum = 0.0;
	const double m = (double)resamples;

	for (size_t j = 0; j < k; j++) {
		double in_top = 0.0;

		for (size_t r = 0; r < resamples; r++) {
			v[r] = ranks[r * k + j];
			in_top += v[r] <= (double)top ? 1.0 : 0.0;
		}
		s->mean_rank[j] = an_mean(v, resamples);
		s->sd_rank[j] = sqrt(an_variance(v, resamples));
		s->p_top[j] = in_top / m;
		an_sort(v, resamples);
		s->rank_lo[j] = v[(size_t)fmax(ceil(0.025 * m), 1.0) - 1];
		s->rank_hi[j] = v[(size_t)ceil(0.975 * m) - 1];
	}
	for (size_t r = 0; r < resamples; r++)
		sum += tau(ranks + r * k, s->rank, k);
	s->mean_tau = sum / m;
	s->status = isnan(s->mean_tau) ? AN_ZERO_VARIANCE : AN_OK;
}

/* t0, the jackknife (jack[j*n + i]) and the replicates (t[j*resamples + r]).*/
static void resample(const struct ratings *q, const struct an_resampling *how,
		     double *t0, double *jack, double *t, double *ranks)
{
	AN_SCRATCH(work);
	const size_t n = q->n, k = q->k;
	double *value = an_doubles(&work, k);
	size_t *row = an_sizes(&work, n);
	struct an_random random;

	clear(q);
	for (size_t i = 0; i < n; i++)
		add_row(q, i, 1.0);
	mwds(q, t0);
	for (size_t i = 0; i < n; i++) {
		add_row(q, i, -1.0);
		mwds(q, value);
		for (size_t j = 0; j < k; j++)
			jack[j * n + i] = value[j];
		add_row(q, i, 1.0);
	}
	an_random_seed(&random, how->seed);
	for (size_t r = 0; r < how->resamples; r++) {
		clear(q);
		if (!how->index)
			an_random_rows(&random, row, n);
		for (size_t i = 0; i < n; i++)
			add_row(q, how->index ? how->index[r * n + i] : row[i],
				1.0);
		mwds(q, value);
		for (size_t j = 0; j < k; j++)
			t[j * how->resamples + r] = value[j];
		rank(value, k, ranks + r * k);
		an_tell(how->progress, "resamples", r + 1, how->resamples);
	}
}

enum an_status an_needs_bca(const struct an_table *importance,
			    const struct an_table *proficiency,
			    const struct an_resampling *how, struct an_bca *out,
			    struct an_stability *s)
{
	AN_SCRATCH(work);
	const size_t n = importance->n, k = importance->k;
	struct ratings q;
	double *t0 = an_doubles(&work, k), *jack = an_doubles(&work, n * k);
	double *t = an_doubles(&work, how->resamples * k);
	double *ranks = an_doubles(&work, how->resamples * k);

	s->status = AN_BAD_INPUT;
	s->mean_tau = NAN;
	if (proficiency->n != n || proficiency->k != k ||
	    !(how->level > 0.0 && how->level < 1.0))
		return AN_BAD_INPUT;
	if (!an_no_infinity(importance->x, n * k) ||
	    !an_no_infinity(proficiency->x, n * k))
		return AN_NOT_FINITE;
	if (n < 2 || how->resamples < 2)
		return n ? AN_TOO_FEW : AN_EMPTY;
	for (size_t i = 0; how->index && i < how->resamples * n; i++)
		if (how->index[i] >= n)
			return AN_BAD_INPUT;
	q = ratings_of(&work, importance, proficiency);
	resample(&q, how, t0, jack, t, ranks);
	rank(t0, k, s->rank);
	for (size_t j = 0; j < k; j++)
		out[j] = an_bca(t0[j], t + j * how->resamples, how->resamples,
				jack + j * n, n, how->level);
	summarise(ranks, how->resamples, k, how->top, s);
	return AN_OK;
}
