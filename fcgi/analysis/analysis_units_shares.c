/*
 * analysis_units_shares.c: shares of a department's people: who needs the
 * skill most asked for, and who answered afterwards.
 */
#include "analysis/analysis_units.h"

#include "base/text.h"
#include "insight/smallest.h"
#include "store/store_funnel.h"

#include <math.h>

static void shares(struct units *u, const size_t *x, const size_t *n)
{
	struct an_estimate whole = { .lo = NAN,
				     .hi = NAN,
				     .status = AN_OK,
				     .method = "shrink_betabinomial" };
	struct an_beta r;
	size_t hits = 0;

	if (u->n < UNITS_LEAST) {
		units_finish(u, AN_TOO_FEW);
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
	units_finish(u, r.status);
}

/* 1 where the importance is above the own level, 0 where not. */
static double is_need(const struct column_need *need, const struct sheet *s)
{
	const double a = column_points(need->importance, s);
	const double b = column_points(need->level, s);

	return isnan(a) || isnan(b) ? (double)NAN : a > b ? 1.0 : 0.0;
}

/* Sheets before, by any grouping, with the one skill as value. */
static enum err need_cases(const struct groups_work *k,
			   const struct grouping *gr,
			   const struct column_need *need, struct cases *c)
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
	c->course = groups_course_ids(k, c);
	TRY(cases_bound(k->w, &k->org, gr, "pre", c));
	cases_guard(k->w->cx, k->w->g, GATE_OPINION, c);
	return OK;
}

/* Different people who answered before. */
static enum err people_before(const struct groups_work *k, size_t *people)
{
	const struct analysis_work *w = k->w;
	const struct answers_sessions only = { w->set->keep, w->set->keep_arg };
	const struct answers_person *rows;
	size_t n;

	TRY(store_answers_people(w->cx, w->of, "pre", &only, &rows, &n));
	*people = n ? (size_t)rows[n - 1].person : 0;
	return OK;
}

/* The skill that most people need; NULL when too few were asked. */
static const struct column_need *greatest(const struct groups_work *k,
					  size_t people)
{
	size_t n;
	const struct column_need *list =
		answers_needs(k->w->cx, k->w->set, MOMENT_PRE, &n);
	const struct column_need *best = NULL;
	double most = -1.0;

	for (size_t j = 0; j < n; j++) {
		double sum = 0.0;
		size_t all = 0;

		for (size_t i = 0; i < k->w->set->nsheets; i++) {
			const struct sheet *s = &k->w->set->sheets[i];
			const double x = s->moment == MOMENT_PRE
						 ? is_need(&list[j], s)
						 : (double)NAN;

			sum += isnan(x) ? 0.0 : x;
			all += isnan(x) ? 0 : 1;
		}
		/* Which one most people need is told by its name alone. */
		if (*list[j].importance->skill &&
		    gate_may(k->w->g, GATE_RANKING,
			     people < all ? people : all) &&
		    sum / (double)all > most) {
			most = sum / (double)all;
			best = &list[j];
		}
	}
	return best;
}

enum err units_needs(struct groups_work *k, json_t *list)
{
	struct arena *a = &k->w->cx->arena;
	const struct column_need *need;
	struct cases c, tiers;
	struct units u;
	size_t *x, *n, people;

	TRY(people_before(k, &people));
	need = greatest(k, people);
	if (!need)
		return OK;
	u = units_begin(k, GATE_OPINION, list, "need");
	analysis_text(u.o, "skill", need->importance->text);
	TRY(need_cases(k, &k->tiers, need, &tiers));
	TRY(need_cases(k, &k->departments, need, &c));
	units_choose(&u, &c, &tiers);
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

enum err units_returns(struct groups_work *k, json_t *list)
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
	u = units_begin(k, GATE_SCORE, list, "returns");
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
	analysis_count(u.o, "hidden", few);
	shares(&u, answered, booked);
	return OK;
}
