/*
 * gate_table.c: which cells of a published table are hidden.
 *
 * Primary and complementary hiding is an_suppress(): every row and column has
 * no hidden cell or at least two. That is not yet enough. Seen as a graph with
 * a node for each row and column and an edge for each hidden cell, a cell can
 * be worked out from the totals exactly if its edge lies on no cycle (a
 * bridge): the lines on one side of it then hold nothing else that is
 * unknown. So cells are hidden until there is no bridge, and until the hidden
 * rest of every line is as many people as may be shown.
 */
#include "analytics/suppress.h"
#include "insight/gate.h"

struct table {
	struct ctx *cx;
	const uint64_t *count;
	bool *shown;
	size_t rows, columns, least;
	size_t *seen; /* a mark per row and column while searching */
	size_t mark;
};

static size_t cell(const struct table *t, size_t row, size_t column)
{
	return row * t->columns + column;
}

/* Can node b be reached from node a without the edge (row, column)? */
static bool reaches(struct table *t, size_t a, size_t b, size_t avoid)
{
	const size_t nodes = t->rows + t->columns;

	if (a == b)
		return true;
	t->seen[a] = t->mark;
	for (size_t i = 0; i < nodes; i++) {
		size_t at;

		if (t->seen[i] == t->mark || (a < t->rows) == (i < t->rows))
			continue;
		at = a < t->rows ? cell(t, a, i - t->rows)
				 : cell(t, i, a - t->rows);
		if (!t->shown[at] && at != avoid && reaches(t, i, b, avoid))
			return true;
	}
	return false;
}

static bool is_bridge(struct table *t, size_t row, size_t column)
{
	t->mark++;
	return !reaches(t, row, t->rows + column, cell(t, row, column));
}

/* Hide the smallest shown cell of a line, positive ones first. */
static bool hide_in_line(struct table *t, size_t first, size_t step, size_t n)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < n; i++) {
		const size_t at = first + i * step;

		if (!t->shown[at])
			continue;
		if (best == SIZE_MAX ||
		    (t->count[at] &&
		     (!t->count[best] || t->count[at] < t->count[best])))
			best = at;
	}
	if (best == SIZE_MAX)
		return false;
	t->shown[best] = false;
	return true;
}

/* People behind the hidden cells of a line; *cells says how many cells. */
static uint64_t hidden_in_line(const struct table *t, size_t first, size_t step,
			       size_t n, size_t *cells)
{
	uint64_t people = 0;

	*cells = 0;
	for (size_t i = 0; i < n; i++)
		if (!t->shown[first + i * step]) {
			people += t->count[first + i * step];
			(*cells)++;
		}
	return people;
}

/* One line: at least two hidden cells, together enough people. */
static bool widen_line(struct table *t, size_t first, size_t step, size_t n)
{
	size_t cells;
	const uint64_t people = hidden_in_line(t, first, step, n, &cells);

	if (!cells || (cells > 1 && people >= t->least))
		return false;
	return hide_in_line(t, first, step, n);
}

static bool widen(struct table *t)
{
	bool changed = false;

	for (size_t i = 0; i < t->rows; i++)
		changed |= widen_line(t, cell(t, i, 0), 1, t->columns);
	for (size_t j = 0; j < t->columns; j++)
		changed |= widen_line(t, j, t->columns, t->rows);
	return changed;
}

/* A bridge gets company in its row, or else in its column. */
static bool close_bridges(struct table *t)
{
	for (size_t i = 0; i < t->rows; i++)
		for (size_t j = 0; j < t->columns; j++) {
			if (t->shown[cell(t, i, j)] || !is_bridge(t, i, j))
				continue;
			if (hide_in_line(t, cell(t, i, 0), 1, t->columns) ||
			    hide_in_line(t, j, t->columns, t->rows))
				return true;
		}
	return false;
}

void gate_table(struct ctx *cx, size_t least, const size_t *count, size_t rows,
		size_t columns, bool *shown)
{
	struct table t = { .cx = cx,
			   .shown = shown,
			   .rows = rows,
			   .columns = columns,
			   .least = least };
	uint64_t *people = ARENA_ARRAY(&cx->arena, uint64_t, rows * columns);
	unsigned char *mask =
		ARENA_ARRAY(&cx->arena, unsigned char, rows *columns);

	for (size_t i = 0; i < rows * columns; i++)
		people[i] = count[i];
	if (an_suppress(people, rows, columns, least, mask) == AN_EMPTY)
		return;
	for (size_t i = 0; i < rows * columns; i++)
		shown[i] = mask[i] == AN_SHOWN;
	t.count = people;
	t.seen = ARENA_ARRAY(&cx->arena, size_t, rows + columns);
	while (widen(&t) || close_bridges(&t))
		;
}
