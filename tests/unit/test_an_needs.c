/*
 * test_an_needs.c: needs, agreement, seats, hidden cells, shares.
 */
#include "analytics/an.h"
#include "check.h"

static void borich(void)
{
	/* Two competencies; person 3 did not rate the second. */
	const double i[] = { 5, 3, 4, 4, 3, NAN, 4, 2 };
	const double p[] = { 2, 3, 3, 5, 3, 2, 1, 2 };
	const struct an_table imp = { i, 4, 2 }, pro = { p, 4, 2 };
	const struct an_table other = { p, 2, 4 };
	struct an_need o[2];

	CHECK(an_needs(&imp, &pro, o) == AN_OK);
	CHECK_NEAR(o[0].gap, 7.0 / 4.0, 1e-15);
	CHECK_NEAR(o[0].mwds, 4.0 * 7.0 / 4.0, 1e-14);
	CHECK_NEAR(o[0].rds, -75.0, 0.0);
	CHECK_NEAR(o[0].need_rate, 0.75, 0.0);
	CHECK(o[0].rank_mwds == 1 && o[1].rank_mwds == 2);
	CHECK(o[1].n == 3 && o[1].missing == 1);
	CHECK(an_needs(&imp, &other, o) == AN_BAD_INPUT);
}

static void agreement(void)
{
	const double same[] = { 1, 2, 3, 1, 2, 3, 10, 20, 30 };
	const double ties[] = { 2, 2, 2, 2 };
	const struct an_table t = { same, 3, 3 }, u = { ties, 2, 2 };
	double sums[3];

	CHECK_NEAR(an_kendall_w(&t, sums).w, 1.0, 1e-15);
	CHECK_NEAR(sums[2], 9.0, 0.0);
	CHECK(an_kendall_w(&u, sums).status == AN_ZERO_VARIANCE);
}

/* R 4.2.2, psych 2.2.9: cohen.kappa(cbind(a, b)) */
static void two_readers(void)
{
	const size_t a[] = { 0, 0, 0, 0, 1, 1, 1, 2, 2, 2,
			     0, 1, 2, 0, 1, 2, 0, 0, 1, 1 };
	const size_t b[] = { 0, 0, 0, 1, 1, 1, 2, 2, 2, 0,
			     0, 1, 2, 0, 1, 1, 0, 0, 1, 2 };
	const size_t one[] = { 1, 1, 1 };
	const struct an_kappa o = an_cohen_kappa(a, b, 20, 3);
	size_t half_a[23], half_b[23];
	struct an_kappa half;

	CHECK_NEAR(o.agreement, 0.75, 1e-12);
	CHECK_NEAR(o.kappa, 0.6183206106870229, 1e-12);
	CHECK_NEAR(o.se, 0.1446690110630878, 1e-12);
	CHECK(o.status == AN_OK && o.lo < o.kappa && o.hi > o.kappa);
	CHECK_NEAR(an_cohen_kappa(a, a, 20, 3).kappa, 1.0, 1e-12);
	CHECK(an_cohen_kappa(a, b, 20, 2).status == AN_BAD_INPUT);
	CHECK(an_cohen_kappa(one, one, 3, 3).status == AN_ZERO_VARIANCE);
	CHECK(an_cohen_kappa(a, b, 0, 3).status == AN_EMPTY);
	for (size_t i = 0; i < 20; i++) {
		half_a[i] = a[i];
		half_b[i] = b[i];
	}
	half_a[20] = half_b[21] = half_a[22] = half_b[22] = AN_UNREAD;
	half_b[20] = half_a[21] = 1;
	half = an_cohen_kappa(half_a, half_b, 23, 3);
	CHECK_THAT(half.n == 20 && half.missing == 3 && half.kappa == o.kappa,
		   "what one of them did not read is missing");
	CHECK(an_cohen_kappa(half_a + 20, half_b + 20, 3, 3).status ==
	      AN_EMPTY);
}

/* By hand: 100 x .9 + 10, 100 x .05 + 40 x .8, then once more. */
static void staff_to_come(void)
{
	const double now[] = { 100, 40 }, intake[] = { 10, 0 };
	const double moves[] = { 0.9, 0.05, 0.0, 0.8 };
	const double many[] = { 0.9, 0.2, 0.0, 0.8 };
	double out[4];

	CHECK(an_staff_forecast(now, moves, intake, 2, 2, out) == AN_OK);
	CHECK_NEAR(out[0], 100.0, 1e-12);
	CHECK_NEAR(out[1], 37.0, 1e-12);
	CHECK_NEAR(out[2], 100.0, 1e-12);
	CHECK_NEAR(out[3], 34.6, 1e-12);
	CHECK_THAT(an_staff_forecast(now, many, intake, 2, 1, out) ==
			   AN_BAD_INPUT,
		   "nobody is in two tiers");
	CHECK(an_staff_forecast(now, moves, intake, 0, 1, out) == AN_EMPTY);
}

static void seats(void)
{
	const double w[] = { 1, 1, 1 }, none[] = { 0, 0, 0 };
	uint64_t seat[3];

	CHECK(an_largest_remainder(w, 3, 10, seat) == AN_OK);
	CHECK_THAT(seat[0] == 4 && seat[1] == 3 && seat[2] == 3,
		   "the odd seat goes to the one named first");
	CHECK(an_largest_remainder(none, 3, 10, seat) == AN_EMPTY);
	CHECK(an_largest_remainder(w, 3, 2, seat) == AN_OK);
	CHECK_THAT(seat[0] == 1 && seat[1] == 1 && seat[2] == 0,
		   "fewer seats than rows go to those named first");
}

static void hiding(void)
{
	const uint64_t one[] = { 3, 20, 30, 20, 20, 20, 30, 20, 20 };
	const uint64_t plain[] = { 10, 20, 30, 40 };
	const uint64_t sparse[] = { 0, 7, 3, 0, 0, 20 };
	const uint64_t same[] = { 0, 15, 0 };
	unsigned char mask[9];

	CHECK(an_suppress(plain, 2, 2, 5, mask) == AN_OK && !mask[0]);
	CHECK(an_suppress(one, 3, 3, 5, mask) == AN_SUPPRESSED);
	CHECK_THAT(mask[0] == AN_HIDDEN_PRIMARY &&
			   mask[1] == AN_HIDDEN_COMPLEMENTARY &&
			   mask[3] == AN_HIDDEN_COMPLEMENTARY &&
			   mask[4] == AN_HIDDEN_COMPLEMENTARY,
		   "a single hidden cell gets company in its row and column");
	CHECK(an_suppress(sparse, 2, 3, 5, mask) == AN_SUPPRESSED);
	CHECK_THAT(mask[1] && mask[2], "the smallest positive cell is hidden "
				       "before an empty one");
	CHECK(!an_group_shown(4, 100, 5) && !an_group_shown(97, 100, 5));
	CHECK(an_group_shown(100, 100, 5) && an_group_shown(50, 100, 5));
	CHECK(an_unanimous(same, 3, 10) && !an_unanimous(same, 3, 5));
}

static void shares(void)
{
	const struct an_estimate w = an_wilson(0, 10, 0.95);

	CHECK(w.lo == 0.0 && w.value == 0.0);
	CHECK_NEAR(w.hi, 0.277532799862889, 1e-12);
	CHECK(an_wilson(1, 0, 0.95).status == AN_BAD_INPUT);
	CHECK(an_wilson(0, 0, 0.95).status == AN_EMPTY);
	CHECK_NEAR(an_wilson(10, 10, 0.95).lo, 1.0 - w.hi, 1e-12);
	CHECK(an_clopper_pearson(0, 10, 0.95).lo == 0.0);
	CHECK_NEAR(an_newcombe(56, 70, 48, 80, 0.95).lo, 0.0524, 6e-5);
}

static void resampling(void)
{
	struct an_random a, b;
	double t[] = { 1, 1, 1, 1 }, jack[] = { 1, 1, 1 };
	double around[] = { 0.8, 0.9, 1.1, 1.2 }, gap[] = { 1, NAN, 1.2 };
	struct an_bca o;
	bool same = true;

	an_random_seed(&a, 7);
	an_random_seed(&b, 7);
	for (int i = 0; i < 1000; i++) {
		const double u = an_random_uniform(&a);

		same = same && u == an_random_uniform(&b) && u >= 0.0 &&
		       u < 1.0;
	}
	CHECK_THAT(same, "one seed gives one sequence in [0, 1)");
	CHECK_THAT(an_bca(1.0, t, 4, jack, 3, 0.95).status == AN_ZERO_VARIANCE,
		   "equal replicates have no interval");
	CHECK(an_bca(1.0, around, 4, jack, 3, 0.95).status == AN_OK);
	o = an_bca(1.0, around, 4, gap, 3, 0.95);
	CHECK_THAT(o.status == AN_NOT_IDENTIFIED && isnan(o.lo),
		   "no acceleration of a statistic undefined without one");
}

/* Large draws stand in order, and are the draws of the seed all the same. */
static void many_rows(void)
{
	enum { N = AN_MANY_ROWS };
	static size_t row[N], seen[N];
	struct an_random random, again;
	bool ascend = true, same = true;

	an_random_seed(&random, 3);
	again = random;
	an_random_rows(&random, row, N);
	for (size_t i = 0; i < N; i++) {
		ascend = ascend && (!i || row[i - 1] <= row[i]);
		seen[row[i]]++;
	}
	for (size_t i = 0; i < N; i++)
		seen[an_random_index(&again, N)]--;
	for (size_t i = 0; i < N; i++)
		same = same && !seen[i];
	CHECK(ascend && same);
	an_random_rows(&random, row, 5);
	for (size_t i = 0; i < 5; i++)
		CHECK(row[i] == an_random_index(&again, 5));
}

int main(void)
{
	borich();
	agreement();
	two_readers();
	staff_to_come();
	seats();
	hiding();
	shares();
	resampling();
	many_rows();
	return check_done();
}
