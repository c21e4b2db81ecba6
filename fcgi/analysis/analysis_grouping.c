/*
 * analysis_grouping.c: the manual is analysis_grouping.h.
 */
#include "analysis/analysis_grouping.h"

#include "analysis/analysis_sets.h"
#include "base/text.h"

#include <math.h>

/* ---- tiers and departments -----------------------------------------------
 */

enum err org_read(struct ctx *cx, struct org *org)
{
	*org = (struct org){ 0 };
	TRY(store_answers_tiers(cx, &org->tiers, &org->ntiers));
	return store_answers_units(cx, &org->units, &org->nunits);
}

static size_t find_tier(const struct org *org, const struct grouping *gr,
			int64_t tier_id, int64_t unit_id)
{
	(void)unit_id;
	for (size_t i = 0; i < org->ntiers; i++) {
		if (org->tiers[i].id != tier_id)
			continue;
		for (size_t k = 0; k < gr->n; k++)
			if (text_equals(gr->code[k], org->tiers[i].code))
				return k;
	}
	return NO_GROUP;
}

struct grouping grouping_tiers(struct ctx *cx, const struct org *org)
{
	struct arena *a = &cx->arena;
	struct grouping gr = {
		.name = ARENA_ARRAY(a, struct bilingual, org->ntiers + 1),
		.code = ARENA_ARRAY(a, const char *, org->ntiers + 1),
		.find = find_tier,
	};

	for (size_t i = 0; i < org->ntiers; i++) {
		size_t k = 0;

		while (k < gr.n && !text_equals(gr.code[k], org->tiers[i].code))
			k++;
		if (k < gr.n)
			continue;
		gr.code[k] = org->tiers[i].code;
		gr.name[k] = (struct bilingual){ org->tiers[i].name,
						 org->tiers[i].name_en };
		gr.n++;
	}
	return gr;
}

static const struct answers_unit *unit_of(const struct org *org, int64_t id)
{
	for (size_t i = 0; i < org->nunits; i++)
		if (org->units[i].id == id)
			return &org->units[i];
	return NULL;
}

const struct answers_unit *org_department(const struct org *org, int64_t unit)
{
	const struct answers_unit *u = unit_of(org, unit), *top = u;

	/* The chart has three levels; 16 steps end any mistake in the data. */
	for (int step = 0; u && step < 16; step++) {
		if (text_equals(u->kind, "department"))
			return u;
		top = u;
		u = unit_of(org, u->parent_id);
	}
	return top;
}

static size_t find_department(const struct org *org, const struct grouping *gr,
			      int64_t tier_id, int64_t unit_id)
{
	const struct answers_unit *u = org_department(org, unit_id);

	(void)tier_id;
	for (size_t k = 0; u && k < gr->n; k++)
		if (gr->unit[k] == u->id)
			return k;
	return NO_GROUP;
}

struct grouping grouping_departments(struct ctx *cx, const struct org *org)
{
	struct arena *a = &cx->arena;
	int64_t *unit = ARENA_ARRAY(a, int64_t, org->nunits + 1);
	struct grouping gr = {
		.name = ARENA_ARRAY(a, struct bilingual, org->nunits + 1),
		.unit = unit,
		.find = find_department,
	};

	for (size_t i = 0; i < org->nunits; i++) {
		const struct answers_unit *u = &org->units[i];

		if (org_department(org, u->id) != u)
			continue;
		unit[gr.n] = u->id;
		gr.name[gr.n++] = (struct bilingual){ u->name, u->name_en };
	}
	return gr;
}

/* ---- cases ---------------------------------------------------------------
 */

struct cases cases_new(struct ctx *cx, const struct grouping *gr, size_t n,
		       size_t nvalues)
{
	struct arena *a = &cx->arena;
	double **value = ARENA_ARRAY(a, double *, nvalues + 1);
	struct cases c = { .n = n,
			   .ngroups = gr->n,
			   .session = ARENA_ARRAY(a, int64_t, n + 1),
			   .group = ARENA_ARRAY(a, size_t, n + 1),
			   .told = ARENA_ARRAY(a, bool, n + 1),
			   .has_order = !gr->unit,
			   .value = value,
			   .nvalues = nvalues,
			   .people = ARENA_ARRAY(a, size_t, gr->n + 1),
			   .name = ARENA_ARRAY(a, struct bilingual,
					       gr->n + 1) };

	for (size_t v = 0; v < nvalues; v++)
		value[v] = ARENA_ARRAY(a, double, n + 1);
	for (size_t k = 0; k < gr->n; k++) {
		c.name[k] = gr->name[k];
		c.people[k] = SIZE_MAX;
	}
	return c;
}

enum err cases_bound(const struct analysis_work *w, const struct org *org,
		     const struct grouping *gr, const char *moment,
		     struct cases *c)
{
	size_t *people = ARENA_ARRAY(&w->cx->arena, size_t, gr->n + 1);
	int64_t *last = ARENA_ARRAY(&w->cx->arena, int64_t, gr->n + 1);
	const struct answers_person *rows;
	size_t n;

	if (w->scope == ANALYSIS_SESSION)
		return OK; /* one sheet a person */
	TRY(store_answers_people(w->cx, w->of, moment,
				 &(struct answers_sessions){ w->set->keep,
							     w->set->keep_arg },
				 &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const size_t k =
			gr->find(org, gr, rows[i].tier_id, rows[i].unit_id);

		if (k == NO_GROUP || last[k] == rows[i].person)
			continue;
		last[k] = rows[i].person;
		people[k]++;
	}
	for (size_t k = 0; k < gr->n; k++)
		if (people[k] < c->people[k])
			c->people[k] = people[k];
	return OK;
}

size_t cases_size(const struct cases *c, size_t group)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->group[i] == group ? 1 : 0;
	return n;
}

size_t cases_count(const struct cases *c, size_t group, size_t v)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->group[i] == group && !isnan(c->value[v][i]) ? 1 : 0;
	return n;
}

size_t cases_fewest(const struct cases *c, size_t group)
{
	size_t n = c->people[group];

	for (size_t v = 0; v < c->nvalues; v++) {
		const size_t own = cases_count(c, group, v);

		n = own < n ? own : n;
	}
	return n;
}

/* All values of a group are the same: known of each of its people. */
static bool is_flat(const struct cases *c, size_t group, size_t v)
{
	double first = NAN;

	for (size_t i = 0; i < c->n; i++) {
		if (c->group[i] != group || isnan(c->value[v][i]))
			continue;
		if (isnan(first))
			first = c->value[v][i];
		/* Sums of points differ by rounding only. */
		if (fabs(c->value[v][i] - first) > 1e-9)
			return false;
	}
	return true;
}

/* A group too alike to be shown, though large enough. */
static bool gives_away(const struct gate *g, enum gate_what what,
		       const struct cases *c, size_t group)
{
	for (size_t v = 0; v < c->nvalues; v++)
		if (cases_count(c, group, v) < 2 * gate_least(g, what) &&
		    is_flat(c, group, v))
			return true;
	return false;
}

bool cases_is_small(const struct gate *g, enum gate_what what,
		    const struct cases *c, size_t group)
{
	return !gate_may(g, what, cases_fewest(c, group)) ||
	       gives_away(g, what, c, group);
}

/* ---- showing groups ------------------------------------------------------
 */

static void squeeze(struct cases *c, size_t group)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->group[i] != NO_GROUP && c->group[i] > group)
			c->group[i]--;
	for (size_t k = group; k + 1 < c->ngroups; k++) {
		c->name[k] = c->name[k + 1];
		c->people[k] = c->people[k + 1];
	}
	c->ngroups--;
}

/* Group `at` and the one behind it become one. */
static void join(struct ctx *cx, struct cases *c, size_t at)
{
	struct bilingual *a = &c->name[at];
	const struct bilingual *b = &c->name[at + 1];

	a->en = arena_printf(&cx->arena, "%s, %s", *a->en ? a->en : a->ja,
			     *b->en ? b->en : b->ja);
	a->ja = arena_printf(&cx->arena, "%s・%s", a->ja, b->ja);
	c->people[at] = c->people[at] == SIZE_MAX
				? SIZE_MAX
				: c->people[at] + c->people[at + 1];
	for (size_t i = 0; i < c->n; i++)
		if (c->group[i] == at + 1)
			c->group[i] = at;
	squeeze(c, at + 1);
}

static size_t first_small(const struct gate *g, enum gate_what what,
			  const struct cases *c)
{
	for (size_t k = 0; k < c->ngroups; k++)
		if (cases_is_small(g, what, c, k))
			return k;
	return NO_GROUP;
}

bool cases_merge(struct ctx *cx, const struct gate *g, enum gate_what what,
		 struct cases *c)
{
	bool joined = false;
	size_t k = 0;

	while (k < c->ngroups)
		if (cases_size(c, k))
			k++;
		else
			squeeze(c, k);
	while (c->ngroups > 1 && (k = first_small(g, what, c)) != NO_GROUP) {
		const bool is_last = k + 1 == c->ngroups;

		if (is_last ||
		    (k > 0 && cases_size(c, k - 1) <= cases_size(c, k + 1)))
			k--;
		join(cx, c, k);
		joined = true;
	}
	return joined;
}

size_t cases_ungrouped(const struct cases *c, const size_t *group)
{
	size_t fewest = 0;

	for (size_t v = 0; v < c->nvalues; v++) {
		size_t n = 0;

		for (size_t i = 0; i < c->n; i++)
			n += group[i] == NO_GROUP && !c->told[i] &&
					     !isnan(c->value[v][i])
				     ? 1
				     : 0;
		if (n && (!fewest || n < fewest))
			fewest = n;
	}
	return fewest;
}

bool cases_leave_out(const struct gate *g, enum gate_what what, struct cases *c)
{
	const size_t rest = cases_ungrouped(c, c->group);
	size_t smallest = 0;

	if (!rest || gate_may(g, what, rest) || !c->ngroups)
		return false;
	for (size_t k = 1; k < c->ngroups; k++)
		if (cases_size(c, k) < cases_size(c, smallest))
			smallest = k;
	for (size_t i = 0; i < c->n; i++)
		if (c->group[i] == smallest)
			c->group[i] = NO_GROUP;
	squeeze(c, smallest);
	return true;
}

/* A group that differs from one of the other kind by a few people. */
static bool isolates(const struct cases *c, const struct cases *inside,
		     size_t group, size_t least)
{
	for (size_t t = 0; t < inside->ngroups; t++) {
		size_t both = 0, own = 0, other = 0;

		for (size_t i = 0; i < c->n; i++) {
			own += c->group[i] == group ? 1 : 0;
			other += inside->group[i] == t ? 1 : 0;
			both += c->group[i] == group && inside->group[i] == t
					? 1
					: 0;
		}
		if (both && both == own && other > own && other - own < least)
			return true;
		if (both && both == other && own > other && own - other < least)
			return true;
	}
	return false;
}

void cases_hide(struct ctx *cx, const struct gate *g, enum gate_what what,
		const struct cases *c, const struct cases *inside, bool *shown)
{
	size_t *people = ARENA_ARRAY(&cx->arena, size_t, c->ngroups + 1);
	bool *refused = ARENA_ARRAY(&cx->arena, bool, c->ngroups + 1);
	bool *may = ARENA_ARRAY(&cx->arena, bool, c->ngroups + 1);

	for (size_t k = 0; k < c->ngroups; k++) {
		people[k] = cases_fewest(c, k);
		if (!people[k] && cases_size(c, k))
			people[k] = 1;
		refused[k] =
			gives_away(g, what, c, k) ||
			(inside && isolates(c, inside, k, gate_least(g, what)));
	}
	set_refuse(people, refused, c->ngroups);
	/* Who is in no group is in the total: one more group, never shown. */
	people[c->ngroups] = cases_ungrouped(c, c->group);
	gate_groups(g, what, people, c->ngroups + 1, may);
	for (size_t k = 0; k < c->ngroups; k++)
		shown[k] = may[k];
}
