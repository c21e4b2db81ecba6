/*
 * drivers.c: general dominance and relative weights from correlations.
 */
#include "analytics/drivers.h"

#include "analytics/drivers_data.h"
#include "analytics/gsl_quiet.h"
#include "analytics/memory.h"
#include "analytics/optimise.h"

#include <gsl/gsl_eigen.h>
#include <math.h>

static bool correlate(const double *rows, size_t n, size_t k,
		      struct an_correlations *c)
{
	AN_SCRATCH(work);
	double *column = an_doubles(&work, n * (k + 1));

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j <= k; j++)
			column[j * n + i] = rows[i * (k + 1) + j];
	for (size_t i = 0; i < k; i++) {
		c->ry[i] = an_pearson(column + (i + 1) * n, column, n);
		for (size_t j = 0; j < k; j++)
			c->r[i * k + j] =
				i == j ? 1.0
				       : an_pearson(column + (i + 1) * n,
						    column + (j + 1) * n, n);
		if (isnan(c->ry[i]))
			return false;
	}
	return true;
}

/* R2 of the predictors whose bits are set, by Cholesky; NAN if dependent. */
static double r2_of(const struct an_correlations *c, unsigned set)
{
	double l[AN_DRIVERS_MAX][AN_DRIVERS_MAX], z[AN_DRIVERS_MAX], sum = 0.0;
	size_t in[AN_DRIVERS_MAX], m = 0;

	for (size_t j = 0; j < c->k; j++)
		if (set >> j & 1u)
			in[m++] = j;
	for (size_t i = 0; i < m; i++) {
		double y = c->ry[in[i]];

		for (size_t j = 0; j <= i; j++) {
			double v = c->r[in[i] * c->k + in[j]];

			for (size_t q = 0; q < j; q++)
				v -= l[i][q] * l[j][q];
			if (i == j && !(v > 1e-13))
				return NAN;
			l[i][j] = i == j ? sqrt(v) : v / l[j][j];
		}
		for (size_t q = 0; q < i; q++)
			y -= l[i][q] * z[q];
		z[i] = y / l[i][i];
		sum += z[i] * z[i];
	}
	return sum;
}

static unsigned bits(unsigned set)
{
	unsigned n = 0;

	for (; set; set &= set - 1)
		n++;
	return n;
}

/* The mean increase of R2 over all orders; R2 of the full model. */
static double dominance(const struct an_correlations *c, double *out)
{
	AN_SCRATCH(work);
	const unsigned all = 1u << c->k;
	double *r2 = an_doubles(&work, all), weight[AN_DRIVERS_MAX] = { 0 };

	for (unsigned set = 1; set < all; set++)
		r2[set] = r2_of(c, set);
	for (size_t s = 0; s < c->k; s++)
		weight[s] = exp(lgamma((double)s + 1.0) +
				lgamma((double)(c->k - s)) -
				lgamma((double)c->k + 1.0));
	for (size_t j = 0; j < c->k; j++) {
		const unsigned bit = 1u << j;

		out[j] = 0.0;
		for (unsigned set = 0; set < all; set++)
			if (!(set & bit))
				out[j] += weight[bits(set)] *
					  (r2[set | bit] - r2[set]);
	}
	return r2[all - 1];
}

bool an_dominance_pct(const struct an_correlations *c, double *pct)
{
	const double r2 = dominance(c, pct);
	bool defined = true;

	for (size_t j = 0; j < c->k; j++) {
		pct[j] *= 100.0 / r2;
		defined &= isfinite(pct[j]);
	}
	return defined;
}

/* Johnson: L = R^(1/2), z = L^-1 r, weight = (L o L)(z o z). */
static enum an_status johnson(const struct an_correlations *c,
			      struct an_driver *out)
{
	AN_GSL_QUIET;
	AN_SCRATCH(work);
	const size_t k = c->k;
	double *r = an_doubles(&work, k * k), *v = an_doubles(&work, k * k);
	double *d = an_doubles(&work, k), *z = an_doubles(&work, k);
	gsl_matrix_view a = gsl_matrix_view_array(r, k, k);
	gsl_matrix_view vec = gsl_matrix_view_array(v, k, k);
	gsl_vector_view val = gsl_vector_view_array(d, k);
	gsl_eigen_symmv_workspace *w = gsl_eigen_symmv_alloc(k);
	int bad;

	for (size_t i = 0; i < k * k; i++)
		r[i] = c->r[i];
	bad = !w || gsl_eigen_symmv(&a.matrix, &val.vector, &vec.matrix, w);
	gsl_eigen_symmv_free(w);
	for (size_t m = 0; m < k && !bad; m++)
		bad = !(d[m] > 1e-12);
	if (bad)
		return AN_NOT_IDENTIFIED;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++) {
			double root = 0.0, back = 0.0;

			for (size_t m = 0; m < k; m++) {
				const double vv = v[i * k + m] * v[j * k + m];

				root += sqrt(d[m]) * vv;
				back += vv / sqrt(d[m]);
			}
			r[i * k + j] = root;
			z[i] += back * c->ry[j];
		}
	for (size_t i = 0; i < k; i++) {
		out[i].johnson_rw = 0.0;
		for (size_t j = 0; j < k; j++)
			out[i].johnson_rw +=
				r[i * k + j] * r[i * k + j] * z[j] * z[j];
	}
	return AN_OK;
}

static void weights(struct an_drivers *o, const struct an_correlations *c,
		    struct an_driver *out)
{
	AN_SCRATCH(work);
	const size_t k = c->k;
	double *inverse = an_doubles(&work, k * k), n = (double)o->n;
	double *added = an_doubles(&work, k);

	for (size_t i = 0; i < k * k; i++)
		inverse[i] = c->r[i];
	o->status = an_invert_spd(inverse, k);
	if (o->status == AN_OK)
		o->status = johnson(c, out);
	if (o->status != AN_OK)
		return;
	o->r2 = dominance(c, added);
	o->adj_r2 = 1.0 - (1.0 - o->r2) * (n - 1.0) / (n - (double)k - 1.0);
	for (size_t i = 0; i < k; i++) {
		out[i].r = c->ry[i];
		out[i].dominance = added[i];
		out[i].vif = inverse[i * (k + 1)];
		out[i].beta = 0.0;
		for (size_t j = 0; j < k; j++)
			out[i].beta += inverse[i * k + j] * c->ry[j];
		out[i].johnson_pct = 100.0 * out[i].johnson_rw / o->r2;
		out[i].dominance_pct = 100.0 * out[i].dominance / o->r2;
	}
}

struct an_drivers an_drivers(const double *y, const struct an_table *x,
			     struct an_driver *out)
{
	struct an_drivers o = { 0, 0, NAN, NAN, AN_BAD_INPUT };
	AN_SCRATCH(work);
	const size_t k = x->k;
	double *rows = an_doubles(&work, x->n * (k + 1));
	struct an_correlations c = { k, an_doubles(&work, k * k),
				     an_doubles(&work, k) };
	struct an_table both = { rows, x->n, k + 1 };

	for (size_t j = 0; j < k; j++)
		out[j] =
			(struct an_driver){ NAN, NAN, NAN, NAN, NAN, NAN, NAN };
	if (!k || k > AN_DRIVERS_MAX)
		return o;
	for (size_t i = 0; i < x->n; i++) {
		rows[i * (k + 1)] = y[i];
		for (size_t j = 0; j < k; j++)
			rows[i * (k + 1) + j + 1] = an_at(x, i, j);
	}
	o.status = AN_NOT_FINITE;
	if (!an_no_infinity(rows, x->n * (k + 1)))
		return o;
	o.n = an_complete_rows(&both, rows);
	o.missing = x->n - o.n;
	o.status = o.n ? AN_TOO_FEW : AN_EMPTY;
	if (o.n <= k + 1)
		return o;
	o.status = AN_ZERO_VARIANCE;
	if (correlate(rows, o.n, k, &c))
		weights(&o, &c, out);
	return o;
}
