/*
 * drivers_data.h: shares from correlations; private to drivers*.c.
 */
#ifndef ANALYTICS_DRIVERS_DATA_H
#define ANALYTICS_DRIVERS_DATA_H

#include <stdbool.h>
#include <stddef.h>

/* Correlations of the predictors (k by k) and with y. */
struct an_correlations {
	size_t k;
	double *r, *ry;
};

/* General dominance in percent of R2 (k places); false where undefined. */
bool an_dominance_pct(const struct an_correlations *c, double *pct);

#endif
