/*
 * test_an_models.c: regression, drivers, portfolio, trend, fairness, options.
 */
#include "analytics/an.h"
#include "check.h"

static void regression(void)
{
	/* y = 1 + 2 x with residuals 1, -1, -1, 1: orthogonal to 1 and x. */
	const double x[] = { 0, 1, 2, 3 }, y[] = { 2, 2, 4, 8 };
	const double line[] = { 1, 3, 5, 7 },
		     twin[] = { 1, 2, 2, 4, 3, 6, 5, 10 };
	const struct an_table t = { x, 4, 1 }, u = { twin, 4, 2 };
	struct an_coefficient c[3];
	struct an_ols o = an_ols(&t, y, NULL, true, c);

	CHECK(o.status == AN_OK);
	CHECK_NEAR(c[0].b, 1.0, 1e-14);
	CHECK_NEAR(c[1].b, 2.0, 1e-14);
	CHECK_NEAR(o.rss, 4.0, 1e-13);
	CHECK_NEAR(o.sigma, sqrt(2.0), 1e-14);
	CHECK_NEAR(c[1].se, sqrt(2.0 / 5.0), 1e-14);
	o = an_ols(&t, line, NULL, true, c);
	CHECK_THAT(o.exact && o.r2 == 1.0 && c[1].se == 0.0,
		   "a perfect line has no error");
	CHECK_THAT(an_ols(&u, y, NULL, true, c).status == AN_NOT_IDENTIFIED,
		   "a predictor that doubles another is refused");
	CHECK(an_ols(&t, y, NULL, true, c).status == AN_OK);
	CHECK(an_ols(&u, y, y, true, c).status != AN_OK);
}

static void polynomials(void)
{
	double x[12], y[12];
	struct an_coefficient c[4];
	struct an_ols o;

	for (size_t i = 0; i < 12; i++) {
		x[i] = 100.0 + (double)i;
		y[i] = 7.0 + x[i] * (5.0 + x[i] * (3.0 + x[i]));
	}
	o = an_polynomial(x, y, 12, 3, c);
	CHECK(o.status == AN_OK && o.exact);
	CHECK_THAT(fabs(c[3].b - 1.0) < 1e-12 && fabs(c[2].b - 3.0) < 1e-9 &&
			   fabs(c[1].b - 5.0) < 1e-7,
		   "a cubic far from 0 keeps its digits");
	x[3] = NAN;
	CHECK(an_polynomial(x, y, 12, 3, c).missing == 1);
	CHECK(an_polynomial(x, y, 0, 3, c).status == AN_EMPTY);
}

/* The share of the only driver is all there is, in all resamples. */
static void one_driver(const struct an_resampling *how)
{
	double x[40], y[40], lo, hi;
	const struct an_table t = { x, 40, 1 };

	for (size_t i = 0; i < 40; i++) {
		x[i] = (double)((i * 7) % 11);
		y[i] = x[i] + (double)((i * i) % 5);
	}
	CHECK_THAT(an_drivers_bca(y, &t, how, &lo, &hi) == AN_ZERO_VARIANCE &&
			   isnan(lo),
		   "limits that BCa cannot give are said, not dropped");
}

static void driving(void)
{
	double x[40 * 3], y[40], sum = 0.0, johnson = 0.0;
	double lo[3], hi[3], again[3];
	const struct an_table t = { x, 40, 3 };
	struct an_driver d[3];
	const struct an_resampling many = { .resamples = 200,
					    .seed = 1,
					    .level = 0.95 };
	const struct an_resampling some = { .resamples = 50,
					    .seed = 1,
					    .level = 0.95 };
	const struct an_resampling few = { .resamples = 10,
					   .seed = 1,
					   .level = 0.95 };
	struct an_drivers o;

	for (size_t i = 0; i < 40; i++) {
		x[i * 3] = (double)((i * 7) % 11);
		x[i * 3 + 1] = x[i * 3] + (double)((i * 5) % 7);
		x[i * 3 + 2] = (double)((i * 3) % 13);
		y[i] = 2.0 * x[i * 3] + x[i * 3 + 2] + (double)((i * i) % 5);
	}
	o = an_drivers(y, &t, d);
	for (size_t j = 0; j < 3; j++) {
		sum += d[j].dominance;
		johnson += d[j].johnson_rw;
	}
	CHECK(o.status == AN_OK && o.n == 40);
	CHECK_THAT(fabs(sum - o.r2) < 1e-12, "dominance sums to R2");
	CHECK_THAT(fabs(johnson - o.r2) < 1e-12, "relative weights sum to R2");
	CHECK(an_drivers_ci(y, &t, &many, lo, hi) == AN_OK);
	CHECK_THAT(lo[0] < d[0].dominance_pct && d[0].dominance_pct < hi[0] &&
			   lo[0] >= 0.0 && hi[0] <= 100.0,
		   "the share of a driver lies inside its limits");
	an_drivers_ci(y, &t, &many, again, hi);
	CHECK_THAT(again[2] == lo[2], "one seed gives the same digits");
	CHECK(an_drivers_ci(y, &t, &few, lo, hi) == AN_TOO_FEW);
	CHECK(an_drivers_bca(y, &t, &many, lo, hi) == AN_OK);
	CHECK_THAT(lo[0] < d[0].dominance_pct && d[0].dominance_pct < hi[0] &&
			   lo[1] < d[1].dominance_pct && lo[0] >= 0.0,
		   "so it does inside those of BCa");
	CHECK(an_drivers_bca(y, &t, &few, lo, hi) == AN_TOO_FEW);
	one_driver(&many);
	for (size_t i = 0; i < 40; i++)
		x[i * 3 + 1] = 2.0 * x[i * 3];
	CHECK(an_drivers(y, &t, d).status == AN_NOT_IDENTIFIED);
	CHECK(an_drivers_ci(y, &t, &some, lo, hi) == AN_NOT_IDENTIFIED);
}

static void portfolio(void)
{
	double s[50 * 3], overall[50];
	const struct an_table t = { s, 50, 3 };
	struct an_cs_item o[3];

	for (size_t i = 0; i < 50; i++) {
		overall[i] = (double)(i % 5) + 1.0;
		s[i * 3] = overall[i];                /* important, middling */
		s[i * 3 + 1] = 1.0 + (double)(i % 2); /* low, unrelated */
		s[i * 3 + 2] = 5.0 - (double)((i * i) % 3); /* high */
	}
	CHECK(an_cs_portfolio(&t, overall, NAN, o) == AN_OK);
	CHECK_NEAR(o[0].importance, 1.0, 1e-14);
	CHECK_NEAR(o[0].t_importance + o[1].t_importance + o[2].t_importance,
		   150.0, 1e-10);
	CHECK(o[0].rank == 1 || o[1].rank == 1);
	for (size_t i = 0; i < 50; i++)
		s[i * 3 + 1] = 3.0;
	CHECK_THAT(an_cs_portfolio(&t, overall, NAN, o) == AN_ZERO_VARIANCE,
		   "an item with one answer has no importance");
}

/* Three items go with the whole, two go against it and are disliked. */
static void portfolio_ranks_what_goes_along(void)
{
	double s[60 * 5], overall[60];
	const struct an_table t = { s, 60, 5 };
	const struct an_resampling how = { .resamples = 400, .seed = 3 };
	struct an_cs_item o[5];

	for (size_t i = 0; i < 60; i++) {
		const double whole = (double)(i % 5);

		overall[i] = whole + 1.0;
		s[i * 5] = 3.0 + 0.5 * whole + (double)(i % 3) / 2.0;
		s[i * 5 + 1] = 3.2 + 0.4 * whole + (double)(i % 4) / 2.0;
		s[i * 5 + 2] = 3.4 + 0.4 * whole + (double)(i % 7) / 5.0;
		s[i * 5 + 3] = 1.6 - 0.1 * whole + (double)(i % 3) / 2.0;
		s[i * 5 + 4] = 1.5 - 0.1 * whole + (double)(i % 4) / 2.0;
	}
	CHECK(an_cs_portfolio(&t, overall, NAN, o) == AN_OK);
	CHECK(o[3].importance < 0.0 && o[4].importance < 0.0);
	an_cs_stability(&t, overall, NAN, &how, o);
	CHECK_THAT(o[0].p_rank3 == 1.0 && o[1].p_rank3 == 1.0 &&
			   o[2].p_rank3 == 1.0,
		   "of three ranked items each is among the first three");
	CHECK_THAT(isnan(o[3].p_rank3) && isnan(o[4].p_rank3),
		   "what goes against the whole is not ranked");
}

static void projection(void)
{
	const double t[] = { 1, 2, 3, 4, 5, 6 };
	const double y[] = { 10, 12, 11, 14, 15, 17 };
	const double share[] = { .5, .6, .7, .8, .9, .95 };
	const struct an_waves up = { t, y, NULL, 6, false };
	const struct an_waves logit = { t, share, NULL, 6, true };
	const struct an_waves two = { t, y, NULL, 2, false };
	const struct an_waves bad = { t, y, NULL, 6, true };
	struct an_forecast f[2] = { { .t = 7 }, { .t = 9 } };
	struct an_trend o = an_trend(&up, f, 2);

	CHECK(o.status == AN_OK && o.agreed);
	CHECK_NEAR(o.mk_s, 13.0, 0.0);
	CHECK_THAT(f[1].pi_hi - f[1].pi_lo > f[0].pi_hi - f[0].pi_lo,
		   "the band widens with the distance");
	CHECK_THAT(f[0].lo80 < f[0].lo50 && f[0].hi50 < f[0].hi80 &&
			   f[0].hi80 < f[0].pi_hi,
		   "the bands lie inside one another");
	an_trend(&logit, f, 2);
	CHECK_THAT(f[1].pi_hi < 1.0 && f[1].value > 0.95,
		   "shares stay below 1");
	CHECK(an_trend(&two, f, 2).status == AN_TOO_FEW && isnan(f[0].value));
	CHECK(an_trend(&bad, f, 2).status == AN_BAD_INPUT);
}

static void smoothing(void)
{
	const double y[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	double f[3];
	struct an_holt o = {
		.alpha = 0.5, .beta = 0.5, .phi = 1.0, .forecast = f
	};

	CHECK_NEAR(an_holt_damped(y, 8, &o, 3), 0.0, 0.0);
	CHECK_THAT(f[0] == 9.0 && f[2] == 11.0,
		   "undamped, a straight line goes on");
	CHECK(an_holt_tune(y, 7, &o) == AN_TOO_FEW);
	CHECK(isnan(an_holt_damped(y, 1, &o, 3)));
}

static void fairness(void)
{
	double score[80], right[80];
	bool focal[80];
	struct an_dif o;

	for (size_t i = 0; i < 80; i++) {
		score[i] = (double)(i % 4);
		focal[i] = (i / 4) % 2;
		right[i] = (i * 7 % 10) < 5 ? 1.0 : 0.0;
	}
	o = an_dif(score, focal, right, 80);
	CHECK(o.status == AN_OK && o.strata_used > 0);
	CHECK(o.ets_class && !strcmp(o.ets_class, "A"));
	for (size_t i = 0; i < 80; i++)
		right[i] = 1.0;
	CHECK_THAT(an_dif(score, focal, right, 80).status == AN_TOO_FEW,
		   "an item all got right tells nothing");
	right[3] = 2.0;
	CHECK(an_dif(score, focal, right, 80).status == AN_BAD_INPUT);
}

static void options(void)
{
	const size_t choice[] = { 0, 0, 0, 1, 1, 0, AN_OMITTED, 1 };
	const size_t key[] = { 0, 0 }, wrong[] = { 0, 7 };
	struct an_option o[6];
	struct an_choices all = an_distractors(choice, 4, 2, key, 2, o);

	CHECK(all.n == 4 && o[0].n == 2 && o[1].n == 1 && o[2].n == 1);
	CHECK_NEAR(o[0].share, 0.5, 0.0);
	CHECK_NEAR(o[0].mean_rest, 0.5, 0.0);
	CHECK(an_distractors(choice, 4, 2, wrong, 2, o).status == AN_BAD_INPUT);
	CHECK(an_distractors(choice, 0, 2, key, 2, o).status == AN_EMPTY);
}

int main(void)
{
	regression();
	polynomials();
	driving();
	portfolio();
	portfolio_ranks_what_goes_along();
	projection();
	smoothing();
	fairness();
	options();
	return check_done();
}
