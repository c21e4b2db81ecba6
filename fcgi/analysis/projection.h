/*
 * projection.h: waves of one figure as a trend, and what may be said of the
 * three fiscal years to come.
 *
 *   fewer than 3 waves   no projection
 *   3 to 5               a line with bands, but no trend is named
 *   6 and more           a trend is named when the line, Theil-Sen and
 *                        Mann-Kendall agree
 *   8 and more           and damped Holt, wave by wave, does not go the
 *                        other way
 *   12 and more          quarter terms, where quarters differ and are given;
 *                        then Theil-Sen and Mann-Kendall compare waves of the
 *                        same quarter, and Holt, who knows no quarters, is
 *                        not asked
 *
 * A year farther away than three years or 1.5 times the span that was
 * observed has a band, but no middle. Figures with ends (shares, ratings) are
 * fitted as logits, so that no band leaves the scale; others as they are:
 * analysis_trend.c hands counts over as ln(1 + count). Time is in years.
 */
#ifndef ANALYSIS_PROJECTION_H
#define ANALYSIS_PROJECTION_H

#include "analytics/trend.h"
#include "base/ctx.h"

#define PROJECTION_YEARS 3
#define PROJECTION_LEAST 3 /* waves */

/* The scale of a figure: its ends, or NAN where it has none. */
struct scale_ends {
	double lo, hi;
};

struct projection {
	size_t n;              /* waves it rests on */
	double from, to;       /* the line at the first and the last wave */
	double per_year;       /* (to - from) by year */
	const char *direction; /* "up", "down", "flat", "" (not named) */
	bool is_seasonal;      /* with quarter terms */
	bool holt_differs;     /* it would be named, but Holt goes another way*/
	struct an_forecast year[PROJECTION_YEARS];
	bool within[PROJECTION_YEARS]; /* near enough for a middle */
	bool wide; /* the last band takes more than half of the scale */
	enum an_status status;
};

/*
 * t, y, w   n waves in the order of time: years, value, people (> 0)
 * quarter   0..3 of each wave, or NULL: waves are whole years
 * future    when the fiscal years to come are, in the same time
 *
 * status AN_TOO_FEW below PROJECTION_LEAST; otherwise as an_trend().
 */
struct projection project(struct ctx *cx, const struct an_waves *waves,
			  const unsigned *quarter, struct scale_ends ends,
			  const double future[PROJECTION_YEARS]);

#endif
