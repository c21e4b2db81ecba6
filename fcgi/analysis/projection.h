/*
 * projection.h: waves of one figure as a trend, and what may be said of the
 * three fiscal years to come.
 *
 *   fewer than 3 waves   no projection
 *   3 to 5               a line with bands, but no trend is named
 *   6 and more           a trend is named when the line, Theil-Sen and
 *                        Mann-Kendall agree
 *   8 and more           damped Holt besides, to see whether it agrees
 *
 * A year farther away than three years or 1.5 times the span that was
 * observed has a band, but no middle. Figures with ends (shares, ratings) are
 * fitted as logits, so that no band leaves the scale. Time is in years.
 */
#ifndef ANALYSIS_PROJECTION_H
#define ANALYSIS_PROJECTION_H

#include "analytics/trend.h"
#include "base/ctx.h"

#define PROJECTION_YEARS 3
#define PROJECTION_LEAST 3 /* waves */
#define PROJECTION_NAMED 6
#define PROJECTION_HOLT  8

/* The scale of a figure: its ends, or NAN where it has none. */
struct scale_ends {
	double lo, hi;
};

struct projection {
	size_t n;              /* waves it rests on */
	struct an_trend fit;   /* slopes on the scale it was fitted on */
	double from, to;       /* the line at the first and the last wave */
	double per_year;       /* (to - from) by year */
	const char *direction; /* "up", "down", "flat", "" (not named) */
	double holt;           /* the next wave; NAN below 8 */
	bool holt_agrees;      /* it goes the way of the line */
	struct an_forecast year[PROJECTION_YEARS];
	bool within[PROJECTION_YEARS]; /* near enough for a middle */
	bool wide; /* the last band takes more than half of the scale */
	enum an_status status;
};

/*
 * t, y, w   n waves in the order of time: years, value, people (> 0)
 * future    when the fiscal years to come are, in the same time
 *
 * status AN_TOO_FEW below PROJECTION_LEAST; otherwise as an_trend().
 */
struct projection project(struct ctx *cx, const struct an_waves *waves,
			  struct scale_ends ends,
			  const double future[PROJECTION_YEARS]);

#endif
