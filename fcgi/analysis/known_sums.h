/*
 * known_sums.h: sums of hidden numbers that follow from sums that are shown.
 *
 * A table of blocks by groups; the sums of all groups are known and those of
 * some blocks, not the cells. Beside single cells (bridges.h) sums of a few
 * cells can be worked out:
 *
 *   - some groups minus the known blocks that lie inside of them: what other
 *     blocks have in these groups;
 *   - known blocks that hold all of some groups, minus these groups: what the
 *     blocks have elsewhere.
 */
#ifndef ANALYSIS_KNOWN_SUMS_H
#define ANALYSIS_KNOWN_SUMS_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

/* People in a block and a group. */
struct sum_cell {
	size_t block, group, people;
};

struct sum_table {
	const struct sum_cell *cells;
	size_t n, nblocks, ngroups;
	const bool *is_known; /* per block */
};

/*
 * n places, true for cells of a sum like these of 1 to least-1 people; in
 * cx->arena. Up to 12 groups every set of groups is looked at, beyond sets of
 * one and two.
 */
const bool *known_sums_few(struct ctx *cx, const struct sum_table *t,
			   size_t least);

#endif
