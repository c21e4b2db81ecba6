/*
 * analysis_tiers.c: tiers compared by tests: the score of matched people and
 * the ratings after.
 */
#include "analysis/analysis_groups_parts.h"

#include "analytics/adjust.h"
#include "analytics/describe.h"
#include "analytics/groups.h"
#include "insight/smallest.h"

#include <math.h>

#define ALPHA 0.05

/* Values of the people in groups, side by side. */
struct compared {
	double *y;
	size_t *group;
	size_t n, k;
	struct an_group *groups;
	struct an_group_pair *pairs;
	struct an_groups test;
	bool is_share; /* the values lie between 0 and 1 */
};

static struct compared compare(struct ctx *cx, const struct cases *c,
			       const double *y)
{
	struct arena *a = &cx->arena;
	const size_t k = c->ngroups;
	struct compared o = { .y = ARENA_ARRAY(a, double, c->n + 1),
			      .group = ARENA_ARRAY(a, size_t, c->n + 1),
			      .k = k,
			      .groups = ARENA_ARRAY(a, struct an_group, k + 1),
			      .pairs = ARENA_ARRAY(a, struct an_group_pair,
						   k * k + 1) };

	for (size_t i = 0; i < c->n; i++)
		if (c->group[i] != NO_GROUP && !isnan(y[i])) {
			o.y[o.n] = y[i];
			o.group[o.n++] = c->group[i];
		}
	o.test = an_compare_groups(o.y, o.group, o.n, k, o.groups, o.pairs);
	return o;
}

static void put_group_figures(struct ctx *cx, const struct gate *g,
			      enum gate_what what, const struct cases *c,
			      const struct compared *o, json_t *list)
{
	double *own = ARENA_ARRAY(&cx->arena, double, o->n + 1);

	for (size_t t = 0; t < o->k; t++) {
		struct figure f;
		size_t n = 0;

		for (size_t i = 0; i < o->n; i++)
			if (o->group[i] == t)
				own[n++] = o->y[i];
		f = figure_rounded(gate_figure(
			g, what, an_mean_ci(own, n, 0.95), cases_size(c, t)));
		if (o->is_share && gate_has(&f)) {
			f.lo = fmax(f.lo, 0.0);
			f.hi = fmin(f.hi, 1.0);
		}
		analysis_figure(analysis_row(list), "mean", &f);
	}
}

static void put_groups(const struct cases *c, json_t *o)
{
	json_t *list = analysis_list(o, "groups");

	for (size_t t = 0; t < c->ngroups; t++) {
		json_t *row = analysis_row(list);

		analysis_text(row, "name", c->name[t]);
		analysis_count(row, "n", cases_size(c, t));
	}
}

/*
 * Named only where a test says so and the interval lies beyond what matters;
 * "small": surely there, but perhaps too small to matter; "same": surely too
 * small. The square of the trend's r is never above epsilon2, so what is the
 * same has no trend that matters either. Groups stand from the highest tier
 * down: a trend upwards over them means that the lower tiers are higher.
 */
static const char *verdict_of(const struct an_groups *t, double p)
{
	const bool trend = t->jt_p < ALPHA;

	if (isnan(p) || isnan(t->epsilon2_lo90))
		return "unclear";
	if (trend && t->trend_hi95 < -SMALLEST_R)
		return "upper_higher";
	if (trend && t->trend_lo95 > SMALLEST_R)
		return "lower_higher";
	if (p < ALPHA && t->epsilon2_lo90 > SMALLEST_EPSILON2)
		return "differ";
	if (t->epsilon2_hi90 < SMALLEST_EPSILON2)
		return "same";
	return trend || p < ALPHA ? "small" : "no_difference_found";
}

static void put_test(json_t *o, const struct an_groups *t, double p)
{
	json_t *trend = analysis_object(o, "trend");

	groups_put_number(trend, "z", t->jt_z, 100.0);
	groups_put_p(trend, t->jt_p, t->n);
	groups_put_number(trend, "r", t->trend_r, 100.0);
	groups_put_number(trend, "lo", t->trend_lo95, 100.0);
	groups_put_number(trend, "hi", t->trend_hi95, 100.0);
	groups_put_number(o, "epsilon2", t->epsilon2, 1000.0);
	groups_put_number(o, "epsilon2_lo", t->epsilon2_lo90, 1000.0);
	groups_put_number(o, "epsilon2_hi", t->epsilon2_hi90, 1000.0);
	analysis_word(o, "verdict", verdict_of(t, p));
}

/* Two tiers: named only beyond what matters, "same" only inside it. */
static const char *pair_verdict(const struct an_group_pair *p)
{
	if (p->p_t_holm < ALPHA && p->lo95 > SMALLEST_SHARE)
		return "a_higher";
	if (p->p_t_holm < ALPHA && p->hi95 < -SMALLEST_SHARE)
		return "b_higher";
	if (p->lo95 > -SMALLEST_SHARE && p->hi95 < SMALLEST_SHARE)
		return "same";
	return "unclear";
}

static const char *rank_verdict(const struct an_group_pair *p)
{
	if (p->p_holm < ALPHA && p->cliff_lo > SMALLEST_CLIFF)
		return "a_higher";
	if (p->p_holm < ALPHA && p->cliff_hi < -SMALLEST_CLIFF)
		return "b_higher";
	if (p->cliff_lo > -SMALLEST_CLIFF && p->cliff_hi < SMALLEST_CLIFF)
		return "same";
	return "unclear";
}

static json_t *put_pair(json_t *list, const struct an_group_pair *p)
{
	json_t *row = analysis_row(list);

	analysis_count(row, "a", p->a);
	analysis_count(row, "b", p->b);
	return row;
}

/* The difference of two means that are both shown. */
static void put_score_pairs(const struct gate *g, const struct compared *o,
			    json_t *out)
{
	json_t *list = analysis_list(out, "pairs");

	for (size_t i = 0; i < o->k * (o->k - 1) / 2; i++) {
		const struct an_group_pair *p = &o->pairs[i];
		const size_t n = o->groups[p->a].n + o->groups[p->b].n;
		const struct an_estimate e = { .value = p->diff,
					       .lo = p->lo95,
					       .hi = p->hi95,
					       .n = n,
					       .status = AN_OK,
					       .method = "welch" };
		const struct figure f =
			figure_rounded(gate_figure(g, GATE_SCORE, e, n));
		json_t *row = put_pair(list, p);

		analysis_figure(row, "difference", &f);
		groups_put_p(row, p->p_t_holm, n);
		analysis_word(row, "verdict", pair_verdict(p));
	}
}

static void put_rank_pairs(const struct compared *o, json_t *out)
{
	json_t *list = analysis_list(out, "pairs");

	for (size_t i = 0; i < o->k * (o->k - 1) / 2; i++) {
		const struct an_group_pair *p = &o->pairs[i];
		json_t *row = put_pair(list, p);

		groups_put_number(row, "delta", p->cliff_delta, 100.0);
		groups_put_number(row, "lo", p->cliff_lo, 100.0);
		groups_put_number(row, "hi", p->cliff_hi, 100.0);
		groups_put_p(row, p->p_holm,
			     o->groups[p->a].n + o->groups[p->b].n);
		analysis_word(row, "verdict", rank_verdict(p));
	}
}

/* ---- score ---------------------------------------------------------------
 */

static size_t grouped(const struct cases *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->group[i] != NO_GROUP ? 1 : 0;
	return n;
}

/*
 * Courses where one tier was alone say nothing about tiers. Their values are
 * in nothing that is shown by tier.
 */
static bool drop_lone_courses(const struct groups_work *k, struct cases *c)
{
	const double *y = groups_centred(k, c, AFTER);
	bool dropped = false;

	for (size_t i = 0; i < c->n; i++)
		if (isnan(y[i]) && c->group[i] != NO_GROUP) {
			c->group[i] = NO_GROUP;
			for (size_t v = 0; v < c->nvalues; v++)
				c->value[v][i] = NAN;
			dropped = true;
		}
	return dropped;
}

static void put_outcome(const struct groups_work *k, const struct cases *c,
			size_t v, json_t *list)
{
	const struct gate *g = k->w->g;
	struct compared o = compare(k->w->cx, c, groups_centred(k, c, v));
	json_t *row = analysis_row(list);

	o.is_share = v == AFTER && k->w->scope != ANALYSIS_YEAR;
	analysis_word(row, "key", v == AFTER ? "after" : "change");
	put_group_figures(k->w->cx, g, GATE_SCORE, c, &o,
			  analysis_list(row, "groups"));
	groups_put_f(row, "welch", &o.test.welch, o.n);
	put_test(row, &o.test, o.test.welch.p);
	put_score_pairs(g, &o, row);
}

/*
 * Nothing to compare: too few people, or all tiers in one group; hidden: one
 * group stays hidden with those who are in none.
 */
static bool can_compare(const struct gate *g, const struct cases *c,
			bool hidden, json_t *out)
{
	const size_t n = grouped(c);

	if (gate_may(g, GATE_COMPARE, n) && c->ngroups > 1)
		return true;
	if (hidden) {
		analysis_nothing(out, AN_SUPPRESSED, n, 0);
		return false;
	}
	analysis_nothing(
		out, AN_TOO_FEW, n,
		gate_may(g, GATE_COMPARE, n) ? 0 : gate_least(g, GATE_COMPARE));
	return false;
}

static enum err score(struct groups_work *k, json_t *out)
{
	struct ctx *cx = k->w->cx;
	struct cases *c = &k->score;
	bool merged = false, hidden = false;
	json_t *list;

	TRY(groups_score_cases(k, &k->tiers, c));
	/* Tiers put together may be alone in a course, and the reverse. */
	do {
		drop_lone_courses(k, c);
		merged |= cases_merge(cx, k->w->g, GATE_SCORE, c);
		hidden |= cases_leave_out(k->w->g, GATE_SCORE, c);
	} while (drop_lone_courses(k, c));
	if (!can_compare(k->w->g, c, hidden, out))
		return OK;
	analysis_ok(out, grouped(c));
	analysis_count(out, "base", c->n);
	analysis_flag(out, "merged", merged);
	analysis_flag(out, "hidden", hidden);
	put_groups(c, out);
	list = analysis_list(out, "outcomes");
	put_outcome(k, c, AFTER, list);
	put_outcome(k, c, CHANGE, list);
	groups_put_adjusted(k, c, out);
	return OK;
}

/* ---- ratings -------------------------------------------------------------
 */

static void put_rating(const struct groups_work *k, const struct cases *c,
		       size_t v, const struct compared *o, double p,
		       json_t *row)
{
	analysis_text(row, "text", k->rating[v]->text);
	put_group_figures(k->w->cx, k->w->g, GATE_OPINION, c, o,
			  analysis_list(row, "groups"));
	groups_put_number(row, "h", o->test.h, 100.0);
	groups_put_number(row, "df", o->test.h_df, 1.0);
	groups_put_p(row, p, o->n);
	put_test(row, &o->test, p);
	put_rank_pairs(o, row);
}

/* Every rating tested, by size and by order; p adjusted over them. */
static void put_ratings(const struct groups_work *k, const struct cases *c,
			json_t *list)
{
	struct arena *a = &k->w->cx->arena;
	struct compared *o = ARENA_ARRAY(a, struct compared, k->nratings + 1);
	double *p = ARENA_ARRAY(a, double, k->nratings + 1);
	double *trend = ARENA_ARRAY(a, double, k->nratings + 1);

	for (size_t v = 0; v < k->nratings; v++) {
		o[v] = compare(k->w->cx, c, c->value[v]);
		p[v] = o[v].test.h_p;
		trend[v] = o[v].test.jt_p;
	}
	an_benjamini_hochberg(p, k->nratings, p);
	an_benjamini_hochberg(trend, k->nratings, trend);
	for (size_t v = 0; v < k->nratings; v++)
		o[v].test.jt_p = trend[v];
	for (size_t v = 0; v < k->nratings; v++)
		put_rating(k, c, v, &o[v], p[v], analysis_row(list));
}

static enum err ratings(struct groups_work *k, json_t *out)
{
	struct cases *c = &k->ratings;
	bool merged, hidden;

	TRY(groups_rating_cases(k, &k->tiers, c));
	if (!k->nratings)
		return analysis_nothing(out, AN_TOO_FEW, c->n,
					gate_least(k->w->g, GATE_COMPARE));
	merged = cases_merge(k->w->cx, k->w->g, GATE_OPINION, c);
	hidden = cases_leave_out(k->w->g, GATE_OPINION, c);
	if (!can_compare(k->w->g, c, hidden, out))
		return OK;
	analysis_ok(out, grouped(c));
	analysis_count(out, "base", c->n);
	analysis_flag(out, "merged", merged);
	analysis_flag(out, "hidden", hidden);
	put_groups(c, out);
	put_ratings(k, c, analysis_list(out, "items"));
	return OK;
}

enum err groups_tiers(struct groups_work *k, json_t *out)
{
	TRY(score(k, analysis_object(out, "score")));
	return ratings(k, analysis_object(out, "ratings"));
}
