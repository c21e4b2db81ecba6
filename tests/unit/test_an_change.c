/*
 * test_an_change.c: matched change and matched items, by hand and by rule.
 */
#include "analytics/an.h"
#include "check.h"

static const struct an_paired_options plain = { NAN, NAN, 0.95 };

static void by_hand(void)
{
	/* d = 1, 2, 3, -1, 5: mean 2, variance 5, t = 2. */
	const double pre[] = { 1, 2, 3, 4, 5, 6, NAN };
	const double post[] = { 2, 4, 6, 3, 10, NAN, 9 };
	const struct an_paired o =
		an_paired_change(pre, post, 7, &plain, NULL, NULL);

	CHECK(o.status == AN_OK);
	CHECK(o.n_rows == 7 && o.n_pre == 6 && o.n_post == 6);
	CHECK(o.n_pairs == 5);
	CHECK_NEAR(o.t.mean_diff, 2.0, 1e-15);
	CHECK_NEAR(o.t.sd_diff, sqrt(5.0), 1e-15);
	CHECK_NEAR(o.t.t, 2.0, 1e-14);
	CHECK_NEAR(o.t.dz, 2.0 / sqrt(5.0), 1e-14);
	/* Ranks of 1 and -1 are 1.5 each, so V = 1.5 + 3 + 4 + 5. */
	CHECK_NEAR(o.rank.v, 13.5, 0.0);
	CHECK_NEAR(o.rank.rank_biserial, (13.5 - 1.5) / 15.0, 1e-15);
	CHECK(o.rank.n_up == 4 && o.rank.n_down == 1);
	CHECK_NEAR(o.rank.p_sign, 0.375, 1e-14);
	CHECK(o.attrition.n == 1 && o.attrition.status == AN_TOO_FEW);
}

static void rules(void)
{
	double pre[20], post[20], x[20], y[20];
	struct an_paired a, b;

	for (size_t i = 0; i < 20; i++) {
		pre[i] = (double)((i * 7) % 11);
		post[i] = pre[i] + (double)((i * 5) % 7) - 1.5;
		x[19 - i] = 3.0 * pre[i] + 40.0;
		y[19 - i] = 3.0 * post[i] + 40.0;
	}
	a = an_paired_change(pre, post, 20, &plain, NULL, NULL);
	b = an_paired_change(x, y, 20, &plain, NULL, NULL);
	CHECK_THAT(fabs(a.t.t - b.t.t) < 1e-12,
		   "t does not depend on order, origin and unit");
	CHECK_THAT(fabs(a.t.dav - b.t.dav) < 1e-12, "nor does d_av");
	CHECK_THAT(fabs(3.0 * a.rank.hl - b.rank.hl) < 1e-12,
		   "the Hodges-Lehmann shift follows the unit");
	CHECK_THAT(a.rank.p_exact == b.rank.p_exact,
		   "the exact p-value does not depend on the unit");
	b = an_paired_change(post, pre, 20, &plain, NULL, NULL);
	CHECK_THAT(fabs(a.t.t + b.t.t) < 1e-12,
		   "t changes its sign when the two times are swapped");
	CHECK_NEAR(a.t.dz_lo, -b.t.dz_hi, 1e-9);
}

static void edges(void)
{
	const double same[] = { 4, 4, 4, 4 }, none[] = { NAN, NAN };
	const double wild[] = { 1, INFINITY };
	const struct an_paired_options gain = { 4.0, 0.8, 0.95 };
	struct an_paired o;

	o = an_paired_change(same, same, 0, &plain, NULL, NULL);
	CHECK(o.status == AN_EMPTY && isnan(o.t.t));
	o = an_paired_change(same, same, 1, &plain, NULL, NULL);
	CHECK(o.status == AN_TOO_FEW && isnan(o.t.sd_diff));
	CHECK_NEAR(o.t.mean_diff, 0.0, 0.0);
	o = an_paired_change(same, same, 4, &gain, NULL, NULL);
	CHECK(o.status == AN_ZERO_VARIANCE && isnan(o.t.t) && isnan(o.t.dav));
	CHECK(o.rank.status == AN_ZERO_VARIANCE && o.rank.n_same == 4);
	CHECK_THAT(o.gain.status == AN_CEILING, "a class at the maximum has no "
						"gain but a ceiling");
	CHECK(o.gain.hake_n_at_ceiling == 4 && isnan(o.gain.hake_class));
	CHECK(o.rci.status == AN_ZERO_VARIANCE);
	o = an_paired_change(none, none, 2, &plain, NULL, NULL);
	CHECK(o.status == AN_EMPTY);
	o = an_paired_change(wild, same, 2, &plain, NULL, NULL);
	CHECK(o.status == AN_NOT_FINITE);
}

struct gains {
	const double *pre, *post;
};

static double gain_of(const size_t *row, size_t n, const void *data)
{
	const struct gains *g = data;
	double pre = 0.0, post = 0.0;

	for (size_t i = 0; i < n; i++) {
		pre += g->pre[row[i]];
		post += g->post[row[i]];
	}
	return (post - pre) / ((double)n - pre);
}

static void shares_tie_like_points(void)
{
	static const double pre[] = { 0, 1, 2, 3, 5, 4, 0, 2 };
	static const double post[] = { 1, 2, 5, 4, 4, 6, 3, 4 };
	double x[8], y[8];
	struct an_paired a, b;

	for (size_t i = 0; i < 8; i++) {
		x[i] = pre[i] / 6.0;
		y[i] = post[i] / 6.0;
	}
	a = an_paired_change(pre, post, 8, &plain, NULL, NULL);
	b = an_paired_change(x, y, 8, &plain, NULL, NULL);
	CHECK_THAT(a.rank.p_exact == b.rank.p_exact && a.rank.v == b.rank.v,
		   "scores as shares rank as scores as points do");
	CHECK_NEAR(6.0 * b.rank.hl, a.rank.hl, 1e-12);
}

static void gain_to_show(void)
{
	const struct an_paired_options options = { 1.0, NAN, 0.95 };
	double pre[42], post[42];
	const struct gains data = { pre, post };
	const struct an_statistic gain = { gain_of, &data, NULL };
	struct an_estimate e;
	struct an_gain few;
	const struct an_resampling how = { .resamples = 2000,
					   .seed = 1,
					   .level = 0.95 };
	struct an_bca many;

	for (size_t i = 0; i < 42; i++) {
		pre[i] = (double)(i % 5) / 6.0;
		post[i] = fmin(1.0, pre[i] + (double)(i * 7 % 4) / 6.0);
	}
	few = an_paired_gain(pre, post, 39, &options, NULL);
	e = an_hake_gain(pre, post, 39, 1.0, 1);
	CHECK_TEXT(e.method, "hake");
	CHECK_NEAR(e.lo, few.hake_class_lo, 1e-15);
	many = an_bca_run(&gain, 40, &how);
	e = an_hake_gain(pre, post, 40, 1.0, 1);
	CHECK_TEXT(e.method, "hake_bca");
	CHECK_NEAR(e.value, many.t0, 1e-12);
	CHECK_NEAR(e.lo, many.lo, 1e-12);
	CHECK_NEAR(e.hi, many.hi, 1e-12);
	pre[3] = post[7] = NAN;
	e = an_hake_gain(pre, post, 42, 1.0, 1);
	CHECK_THAT(e.n == 40 && e.missing == 2 && e.status == AN_OK,
		   "half a pair is none");
	CHECK(an_hake_gain(pre, post, 0, 1.0, 1).status == AN_EMPTY);
	CHECK(an_hake_gain(pre, post, 1, 1.0, 1).status == AN_TOO_FEW);
	for (size_t i = 0; i < 42; i++)
		pre[i] = post[i] = 1.0;
	CHECK(an_hake_gain(pre, post, 42, 1.0, 1).status == AN_CEILING);
	for (size_t i = 0; i < 42; i++)
		pre[i] = i % 3 ? 1.0 : 0.6;
	e = an_hake_gain(pre, post, 42, 1.0, 1);
	CHECK_THAT(e.status == AN_CEILING && fabs(e.value - 1.0) < 1e-12,
		   "from .85 of the maximum on there is a gain and a ceiling");
	e = an_hake_gain(pre, post, 39, 1.0, 1);
	CHECK(e.status == AN_CEILING);
	CHECK(an_hake_gain(pre, post, 42, NAN, 1).status == AN_BAD_INPUT);
	pre[0] = INFINITY;
	CHECK(an_hake_gain(pre, post, 42, 1.0, 1).status == AN_NOT_FINITE);
}

static size_t calls;

static double first_mean(const size_t *row, size_t n, const void *data)
{
	const double *x = data;
	double sum = 0.0;

	calls++;
	for (size_t i = 0; i < n; i++)
		sum += x[row[i]];
	return sum / (double)n;
}

static void first_mean_without(double *jack, size_t n, const void *data)
{
	const double *x = data, all = an_mean(x, n) * (double)n;

	for (size_t i = 0; i < n; i++)
		jack[i] = (all - x[i]) / ((double)n - 1.0);
}

static void left_out_at_once(void)
{
	double x[60];
	const struct an_statistic slow = { first_mean, x, NULL };
	const struct an_statistic fast = { first_mean, x, first_mean_without };
	struct an_resampling how = { .resamples = 100,
				     .seed = 1,
				     .level = 0.95 };
	struct an_bca a, b;

	for (size_t i = 0; i < 60; i++)
		x[i] = (double)(i * i % 17);
	a = an_bca_run(&slow, 60, &how);
	calls = 0;
	b = an_bca_run(&fast, 60, &how);
	CHECK_THAT(calls == 101, "a closed form of the jackknife calls once "
				 "for the data and once a resample");
	CHECK_NEAR(a.a, b.a, 1e-12);
	CHECK_NEAR(a.lo, b.lo, 1e-12);
	how.level = 95.0;
	CHECK(an_bca_run(&fast, 60, &how).status == AN_BAD_INPUT);
}

static void levels(void)
{
	const double d[] = { 1, 2, 3, -1, 5 };

	CHECK(an_paired_ranks(d, 5, 95.0).status == AN_BAD_INPUT);
	CHECK(an_paired_ranks(d, 5, 0.0).status == AN_BAD_INPUT);
	CHECK(an_paired_ranks(d, 5, NAN).status == AN_BAD_INPUT);
	CHECK(isnan(an_paired_ranks(d, 5, 1.0).hl_lo));
}

static void items(void)
{
	/* Ten pairs: 2 right twice, 5 learned, 1 forgot, 2 wrong twice. */
	const struct an_mcnemar o = an_mcnemar(2, 5, 1, 2);
	const struct an_mcnemar still = an_mcnemar(3, 0, 0, 4);

	CHECK_NEAR(o.p_pre, 0.3, 1e-15);
	CHECK_NEAR(o.p_post, 0.7, 1e-15);
	CHECK_NEAR(o.p_exact, 2.0 * 7.0 / 64.0, 1e-14);
	CHECK_NEAR(o.p_mid, 2.0 * (7.0 - 3.0) / 64.0, 1e-14);
	CHECK_NEAR(o.odds_ratio, 5.0, 0.0);
	CHECK_NEAR(o.item_gain, 4.0 / 7.0, 1e-14);
	CHECK_THAT(still.p_exact == 1.0 && isnan(still.odds_ratio) &&
			   still.status == AN_ZERO_VARIANCE,
		   "an item nobody changed has p = 1 and no odds ratio");
	CHECK(an_mcnemar(0, 0, 0, 0).status == AN_EMPTY);
}

int main(void)
{
	by_hand();
	rules();
	edges();
	shares_tie_like_points();
	gain_to_show();
	left_out_at_once();
	levels();
	items();
	return check_done();
}
