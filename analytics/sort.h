/*
 * sort.h: values with their places, ascending; private to the library.
 */
#ifndef ANALYTICS_SORT_H
#define ANALYTICS_SORT_H

#include "analytics/memory.h"

#include <stdint.h>

struct an_placed {
	double x;
	size_t i;
};

/* x[0..n-1] and their places, ascending; equal values keep their order. */
const struct an_placed *an_placed(struct an_scratch *work, const double *x,
				  size_t n);

/* Unsigned numbers in the order of the doubles (-0 is 0), and back. */
uint64_t an_key_of(double x);
double an_value_of(uint64_t key);

#endif
