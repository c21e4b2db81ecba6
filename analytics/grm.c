/*
 * grm.c: marginal maximum likelihood of the graded response model.
 */
#include "analytics/grm.h"

#include "analytics/irt_data.h"
#include "analytics/optimise.h"

#include <math.h>
#include <string.h>

/* Thresholds of item j are d[from[j]] .. d[from[j+1]-1]. */
struct model {
	struct an_patterns p;
	struct an_rule rule;
	const struct an_irt_options *options;
	size_t na;     /* slopes: k, or one for all */
	size_t *from;  /* k + 1 */
	size_t *table; /* k: where item j's rows of log_p begin */
	double *log_p; /* per item and category: nodes */
	double *count; /* the same: expected people */
	double *cum;   /* per item: ncat + 1 rows of nodes, P(X >= c) */
	double *post;  /* nodes */
	struct an_tally told;
};

/* Where the slope of item j stands among the parameters. */
static size_t slope_at(const struct model *m, size_t j)
{
	return m->na == 1 ? 0 : j;
}

static size_t categories(const struct model *m, size_t j)
{
	return m->from[j + 1] - m->from[j] + 1;
}

/* Row c of item j in cum; there is one row more than in log_p. */
static double *cumulative(const struct model *m, size_t j, size_t c)
{
	return m->cum + (m->table[j] + j + c) * m->rule.n;
}

static void tables(struct model *m, const double *a, const double *d)
{
	const size_t q = m->rule.n;

	for (size_t j = 0; j < m->p.k; j++) {
		const size_t ncat = categories(m, j);

		for (size_t i = 0; i < q; i++) {
			cumulative(m, j, 0)[i] = 1.0;
			cumulative(m, j, ncat)[i] = 0.0;
		}
		for (size_t c = 1; c < ncat; c++)
			for (size_t i = 0; i < q; i++)
				cumulative(m, j, c)[i] = an_logistic(
					a[slope_at(m, j)] * m->rule.node[i] +
					d[m->from[j] + c - 1]);
		for (size_t c = 0; c < ncat; c++)
			for (size_t i = 0; i < q; i++)
				m->log_p[(m->table[j] + c) * q + i] = log(
					fmax(cumulative(m, j, c)[i] -
						     cumulative(m, j, c + 1)[i],
					     1e-300));
	}
}

/* E step: the log-likelihood, and the expected counts. */
static double expect(struct model *m, const double *a, const double *d)
{
	const size_t k = m->p.k, q = m->rule.n;
	double loglik = 0.0;

	tables(m, a, d);
	memset(m->count, 0, m->table[k] * q * sizeof(double));
	for (size_t r = 0; r < m->p.n; r++) {
		const unsigned char *code = m->p.code + r * k;

		memcpy(m->post, m->rule.log_weight, q * sizeof(double));
		for (size_t j = 0; j < k; j++) {
			const double *l =
				m->log_p + (m->table[j] + code[j]) * q;

			if (code[j] == AN_NOT_SHOWN)
				continue;
			for (size_t i = 0; i < q; i++)
				m->post[i] += l[i];
		}
		loglik += m->p.w[r] * an_posterior(m->post, q);
		for (size_t j = 0; j < k; j++) {
			double *n = m->count + (m->table[j] + code[j]) * q;

			if (code[j] == AN_NOT_SHOWN)
				continue;
			for (size_t i = 0; i < q; i++)
				n[i] += m->p.w[r] * m->post[i];
		}
	}
	return loglik;
}

/* Gradient of the log-likelihood of item j, from the counts. */
static void item_gradient(const struct model *m, size_t j, double *ga,
			  double *gd)
{
	const size_t q = m->rule.n, ncat = categories(m, j);
	const double *n = m->count + m->table[j] * q;

	*ga = 0.0;
	for (size_t c = 1; c < ncat; c++) {
		gd[c - 1] = 0.0;
		for (size_t i = 0; i < q; i++) {
			const double p = cumulative(m, j, c)[i];
			const double up =
				fmax(p - cumulative(m, j, c + 1)[i], 1e-300);
			const double down =
				fmax(cumulative(m, j, c - 1)[i] - p, 1e-300);
			const double g =
				p * (1.0 - p) *
				(n[c * q + i] / up - n[(c - 1) * q + i] / down);

			gd[c - 1] += g;
			*ga += g * m->rule.node[i];
		}
	}
}

static bool allowed(const struct model *m, const double *x)
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

/* Penalised minus log-likelihood over (a, all d) and its gradient. */
static double objective(const double *x, double *grad, void *data)
{
	struct model *m = data;
	const double *d = x + m->na;
	const double pa = m->options->sd_log_a, pd = m->options->sd_d;
	double value;

	if (!allowed(m, x))
		return NAN;
	an_tally(&m->told);
	value = -expect(m, x, d);
	memset(grad, 0, m->na * sizeof(*grad));
	for (size_t j = 0; j < m->p.k; j++) {
		const size_t at = slope_at(m, j);
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

/* The codes of column j that were used, ascending; how many. */
static size_t used(struct an_scratch *work, const struct an_table *t, size_t j,
		   double **out)
{
	double *v = an_doubles(work, t->n);
	size_t n = 0, m = 0;

	for (size_t i = 0; i < t->n; i++)
		if (!isnan(an_at(t, i, j)))
			v[n++] = an_at(t, i, j);
	an_sort(v, n);
	for (size_t i = 0; i < n; i++)
		if (!i || v[i] != v[i - 1])
			v[m++] = v[i];
	*out = v;
	return m;
}

unsigned char an_grm_code(const struct an_grm_item *item, double x)
{
	for (size_t c = 0; c < item->ncat; c++)
		if (item->categories[c] == x)
			return (unsigned char)c;
	return AN_NOT_SHOWN;
}

/* Categories of every item; their codes in out. */
static enum an_status recode(const struct an_table *t, struct an_grm *g,
			     unsigned char *out)
{
	for (size_t j = 0; j < t->k; j++) {
		struct an_grm_item *o = &g->item[j];

		o->a = o->se_a = NAN;
		o->ncat = used(&g->own, t, j, &o->categories);
		if (o->ncat < 2)
			return AN_NOT_IDENTIFIED;
		if (o->ncat > 100)
			return AN_BAD_INPUT;
		o->d = an_doubles(&g->own, o->ncat - 1);
		o->b = an_doubles(&g->own, o->ncat - 1);
		o->se_d = an_doubles(&g->own, o->ncat - 1);
		for (size_t i = 0; i < t->n; i++)
			out[i * t->k + j] = an_grm_code(o, an_at(t, i, j));
	}
	return AN_OK;
}

static struct model model_new(struct an_scratch *work, struct an_patterns p,
			      struct an_rule rule, const struct an_grm *g,
			      const struct an_irt_options *options)
{
	struct model m = { .p = p,
			   .rule = rule,
			   .options = options,
			   .na = options->model == AN_1PL ? 1 : p.k,
			   .told = { options->progress, "search", 0, 0 } };

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

/* a = 1.5 and thresholds from the shares, stretched. */
static void start(const struct model *m, double *x)
{
	const size_t k = m->p.k;

	for (size_t j = 0; j < k; j++) {
		x[slope_at(m, j)] = 1.5;
		for (size_t c = 1; c < categories(m, j); c++) {
			double above = 0.5, all = 1.0;

			for (size_t r = 0; r < m->p.n; r++) {
				const unsigned char code = m->p.code[r * k + j];

				if (code == AN_NOT_SHOWN)
					continue;
				all += m->p.w[r];
				above += code >= c ? m->p.w[r] : 0.0;
			}
			x[m->na + m->from[j] + c - 1] =
				1.3 * log(above / (all - above));
		}
	}
}

static void store(const struct model *m, const double *x, const double *v,
		  struct an_grm *g)
{
	const size_t k = m->p.k, p = m->na + m->from[k];

	for (size_t j = 0; j < k; j++) {
		const size_t ia = slope_at(m, j);
		struct an_grm_item *o = &g->item[j];

		o->a = x[ia];
		o->se_a = v ? sqrt(v[ia * (p + 1)]) : NAN;
		if (o->a > 4.0 || o->se_a > 1.0)
			g->fit.status = AN_NOT_IDENTIFIED;
		for (size_t c = 0; c + 1 < o->ncat; c++) {
			const size_t at = m->na + m->from[j] + c;

			o->d[c] = x[at];
			o->b[c] = -x[at] / x[ia];
			o->se_d[c] = v ? sqrt(v[at * (p + 1)]) : NAN;
		}
	}
}

static void estimate(struct model *m, struct an_grm *g)
{
	AN_SCRATCH(work);
	const size_t p = m->na + m->from[m->p.k];
	const struct an_objective o = { objective, m, p };
	double *x = an_doubles(&work, p), *v = an_doubles(&work, p * p);
	enum an_status good;

	start(m, x);
	g->fit.npar = p;
	g->fit.n = m->p.people;
	g->fit.status = an_minimise(&o, x, 1e-9 * fmax(m->p.people, 1e3), NULL,
				    &g->fit.gradient);
	g->fit.loglik = expect(m, x, x + m->na);
	an_irt_finish(&g->fit);
	m->told = (struct an_tally){ m->options->progress, "errors", 0, 2 * p };
	good = an_hessian(&o, x, v);
	if (good == AN_OK)
		good = an_invert_spd(v, p);
	if (good != AN_OK && g->fit.status == AN_OK)
		g->fit.status = AN_NOT_IDENTIFIED;
	store(m, x, good == AN_OK ? v : NULL, g);
}

struct an_grm an_grm_fit(const struct an_table *t,
			 const struct an_irt_options *options)
{
	struct an_grm g = { .k = t->k,
			    .fit = { NAN, NAN, NAN, NAN, NAN, NAN, 0, 0,
				     AN_TOO_FEW } };
	AN_SCRATCH(work);
	unsigned char *code = an_alloc(&work, t->n * t->k, 1);
	struct an_patterns p;
	struct an_rule rule;
	struct model m;

	g.item = an_alloc(&g.own, t->k, sizeof(*g.item));
	if (t->k < 2)
		return g;
	g.fit.status = AN_NOT_FINITE;
	if (!an_no_infinity(t->x, t->n * t->k))
		return g;
	g.fit.status = recode(t, &g, code);
	if (g.fit.status == AN_OK)
		g.fit.status = an_patterns(&work, code, NULL, t->n, t->k, &p);
	if (g.fit.status == AN_OK)
		g.fit.status = an_rule(&work, options, false, &rule);
	if (g.fit.status != AN_OK)
		return g;
	m = model_new(&work, p, rule, &g, options);
	estimate(&m, &g);
	return g;
}

void an_grm_free(struct an_grm *g)
{
	an_scratch_free(&g->own);
	g->item = NULL;
}
