/*
 * analysis_guard.c: cases that stay out of the groups of a course or a year,
 * because its parts (sessions, courses) are shown on pages of their own.
 *
 * A part shows its groups; those too small are put together there or hidden,
 * and where too few people are compared it shows none: a *block* of people
 * whose sum is known, but not what each group has of it. The whole shows its
 * groups, put together likewise, over all parts. Seen as a graph with a node
 * for each group of the whole and each block, and an edge for each cell (who is
 * in both), a cell can be worked out exactly if its edge is a bridge (see
 * gate_table.c). Cells of blocks without a known sum hang on one node together:
 * it adds no equation that the others do not imply.
 *
 * A block leaves the whole while one of its cells is a secret (too small or too
 * alike to be shown) and a bridge, or one of a sum of too few people that can
 * be worked out (known_sums.h).
 */
#include "analysis/analysis_grouping.h"
#include "analysis/bridges.h"
#include "analysis/known_sums.h"

#include <math.h>

struct guard {
	struct ctx *cx;
	const struct gate *g;
	enum gate_what what;
	struct cases *c;
	const int64_t *part; /* of each case */
	bool parts_show;     /* the parts show groups, if they can */
	size_t *block;       /* of each case; NO_GROUP: none */
	bool *is_known;      /* per block: its sum is */
	bool *leaves;        /* per block */
	size_t nblocks;
};

/* ---- the blocks of a part -------------------------------------------------
 */

/* One part: its cases, where they stand in all, their groups in all. */
struct part {
	struct cases c;
	size_t *at, *group;
};

/* Only values that somebody has there. */
static struct part part_of(const struct guard *k, size_t first)
{
	const struct cases *c = k->c;
	const struct grouping gr = { .n = c->ngroups, .name = c->name };
	struct part p = { .at = ARENA_ARRAY(&k->cx->arena, size_t, c->n + 1) };
	size_t n = 0, nvalues = 0;

	for (size_t i = 0; i < c->n; i++)
		if (k->part[i] == k->part[first] && !c->told[i])
			p.at[n++] = i;
	p.c = cases_new(k->cx, &gr, n, c->nvalues);
	p.c.has_order = c->has_order;
	for (size_t i = 0; i < n; i++)
		p.c.group[i] = c->group[p.at[i]];
	for (size_t v = 0; v < c->nvalues; v++) {
		bool any = false;

		for (size_t i = 0; i < n; i++) {
			p.c.value[nvalues][i] = c->value[v][p.at[i]];
			any |= !isnan(p.c.value[nvalues][i]);
		}
		nvalues += any ? 1 : 0;
	}
	p.c.nvalues = nvalues;
	p.group = arena_memdup(&k->cx->arena, p.c.group,
			       (n + 1) * sizeof(*p.group));
	return p;
}

/* Groups as they are shown; what is left out is in none. */
static void show(const struct guard *k, struct cases *c)
{
	bool *shown;

	if (c->has_order) {
		(void)cases_merge(k->cx, k->g, k->what, c);
		(void)cases_leave_out(k->g, k->what, c);
		return;
	}
	shown = ARENA_ARRAY(&k->cx->arena, bool, c->ngroups + 1);
	cases_hide(k->cx, k->g, k->what, c, NULL, shown);
	for (size_t i = 0; i < c->n; i++)
		if (c->group[i] != NO_GROUP && !shown[c->group[i]])
			c->group[i] = NO_GROUP;
}

/* The same for a part; one group of all where it shows none. */
static void show_part(const struct guard *k, struct part *p)
{
	struct cases *c = &p->c;
	size_t n = 0;

	if (k->parts_show)
		show(k, c);
	for (size_t i = 0; i < c->n; i++)
		n += c->group[i] != NO_GROUP ? 1 : 0;
	if (k->parts_show && c->ngroups > 1 && gate_may(k->g, GATE_COMPARE, n))
		return;
	c->ngroups = 1;
	for (size_t i = 0; i < c->n; i++)
		c->group[i] = p->group[i] == NO_GROUP ? NO_GROUP : 0;
}

/* Is the sum of block b of a part known, and more than one group's? */
static bool is_known(const struct guard *k, const struct part *p, size_t b)
{
	size_t people = 0;

	if (b != NO_GROUP)
		return !cases_is_small(k->g, k->what, &p->c, b);
	for (size_t i = 0; i < p->c.n; i++)
		people += p->c.group[i] == b && p->group[i] != b ? 1 : 0;
	return !p->c.has_order && gate_may(k->g, k->what, people) &&
	       !cases_ungrouped(&p->c, p->group);
}

static void add_block(struct guard *k, const struct part *p, size_t b)
{
	bool any = false;

	for (size_t i = 0; i < p->c.n; i++)
		if (p->c.group[i] == b && p->group[i] != NO_GROUP) {
			k->block[p->at[i]] = k->nblocks;
			any = true;
		}
	if (any)
		k->is_known[k->nblocks++] = is_known(k, p, b);
}

static void add_part(struct guard *k, size_t first)
{
	struct part p = part_of(k, first);

	if (!p.c.nvalues)
		return; /* nobody was asked any of it there */
	show_part(k, &p);
	for (size_t b = 0; b < p.c.ngroups; b++)
		add_block(k, &p, b);
	add_block(k, &p, NO_GROUP);
}

/* A case in a group of each part; how many parts there are. */
static size_t *parts_of(const struct guard *k, size_t *n)
{
	bool *done = ARENA_ARRAY(&k->cx->arena, bool, k->c->n + 1);
	size_t *first = ARENA_ARRAY(&k->cx->arena, size_t, k->c->n + 1);

	*n = 0;
	for (size_t i = 0; i < k->c->n; i++) {
		if (done[i] || k->c->group[i] == NO_GROUP)
			continue;
		for (size_t j = i; j < k->c->n; j++)
			done[j] |= k->part[j] == k->part[i];
		first[(*n)++] = i;
	}
	return first;
}

/* ---- the cells -----------------------------------------------------------
 */

/* Who is in a block and in a group of the whole. */
struct cell {
	size_t block, group, people;
	bool is_secret; /* too small, or too alike, to be shown */
};

struct cells {
	struct cell *list;
	size_t n, ngroups; /* the last group: all that are not shown */
	size_t *of;        /* the cell of each case; NO_GROUP: none */
};

/* The group of the whole that each case is shown in; how many groups. */
static size_t columns(const struct guard *k, size_t *column)
{
	struct cases c = *k->c;
	struct arena *a = &k->cx->arena;

	c.group = arena_memdup(a, c.group, (c.n + 1) * sizeof(*c.group));
	c.name = arena_memdup(a, c.name, (c.ngroups + 1) * sizeof(*c.name));
	c.people =
		arena_memdup(a, c.people, (c.ngroups + 1) * sizeof(*c.people));
	c.told = arena_memdup(a, c.told, (c.n + 1) * sizeof(*c.told));
	for (size_t i = 0; i < c.n; i++)
		if (k->block[i] != NO_GROUP && k->leaves[k->block[i]]) {
			c.group[i] = NO_GROUP;
			c.told[i] = k->is_known[k->block[i]];
		}
	show(k, &c);
	for (size_t i = 0; i < c.n; i++)
		column[i] = c.group[i] == NO_GROUP ? c.ngroups : c.group[i];
	return c.ngroups + 1;
}

/* People of each cell by the value that fewest have, and secrets. */
static void count_cells(const struct guard *k, struct cells *l)
{
	struct arena *a = &k->cx->arena;
	const struct cases *c = k->c;
	size_t *n = ARENA_ARRAY(a, size_t, l->n + 1);
	double *same = ARENA_ARRAY(a, double, l->n + 1);

	for (size_t v = 0; v < c->nvalues; v++) {
		for (size_t e = 0; e < l->n; e++)
			n[e] = 0;
		for (size_t i = 0; i < c->n; i++) {
			const double x = c->value[v][i];
			const size_t e = l->of[i];

			if (e == NO_GROUP || isnan(x))
				continue;
			same[e] = !n[e] || fabs(x - same[e]) < 1e-9
					  ? x
					  : (double)NAN;
			n[e]++;
		}
		for (size_t e = 0; e < l->n; e++) {
			struct cell *one = &l->list[e];

			if (!n[e])
				continue;
			if (!one->people || n[e] < one->people)
				one->people = n[e];
			one->is_secret |=
				!gate_may(k->g, k->what, n[e]) ||
				(!isnan(same[e]) &&
				 n[e] < 2 * gate_least(k->g, k->what));
		}
	}
}

static struct cells cells_of(const struct guard *k)
{
	struct arena *a = &k->cx->arena;
	const size_t n = k->c->n;
	size_t *column = ARENA_ARRAY(a, size_t, n + 1), *at;
	struct cells l = { .list = ARENA_ARRAY(a, struct cell, n + 1),
			   .of = ARENA_ARRAY(a, size_t, n + 1) };

	l.ngroups = columns(k, column);
	at = ARENA_ARRAY(a, size_t, (k->nblocks + 1) * l.ngroups);
	for (size_t i = 0; i < n; i++) {
		size_t *place;

		l.of[i] = NO_GROUP;
		if (k->block[i] == NO_GROUP || k->leaves[k->block[i]])
			continue;
		place = &at[k->block[i] * l.ngroups + column[i]];
		if (!*place) {
			l.list[l.n] = (struct cell){ k->block[i], column[i], 0,
						     false };
			*place = ++l.n;
		}
		l.of[i] = *place - 1;
	}
	count_cells(k, &l);
	return l;
}

/* ---- what leaves ---------------------------------------------------------
 */

/*
 * The cells that can be worked out. Nodes: the groups, one for all blocks of
 * no known sum, the other blocks.
 */
static const bool *worked_out(const struct guard *k, const struct cells *l)
{
	struct bridge_edge *e =
		ARENA_ARRAY(&k->cx->arena, struct bridge_edge, l->n + 1);

	for (size_t i = 0; i < l->n; i++) {
		const size_t block = l->list[i].block;

		e[i].a = l->list[i].group;
		e[i].b = l->ngroups + (k->is_known[block] ? 1 + block : 0);
	}
	return bridges_find(k->cx, e, l->n, l->ngroups + 1 + k->nblocks);
}

/* The cells of a sum of too few people that can be worked out. */
static const bool *few_together(const struct guard *k, const struct cells *l)
{
	struct sum_cell *cells =
		ARENA_ARRAY(&k->cx->arena, struct sum_cell, l->n + 1);
	const struct sum_table t = { cells, l->n, k->nblocks, l->ngroups,
				     k->is_known };

	for (size_t e = 0; e < l->n; e++)
		cells[e] =
			(struct sum_cell){ l->list[e].block, l->list[e].group,
					   l->list[e].people };
	return known_sums_few(k->cx, &t, gate_least(k->g, k->what));
}

/* Which blocks have to leave now; false: none. */
static bool find_leaving(struct guard *k)
{
	const struct cells l = cells_of(k);
	const bool *is_out = worked_out(k, &l);
	const bool *is_few = few_together(k, &l);
	bool found = false;

	for (size_t e = 0; e < l.n; e++) {
		const struct cell *c = &l.list[e];

		if (!c->is_secret || k->leaves[c->block] ||
		    (!is_out[e] && !is_few[e]))
			continue;
		k->leaves[c->block] = found = true;
	}
	return found;
}

static void guard(struct guard k)
{
	struct arena *a = &k.cx->arena;
	const size_t room = k.c->n + 1;
	size_t n;
	const size_t *first = parts_of(&k, &n);

	if (n < 2)
		return;
	k.block = ARENA_ARRAY(a, size_t, room);
	k.is_known = ARENA_ARRAY(a, bool, room);
	k.leaves = ARENA_ARRAY(a, bool, room);
	for (size_t i = 0; i < k.c->n; i++)
		k.block[i] = NO_GROUP;
	for (size_t i = 0; i < n; i++)
		add_part(&k, first[i]);
	while (find_leaving(&k))
		;
	for (size_t i = 0; i < k.c->n; i++) {
		if (k.block[i] == NO_GROUP || !k.leaves[k.block[i]])
			continue;
		k.c->group[i] = NO_GROUP;
		k.c->told[i] = k.is_known[k.block[i]];
	}
}

/* One course of a year, as its own page has it. */
static void guard_course(const struct guard *year, size_t first)
{
	const struct part p = part_of(year, first);
	struct guard k = *year;
	struct cases c = p.c, *all = year->c;
	int64_t *session = ARENA_ARRAY(&k.cx->arena, int64_t, c.n + 1);

	for (size_t i = 0; i < c.n; i++)
		session[i] = all->session[p.at[i]];
	k.c = &c;
	k.part = session;
	guard(k);
	for (size_t i = 0; i < c.n; i++)
		if (c.group[i] != p.group[i]) {
			all->group[p.at[i]] = NO_GROUP;
			all->told[p.at[i]] = c.told[i];
		}
}

/* What courses leave out beside their sessions, the year leaves out, too: it
 * would be the year minus what the courses show. */
static void guard_courses(struct guard k)
{
	size_t n, *first;

	k.part = k.c->course;
	first = parts_of(&k, &n);
	for (size_t i = 0; i < n; i++)
		guard_course(&k, first[i]);
}

void cases_guard(struct ctx *cx, const struct gate *g, enum gate_what what,
		 struct cases *c)
{
	/* A session shows no departments. */
	struct guard k = { .cx = cx,
			   .g = g,
			   .what = what,
			   .c = c,
			   .part = c->session,
			   .parts_show = c->has_order };

	if (c->course)
		guard_courses(k);
	guard(k);
	k.part = c->course;
	k.parts_show = true;
	if (k.part)
		guard(k);
}
