/*
 * memory.c: a linked list of blocks.
 */
#include "analytics/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* In front of each block; the union keeps what follows aligned. */
union head {
	union head *before;
	max_align_t align;
};

void *an_alloc(struct an_scratch *s, size_t n, size_t size)
{
	union head *h = NULL;

	if (!size || n <= (SIZE_MAX - sizeof(*h)) / size)
		h = calloc(1, sizeof(*h) + n * size); /* allowed: see .h */
	if (!h) {
		fputs("analytics: out of memory\n", stderr);
		exit(EXIT_FAILURE);
	}
	h->before = s->last;
	s->last = h;
	return h + 1;
}

double *an_doubles(struct an_scratch *s, size_t n)
{
	return an_alloc(s, n, sizeof(double));
}

size_t *an_sizes(struct an_scratch *s, size_t n)
{
	return an_alloc(s, n, sizeof(size_t));
}

void an_scratch_free(struct an_scratch *s)
{
	union head *h = s->last;

	while (h) {
		union head *before = h->before;

		free(h); /* allowed: the other half of an_alloc */
		h = before;
	}
	s->last = NULL;
}
