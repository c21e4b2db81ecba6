/*
 * analysis_guard.c: cases that stay out of the groups of a course or a year,
 * because its parts (sessions, courses) are shown on pages of their own.
 *
 * A part shows its groups; those too small are put together there or hidden:
 * a *block* of cells whose sum is known, but not its cells. The whole shows
 * each group over all parts. Seen as a graph with a node for each group and
 * each block and an edge for each cell that is not shown itself, a cell can
 * be worked out exactly if its edge is a bridge (see gate_table.c). Cells of
 * blocks without a known sum hang on one node together: it adds no equation
 * that the others do not imply.
 *
 * So a block leaves the whole when one of its cells is a secret (too small or
 * too alike to be shown) and a bridge, or when the hidden cells of a group are
 * too few together; until nothing more has to leave.
 */
#include "analysis/analysis_grouping.h"

#include <math.h>

/* A group within a part, where it is not shown itself. */
struct cell {
	size_t block, group, people;
	bool is_secret; /* too small, or too alike, to be shown */
};

struct guard {
	struct ctx *cx;
	const struct gate *g;
	enum gate_what what;
	struct cases *c;
	const int64_t *part; /* of each case */
	size_t *block;       /* of each case; NO_GROUP: none */
	bool *is_known;      /* per block: its sum is shown */
	bool *leaves;        /* per block */
	size_t nblocks;
	struct cell *cells;
	size_t ncells;
};

/* ---- the cells of a part -------------------------------------------------
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

	for (size_t i = first; i < c->n; i++)
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

/* Groups as the part shows them; what it leaves out is in none. */
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

/* The cells of one block of a part, which is place b of it. */
static void add_block(struct guard *k, const struct part *p, size_t b,
		      const struct cell *own, size_t ngroups)
{
	const size_t first = k->ncells;
	bool *has = ARENA_ARRAY(&k->cx->arena, bool, ngroups + 1);
	size_t people = 0;

	for (size_t i = 0; i < p->c.n; i++)
		if (p->c.group[i] == b && p->group[i] != NO_GROUP)
			has[p->group[i]] = true;
	for (size_t t = 0; t < ngroups; t++) {
		if (!has[t])
			continue;
		k->cells[k->ncells] = own[t];
		k->cells[k->ncells++].block = k->nblocks;
		people += own[t].people;
	}
	k->is_known[k->nblocks] =
		b != NO_GROUP
			? !cases_is_small(k->g, k->what, &p->c, b)
			: !p->c.has_order && gate_may(k->g, k->what, people) &&
				  !cases_ungrouped(&p->c, p->group);
	/* One group alone, and shown: nothing of it is hidden. */
	if (k->ncells == first ||
	    (k->ncells == first + 1 && k->is_known[k->nblocks])) {
		k->ncells = first;
		return;
	}
	for (size_t i = 0; i < p->c.n; i++)
		if (p->c.group[i] == b && p->group[i] != NO_GROUP)
			k->block[p->at[i]] = k->nblocks;
	k->nblocks++;
}

static void add_part(struct guard *k, size_t first)
{
	struct part p = part_of(k, first);
	const size_t ngroups = k->c->ngroups;
	struct cell *own = ARENA_ARRAY(&k->cx->arena, struct cell, ngroups + 1);

	for (size_t t = 0; t < ngroups; t++)
		own[t] = (struct cell){
			.group = t,
			.people = cases_fewest(&p.c, t),
			.is_secret = cases_is_small(k->g, k->what, &p.c, t),
		};
	if (!p.c.nvalues)
		return; /* nobody was asked any of it there */
	show(k, &p.c);
	for (size_t b = 0; b < p.c.ngroups; b++)
		add_block(k, &p, b, own, ngroups);
	add_block(k, &p, NO_GROUP, own, ngroups);
}

/* How many parts there are. */
static size_t add_parts(struct guard *k)
{
	bool *done = ARENA_ARRAY(&k->cx->arena, bool, k->c->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < k->c->n; i++) {
		if (done[i] || k->c->group[i] == NO_GROUP)
			continue;
		for (size_t j = i; j < k->c->n; j++)
			done[j] |= k->part[j] == k->part[i];
		add_part(k, i);
		n++;
	}
	return n;
}

/* ---- the graph -----------------------------------------------------------
 */

/*
 * Nodes: the groups, one for all blocks of no known sum, the other blocks.
 * edge, from: the cells of node i are edge[from[i]] to edge[from[i + 1] - 1].
 */
struct graph {
	const struct guard *k;
	size_t *edge, *from, *order, *low, time;
	bool *is_bridge;
};

static size_t node_of(const struct guard *k, const struct cell *e)
{
	return k->c->ngroups + (k->is_known[e->block] ? 1 + e->block : 0);
}

static struct graph graph_of(const struct guard *k)
{
	struct arena *a = &k->cx->arena;
	const size_t nodes = k->c->ngroups + 1 + k->nblocks;
	struct graph g = { .k = k,
			   .edge = ARENA_ARRAY(a, size_t, 2 * k->ncells + 1),
			   .from = ARENA_ARRAY(a, size_t, nodes + 2),
			   .order = ARENA_ARRAY(a, size_t, nodes + 1),
			   .low = ARENA_ARRAY(a, size_t, nodes + 1),
			   .is_bridge = ARENA_ARRAY(a, bool, k->ncells + 1) };

	for (size_t e = 0; e < k->ncells; e++) {
		if (k->leaves[k->cells[e].block])
			continue;
		g.from[k->cells[e].group + 2]++;
		g.from[node_of(k, &k->cells[e]) + 2]++;
	}
	for (size_t i = 2; i < nodes + 2; i++)
		g.from[i] += g.from[i - 1];
	for (size_t e = 0; e < k->ncells; e++) {
		if (k->leaves[k->cells[e].block])
			continue;
		g.edge[g.from[k->cells[e].group + 1]++] = e;
		g.edge[g.from[node_of(k, &k->cells[e]) + 1]++] = e;
	}
	return g;
}

/* Tarjan's search: a cell that nothing else leads around is a bridge. */
static void search(struct graph *g, size_t node, size_t by)
{
	g->order[node] = g->low[node] = ++g->time;
	for (size_t i = g->from[node]; i < g->from[node + 1]; i++) {
		const size_t e = g->edge[i];
		const struct cell *c = &g->k->cells[e];
		const size_t to =
			node == c->group ? node_of(g->k, c) : c->group;

		if (e == by)
			continue;
		if (!g->order[to]) {
			search(g, to, e);
			g->is_bridge[e] = g->low[to] > g->order[node];
		}
		if (g->low[to] < g->low[node])
			g->low[node] = g->low[to];
	}
}

/* Which blocks have to leave now; false: none. */
static bool find_leaving(struct guard *k)
{
	struct arena *a = &k->cx->arena;
	struct graph g = graph_of(k);
	size_t *people = ARENA_ARRAY(a, size_t, k->c->ngroups + 1);
	bool found = false;

	for (size_t i = 0; i < k->c->ngroups; i++)
		if (!g.order[i])
			search(&g, i, SIZE_MAX);
	for (size_t e = 0; e < k->ncells; e++)
		if (!k->leaves[k->cells[e].block])
			people[k->cells[e].group] += k->cells[e].people;
	/* Somebody in many parts is one person. */
	for (size_t t = 0; t < k->c->ngroups; t++)
		if (k->c->people[t] < people[t])
			people[t] = k->c->people[t];
	for (size_t e = 0; e < k->ncells; e++) {
		const struct cell *c = &k->cells[e];

		if (k->leaves[c->block] || !c->is_secret ||
		    (!g.is_bridge[e] &&
		     gate_may(k->g, k->what, people[c->group])))
			continue;
		k->leaves[c->block] = found = true;
	}
	return found;
}

static void guard(struct guard k)
{
	struct arena *a = &k.cx->arena;
	const size_t room = k.c->n + 1;

	k.block = ARENA_ARRAY(a, size_t, room);
	k.is_known = ARENA_ARRAY(a, bool, room);
	k.leaves = ARENA_ARRAY(a, bool, room);
	k.cells = ARENA_ARRAY(a, struct cell, room);
	for (size_t i = 0; i < k.c->n; i++)
		k.block[i] = NO_GROUP;
	if (add_parts(&k) < 2)
		return;
	while (find_leaving(&k))
		;
	for (size_t i = 0; i < k.c->n; i++) {
		if (k.block[i] == NO_GROUP || !k.leaves[k.block[i]])
			continue;
		k.c->group[i] = NO_GROUP;
		k.c->told[i] = k.is_known[k.block[i]];
	}
}

void cases_guard(struct ctx *cx, const struct gate *g, enum gate_what what,
		 struct cases *c)
{
	guard((struct guard){
		.cx = cx, .g = g, .what = what, .c = c, .part = c->session });
	if (c->course)
		guard((struct guard){ .cx = cx,
				      .g = g,
				      .what = what,
				      .c = c,
				      .part = c->course });
}
