/*
 * sort.h: values with their places, ascending; private to number.c and sort.c.
 */
#ifndef ANALYTICS_SORT_H
#define ANALYTICS_SORT_H

#include "analytics/memory.h"

struct an_placed {
	double x;
	size_t i;
};

/* x[0..n-1] and their places, ascending; equal values keep their order. */
const struct an_placed *an_placed(struct an_scratch *work, const double *x,
				  size_t n);

#endif
