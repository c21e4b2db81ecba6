#include "analysis/projection.h"
#include "check.h"

static struct ctx context, *const cx = &context;
static const struct scale_ends share = { 0.0, 1.0 }, none = { NAN, NAN };

static struct projection of(const double *t, const double *y, size_t n,
			    struct scale_ends ends)
{
	static const double w[10] = { 40, 40, 40, 40, 40, 40, 40, 40, 40, 40 };
	const struct an_waves waves = { t, y, w, n, false };
	const double last = t[n - 1];
	const double future[PROJECTION_YEARS] = { last + 1.0, last + 2.0,
						  last + 3.0 };

	return project(cx, &waves, NULL, ends, future);
}

static void two_waves_are_no_trend(void)
{
	static const double t[] = { 2022, 2023 }, y[] = { 0.5, 0.6 };
	const struct projection p = of(t, y, 2, share);

	CHECK(p.status == AN_TOO_FEW && isnan(p.per_year) && p.n == 2);
}

static void three_waves_have_bands_but_no_name(void)
{
	static const double t[] = { 2022, 2023, 2024 };
	static const double y[] = { 0.50, 0.58, 0.62 };
	const struct projection p = of(t, y, 3, share);

	CHECK(p.status == AN_OK);
	CHECK_TEXT(p.direction, "");
	CHECK(p.per_year > 0.05 && p.per_year < 0.07);
	for (size_t i = 0; i < PROJECTION_YEARS; i++) {
		const struct an_forecast *f = &p.year[i];

		CHECK(0.0 < f->lo80 && f->lo80 < f->lo50 &&
		      f->lo50 < f->value && f->value < f->hi50 &&
		      f->hi50 < f->hi80 && f->hi80 < 1.0);
		CHECK_THAT(p.within[i], "two years of span reach three ahead");
	}
}

static void a_short_span_reaches_not_far(void)
{
	static const double t[] = { 2023.5, 2024.0, 2024.5 };
	static const double y[] = { 3.5, 3.7, 3.6 };
	const struct scale_ends rating = { 1.0, 5.0 };
	const struct projection p = of(t, y, 3, rating);

	CHECK_THAT(p.within[0] && !p.within[1] && !p.within[2],
		   "one year of span reaches a year and a half ahead");
	CHECK(p.year[2].lo80 >= 1.0 && p.year[2].hi80 <= 5.0);
	CHECK_THAT(p.wide, "and the last band says nothing");
}

static void six_waves_may_name_it(void)
{
	static const double t[] = { 1, 2, 3, 4, 5, 6 };
	static const double down[] = { 4.4, 4.3, 4.1, 4.0, 3.8, 3.7 };
	static const double flat[] = { 4.0, 4.2, 3.9, 4.1, 4.2, 4.0 };
	struct projection p = of(t, down, 6, none);

	CHECK_TEXT(p.direction, "down");
	CHECK(p.per_year < -0.13 && p.per_year > -0.16);
	CHECK_THAT(!p.wide, "without ends there is no half of a scale");
	p = of(t, flat, 6, none);
	CHECK(strcmp(p.direction, "up") && strcmp(p.direction, "down"));
	p = of(t, down, 5, none);
	CHECK_THAT(!*p.direction, "five waves name nothing");
}

/* Two waves of very many people fall, the others and the medians rise. */
static void a_line_against_its_medians_is_not_named(void)
{
	static const double t[] = { 1, 2, 3, 4, 5, 6 };
	static const double y[] = { 30, 40, 60, 65, 70, 50 };
	static const double w[] = { 1, 1, 1e6, 1, 1, 1e6 };
	const struct an_waves waves = { t, y, w, 6, false };
	const double future[PROJECTION_YEARS] = { 7, 8, 9 };
	const struct projection p = project(cx, &waves, NULL, none, future);

	CHECK(p.status == AN_OK && p.per_year < 0.0);
	CHECK_TEXT(p.direction, "");
}

static void everybody_right_is_not_certain(void)
{
	static const double t[] = { 1, 2, 3 }, y[] = { 0.9, 1.0, 1.0 };
	const struct projection p = of(t, y, 3, share);

	CHECK(p.status == AN_OK && p.year[2].hi80 < 1.0 &&
	      isfinite(p.per_year));
}

static void holt_is_a_second_opinion(void)
{
	static const double t[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
	static const double on[] = { 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 };
	static const double turned[] = {
		10, 12, 14, 16, 18, 20, 22, 20, 18, 16
	};
	struct projection p = of(t, on, 10, none);

	CHECK(!p.holt_differs);
	CHECK_TEXT(p.direction, "up");
	p = of(t, turned, 10, none);
	CHECK_THAT(p.holt_differs && !*p.direction,
		   "a line that turned is not called upward");
	p = of(t, turned, 7, none);
	CHECK_THAT(!p.holt_differs, "Holt is asked from eight waves on");
	CHECK_TEXT(p.direction, "up");
}

/* Twelve quarters with the courses of April; nothing grows. */
static void a_season_is_no_trend(void)
{
	static const double year[] = { 0.70, 0.55, 0.50, 0.45 };
	static const double w[12] = { 40, 40, 40, 40, 40, 40,
				      40, 40, 40, 40, 40, 40 };
	double t[12], y[12];
	unsigned quarter[12];
	const struct an_waves waves = { t, y, w, 12, false };
	const double future[PROJECTION_YEARS] = { 2025.75, 2026.75, 2027.75 };
	struct projection p, plain;

	for (size_t i = 0; i < 12; i++) {
		quarter[i] = (unsigned)i % 4;
		t[i] = 2022.375 + (double)i / 4.0;
		y[i] = year[i % 4] + 0.01 * (double)(i * 5 % 3);
	}
	p = project(cx, &waves, quarter, share, future);
	plain = project(cx, &waves, NULL, share, future);
	CHECK(p.status == AN_OK && p.is_seasonal && !plain.is_seasonal);
	CHECK_THAT(fabs(p.per_year) < 0.01 && plain.per_year < -0.02,
		   "without quarters April makes a fall of it");
	CHECK_THAT(p.year[0].hi80 - p.year[0].lo80 <
			   0.5 * (plain.year[0].hi80 - plain.year[0].lo80),
		   "and a band twice as wide");
	for (size_t i = 0; i < 12; i++)
		quarter[i] = 1;
	p = project(cx, &waves, quarter, share, future);
	CHECK_THAT(!p.is_seasonal && p.per_year == plain.per_year,
		   "one quarter is no season");
}

int main(void)
{
	ctx_begin(cx);
	two_waves_are_no_trend();
	three_waves_have_bands_but_no_name();
	a_short_span_reaches_not_far();
	six_waves_may_name_it();
	a_line_against_its_medians_is_not_named();
	everybody_right_is_not_certain();
	holt_is_a_second_opinion();
	a_season_is_no_trend();
	return check_done();
}
