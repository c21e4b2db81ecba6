/*
 * test_an_coverage.c: 95 % intervals cover in about 95 of 100 runs.
 *
 * People, items and scores are drawn from known models; each interval must
 * hold the truth as often as it says, give or take what 2,000 runs allow
 * (four standard errors, .02) and what is known of the method: Feldt's and
 * the exact intervals may cover a little more.
 */
#include "analytics/an.h"
#include "check.h"

#include <math.h>

#define RUNS 2000
#define MOST 250
#define K    6

/* A standard error from 100 resamples is off by 7 % and covers half a point
 * less often than that from many. */
#define RESAMPLES 400

static struct an_random rng;

static double normal(void)
{
	return an_normal_quantile(((double)(an_random_next(&rng) >> 12) + 0.5) *
				  0x1p-52);
}

/* How often each interval held the truth. */
struct hits {
	double mean, dz, shift, gain, alpha, omega, share, correlation;
	double cliff, epsilon, alike; /* alike: named though groups are alike */
};

/* Matched scores: pre around 50, gain 5, correlated .5; out of 100. */
static void change(size_t n, struct hits *h)
{
	const struct an_paired_options options = { 100.0, NAN, 0.95 };
	double pre[MOST], post[MOST];
	struct an_paired o;

	for (size_t i = 0; i < n; i++) {
		const double both = normal();

		pre[i] = 50.0 + 10.0 * (both + normal()) * M_SQRT1_2;
		post[i] = 55.0 + 10.0 * (both + normal()) * M_SQRT1_2;
	}
	o = an_paired_change(pre, post, n, &options, NULL, NULL);
	/* d has mean 5 and standard deviation 10. */
	h->mean += o.t.diff_lo <= 5.0 && 5.0 <= o.t.diff_hi ? 1.0 : 0.0;
	h->dz += o.t.dz_lo <= 0.5 && 0.5 <= o.t.dz_hi ? 1.0 : 0.0;
	h->shift += o.rank.hl_lo <= 5.0 && 5.0 <= o.rank.hl_hi ? 1.0 : 0.0;
	h->gain += o.gain.hake_class_lo <= 0.1 && 0.1 <= o.gain.hake_class_hi
			   ? 1.0
			   : 0.0;
}

/* K parallel items with correlation .4: alpha = omega = .8. */
static void scale(size_t n, struct hits *h, bool with_omega)
{
	static double x[MOST * K];
	const struct an_table t = { x, n, K };
	const struct an_resampling how = { .resamples = RESAMPLES,
					   .seed = an_random_next(&rng),
					   .level = 0.95 };
	struct an_estimate e;

	for (size_t i = 0; i < n; i++) {
		const double common = sqrt(0.4) * normal();

		for (size_t j = 0; j < K; j++)
			x[i * K + j] = common + sqrt(0.6) * normal();
	}
	e = an_alpha(&t, AN_LISTWISE, 0.95);
	h->alpha += e.lo <= 0.8 && 0.8 <= e.hi ? 1.0 : 0.0;
	if (!with_omega)
		return;
	e = an_omega_ci(&t, AN_LISTWISE, &how);
	h->omega += e.lo <= 0.8 && 0.8 <= e.hi ? 1.0 : 0.0;
}

static void others(size_t n, struct hits *h)
{
	/* Counts are lumpy, so Wilson's interval covers on average over p. */
	const double p = 0.1 + 0.8 * an_random_uniform(&rng);
	double x[MOST], y[MOST];
	struct an_estimate e;
	size_t yes = 0;

	for (size_t i = 0; i < n; i++) {
		x[i] = normal();
		y[i] = 0.6 * x[i] + 0.8 * normal();
		yes += an_random_uniform(&rng) < p ? 1 : 0;
	}
	e = an_pearson_ci(x, y, n);
	h->correlation += e.lo <= 0.6 && 0.6 <= e.hi ? 1.0 : 0.0;
	e = an_wilson(yes, n, 0.95);
	h->share += e.lo <= p && p <= e.hi ? 1.0 : 0.0;
}

/* The place of group j among three, half a standard deviation apart. */
static double place(size_t j)
{
	double sum = 0.0;

	for (size_t i = 0; i < 3; i++)
		sum += an_normal_cdf(0.5 * ((double)j - (double)i) * M_SQRT1_2);
	return sum / 3.0;
}

/* Three groups of n / 3: epsilon2 of so many that chance is gone. */
static void groups(size_t n, struct hits *h)
{
	const double out = place(2) - 0.5, truth = 12.0 * 2.0 * out * out / 3.0;
	const double delta = 1.0 - 2.0 * an_normal_cdf(0.5 * M_SQRT1_2);
	double y[MOST], same[MOST];
	size_t group[MOST];
	struct an_group g[3];
	struct an_group_pair pair[3];
	struct an_groups o;

	for (size_t i = 0; i < n; i++) {
		group[i] = i % 3;
		same[i] = normal();
		y[i] = 0.5 * (double)group[i] + normal();
	}
	o = an_compare_groups(y, group, n, 3, g, pair);
	h->cliff += pair[0].cliff_lo <= delta && delta <= pair[0].cliff_hi
			    ? 1.0
			    : 0.0;
	h->epsilon += o.epsilon2_lo90 <= truth && truth <= o.epsilon2_hi90
			      ? 1.0
			      : 0.0;
	o = an_compare_groups(same, group, n, 3, g, pair);
	h->alike += o.epsilon2_lo90 > 0.01 ? 1.0 : 0.0;
}

static void covers(const char *what, size_t n, double hits)
{
	const double share = hits / RUNS;
	char text[80];

	snprintf(text, sizeof(text), "the interval of %s covers with n = %zu",
		 what, n);
	if (!check_(share >= 0.93 && share <= 0.98, text, __FILE__, __LINE__))
		printf("# in %.1f %% of the runs\n", 100.0 * share);
}

/* 90 % intervals, and what is named by chance. */
static void sizes_of_groups(size_t n, const struct hits *h)
{
	covers("Cliff's delta", n, h->cliff);
	CHECK_THAT(h->epsilon >= 0.86 * RUNS && h->epsilon <= 0.95 * RUNS,
		   "the 90 % interval of epsilon2 covers");
	CHECK_THAT(h->alike <= 0.055 * RUNS,
		   "groups that are alike are named in 5 of 100 runs at most");
	printf("# n = %zu: epsilon2 covered %.1f %%, alike named %.1f %%\n", n,
	       100.0 * h->epsilon / RUNS, 100.0 * h->alike / RUNS);
}

int main(void)
{
	static const size_t sizes[] = { 10, 30, 60, 250 };

	an_random_seed(&rng, 20240401);
	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++) {
		const size_t n = sizes[s];
		struct hits h = { 0 };

		for (size_t run = 0; run < RUNS; run++) {
			change(n, &h);
			scale(n, &h, n == 60);
			others(n, &h);
			if (n >= 30)
				groups(n, &h);
		}
		covers("a mean difference", n, h.mean);
		covers("d_z", n, h.dz);
		covers("the Hodges-Lehmann shift", n, h.shift);
		covers("the class gain", n, h.gain);
		covers("alpha", n, h.alpha);
		covers("a correlation", n, h.correlation);
		covers("a share", n, h.share);
		if (n >= 30)
			sizes_of_groups(n, &h);
		if (n == 60)
			covers("omega", n, h.omega);
	}
	return check_done();
}
