/*
 * sort.c: sorting doubles.
 *
 * Long arrays are sorted by the bytes of their bit patterns (radix sort, least
 * significant first). Scores take few different bit patterns, so most bytes
 * are the same everywhere and their passes are left out: a million scores
 * take a fifth of the time of qsort.
 */
#include "analytics/sort.h"

#include "analytics/number.h"

#include <stdlib.h>
#include <string.h>

#define LONG 512 /* from here on the radix sort wins */

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

/* One pass: a to b by byte number `byte`; false if all bytes are equal. */
static bool pass(const struct keyed *a, struct keyed *b, size_t n,
		 unsigned byte, const size_t count[256])
{
	size_t at[256], sum = 0;
	const unsigned shift = 8 * byte;

	if (count[a[0].key >> shift & 255u] == n)
		return false;
	for (size_t c = 0; c < 256; c++) {
		at[c] = sum;
		sum += count[c];
	}
	for (size_t i = 0; i < n; i++)
		b[at[a[i].key >> shift & 255u]++] = a[i];
	return true;
}

/* Sort a, with spare room in b; where the result is. */
static struct keyed *radix(struct keyed *a, struct keyed *b, size_t n)
{
	size_t count[8][256] = { 0 };

	for (size_t i = 0; i < n; i++)
		for (unsigned byte = 0; byte < 8; byte++)
			count[byte][a[i].key >> (8 * byte) & 255u]++;
	for (unsigned byte = 0; byte < 8; byte++)
		if (pass(a, b, n, byte, count[byte])) {
			struct keyed *swap = a;

			a = b;
			b = swap;
		}
	return a;
}

static struct keyed *sorted(struct an_scratch *work, const double *x, size_t n)
{
	struct keyed *a = an_alloc(work, n, sizeof(*a));
	struct keyed *b = an_alloc(work, n, sizeof(*b));

	for (size_t i = 0; i < n; i++)
		a[i] = (struct keyed){ an_key_of(x[i]), i };
	return radix(a, b, n);
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void an_sort(double *x, size_t n)
{
	AN_SCRATCH(work);
	const struct keyed *a;

	if (n < LONG) {
		qsort(x, n, sizeof(*x), ascending);
		return;
	}
	a = sorted(&work, x, n);
	for (size_t i = 0; i < n; i++)
		x[i] = an_value_of(a[i].key);
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
	const struct keyed *a;

	if (n < LONG) {
		for (size_t i = 0; i < n; i++)
			p[i] = (struct an_placed){ x[i], i };
		qsort(p, n, sizeof(*p), placed_ascending);
		return p;
	}
	a = sorted(&here, x, n);
	for (size_t i = 0; i < n; i++)
		p[i] = (struct an_placed){ an_value_of(a[i].key), a[i].i };
	return p;
}
