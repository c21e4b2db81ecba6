/*
 * nmf_terms.c: topics of a sparse table of words, by coordinate descent.
 */
#include "analytics/nmf_data.h"

#include "analytics/bootstrap.h"
#include "analytics/memory.h"

#include <math.h>
#include <string.h>

#define ROUNDS 300  /* at most; some 20 are usual */
#define LOOK   5    /* rounds between two looks at the loss */
#define NEAR   1e-4 /* its relative fall between them where a start ends */
#define THERE  1e-7 /* and where the best of them does */

/* One start at work. h is kept word by word here: m rows of k. */
struct descent {
	const struct an_terms *t;
	const double *weight;
	size_t k;
	double *w, *h;
	double *gram;  /* k by k */
	double *cross; /* of one row: k */
	double *wv;    /* m rows of k: W'V */
	double square; /* sum of weight^2 */
};

/* out (k by k) = x'x of n rows of k. */
static void gram(const double *x, size_t n, size_t k, double *out)
{
	memset(out, 0, k * k * sizeof(*out));
	for (size_t i = 0; i < n; i++)
		for (size_t p = 0; p < k; p++)
			for (size_t q = p; q < k; q++)
				out[p * k + q] += x[i * k + p] * x[i * k + q];
	for (size_t p = 0; p < k; p++)
		for (size_t q = 0; q < p; q++)
			out[p * k + q] = out[q * k + p];
}

/* Each value of a row in turn to where the loss is least, at 0 or above. */
static void descend(double *row, const double *cross, const double *g, size_t k)
{
	for (size_t p = 0; p < k; p++) {
		const double own = g[p * k + p];
		double step = cross[p], to;

		for (size_t q = 0; q < k; q++)
			step -= row[q] * g[p * k + q];
		to = row[p] + step / (own > AN_NMF_FLOOR ? own : AN_NMF_FLOOR);
		row[p] = to > 0.0 ? to : 0.0;
	}
}

static void update_documents(struct descent *d)
{
	const struct an_terms *t = d->t;
	const size_t k = d->k;

	gram(d->h, t->nterms, k, d->gram);
	for (size_t i = 0; i < t->ndocs; i++) {
		memset(d->cross, 0, k * sizeof(*d->cross));
		for (size_t e = t->at[i]; e < t->at[i + 1]; e++)
			for (size_t p = 0; p < k; p++)
				d->cross[p] +=
					d->weight[e] * d->h[t->id[e] * k + p];
		descend(d->w + i * k, d->cross, d->gram, k);
	}
}

static void update_words(struct descent *d)
{
	const struct an_terms *t = d->t;
	const size_t k = d->k;

	gram(d->w, t->ndocs, k, d->gram);
	memset(d->wv, 0, t->nterms * k * sizeof(*d->wv));
	for (size_t i = 0; i < t->ndocs; i++)
		for (size_t e = t->at[i]; e < t->at[i + 1]; e++)
			for (size_t p = 0; p < k; p++)
				d->wv[t->id[e] * k + p] +=
					d->weight[e] * d->w[i * k + p];
	for (size_t j = 0; j < t->nterms; j++)
		descend(d->h + j * k, d->wv + j * k, d->gram, k);
}

/* Half of |V|^2 - 2 <W'V, H> + <W'W, H'H>; after update_words(). */
static double loss(const struct descent *d)
{
	const size_t k = d->k, m = d->t->nterms;
	double sum = d->square;

	for (size_t i = 0; i < m * k; i++)
		sum -= 2.0 * d->wv[i] * d->h[i];
	for (size_t j = 0; j < m; j++)
		for (size_t p = 0; p < k; p++) {
			double own = 0.0;

			for (size_t q = 0; q < k; q++)
				own += d->gram[p * k + q] * d->h[j * k + q];
			sum += own * d->h[j * k + p];
		}
	return fmax(0.5 * sum, 0.0);
}

static double run(struct descent *d, double enough)
{
	double before = INFINITY, now = INFINITY;

	for (size_t r = 1; r <= ROUNDS; r++) {
		update_documents(d);
		update_words(d);
		if (r % LOOK)
			continue;
		now = loss(d);
		if (before - now <= enough * d->square)
			break;
		before = now;
	}
	return now;
}

/* Topics to length 1, so that w says how much of each a document has. */
static void scale(struct descent *d)
{
	const size_t k = d->k;

	for (size_t p = 0; p < k; p++) {
		double length = 0.0;

		for (size_t j = 0; j < d->t->nterms; j++)
			length += d->h[j * k + p] * d->h[j * k + p];
		length = sqrt(length);
		for (size_t j = 0; j < d->t->nterms && length > 0.0; j++)
			d->h[j * k + p] /= length;
		for (size_t i = 0; i < d->t->ndocs; i++)
			d->w[i * k + p] *= length;
	}
}

/* Topics by rows of words, as they are given out. */
static void turn(const double *h, size_t m, size_t k, double *out)
{
	for (size_t j = 0; j < m; j++)
		for (size_t p = 0; p < k; p++)
			out[p * m + j] = h[j * k + p];
}

static void start(struct descent *d, struct an_random *random)
{
	for (size_t i = 0; i < d->t->ndocs * d->k; i++)
		d->w[i] = an_random_uniform(random);
	for (size_t i = 0; i < d->t->nterms * d->k; i++)
		d->h[i] = an_random_uniform(random);
}

enum an_status an_nmf_terms(const struct an_terms *t, const double *weight,
			    size_t starts, uint64_t seed, struct an_nmf *f,
			    double *stability)
{
	AN_SCRATCH(work);
	const size_t k = f->k, nw = t->ndocs * k, nh = t->nterms * k;
	struct descent d = { .t = t, .weight = weight, .k = k };
	double *all, *best_h, sum = 0.0;
	struct an_random random;
	size_t best = 0;

	*stability = f->loss = NAN;
	if (!t->ndocs || !t->nterms)
		return AN_EMPTY;
	if (!k || k > AN_NMF_MAX_K || !starts ||
	    !an_nmf_usable(weight, t->at[t->ndocs]))
		return AN_BAD_INPUT;
	all = an_doubles(&work, starts * nh);
	best_h = an_doubles(&work, nh);
	d.w = an_doubles(&work, nw);
	d.h = an_doubles(&work, nh);
	d.gram = an_doubles(&work, k * k);
	d.cross = an_doubles(&work, k);
	d.wv = an_doubles(&work, nh);
	for (size_t e = 0; e < t->at[t->ndocs]; e++)
		d.square += weight[e] * weight[e];
	an_random_seed(&random, seed);
	for (size_t s = 0; s < starts; s++) {
		double now;

		start(&d, &random);
		now = run(&d, NEAR);
		an_tell(f->progress, "starts", s + 1, starts);
		scale(&d);
		turn(d.h, t->nterms, k, all + s * nh);
		if (s && now >= f->loss)
			continue;
		f->loss = now;
		best = s;
		memcpy(f->w, d.w, nw * sizeof(*d.w));
		memcpy(best_h, d.h, nh * sizeof(*best_h));
	}
	memcpy(d.w, f->w, nw * sizeof(*d.w));
	memcpy(d.h, best_h, nh * sizeof(*best_h));
	f->loss = run(&d, THERE);
	scale(&d);
	memcpy(f->w, d.w, nw * sizeof(*d.w));
	turn(d.h, t->nterms, k, f->h);
	for (size_t s = 0; s < starts; s++)
		if (s != best)
			sum += an_nmf_match(f->h, all + s * nh, k, t->nterms);
	if (starts > 1)
		*stability = sum / ((double)starts - 1.0);
	return AN_OK;
}
