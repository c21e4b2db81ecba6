/*
 * test_an_groups.c: groups, tables, shrinkage, a known staff list.
 */
#include "analytics/an.h"
#include "check.h"

static void by_hand(void)
{
	/* Group means 2 and 5; within squares 2 + 2, between 6 * 1.5^2. */
	const double y[] = { 1, 2, 3, 4, 5, 6 };
	const size_t g[] = { 0, 0, 0, 1, 1, 1 };
	struct an_group group[2];
	struct an_group_pair pair[1];
	const struct an_groups o = an_compare_groups(y, g, 6, 2, group, pair);

	CHECK(o.status == AN_OK);
	CHECK_NEAR(o.anova.ss_between, 13.5, 1e-14);
	CHECK_NEAR(o.anova.ss_within, 4.0, 1e-14);
	CHECK_NEAR(o.anova.test.f, 13.5, 1e-13);
	CHECK_THAT(fabs(pair[0].cliff_delta + 1.0) < 1e-15,
		   "groups without overlap have Cliff's delta -1");
	CHECK_NEAR(pair[0].t * pair[0].t, 13.5, 1e-12);
	CHECK_NEAR(o.welch.f, 13.5, 1e-12);
	CHECK_NEAR(o.h, 27.0 / 7.0, 1e-13);
	CHECK_NEAR(o.jt, 9.0, 0.0);
	CHECK_NEAR(group[1].mean_rank, 5.0, 0.0);
}

static void sizes(void)
{
	/* Of 12 pairs 7 have x above y, 3 below. */
	const double x[] = { 2, 4, 5, 6 }, y[] = { 2, 3, 5 };
	const double far[] = { 8, 9, 9 };
	struct an_cliff d = an_cliff_delta(x, 4, y, 3);

	CHECK_NEAR(d.delta, 1.0 / 3.0, 1e-15);
	CHECK(d.lo95 < 0.0 && d.hi95 > 0.4 && d.hi95 < 1.0);
	CHECK_NEAR(an_cliff_delta(y, 3, x, 4).lo95, -d.hi95, 1e-14);
	d = an_cliff_delta(far, 3, x, 4);
	CHECK_THAT(d.delta == 1.0 && d.hi95 == 1.0 && d.lo95 < 0.0,
		   "three people above four are no proof");
	d = an_cliff_delta(far + 1, 2, far + 1, 2);
	CHECK_THAT(d.delta == 0.0 && isnan(d.lo95) && isnan(d.hi95),
		   "equal answers of a few do not prove groups equal");
	CHECK(isnan(an_cliff_delta(x, 4, y, 1).lo95));
	CHECK(isnan(an_cliff_delta(x, 4, y, 0).delta));
}

static void rules(void)
{
	double y[60], z[60];
	size_t g[60], h[60];
	struct an_group a[3], b[3];
	struct an_group_pair p[3], q[3];
	struct an_groups s, t;

	for (size_t i = 0; i < 60; i++) {
		y[i] = (double)((i * 17) % 23);
		g[i] = (i * 7) % 3;
		z[59 - i] = 1e6 + 5.0 * y[i];
		h[59 - i] = g[i];
	}
	s = an_compare_groups(y, g, 60, 3, a, p);
	t = an_compare_groups(z, h, 60, 3, b, q);
	CHECK_THAT(fabs(s.anova.test.f - t.anova.test.f) < 1e-9,
		   "F does not depend on order, origin and unit");
	CHECK_THAT(fabs(s.h - t.h) < 1e-12, "nor does H");
	CHECK_THAT(fabs(s.jt_z - t.jt_z) < 1e-12, "nor does the trend");
	CHECK_NEAR(5.0 * p[1].diff, q[1].diff, 1e-9);
	for (size_t i = 0; i < 60; i++)
		h[i] = 2 - g[i];
	t = an_compare_groups(y, h, 60, 3, b, q);
	CHECK_THAT(fabs(s.jt_z + t.jt_z) < 1e-12,
		   "the trend turns round with the order of the groups");
}

static void edges(void)
{
	const double same[] = { 2, 2, 2, 2 }, flat[] = { 3, 3 }, x[] = { 1, 2 };
	const double wild[] = { 1, INFINITY, 2, 3 };
	const size_t g[] = { 0, 0, 1, 1 }, one[] = { 0, 0, 0, 0 };
	struct an_group group[3];
	struct an_group_pair pair[3];

	CHECK(an_compare_groups(same, g, 4, 2, group, pair).status ==
	      AN_ZERO_VARIANCE);
	CHECK(an_compare_groups(same, g, 4, 3, group, pair).status ==
	      AN_TOO_FEW);
	CHECK(an_compare_groups(same, one, 4, 1, group, pair).status ==
	      AN_TOO_FEW);
	CHECK(an_compare_groups(same, g, 4, 1, group, pair).status ==
	      AN_BAD_INPUT);
	CHECK(an_compare_groups(wild, g, 4, 2, group, pair).status ==
	      AN_NOT_FINITE);
	CHECK(an_compare_groups(same, g, 0, 2, group, pair).status == AN_EMPTY);
	CHECK(an_two_groups(x, 2, x, 0).status == AN_EMPTY);
	CHECK(an_two_groups(x, 2, x, 1).status == AN_TOO_FEW);
	CHECK(an_two_groups(same, 4, same, 4).status == AN_ZERO_VARIANCE);
	CHECK_NEAR(an_two_groups(x, 2, x, 2).p_exact, 1.0, 1e-15);
	CHECK(an_two_groups(same, 4, flat, 2).status == AN_ZERO_VARIANCE);
	CHECK_NEAR(fabs(an_two_groups(same, 4, flat, 2).cliff_delta), 1.0,
		   1e-15);
}

static void tables(void)
{
	const double o[] = { 10, 20, 20, 10 }, none[] = { 0, 0, 0, 0 };
	const double bad[] = { 1, -1, 2, 3 }, thin[] = { 3, 0, 0, 3 };
	const struct an_table t = { o, 2, 2 }, u = { none, 2, 2 };
	const struct an_table v = { bad, 2, 2 }, w = { thin, 2, 2 };
	const struct an_resampling how = { .resamples = 9999, .seed = 1 };
	double r[4], p[4];
	struct an_crosstab c = an_crosstab(&t, r, p, NULL);

	CHECK_NEAR(c.chi2, 20.0 / 3.0, 1e-14);
	CHECK_NEAR(c.cramers_v, 1.0 / 3.0, 1e-14);
	CHECK_NEAR(r[0] * r[0], c.chi2, 1e-12);
	CHECK(an_crosstab(&u, r, p, NULL).status == AN_EMPTY);
	CHECK(an_crosstab(&v, r, p, NULL).status == AN_BAD_INPUT);
	c = an_crosstab(&w, r, p, &how);
	/* Of the 20 equally likely tables 2 are as extreme. */
	CHECK_NEAR(c.p_monte_carlo, 0.1, 0.015);
}

static void shrinkage(void)
{
	const double y[] = { 1, 2, 3, 11, 12, 13, 5, 6, 7 };
	const double se[] = { 1, 1, 1 }, mean[] = { 2, 12, 6 };
	const size_t g[] = { 0, 0, 0, 1, 1, 1, 2, 2, 2 };
	const size_t hit[] = { 5, 5, 5 }, n[] = { 10, 10, 10 };
	const size_t spread[] = { 1, 9, 5 };
	struct an_shrunk s[3];
	struct an_reml r = an_shrink_normal(y, g, 9, 3, s);

	/* Balanced: sigma2 = MSW = 1, tau2 = (MSB - MSW)/3. */
	CHECK(r.status == AN_OK);
	CHECK_NEAR(r.sigma2, 1.0, 1e-8);
	CHECK_NEAR(r.tau2, (76.0 - 1.0) / 3.0, 1e-6);
	CHECK_THAT(s[0].value > s[0].raw && s[1].value < s[1].raw,
		   "small departments are pulled towards the whole");
	CHECK(an_shrink_bayes(mean, se, 3, 0.5, s).status == AN_OK);
	CHECK_THAT(s[1].lo < s[1].value && s[1].value < s[1].hi &&
			   s[1].value < 12.0,
		   "the posterior mean lies inside its interval");
	CHECK(an_shrink_bayes(mean, se, 1, 0.5, s).status == AN_TOO_FEW);
	CHECK_THAT(an_shrink_shares(hit, n, 3, s).status == AN_NOT_IDENTIFIED,
		   "shares that differ less than chance have no beta law");
	CHECK_NEAR(s[2].value, 0.5, 1e-15);
	CHECK(an_shrink_shares(spread, n, 3, s).status == AN_OK);
	CHECK(s[0].value > 0.1 && s[1].value < 0.9);
}

static void population(void)
{
	const double y[] = { 1, 3, 10, 14 };
	const size_t h[] = { 0, 0, 1, 1 };
	struct an_stratum s[2] = { { .population = 2 }, { .population = 6 } };
	struct an_stratified o = an_stratified_mean(y, h, 4, s, 2);

	CHECK_NEAR(o.mean, 0.25 * 2.0 + 0.75 * 12.0, 1e-14);
	/* The first stratum is a census and adds nothing to the error. */
	CHECK_NEAR(o.se * o.se, 0.5625 * (2.0 / 3.0) * 8.0 / 2.0, 1e-13);
	s[1].population = 1;
	CHECK(an_stratified_mean(y, h, 4, s, 2).status == AN_BAD_INPUT);
	CHECK_NEAR(an_detectable_dz(10, 0.05, 0.8), 0.9960013714554437, 1e-7);
	CHECK(an_pairs_needed(0.5, 0.05, 0.8) == 34);
	CHECK(isnan(an_power_paired_t(1, 0.5, 0.05)));
}

int main(void)
{
	by_hand();
	sizes();
	rules();
	edges();
	tables();
	shrinkage();
	population();
	return check_done();
}
