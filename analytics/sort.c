/*
 * sort.c: sorting doubles.
 *
 * Long arrays are sorted by the bytes of their bit patterns (radix sort, least
 * significant first). Scores take few different bit patterns, so most bytes
 * are the same everywhere and their passes are left out.
 */
#include "analytics/sort.h"

#include "analytics/number.h"

#include <stdlib.h>
#include <string.h>

#define LONG 256 /* from here on the radix sort wins */

struct keyed {
	uint64_t key;
	size_t i;
};

uint64_t an_key_of(double x)
{
	uint64_t bits;

	x += 0.0; /* -0 becomes 0 */
	memcpy(&bits, &x, sizeof(bits));
	return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

double an_value_of(uint64_t key)
{
	const uint64_t bits = key >> 63 ? key & ~((uint64_t)1 << 63) : ~key;
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

/* Where each byte value begins, from how often it occurs. */
static void begin_at(size_t count[256])
{
	size_t sum = 0;

	for (size_t c = 0; c < 256; c++) {
		const size_t here = count[c];

		count[c] = sum;
		sum += here;
	}
}

/* Sort keys in a, with spare room in b; where the result is. */
static const uint64_t *radix_keys(uint64_t *a, uint64_t *b, size_t n)
{
	uint64_t differ = 0;

	for (size_t i = 0; i < n; i++)
		differ |= a[i] ^ a[0];
	for (unsigned shift = 0; shift < 64; shift += 8) {
		size_t at[256] = { 0 };
		uint64_t *swap = a;

		if (!(differ >> shift & 255u))
			continue;
		for (size_t i = 0; i < n; i++)
			at[a[i] >> shift & 255u]++;
		begin_at(at);
		for (size_t i = 0; i < n; i++)
			b[at[a[i] >> shift & 255u]++] = a[i];
		a = b;
		b = swap;
	}
	return a;
}

/* The same for keys with their places; equal keys keep their order. */
static const struct keyed *radix_places(struct keyed *a, struct keyed *b,
					size_t n)
{
	uint64_t differ = 0;

	for (size_t i = 0; i < n; i++)
		differ |= a[i].key ^ a[0].key;
	for (unsigned shift = 0; shift < 64; shift += 8) {
		size_t at[256] = { 0 };
		struct keyed *swap = a;

		if (!(differ >> shift & 255u))
			continue;
		for (size_t i = 0; i < n; i++)
			at[a[i].key >> shift & 255u]++;
		begin_at(at);
		for (size_t i = 0; i < n; i++)
			b[at[a[i].key >> shift & 255u]++] = a[i];
		a = b;
		b = swap;
	}
	return a;
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void an_sort(double *x, size_t n)
{
	AN_SCRATCH(work);
	const uint64_t *sorted;
	uint64_t *key;

	if (n < LONG) {
		qsort(x, n, sizeof(*x), ascending);
		return;
	}
	key = an_alloc(&work, 2 * n, sizeof(*key));
	for (size_t i = 0; i < n; i++)
		key[i] = an_key_of(x[i]);
	sorted = radix_keys(key, key + n, n);
	for (size_t i = 0; i < n; i++)
		x[i] = an_value_of(sorted[i]);
}

static int placed_ascending(const void *a, const void *b)
{
	const struct an_placed *x = a, *y = b;

	if (x->x != y->x)
		return x->x > y->x ? 1 : -1;
	return (x->i > y->i) - (x->i < y->i);
}

const struct an_placed *an_placed(struct an_scratch *work, const double *x,
				  size_t n)
{
	AN_SCRATCH(here);
	struct an_placed *p = an_alloc(work, n, sizeof(*p));
	const struct keyed *sorted;
	struct keyed *a;

	if (n < LONG) {
		for (size_t i = 0; i < n; i++)
			p[i] = (struct an_placed){ x[i], i };
		qsort(p, n, sizeof(*p), placed_ascending);
		return p;
	}
	a = an_alloc(&here, 2 * n, sizeof(*a));
	for (size_t i = 0; i < n; i++)
		a[i] = (struct keyed){ an_key_of(x[i]), i };
	sorted = radix_places(a, a + n, n);
	for (size_t i = 0; i < n; i++)
		p[i] = (struct an_placed){ an_value_of(sorted[i].key),
					   sorted[i].i };
	return p;
}
