/*
 * plan.h: the arithmetic of the three-year plan. Pure: no database, no text.
 *
 * A run of a course has seats; of the people who book a seat only a share
 * comes (the show rate, 0 to 1, from own attendance). So
 *
 *   runs = people to reach / (seats x show rate), rounded up.
 *
 * Money is yen, time is minutes, years are fiscal years.
 */
#ifndef INSIGHT_PLAN_H
#define INSIGHT_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAN_YEARS         3
#define PLAN_SHOW_RATE_MIN 0.1 /* below that something else is wrong */
#define PLAN_SHOW_RATE_ALL 0.9 /* while nothing is known of own attendance */

/*
 * Runs that are needed. 0 for no people. seats below 1 or a show rate outside
 * (0, 1] make no sense and give 0. A quotient that is whole up to 1e-9 stays
 * that whole number, so 54 people on 60 seats at 0.9 need one run.
 */
int64_t plan_runs(int64_t people, int64_t seats, double show_rate);

/* People that runs can reach: seats x runs x show rate, rounded down. */
int64_t plan_reach(int64_t runs, int64_t seats, double show_rate);

/* What the arithmetic needs of a line. */
struct plan_sum_line {
	int fiscal_year;
	int64_t people, seats, runs;
	double show_rate;
	int64_t minutes;      /* of a run */
	int64_t cost_per_run; /* yen */
};

/* Totals of a year, or of all. */
struct plan_sum {
	size_t lines;
	int64_t people; /* to reach */
	int64_t reach;  /* can be reached */
	int64_t runs, seats, minutes, cost;
};

/* Sums of the lines of one fiscal year; year 0: of all lines. */
struct plan_sum plan_total(const struct plan_sum_line *lines, size_t n,
			   int fiscal_year);

/*
 * What if the show rate and the seats of a run were these: the same lines
 * with their runs worked out anew. seats 0 keeps each line's own. Runs that
 * a person set by hand stay when keep[i] is true (keep may be NULL).
 */
void plan_what_if(const struct plan_sum_line *lines, const bool *keep, size_t n,
		  double show_rate, int64_t seats, struct plan_sum_line *out);

/*
 * Show rate from own attendance: present / booked, between
 * PLAN_SHOW_RATE_MIN and 1. Fewer than 30 bookings say too little: then
 * PLAN_SHOW_RATE_ALL and *from_own false.
 */
double plan_show_rate(int64_t booked, int64_t present, bool *from_own);

/*
 * People shared over the years from `from` to the last year of a plan that
 * begins in first_year: as even as can be, earlier years first. share has
 * PLAN_YEARS places; years before `from` get 0.
 */
void plan_spread(int64_t people, int first_year, int from,
		 int64_t share[PLAN_YEARS]);

#endif
