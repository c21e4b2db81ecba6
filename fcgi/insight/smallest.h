/*
 * smallest.h: smallest effects of interest, one list for all pages.
 *
 * A finding is named only where its interval lies beyond its smallest effect;
 * where the interval lies wholly inside, the page says that there is no
 * difference that matters (実質的な差なし). Odds ratios: 1.5, that is
 * AN_DIF_SMALLEST_DELTA of analytics/dif.h.
 */
#ifndef INSIGHT_SMALLEST_H
#define INSIGHT_SMALLEST_H

#include "insight/gate.h"

#define SMALLEST_DZ       0.2   /* standard deviations (of changes, people) */
#define SMALLEST_R        0.1   /* a correlation */
#define SMALLEST_EPSILON2 0.01  /* share of the differences of ranks */
#define SMALLEST_CLIFF    0.147 /* Cliff's delta */
#define SMALLEST_SHARE    0.05  /* five points of percent */

/*
 * What an interval says: above or below what matters, inside it ("same"), on
 * one side of 0 but perhaps inside, or none of these. Limits may be rounded,
 * so one that is the smallest effect itself is not beyond it. SIZE_NOTHING
 * without a value or without limits.
 */
enum size {
	SIZE_NOTHING,
	SIZE_ABOVE,
	SIZE_BELOW,
	SIZE_SAME,
	SIZE_SMALL,
	SIZE_UNCLEAR
};

enum size size_of(const struct figure *f, double smallest);

#endif
