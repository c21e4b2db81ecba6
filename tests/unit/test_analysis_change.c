/*
 * How sure a change is, on people who are written down here. The numbers are
 * R 4.2's: t.test, power.t.test, binom.test and p.adjust of the same people,
 * the signed ranks by going through all signs.
 */
#include "analysis/analysis.h"
#include "answers_case.h"
#include "check.h"

#define K 6

static const char *const pairs[][2] = {
	{ "100000", "011000" }, { "111010", "111111" }, { "000000", "111111" },
	{ "000000", "110000" }, { "111111", "111111" }, { "100000", "100100" },
	{ "111111", "110111" }, { "111100", "111111" }, { "101010", "111111" },
	{ "000010", "011010" }, { "000100", "111100" }, { "111101", "000100" },
	{ "000100", "000000" }, { "110000", "101111" },
};

static const char *const leavers[] = {
	"100000", "101010", "101000", "110110", "010000", "001000",
	"100000", "111100", "000100", "110000", "100110", "100011",
	"001100", "000000", "111000", "001001", "100000", "101000",
};

static struct answers_case c;

static json_t *run(const struct gate *gate)
{
	return case_analyse(&c, analysis_change, ANALYSIS_COURSE, gate);
}

static void begin(size_t npairs, size_t nleft)
{
	case_begin(&c, K, 2, 0);
	for (size_t i = 0; i < npairs; i++)
		case_marks(&c, pairs[i % 14][0], pairs[i % 14][1]);
	for (size_t i = 0; i < nleft; i++)
		case_marks(&c, leavers[i], NULL);
}

static const json_t *at(const json_t *o, const char *key)
{
	return json_object_get(o, key);
}

static const char *word(const json_t *o, const char *key)
{
	return json_string_value(at(o, key));
}

static double number(const json_t *o, const char *key)
{
	const json_t *v = at(o, key);

	return json_is_number(v) ? json_number_value(v) : NAN;
}

static void check_figure(const json_t *f, double value, double lo, double hi,
			 double near)
{
	CHECK_NEAR(number(f, "value"), value, near);
	CHECK_NEAR(number(f, "lo"), lo, near);
	CHECK_NEAR(number(f, "hi"), hi, near);
}

static void the_score(const json_t *out)
{
	CHECK_TEXT(word(out, "status"), "ok");
	CHECK(number(out, "n") == 14.0 && number(out, "k") == K);
	check_figure(at(out, "change"), 0.23, -0.00, 0.45, 1e-12);
	CHECK_NEAR(number(out, "p"), 0.0519183616, 1e-9);
	CHECK_NEAR(number(out, "p_rank"), 0.04174804688, 1e-10);
	CHECK_NEAR(number(at(out, "dz"), "value"), 0.5718726497, 1e-9);
	CHECK_NEAR(number(at(out, "dav"), "value"), 0.6337939493, 1e-9);
	CHECK_NEAR(number(at(out, "gain"), "value"), 0.387755102, 1e-9);
	CHECK_NEAR(number(out, "normalised"), 0.3474358974, 1e-9);
	CHECK(number(out, "normalised_n") == 13.0);
	CHECK_THAT(isnan(number(out, "full_before")),
		   "of 14 people nobody learns how many had every point");
	CHECK_TEXT(word(out, "word"), "unclear");
	CHECK_TEXT(word(out, "gain_band"), "");
}

static void the_power(const json_t *out)
{
	static const double needed[] = { 199, 34, 15, 26 };
	const json_t *power = at(out, "power"), *rows = at(power, "rows");

	CHECK_NEAR(number(power, "detectable"), 0.8101484713, 1e-4);
	CHECK(json_array_size(rows) == 4);
	for (size_t i = 0; i < 4; i++)
		CHECK(number(json_array_get(rows, i), "needed") == needed[i]);
	CHECK(json_is_true(at(json_array_get(rows, 3), "is_seen")));
}

static void the_people(const json_t *out)
{
	const json_t *a = at(out, "attrition"), *r = at(out, "reliable");

	CHECK_TEXT(word(a, "status"), "ok");
	CHECK(number(a, "left_n") == 18.0);
	check_figure(at(a, "difference"), 0.08, -0.14, 0.30, 1e-12);
	CHECK_NEAR(number(a, "p"), 0.4384637587, 1e-9);
	CHECK_NEAR(number(at(a, "left"), "value"), 0.33, 1e-12);
	CHECK_TEXT(word(r, "status"), "ok");
	CHECK_TEXT(word(r, "of"), "course");
	CHECK_NEAR(number(r, "r"), 0.6217895919, 1e-9);
	CHECK_NEAR(number(r, "threshold"), 0.6078, 2e-5);
	CHECK(number(r, "r_n") == 32.0 && number(r, "improved") == 1.0);
	CHECK(number(r, "declined") == 1.0 && number(r, "unchanged") == 12.0);
}

static void the_items(const json_t *out)
{
	static const double p[K] = { 1,          0.43359375, 0.54375,
				     0.43359375, 0.43359375, 0.43359375 };
	const json_t *items = at(out, "items"), *it;

	CHECK(json_array_size(items) == K);
	for (size_t j = 0; j < K; j++)
		CHECK_NEAR(number(json_array_get(items, j), "p"), p[j], 1e-12);
	it = json_array_get(items, 5);
	CHECK(number(it, "learned") == 5.0 && number(it, "lost") == 1.0);
	CHECK_NEAR(number(it, "gain"), 0.3636363636, 1e-9);
	check_figure(at(it, "change"), 0.29, -0.07, 0.57, 1e-12);
}

static void few_people(void)
{
	const json_t *out;

	begin(0, 18);
	CHECK_TEXT(word(run(NULL), "status"), "empty");
	begin(4, 18);
	out = run(NULL);
	CHECK_TEXT(word(out, "status"), "too_few");
	CHECK(number(out, "n") == 4.0 && number(out, "least") == 5.0);
	CHECK(!at(out, "change") && !at(out, "items"));
	begin(9, 9);
	out = run(NULL);
	CHECK_TEXT(word(out, "status"), "ok");
	CHECK(json_is_true(at(out, "is_reference")));
	CHECK_TEXT(word(out, "word"), "");
	CHECK_THAT(isnan(number(out, "p")) && isnan(number(out, "normalised")),
		   "nine people have a mean and no test of it");
	CHECK(!json_array_size(at(out, "items")));
	CHECK_TEXT(word(at(out, "attrition"), "status"), "too_few");
	CHECK(!at(at(out, "attrition"), "left"));
	CHECK_TEXT(word(at(out, "reliable"), "status"), "too_few");
	begin(14, 9);
	out = run(NULL);
	CHECK_THAT(!strcmp(word(at(out, "attrition"), "status"), "too_few"),
		   "nine who left are not compared with fourteen who stayed");
	CHECK_THAT(!strcmp(word(at(out, "reliable"), "status"), "too_few"),
		   "23 answers before are too few for a reliability");
	CHECK(!at(at(out, "reliable"), "improved"));
}

/* npeople who all answered the same two sheets. */
static const json_t *all_alike(size_t npeople, const char *pre,
			       const char *post)
{
	case_begin(&c, K, 2, 0);
	for (size_t i = 0; i < npeople; i++)
		case_marks(&c, pre, post);
	return run(NULL);
}

static void no_variance(void)
{
	const json_t *out = all_alike(9, "110000", "111100");

	CHECK_TEXT(word(at(out, "change"), "status"), "suppressed");
	CHECK_THAT(isnan(number(at(out, "before"), "value")) &&
			   isnan(number(out, "p_rank")),
		   "nine people of one score are told in no other way either");
	out = all_alike(40, "110000", "111100");
	CHECK_NEAR(number(at(out, "change"), "value"), 0.33, 1e-12);
	CHECK_TEXT(word(at(out, "dz"), "status"), "zero_variance");
	CHECK_TEXT(word(out, "word"), "even");
	CHECK(json_array_size(at(at(out, "power"), "rows")) == 3);
	CHECK_TEXT(word(at(out, "reliable"), "status"), "not_identified");
}

static void the_ceiling(void)
{
	const json_t *out = all_alike(30, "111111", "111111");

	CHECK(json_is_true(at(out, "at_ceiling")));
	CHECK_TEXT(word(at(out, "gain"), "status"), "ceiling");
	CHECK(number(out, "full_before") == 30.0);
	CHECK(number(out, "normalised_n") == 0.0);
}

/* An item that all had right is hidden with all that would tell it. */
static void unanimous_items(void)
{
	static const struct gate strict = { 10, 10 };
	const json_t *it;

	case_begin(&c, K, 2, 0);
	for (size_t i = 0; i < 14; i++) {
		char post[K + 1];

		memcpy(post, pairs[i][1], K + 1);
		post[0] = '1';
		case_marks(&c, pairs[i][0], post);
	}
	it = json_array_get(at(run(&strict), "items"), 0);
	CHECK_TEXT(word(at(it, "before"), "status"), "suppressed");
	CHECK_TEXT(word(at(it, "change"), "status"), "suppressed");
	CHECK(isnan(number(it, "learned")) && isnan(number(it, "gain")) &&
	      isnan(number(it, "p")));
}

int main(void)
{
	const json_t *out;

	begin(14, 18);
	out = run(NULL);
	the_score(out);
	the_power(out);
	the_people(out);
	the_items(out);
	few_people();
	no_variance();
	the_ceiling();
	unanimous_items();
	return check_done();
}
