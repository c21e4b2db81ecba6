/*
 * ols.c: least squares by Householder QR.
 */
#include "analytics/ols.h"

#include "analytics/dist.h"
#include "analytics/gsl_quiet.h"
#include "analytics/memory.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

/* The working problem: m rows by p columns, weights multiplied in. */
struct design {
	size_t m, p;
	double *x, *y, *w; /* rows as given; w NULL or the weights */
	double *a;         /* x times sqrt(w), columns scaled */
	double *scale;     /* what each column was divided by */
	double *inverse;   /* (X'WX)^-1, p by p */
	double *leverage;  /* m */
};

static void scale_columns(struct design *d)
{
	for (size_t j = 0; j < d->p; j++) {
		double most = 0.0;

		for (size_t i = 0; i < d->m; i++)
			most = fmax(most, fabs(d->x[i * d->p + j]));
		d->scale[j] = most > 0.0 ? exp2(ceil(log2(most))) : 1.0;
		for (size_t i = 0; i < d->m; i++)
			d->a[i * d->p + j] = d->x[i * d->p + j] / d->scale[j] *
					     (d->w ? sqrt(d->w[i]) : 1.0);
	}
}

/* Complete rows of x, y and w in front, a column of ones if asked. */
static struct design design_new(struct an_scratch *work,
				const struct an_table *x, const double *y,
				const double *w, bool intercept)
{
	const size_t p = x->k + (intercept ? 1 : 0);
	struct design d = { .p = p };

	d.x = an_doubles(work, x->n * p);
	d.y = an_doubles(work, x->n);
	d.w = w ? an_doubles(work, x->n) : NULL;
	for (size_t i = 0; i < x->n; i++) {
		double *row = d.x + d.m * p;
		bool whole = !isnan(y[i]) && !(w && isnan(w[i]));

		if (intercept)
			row[0] = 1.0;
		for (size_t j = 0; j < x->k; j++) {
			row[j + p - x->k] = an_at(x, i, j);
			whole = whole && !isnan(an_at(x, i, j));
		}
		if (!whole)
			continue;
		d.y[d.m] = y[i];
		if (w)
			d.w[d.m] = w[i];
		d.m++;
	}
	d.a = an_doubles(work, d.m * p);
	d.scale = an_doubles(work, p);
	d.inverse = an_doubles(work, p * p);
	d.leverage = an_doubles(work, d.m);
	scale_columns(&d);
	return d;
}

/* y - X b, in the widest arithmetic there is. */
static void residuals(const struct design *d, const double *b, double *e)
{
	for (size_t i = 0; i < d->m; i++) {
		long double sum = d->y[i];

		for (size_t j = 0; j < d->p; j++)
			sum -= (long double)d->x[i * d->p + j] * b[j];
		e[i] = (double)sum;
	}
}

/* Rows of Q: leverages; and (X'X)^-1 = R^-1 R^-T, in original units. */
static bool inverse(const gsl_matrix *qr, struct design *d,
		    struct an_scratch *work)
{
	AN_GSL_QUIET;
	const size_t p = d->p;
	double *ri = an_doubles(work, p * p), most = 0.0, least = INFINITY;

	for (size_t j = 0; j < p; j++) {
		const double r = fabs(gsl_matrix_get(qr, j, j));

		most = fmax(most, r);
		least = fmin(least, r);
	}
	if (!(least > 1e-15 * most))
		return false;
	for (size_t j = 0; j < p; j++) /* columns of R^-1 */
		for (size_t i = j + 1; i-- > 0;) {
			double sum = i == j ? 1.0 : 0.0;

			for (size_t m = i + 1; m <= j; m++)
				sum -= gsl_matrix_get(qr, i, m) * ri[m * p + j];
			ri[i * p + j] = sum / gsl_matrix_get(qr, i, i);
		}
	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < p; j++) {
			double sum = 0.0;

			for (size_t m = i > j ? i : j; m < p; m++)
				sum += ri[i * p + m] * ri[j * p + m];
			d->inverse[i * p + j] =
				sum / (d->scale[i] * d->scale[j]);
		}
	for (size_t i = 0; i < d->m; i++) /* |a_i R^-1|^2 */
		for (size_t j = 0; j < p; j++) {
			double sum = 0.0;

			for (size_t m = 0; m <= j; m++)
				sum += d->a[i * p + m] * ri[m * p + j];
			d->leverage[i] += sum * sum;
		}
	return true;
}

/* The factored problem and one correction of it. */
struct refinement {
	const gsl_matrix *qr;
	const gsl_vector *tau;
	double *y; /* m: right-hand side, weighted */
	double *x; /* p: solution in scaled columns */
	double *r; /* m: its residual */
	double *f; /* m: y - r - A x */
	double *g; /* p: -A'r */
};

/* How far x and r are from solving r + A x = y, A'r = 0. */
static void defects(const struct design *d, const struct refinement *s)
{
	const size_t m = d->m, p = d->p;

	for (size_t j = 0; j < p; j++) {
		long double sum = 0.0L;

		for (size_t i = 0; i < m; i++)
			sum -= (long double)d->a[i * p + j] * s->r[i];
		s->g[j] = (double)sum;
	}
	for (size_t i = 0; i < m; i++) {
		long double sum = (long double)s->y[i] - s->r[i];

		for (size_t j = 0; j < p; j++)
			sum -= (long double)d->a[i * p + j] * s->x[j];
		s->f[i] = (double)sum;
	}
}

/* Correct x and r by the defects: g := R^-T g, f := Q'f, and back. */
static bool correct(const struct design *d, const struct refinement *s)
{
	AN_GSL_QUIET;
	const size_t m = d->m, p = d->p;
	gsl_vector_view f = gsl_vector_view_array(s->f, m);

	for (size_t j = 0; j < p; j++) {
		for (size_t i = 0; i < j; i++)
			s->g[j] -= gsl_matrix_get(s->qr, i, j) * s->g[i];
		s->g[j] /= gsl_matrix_get(s->qr, j, j);
	}
	if (gsl_linalg_QR_QTvec(s->qr, s->tau, &f.vector))
		return false;
	for (size_t j = p; j-- > 0;) {
		double dx = s->f[j] - s->g[j];

		for (size_t i = j + 1; i < p; i++)
			dx -= gsl_matrix_get(s->qr, j, i) * s->f[i];
		/* f[j] is used up: it holds the correction from here on. */
		s->f[j] = dx / gsl_matrix_get(s->qr, j, j);
	}
	for (size_t j = 0; j < p; j++) {
		s->x[j] += s->f[j];
		s->f[j] = s->g[j];
	}
	if (gsl_linalg_QR_Qvec(s->qr, s->tau, &f.vector))
		return false;
	for (size_t i = 0; i < m; i++)
		s->r[i] += s->f[i];
	return true;
}

/*
 * The coefficients; e receives the residuals. False if X is singular. Bjorck's
 * refinement corrects solution and residual together, so large residuals do
 * not cost digits.
 */
static bool solve(struct design *d, double *b, double *e,
		  struct an_scratch *work)
{
	AN_GSL_QUIET;
	const size_t m = d->m, p = d->p;
	double *copy = an_doubles(work, m * p), *t = an_doubles(work, p);
	gsl_matrix_view qr = gsl_matrix_view_array(copy, m, p);
	gsl_vector_view tau = gsl_vector_view_array(t, p);
	const struct refinement s = { &qr.matrix,          &tau.vector,
				      an_doubles(work, m), an_doubles(work, p),
				      an_doubles(work, m), an_doubles(work, m),
				      an_doubles(work, p) };

	for (size_t i = 0; i < m * p; i++)
		copy[i] = d->a[i];
	for (size_t i = 0; i < m; i++)
		s.y[i] = d->y[i] * (d->w ? sqrt(d->w[i]) : 1.0);
	if (gsl_linalg_QR_decomp(&qr.matrix, &tau.vector) ||
	    !inverse(&qr.matrix, d, work))
		return false;
	for (int round = 0; round < 5; round++) {
		defects(d, &s);
		if (!correct(d, &s))
			return false;
	}
	for (size_t j = 0; j < p; j++)
		b[j] = s.x[j] / d->scale[j];
	residuals(d, b, e);
	return true;
}

/* Total sum of squares, around the weighted mean or around 0. */
static double total(const struct design *d, bool intercept)
{
	double mean = 0.0, weight = 0.0, sum = 0.0;

	for (size_t i = 0; i < d->m; i++) {
		const double w = d->w ? d->w[i] : 1.0;

		weight += w;
		mean += w * (d->y[i] - d->y[0]);
	}
	mean = intercept ? d->y[0] + mean / weight : 0.0;
	for (size_t i = 0; i < d->m; i++)
		sum += (d->w ? d->w[i] : 1.0) * (d->y[i] - mean) *
		       (d->y[i] - mean);
	return sum;
}

/* Robust variances: (X'WX)^-1 X' diag((w e/(1-h))^2) X (X'WX)^-1. */
static void hc3(const struct design *d, const double *e,
		struct an_coefficient *out)
{
	const size_t p = d->p;

	for (size_t j = 0; j < p; j++) {
		double v = 0.0;

		for (size_t i = 0; i < d->m; i++) {
			const double w = d->w ? d->w[i] : 1.0;
			double g = 0.0;

			for (size_t m = 0; m < p; m++)
				g += d->inverse[j * p + m] * d->x[i * p + m];
			g *= w * e[i] / (1.0 - d->leverage[i]);
			v += g * g;
		}
		out[j].se_hc3 = sqrt(v);
	}
}

void an_ols_test_one(struct an_coefficient *c, double df)
{
	c->t = c->b / c->se;
	c->p = an_t_p2(c->t, df);
}

static void tests(struct an_ols *o, const struct design *d, const double *b,
		  struct an_coefficient *out)
{
	for (size_t j = 0; j < d->p; j++) {
		out[j].b = b[j];
		out[j].se = sqrt(d->inverse[j * (d->p + 1)]) * o->sigma;
		if (!o->exact)
			an_ols_test_one(&out[j], o->df);
	}
}

static enum an_status check(const struct design *d)
{
	if (!an_no_infinity(d->x, d->m * d->p) || !an_no_infinity(d->y, d->m))
		return AN_NOT_FINITE;
	for (size_t i = 0; d->w && i < d->m; i++)
		if (!(d->w[i] > 0.0) || an_too_large(d->w[i]))
			return AN_BAD_INPUT;
	if (!d->m || !d->p)
		return AN_EMPTY;
	return d->m <= d->p ? AN_TOO_FEW : AN_OK;
}

struct an_ols an_ols(const struct an_table *x, const double *y, const double *w,
		     bool intercept, struct an_coefficient *out)
{
	return an_ols_with(x, y, w, intercept, out, NULL);
}

struct an_ols an_ols_with(const struct an_table *x, const double *y,
			  const double *w, bool intercept,
			  struct an_coefficient *out, double *covariance)
{
	struct an_ols o = { .sigma = NAN,
			    .rss = NAN,
			    .r2 = NAN,
			    .adj_r2 = NAN,
			    .df = NAN,
			    .f = { NAN, NAN, NAN, NAN } };
	AN_SCRATCH(work);
	struct design d = design_new(&work, x, y, w, intercept);
	double *e = an_doubles(&work, d.m), *b = an_doubles(&work, d.p), tss;
	const double one = intercept ? 1.0 : 0.0;

	o.n = d.m;
	o.missing = x->n - d.m;
	o.p = d.p;
	for (size_t j = 0; j < d.p; j++)
		out[j] = (struct an_coefficient){ NAN, NAN, NAN, NAN, NAN };
	o.status = check(&d);
	if (o.status != AN_OK)
		return o;
	tss = total(&d, intercept);
	o.status = tss > 0.0 ? AN_NOT_IDENTIFIED : AN_ZERO_VARIANCE;
	if (o.status == AN_ZERO_VARIANCE || !solve(&d, b, e, &work))
		return o;
	o.status = AN_OK;
	o.df = (double)(d.m - d.p);
	o.rss = 0.0;
	for (size_t i = 0; i < d.m; i++)
		o.rss += (d.w ? d.w[i] : 1.0) * e[i] * e[i];
	/* Residuals eleven digits below the data are only rounding. */
	o.exact = o.rss <= 1e-22 * tss;
	o.rss = o.exact ? 0.0 : o.rss;
	o.sigma = sqrt(o.rss / o.df);
	o.r2 = 1.0 - o.rss / tss;
	o.adj_r2 = 1.0 - o.rss / o.df / (tss / ((double)d.m - one));
	o.f.df1 = (double)d.p - one;
	o.f.df2 = o.df;
	if (o.f.df1 > 0.0) {
		o.f.f = o.exact ? INFINITY
				: (tss - o.rss) / o.f.df1 / (o.rss / o.df);
		o.f.p = an_f_upper(o.f.f, o.f.df1, o.df);
	}
	tests(&o, &d, b, out);
	hc3(&d, e, out);
	for (size_t i = 0; covariance && i < d.p * d.p; i++)
		covariance[i] = d.inverse[i] * o.sigma * o.sigma;
	return o;
}

struct an_f_test an_ols_test(const struct an_table *x, const double *y,
			     const double *w, bool intercept,
			     const bool *tested)
{
	struct an_f_test t = { NAN, NAN, NAN, NAN };
	AN_SCRATCH(work);
	double *less = an_doubles(&work, x->n * x->k);
	double *whole = an_doubles(&work, x->n);
	struct an_coefficient *out = an_alloc(&work, x->k + 1, sizeof(*out));
	struct an_table small = { less, x->n, 0 };
	struct an_ols a, b;

	for (size_t j = 0; j < x->k; j++)
		small.k += tested[j] ? 0 : 1;
	for (size_t i = 0; i < x->n; i++) {
		size_t at = 0;

		whole[i] = y[i]; /* the same people in both models */
		for (size_t j = 0; j < x->k; j++) {
			if (isnan(an_at(x, i, j)))
				whole[i] = NAN;
			if (!tested[j])
				less[i * small.k + at++] = an_at(x, i, j);
		}
	}
	a = an_ols(x, whole, w, intercept, out);
	b = an_ols(&small, whole, w, intercept, out);
	if (a.status != AN_OK || b.status != AN_OK || small.k == x->k ||
	    a.exact)
		return t;
	t.df1 = (double)(x->k - small.k);
	t.df2 = a.df;
	t.f = (b.rss - a.rss) / t.df1 / (a.rss / a.df);
	t.p = an_f_upper(t.f, t.df1, t.df2);
	return t;
}
