/*
 * nmf.c: multiplicative updates from given and from random starts.
 */
#include "analytics/nmf_data.h"

#include "analytics/bootstrap.h"
#include "analytics/memory.h"

#include <math.h>
#include <string.h>

/* out (k by k) = a a' of k rows of m. */
static void gram_rows(const double *a, size_t k, size_t m, double *out)
{
	for (size_t p = 0; p < k; p++)
		for (size_t q = 0; q < k; q++) {
			double sum = 0.0;

			for (size_t j = 0; j < m; j++)
				sum += a[p * m + j] * a[q * m + j];
			out[p * k + q] = sum;
		}
}

/* The cells of a table that are not 0: those of row i from row[i] on. */
struct cells {
	size_t *row; /* n + 1 */
	size_t *column;
	double *x;
};

static struct cells cells_of(struct an_scratch *s, const struct an_table *v)
{
	const size_t most = an_nmf_entries(v);
	struct cells c = { an_sizes(s, v->n + 1), an_sizes(s, most),
			   an_doubles(s, most) };
	size_t e = 0;

	for (size_t i = 0; i < v->n; i++) {
		c.row[i] = e;
		for (size_t j = 0; j < v->k; j++)
			if (v->x[i * v->k + j] != 0.0) {
				c.column[e] = j;
				c.x[e++] = v->x[i * v->k + j];
			}
	}
	c.row[v->n] = e;
	return c;
}

/* W *= (V H') / (W (H H')) */
static void update_w(const struct an_table *v, const struct cells *c,
		     struct an_nmf *f, double *hh)
{
	const size_t k = f->k, m = v->k;

	gram_rows(f->h, k, m, hh);
	for (size_t i = 0; i < v->n; i++) {
		double *w = f->w + i * k, old[AN_NMF_MAX_K];
		double up[AN_NMF_MAX_K] = { 0.0 };

		memcpy(old, w, k * sizeof(*w));
		for (size_t e = c->row[i]; e < c->row[i + 1]; e++)
			for (size_t p = 0; p < k; p++)
				up[p] += c->x[e] * f->h[p * m + c->column[e]];
		for (size_t p = 0; p < k; p++) {
			double down = 0.0;

			for (size_t q = 0; q < k; q++)
				down += old[q] * hh[q * k + p];
			w[p] *= up[p] / fmax(down, AN_NMF_FLOOR);
		}
	}
}

/* H *= (W' V) / ((W' W) H) */
static void update_h(const struct an_table *v, const struct cells *c,
		     struct an_nmf *f, double *ww, double *wv)
{
	const size_t k = f->k, m = v->k;

	memset(ww, 0, k * k * sizeof(*ww));
	memset(wv, 0, k * m * sizeof(*wv));
	for (size_t i = 0; i < v->n; i++) {
		const double *w = f->w + i * k;

		for (size_t p = 0; p < k; p++)
			for (size_t q = 0; q < k; q++)
				ww[p * k + q] += w[p] * w[q];
		for (size_t e = c->row[i]; e < c->row[i + 1]; e++)
			for (size_t p = 0; p < k; p++)
				wv[p * m + c->column[e]] += w[p] * c->x[e];
	}
	for (size_t j = 0; j < m; j++) {
		double old[AN_NMF_MAX_K];

		for (size_t p = 0; p < k; p++)
			old[p] = f->h[p * m + j];
		for (size_t p = 0; p < k; p++) {
			double down = 0.0;

			for (size_t q = 0; q < k; q++)
				down += ww[p * k + q] * old[q];
			f->h[p * m + j] *=
				wv[p * m + j] / fmax(down, AN_NMF_FLOOR);
		}
	}
}

static double loss(const struct an_table *v, const struct an_nmf *f)
{
	double sum = 0.0;

	for (size_t i = 0; i < v->n; i++)
		for (size_t j = 0; j < v->k; j++) {
			double d = v->x[i * v->k + j];

			for (size_t p = 0; p < f->k; p++)
				d -= f->w[i * f->k + p] * f->h[p * v->k + j];
			sum += d * d;
		}
	return 0.5 * sum;
}

bool an_nmf_usable(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!(x[i] >= 0.0) || an_too_large(x[i]))
			return false;
	return true;
}

size_t an_nmf_entries(const struct an_table *v)
{
	size_t entries = 0;

	for (size_t i = 0; i < v->n * v->k; i++)
		entries += v->x[i] != 0.0;
	return entries;
}

enum an_status an_nmf(const struct an_table *v, size_t rounds, struct an_nmf *f)
{
	AN_SCRATCH(work);
	const size_t k = f->k;
	struct cells c;
	double *kk, *wv;

	f->loss = NAN;
	if (!v->n || !v->k)
		return AN_EMPTY;
	if (!k || k > AN_NMF_MAX_K || !an_nmf_usable(v->x, v->n * v->k) ||
	    !an_nmf_usable(f->w, v->n * k) || !an_nmf_usable(f->h, k * v->k))
		return AN_BAD_INPUT;
	c = cells_of(&work, v);
	kk = an_doubles(&work, k * k);
	wv = an_doubles(&work, k * v->k);
	for (size_t r = 0; r < rounds; r++) {
		update_w(v, &c, f, kk);
		update_h(v, &c, f, kk, wv);
		an_tell(f->progress, "rounds", r + 1, rounds);
	}
	f->loss = loss(v, f);
	return AN_OK;
}

static double cosine(const double *a, const double *b, size_t m)
{
	double ab = 0.0, aa = 0.0, bb = 0.0;

	for (size_t j = 0; j < m; j++) {
		ab += a[j] * b[j];
		aa += a[j] * a[j];
		bb += b[j] * b[j];
	}
	return aa > 0.0 && bb > 0.0 ? ab / sqrt(aa * bb) : 0.0;
}

double an_nmf_match(const double *a, const double *b, size_t k, size_t m)
{
	double sum = 0.0;

	for (size_t p = 0; p < k; p++) {
		double best = 0.0;

		for (size_t q = 0; q < k; q++)
			best = fmax(best, cosine(a + p * m, b + q * m, m));
		sum += best;
	}
	return sum / (double)k;
}

enum an_status an_nmf_best(const struct an_table *v, size_t rounds,
			   size_t starts, uint64_t seed, struct an_nmf *f,
			   double *stability)
{
	AN_SCRATCH(work);
	const size_t nw = v->n * f->k, nh = f->k * v->k;
	double *w, *h, sum = 0.0, least = INFINITY;
	struct an_random random;
	size_t best = 0;

	*stability = f->loss = NAN;
	if (!v->n || !v->k)
		return AN_EMPTY;
	if (!f->k || f->k > AN_NMF_MAX_K || !starts)
		return AN_BAD_INPUT;
	w = an_doubles(&work, nw);
	h = an_doubles(&work, starts * nh);
	an_random_seed(&random, seed);
	for (size_t s = 0; s < starts; s++) {
		struct an_nmf one = { .k = f->k, .w = w, .h = h + s * nh };
		enum an_status status;

		for (size_t i = 0; i < nw; i++)
			w[i] = an_random_uniform(&random);
		for (size_t i = 0; i < nh; i++)
			one.h[i] = an_random_uniform(&random);
		status = an_nmf(v, rounds, &one);
		if (status != AN_OK)
			return status;
		an_tell(f->progress, "starts", s + 1, starts);
		if (one.loss < least) {
			least = f->loss = one.loss;
			best = s;
			memcpy(f->w, w, nw * sizeof(*w));
			memcpy(f->h, one.h, nh * sizeof(*h));
		}
	}
	for (size_t s = 0; s < starts; s++)
		if (s != best)
			sum += an_nmf_match(f->h, h + s * nh, f->k, v->k);
	if (starts > 1)
		*stability = sum / ((double)starts - 1.0);
	return AN_OK;
}
