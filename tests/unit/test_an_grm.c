/*
 * test_an_grm.c: likelihoods of the response models, taken apart.
 */
#include "analytics/an.h"
#include "analytics/grm_data.h"
#include "analytics/irt_data.h"
#include "analytics/optimise.h"
#include "check.h"

#define K    6
#define CATS 4

/* Ratings 0..CATS-1 of n people on k items; every seventh answer missing. */
static void draw(double *x, size_t n, size_t k, bool missing)
{
	struct an_random r;

	an_random_seed(&r, 7);
	for (size_t i = 0; i < n; i++) {
		const double theta = an_normal_quantile(an_random_uniform(&r));

		for (size_t j = 0; j < k; j++) {
			const double z =
				1.3 * theta +
				an_normal_quantile(an_random_uniform(&r)) +
				0.1 * (double)j;

			x[i * k + j] = z < -1.0  ? 0.0
				       : z < 0.0 ? 1.0
				       : z < 1.2 ? 2.0
						 : 3.0;
			if (missing && (i * k + j) % 7 == 0)
				x[i * k + j] = NAN;
		}
	}
}

/* The model of such answers: what an_grm_fit makes before it searches. */
static struct an_grm_model model(struct an_scratch *work, const double *x,
				 size_t n, const struct an_irt_options *o)
{
	struct an_grm_item item[K];
	const struct an_grm g = { .item = item, .k = K };
	unsigned char *code = an_alloc(work, n * K, 1);
	struct an_patterns p;
	struct an_rule rule;

	for (size_t j = 0; j < K; j++)
		item[j].ncat = CATS;
	for (size_t i = 0; i < n * K; i++)
		code[i] = isnan(x[i]) ? AN_NOT_SHOWN : (unsigned char)x[i];
	an_patterns(work, code, NULL, n, K, &p);
	an_rule(work, o, false, &rule);
	return an_grm_model_new(work, p, rule, &g, o);
}

static double hessian_gap(const struct an_irt_options *o)
{
	static double x[300 * K];
	AN_SCRATCH(work);
	struct an_grm_model m;
	struct an_objective differences = { .f = an_grm_objective, .data = &m };
	double *at, *h, *d, most = 0.0;
	size_t p;

	draw(x, 300, K, true);
	m = model(&work, x, 300, o);
	differences.p = p = m.na + m.from[K];
	at = an_doubles(&work, p);
	h = an_doubles(&work, p * p);
	d = an_doubles(&work, p * p);
	for (size_t i = 0; i < p; i++)
		at[i] = i < m.na ? 1.0 + 0.1 * (double)i
				 : 1.5 - (double)((i - m.na) % 3);
	if (an_grm_hessian(&m, at, h) != AN_OK ||
	    an_hessian(&differences, at, d) != AN_OK)
		return INFINITY;
	for (size_t i = 0; i < p * p; i++)
		most = fmax(most, fabs(h[i] - d[i]));
	return most;
}

static void hessians(void)
{
	const struct an_irt_options free = { .model = AN_2PL };
	const struct an_irt_options one = { .model = AN_1PL,
					    .sd_log_a = 0.5,
					    .sd_d = 3.0 };

	CHECK_THAT(hessian_gap(&free) < 1e-5,
		   "the Hessian is that by differences of the gradient");
	CHECK_THAT(hessian_gap(&one) < 1e-5,
		   "also with one slope and with priors");
}

/* So many people that the search begins with a few of them. */
static void head_start(void)
{
	enum { n = 30000, k = 12 };
	static double x[n * k];
	const struct an_table t = { x, n, k };
	const struct an_irt_options o = { .model = AN_2PL };
	struct an_grm g;

	draw(x, n, k, false);
	g = an_grm_fit(&t, &o);
	CHECK(g.fit.status == AN_OK);
	CHECK_THAT(g.fit.gradient <= 1e-9 * n,
		   "the search ends at the optimum of all people");
	/* The probit curve of the draw is a logistic one 1.7 times as steep. */
	CHECK_THAT(fabs(g.item[5].a - 1.7 * 1.3) < 0.1,
		   "and finds the slope they were drawn with");
	an_grm_free(&g);
}

/* The same without a head start: a category that hardly anybody used. */
static void rare(void)
{
	enum { n = 30000, k = 12 };
	static double x[n * k];
	const struct an_table t = { x, n, k };
	const struct an_irt_options o = { .model = AN_2PL,
					  .sd_log_a = 0.5,
					  .sd_d = 3.0 };
	struct an_grm g;

	draw(x, n, k, false);
	x[17 * k + 3] = 9.0;
	g = an_grm_fit(&t, &o);
	CHECK_THAT(g.fit.status == AN_OK && g.item[3].ncat == 5,
		   "one person's own category leads nobody astray");
	an_grm_free(&g);
}

/* The log-likelihood of a row as the definition has it. */
static double plain(const struct an_rule *r, const double *a, const double *d,
		    const unsigned char *code, size_t k)
{
	double l[200];

	for (size_t q = 0; q < r->n; q++) {
		l[q] = r->log_weight[q];
		for (size_t j = 0; j < k; j++) {
			const double eta = a[j] * r->node[q] + d[j];

			if (code[j] != AN_NOT_SHOWN)
				l[q] -= an_log1pexp(code[j] ? -eta : eta);
		}
	}
	return an_posterior(l, r->n);
}

/* 30 items, slopes and levels up to these: products, or logarithms. */
static double product_gap(double slope, double level, bool missing)
{
	enum { k = 30, n = 40 };
	const struct an_irt_options o = { .model = AN_2PL };
	AN_SCRATCH(work);
	unsigned char code[n * k];
	double a[k], d[k], want = 0.0, got;
	struct an_expectation e;
	struct an_patterns p;
	struct an_rule rule;

	for (size_t i = 0; i < n * k; i++) {
		code[i] = i * 7919 % 31 < i % k ? 1 : 0;
		if (missing && i * 31 % 11 < 4)
			code[i] = AN_NOT_SHOWN;
	}
	for (size_t j = 0; j < k; j++) {
		a[j] = slope * (0.5 + 0.5 * (double)j / k);
		d[j] = level * (j % 3 == 1 ? -1.0 : 1.0);
	}
	an_patterns(&work, code, NULL, n, k, &p);
	an_rule(&work, &o, false, &rule);
	an_expectation_new(&work, p, rule, &e);
	got = an_expect(&e, a, d);
	for (size_t i = 0; i < n; i++)
		want += plain(&rule, a, d, code + i * k, k);
	return isfinite(got) ? fabs(got - want) / fabs(want) : INFINITY;
}

static void products(void)
{
	const double slope[] = { 0.5, 2.0, 4.0, 5.0, 20.0, 90.0 };
	const double level[] = { 0.0, 5.0, 20.0, 40.0, 100.0, 700.0 };
	double most = 0.0;

	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < 6; j++)
			for (int gaps = 0; gaps < 2; gaps++)
				most = fmax(most, product_gap(slope[i],
							      level[j], gaps));
	CHECK_THAT(most < 1e-11,
		   "likelihoods are what the definition says, however far out");
}

int main(void)
{
	hessians();
	products();
	head_start();
	rare();
	return check_done();
}
