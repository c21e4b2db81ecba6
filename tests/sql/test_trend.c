/*
 * The trend of the demo: one fiscal year says nothing about three to come,
 * and says so; the same sessions spread over four years are projected.
 */
#include "db_test.h"

#include "analysis/analysis_keep.h"
#include "base/clock.h"
#include "base/text.h"
#include "demo/demo.h"
#include "load/load.h"

#include <math.h>

#define YEAR 2024

static const struct db_query spread = {
	.name = "test spread",
	.sql = "UPDATE session SET fiscal_year = 2021 + MOD(id, 4),"
	       " starts_at = starts_at - INTERVAL (3 - MOD(id, 4)) YEAR,"
	       " ends_at = ends_at - INTERVAL (3 - MOD(id, 4)) YEAR",
};

static struct test_db t;
static struct ctx *cx = &t.cx;

/* The part by itself: the others take seconds. */
static const json_t *trend_of(int64_t year)
{
	const struct gate g = gate_standard();
	const struct answers_of of = analysis_answers(ANALYSIS_YEAR, year);
	struct answers_set set = { 0 };
	const struct analysis_work work = { .cx = cx,
					    .g = &g,
					    .scope = ANALYSIS_YEAR,
					    .scope_id = year,
					    .of = &of,
					    .set = &set };
	json_t *out = json_object();

	CHECK_OK(cx, answers_read(cx, &of, &set));
	CHECK_OK(cx, analysis_trend(&work, out));
	return out;
}

static double number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : (double)NAN;
}

static bool is(const json_t *o, const char *key, const char *word)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s && text_equals(s, word);
}

static const json_t *line(const json_t *trend, const char *what,
			  const char *tier)
{
	const json_t *lines = json_object_get(trend, "lines"), *o;
	size_t i;

	json_array_foreach(lines, i, o)
		if (is(o, "what", what) && is(o, "tier", tier))
			return o;
	return NULL;
}

static void one_year_is_no_trend(void)
{
	const json_t *trend = trend_of(YEAR);
	const json_t *rate = line(trend, "rate", "T4"), *o;
	size_t i, shown = 0;

	CHECK(is(trend, "status", "ok") && is(trend, "by", "year"));
	CHECK_THAT(is(rate, "status", "too_few") && number(rate, "n") == 1.0 &&
			   !json_object_get(rate, "ahead"),
		   "a projection needs three fiscal years");
	o = line(trend, "applications", "");
	CHECK_THAT(!json_array_size(json_object_get(o, "waves")) &&
			   number(o, "so_far") > 1000.0,
		   "the year that is not over is no wave");
	json_array_foreach(json_object_get(trend, "reach"), i, o) {
		if (!is(json_object_get(o, "rate"), "status", "ok")) {
			CHECK(isnan(number(o, "people")));
			continue;
		}
		shown++;
		CHECK(number(o, "people_lo") < number(o, "people") &&
		      number(o, "people") < number(o, "people_hi") &&
		      number(o, "people_hi") <= number(o, "staff"));
	}
	CHECK_THAT(shown >= 6, "people to reach as it is now");
}

/* Of all that is projected: bands one in another, none off its scale. */
static void bands_of(const json_t *o, double most)
{
	const json_t *year;
	size_t i;

	json_array_foreach(json_object_get(o, "ahead"), i, year)
		CHECK(0.0 <= number(year, "lo80") &&
		      number(year, "lo80") <= number(year, "lo50") &&
		      number(year, "lo50") <= number(year, "hi50") &&
		      number(year, "hi50") <= number(year, "hi80") &&
		      number(year, "hi80") <= most);
}

/* Does each wave of everybody lie among the waves of the tiers? */
static bool within_tiers(const json_t *trend, const json_t *all)
{
	const json_t *lines = json_object_get(trend, "lines"), *o, *wave;
	const char *skill = json_string_value(json_object_get(all, "skill"));
	size_t i, k;

	json_array_foreach(json_object_get(all, "waves"), k, wave) {
		double lo = 1.0, hi = 0.0;

		json_array_foreach(lines, i, o) {
			const json_t *waves = json_object_get(o, "waves"), *v;
			size_t j;

			if (!is(o, "skill", skill) || is(o, "tier", ""))
				continue;
			json_array_foreach(waves, j, v) {
				if (number(v, "year") != number(wave, "year"))
					continue;
				lo = fmin(lo, number(v, "value"));
				hi = fmax(hi, number(v, "value"));
			}
		}
		if (!(lo <= number(wave, "value") &&
		      number(wave, "value") <= hi))
			return false;
	}
	return true;
}

static void four_years_are_projected(void)
{
	const json_t *trend, *o;
	size_t i, projected = 0;

	CHECK_OK(cx, db_exec(cx, &spread, NO_ARGS, NULL));
	trend = trend_of(YEAR);
	json_array_foreach(json_object_get(trend, "lines"), i, o) {
		projected += is(o, "status", "ok") ? 1 : 0;
		bands_of(o, is(o, "unit", "share") ? 1.0 : 1e12);
	}
	json_array_foreach(json_object_get(trend, "reach"), i, o)
		bands_of(o, number(o, "staff"));
	o = line(trend, "rate", "");
	CHECK_THAT(projected > 6 && is(o, "status", "ok") &&
			   number(o, "n") == 4.0,
		   "four years of needs are projected");
	CHECK_THAT(is(o, "direction", ""), "and not called a trend");
	CHECK_THAT(json_is_true(json_object_get(o, "is_standard")) &&
			   within_tiers(trend, o),
		   "everybody is the tiers by their staff of now");
	CHECK(json_is_false(
		json_object_get(line(trend, "rate", "T4"), "is_standard")));
	o = json_array_get(json_object_get(o, "ahead"), 0);
	CHECK_THAT(number(o, "year") == YEAR + 1 &&
			   number(o, "lo80") < number(o, "value") &&
			   number(o, "value") < number(o, "hi80"),
		   "beginning with the next year");
	o = line(trend, "applications", "");
	CHECK_THAT(number(o, "n") == 3.0 && is(o, "status", "ok"),
		   "three years that are over");
	trend = trend_of(2022);
	CHECK_THAT(is(line(trend, "rate", ""), "status", "too_few"),
		   "what came later says nothing about two years ago");
}

int main(void)
{
	const struct demo_options options = { 20240401, 3500 };
	struct load_content_report content = { 0 };

	test_db_open(&t, "DB_URL");
	CHECK_OK(cx, load_content(cx, t.config.content, &content));
	CHECK_OK(cx, demo_load(cx, &options));
	cx->now_ms = instant_from_japan(YEAR, 12, 2, 9, 0);
	one_year_is_no_trend();
	four_years_are_projected();
	test_db_close(&t);
	return check_done();
}
