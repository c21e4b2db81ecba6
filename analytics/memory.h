/*
 * memory.h: working space of one calculation.
 *
 *	AN_SCRATCH(work);
 *	double *x = an_doubles(&work, n);
 *
 * Everything taken from a scratch is zeroed and is given back together when
 * the function that declared it returns, however it returns. A result that
 * owns arrays holds a struct an_scratch of its own and has a *_free function.
 *
 * Out of memory ends the process, as everywhere in the house.
 */
#ifndef ANALYTICS_MEMORY_H
#define ANALYTICS_MEMORY_H

#include <stddef.h>

struct an_scratch {
	void *last; /* newest block, linked to the one before it */
};

#define AN_SCRATCH(name) \
	__attribute__((  \
		cleanup(an_scratch_free))) struct an_scratch name = { NULL }

/* n zeroed elements of this size; never NULL, also for n = 0. */
void *an_alloc(struct an_scratch *s, size_t n, size_t size);

double *an_doubles(struct an_scratch *s, size_t n);
size_t *an_sizes(struct an_scratch *s, size_t n);

/* Give everything back; the scratch is empty afterwards and can be reused. */
void an_scratch_free(struct an_scratch *s);

#endif
