/*
 * grm_expect.c: likelihood and gradient of the graded response model.
 */
#include "analytics/grm_data.h"

#include <math.h>
#include <string.h>

struct an_grm_model an_grm_model_new(struct an_scratch *work,
				     struct an_patterns p, struct an_rule rule,
				     const struct an_grm *g,
				     const struct an_irt_options *options)
{
	struct an_grm_model m = { .p = p,
				  .rule = rule,
				  .options = options,
				  .na = options->model == AN_1PL ? 1 : p.k,
				  .told = { options->progress, "search", 0,
					    0 } };

	m.from = an_sizes(work, p.k + 1);
	m.table = an_sizes(work, p.k + 1);
	for (size_t j = 0; j < p.k; j++) {
		m.from[j + 1] = m.from[j] + g->item[j].ncat - 1;
		m.table[j + 1] = m.table[j] + g->item[j].ncat;
	}
	m.log_p = an_doubles(work, m.table[p.k] * rule.n);
	m.count = an_doubles(work, m.table[p.k] * rule.n);
	m.cum = an_doubles(work, (m.table[p.k] + p.k) * rule.n);
	m.post = an_doubles(work, rule.n);
	return m;
}

void an_grm_tables(struct an_grm_model *m, const double *x)
{
	const size_t q = m->rule.n;
	const double *d = x + m->na;

	for (size_t j = 0; j < m->p.k; j++) {
		const size_t ncat = an_grm_categories(m, j);
		const double a = x[an_grm_slope_at(m, j)];

		for (size_t i = 0; i < q; i++) {
			an_grm_cumulative(m, j, 0)[i] = 1.0;
			an_grm_cumulative(m, j, ncat)[i] = 0.0;
		}
		for (size_t c = 1; c < ncat; c++)
			for (size_t i = 0; i < q; i++)
				an_grm_cumulative(m, j, c)[i] =
					an_logistic(a * m->rule.node[i] +
						    d[m->from[j] + c - 1]);
		for (size_t c = 0; c < ncat; c++) {
			const double *from = an_grm_cumulative(m, j, c);
			const double *to = an_grm_cumulative(m, j, c + 1);
			double *log_p = m->log_p + (m->table[j] + c) * q;

			for (size_t i = 0; i < q; i++)
				log_p[i] = log(fmax(from[i] - to[i], 1e-300));
		}
	}
}

double an_grm_posterior(struct an_grm_model *m, size_t r)
{
	const size_t k = m->p.k, q = m->rule.n;
	const unsigned char *code = m->p.code + r * k;

	memcpy(m->post, m->rule.log_weight, q * sizeof(double));
	for (size_t j = 0; j < k; j++) {
		const double *l;

		if (code[j] == AN_NOT_SHOWN)
			continue;
		l = m->log_p + (m->table[j] + code[j]) * q;
		for (size_t i = 0; i < q; i++)
			m->post[i] += l[i];
	}
	return an_posterior(m->post, q);
}

double an_grm_expect(struct an_grm_model *m, const double *x)
{
	const size_t k = m->p.k, q = m->rule.n;
	double loglik = 0.0;

	an_grm_tables(m, x);
	memset(m->count, 0, m->table[k] * q * sizeof(double));
	for (size_t r = 0; r < m->p.n; r++) {
		const unsigned char *code = m->p.code + r * k;
		size_t lo = 0, hi = q;

		loglik += m->p.w[r] * an_grm_posterior(m, r);
		/* Nobody is far out. */
		while (m->post[lo] == 0.0)
			lo++;
		while (m->post[hi - 1] == 0.0)
			hi--;
		for (size_t j = 0; j < k; j++) {
			double *n;

			if (code[j] == AN_NOT_SHOWN)
				continue;
			n = m->count + (m->table[j] + code[j]) * q;
			for (size_t i = lo; i < hi; i++)
				n[i] += m->p.w[r] * m->post[i];
		}
	}
	return loglik;
}

/* Gradient of the log-likelihood of item j, from the counts. */
static void item_gradient(const struct an_grm_model *m, size_t j, double *ga,
			  double *gd)
{
	const size_t q = m->rule.n, ncat = an_grm_categories(m, j);
	const double *n = m->count + m->table[j] * q;

	*ga = 0.0;
	for (size_t c = 1; c < ncat; c++) {
		gd[c - 1] = 0.0;
		for (size_t i = 0; i < q; i++) {
			const double p = an_grm_cumulative(m, j, c)[i];
			const double up = fmax(
				p - an_grm_cumulative(m, j, c + 1)[i], 1e-300);
			const double down = fmax(
				an_grm_cumulative(m, j, c - 1)[i] - p, 1e-300);
			const double g =
				p * (1.0 - p) *
				(n[c * q + i] / up - n[(c - 1) * q + i] / down);

			gd[c - 1] += g;
			*ga += g * m->rule.node[i];
		}
	}
}

static bool allowed(const struct an_grm_model *m, const double *x)
{
	const double *d = x + m->na;

	for (size_t j = 0; j < m->na; j++)
		if (!(x[j] > 0.0 && x[j] < 1e3))
			return false;
	for (size_t j = 0; j < m->p.k; j++)
		for (size_t c = m->from[j]; c < m->from[j + 1]; c++)
			if (!(fabs(d[c]) < 1e3) ||
			    (c > m->from[j] && !(d[c] < d[c - 1])))
				return false;
	return true;
}

double an_grm_objective(const double *x, double *grad, void *data)
{
	struct an_grm_model *m = data;
	const double *d = x + m->na;
	const double pa = m->options->sd_log_a, pd = m->options->sd_d;
	double value;

	if (!allowed(m, x))
		return NAN;
	an_tally(&m->told);
	value = -an_grm_expect(m, x);
	memset(grad, 0, m->na * sizeof(*grad));
	for (size_t j = 0; j < m->p.k; j++) {
		const size_t at = an_grm_slope_at(m, j);
		const double log_a = log(x[at]);
		double ga;

		item_gradient(m, j, &ga, grad + m->na + m->from[j]);
		grad[at] -= ga;
		if (pa > 0.0) {
			value += 0.5 * log_a * log_a / (pa * pa);
			grad[at] += log_a / (pa * pa * x[at]);
		}
		for (size_t c = m->from[j]; c < m->from[j + 1]; c++) {
			grad[m->na + c] = -grad[m->na + c];
			if (pd > 0.0) {
				value += 0.5 * d[c] * d[c] / (pd * pd);
				grad[m->na + c] += d[c] / (pd * pd);
			}
		}
	}
	return value;
}
