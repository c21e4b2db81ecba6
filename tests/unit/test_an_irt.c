/*
 * test_an_irt.c: response models, quadrature, distributions.
 */
#include "analytics/an.h"
#include "check.h"

#define N 400
#define K 6

/* Answers of N people drawn from a known 2PL. */
static void draw(double *x, const double *a, const double *d)
{
	struct an_random r;

	an_random_seed(&r, 42);
	for (size_t i = 0; i < N; i++) {
		const double theta = an_normal_quantile(an_random_uniform(&r));

		for (size_t j = 0; j < K; j++)
			x[i * K + j] =
				an_random_uniform(&r) <
						an_logistic(a[j] * theta + d[j])
					? 1.0
					: 0.0;
	}
}

static void two_parameters(void)
{
	static double x[N * K], half[2 * N * K];
	const double a[] = { 1, 1.5, 0.8, 1.2, 2, 1 };
	const double d[] = { 0, 1, -1, 0.5, -0.5, 2 };
	const struct an_table t = { x, N, K }, u = { half, 2 * N, K };
	const struct an_irt_options o = { .model = AN_2PL };
	const struct an_irt_options one = { .model = AN_1PL };
	struct an_irt_item item[K], twice[K];
	struct an_irt_fit f, g;
	double worst = 0.0, weight[N];

	draw(x, a, d);
	f = an_irt_fit(&t, NULL, &o, item);
	CHECK(f.status == AN_OK && f.npar == 2 * K);
	for (size_t j = 0; j < K; j++)
		worst = fmax(worst, fabs(item[j].a - a[j]) / item[j].se_a);
	CHECK_THAT(worst < 4.0, "the slopes are found within their errors");
	for (size_t i = 0; i < N * K; i++)
		half[i] = half[N * K + i] = x[i];
	g = an_irt_fit(&u, NULL, &o, twice);
	CHECK_NEAR(g.loglik, 2.0 * f.loglik, 1e-9);
	CHECK_THAT(fabs(twice[2].a - item[2].a) < 1e-5,
		   "everybody twice gives the same items");
	CHECK_NEAR(item[2].se_a / twice[2].se_a, sqrt(2.0), 1e-4);
	for (size_t i = 0; i < N; i++)
		weight[i] = 2.0;
	g = an_irt_fit(&t, weight, &o, twice);
	CHECK_NEAR(g.loglik, 2.0 * f.loglik, 1e-9);
	g = an_irt_fit(&t, NULL, &one, twice);
	CHECK_THAT(g.loglik <= f.loglik, "one slope fits no better than six");
}

/* The same answers as ratings of two categories. */
static void graded(void)
{
	static double x[N * K];
	const double a[] = { 1, 1.5, 0.8, 1.2, 2, 1 };
	const double d[] = { 0, 1, -1, 0.5, -0.5, 2 };
	const struct an_table t = { x, N, K };
	const struct an_irt_options o = { .model = AN_2PL };
	const struct an_irt_options one = { .model = AN_1PL };
	struct an_irt_item item[K];
	struct an_ability s[N], r[N];
	struct an_irt_fit f;
	struct an_grm g;

	draw(x, a, d);
	f = an_irt_fit(&t, NULL, &o, item);
	g = an_grm_fit(&t, &o);
	CHECK_THAT(fabs(g.fit.loglik - f.loglik) < 1e-6 &&
			   fabs(g.item[3].a - item[3].a) < 1e-4 &&
			   fabs(g.item[3].d[0] - item[3].d) < 1e-4,
		   "with two categories the graded model is the 2PL");
	an_irt_score(&t, item, &o, s);
	an_grm_score(&t, &g, &o, r);
	CHECK_NEAR(r[7].eap, s[7].eap, 1e-4);
	CHECK_NEAR(r[7].wle, s[7].wle, 1e-3);
	an_grm_free(&g);
	f = an_irt_fit(&t, NULL, &one, item);
	g = an_grm_fit(&t, &one);
	CHECK_THAT(fabs(g.fit.loglik - f.loglik) < 1e-6 && g.fit.npar == K + 1,
		   "and with one slope the 1PL");
	an_grm_free(&g);
}

static void scores(void)
{
	const struct an_irt_item item[] = { { .a = 1, .d = 0 },
					    { .a = 1, .d = 1 },
					    { .a = 1, .d = -1 } };
	const double x[] = { 0, 0, 0, 1, 1, 1, 1, NAN, 0, NAN, NAN, NAN };
	const struct an_table t = { x, 4, 3 };
	const struct an_irt_options o = { .model = AN_2PL };
	struct an_ability s[4];

	an_irt_score(&t, item, &o, s);
	CHECK_THAT(isfinite(s[0].wle) && isfinite(s[1].wle) &&
			   fabs(s[0].wle + s[1].wle) < 1e-9,
		   "all wrong and all right have finite, opposite scores");
	CHECK(fabs(s[0].eap + s[1].eap) < 1e-9 && s[1].eap > 0.0);
	CHECK_THAT(fabs(s[1].eap) < fabs(s[1].wle),
		   "the posterior mean is pulled to the middle");
	CHECK(isnan(s[3].eap) && isnan(s[3].wle));
	CHECK_NEAR(an_irt_information(&item[0], 0.0), 0.25, 1e-15);
}

static void edges(void)
{
	const double constant[] = { 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0 };
	const double bad[] = { 0, 1, 2, 1, 0, 1 };
	const struct an_table t = { constant, 4, 3 }, u = { bad, 2, 3 };
	const struct an_table none = { constant, 0, 3 };
	const struct an_irt_options o = { .model = AN_2PL };
	const struct an_irt_options map = { .model = AN_2PL,
					    .sd_log_a = 0.5,
					    .sd_d = 3.0 };
	struct an_irt_item item[3];
	struct an_grm g;

	CHECK(an_irt_fit(&u, NULL, &o, item).status == AN_BAD_INPUT);
	CHECK(an_irt_fit(&none, NULL, &o, item).status == AN_EMPTY);
	CHECK(an_irt_fit(&t, NULL, &map, item).status == AN_OK);
	CHECK(item[0].a > 0.0 && isfinite(item[0].se_d));
	g = an_grm_fit(&none, &o);
	CHECK(g.fit.status == AN_NOT_IDENTIFIED && g.fit.npar == 0);
	an_grm_free(&g);
}

static void quadrature(void)
{
	double x[40], w[40], one = 0.0, two = 0.0, four = 0.0;

	CHECK(an_gauss_hermite(20, x, w) == AN_OK);
	for (size_t i = 0; i < 20; i++) {
		one += w[i];
		two += w[i] * x[i] * x[i];
		four += w[i] * pow(x[i], 4.0);
	}
	CHECK_NEAR(one, 1.0, 1e-13);
	CHECK_NEAR(two, 1.0, 1e-12);
	CHECK_NEAR(four, 3.0, 1e-11);
	CHECK(an_gauss_hermite(0, x, w) == AN_BAD_INPUT);
	CHECK(an_normal_grid(1, 6.0, x, w) == AN_BAD_INPUT);
}

static void distributions(void)
{
	CHECK_NEAR(an_t_cdf(1.0, 1.0), 0.75, 1e-15);
	/* With two degrees of freedom the quantile has a closed form. */
	CHECK_NEAR(an_t_quantile(0.975, 2.0), 0.95 * sqrt(2.0 / 0.0975), 1e-13);
	CHECK_NEAR(an_t_quantile(0.025, 2.0), -0.95 * sqrt(2.0 / 0.0975),
		   1e-13);
	CHECK_NEAR(an_f_upper(an_f_quantile(0.3, 4.0, 7.0), 4.0, 7.0), 0.7,
		   1e-13);
	CHECK_NEAR(an_beta_quantile(0.5, 2.0, 2.0), 0.5, 1e-14);
	CHECK_NEAR(an_binomial_cdf(2.0, 4.0, 0.5), 11.0 / 16.0, 1e-14);
	CHECK_NEAR(an_nct_cdf(1.5, 12.0, 0.0), an_t_cdf(1.5, 12.0), 0.0);
	CHECK_NEAR(an_ncf_cdf(2.0, 3.0, 20.0, 1e-12),
		   1.0 - an_f_upper(2.0, 3.0, 20.0), 1e-12);
	CHECK_NEAR(an_signrank_cdf(0.0, 5), 1.0 / 32.0, 1e-16);
	CHECK_NEAR(an_ranksum_cdf(0.0, 2, 2), 1.0 / 6.0, 1e-15);
	/* R: pwilcox(250, 1, 500), pwilcox(10000, 40, 1000) */
	CHECK_NEAR(an_ranksum_cdf(250.0, 1, 500), 0.500998003992016, 1e-14);
	CHECK_NEAR(an_ranksum_cdf(10000.0, 1000, 40), 1.27312971829377e-8,
		   1e-21);
	CHECK(isnan(an_ranksum_cdf(9.0, 201, 200)));
	CHECK_THAT(isnan(an_t_quantile(1.5, 3.0)) &&
			   isnan(an_nct_cdf(1.0, -1.0, 0.0)) &&
			   isnan(an_beta_quantile(0.5, -1.0, 1.0)),
		   "outside their domain distributions are not defined");
	CHECK_THAT(an_t_p2(40.0, 100.0) > 0.0 && an_t_p2(40.0, 100.0) < 1e-60,
		   "small tails keep their digits");
}

static void sorting(void)
{
	double x[2000], rank[2000];
	bool ascending = true;

	for (size_t i = 0; i < 2000; i++)
		x[i] = (double)((i * 7919) % 1000) - 500.0;
	CHECK_NEAR(an_midranks(x, 2000, rank), 1000.0 * 6.0, 0.0);
	CHECK_NEAR(rank[0], 1.5, 0.0);
	x[5] = -0.0;
	x[6] = -INFINITY;
	an_sort(x, 2000);
	for (size_t i = 1; i < 2000; i++)
		ascending = ascending && x[i - 1] <= x[i];
	CHECK_THAT(ascending, "long arrays are sorted as short ones are");
}

int main(void)
{
	two_parameters();
	graded();
	scores();
	edges();
	quadrature();
	distributions();
	sorting();
	return check_done();
}
