/*
 * suppress.c: primary and complementary hiding of cells.
 */
#include "analytics/suppress.h"

#include <stdbool.h>

/* A row or a column of the table: first cell and distance to the next. */
struct line {
	const uint64_t *count;
	unsigned char *mask;
	size_t n, step;
};

static bool protect(const struct line *l)
{
	size_t hidden = 0, best = l->n;

	for (size_t i = 0; i < l->n; i++)
		hidden += l->mask[i * l->step] != AN_SHOWN ? 1 : 0;
	if (hidden != 1)
		return false;
	for (size_t i = 0; i < l->n; i++) {
		const uint64_t c = l->count[i * l->step];
		uint64_t smallest;

		if (l->mask[i * l->step] != AN_SHOWN)
			continue;
		smallest = best < l->n ? l->count[best * l->step] : 0;
		/* A zero cell gives way to any positive one. */
		if (best == l->n || (c && (!smallest || c < smallest)))
			best = i;
	}
	if (best == l->n)
		return false;
	l->mask[best * l->step] = AN_HIDDEN_COMPLEMENTARY;
	return true;
}

enum an_status an_suppress(const uint64_t *count, size_t rows, size_t columns,
			   uint64_t k, unsigned char *mask)
{
	bool again = true, hidden = false;

	if (!rows || !columns)
		return AN_EMPTY;
	for (size_t i = 0; i < rows * columns; i++)
		mask[i] = count[i] > 0 && count[i] < k ? AN_HIDDEN_PRIMARY
						       : AN_SHOWN;
	while (again) {
		again = false;
		for (size_t i = 0; i < rows; i++) {
			const struct line l = { count + i * columns,
						mask + i * columns, columns,
						1 };

			again |= protect(&l);
		}
		for (size_t j = 0; j < columns; j++) {
			const struct line l = { count + j, mask + j, rows,
						columns };

			again |= protect(&l);
		}
	}
	for (size_t i = 0; i < rows * columns; i++)
		hidden |= mask[i] != AN_SHOWN;
	return hidden ? AN_SUPPRESSED : AN_OK;
}

int an_group_shown(uint64_t n, uint64_t total, uint64_t k)
{
	const uint64_t rest = total > n ? total - n : 0;

	return n >= k && (rest == 0 || rest >= k);
}

int an_unanimous(const uint64_t *count, size_t answers, uint64_t k)
{
	uint64_t n = 0;
	size_t given = 0;

	for (size_t i = 0; i < answers; i++) {
		n += count[i];
		given += count[i] ? 1 : 0;
	}
	return given == 1 && n < 2 * k;
}
