/*
 * shrink_normal.c: REML of the one-way random-effects model.
 */
#include "analytics/dist.h"
#include "analytics/groups_data.h"
#include "analytics/number.h"
#include "analytics/shrink.h"

#include <math.h>

/* What the data say: department sizes, means, and squares within. */
struct within {
	size_t k; /* departments with values */
	double *n, *mean, ss, all;
};

/* The profiled fit at rho = tau2/sigma2. */
struct profile {
	double mu, sum_w, q, deviance, slope;
};

static struct profile at(const struct within *d, double rho)
{
	struct profile p = { 0.0, 0.0, d->ss, 0.0, 0.0 };
	double sum_w2 = 0.0, dq = 0.0, s2;

	for (size_t j = 0; j < d->k; j++) {
		const double v = rho + 1.0 / d->n[j];

		p.sum_w += 1.0 / v;
		sum_w2 += 1.0 / (v * v);
		p.mu += d->mean[j] / v;
		p.deviance += log(d->n[j] * v);
	}
	p.mu /= p.sum_w;
	for (size_t j = 0; j < d->k; j++) {
		const double w = 1.0 / (rho + 1.0 / d->n[j]);
		const double e = d->mean[j] - p.mu;

		p.q += w * e * e;
		dq -= w * w * e * e;
	}
	s2 = p.q / (d->all - 1.0);
	p.deviance +=
		(d->all - 1.0) * (1.0 + log(2.0 * M_PI * s2)) + log(p.sum_w);
	p.slope = (d->all - 1.0) * dq / p.q + p.sum_w - sum_w2 / p.sum_w;
	return p;
}

static double slope(double log_rho, const void *data)
{
	return at(data, exp(log_rho)).slope;
}

/* The rho of smallest deviance: a grid on its logarithm, then the root. */
static double best_rho(const struct within *d)
{
	const double step = 0.25;
	double best = INFINITY, where = -25.0, u;

	for (int i = -100; i <= 60; i++) {
		const double x = step * i, v = at(d, exp(x)).deviance;

		if (v < best) {
			best = v;
			where = x;
		}
	}
	u = an_root(slope, d, where - step, where + step);
	if (isnan(u))
		u = where;
	return at(d, 0.0).deviance <= at(d, exp(u)).deviance + 1e-10 ? 0.0
								     : exp(u);
}

static void shrink(const struct an_reml *o, struct an_shrunk *g)
{
	const double own = o->sigma2 / (double)g->n; /* inf without people */
	double pev;

	g->weight = g->n ? o->tau2 / (o->tau2 + own) : 0.0;
	g->blup = g->n ? g->weight * (g->raw - o->mu) : 0.0;
	g->value = o->mu + g->blup;
	g->cond_sd = sqrt(o->tau2 * (1.0 - g->weight));
	pev = g->cond_sd * g->cond_sd +
	      (1.0 - g->weight) * (1.0 - g->weight) * o->se_mu * o->se_mu;
	g->se = sqrt(pev);
	g->lo = g->value - AN_Z975 * g->se;
	g->hi = g->value + AN_Z975 * g->se;
}

/* Sizes, means and squares of the departments that have values. */
static void collect(const struct an_split *s, struct within *d,
		    struct an_shrunk *out)
{
	for (size_t j = 0; j < s->k; j++) {
		const size_t n = s->from[j + 1] - s->from[j];
		const double *y = s->y + s->from[j];

		out[j] = (struct an_shrunk){ n,   NAN, NAN, NAN, NAN,
					     NAN, NAN, NAN, NAN };
		if (!n)
			continue;
		d->n[d->k] = (double)n;
		d->mean[d->k] = an_mean(y, n);
		out[j].raw = s->origin + d->mean[d->k];
		d->ss += fmax(an_ss(y, n, d->mean[d->k++]), 0.0);
	}
	d->all = (double)s->n;
}

struct an_reml an_shrink_normal(const double *y, const size_t *group, size_t n,
				size_t k, struct an_shrunk *out)
{
	struct an_reml o = { .mu = NAN,
			     .se_mu = NAN,
			     .sigma2 = NAN,
			     .tau2 = NAN,
			     .icc = NAN,
			     .deviance = NAN };
	AN_SCRATCH(work);
	struct within d = { 0, an_doubles(&work, k), an_doubles(&work, k), 0,
			    0 };
	struct an_split s;
	struct profile p;
	double rho;

	o.status = an_groups_split(&work, y, group, n, k, &s);
	if (o.status != AN_OK)
		return o;
	o.n = s.n;
	o.missing = n - s.n;
	collect(&s, &d, out);
	o.status = s.n ? AN_TOO_FEW : AN_EMPTY;
	if (d.k < 2 || s.n <= d.k)
		return o;
	o.status = AN_ZERO_VARIANCE;
	if (!(d.ss > 0.0)) /* nobody differs inside a department */
		return o;
	o.status = AN_OK;
	rho = best_rho(&d);
	p = at(&d, rho);
	o.mu = s.origin + p.mu;
	o.sigma2 = p.q / (d.all - 1.0);
	o.tau2 = rho * o.sigma2;
	o.icc = o.tau2 / (o.tau2 + o.sigma2);
	o.se_mu = sqrt(o.sigma2 / p.sum_w);
	o.deviance = p.deviance;
	for (size_t j = 0; j < k; j++)
		shrink(&o, &out[j]);
	return o;
}
