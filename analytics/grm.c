/*
 * grm.c: marginal maximum likelihood of the graded response model.
 */
#include "analytics/grm.h"

#include "analytics/grm_data.h"
#include "analytics/optimise.h"

#include <math.h>
#include <string.h>

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
			     bool one_slope, unsigned char *out)
{
	size_t parameters = one_slope ? 1 : t->k;

	for (size_t j = 0; j < t->k; j++) {
		struct an_grm_item *o = &g->item[j];

		o->a = o->se_a = NAN;
		o->ncat = used(&g->own, t, j, &o->categories);
		if (o->ncat < 2)
			return AN_NOT_IDENTIFIED;
		if (o->ncat > AN_GRM_CATEGORIES)
			return AN_BAD_INPUT;
		parameters += o->ncat - 1;
		if (parameters > AN_GRM_PARAMETERS)
			return AN_BAD_INPUT;
		o->d = an_doubles(&g->own, o->ncat - 1);
		o->b = an_doubles(&g->own, o->ncat - 1);
		o->se_d = an_doubles(&g->own, o->ncat - 1);
		for (size_t i = 0; i < t->n; i++)
			out[i * t->k + j] = an_grm_code(o, an_at(t, i, j));
	}
	return AN_OK;
}

/* a = 1.5 and thresholds from the shares, stretched. */
static void start(const struct an_grm_model *m, double *x)
{
	const size_t k = m->p.k;

	for (size_t j = 0; j < k; j++) {
		x[an_grm_slope_at(m, j)] = 1.5;
		for (size_t c = 1; c < an_grm_categories(m, j); c++) {
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

static void store(const struct an_grm_model *m, const double *x,
		  const double *v, struct an_grm *g)
{
	const size_t k = m->p.k, p = m->na + m->from[k];

	for (size_t j = 0; j < k; j++) {
		const size_t ia = an_grm_slope_at(m, j);
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

/*
 * With many people the search begins where a few thousand of them lead, and
 * with their Hessian: it then takes a few steps with all instead of a hundred.
 */
#define MANY 20000
#define FEW  5000
#define SEEN 20 /* people among the few in every category, or they mislead */

/* Every so-many-th pattern: they are sorted, so all kinds are among them. */
static struct an_patterns some_of(struct an_scratch *work,
				  const struct an_patterns *p)
{
	const size_t step = p->n / FEW;
	struct an_patterns some = { .k = p->k, .missing = p->missing };

	some.code = an_alloc(work, (p->n / step + 1) * p->k, 1);
	some.w = an_doubles(work, p->n / step + 1);
	for (size_t r = 0; r < p->n; r += step) {
		memcpy(some.code + some.n * p->k, p->code + r * p->k, p->k);
		some.w[some.n++] = p->w[r];
		some.people += p->w[r];
	}
	return some;
}

static bool all_seen(struct an_scratch *work, const struct an_grm_model *m)
{
	double *n = an_doubles(work, m->table[m->p.k]);
	bool seen = true;

	for (size_t r = 0; r < m->p.n; r++)
		for (size_t j = 0; j < m->p.k; j++) {
			const unsigned char c = m->p.code[r * m->p.k + j];

			if (c != AN_NOT_SHOWN)
				n[m->table[j] + c] += m->p.w[r];
		}
	for (size_t i = 0; i < m->table[m->p.k]; i++)
		seen = seen && n[i] >= SEEN;
	return seen;
}

static enum an_status hessian(const double *x, double *h, void *data)
{
	return an_grm_hessian(data, x, h);
}

/* Estimates of a few of the people in x, their inverse Hessian in v as that of
 * all would be; false if they do not tell. */
static bool head_start(struct an_grm_model *m, const struct an_grm *g,
		       double *x, double *v)
{
	AN_SCRATCH(work);
	const size_t p = m->na + m->from[m->p.k];
	struct an_irt_options quiet = *m->options;
	struct an_grm_model few;
	struct an_objective o = { .f = an_grm_objective, .data = &few, .p = p };
	double by;

	if (m->p.n < MANY)
		return false;
	quiet.progress = NULL; /* these are not yet the errors */
	few = an_grm_model_new(&work, some_of(&work, &m->p), m->rule, g,
			       &quiet);
	few.told.progress = m->told.progress;
	by = few.p.people / m->p.people;
	if (!all_seen(&work, &few))
		return false;
	start(&few, x);
	if (an_bfgs(&o, x, 1e-6 * few.p.people, 300, NULL) != AN_OK ||
	    an_grm_hessian(&few, x, v) != AN_OK || an_invert_spd(v, p) != AN_OK)
		return false;
	for (size_t i = 0; i < p * p; i++)
		v[i] *= by;
	m->told.done = few.told.done;
	return true;
}

static void estimate(struct an_grm_model *m, struct an_grm *g)
{
	AN_SCRATCH(work);
	const size_t p = m->na + m->from[m->p.k];
	struct an_objective o = { an_grm_objective, m, p, hessian, NULL };
	double *x = an_doubles(&work, p), *v = an_doubles(&work, p * p);
	enum an_status good;

	if (head_start(m, g, x, v))
		o.inverse = v;
	else
		start(m, x);
	g->fit.npar = p;
	g->fit.n = m->p.people;
	g->fit.status = an_minimise(&o, x, 1e-9 * fmax(m->p.people, 1e3), NULL,
				    &g->fit.gradient);
	g->fit.loglik = an_grm_expect(m, x);
	an_irt_finish(&g->fit);
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
	struct an_grm_model m;

	g.item = an_alloc(&g.own, t->k, sizeof(*g.item));
	if (t->k < 2)
		return g;
	g.fit.status = AN_NOT_FINITE;
	if (!an_no_infinity(t->x, t->n * t->k))
		return g;
	g.fit.status = recode(t, &g, options->model == AN_1PL, code);
	if (g.fit.status == AN_OK)
		g.fit.status = an_patterns(&work, code, NULL, t->n, t->k, &p);
	if (g.fit.status == AN_OK)
		g.fit.status = an_rule(&work, options, false, &rule);
	if (g.fit.status != AN_OK)
		return g;
	m = an_grm_model_new(&work, p, rule, &g, options);
	estimate(&m, &g);
	return g;
}

void an_grm_free(struct an_grm *g)
{
	an_scratch_free(&g->own);
	g->item = NULL;
}
