/*
 * analysis_tiers_adjusted.c: tiers compared among people of the same score
 * before.
 */
#include "analysis/analysis_groups_parts.h"

#include "analytics/dist.h"
#include "analytics/ols.h"

#include <math.h>

void groups_put_number(json_t *o, const char *key, double value, double steps)
{
	analysis_number(o, key, round(value * steps) / steps);
}

void groups_put_p(json_t *o, double p, size_t n)
{
	groups_put_number(o, "p", gate_p(p, n), 10000.0);
}

void groups_put_f(json_t *o, const char *key, const struct an_f_test *f,
		  size_t n)
{
	json_t *test = analysis_object(o, key);

	groups_put_number(test, "f", f->f, 100.0);
	groups_put_number(test, "df1", f->df1, 10.0);
	groups_put_number(test, "df2", f->df2, 10.0);
	groups_put_p(test, f->p, n);
}

/* after = before + tiers but the largest + courses but the first */
struct ancova {
	size_t n, k, ntiers, largest;
	double *x, *y;
};

static size_t largest(const struct cases *c)
{
	size_t best = 0;

	for (size_t t = 1; t < c->ngroups; t++)
		best = cases_size(c, t) > cases_size(c, best) ? t : best;
	return best;
}

/* Place of a group among the dummies; the largest has none. */
static size_t dummy_of(const struct ancova *m, size_t group)
{
	return group < m->largest ? group : group - 1;
}

static struct ancova design(const struct groups_work *k, const struct cases *c)
{
	struct arena *a = &k->w->cx->arena;
	size_t *course = ARENA_ARRAY(a, size_t, c->n + 1);
	const size_t courses = groups_courses(k, c, course);
	struct ancova m = { .ntiers = c->ngroups, .largest = largest(c) };

	m.k = m.ntiers + courses - 1;
	m.x = ARENA_ARRAY(a, double, (c->n + 1) * (m.k + 1));
	m.y = ARENA_ARRAY(a, double, c->n + 1);
	for (size_t i = 0; i < c->n; i++) {
		double *row = m.x + m.n * m.k;

		if (c->group[i] == NO_GROUP)
			continue;
		row[0] = c->value[BEFORE][i];
		if (c->group[i] != m.largest)
			row[1 + dummy_of(&m, c->group[i])] = 1.0;
		if (course[i])
			row[m.ntiers + course[i] - 1] = 1.0;
		m.y[m.n++] = c->value[AFTER][i];
	}
	return m;
}

/* Difference to the largest tier at the same score before. */
static struct figure adjusted(const struct gate *g,
			      const struct an_coefficient *b, double df,
			      size_t n)
{
	const double half = an_t_quantile(0.975, df) * b->se_hc3;
	const struct an_estimate e = { .value = b->b,
				       .lo = b->b - half,
				       .hi = b->b + half,
				       .n = n,
				       .status = isfinite(half)
							 ? AN_OK
							 : AN_NOT_IDENTIFIED,
				       .method = "ancova" };

	return figure_rounded(gate_figure(g, GATE_SCORE, e, n));
}

void groups_put_adjusted(const struct groups_work *k, const struct cases *c,
			 json_t *out)
{
	struct arena *a = &k->w->cx->arena;
	const struct ancova m = design(k, c);
	const struct an_table x = { m.x, m.n, m.k };
	struct an_coefficient *b =
		ARENA_ARRAY(a, struct an_coefficient, m.k + 2);
	bool *tested = ARENA_ARRAY(a, bool, m.k + 1);
	const struct an_ols fit = an_ols(&x, m.y, NULL, true, b);
	json_t *o = analysis_object(out, "adjusted"), *list;
	struct an_f_test f;

	json_object_set_new(o, "status",
			    json_string(an_status_name(fit.status)));
	if (fit.status != AN_OK)
		return;
	for (size_t t = 1; t < m.ntiers; t++)
		tested[t] = true;
	f = an_ols_test(&x, m.y, NULL, true, tested);
	groups_put_f(o, "test", &f, m.n);
	json_object_set_new(o, "reference",
			    json_integer((json_int_t)m.largest));
	list = analysis_list(o, "groups");
	for (size_t t = 0; t < m.ntiers; t++) {
		struct figure d = figure_none("ancova", AN_EMPTY);

		if (t != m.largest)
			d = adjusted(k->w->g, &b[2 + dummy_of(&m, t)], fit.df,
				     cases_size(c, t));
		analysis_figure(analysis_row(list), "difference", &d);
	}
}
