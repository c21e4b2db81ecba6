/*
 * Self-ratings against the test, on answers that are written down here.
 */
#include "analysis/analysis.h"
#include "analytics/bootstrap.h"
#include "analytics/calibration.h"
#include "analytics/correlation.h"
#include "answers_case.h"
#include "check.h"

#define K    8 /* knowledge items */
#define SELF 4 /* ratings: three of the test's skill, one of another */

static struct answers_case c;

static const json_t *at(const json_t *o, const char *key)
{
	return json_object_get(o, key);
}

static double number(const json_t *o, const char *key)
{
	const json_t *v = at(o, key);

	return json_is_number(v) ? json_number_value(v) : (double)NAN;
}

static const char *word(const json_t *o, const char *key)
{
	return json_string_value(at(o, key));
}

/* A survey after whose ratings are self-ratings. */
static void begin(void)
{
	struct survey_item *items;

	case_begin(&c, K, 2, SELF);
	items = arena_memdup(&c.cx.arena, c.post.items,
			     (K + SELF) * sizeof(*items));
	for (size_t j = 0; j < K; j++)
		items[j].skill = "A";
	for (size_t j = 0; j < SELF; j++) {
		items[K + j].measures = MEASURES_SELF;
		items[K + j].skill = j < 3 ? "A" : "B";
	}
	c.post.items = items;
}

/* Somebody with this many right after, and these ratings (0: skipped). */
static void person(size_t right, const unsigned char ratings[SELF])
{
	unsigned char pre[K] = { 0 }, post[K + SELF];

	for (size_t j = 0; j < K; j++) {
		pre[j] = 2;
		post[j] = j < right ? 1 : 2;
	}
	for (size_t j = 0; j < SELF; j++)
		post[K + j] = ratings[j] ? ratings[j] : SLOT_SKIPPED;
	case_pair(&c, pre, post);
}

static const json_t *moment(const json_t *out)
{
	return json_array_get(at(out, "moments"), 0);
}

static const json_t *quarter(const json_t *out, size_t q)
{
	return json_array_get(at(moment(out), "quarters"), q);
}

static json_t *run(void)
{
	return case_analyse(&c, analysis_selfrating, ANALYSIS_SESSION, NULL);
}

/* people with scores from 0 up, who rate by chance around theirs. */
static json_t *crowd(size_t people, double *score, double *self)
{
	struct an_random random;

	an_random_seed(&random, 3);
	begin();
	for (size_t i = 0; i < people; i++) {
		const size_t right = i * K / people;
		unsigned char r[SELF];

		for (size_t j = 0; j < SELF; j++)
			r[j] = (unsigned char)(1 + right / 4 +
					       an_random_index(&random, 4));
		person(right, r);
		score[i] = (double)right / K;
		self[i] = (r[0] + r[1] + r[2]) / 3.0;
	}
	return run();
}

static void follows(void)
{
	double score[80], self[80];
	const json_t *out = crowd(80, score, self), *rho, *diff;
	const struct an_correlation want = an_correlate(score, self, 80, 0.95);
	const struct an_calibration q =
		an_calibrate(score, self, 80, 0.95, NULL);

	CHECK_TEXT(word(out, "status"), "ok");
	CHECK(number(out, "n") == 80.0 && number(out, "asked") == 3.0);
	CHECK_THAT(json_is_true(at(out, "by_skill")),
		   "the rating of another skill is left out");
	CHECK_TEXT(word(moment(out), "moment"), "post");
	CHECK_THAT(json_array_size(at(out, "moments")) == 1,
		   "nobody was asked before");
	rho = at(moment(out), "rho");
	CHECK_TEXT(word(rho, "method"), "spearman");
	CHECK_NEAR(number(rho, "value"), want.spearman, 0.0051);
	CHECK_NEAR(number(rho, "lo"), want.spearman_lo, 0.0051);
	CHECK_NEAR(number(at(moment(out), "r"), "value"), want.pearson, 0.0051);
	CHECK(number(rho, "n") == 80.0 && number(rho, "missing") == 0.0);
	for (size_t i = 0; i < 4; i++) {
		diff = at(quarter(out, i), "diff");
		CHECK(number(quarter(out, i), "n") == 20.0);
		CHECK_NEAR(number(diff, "value"), q.quarter[i].diff, 0.0051);
		CHECK_NEAR(number(diff, "hi"), q.quarter[i].hi, 0.0051);
		CHECK_NEAR(number(quarter(out, i), "random"),
			   -q.quarter[i].score, 0.0051);
	}
}

static void too_few(void)
{
	double score[80], self[80];
	const json_t *out = crowd(9, score, self);

	CHECK_TEXT(word(out, "status"), "too_few");
	CHECK(number(out, "n") == 9.0 && number(out, "least") == 10.0);
	CHECK(!at(out, "moments"));
	out = crowd(32, score, self);
	CHECK_TEXT(word(out, "status"), "ok");
	for (size_t i = 0; i < 4; i++) {
		CHECK_TEXT(word(quarter(out, i), "status"), "suppressed");
		CHECK_THAT(
			isnan(number(at(quarter(out, i), "diff"), "value")) &&
				!at(quarter(out, i), "n"),
			"quarters of eight people are hidden");
	}
	begin();
	CHECK_TEXT(word(run(), "status"), "empty");
}

/* Two thirds of the ratings must be there (one of three may be missing). */
static void two_thirds(void)
{
	static const unsigned char whole[] = { 4, 3, 5, 1 };
	static const unsigned char most[] = { 2, 0, 4, 1 };
	static const unsigned char one[] = { 0, 0, 5, 5 };
	const json_t *rho;

	begin();
	for (size_t i = 0; i < 12; i++)
		person(1 + i % 7, i % 2 ? whole : most);
	for (size_t i = 0; i < 3; i++)
		person(2, one);
	rho = at(moment(run()), "rho");
	CHECK(number(rho, "n") == 12.0 && number(rho, "missing") == 3.0 &&
	      number(rho, "base") == 15.0);
}

static void alike(void)
{
	static const unsigned char same[] = { 3, 3, 3, 3 };
	const json_t *out;
	size_t shown = 0;

	begin();
	for (size_t i = 0; i < 15; i++)
		person(i % 8, same);
	out = run();
	CHECK_TEXT(word(at(moment(out), "rho"), "status"), "suppressed");
	CHECK(!json_array_size(at(moment(out), "quarters")));
	/* Twelve with the lowest score all say 3; the others differ. */
	begin();
	for (size_t i = 0; i < 48; i++) {
		const unsigned char mine = (unsigned char)(1 + i % 5);
		const unsigned char r[] = { mine, mine, mine, mine };

		person(i / 12 * 2 + 1, i < 12 ? same : r);
	}
	out = run();
	CHECK_TEXT(word(quarter(out, 0), "status"), "suppressed");
	for (size_t q = 0; q < 4; q++)
		shown += isnan(number(at(quarter(out, q), "diff"), "value"))
				 ? 0
				 : 1;
	CHECK_THAT(shown == 2, "and another one: all differences sum to 0");
	/* Half have every point: the highest quarter is in the one below. */
	begin();
	for (size_t i = 0; i < 40; i++) {
		const unsigned char mine = (unsigned char)(1 + i % 5);
		const unsigned char r[] = { mine, mine, mine, mine };

		person(i < 10 ? 2 : i < 20 ? 5 : K, r);
	}
	out = run();
	CHECK(json_array_size(at(moment(out), "quarters")) == 3);
	CHECK_TEXT(word(quarter(out, 1), "place"), "middle");
	CHECK_TEXT(word(quarter(out, 2), "place"), "highest");
	CHECK(number(quarter(out, 2), "n") == 20.0);
}

int main(void)
{
	follows();
	too_few();
	two_thirds();
	alike();
	return check_done();
}
