/*
 * view_scales.c: five-point questions: satisfaction, self-rating, attitude.
 */
#include "analytics/correlation.h"
#include "analytics/describe.h"
#include "analytics/proportion.h"
#include "insight/session_view.h"

#include <math.h>

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

	v.mean = gate_figure(g, GATE_OPINION, an_mean_ci(x, n, 0.95), n);
	v.top = gate_share(g, GATE_OPINION, top_two(x, n, c->item->noptions),
			   n);
	v.spread = view_spread(g, GATE_OPINION, set, moment, c, false);
	v.importance = figure_none("fisher_z", AN_EMPTY);
	return v;
}

void view_scales(struct ctx *cx, const struct gate *g,
		 const struct answers_set *set, enum moment moment,
		 enum measures m, struct scale_view **out, size_t *n)
{
	const struct column *c = answers_columns(cx, set, moment, m, n);

	*out = ARENA_ARRAY(&cx->arena, struct scale_view, *n);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = view_scale(cx, g, set, moment, &c[i]);
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
	diff = an_mean_ci(d, pairs, 0.95);
	diff.method = "paired_t";
	v.before = gate_figure(g, GATE_OPINION, an_mean_ci(a, pairs, 0.95), n);
	v.after = gate_figure(g, GATE_OPINION, an_mean_ci(b, pairs, 0.95), n);
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
	size_t npre, npost;
	const struct column *pre =
		answers_columns(cx, set, MOMENT_PRE, m, &npre);
	const struct column *post =
		answers_columns(cx, set, MOMENT_POST, m, &npost);

	*out = ARENA_ARRAY(&cx->arena, struct scale_pair_view, npost);
	*n = 0;
	for (size_t i = 0; i < npost; i++) {
		const struct column *same =
			column_find(pre, npre, post[i].key, post[i].part);

		if (same)
			(*out)[(*n)++] = pair(cx, g, set, same, &post[i]);
	}
}

/* CS portfolio: above or below the average of the items, both ways. */
static void quadrants(struct scale_view *list, size_t n)
{
	double importance = 0.0, satisfaction = 0.0;
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		if (isnan(list[i].importance.value) ||
		    isnan(list[i].mean.value))
			continue;
		importance += list[i].importance.value;
		satisfaction += list[i].mean.value;
		used++;
	}
	for (size_t i = 0; i < n && used > 1; i++) {
		const double dx =
			list[i].importance.value - importance / (double)used;
		const double dy =
			list[i].mean.value - satisfaction / (double)used;

		if (isnan(dx) || isnan(dy))
			continue;
		if (dx >= 0.0)
			list[i].quadrant =
				dy < 0.0 ? "improve_first" : "keep_first";
		else
			list[i].quadrant = dy < 0.0 ? "improve" : "keep";
	}
}

static void add_importance(struct ctx *cx, const struct gate *g,
			   const struct answers_set *set,
			   const struct column *whole, struct session_view *v)
{
	size_t n, ncolumns;
	const struct column *c = answers_columns(
		cx, set, MOMENT_POST, MEASURES_SATISFACTION, &ncolumns);
	const double *overall = points_of(cx, set, MOMENT_POST, whole, &n);

	for (size_t i = 0; i < v->nsatisfaction; i++) {
		const double *x = points_of(cx, set, MOMENT_POST, &c[i], &n);

		v->satisfaction[i].importance = gate_figure(
			g, GATE_PORTFOLIO, an_pearson_ci(x, overall, n), n);
	}
	quadrants(v->satisfaction, v->nsatisfaction);
}

void view_satisfaction(struct ctx *cx, const struct gate *g,
		       const struct answers_set *set, struct session_view *v)
{
	static const enum measures others[] = { MEASURES_INTENTION,
						MEASURES_DIFFICULTY,
						MEASURES_PACE, MEASURES_ROLE };
	size_t n;
	const struct column *whole =
		answers_columns(cx, set, MOMENT_POST, MEASURES_OVERALL, &n);

	view_scales(cx, g, set, MOMENT_POST, MEASURES_SATISFACTION,
		    &v->satisfaction, &v->nsatisfaction);
	if (n) {
		v->overall = view_scale(cx, g, set, MOMENT_POST, &whole[0]);
		add_importance(cx, g, set, &whole[0], v);
	}
	v->other = ARENA_ARRAY(&cx->arena, struct scale_view, 64);
	for (size_t k = 0; k < sizeof(others) / sizeof(others[0]); k++) {
		struct scale_view *list;

		view_scales(cx, g, set, MOMENT_POST, others[k], &list, &n);
		for (size_t i = 0; i < n && v->nother < 64; i++)
			v->other[v->nother++] = list[i];
	}
}
