/*
 * reliability.c: alpha, its relatives, and omega of the one-factor model.
 */
#include "analytics/reliability.h"

#include "analytics/bootstrap.h"
#include "analytics/dist.h"
#include "analytics/factor.h"
#include "analytics/memory.h"

#include <math.h>
#include <string.h>

static void feldt(double alpha, double n, double k, double level, double *lo,
		  double *hi)
{
	const double df1 = n - 1.0, df2 = (n - 1.0) * (k - 1.0);
	const double tail = 0.5 * (1.0 - level);

	*lo = 1.0 - (1.0 - alpha) * an_f_quantile(1.0 - tail, df1, df2);
	*hi = 1.0 - (1.0 - alpha) * an_f_quantile(tail, df1, df2);
}

struct an_estimate an_alpha(const struct an_table *t, enum an_missing missing,
			    double level)
{
	struct an_estimate e = an_estimate_none("feldt", AN_BAD_INPUT);
	AN_SCRATCH(work);
	struct an_item *item = an_alloc(&work, t->k, sizeof(*item));
	const struct an_items all = an_item_analysis(t, missing, NULL, item);

	if (!(level > 0.0 && level < 1.0))
		return e;
	e.value = all.alpha;
	e.n = all.n_used;
	e.missing = t->n - all.n_used;
	e.status = all.status;
	if (e.status == AN_OK)
		feldt(e.value, (double)e.n, (double)t->k, level, &e.lo, &e.hi);
	return e;
}

/* Covariances of the k columns of t (no missing values), divisor n-1. */
static void covariances(const struct an_table *t, double *s)
{
	AN_SCRATCH(work);
	const size_t k = t->k;
	double *mean = an_doubles(&work, k), *d = an_doubles(&work, k);
	double *column = an_doubles(&work, t->n);

	memset(s, 0, k * k * sizeof(*s));
	for (size_t j = 0; j < k; j++) {
		for (size_t i = 0; i < t->n; i++)
			column[i] = an_at(t, i, j);
		mean[j] = an_mean(column, t->n);
	}
	for (size_t i = 0; i < t->n; i++) {
		for (size_t j = 0; j < k; j++)
			d[j] = an_at(t, i, j) - mean[j];
		for (size_t j = 0; j < k; j++)
			for (size_t m = j; m < k; m++)
				s[j * k + m] += d[j] * d[m];
	}
	for (size_t j = 0; j < k; j++)
		for (size_t m = j; m < k; m++)
			s[m * k + j] = s[j * k + m] /= (double)t->n - 1.0;
}

/* lambda2, the mean correlation and the standardised alpha, from s. */
static void from_covariances(struct an_reliability *r, const double *s)
{
	const size_t k = r->n_items;
	const double m = (double)k;
	double off = 0.0, off2 = 0.0, all = 0.0, sum_r = 0.0;

	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++) {
			const double c = s[i * k + j];

			all += c;
			if (i == j)
				continue;
			off += c;
			off2 += c * c;
			sum_r += c / sqrt(s[i * k + i] * s[j * k + j]);
		}
	r->guttman_lambda2 = (off + sqrt(m / (m - 1.0) * off2)) / all;
	r->mean_r = sum_r / (m * (m - 1.0));
	r->alpha_std = m * r->mean_r / (1.0 + (m - 1.0) * r->mean_r);
	if (!isfinite(r->alpha_std)) /* an item without variance */
		r->alpha_std = r->mean_r = NAN;
}

/* What the one-factor model of covariances s says of the total. */
struct omega {
	double total, observed, discrepancy;
	enum an_status status;
};

static struct omega omega_of(const double *s, size_t k, double *loadings,
			     double *uniqueness)
{
	struct an_factor f = { .loading = loadings, .uniqueness = uniqueness };
	struct omega o = { NAN, NAN, NAN, an_one_factor(s, k, &f) };
	double sum_l = 0.0, sum_u = 0.0, all = 0.0;

	if (o.status != AN_OK)
		return o;
	for (size_t i = 0; i < k; i++) {
		sum_l += loadings[i] * sqrt(s[i * k + i]);
		sum_u += uniqueness[i] * s[i * k + i];
		for (size_t j = 0; j < k; j++)
			all += s[i * k + j];
	}
	o.discrepancy = f.discrepancy;
	o.total = sum_l * sum_l / (sum_l * sum_l + sum_u);
	o.observed = sum_l * sum_l / all;
	return o;
}

/* The rows that the missing rule leaves, in x; how many. */
static size_t rows_left(const struct an_table *t, enum an_missing missing,
			double *x)
{
	if (missing == AN_LISTWISE)
		return an_complete_rows(t, x);
	for (size_t i = 0; i < t->n * t->k; i++)
		x[i] = isnan(t->x[i]) ? 0.0 : t->x[i];
	return t->n;
}

struct an_estimate an_omega_ci(const struct an_table *t,
			       enum an_missing missing,
			       const struct an_resampling *how)
{
	struct an_estimate e = an_estimate_none("bootstrap_se", AN_TOO_FEW);
	AN_SCRATCH(work);
	const size_t k = t->k;
	double *x = an_doubles(&work, t->n * k), *s = an_doubles(&work, k * k);
	double *y = an_doubles(&work, t->n * k), *l = an_doubles(&work, k);
	double *u = an_doubles(&work, k);
	double *w = an_doubles(&work, how->resamples);
	size_t *row = an_sizes(&work, t->n);
	struct an_table whole = { x, rows_left(t, missing, x), k };
	struct an_table drawn = { y, whole.n, k };
	struct an_random random;
	struct omega o;
	size_t good = 0;

	e.n = whole.n;
	e.missing = t->n - whole.n;
	if (!(how->level > 0.0 && how->level < 1.0))
		e.status = AN_BAD_INPUT;
	else if (!an_no_infinity(t->x, t->n * k))
		e.status = AN_NOT_FINITE;
	if (whole.n < 3 || e.status != AN_TOO_FEW)
		return e;
	covariances(&whole, s);
	o = omega_of(s, k, l, u);
	e.value = o.total;
	e.status = o.status;
	an_random_seed(&random, how->seed);
	for (size_t r = 0; r < how->resamples && e.status == AN_OK; r++) {
		an_random_rows(&random, row, whole.n);
		for (size_t i = 0; i < whole.n; i++)
			memcpy(y + i * k, x + k * row[i], k * sizeof(*y));
		covariances(&drawn, s);
		w[good] = omega_of(s, k, l, u).total;
		good += isnan(w[good]) ? 0 : 1;
		an_tell(how->progress, "resamples", r + 1, how->resamples);
	}
	/* Resamples without a factor model are left out; most must have one. */
	if (good * 2 > how->resamples && good > 1) {
		const double half = an_normal_quantile(0.5 + 0.5 * how->level) *
				    sqrt(an_variance(w, good));

		e.lo = e.value - half;
		e.hi = fmin(e.value + half, 1.0);
	}
	return e;
}

static const struct an_reliability nothing = {
	.alpha = NAN,
	.alpha_lo = NAN,
	.alpha_hi = NAN,
	.alpha_std = NAN,
	.mean_r = NAN,
	.guttman_lambda2 = NAN,
	.sem = NAN,
	.sd_total = NAN,
	.mean_total = NAN,
	.k_for_080 = NAN,
	.omega_total = NAN,
	.omega_observed_var = NAN,
	.ml_discrepancy = NAN,
	.status = AN_TOO_FEW,
	.omega_status = AN_TOO_FEW,
};

struct an_reliability an_reliability(const struct an_table *t,
				     enum an_missing missing, double level,
				     const struct an_reliability_factor *factor)
{
	static const struct an_reliability_factor none;
	const struct an_reliability_factor *f = factor ? factor : &none;
	struct an_reliability r = nothing;
	AN_SCRATCH(work);
	const size_t k = t->k;
	struct an_item *item = an_alloc(&work, k, sizeof(*item));
	double *x = an_doubles(&work, t->n * k), *s = an_doubles(&work, k * k);
	double *l = f->loadings ? f->loadings : an_doubles(&work, k);
	double *u = f->uniqueness ? f->uniqueness : an_doubles(&work, k);
	struct an_table whole = { x, t->n, k };
	struct an_items all;
	struct omega o;

	r.status = r.omega_status = AN_BAD_INPUT;
	for (size_t j = 0; j < k; j++)
		l[j] = u[j] = NAN;
	for (size_t i = 0; f->residual && i < k * k; i++)
		f->residual[i] = NAN;
	if (!(level > 0.0 && level < 1.0))
		return r;
	whole.n = rows_left(t, missing, x);
	all = an_item_analysis(&whole, AN_LISTWISE, NULL, item);
	r.n_used = whole.n;
	r.n_missing = t->n - whole.n;
	r.n_items = k;
	r.status = r.omega_status = all.status;
	r.mean_total = all.mean_total;
	r.sd_total = all.sd_total;
	if (r.status != AN_OK)
		return r;
	r.alpha = all.alpha;
	feldt(r.alpha, (double)whole.n, (double)k, level, &r.alpha_lo,
	      &r.alpha_hi);
	r.sem = r.sd_total * sqrt(1.0 - r.alpha);
	if (r.alpha > 0.0 && r.alpha < 1.0)
		r.k_for_080 =
			(double)k * 0.8 * (1.0 - r.alpha) / (r.alpha * 0.2);
	covariances(&whole, s);
	from_covariances(&r, s);
	o = omega_of(s, k, l, u);
	r.omega_status = o.status;
	r.omega_total = o.total;
	r.omega_observed_var = o.observed;
	r.ml_discrepancy = o.discrepancy;
	if (f->residual)
		an_factor_residuals(s, k, l, f->residual);
	return r;
}
