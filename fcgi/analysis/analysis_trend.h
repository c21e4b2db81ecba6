/*
 * analysis_trend.h: the parts of the part "trend".
 *
 * Waves are the fiscal years up to this one (of a year) or the sessions (of a
 * course). The kept object of it:
 *   by       "year" or "session": what a wave is
 *   least    waves that a projection needs
 *   lines[]  what: "applications", "came" (of fiscal years that are over;
 *            the current one is so_far), "rate" (share with the need),
 *            "before", "after", "overall" (of sessions);
 *            unit: "count", "share", "points"; tier, tier_name, skill, name
 *            waves[]: year or at (UTC), value, n
 *            so_far: null, or the count of the year that is not over
 *            is_standard: the values are those that the staff of now would
 *            have given (post-stratified by tier; of everybody only)
 *            is_seasonal: fitted with quarter terms; holt_differs: not named,
 *            because damped Holt goes the other way
 *            is_broken: the questions changed; only the waves from `since` on
 *            are projected
 *            status, n (waves projected), and when "ok": per_year, direction
 *            ("up", "down", "flat", "" not named), wide (the last band takes
 *            half of the scale, of counts more than there ever were),
 *            ahead[]: year,
 *            value (null: too far for a middle), lo50, hi50, lo80, hi80
 *   reach[]  of a year, the first needs by tier: skill, name, tier,
 *            tier_name, staff, rate (figure), people, people_lo, people_hi
 *            (staff x rate: as it is now), ahead[] as above, in people
 */
#ifndef ANALYSIS_ANALYSIS_TREND_H
#define ANALYSIS_ANALYSIS_TREND_H

#include "analysis/analysis.h"
#include "analysis/projection.h"

/* A fiscal year stands at its middle: 1 October. */
#define TREND_MIDDLE 0.75

/*
 * t in years; n people behind y, who count as `weight` people of a simple
 * sample. at: when (UTC), of sessions; else NULL, and no quarter.
 */
struct trend_wave {
	double t, y, n, weight;
	const char *at;
	unsigned quarter; /* of the fiscal year: 0..3 */
};

/* One figure over its waves, in the order of time. */
struct trend_line {
	const char *what, *unit;
	const char *skill, *tier; /* "": not about */
	struct bilingual name, tier_name;
	struct trend_wave *waves;
	size_t n, since; /* since: the first wave that counts */
	struct scale_ends ends;
	double so_far; /* NAN: the last year is over */
	bool is_standard;
};

/* The three fiscal years after `year`, at their middle. */
struct trend_ahead {
	int64_t year;
	double t[PROJECTION_YEARS];
};
struct trend_ahead trend_ahead(int64_t year);

/* Write the line; what was projected is also given back. */
struct projection trend_put(const struct analysis_work *w, json_t *lines,
			    const struct trend_line *l,
			    const struct trend_ahead *ahead);

/* ahead[] of a projection, every number times `times`. */
void trend_put_ahead(json_t *o, const struct projection *p,
		     const struct trend_ahead *ahead, double times);

/* analysis_trend_years.c: the waves of a fiscal year. */
enum err trend_years(const struct analysis_work *w, json_t *out) MUST_USE;

#endif
