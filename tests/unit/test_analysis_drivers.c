/*
 * Satisfaction of people whose answers are written down here: s1 goes with
 * the whole, s2 less so, s3 to s5 hardly, s6 against it; s7 is the whole.
 */
#include "analysis/analysis.h"
#include "analytics/bootstrap.h"
#include "answers_case.h"
#include "check.h"

#define SCALES 7

static struct answers_case c;

/* Ratings of person i, not clear: by chance. A rating is its slot code. */
static void rate(size_t i, bool clear, struct an_random *random,
		 unsigned char slots[SCALES])
{
	const unsigned whole = 1 + (unsigned)(i * 7 % 5);

	slots[6] = (unsigned char)whole;
	slots[0] = (unsigned char)(whole > 1 ? whole - 1 : 1);
	slots[1] = (unsigned char)((whole + i / 5 % 3 + 1) / 2 + 1);
	slots[2] = (unsigned char)(4 + (i / 3 + whole / 4) % 2);
	slots[3] = (unsigned char)(3 + (i / 7 + whole / 5) % 3);
	slots[4] = (unsigned char)(4 - (i / 11 + 3) % 2 + whole / 5);
	slots[5] = (unsigned char)(whole > 3 ? 2 : 4 + i % 2);
	for (size_t j = 0; j < SCALES && !clear; j++)
		slots[j] = (unsigned char)(1 + an_random_index(random, 5));
}

static json_t *run(size_t people, bool clear)
{
	struct an_random random;

	an_random_seed(&random, 5);
	arena_release(&c.cx.arena);
	case_begin(&c, 0, 3, SCALES);
	((struct survey_item *)(uintptr_t)c.post.items)[6].measures =
		MEASURES_OVERALL;
	for (size_t i = 0; i < people; i++) {
		unsigned char slots[SCALES];

		rate(i, clear, &random, slots);
		case_sheet(&c, 1, slots);
	}
	return case_analyse(&c, analysis_drivers, ANALYSIS_SESSION, NULL);
}

static const char *word(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static double number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : NAN;
}

static const json_t *row(const json_t *half, size_t i)
{
	return json_array_get(json_object_get(half, "items"), i);
}

static void few_people_say_nothing(void)
{
	const json_t *out = run(49, true), *half;

	CHECK_TEXT(word(out, "status"), "too_few");
	CHECK(number(out, "n") == 49.0 && number(out, "least") == 50.0);
	out = run(60, true);
	half = json_object_get(out, "portfolio");
	CHECK_TEXT(word(half, "status"), "ok");
	half = json_object_get(out, "drivers");
	CHECK_TEXT(word(half, "status"), "too_few");
	CHECK_THAT(number(half, "least") == 90.0,
		   "six predictors need fifteen people each");
	CHECK(!json_object_get(half, "items"));
}

static void the_portfolio_ranks_positive_ties(void)
{
	const json_t *p = json_object_get(run(120, true), "portfolio");
	const json_t *first = row(p, 0), *last = row(p, 5);

	CHECK_TEXT(word(first, "key"), "s1");
	CHECK_TEXT(word(first, "quadrant"), "priority_improve");
	CHECK_TEXT(word(first, "act"), "now");
	CHECK(number(first, "rank") == 1.0 && number(first, "index") >= 10.0);
	CHECK_NEAR(number(first, "p_rank3"), 1.0, 1e-9);
	CHECK_TEXT(word(last, "key"), "s6");
	CHECK_THAT(number(last, "rank") == 0.0 &&
			   isnan(number(last, "p_rank3")),
		   "an item against the whole is shown, but has no rank");
	CHECK_TEXT(word(last, "act"), "");
}

static void shares_sum_to_one(void)
{
	const json_t *d = json_object_get(run(120, true), "drivers");
	double sum = 0.0, johnson = 0.0;

	CHECK(json_is_true(json_object_get(d, "explains")));
	CHECK_THAT(number(d, "resamples") == 2000.0,
		   "limits on a page rest on 2,000 resamples");
	for (size_t j = 0; j < 6; j++) {
		const json_t *share = json_object_get(row(d, j), "share");

		sum += number(share, "value");
		johnson += number(row(d, j), "johnson");
		CHECK(number(share, "lo") <= number(share, "value") &&
		      number(share, "value") <= number(share, "hi"));
		CHECK_TEXT(word(share, "method"), "lmg_percentile");
		CHECK(number(row(d, j), "rank") == (double)j + 1.0);
	}
	CHECK_NEAR(sum, 1.0, 1e-9);
	CHECK_NEAR(johnson, 1.0, 1e-9);
	CHECK_TEXT(word(row(d, 0), "key"), "s1");
	d = json_object_get(run(250, true), "drivers");
	CHECK_TEXT(word(json_object_get(row(d, 0), "share"), "method"),
		   "lmg_bca");
}

static void what_explains_nothing_is_not_ranked(void)
{
	const json_t *d = json_object_get(run(200, false), "drivers");

	CHECK_TEXT(word(d, "status"), "ok");
	CHECK(number(d, "adj_r2") < 0.1);
	CHECK(!json_is_true(json_object_get(d, "explains")) &&
	      !json_object_get(d, "items"));
}

int main(void)
{
	few_people_say_nothing();
	the_portfolio_ranks_positive_ties();
	shares_sum_to_one();
	what_explains_nothing_is_not_ranked();
	arena_release(&c.cx.arena);
	return check_done();
}
