/*
 * test_an_definition.c: what is computed fast is what the definition says.
 *
 * Each figure is computed once more in the slowest and plainest way, on data
 * with and without ties, gaps and extremes.
 */
#include "analytics/an.h"
#include "check.h"

#include <stdlib.h>

#define N 60
#define K 5

static struct an_random rng;

static double uniform(void)
{
	return an_random_uniform(&rng);
}

static double normal(void)
{
	return an_normal_quantile((floor(uniform() * 0x1p40) + 0.5) * 0x1p-40);
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median of all Walsh averages of d. */
static double shift_of(const double *d, size_t n)
{
	static double w[N * (N + 1) / 2];
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i; j < n; j++)
			w[m++] = 0.5 * (d[i] + d[j]);
	qsort(w, m, sizeof(*w), ascending);
	return m % 2 ? w[m / 2] : 0.5 * (w[m / 2 - 1] + w[m / 2]);
}

/* The sum of the positive ranks of d, ties averaged. */
static double v_of(const double *d, size_t n)
{
	double v = 0.0;

	for (size_t i = 0; i < n; i++) {
		double rank = 0.5;

		if (!(d[i] > 0.0))
			continue;
		for (size_t j = 0; j < n; j++) {
			const double gap = fabs(d[i]) - fabs(d[j]);

			if (d[j] != 0.0)
				rank += gap > 0.0 ? 1.0 : gap < 0.0 ? 0.0 : 0.5;
		}
		v += rank;
	}
	return v;
}

static void ranks(void)
{
	double worst = 0.0, worst_v = 0.0, worst_kept = 0.0;

	for (size_t round = 0; round < 200; round++) {
		const size_t n = 1 + round % N;
		double d[N], kept[N];
		struct an_paired_rank o;
		size_t m = 0;

		for (size_t i = 0; i < n; i++) {
			d[i] = normal() + 0.3;
			if (round % 3)
				d[i] = nearbyint(d[i] * (double)(round % 7));
			if (round % 11 == 0)
				d[i] *= 1e8;
			if (d[i] != 0.0)
				kept[m++] = d[i];
		}
		o = an_paired_ranks(d, n, 0.95);
		worst = fmax(worst, fabs(o.hl - shift_of(d, n)));
		if (!m)
			continue;
		worst_v = fmax(worst_v, fabs(o.v - v_of(d, n)));
		worst_kept = fmax(worst_kept,
				  fabs(o.hl_nonzero - shift_of(kept, m)));
	}
	CHECK_NEAR(worst, 0.0, 0.0);
	CHECK_NEAR(worst_kept, 0.0, 0.0);
	CHECK_NEAR(worst_v, 0.0, 0.0);
}

static void means(void)
{
	double x[N], y[N], a[N], b[N], d[N];
	struct an_paired_t o;
	size_t m;

	for (size_t i = 0; i < N; i++) {
		x[i] = i % 7 == 3 ? NAN : 1e6 + normal();
		y[i] = i % 9 == 0 ? NAN : 1e6 + 2.0 * normal();
	}
	m = an_compact_pairs(x, y, N, a, b);
	for (size_t i = 0; i < m; i++)
		d[i] = b[i] - a[i];
	o = an_paired_means(x, y, N, 0.95);
	CHECK_NEAR(o.mean_diff, an_mean(d, m), 1e-12);
	CHECK_NEAR(o.sd_diff, sqrt(an_variance(d, m)), 1e-12);
	CHECK_NEAR(o.sd_pre, sqrt(an_variance(a, m)), 1e-12);
	CHECK_NEAR(o.mean_post, an_mean(b, m), 1e-15);
	CHECK_NEAR(o.r, an_pearson(a, b, m), 1e-12);
	CHECK_NEAR(o.df, (double)m - 1.0, 0.0);
	CHECK(an_paired_means(x, y, 0, 0.95).status == AN_EMPTY);
	CHECK(an_paired_means(x, y, N, 1.0).status == AN_BAD_INPUT);
	x[1] = INFINITY;
	CHECK(an_paired_means(x, y, N, 0.95).status == AN_NOT_FINITE);
}

static double alpha_of(const size_t *row, size_t n, const void *data)
{
	const double *all = data;
	double x[N * K];
	const struct an_table t = { x, n, K };

	for (size_t i = 0; i < n * K; i++)
		x[i] = all[row[i / K] * K + i % K];
	return an_alpha(&t, AN_LISTWISE, 0.95).value;
}

static void resamples(void)
{
	double x[N * K];
	const struct an_table t = { x, N, K };
	const struct an_statistic f = { alpha_of, x, NULL };
	const struct an_resampling how = { .resamples = 300,
					   .seed = 9,
					   .level = 0.9 };
	struct an_resampling bad = how;
	struct an_bca a, b;

	for (size_t i = 0; i < N; i++) {
		const double common = normal();

		for (size_t j = 0; j < K; j++)
			x[i * K + j] = nearbyint(3.0 + common + normal());
	}
	a = an_alpha_bca(&t, &how);
	b = an_bca_run(&f, N, &how);
	CHECK(a.status == AN_OK);
	CHECK_NEAR(a.t0, b.t0, 1e-13);
	CHECK_NEAR(a.a, b.a, 1e-10);
	CHECK_NEAR(a.lo, b.lo, 1e-12);
	CHECK_NEAR(a.hi, b.hi, 1e-12);
	CHECK_NEAR(a.boot_se, b.boot_se, 1e-12);
	bad.level = 2.0;
	CHECK(an_alpha_bca(&t, &bad).status == AN_BAD_INPUT);
	x[3] = NAN;
	CHECK(an_alpha_bca(&t, &how).status == AN_NOT_FINITE);
	for (size_t i = 0; i < N * K; i++)
		x[i] = 4.0;
	CHECK(an_alpha_bca(&t, &how).status == AN_ZERO_VARIANCE);
	CHECK(an_alpha_bca(&(struct an_table){ x, 0, K }, &how).status ==
	      AN_EMPTY);
}

/* log of the mean over the rule of each person's likelihood, summed up. */
static double loglik_of(const struct an_table *t,
			const struct an_irt_options *o,
			const struct an_irt_item *item)
{
	double all = 0.0;

	for (size_t i = 0; i < t->n; i++) {
		double l[200], most = -INFINITY, sum = 0.0;

		for (size_t q = 0; q < o->nodes; q++) {
			l[q] = log(o->weight[q]);
			for (size_t j = 0; j < t->k; j++) {
				const double eta =
					item[j].a * o->node[q] + item[j].d;
				const double x = an_at(t, i, j);

				if (!isnan(x))
					l[q] -= an_log1pexp(x > 0.0 ? -eta
								    : eta);
			}
			most = fmax(most, l[q]);
		}
		for (size_t q = 0; q < o->nodes; q++)
			sum += exp(l[q] - most);
		all += most + log(sum);
	}
	return all;
}

/* Fit k items of slope a to N people and compare the log-likelihood. */
static void likelihood(size_t k, double slope, bool gaps, bool hermite,
		       size_t nodes)
{
	static double x[N * 200], node[200], weight[200];
	struct an_irt_item item[200];
	const struct an_table t = { x, N, k };
	const struct an_irt_options o = { .model = AN_2PL,
					  .node = node,
					  .weight = weight,
					  .nodes = nodes,
					  .sd_log_a = 0.5,
					  .sd_d = 3.0,
					  .em_only = true,
					  .em_tolerance = 1e-2 };
	struct an_irt_fit f;
	char text[200];

	if (hermite)
		an_gauss_hermite(nodes, node, weight);
	else
		an_normal_grid(nodes, 6.0, node, weight);
	for (size_t i = 0; i < N; i++) {
		const double theta = normal();

		for (size_t j = 0; j < k; j++) {
			const double p = an_logistic(
				slope * (theta + 0.1 * (double)(j % 9) - 0.4));

			x[i * k + j] = uniform() < p ? 1.0 : 0.0;
			if (gaps && uniform() < 0.2)
				x[i * k + j] = NAN;
		}
	}
	f = an_irt_fit(&t, NULL, &o, item);
	snprintf(text, sizeof(text),
		 "%zu items of slope %g%s, %s of %zu nodes: the likelihood is "
		 "that of the definition",
		 k, slope, gaps ? " with gaps" : "",
		 hermite ? "Hermite rule" : "grid", nodes);
	if (!check_near_(f.loglik, loglik_of(&t, &o, item), 1e-11, text,
			 __FILE__, __LINE__))
		printf("# status %s\n", an_status_name(f.status));
}

static void likelihoods(void)
{
	likelihood(7, 1.0, false, false, 61);
	likelihood(8, 1.0, true, false, 121);
	likelihood(9, 2.0, true, true, 21);
	likelihood(20, 1.5, false, true, 7);
	likelihood(17, 1.0, false, false, 2);
	likelihood(12, 1.0, false, false, 3);
	/* Products of so many leave the range of double. */
	likelihood(200, 2.0, false, false, 121);
	likelihood(200, 2.0, true, true, 61);
}

/* The discrimination of item j from its own definition. */
static void discrimination(void)
{
	double x[N * K], kept[N * K], one[N], rest[N];
	const struct an_table t = { x, N, K };
	struct an_item item[K];
	struct an_items all;
	size_t m;

	for (size_t i = 0; i < N * K; i++)
		x[i] = uniform() < 0.05 ? NAN : floor(4.0 * uniform());
	m = an_complete_rows(&t, kept);
	all = an_item_analysis(&t, AN_LISTWISE, NULL, item);
	CHECK(all.n_used == m && m < N);
	for (size_t j = 0; j < K; j++) {
		size_t answered = 0;

		for (size_t i = 0; i < m; i++) {
			one[i] = kept[i * K + j];
			rest[i] = -one[i];
			for (size_t q = 0; q < K; q++)
				rest[i] += kept[i * K + q];
		}
		for (size_t i = 0; i < N; i++)
			answered += isnan(x[i * K + j]) ? 0 : 1;
		CHECK_NEAR(item[j].r_rest, an_pearson(one, rest, m), 1e-12);
		CHECK_NEAR(item[j].sd, sqrt(an_variance(one, m)), 1e-13);
		CHECK(item[j].n_answered == answered);
	}
	all = an_item_analysis(&t, AN_MISSING_ZERO, NULL, item);
	CHECK(all.n_used == N);
	x[2] = -INFINITY;
	CHECK(an_item_analysis(&t, AN_LISTWISE, NULL, item).status ==
	      AN_NOT_FINITE);
}

/* Any bit patterns, in both lengths that are sorted differently. */
static void sorting(void)
{
	static double x[5000], y[5000];
	bool same = true, places = true;

	for (size_t n = 100; n <= 5000; n += 700) {
		double rank[5000];

		for (size_t i = 0; i < n; i++) {
			x[i] = y[i] = ldexp(normal(), (int)(i % 40) - 20);
			if (i % 17 == 0)
				x[i] = y[i] = (double)(i % 5) - 2.0;
		}
		an_midranks(x, n, rank);
		an_sort(x, n);
		qsort(y, n, sizeof(*y), ascending);
		for (size_t i = 0; i < n; i++) {
			same = same && x[i] == y[i];
			places = places && rank[i] >= 1.0 &&
				 rank[i] <= (double)n;
		}
	}
	CHECK_THAT(same, "numbers of all sizes are sorted as by qsort");
	CHECK_THAT(places, "ranks lie between 1 and n");
}

int main(void)
{
	an_random_seed(&rng, 3);
	ranks();
	means();
	resamples();
	likelihoods();
	discrimination();
	sorting();
	return check_done();
}
