/*
 * bridges.c: Tarjan's search (1974).
 */
#include "analysis/bridges.h"

/* The edges of node i are at[from[i]] to at[from[i + 1] - 1]. */
struct graph {
	const struct bridge_edge *edges;
	size_t *at, *from, *order, *low, time;
	bool *is_bridge;
};

static void search(struct graph *g, size_t node, size_t by)
{
	g->order[node] = g->low[node] = ++g->time;
	for (size_t i = g->from[node]; i < g->from[node + 1]; i++) {
		const size_t e = g->at[i];
		const size_t to =
			node == g->edges[e].a ? g->edges[e].b : g->edges[e].a;

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

const bool *bridges_find(struct ctx *cx, const struct bridge_edge *edges,
			 size_t n, size_t nodes)
{
	struct arena *a = &cx->arena;
	struct graph g = { .edges = edges,
			   .at = ARENA_ARRAY(a, size_t, 2 * n + 1),
			   .from = ARENA_ARRAY(a, size_t, nodes + 2),
			   .order = ARENA_ARRAY(a, size_t, nodes + 1),
			   .low = ARENA_ARRAY(a, size_t, nodes + 1),
			   .is_bridge = ARENA_ARRAY(a, bool, n + 1) };

	for (size_t e = 0; e < n; e++) {
		g.from[edges[e].a + 2]++;
		g.from[edges[e].b + 2]++;
	}
	for (size_t i = 2; i < nodes + 2; i++)
		g.from[i] += g.from[i - 1];
	for (size_t e = 0; e < n; e++) {
		g.at[g.from[edges[e].a + 1]++] = e;
		g.at[g.from[edges[e].b + 1]++] = e;
	}
	for (size_t i = 0; i < nodes; i++)
		if (!g.order[i])
			search(&g, i, SIZE_MAX);
	return g.is_bridge;
}
