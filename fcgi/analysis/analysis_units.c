/*
 * analysis_units.c: departments, each pulled towards the whole as far as its
 * few people deserve. No tests and no order of merit: what a department of
 * eight people shows is mostly chance.
 */
#include "analysis/analysis_groups_parts.h"

#include "analysis/analysis_sets.h"
#include "analytics/number.h"
#include "analytics/shrink.h"
#include "base/text.h"
#include "store/store_funnel.h"

#include <math.h>

#define FEWEST_UNITS   5
#define SMALLEST_SHARE 0.05 /* five points of percent */
#define SMALLEST_SD    0.2  /* standard deviations between people */

/*
 * One thing compared, and the departments that are shown of it.
 *
 * out, base  n departments: the result, and people who were asked
 * whole      the mean of the departments
 * smallest   the distance from it that matters
 * method     word of the method
 */
struct units {
	const struct groups_work *k;
	enum gate_what what;
	json_t *o;
	size_t n, people;
	struct bilingual *name;
	size_t *base;
	struct an_shrunk *out;
	struct figure whole;
	double smallest;
	const char *method;
};

static struct units begin(const struct groups_work *k, enum gate_what what,
			  json_t *list, const char *key)
{
	struct arena *a = &k->w->cx->arena;
	const size_t room = k->departments.n + 1;
	struct units u = { .k = k,
			   .what = what,
			   .o = analysis_row(list),
			   .name = ARENA_ARRAY(a, struct bilingual, room),
			   .base = ARENA_ARRAY(a, size_t, room),
			   .out = ARENA_ARRAY(a, struct an_shrunk, room) };

	json_object_set_new(u.o, "key", json_string(key));
	return u;
}

static void put_count(json_t *o, const char *key, size_t n)
{
	json_object_set_new(o, key, json_integer((json_int_t)n));
}

static void finish(const struct units *u, enum an_status status)
{
	json_t *list;

	put_count(u->o, "units", u->n);
	put_count(u->o, "least", FEWEST_UNITS);
	put_count(u->o, "n", u->people);
	json_object_set_new(u->o, "status",
			    json_string(an_status_name(status)));
	if (status != AN_OK && status != AN_NOT_IDENTIFIED)
		return;
	analysis_figure(u->o, "mean", &u->whole);
	if (status != AN_OK)
		return;
	list = analysis_list(u->o, "groups");
	for (size_t j = 0; j < u->n; j++) {
		const struct an_shrunk *s = &u->out[j];
		const struct an_estimate e = { .value = s->value,
					       .lo = s->lo,
					       .hi = s->hi,
					       .n = s->n,
					       .status = AN_OK,
					       .method = u->method };
		const struct figure f = figure_rounded(
			gate_figure(u->k->w->g, u->what, e, u->base[j]));
		const bool high = f.lo > u->whole.value + u->smallest;
		const bool low = f.hi < u->whole.value - u->smallest;
		json_t *row = analysis_row(list);

		analysis_text(row, "name", u->name[j]);
		analysis_figure(row, "figure", &f);
		json_object_set_new(row, "verdict",
				    json_string(high  ? "high"
						: low ? "low"
						      : ""));
	}
}

static size_t in_group(const struct cases *c, size_t group)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->group[i] == group ? 1 : 0;
	return n;
}

/*
 * Keep the departments that may be shown; cases of the others leave. Fills
 * name, base and people of u.
 */
static void choose(struct units *u, struct cases *c, const struct cases *inside)
{
	struct ctx *cx = u->k->w->cx;
	bool *shown = ARENA_ARRAY(&cx->arena, bool, c->ngroups + 1);
	size_t *place = ARENA_ARRAY(&cx->arena, size_t, c->ngroups + 1);
	size_t hidden = 0;

	cases_hide(cx, u->k->w->g, u->what, c, inside, shown);
	for (size_t g = 0; g < c->ngroups; g++) {
		const size_t base = in_group(c, g);

		hidden += base && !shown[g] ? 1 : 0;
		if (!base || !shown[g])
			continue;
		place[g] = u->n;
		u->name[u->n] = c->name[g];
		u->base[u->n] = base;
		u->people += cases_count(c, g, 0);
		u->n++;
	}
	for (size_t i = 0; i < c->n; i++)
		if (c->group[i] != NO_GROUP)
			c->group[i] = shown[c->group[i]] ? place[c->group[i]]
							 : NO_GROUP;
	put_count(u->o, "hidden", hidden);
}

/* ---- means ---------------------------------------------------------------
 */

struct spread {
	double *mean, *se, sd;
};

/*
 * Means of the departments with one common spread of people: that of a small
 * department alone is itself a matter of chance.
 */
static struct spread spread_of(struct units *u, const struct cases *c,
			       const double *y)
{
	struct arena *a = &u->k->w->cx->arena;
	struct spread s = { ARENA_ARRAY(a, double, u->n + 1),
			    ARENA_ARRAY(a, double, u->n + 1), 0.0 };
	double *own = ARENA_ARRAY(a, double, c->n + 1);
	size_t all = 0;

	for (size_t j = 0; j < u->n; j++) {
		size_t n = 0;

		for (size_t i = 0; i < c->n; i++)
			if (c->group[i] == j && !isnan(y[i]))
				own[n++] = y[i];
		s.mean[j] = an_mean(own, n);
		s.sd += an_ss(own, n, s.mean[j]);
		u->out[j].n = n;
		all += n;
	}
	s.sd = all > u->n ? sqrt(s.sd / (double)(all - u->n)) : (double)NAN;
	for (size_t j = 0; j < u->n; j++)
		s.se[j] = s.sd / sqrt((double)u->out[j].n);
	return s;
}

/* How much of the differences between people lies between departments. */
static void put_icc(const struct units *u, const struct cases *c,
		    const double *y)
{
	struct arena *a = &u->k->w->cx->arena;
	double *own = ARENA_ARRAY(a, double, c->n + 1);
	size_t *group = ARENA_ARRAY(a, size_t, c->n + 1), n = 0;
	struct an_shrunk *out = ARENA_ARRAY(a, struct an_shrunk, u->n + 1);
	struct an_reml r;

	for (size_t i = 0; i < c->n; i++)
		if (c->group[i] != NO_GROUP && !isnan(y[i])) {
			own[n] = y[i];
			group[n++] = c->group[i];
		}
	r = an_shrink_normal(own, group, n, u->n, out);
	analysis_number(u->o, "icc", round(r.icc * 1000.0) / 1000.0);
}

static void means(struct units *u, const struct cases *c, const double *y)
{
	struct spread s;
	struct an_shrink r;
	struct an_estimate whole;

	if (u->n < FEWEST_UNITS) {
		finish(u, AN_TOO_FEW);
		return;
	}
	s = spread_of(u, c, y);
	if (!(s.sd > 0.0)) {
		finish(u, AN_ZERO_VARIANCE);
		return;
	}
	r = an_shrink_bayes(s.mean, s.se, u->n, 0.5 * s.sd, u->out);
	for (size_t j = 0; j < u->n; j++)
		u->out[j].n = cases_count(c, j, 0);
	whole = (struct an_estimate){ .value = r.mu_mean,
				      .lo = r.mu_mean - AN_Z975 * r.mu_sd,
				      .hi = r.mu_mean + AN_Z975 * r.mu_sd,
				      .n = u->people,
				      .status = r.status,
				      .method = "shrink_bayes" };
	u->whole = figure_rounded(
		gate_figure(u->k->w->g, u->what, whole, u->people));
	u->method = "shrink_bayes";
	if (!(u->smallest > 0.0))
		u->smallest = SMALLEST_SD * s.sd;
	put_icc(u, c, y);
	finish(u, r.status);
}

static enum err change(struct groups_work *k, json_t *list)
{
	struct units u = begin(k, GATE_SCORE, list, "change");
	struct cases c;
	const double *y;

	TRY(groups_score_cases(k, &k->departments, &c));
	y = groups_centred(k, &c, CHANGE);
	for (size_t i = 0; i < c.n; i++)
		if (isnan(y[i]))
			c.group[i] = NO_GROUP;
	choose(&u, &c, &k->score);
	u.smallest = SMALLEST_SHARE;
	/* Around the courses' means: hidden departments are in those. */
	means(&u, &c, y);
	return OK;
}

static enum err overall(struct groups_work *k, json_t *list)
{
	struct units u = begin(k, GATE_OPINION, list, "overall");
	struct cases c;

	TRY(groups_rating_cases(k, &k->departments, &c));
	c.nvalues = 1;
	choose(&u, &c, &k->ratings);
	means(&u, &c, c.value[0]);
	return OK;
}

/* ---- shares --------------------------------------------------------------
 */

static void shares(struct units *u, const size_t *x, const size_t *n)
{
	struct an_estimate whole = { .lo = NAN,
				     .hi = NAN,
				     .status = AN_OK,
				     .method = "shrink_betabinomial" };
	struct an_beta r;
	size_t hits = 0;

	if (u->n < FEWEST_UNITS) {
		finish(u, AN_TOO_FEW);
		return;
	}
	r = an_shrink_shares(x, n, u->n, u->out);
	for (size_t j = 0; j < u->n; j++) {
		u->out[j].n = n[j];
		whole.n += n[j];
		hits += x[j];
	}
	whole.value =
		r.status == AN_OK ? r.mean : (double)hits / (double)whole.n;
	u->whole = gate_share(u->k->w->g, u->what, whole, whole.n);
	u->method = "shrink_betabinomial";
	u->smallest = SMALLEST_SHARE;
	finish(u, r.status);
}

/* A skill's importance and level on the forms before. */
struct need {
	const struct column *importance, *level;
};

static struct need *find_needs(const struct groups_work *k, size_t *n)
{
	struct ctx *cx = k->w->cx;
	size_t ni, nl;
	const struct column *imp = answers_columns(
		cx, k->w->set, MOMENT_PRE, MEASURES_NEED_IMPORTANCE, &ni);
	const struct column *lev = answers_columns(cx, k->w->set, MOMENT_PRE,
						   MEASURES_NEED_LEVEL, &nl);
	struct need *list = ARENA_ARRAY(&cx->arena, struct need, ni + 1);

	*n = 0;
	for (size_t i = 0; i < ni; i++)
		for (size_t j = 0; j < nl; j++)
			if (*imp[i].skill &&
			    text_equals(imp[i].skill, lev[j].skill))
				list[(*n)++] =
					(struct need){ &imp[i], &lev[j] };
	return list;
}

/* 1 where the importance is above the own level, 0 where not. */
static double is_need(const struct need *need, const struct sheet *s)
{
	const double a = column_points(need->importance, s);
	const double b = column_points(need->level, s);

	return isnan(a) || isnan(b) ? (double)NAN : a > b ? 1.0 : 0.0;
}

/* Sheets before, by any grouping, with the one skill as value. */
static enum err need_cases(const struct groups_work *k,
			   const struct grouping *gr, const struct need *need,
			   struct cases *c)
{
	const struct answers_set *set = k->w->set;
	int64_t *session =
		ARENA_ARRAY(&k->w->cx->arena, int64_t, set->nsheets + 1);
	size_t n = 0;

	*c = cases_new(k->w->cx, gr, set->nsheets, 1);
	c->session = session;
	for (size_t i = 0; i < set->nsheets; i++) {
		const struct sheet *s = &set->sheets[i];

		if (s->moment != MOMENT_PRE)
			continue;
		session[n] = s->session_id;
		c->group[n] = gr->find(&k->org, gr, s->tier_id, s->unit_id);
		c->value[0][n++] = is_need(need, s);
	}
	c->n = n;
	TRY(cases_bound(k->w, &k->org, gr, "pre", c));
	cases_guard(k->w->cx, k->w->g, GATE_OPINION, c);
	return OK;
}

/* The skill that most people need; NULL when none is asked. */
static const struct need *greatest(const struct groups_work *k)
{
	size_t n;
	const struct need *list = find_needs(k, &n), *best = NULL;
	double most = -1.0;

	for (size_t j = 0; j < n; j++) {
		double sum = 0.0, all = 0.0;

		for (size_t i = 0; i < k->w->set->nsheets; i++) {
			const struct sheet *s = &k->w->set->sheets[i];
			const double x = s->moment == MOMENT_PRE
						 ? is_need(&list[j], s)
						 : (double)NAN;

			sum += isnan(x) ? 0.0 : x;
			all += isnan(x) ? 0.0 : 1.0;
		}
		if (all > 0.0 && sum / all > most) {
			most = sum / all;
			best = &list[j];
		}
	}
	return best;
}

static enum err needs(struct groups_work *k, json_t *list)
{
	struct arena *a = &k->w->cx->arena;
	const struct need *need = greatest(k);
	struct cases c, tiers;
	struct units u;
	size_t *x, *n;

	if (!need)
		return OK;
	u = begin(k, GATE_OPINION, list, "need");
	analysis_text(u.o, "skill", need->importance->text);
	TRY(need_cases(k, &k->tiers, need, &tiers));
	TRY(need_cases(k, &k->departments, need, &c));
	choose(&u, &c, &tiers);
	x = ARENA_ARRAY(a, size_t, u.n + 1);
	n = ARENA_ARRAY(a, size_t, u.n + 1);
	for (size_t i = 0; i < c.n; i++) {
		if (c.group[i] == NO_GROUP || isnan(c.value[0][i]))
			continue;
		n[c.group[i]]++;
		x[c.group[i]] += c.value[0][i] > 0.0 ? 1 : 0;
	}
	shares(&u, x, n);
	return OK;
}

/*
 * Answers after for places held. Counts of answers say nothing about what was
 * answered; departments of few are left out because they show chance only.
 */
static enum err returns(struct groups_work *k, json_t *list)
{
	struct arena *a = &k->w->cx->arena;
	const struct grouping *gr = &k->departments;
	size_t *booked = ARENA_ARRAY(a, size_t, gr->n + 1);
	size_t *answered = ARENA_ARRAY(a, size_t, gr->n + 1);
	const struct funnel_unit *rows;
	struct units u;
	size_t n, few = 0;

	TRY(store_funnel_units_of(k->w->cx, k->w->of, &rows, &n));
	if (!n)
		return OK;
	u = begin(k, GATE_SCORE, list, "returns");
	for (size_t i = 0; i < n; i++) {
		const size_t at = gr->find(&k->org, gr, 0, rows[i].unit_id);

		if (at == NO_GROUP)
			continue;
		booked[at] += (size_t)rows[i].booked;
		answered[at] += (size_t)rows[i].answered;
	}
	for (size_t j = 0; j < gr->n; j++) {
		if (!gate_may(k->w->g, GATE_SCORE, booked[j])) {
			few += booked[j] ? 1 : 0;
			continue;
		}
		u.name[u.n] = gr->name[j];
		u.base[u.n] = booked[u.n] = booked[j];
		u.people += booked[j];
		answered[u.n++] = answered[j];
	}
	put_count(u.o, "hidden", few);
	shares(&u, answered, booked);
	return OK;
}

enum err groups_units(struct groups_work *k, json_t *out)
{
	json_t *list = analysis_list(out, "units");

	/* The few departments of one session would be single people. */
	if (k->w->scope == ANALYSIS_SESSION)
		return OK;
	TRY(change(k, list));
	if (k->has_overall)
		TRY(overall(k, list));
	TRY(needs(k, list));
	return returns(k, list);
}
