/*
 * analysis_units.c: departments, each pulled towards the whole as far as its
 * few people deserve. No tests and no order of merit: what a department of
 * eight people shows is mostly chance.
 */
#include "analysis/analysis_units.h"

#include "analytics/number.h"
#include "analytics/shrink.h"
#include "insight/smallest.h"

#include <math.h>

struct units units_begin(const struct groups_work *k, enum gate_what what,
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

	analysis_word(u.o, "key", key);
	return u;
}

void units_finish(const struct units *u, enum an_status status)
{
	json_t *list;

	analysis_count(u->o, "units", u->n);
	analysis_count(u->o, "least", UNITS_LEAST);
	analysis_count(u->o, "n", u->people);
	analysis_word(u->o, "status", an_status_name(status));
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
		analysis_word(row, "verdict", high ? "high" : low ? "low" : "");
	}
}

void units_choose(struct units *u, struct cases *c, const struct cases *inside)
{
	struct ctx *cx = u->k->w->cx;
	bool *shown = ARENA_ARRAY(&cx->arena, bool, c->ngroups + 1);
	size_t *place = ARENA_ARRAY(&cx->arena, size_t, c->ngroups + 1);
	size_t hidden = 0;

	cases_hide(cx, u->k->w->g, u->what, c, inside, shown);
	for (size_t g = 0; g < c->ngroups; g++) {
		const size_t base = cases_size(c, g);

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
	analysis_count(u->o, "hidden", hidden);
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

	if (u->n < UNITS_LEAST) {
		units_finish(u, AN_TOO_FEW);
		return;
	}
	s = spread_of(u, c, y);
	if (!(s.sd > 0.0)) {
		units_finish(u, AN_ZERO_VARIANCE);
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
		u->smallest = SMALLEST_DZ * s.sd;
	put_icc(u, c, y);
	units_finish(u, r.status);
}

static enum err change(struct groups_work *k, json_t *list)
{
	struct units u = units_begin(k, GATE_SCORE, list, "change");
	struct cases c;
	const double *y;

	TRY(groups_score_cases(k, &k->departments, &c));
	y = groups_centred(k, &c, CHANGE);
	for (size_t i = 0; i < c.n; i++)
		if (isnan(y[i])) {
			/* in nothing that is shown by department */
			c.group[i] = NO_GROUP;
			for (size_t v = 0; v < c.nvalues; v++)
				c.value[v][i] = NAN;
		}
	units_choose(&u, &c, &k->score);
	u.smallest = SMALLEST_SHARE;
	/* Around the courses' means: hidden departments are in those. */
	means(&u, &c, y);
	return OK;
}

static enum err overall(struct groups_work *k, json_t *list)
{
	struct units u = units_begin(k, GATE_OPINION, list, "overall");
	struct cases c;

	TRY(groups_rating_cases(k, &k->departments, &c));
	c.nvalues = 1;
	units_choose(&u, &c, &k->ratings);
	means(&u, &c, c.value[0]);
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
	TRY(units_needs(k, list));
	return units_returns(k, list);
}
