/*
 * shrink_bayes.c: normal-normal shrinkage with tau integrated out, and shares
 * by the beta-binomial law.
 */
#include "analytics/dist.h"
#include "analytics/gsl_quiet.h"
#include "analytics/memory.h"
#include "analytics/number.h"
#include "analytics/optimise.h"
#include "analytics/shrink.h"

#include <gsl/gsl_sf_psi.h>
#include <math.h>

#define GRID 40001

/* The posterior of tau on its grid, and mu given tau. */
struct posterior {
	size_t m;
	double *tau, *p, *mu, *v_mu;
};

static void tau_point(const double *y, const double *se, size_t k,
		      struct posterior *q, size_t i)
{
	const double t2 = q->tau[i] * q->tau[i];
	double sum = 0.0, mean = 0.0, ss = 0.0, log_w = 0.0;

	for (size_t j = 0; j < k; j++) {
		const double w = 1.0 / (se[j] * se[j] + t2);

		sum += w;
		mean += w * y[j];
		log_w += log(w);
	}
	mean /= sum;
	for (size_t j = 0; j < k; j++)
		ss += (y[j] - mean) * (y[j] - mean) / (se[j] * se[j] + t2);
	q->mu[i] = mean;
	q->v_mu[i] = 1.0 / sum;
	q->p[i] = 0.5 * (log_w - log(sum) - ss);
}

static void integrate(const double *y, const double *se, size_t k, double scale,
		      struct posterior *q)
{
	double s0 = 0.0, most = -INFINITY, sum = 0.0;

	for (size_t j = 0; j < k; j++)
		s0 += se[j] * se[j] / (double)k;
	s0 = sqrt(s0);
	for (size_t i = 0; i < q->m; i++) {
		const double u = (double)(i + 1) / (double)(q->m + 1);

		q->tau[i] = s0 * u / (1.0 - u);
		tau_point(y, se, k, q, i);
		q->p[i] += log(s0) - 2.0 * log1p(-u);
		if (scale > 0.0)
			q->p[i] -= log1p(q->tau[i] / scale * q->tau[i] / scale);
		most = fmax(most, q->p[i]);
	}
	for (size_t i = 0; i < q->m; i++)
		sum += q->p[i] = exp(q->p[i] - most);
	for (size_t i = 0; i < q->m; i++)
		q->p[i] /= sum;
}

/* One department: a mixture of normals over the grid. */
struct mixture {
	const struct posterior *q;
	double *mean, *sd, target;
};

static double mixture_gap(double x, const void *data)
{
	const struct mixture *m = data;
	double sum = 0.0;

	for (size_t i = 0; i < m->q->m; i++)
		if (m->q->p[i] > 1e-18)
			sum += m->q->p[i] *
			       an_normal_cdf((x - m->mean[i]) / m->sd[i]);
	return sum - m->target;
}

static void department(const struct posterior *q, double y, double se,
		       struct mixture *m, struct an_shrunk *o)
{
	const double v = se * se;
	double mean = 0.0, two = 0.0;

	o->weight = 0.0;
	for (size_t i = 0; i < q->m; i++) {
		const double t2 = q->tau[i] * q->tau[i], l = t2 / (v + t2);
		double v_post;

		m->mean[i] = l * y + (1.0 - l) * q->mu[i];
		v_post = l * v + (1.0 - l) * (1.0 - l) * q->v_mu[i];
		m->sd[i] = sqrt(v_post);
		mean += q->p[i] * m->mean[i];
		two += q->p[i] * (v_post + (m->mean[i] - y) * (m->mean[i] - y));
		o->weight += q->p[i] * l;
	}
	o->raw = y;
	o->value = mean;
	o->se = sqrt(two - (mean - y) * (mean - y));
	m->target = 0.025;
	o->lo = an_root(mixture_gap, m, mean - 12.0 * o->se,
			mean + 12.0 * o->se);
	m->target = 0.975;
	o->hi = an_root(mixture_gap, m, mean - 12.0 * o->se,
			mean + 12.0 * o->se);
}

static void summary(const struct posterior *q, struct an_shrink *o)
{
	double below = 0.0, two = 0.0;

	o->mu_mean = o->tau_mean = 0.0;
	for (size_t i = 0; i < q->m; i++) {
		o->mu_mean += q->p[i] * q->mu[i];
		o->tau_mean += q->p[i] * q->tau[i];
		below += q->p[i];
		if (isnan(o->tau_median) && below >= 0.5)
			o->tau_median = q->tau[i];
	}
	for (size_t i = 0; i < q->m; i++) {
		const double d = q->mu[i] - o->mu_mean;

		two += q->p[i] * (q->v_mu[i] + d * d);
	}
	o->mu_sd = sqrt(two);
}

struct an_shrink an_shrink_bayes(const double *y, const double *se, size_t k,
				 double scale, struct an_shrunk *out)
{
	struct an_shrink o = { NAN, NAN, NAN, NAN, AN_BAD_INPUT };
	AN_SCRATCH(work);
	struct posterior q = { GRID, an_doubles(&work, GRID),
			       an_doubles(&work, GRID), an_doubles(&work, GRID),
			       an_doubles(&work, GRID) };
	struct mixture m = { &q, an_doubles(&work, GRID),
			     an_doubles(&work, GRID), NAN };

	for (size_t j = 0; j < k; j++) {
		out[j] = (struct an_shrunk){ 0,   NAN, NAN, NAN, NAN,
					     NAN, NAN, NAN, NAN };
		if (!an_fits(y[j]) || !(se[j] > 0.0) || an_too_large(se[j]))
			return o;
	}
	if (!(scale >= 0.0) || an_too_large(scale))
		return o;
	o.status = k < (scale > 0.0 ? 2 : 3) ? AN_TOO_FEW : AN_OK;
	if (o.status != AN_OK)
		return o;
	integrate(y, se, k, scale, &q);
	summary(&q, &o);
	for (size_t j = 0; j < k; j++)
		department(&q, y[j], se[j], &m, &out[j]);
	return o;
}

/* Log precision from which groups differ no more than chance makes them. */
#define FLAT 12.0

struct shares {
	const size_t *x, *n;
	size_t k;
};

/* Minus the log-likelihood in (logit mean, log precision). */
static double beta_binomial(const double *z, double *grad, void *data)
{
	AN_GSL_QUIET;
	const struct shares *s = data;
	const double mean = an_logistic(z[0]), m = exp(z[1]);
	const double a = mean * m, b = (1.0 - mean) * m, k = (double)s->k;
	double value, ga, gb;

	if (!(a > 1e-8) || !(b > 1e-8) || z[1] > FLAT + 1.0)
		return NAN;
	value = k * (lgamma(m) - lgamma(a) - lgamma(b));
	ga = grad ? k * (gsl_sf_psi(m) - gsl_sf_psi(a)) : 0.0;
	gb = grad ? k * (gsl_sf_psi(m) - gsl_sf_psi(b)) : 0.0;
	for (size_t j = 0; j < s->k; j++) {
		const double x = (double)s->x[j], n = (double)s->n[j];
		double all;

		value += lgamma(n + 1.0) - lgamma(x + 1.0) -
			 lgamma(n - x + 1.0) + lgamma(x + a) +
			 lgamma(n - x + b) - lgamma(n + m);
		if (!grad)
			continue;
		all = gsl_sf_psi(n + m);
		ga += gsl_sf_psi(x + a) - all;
		gb += gsl_sf_psi(n - x + b) - all;
	}
	if (grad) {
		grad[0] = -(ga - gb) * m * mean * (1.0 - mean);
		grad[1] = -(ga * a + gb * b);
	}
	return -value;
}

static void interval(const struct an_beta *o, const struct shares *s, size_t j,
		     struct an_shrunk *g)
{
	const double x = (double)s->x[j], n = (double)s->n[j];
	const double a = x + o->alpha, b = n - x + o->beta;

	g->weight = n / (n + o->precision);
	g->value = a / (a + b);
	g->se = sqrt(a * b / ((a + b) * (a + b) * (a + b + 1.0)));
	g->lo = an_beta_quantile(0.025, a, b);
	g->hi = an_beta_quantile(0.975, a, b);
}

struct an_beta an_shrink_shares(const size_t *x, const size_t *n, size_t k,
				struct an_shrunk *out)
{
	struct an_beta o = { NAN, NAN, NAN, NAN, NAN, NAN, AN_BAD_INPUT };
	struct shares s = { x, n, k };
	const struct an_objective f = { .f = beta_binomial,
					.data = &s,
					.p = 2 };
	double z[2] = { 0.0, log(10.0) }, right = 0.0, all = 0.0, value;
	size_t with = 0;

	for (size_t j = 0; j < k; j++) {
		if (x[j] > n[j])
			return o;
		out[j] = (struct an_shrunk){ n[j], NAN, NAN, NAN, NAN,
					     NAN,  NAN, NAN, NAN };
		if (n[j])
			out[j].raw = (double)x[j] / (double)n[j];
		with += n[j] ? 1 : 0;
		right += (double)x[j];
		all += (double)n[j];
	}
	o.status = with < 2 ? AN_TOO_FEW : AN_ZERO_VARIANCE;
	if (with < 2 || right <= 0.0 || right >= all)
		return o;
	z[0] = log(right / (all - right));
	o.status = an_minimise(&f, z, 1e-9, &value, NULL);
	if (o.status != AN_OK || z[1] > FLAT) {
		o.status = AN_NOT_IDENTIFIED;
		o.mean = right / all;
		for (size_t j = 0; j < k; j++)
			out[j].value = o.mean;
		return o;
	}
	o.mean = an_logistic(z[0]);
	o.precision = exp(z[1]);
	o.alpha = o.mean * o.precision;
	o.beta = (1.0 - o.mean) * o.precision;
	o.rho = 1.0 / (o.precision + 1.0);
	o.loglik = -value;
	for (size_t j = 0; j < k; j++)
		interval(&o, &s, j, &out[j]);
	return o;
}
