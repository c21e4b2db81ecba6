/*
 * suppress.h: hide small cells of a table of counts so that nobody can be
 * made out, also not by subtracting from the totals.
 */
#ifndef ANALYTICS_SUPPRESS_H
#define ANALYTICS_SUPPRESS_H

#include "analytics/status.h"

#include <stdint.h>

/* Smallest groups that are shown. */
#define AN_K_SCORE   5  /* knowledge scores */
#define AN_K_OPINION 10 /* opinions, needs, free text */

enum an_mask {
	AN_SHOWN = 0,
	AN_HIDDEN_PRIMARY = 1,      /* 0 < count < k */
	AN_HIDDEN_COMPLEMENTARY = 2 /* hidden so that another stays hidden */
};

/*
 * Mask a table of `rows` by `columns` counts (row after row) whose row and
 * column totals are published.
 *
 * Cells with 0 < count < k are hidden. As long as a row or column has exactly
 * one hidden cell, its smallest positive other cell (a zero cell if there is
 * no positive one) is hidden too: rows before columns, the first of equally
 * small cells, until nothing changes. A table with one row or one column may
 * keep a single hidden cell when no other cell exists.
 *
 * mask  rows*columns places, enum an_mask
 * AN_OK, AN_SUPPRESSED if anything is hidden, AN_EMPTY without cells.
 */
enum an_status an_suppress(const uint64_t *count, size_t rows, size_t columns,
			   uint64_t k, unsigned char *mask);

/* May a group of n people be shown on its own, of a published total? False if
 * 0 < n < k or the rest of the total is that small. */
int an_group_shown(uint64_t n, uint64_t total, uint64_t k);

/* True if n people all gave one answer and are too few to publish that:
 * fewer than 2k. */
int an_unanimous(const uint64_t *count, size_t answers, uint64_t k);

#endif
