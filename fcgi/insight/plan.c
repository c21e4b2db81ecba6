/*
 * plan.c: runs, seats, hours and yen.
 */
#include "insight/plan.h"

#include "analytics/needs.h"

#include <math.h>

int64_t plan_runs(int64_t people, int64_t seats, double show_rate)
{
	double runs;

	if (people <= 0 || seats < 1 || !(show_rate > 0.0) || show_rate > 1.0)
		return 0;
	runs = (double)people / ((double)seats * show_rate);
	return (int64_t)ceil(runs - 1e-9);
}

int64_t plan_reach(int64_t runs, int64_t seats, double show_rate)
{
	if (runs <= 0 || seats < 1 || !(show_rate > 0.0))
		return 0;
	return (int64_t)floor((double)runs * (double)seats * show_rate + 1e-9);
}

struct plan_sum plan_total(const struct plan_sum_line *lines, size_t n,
			   int fiscal_year)
{
	struct plan_sum sum = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct plan_sum_line *l = &lines[i];

		if (fiscal_year && l->fiscal_year != fiscal_year)
			continue;
		sum.lines++;
		sum.people += l->people;
		sum.reach += plan_reach(l->runs, l->seats, l->show_rate);
		sum.runs += l->runs;
		sum.seats += l->runs * l->seats;
		sum.minutes += l->runs * l->minutes;
		sum.cost += l->runs * l->cost_per_run;
	}
	return sum;
}

void plan_what_if(const struct plan_sum_line *lines, const bool *keep, size_t n,
		  double show_rate, int64_t seats, struct plan_sum_line *out)
{
	for (size_t i = 0; i < n; i++) {
		out[i] = lines[i];
		out[i].show_rate = show_rate;
		if (seats > 0)
			out[i].seats = seats;
		if (!keep || !keep[i])
			out[i].runs = plan_runs(out[i].people, out[i].seats,
						show_rate);
	}
}

double plan_show_rate(int64_t booked, int64_t present, bool *from_own)
{
	double rate;

	*from_own = booked >= 30 && present >= 0;
	if (!*from_own)
		return PLAN_SHOW_RATE_ALL;
	rate = (double)present / (double)booked;
	return fmin(fmax(rate, PLAN_SHOW_RATE_MIN), 1.0);
}

void plan_spread(int64_t people, int first_year, int from,
		 int64_t share[PLAN_YEARS])
{
	double weight[PLAN_YEARS];
	uint64_t part[PLAN_YEARS] = { 0 };

	for (int i = 0; i < PLAN_YEARS; i++) {
		weight[i] = first_year + i >= from ? 1.0 : 0.0;
		share[i] = 0;
	}
	if (people <= 0 ||
	    an_largest_remainder(weight, PLAN_YEARS, (uint64_t)people, part) !=
		    AN_OK)
		return;
	for (int i = 0; i < PLAN_YEARS; i++)
		share[i] = (int64_t)part[i];
}
