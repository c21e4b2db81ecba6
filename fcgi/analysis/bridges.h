/*
 * bridges.h: edges of a graph that nothing leads around.
 *
 * Sums as nodes, hidden numbers as edges between the two sums they are in:
 * what can be worked out exactly are the bridges (see gate_table.c).
 */
#ifndef ANALYSIS_BRIDGES_H
#define ANALYSIS_BRIDGES_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

/* The nodes at its ends, from 0; two edges may have the same ends. */
struct bridge_edge {
	size_t a, b;
};

/* n places, true for bridges; in cx->arena. */
const bool *bridges_find(struct ctx *cx, const struct bridge_edge *edges,
			 size_t n, size_t nodes);

#endif
