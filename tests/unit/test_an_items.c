/*
 * test_an_items.c: alpha, item analysis, omega.
 */
#include "analytics/an.h"
#include "check.h"

/* Five people, three items. By hand: variances 5/2, 9/5, 11/5; total 173/10. */
static const double scores[] = { 1, 2, 1, 2, 2, 3, 3, 4, 3, 4, 4, 5, 5, 5, 4 };

static void by_hand(void)
{
	const struct an_table t = { scores, 5, 3 };
	const struct an_estimate a = an_alpha(&t, AN_LISTWISE, 0.95);
	struct an_item item[3];
	const struct an_items all =
		an_item_analysis(&t, AN_LISTWISE, NULL, item);

	CHECK(a.status == AN_OK && a.n == 5 && a.missing == 0);
	CHECK_NEAR(a.value, 162.0 / 173.0, 1e-14);
	CHECK_THAT(a.lo < a.value && a.value < a.hi && a.hi < 1.0,
		   "alpha lies inside its interval");
	CHECK_NEAR(all.alpha, 162.0 / 173.0, 1e-14);
	CHECK_NEAR(all.mean_total, 48.0 / 5.0, 1e-14);
	CHECK_NEAR(item[0].mean, 3.0, 1e-15);
	CHECK_NEAR(item[0].difficulty, 0.6, 1e-15);
	CHECK_NEAR(item[0].sd, sqrt(2.5), 1e-14);
	CHECK(item[0].flags == 0);
}

static void rules(void)
{
	double x[40 * 4], y[40 * 4], twice[80 * 4];
	struct an_table t = { x, 40, 4 }, u = { y, 40, 4 };
	const struct an_table d = { twice, 80, 4 };
	struct an_item a[4], b[4];
	struct an_reliability r, s;

	for (size_t i = 0; i < 160; i++) {
		x[i] = (double)((i / 4 * 7 + i % 4 * (i / 4) * 3) % 5);
		y[(39 - i / 4) * 4 + i % 4] = 10.0 * x[i] - 100.0;
		twice[i] = twice[160 + i] = x[i];
	}
	an_item_analysis(&t, AN_LISTWISE, NULL, a);
	an_item_analysis(&u, AN_LISTWISE, NULL, b);
	r = an_reliability(&t, AN_LISTWISE, 0.95, NULL);
	s = an_reliability(&u, AN_LISTWISE, 0.95, NULL);
	CHECK_THAT(fabs(r.alpha - s.alpha) < 1e-12,
		   "alpha does not depend on order, origin and unit");
	CHECK_THAT(fabs(a[2].r_rest - b[2].r_rest) < 1e-12,
		   "the discrimination does not depend on the unit");
	CHECK_NEAR(10.0 * r.sem, s.sem, 1e-12);
	s = an_reliability(&d, AN_LISTWISE, 0.95, NULL);
	CHECK_THAT(fabs(r.alpha - s.alpha) < 1e-12,
		   "alpha does not change when everybody counts twice");
}

/*
 * Forty people, k items of which the first runs against the others: of the
 * 20 who have all the others right, `low` have it, of those who have none of
 * them, 20 - low.
 */
static unsigned flags_of_first(size_t k, size_t low, struct an_item *item)
{
	double x[40 * 40];
	const struct an_table t = { x, 40, k };

	for (size_t i = 0; i < 40; i++) {
		const bool good = i < 20;

		x[i * k] = i % 20 < (good ? low : 20 - low) ? 1.0 : 0.0;
		for (size_t j = 1; j < k; j++)
			x[i * k + j] = good != (i % 20 == j - 1) ? 1.0 : 0.0;
	}
	an_item_analysis(&t, AN_LISTWISE, NULL, item);
	return item[0].flags;
}

static void flags_count_the_items(void)
{
	struct an_item item[40];

	CHECK(flags_of_first(4, 5, item) == (AN_ITEM_WEAK | AN_ITEM_KEY));
	CHECK(flags_of_first(4, 10, item) == 0);
	/* r about -.33: p is .04 alone, but one of 20 items is that by chance
	 */
	CHECK_THAT(flags_of_first(20, 6, item) == AN_ITEM_WEAK &&
			   item[0].r_rest_hi < 0.0 && item[0].r_rest < -0.3,
		   "an interval below 0 is no flag where many were tested");
	CHECK_THAT(!(flags_of_first(20, 3, item) & AN_ITEM_EASY) &&
			   (item[0].flags & AN_ITEM_KEY),
		   "what is sure among many is flagged");
}

/* Everybody but four has the first item right, and the four are the best. */
static void few_wrong_are_no_judgement(void)
{
	double x[40 * 3];
	const struct an_table t = { x, 40, 3 };
	struct an_item item[3];

	for (size_t i = 0; i < 40; i++) {
		x[i * 3] = i < 4 ? 0.0 : 1.0;
		x[i * 3 + 1] = i < 12 ? 1.0 : 0.0;
		x[i * 3 + 2] = i < 8 || i % 3 == 0 ? 1.0 : 0.0;
	}
	an_item_analysis(&t, AN_LISTWISE, NULL, item);
	CHECK(item[0].r_rest_hi < 0.0);
	CHECK_THAT(item[0].flags == 0,
		   "four wrong answers are too few to judge");
	x[4 * 3] = 0.0;
	an_item_analysis(&t, AN_LISTWISE, NULL, item);
	CHECK_THAT(item[0].flags & AN_ITEM_KEY, "five are enough");
}

static void omega(void)
{
	double x[80 * 4];
	const struct an_table t = { x, 80, 4 };
	const struct an_resampling how = { .resamples = 200,
					   .seed = 1,
					   .level = 0.95 };
	const struct an_resampling none = { .resamples = 200,
					    .seed = 1,
					    .level = 95.0 };
	struct an_reliability r;
	struct an_estimate e;
	struct an_random random;

	an_random_seed(&random, 5);
	for (size_t i = 0; i < 80; i++) {
		const double common = an_random_uniform(&random);

		for (size_t j = 0; j < 4; j++)
			x[i * 4 + j] = common + an_random_uniform(&random);
	}
	r = an_reliability(&t, AN_LISTWISE, 0.95, NULL);
	e = an_omega_ci(&t, AN_LISTWISE, &how);
	CHECK_THAT(e.status == AN_OK && fabs(e.value - r.omega_total) < 1e-9,
		   "both ways to omega agree");
	CHECK(e.lo < e.value && e.value < e.hi && e.hi <= 1.0);
	CHECK_THAT(an_omega_ci(&t, AN_LISTWISE, &how).lo == e.lo,
		   "one seed gives the same digits");
	CHECK_THAT(an_omega_ci(&t, AN_LISTWISE, &none).status == AN_BAD_INPUT,
		   "a level of 95 is none");
	r = an_reliability(&t, AN_LISTWISE, 95.0, NULL);
	CHECK(r.status == AN_BAD_INPUT && isnan(r.alpha));
}

static void edges(void)
{
	const double same[] = { 3, 3, 3, 3 }, gap[] = { 1, NAN, 2, 3 };
	const double wild[] = { 1, INFINITY, 2, 3 };
	const double twins[] = { 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4 };
	struct an_table t = { same, 2, 2 };
	struct an_item item[3];

	CHECK(an_alpha(&t, AN_LISTWISE, 0.95).status == AN_ZERO_VARIANCE);
	t = (struct an_table){ scores, 1, 3 };
	CHECK(an_alpha(&t, AN_LISTWISE, 0.95).status == AN_TOO_FEW);
	CHECK(isnan(an_alpha(&t, AN_LISTWISE, 0.95).value));
	t = (struct an_table){ scores, 0, 3 };
	CHECK(an_alpha(&t, AN_LISTWISE, 0.95).status == AN_EMPTY);
	t = (struct an_table){ gap, 2, 2 };
	CHECK_THAT(an_alpha(&t, AN_LISTWISE, 0.95).n == 1,
		   "a row with a gap is left out");
	CHECK_THAT(an_alpha(&t, AN_MISSING_ZERO, 0.95).n == 2,
		   "a gap is 0 points when asked so");
	t = (struct an_table){ wild, 2, 2 };
	CHECK(an_alpha(&t, AN_LISTWISE, 0.95).status == AN_NOT_FINITE);
	t = (struct an_table){ twins, 4, 3 };
	CHECK_NEAR(an_alpha(&t, AN_LISTWISE, 0.95).value, 1.0, 1e-14);
	CHECK_THAT(an_reliability(&t, AN_LISTWISE, 0.95, NULL).omega_status ==
			   AN_NOT_IDENTIFIED,
		   "three equal items have no factor model");
	t = (struct an_table){ same, 4, 1 };
	CHECK(an_item_analysis(&t, AN_LISTWISE, NULL, item).status ==
	      AN_ZERO_VARIANCE);
}

static void scale_scores(void)
{
	const double x[] = { 5, NAN, 2, 4, NAN, 1 };

	CHECK_THAT(an_scale_score(x, 3) == 3.5, "two of three are enough");
	CHECK_THAT(isnan(an_scale_score(x, 2)), "one of two is not");
	CHECK_NEAR(an_scale_score(x, 6), 3.0, 1e-15); /* four of six */
	CHECK_THAT(isnan(an_scale_score(x, 5)), "three of five are not");
	CHECK(an_scale_score(x, 1) == 5.0 && isnan(an_scale_score(x + 1, 1)));
	CHECK_THAT(isnan(an_scale_score(x, 0)), "no question, no score");
}

int main(void)
{
	scale_scores();
	by_hand();
	rules();
	flags_count_the_items();
	few_wrong_are_no_judgement();
	omega();
	edges();
	return check_done();
}
