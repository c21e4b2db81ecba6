#include "check.h"
#include "insight/plan.h"

static void runs_are_rounded_up(void)
{
	CHECK_THAT(plan_runs(54, 60, 0.9) == 1,
		   "54 people fit one run of 60 seats at 0.9 exactly");
	CHECK_THAT(plan_runs(55, 60, 0.9) == 2, "one more needs a second run");
	CHECK_THAT(plan_runs(72, 24, 0.6) == 5,
		   "what 24 * 0.6 loses in binary makes no sixth run");
	CHECK(plan_runs(3500, 60, 0.85) == 69);
	CHECK(plan_runs(0, 60, 0.9) == 0);
	CHECK(plan_runs(10, 0, 0.9) == 0);
	CHECK(plan_runs(10, 60, 0.0) == 0);
	CHECK(plan_runs(10, 60, 1.2) == 0);
	CHECK(plan_reach(2, 60, 0.9) == 108);
	CHECK_THAT(plan_reach(plan_runs(121, 20, 0.7), 20, 0.7) >= 121,
		   "the runs reach the people they were worked out for");
}

static void totals_by_year(void)
{
	static const struct plan_sum_line lines[] = {
		{ 2024, 124, 60, 3, 0.9, 180, 100000 },
		{ 2024, 121, 30, 5, 0.9, 360, 50000 },
		{ 2026, 60, 60, 2, 0.9, 120, 0 },
	};
	const struct plan_sum y24 = plan_total(lines, 3, 2024);
	const struct plan_sum all = plan_total(lines, 3, 0);

	CHECK(y24.lines == 2 && y24.runs == 8 && y24.people == 245);
	CHECK(y24.seats == 330 && y24.minutes == 2340 && y24.cost == 550000);
	CHECK(plan_total(lines, 3, 2025).lines == 0);
	CHECK(all.runs == 10 && all.seats == 450);
}

static void what_if_changes_runs_only_where_it_may(void)
{
	static const struct plan_sum_line lines[] = {
		{ 2024, 124, 60, 3, 0.9, 180, 100000 },
		{ 2024, 124, 60, 9, 0.9, 180, 100000 },
	};
	static const bool keep[] = { false, true };
	struct plan_sum_line out[2];

	plan_what_if(lines, keep, 2, 0.5, 0, out);
	CHECK(out[0].runs == 5 && out[0].seats == 60);
	CHECK_THAT(out[1].runs == 9, "runs set by hand stay");
	plan_what_if(lines, NULL, 2, 1.0, 31, out);
	CHECK(out[0].runs == 4 && out[1].runs == 4 && out[1].seats == 31);
}

static void show_rate_from_own_attendance(void)
{
	bool own;

	CHECK_NEAR(plan_show_rate(200, 170, &own), 0.85, 1e-15);
	CHECK(own);
	CHECK_NEAR(plan_show_rate(30, 24, &own), 0.8, 1e-15);
	CHECK_THAT(own, "30 bookings are enough");
	CHECK_NEAR(plan_show_rate(29, 2, &own), PLAN_SHOW_RATE_ALL, 0.0);
	CHECK_THAT(!own, "29 bookings say too little");
	CHECK_NEAR(plan_show_rate(100, 0, &own), PLAN_SHOW_RATE_MIN, 0.0);
}

static void people_are_spread_over_years(void)
{
	int64_t share[PLAN_YEARS];

	plan_spread(100, 2024, 2024, share);
	CHECK(share[0] == 34 && share[1] == 33 && share[2] == 33);
	plan_spread(101, 2024, 2025, share);
	CHECK(share[0] == 0 && share[1] == 51 && share[2] == 50);
	plan_spread(100, 2024, 2030, share);
	CHECK_THAT(share[0] + share[1] + share[2] == 0,
		   "after the last year there is nothing to share");
}

int main(void)
{
	runs_are_rounded_up();
	totals_by_year();
	what_if_changes_runs_only_where_it_may();
	show_rate_from_own_attendance();
	people_are_spread_over_years();
	return check_done();
}
