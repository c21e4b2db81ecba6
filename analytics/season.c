/*
 * season.c: a line with quarter terms, and Mann-Kendall within quarters.
 */
#include "analytics/trend_data.h"

#include "analytics/dist.h"
#include "analytics/gsl_quiet.h"
#include "analytics/number.h"

#include <gsl/gsl_multifit.h>
#include <math.h>

#define TERMS   (AN_QUARTERS + 1) /* mean, time, quarters but the last */
#define RANKING 1e-10 /* singular values below it, of the largest, are 0 */

/*
 * Terms of a wave at t in quarter q: 1, (t - t0)/unit, and for each quarter
 * but the last there is +1, or -1 in the last one: the quarters sum to 0, and
 * a row without them is their mean.
 */
struct season {
	size_t quarters, terms;
	size_t place[AN_QUARTERS]; /* among those there are; AN_QUARTERS: no */
	double t0, unit;
	double c[TERMS], cov[TERMS * TERMS]; /* cov without s2 */
	double rss, s2, df, mean_w;
};

static void terms_of(const struct season *o, double t, unsigned q, double *x)
{
	x[0] = 1.0;
	x[1] = (t - o->t0) / o->unit;
	for (size_t j = 0; j + 1 < o->quarters; j++)
		x[2 + j] = 0.0;
	if (q == AN_ANY_QUARTER || o->quarters < 2)
		return;
	for (size_t j = 0; j + 1 < o->quarters; j++)
		x[2 + j] = o->place[q] == j                 ? 1.0
			   : o->place[q] + 1 == o->quarters ? -1.0
							    : 0.0;
}

/* Weighted least squares with the first `terms` terms; false if dependent. */
static bool least_squares(const struct an_series *s, const unsigned *quarter,
			  size_t terms, struct season *o)
{
	AN_GSL_QUIET;
	AN_SCRATCH(work);
	double *x = an_doubles(&work, s->n * terms), row[TERMS + 1];
	gsl_matrix_view mx = gsl_matrix_view_array(x, s->n, terms);
	gsl_matrix_view cov = gsl_matrix_view_array(o->cov, terms, terms);
	gsl_vector_view c = gsl_vector_view_array(o->c, terms);
	gsl_vector_const_view w = gsl_vector_const_view_array(s->w, s->n);
	gsl_vector_const_view z = gsl_vector_const_view_array(s->z, s->n);
	gsl_multifit_linear_workspace *g =
		gsl_multifit_linear_alloc(s->n, terms);
	size_t rank = 0;
	int bad = !g;

	for (size_t i = 0; i < s->n; i++) {
		terms_of(o, s->t[i], quarter[s->from[i]], row);
		for (size_t j = 0; j < terms; j++)
			x[i * terms + j] = row[j];
	}
	bad = bad || gsl_multifit_wlinear_tsvd(&mx.matrix, &w.vector, &z.vector,
					       RANKING, &c.vector, &cov.matrix,
					       &o->rss, &rank, g);
	if (g)
		gsl_multifit_linear_free(g);
	return !bad && rank == terms;
}

/* Which quarters there are; false for a number that is none. */
static bool count_quarters(const struct an_series *s, const unsigned *quarter,
			   struct season *o)
{
	bool there[AN_QUARTERS] = { false };

	for (size_t i = 0; i < s->n; i++) {
		if (quarter[s->from[i]] >= AN_QUARTERS)
			return false;
		there[quarter[s->from[i]]] = true;
	}
	for (size_t q = 0; q < AN_QUARTERS; q++) {
		o->place[q] = there[q] ? o->quarters : AN_QUARTERS;
		o->quarters += there[q] ? 1 : 0;
	}
	o->terms = o->quarters + 1;
	return true;
}

static enum an_status fit(const struct an_series *s, const unsigned *quarter,
			  struct season *o, double *rss_of_line)
{
	double sum_w = 0.0, far = 0.0;

	for (size_t i = 0; i < s->n; i++) {
		sum_w += s->w[i];
		o->t0 += s->w[i] * s->t[i];
	}
	o->t0 /= sum_w;
	o->mean_w = sum_w / (double)s->n;
	for (size_t i = 0; i < s->n; i++)
		far = fmax(far, fabs(s->t[i] - o->t0));
	if (!(far > 0.0))
		return AN_ZERO_VARIANCE;
	o->unit = far;
	if (!least_squares(s, quarter, 2, o))
		return AN_NOT_IDENTIFIED;
	*rss_of_line = o->rss;
	if (!least_squares(s, quarter, o->terms, o))
		return AN_NOT_IDENTIFIED;
	o->df = (double)s->n - (double)o->terms;
	o->s2 = o->rss / o->df;
	return AN_OK;
}

/* x' (X'WX)^-1 x */
static double leverage(const struct season *o, const double *x)
{
	double sum = 0.0;

	for (size_t i = 0; i < o->terms; i++)
		for (size_t j = 0; j < o->terms; j++)
			sum += x[i] * o->cov[i * o->terms + j] * x[j];
	return sum;
}

static void line_of(struct an_season *r, const struct season *o, double rss)
{
	const double q = an_t_quantile(0.975, o->df);

	r->quarters = o->quarters;
	r->df = o->df;
	r->sigma = sqrt(o->s2);
	r->slope = o->c[1] / o->unit;
	r->intercept = o->c[0] - r->slope * o->t0;
	r->se_slope = sqrt(o->cov[o->terms + 1] * o->s2) / o->unit;
	r->slope_lo = r->slope - q * r->se_slope;
	r->slope_hi = r->slope + q * r->se_slope;
	for (unsigned i = 0; i < AN_QUARTERS; i++) {
		double x[TERMS + 1];

		if (o->place[i] == AN_QUARTERS)
			continue;
		terms_of(o, o->t0, i, x);
		r->quarter[i] = 0.0;
		for (size_t j = 2; j < o->terms; j++)
			r->quarter[i] += x[j] * o->c[j];
	}
	if (!(r->se_slope > 0.0))
		return;
	r->t = r->slope / r->se_slope;
	r->p = an_t_p2(r->t, r->df);
	if (o->quarters < 2)
		return;
	r->f_df1 = (double)o->quarters - 1.0;
	r->f = fmax(rss - o->rss, 0.0) / r->f_df1 / o->s2;
	r->f_p = an_f_upper(r->f, r->f_df1, r->df);
}

/* n(n-1)(2n+5)/18 of m values, without what their ties take away. */
static double kendall_variance(double *y, size_t m)
{
	const double n = (double)m;
	double v = n * (n - 1.0) * (2.0 * n + 5.0);

	an_sort(y, m);
	for (size_t i = 0, j; i < m; i = j) {
		double t;

		for (j = i + 1; j < m && y[j] == y[i]; j++)
			;
		t = (double)(j - i);
		v -= t * (t - 1.0) * (2.0 * t + 5.0);
	}
	return v / 18.0;
}

/* Slopes and signs between waves of the same quarter. */
static void same_quarter(const struct an_series *s, const unsigned *quarter,
			 struct an_season *r)
{
	AN_SCRATCH(work);
	double *slope = an_doubles(&work, s->n * s->n), v = 0.0;
	double *y = an_doubles(&work, s->n);
	size_t m = 0;

	r->mk_s = 0.0;
	for (unsigned q = 0; q < AN_QUARTERS; q++) {
		size_t k = 0;

		for (size_t i = 0; i < s->n; i++) {
			if (quarter[s->from[i]] != q)
				continue;
			y[k++] = s->y[i];
			for (size_t j = 0; j < i; j++) {
				const double dt = s->t[i] - s->t[j];
				const double dy = s->y[i] - s->y[j];

				if (quarter[s->from[j]] != q || dt == 0.0)
					continue;
				r->mk_s += (dy * dt > 0.0) - (dy * dt < 0.0);
				slope[m++] = dy / dt;
			}
		}
		v += kendall_variance(y, k);
	}
	r->theil_sen_slope = an_median(slope, m);
	r->mk_z = 0.0;
	if (r->mk_s != 0.0)
		r->mk_z = (r->mk_s - (r->mk_s > 0.0 ? 1.0 : -1.0)) / sqrt(v);
	r->mk_p = an_normal_p2(r->mk_z);
	r->agreed = r->theil_sen_slope * r->mk_s > 0.0;
}

static void predict(const struct season *o, bool logit, unsigned quarter,
		    struct an_forecast *f)
{
	double x[TERMS + 1];
	struct an_band b = { .wave = o->s2 / o->mean_w,
			     .df = o->df,
			     .logit = logit };

	if (quarter > AN_ANY_QUARTER ||
	    (quarter < AN_QUARTERS && o->place[quarter] == AN_QUARTERS))
		return;
	terms_of(o, f->t, quarter, x);
	for (size_t j = 0; j < o->terms; j++)
		b.z += x[j] * o->c[j];
	b.line = o->s2 * leverage(o, x);
	an_forecast_fill(f, &b);
}

struct an_season an_season_trend(const struct an_waves *waves,
				 const unsigned *quarter,
				 struct an_forecast *future,
				 const unsigned *future_quarter, size_t m)
{
	struct an_season r = { .intercept = NAN,
			       .slope = NAN,
			       .se_slope = NAN,
			       .df = NAN,
			       .sigma = NAN,
			       .t = NAN,
			       .p = NAN,
			       .slope_lo = NAN,
			       .slope_hi = NAN,
			       .quarter = { NAN, NAN, NAN, NAN },
			       .f = NAN,
			       .f_df1 = NAN,
			       .f_p = NAN,
			       .theil_sen_slope = NAN,
			       .mk_s = NAN,
			       .mk_z = NAN,
			       .mk_p = NAN };
	AN_SCRATCH(work);
	struct season o = { .quarters = 0 };
	struct an_series s;
	double rss = NAN;

	for (size_t i = 0; i < m; i++)
		an_forecast_clear(&future[i]);
	r.status = an_series(&work, waves, AN_SEASON_LEAST, &s);
	r.n = s.n;
	r.missing = waves->n - s.n;
	if (r.status == AN_OK && !count_quarters(&s, quarter, &o))
		r.status = AN_BAD_INPUT;
	if (r.status == AN_OK)
		r.status = fit(&s, quarter, &o, &rss);
	if (r.status != AN_OK)
		return r;
	line_of(&r, &o, rss);
	same_quarter(&s, quarter, &r);
	for (size_t i = 0; i < m; i++)
		predict(&o, waves->logit,
			future_quarter ? future_quarter[i] : AN_ANY_QUARTER,
			&future[i]);
	return r;
}
