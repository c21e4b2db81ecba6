/*
 * irt_fit.c: marginal maximum likelihood of the 1PL and 2PL models.
 */
#include "analytics/irt_data.h"
#include "analytics/optimise.h"

#include <math.h>
#include <string.h>

/* The problem and where the search stands. */
struct model {
	struct an_expectation e;
	const struct an_irt_options *options;
	double *a, *d;   /* k: where the last E step was */
	double *ga, *gd; /* k: gradient of the log-likelihood */
	bool in_log_a;   /* optimise over ln a (else over a) */
	struct an_tally told;
};

/* E step at m->a, m->d: the log-likelihood and its gradient. */
static double expect(struct model *m)
{
	const struct an_expectation *e = &m->e;
	const size_t k = e->p.k, q = e->nodes;
	const double loglik = an_expect(&m->e, m->a, m->d);

	for (size_t j = 0; j < k; j++) {
		m->ga[j] = e->s1[j];
		m->gd[j] = e->s0[j];
		for (size_t i = 0; i < q; i++) {
			const double n = (e->nq[i] - e->out[j * q + i]) *
					 e->p1[j * q + i];

			m->ga[j] -= n * e->node[i];
			m->gd[j] -= n;
		}
	}
	return loglik;
}

/* Put the parameters x (a or ln a first) into m; how many slopes there are.*/
static size_t unpack(struct model *m, const double *x)
{
	const size_t k = m->e.p.k, na = m->options->model == AN_1PL ? 1 : k;

	for (size_t j = 0; j < k; j++) {
		const double s = x[na == 1 ? 0 : j];

		m->a[j] = m->in_log_a ? exp(s) : s;
		m->d[j] = x[na + j];
	}
	return na;
}

/* Penalised minus log-likelihood and its gradient. */
static double objective(const double *x, double *grad, void *data)
{
	struct model *m = data;
	const size_t k = m->e.p.k, na = unpack(m, x);
	const double pa = m->options->sd_log_a, pd = m->options->sd_d;
	double value;

	for (size_t j = 0; j < k; j++)
		if (!(m->a[j] > 0.0 && m->a[j] < 1e3) || !(fabs(m->d[j]) < 1e3))
			return NAN;
	an_tally(&m->told);
	value = -expect(m);
	memset(grad, 0, (na + k) * sizeof(double));
	for (size_t j = 0; j < k; j++) {
		const double log_a = log(m->a[j]);
		const double by = m->in_log_a ? m->a[j] : 1.0;
		double ga = m->ga[j], gd = m->gd[j];

		if (pa > 0.0) {
			value += 0.5 * log_a * log_a / (pa * pa);
			ga -= log_a / (pa * pa) / m->a[j];
		}
		if (pd > 0.0) {
			value += 0.5 * m->d[j] * m->d[j] / (pd * pd);
			gd -= m->d[j] / (pd * pd);
		}
		grad[na == 1 ? 0 : j] -= ga * by;
		grad[na + j] -= gd;
	}
	return value;
}

/*
 * Gradient and information of the expected complete data at (a, d) for item
 * j: g[0..1], h[0..2] = aa, ad, dd.
 */
static void item_newton(const struct model *m, size_t j, double a, double d,
			double g[2], double h[3])
{
	const size_t q = m->e.nodes;

	g[0] = m->e.s1[j];
	g[1] = m->e.s0[j];
	h[0] = h[1] = h[2] = 0.0;
	for (size_t i = 0; i < q; i++) {
		const double x = m->e.node[i];
		const double p = an_logistic(a * x + d);
		const double n = m->e.nq[i] - m->e.out[j * q + i];

		g[0] -= n * p * x;
		g[1] -= n * p;
		h[0] += n * p * (1.0 - p) * x * x;
		h[1] += n * p * (1.0 - p) * x;
		h[2] += n * p * (1.0 - p);
	}
}

/* M step of 2PL: Newton per item; the largest change. */
static double maximise(struct model *m, double *x)
{
	const size_t k = m->e.p.k;
	const double pa = m->options->sd_log_a, pd = m->options->sd_d;
	double most = 0.0;

	for (size_t j = 0; j < k; j++) {
		double a = m->a[j], d = m->d[j], g[2], h[3];

		for (int round = 0; round < 5; round++) {
			double det, da, dd;

			item_newton(m, j, a, d, g, h);
			if (pa > 0.0) {
				g[0] -= log(a) / (pa * pa * a);
				h[0] += 1.0 / (pa * pa * a * a);
			}
			if (pd > 0.0) {
				g[1] -= d / (pd * pd);
				h[2] += 1.0 / (pd * pd);
			}
			det = h[0] * h[2] - h[1] * h[1];
			if (!(det > 0.0))
				break;
			da = (h[2] * g[0] - h[1] * g[1]) / det;
			dd = (h[0] * g[1] - h[1] * g[0]) / det;
			/* No step that leaves a > 0 or jumps too far. */
			da = fmax(-0.5 * a, fmin(da, 1.0));
			dd = fmax(-2.0, fmin(dd, 2.0));
			a += da;
			d += dd;
			if (fabs(da) + fabs(dd) < 1e-8)
				break;
		}
		most = fmax(most, fmax(fabs(a - m->a[j]), fabs(d - m->d[j])));
		x[j] = log(a);
		x[k + j] = d;
	}
	return most;
}

/* EM cycles of the 2PL model from x, until nothing moves much. */
static size_t em(struct model *m, double *x, double tolerance)
{
	size_t cycle = 0;

	for (; cycle < 500; cycle++) {
		unpack(m, x);
		expect(m);
		an_tell(m->options->progress, "cycles", cycle + 1, 0);
		if (maximise(m, x) < tolerance)
			break;
	}
	return cycle;
}

static struct model model_new(struct an_scratch *work, struct an_patterns p,
			      struct an_rule rule,
			      const struct an_irt_options *options)
{
	struct model m = { .options = options,
			   .a = an_doubles(work, p.k),
			   .d = an_doubles(work, p.k),
			   .ga = an_doubles(work, p.k),
			   .gd = an_doubles(work, p.k),
			   .in_log_a = true,
			   .told = { options->progress, "search", 0, 0 } };

	an_expectation_new(work, p, rule, &m.e);
	return m;
}

/* Start values: a = 1, d from the share right; false for a constant item. */
static bool start(const struct an_patterns *p,
		  const struct an_irt_options *options, double *x)
{
	const size_t na = options->model == AN_1PL ? 1 : p->k;

	for (size_t j = 0; j < p->k; j++) {
		double right = 0.0, all = 0.0, share;

		for (size_t i = 0; i < p->n; i++) {
			const unsigned char c = p->code[i * p->k + j];

			right += c == 1 ? p->w[i] : 0.0;
			all += c == AN_NOT_SHOWN ? 0.0 : p->w[i];
		}
		if (!(options->sd_d > 0.0) && !(right > 0.0 && right < all))
			return false;
		share = all > 0.0 ? right / all : 0.5;
		share = fmax(0.02, fmin(0.98, share));
		x[na + j] = log(share / (1.0 - share));
	}
	return true;
}

/* Standard errors in (a, d) from the inverse Hessian. */
static enum an_status errors(struct model *m, const double *x,
			     struct an_irt_item *item)
{
	AN_SCRATCH(work);
	const size_t k = m->e.p.k, na = m->options->model == AN_1PL ? 1 : k;
	const size_t p = na + k;
	const struct an_objective o = { .f = objective, .data = m, .p = p };
	double *v = an_doubles(&work, p * p), *z = an_doubles(&work, p);
	enum an_status status;

	for (size_t i = 0; i < p; i++)
		z[i] = i < na ? exp(x[i]) : x[i];
	m->in_log_a = false;
	m->told = (struct an_tally){ m->options->progress, "errors", 0, 2 * p };
	status = an_hessian(&o, z, v);
	m->in_log_a = true;
	if (status == AN_OK)
		status = an_invert_spd(v, p);
	if (status != AN_OK)
		return AN_NOT_IDENTIFIED;
	for (size_t j = 0; j < k; j++) {
		const size_t ia = na == 1 ? 0 : j, id = na + j;
		const double ga = item[j].d / (item[j].a * item[j].a);
		const double gd = -1.0 / item[j].a;

		item[j].se_a = sqrt(v[ia * p + ia]);
		item[j].se_d = sqrt(v[id * p + id]);
		item[j].se_b = sqrt(ga * ga * v[ia * p + ia] +
				    2.0 * ga * gd * v[ia * p + id] +
				    gd * gd * v[id * p + id]);
		if (item[j].a > 4.0 || item[j].se_a > 1.0)
			status = AN_NOT_IDENTIFIED;
	}
	return status;
}

static void estimate(struct model *m, double *x, struct an_irt_fit *f,
		     struct an_irt_item *item)
{
	const struct an_irt_options *options = m->options;
	const size_t na = options->model == AN_1PL ? 1 : m->e.p.k;
	const struct an_objective o = { .f = objective,
					.data = m,
					.p = na + m->e.p.k };

	f->npar = o.p;
	if (options->model == AN_2PL)
		f->cycles =
			em(m, x,
			   options->em_tolerance > 0.0 ? options->em_tolerance
						       : 1e-4);
	if (!options->em_only || options->model == AN_1PL)
		f->status = an_minimise(&o, x, 1e-9 * fmax(m->e.p.people, 1e3),
					NULL, &f->gradient);
	unpack(m, x);
	f->loglik = expect(m);
	f->g2 = m->e.p.missing ? NAN : 2.0 * (m->e.saturated - f->loglik);
	an_irt_finish(f);
	for (size_t j = 0; j < m->e.p.k; j++) {
		item[j].a = m->a[j];
		item[j].d = m->d[j];
		item[j].b = -m->d[j] / m->a[j];
	}
	if (!options->em_only && f->status == AN_OK)
		f->status = errors(m, x, item);
}

struct an_irt_fit an_irt_fit(const struct an_table *t, const double *weight,
			     const struct an_irt_options *options,
			     struct an_irt_item *item)
{
	struct an_irt_fit f = {
		NAN, NAN, NAN, NAN, NAN, NAN, 0, 0, AN_TOO_FEW
	};
	AN_SCRATCH(work);
	const size_t k = t->k;
	unsigned char *code = an_alloc(&work, t->n * k, 1);
	double *x = an_doubles(&work, 2 * k + 1);
	struct an_patterns p;
	struct an_rule rule;
	struct model m;

	for (size_t j = 0; j < k; j++)
		item[j] = (struct an_irt_item){ NAN, NAN, NAN, NAN, NAN, NAN };
	if (k < (options->model == AN_2PL && options->sd_d <= 0.0 ? 3 : 2))
		return f;
	f.status = AN_BAD_INPUT;
	if (!an_irt_codes(t, code))
		return f;
	f.status = an_patterns(&work, code, weight, t->n, k, &p);
	if (f.status == AN_OK)
		f.status = an_rule(&work, options, false, &rule);
	if (f.status != AN_OK)
		return f;
	f.n = p.people;
	f.status = AN_NOT_IDENTIFIED;
	if (!start(&p, options, x))
		return f;
	f.status = AN_OK;
	m = model_new(&work, p, rule, options);
	estimate(&m, x, &f, item);
	return f;
}
