/*
 * analytics: times the statistics library on data that R reads too.
 *
 *   analytics data DIR           writes the data, always the same, as doubles
 *                                row after row (R: readBin)
 *   analytics time WHAT DIR ROWS prints JSON: "seconds" of one call (median
 *                                of as many as fit into half a second) and
 *                                "values" to compare with those of R
 */
#include "analytics/an.h"
#include "bench.h"

#include <math.h>
#include <string.h>

#define ITEMS  30
#define PEOPLE 50000
#define MOST   1000000
#define NEEDS  4
#define SMALL  250
#define FEW    20
#define DRAWS  2000
#define NODES  61
#define SEED   20240401

/* What one call works on; draws are given row numbers instead of own ones. */
struct data {
	double *x, *y;
	size_t n, k, *draws;
};

static struct an_random rng;

static double normal(void)
{
	return an_normal_quantile(((double)(an_random_next(&rng) >> 12) + 0.5) *
				  0x1p-52);
}

static double *doubles(size_t n)
{
	double *x = malloc(n * sizeof(*x)); /* allowed: a bench of its own */

	if (!x) {
		fputs("out of memory\n", stderr);
		exit(1);
	}
	return x;
}

static void save(const char *dir, const char *name, const double *x, size_t n)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "wb");
	if (!f || fwrite(x, sizeof(*x), n, f) != n || fclose(f)) {
		perror(path);
		exit(1);
	}
}

/* The first n doubles of a file. */
static double *load(const char *dir, const char *name, size_t n)
{
	double *x = doubles(n);
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "rb");
	if (!f || fread(x, sizeof(*x), n, f) != n) {
		fprintf(stderr, "%s: too short\n", path);
		exit(1);
	}
	fclose(f);
	return x;
}

static double rating(double x)
{
	return fmin(fmax(nearbyint(3.0 + x), 1.0), 5.0);
}

/* k ratings of n people with one factor behind them. */
static void save_ratings(const char *dir, const char *name, size_t n, size_t k)
{
	double *x = doubles(n * k);

	for (size_t i = 0; i < n; i++) {
		const double common = normal();

		for (size_t j = 0; j < k; j++)
			x[i * k + j] = rating(0.7 * common + 0.8 * normal());
	}
	save(dir, name, x, n * k);
	free(x); /* allowed: see doubles */
}

/* Right and wrong answers by a 2PL model. */
static void save_answers(const char *dir, const char *name, size_t n, size_t k)
{
	double *x = doubles(n * k);

	for (size_t i = 0; i < n; i++) {
		const double theta = normal();

		for (size_t j = 0; j < k; j++) {
			const double a = 0.7 + 0.05 * (double)(j % 20);
			const double d = -1.5 + 0.1 * (double)j;
			const double p = an_logistic(a * theta + d);

			x[i * k + j] = an_random_uniform(&rng) < p ? 1.0 : 0.0;
		}
	}
	save(dir, name, x, n * k);
	free(x); /* allowed: see doubles */
}

/* Test scores of 40 points before and after, in whole points. */
static void save_scores(const char *dir, size_t n)
{
	double *pre = doubles(n), *post = doubles(n);

	for (size_t i = 0; i < n; i++) {
		const double both = normal();

		pre[i] = nearbyint(22.0 + 3.0 * (both + normal()));
		post[i] = nearbyint(24.0 + 3.0 * (both + normal()));
		pre[i] = fmin(fmax(pre[i], 0.0), 40.0);
		post[i] = fmin(fmax(post[i], 0.0), 40.0);
	}
	save(dir, "pre.bin", pre, n);
	save(dir, "post.bin", post, n);
	free(pre);  /* allowed: see doubles */
	free(post); /* allowed: see doubles */
}

/* Row numbers from 1 of people drawn with replacement. */
static void save_draws(const char *dir)
{
	double *x = doubles((size_t)DRAWS * SMALL);

	for (size_t i = 0; i < (size_t)DRAWS * SMALL; i++)
		x[i] = 1.0 + (double)an_random_index(&rng, SMALL);
	save(dir, "draws.bin", x, (size_t)DRAWS * SMALL);
	free(x); /* allowed: see doubles */
}

static void write_data(const char *dir)
{
	an_random_seed(&rng, SEED);
	save_ratings(dir, "ratings.bin", MOST, ITEMS);
	save_answers(dir, "answers.bin", PEOPLE, ITEMS);
	save_scores(dir, MOST);
	save_answers(dir, "before.bin", MOST, NEEDS);
	save_answers(dir, "after.bin", MOST, NEEDS);
	save_ratings(dir, "importance.bin", MOST, NEEDS);
	save_ratings(dir, "proficiency.bin", MOST, NEEDS);
	save_ratings(dir, "small.bin", SMALL, FEW);
	save_ratings(dir, "small2.bin", SMALL, FEW);
	save_draws(dir);
}

/* The numbers to compare; print_values() writes them. */
static double values[64];
static size_t nvalues;

static void value(double x)
{
	values[nvalues++] = x;
}

static void alpha(const struct data *d)
{
	const struct an_table t = { d->x, d->n, d->k };
	struct an_item item[ITEMS];
	const struct an_items all =
		an_item_analysis(&t, AN_LISTWISE, NULL, item);

	value(all.alpha);
	for (size_t j = 0; j < d->k; j++) {
		value(item[j].r_rest);
		if (j < 10)
			value(item[j].alpha_deleted);
	}
}

static void irt(const struct data *d)
{
	static double node[NODES], weight[NODES];
	const struct an_table t = { d->x, d->n, d->k };
	const struct an_irt_options o = { .model = AN_2PL,
					  .node = node,
					  .weight = weight,
					  .nodes = NODES,
					  .em_only = true,
					  .em_tolerance = 1e-4 };
	struct an_irt_item item[ITEMS];
	struct an_irt_fit f;

	an_normal_grid(NODES, 6.0, node, weight);
	f = an_irt_fit(&t, NULL, &o, item);
	value(f.loglik);
	value((double)f.cycles);
	for (size_t j = 0; j < d->k; j++) {
		value(item[j].a);
		value(item[j].d);
	}
}

static void bca_alpha(const struct data *d)
{
	const struct an_table t = { d->x, d->n, d->k };
	const struct an_resampling how = { .index = d->draws,
					   .resamples = DRAWS,
					   .seed = SEED,
					   .level = 0.95 };
	const struct an_bca o = an_alpha_bca(&t, &how);

	value(o.t0);
	value(o.a);
	value(o.lo);
	value(o.hi);
}

static void bca_needs(const struct data *d)
{
	const struct an_table imp = { d->x, d->n, d->k };
	const struct an_table pro = { d->y, d->n, d->k };
	const struct an_resampling how = { .index = d->draws,
					   .resamples = DRAWS,
					   .seed = SEED,
					   .level = 0.95,
					   .top = 3 };
	double room[6][FEW];
	struct an_stability s = { room[0], room[1], room[2], room[3],
				  room[4], room[5], NAN,     AN_OK };
	struct an_bca o[FEW];

	an_needs_bca(&imp, &pro, &how, o, &s);
	for (size_t j = 0; j < d->k; j++) {
		value(o[j].t0);
		value(o[j].lo);
		value(o[j].hi);
	}
}

static void signed_rank(const struct data *d)
{
	static double diff[MOST];
	struct an_paired_rank o;

	for (size_t i = 0; i < d->n; i++)
		diff[i] = d->y[i] - d->x[i];
	o = an_paired_ranks(diff, d->n, 0.95);
	value(o.v);
	value(o.p_normal);
}

static void paired_t(const struct data *d)
{
	const struct an_paired_t o = an_paired_means(d->x, d->y, d->n, 0.95);

	value(o.t);
	value(o.mean_diff);
	value(o.diff_lo);
	value(o.diff_hi);
}

static void paired(const struct data *d)
{
	const struct an_paired_options options = { 40.0, 0.8, 0.95 };
	const struct an_paired o =
		an_paired_change(d->x, d->y, d->n, &options, NULL, NULL);

	value(o.t.t);
	value(o.gain.hake_class);
	value((double)o.rci.n_improved);
}

static void describe(const struct data *d)
{
	const struct an_description o = an_describe(d->x, d->n);

	value(o.mean);
	value(o.sd);
	value(o.median);
}

static void mcnemar(const struct data *d)
{
	const struct an_table pre = { d->x, d->n, d->k };
	const struct an_table post = { d->y, d->n, d->k };
	struct an_mcnemar o[NEEDS];

	an_mcnemar_items(&pre, &post, o);
	for (size_t j = 0; j < d->k; j++) {
		value(o[j].p_exact);
		value(o[j].diff);
	}
}

static void needs(const struct data *d)
{
	const struct an_table imp = { d->x, d->n, d->k };
	const struct an_table pro = { d->y, d->n, d->k };
	struct an_need o[NEEDS];

	an_needs(&imp, &pro, o);
	for (size_t j = 0; j < d->k; j++) {
		value(o[j].mwds);
		value(o[j].mwds_se);
		value(o[j].rds);
		value(o[j].p_gap);
	}
}

static const struct task {
	const char *name, *x, *y;
	size_t k;
	void (*run)(const struct data *d);
	bool drawn; /* values come from given draws, after the time is taken */
} tasks[] = {
	{ "alpha", "ratings.bin", NULL, ITEMS, alpha, false },
	{ "irt", "answers.bin", NULL, ITEMS, irt, false },
	{ "bca_alpha", "small.bin", NULL, FEW, bca_alpha, true },
	{ "bca_needs", "small.bin", "small2.bin", FEW, bca_needs, true },
	{ "signed_rank", "pre.bin", "post.bin", 1, signed_rank, false },
	{ "paired_t", "pre.bin", "post.bin", 1, paired_t, false },
	{ "paired", "pre.bin", "post.bin", 1, paired, false },
	{ "describe", "pre.bin", NULL, 1, describe, false },
	{ "mcnemar", "before.bin", "after.bin", NEEDS, mcnemar, false },
	{ "needs", "importance.bin", "proficiency.bin", NEEDS, needs, false },
};

static size_t *load_draws(const char *dir)
{
	static size_t row[DRAWS * SMALL];
	double *x = load(dir, "draws.bin", (size_t)DRAWS * SMALL);

	for (size_t i = 0; i < (size_t)DRAWS * SMALL; i++)
		row[i] = (size_t)x[i] - 1;
	free(x); /* allowed: see doubles */
	return row;
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void measure(const struct task *t, const char *dir, size_t rows)
{
	struct data d = { load(dir, t->x, rows * t->k), NULL, rows, t->k,
			  NULL };
	double seconds[200], spent = 0.0;
	size_t runs = 0;

	if (t->y)
		d.y = load(dir, t->y, rows * t->k);
	while (runs < 200 && (runs < 3 || spent < 0.5)) {
		const double start = bench_seconds();

		nvalues = 0;
		t->run(&d);
		seconds[runs] = bench_seconds() - start;
		spent += seconds[runs++];
	}
	if (t->drawn) {
		d.draws = load_draws(dir);
		nvalues = 0;
		t->run(&d);
	}
	qsort(seconds, runs, sizeof(*seconds), ascending);
	printf("{\"seconds\": %.9g, \"values\": [", seconds[runs / 2]);
	for (size_t i = 0; i < nvalues; i++)
		printf("%s%.17g", i ? ", " : "", values[i]);
	puts("]}");
}

int main(int argc, char **argv)
{
	const size_t tasks_n = sizeof(tasks) / sizeof(*tasks);
	size_t i = 0;

	if (argc == 3 && !strcmp(argv[1], "data"))
		return write_data(argv[2]), 0;
	while (argc == 5 && i < tasks_n && strcmp(argv[2], tasks[i].name) != 0)
		i++;
	if (argc != 5 || i == tasks_n)
		return fputs("data DIR | time WHAT DIR ROWS\n", stderr), 2;
	measure(&tasks[i], argv[3],
		strtoul(argv[4], NULL, 10)); /* allowed: a bench of its own */
	return 0;
}
