/*
 * view_scales.c: five-point questions: satisfaction, self-rating, attitude.
 */
#include "analytics/correlation.h"
#include "analytics/drivers.h"
#include "analytics/number.h"
#include "analytics/proportion.h"
#include "insight/memo.h"
#include "insight/session_view.h"

#include <math.h>

#define PORTFOLIO_ITEMS 5 /* fewer say too little about each other */

/* Points of everybody of that moment; NAN where there is no answer. */
static double *points_of(struct ctx *cx, const struct answers_set *set,
			 enum moment moment, const struct column *c, size_t *n)
{
	double *x = ARENA_ARRAY(&cx->arena, double, set->nsheets + 1);

	*n = 0;
	for (size_t i = 0; i < set->nsheets; i++)
		if (set->sheets[i].moment == moment)
			x[(*n)++] = column_points(c, &set->sheets[i]);
	return x;
}

/* The two best of n options. */
static struct an_estimate top_two(const double *x, size_t n, size_t noptions)
{
	size_t top = 0, answered = 0;

	for (size_t i = 0; i < n; i++) {
		if (isnan(x[i]))
			continue;
		answered++;
		top += x[i] >= (double)noptions - 1.0 ? 1 : 0;
	}
	return an_wilson(top, answered, 0.95);
}

struct scale_view view_scale(struct ctx *cx, const struct gate *g,
			     const struct answers_set *set, enum moment moment,
			     const struct column *c)
{
	struct scale_view v = { .key = c->key,
				.skill = c->skill,
				.text = c->text,
				.item = c->item };
	size_t n;
	const double *x = points_of(cx, set, moment, c, &n);

	v.mean = gate_figure(g, GATE_OPINION, memo_mean_ci(x, n), n);
	v.top = gate_share(g, GATE_OPINION, top_two(x, n, c->item->noptions),
			   n);
	v.spread = view_spread(g, GATE_OPINION, set, moment, c, false);
	v.importance = figure_none("fisher_z", AN_EMPTY);
	v.index = NAN;
	return v;
}

struct scale_list view_scales(struct ctx *cx, const struct gate *g,
			      const struct answers_set *set, enum moment moment,
			      enum measures m)
{
	struct scale_list out = { 0 };
	const struct column *c = answers_columns(cx, set, moment, m, &out.n);

	out.list = ARENA_ARRAY(&cx->arena, struct scale_view, out.n);
	for (size_t i = 0; i < out.n; i++)
		out.list[i] = view_scale(cx, g, set, moment, &c[i]);
	return out;
}

static struct scale_pair_view pair(struct ctx *cx, const struct gate *g,
				   const struct answers_set *set,
				   const struct column *before,
				   const struct column *after)
{
	const size_t n = set->npairs;
	double *a = ARENA_ARRAY(&cx->arena, double, n + 1);
	double *b = ARENA_ARRAY(&cx->arena, double, n + 1);
	double *d = ARENA_ARRAY(&cx->arena, double, n + 1);
	struct scale_pair_view v = { .key = after->key,
				     .skill = after->skill,
				     .text = after->text };
	struct an_estimate diff;
	size_t pairs = 0;

	for (size_t i = 0; i < n; i++) {
		a[pairs] = column_points(before, set->pairs[i].pre);
		b[pairs] = column_points(after, set->pairs[i].post);
		d[pairs] = b[pairs] - a[pairs];
		pairs += isnan(d[pairs]) ? 0 : 1;
	}
	diff = memo_mean_ci(d, pairs);
	diff.method = "paired_t";
	v.before = gate_figure(g, GATE_OPINION, memo_mean_ci(a, pairs), n);
	v.after = gate_figure(g, GATE_OPINION, memo_mean_ci(b, pairs), n);
	v.change = gate_figure(g, GATE_OPINION, diff, n);
	/* One side that all agree on must not come back as a difference. */
	if (v.before.status == AN_SUPPRESSED ||
	    v.after.status == AN_SUPPRESSED || v.change.status == AN_SUPPRESSED)
		v.before = v.after = v.change = figure_hidden("paired_t");
	return v;
}

void view_scale_pairs(struct ctx *cx, const struct gate *g,
		      const struct answers_set *set, enum measures m,
		      struct scale_pair_view **out, size_t *n)
{
	const struct column_pairs both = answers_column_pairs(cx, set, m);

	*n = both.n;
	*out = ARENA_ARRAY(&cx->arena, struct scale_pair_view, both.n);
	for (size_t i = 0; i < both.n; i++)
		(*out)[i] = pair(cx, g, set, &both.pre[i], &both.post[i]);
}

/* The portfolio of the parts; cells of people by items, NAN missing. */
static void portfolio(struct ctx *cx, const struct gate *g, double *table,
		      const double *overall, size_t n, struct session_view *v)
{
	const size_t k = v->nsatisfaction;
	const struct an_table t = { table, n, k };
	struct an_cs_item *out = ARENA_ARRAY(&cx->arena, struct an_cs_item, k);
	bool enough = k >= PORTFOLIO_ITEMS;

	if (an_cs_portfolio(&t, overall, NAN, out) != AN_OK)
		return;
	for (size_t j = 0; j < k; j++)
		enough = enough && gate_may(g, GATE_PORTFOLIO, out[j].n) &&
			 gate_has(&v->satisfaction[j].mean);
	for (size_t j = 0; j < k && enough; j++) {
		if (!(out[j].importance > 0.0))
			continue;
		v->satisfaction[j].quadrant = out[j].quadrant;
		v->satisfaction[j].index = out[j].index;
	}
}

static void add_importance(struct ctx *cx, const struct gate *g,
			   const struct answers_set *set,
			   const struct column *whole,
			   const struct column *const *parts,
			   struct session_view *v)
{
	const size_t k = v->nsatisfaction;
	double *table =
		ARENA_ARRAY(&cx->arena, double, (set->nsheets + 1) * (k + 1));
	const double *overall;
	size_t n;

	overall = points_of(cx, set, MOMENT_POST, whole, &n);
	for (size_t j = 0; j < k; j++) {
		const double *x = points_of(cx, set, MOMENT_POST, parts[j], &n);

		v->satisfaction[j].importance = gate_figure(
			g, GATE_PORTFOLIO, an_pearson_ci(x, overall, n), n);
		for (size_t i = 0; i < n; i++)
			table[i * k + j] = x[i];
	}
	if (k)
		portfolio(cx, g, table, overall, n, v);
}

/* Columns of the parts: satisfaction proper, then whether it will be used. */
static const struct column **part_columns(struct ctx *cx,
					  const struct answers_set *set,
					  size_t *k)
{
	size_t ns, ni;
	const struct column *s = answers_columns(cx, set, MOMENT_POST,
						 MEASURES_SATISFACTION, &ns);
	const struct column *i =
		answers_columns(cx, set, MOMENT_POST, MEASURES_INTENTION, &ni);
	const struct column **parts =
		ARENA_ARRAY(&cx->arena, const struct column *, ns + ni + 1);

	*k = 0;
	for (size_t j = 0; j < ns; j++)
		parts[(*k)++] = &s[j];
	for (size_t j = 0; j < ni; j++)
		parts[(*k)++] = &i[j];
	return parts;
}

void view_satisfaction(struct ctx *cx, const struct gate *g,
		       const struct answers_set *set, struct session_view *v)
{
	static const enum measures others[] = { MEASURES_DIFFICULTY,
						MEASURES_PACE, MEASURES_ROLE };
	const struct column **parts = part_columns(cx, set, &v->nsatisfaction);
	size_t n;
	const struct column *whole =
		answers_columns(cx, set, MOMENT_POST, MEASURES_OVERALL, &n);

	v->satisfaction = ARENA_ARRAY(&cx->arena, struct scale_view,
				      v->nsatisfaction + 1);
	for (size_t i = 0; i < v->nsatisfaction; i++)
		v->satisfaction[i] =
			view_scale(cx, g, set, MOMENT_POST, parts[i]);
	if (n) {
		v->overall = view_scale(cx, g, set, MOMENT_POST, &whole[0]);
		add_importance(cx, g, set, &whole[0], parts, v);
	}
	v->other = ARENA_ARRAY(&cx->arena, struct scale_view, 64);
	for (size_t k = 0; k < sizeof(others) / sizeof(others[0]); k++) {
		const struct scale_list one =
			view_scales(cx, g, set, MOMENT_POST, others[k]);

		for (size_t i = 0; i < one.n && v->nother < 64; i++)
			v->other[v->nother++] = one.list[i];
	}
}
