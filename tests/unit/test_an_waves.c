/*
 * test_an_waves.c: waves with a season, waves of another staff.
 */
#include "analytics/an.h"
#include "check.h"

#define N 16

static double t[N], y[N];
static unsigned quarter[N];
static const double season[] = { 6, -1, -4, -1 };

/* A line of 2 a year with a season, and hardly any noise. */
static struct an_waves waves(void)
{
	for (size_t i = 0; i < N; i++) {
		quarter[i] = (unsigned)i % AN_QUARTERS;
		t[i] = 2020.0 + (double)i / 4.0;
		y[i] = 50.0 + 2.0 * (t[i] - 2020.0) + season[quarter[i]] +
		       0.01 * (double)(i * 7 % 5);
	}
	return (struct an_waves){ t, y, NULL, N, false };
}

static void a_season_is_no_trend(void)
{
	const struct an_waves v = waves();
	struct an_forecast f[3] = { { .t = 2024.0 },
				    { .t = 2024.0 },
				    { .t = 2025.0 } };
	const unsigned at[] = { 0, 2, AN_ANY_QUARTER };
	const struct an_season o = an_season_trend(&v, quarter, f, at, 3);
	const struct an_trend line = an_trend(&v, NULL, 0);

	CHECK(o.status == AN_OK && o.quarters == 4 && o.df == 11.0);
	CHECK_NEAR(o.slope, 2.0, 0.01);
	CHECK_NEAR(o.quarter[0] - o.quarter[2], 10.0, 0.05);
	CHECK_NEAR(o.quarter[0] + o.quarter[1] + o.quarter[2] + o.quarter[3],
		   0.0, 1e-9);
	CHECK_THAT(o.sigma < 0.05 && line.sigma > 3.0,
		   "what comes back every year is no noise");
	CHECK_NEAR(f[0].value - f[1].value, 10.0, 0.05);
	CHECK_NEAR(f[2].value, 60.0, 0.1);
	CHECK_THAT(f[2].lo80 < f[2].lo50 && f[2].lo50 < f[2].value &&
			   f[2].hi50 < f[2].hi80 && f[2].hi80 < f[2].pi_hi,
		   "bands lie in each other");
	/* 6 pairs of years in each quarter, all upward. */
	CHECK_NEAR(o.mk_s, 24.0, 0.0);
	CHECK(o.agreed);
}

static void what_a_season_needs(void)
{
	struct an_waves v = waves();
	struct an_forecast f = { .t = 2025.0 };
	const unsigned third = 2;
	struct an_season o;

	v.n = 11;
	o = an_season_trend(&v, quarter, &f, NULL, 1);
	CHECK(o.status == AN_TOO_FEW && isnan(o.slope) && isnan(f.value));
	v.n = N;
	quarter[3] = AN_ANY_QUARTER;
	CHECK(an_season_trend(&v, quarter, NULL, NULL, 0).status ==
	      AN_BAD_INPUT);
	for (size_t i = 0; i < N; i++)
		quarter[i] = i % 2 ? 3 : 1;
	o = an_season_trend(&v, quarter, &f, &third, 1);
	CHECK_THAT(o.status == AN_OK && o.quarters == 2 && isnan(f.value) &&
			   isnan(o.quarter[2]),
		   "nothing is said of a quarter that had no wave");
	for (size_t i = 0; i < N; i++)
		quarter[i] = t[i] < 2022.0 ? 0 : 1;
	for (size_t i = 0; i < N; i++)
		t[i] = quarter[i];
	CHECK_THAT(an_season_trend(&v, quarter, NULL, NULL, 0).status ==
			   AN_NOT_IDENTIFIED,
		   "time and quarter that are one cannot be told apart");
	for (size_t i = 0; i < N; i++)
		t[i] = 1.0;
	CHECK(an_season_trend(&v, quarter, NULL, NULL, 0).status ==
	      AN_ZERO_VARIANCE);
	v = waves();
	y[2] = NAN;
	CHECK(an_season_trend(&v, quarter, NULL, NULL, 0).missing == 1);
	y[2] = INFINITY;
	CHECK(an_season_trend(&v, quarter, NULL, NULL, 0).status ==
	      AN_NOT_FINITE);
}

static void one_quarter_is_a_line(void)
{
	const struct an_waves v = waves();
	const struct an_trend line = an_trend(&v, NULL, 0);
	struct an_season o;

	for (size_t i = 0; i < N; i++)
		quarter[i] = 2;
	o = an_season_trend(&v, quarter, NULL, NULL, 0);
	CHECK(o.status == AN_OK && isnan(o.f) && o.quarter[2] == 0.0);
	CHECK_NEAR(o.slope, line.slope, 1e-9);
	CHECK_NEAR(o.se_slope, line.se_slope, 1e-9);
	CHECK_NEAR(o.intercept, line.intercept, 1e-6);
	CHECK_NEAR(o.mk_z, line.mk_z, 1e-12);
}

static void another_staff_is_no_trend(void)
{
	/* Nobody changes, but the young ones answer more and more. */
	const double mean[] = { 2, 4, 2, 4, 2, 4 };
	const double answers[] = { 10, 30, 20, 20, 30, 10 };
	const double staff[] = { 100, 300 };
	const struct an_wave_strata s = { mean, answers, staff, 3, 2, 2.0 };
	double v[3], w[3];
	size_t merged[3];

	CHECK(an_poststratify(&s, v, w, merged) == AN_OK);
	CHECK_NEAR(v[0], 3.5, 1e-15);
	CHECK_NEAR(v[1], 3.5, 1e-15);
	CHECK_NEAR(v[2], 3.5, 1e-15);
	CHECK_THAT(w[0] == 40.0 && w[1] < 40.0 && w[2] < w[1],
		   "answers as the staff is count fully, others less");
	CHECK(!merged[0] && !merged[1] && !merged[2]);
}

static void what_strata_need(void)
{
	double mean[] = { 2, NAN, 4, 3, 1, NAN };
	double answers[] = { 10, 0, 10, 1, 2, 0 };
	double staff[] = { 50, 25, 25 };
	struct an_wave_strata s = { mean, answers, staff, 2, 3, 5.0 };
	double v[2], w[2];
	size_t merged[2];

	CHECK(an_poststratify(&s, v, w, merged) == AN_OK);
	CHECK_THAT(merged[0] == 1, "a tier without answers goes to the next");
	CHECK_NEAR(v[0], 3.0, 1e-15);
	CHECK_THAT(merged[1] == 2 && isnan(v[1]) && isnan(w[1]),
		   "three answers are no wave");
	CHECK(an_poststratify(&s, v, w, NULL) == AN_OK);
	s.least = 0.0;
	CHECK(an_poststratify(&s, v, w, NULL) == AN_BAD_INPUT && isnan(v[0]));
	s.least = 5.0;
	answers[0] = 2.5;
	CHECK(an_poststratify(&s, v, w, NULL) == AN_BAD_INPUT);
	answers[0] = 10.0;
	staff[0] = -1.0;
	CHECK(an_poststratify(&s, v, w, NULL) == AN_BAD_INPUT);
	staff[0] = staff[1] = staff[2] = 0.0;
	CHECK(an_poststratify(&s, v, w, NULL) == AN_EMPTY);
	staff[0] = 10.0;
	mean[0] = INFINITY;
	CHECK(an_poststratify(&s, v, w, NULL) == AN_NOT_FINITE);
	s.waves = 0;
	CHECK(an_poststratify(&s, v, w, NULL) == AN_EMPTY);
}

int main(void)
{
	a_season_is_no_trend();
	what_a_season_needs();
	one_quarter_is_a_line();
	another_staff_is_no_trend();
	what_strata_need();
	return check_done();
}
