/*
 * analyse_boot.c: intervals by resampling.
 */
#include "command/analyse.h"

#include <math.h>
#include <string.h>

/* The data of a statistic over chosen rows. */
struct scores {
	struct an_table all;
	const double *pre, *post; /* NULL for alpha */
	double max;
};

static double mean_gain(const size_t *row, size_t n, const void *data)
{
	const struct scores *s = data;
	double sum = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += s->post[row[i]] - s->pre[row[i]];
	return n ? sum / (double)n : NAN;
}

static double median_gain(const size_t *row, size_t n, const void *data)
{
	AN_SCRATCH(work);
	const struct scores *s = data;
	double *d = an_doubles(&work, n);

	for (size_t i = 0; i < n; i++)
		d[i] = s->post[row[i]] - s->pre[row[i]];
	return an_median(d, n);
}

static double hake(const size_t *row, size_t n, const void *data)
{
	const struct scores *s = data;
	double pre = 0.0, post = 0.0;

	for (size_t i = 0; i < n; i++) {
		pre += s->pre[row[i]];
		post += s->post[row[i]];
	}
	return n && s->max * (double)n > pre
		       ? (post - pre) / (s->max * (double)n - pre)
		       : NAN;
}

/* The same without each of them, in time that grows with n only. */
static void mean_without(double *jack, size_t n, const void *data)
{
	const struct scores *s = data;
	double sum = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += s->post[i] - s->pre[i];
	for (size_t i = 0; i < n; i++)
		jack[i] = n > 1 ? (sum - (s->post[i] - s->pre[i])) /
					  ((double)n - 1.0)
				: NAN;
}

/* The place of rank i when the value of rank `left` is not there. */
static size_t behind(size_t i, size_t left)
{
	return i < left ? i : i + 1;
}

static void median_without(double *jack, size_t n, const void *data)
{
	AN_SCRATCH(work);
	const struct scores *s = data;
	double *d = an_doubles(&work, n);
	size_t *order = an_sizes(&work, n);

	for (size_t i = 0; i < n; i++)
		d[i] = s->post[i] - s->pre[i];
	an_order(d, n, order);
	jack[0] = NAN;
	for (size_t i = 0; i < n && n > 1; i++) {
		const double lo = d[order[behind((n - 2) / 2, i)]];
		const double hi = d[order[behind((n - 1) / 2, i)]];

		jack[order[i]] = 0.5 * (lo + hi);
	}
}

static void hake_without(double *jack, size_t n, const void *data)
{
	const struct scores *s = data;
	const double m = (double)n - 1.0;
	double pre = 0.0, post = 0.0;

	for (size_t i = 0; i < n; i++) {
		pre += s->pre[i];
		post += s->post[i];
	}
	for (size_t i = 0; i < n; i++) {
		const double x = pre - s->pre[i], y = post - s->post[i];

		jack[i] = n > 1 && s->max * m > x ? (y - x) / (s->max * m - x)
						  : NAN;
	}
}

static const struct {
	const char *name;
	double (*f)(const size_t *row, size_t n, const void *data);
	void (*without)(double *jack, size_t n, const void *data);
	bool matched; /* reads the columns pre and post */
} statistics[] = {
	{ "mean(post-pre)", mean_gain, mean_without, true },
	{ "median(post-pre)", median_gain, median_without, true },
	{ "class Hake gain", hake, hake_without, true },
	{ "alpha", NULL, NULL, false }, /* an_alpha_bca */
};

/* Every number is needed: there is no missing rule for a resample. */
static bool whole(struct analysis *a, const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isnan(x[i]))
			return REFUSE(a, "needs complete rows");
	return true;
}

/* Data and statistic of the bootstrap methods; false after refusing. */
static bool statistic(struct analysis *a, struct scores *s,
		      struct an_statistic *f, size_t *n)
{
	const struct sheet *t = analyse_sheet(a, 0);
	const char *word = analyse_word(a, "statistic", "mean(post-pre)");
	size_t i = 0;

	s->max = analyse_number(a, "max_score", NAN);
	if (!t || a->problem)
		return false;
	while (i < sizeof(statistics) / sizeof(*statistics) &&
	       strcmp(statistics[i].name, word) != 0)
		i++;
	if (i == sizeof(statistics) / sizeof(*statistics))
		return REFUSE(a, "option statistic is \"mean(post-pre)\", "
				 "\"median(post-pre)\", \"class Hake "
				 "gain\" or \"alpha\"");
	*f = (struct an_statistic){ statistics[i].f, s, statistics[i].without };
	*n = t->rows;
	if (!statistics[i].matched)
		return analyse_matrix(a, t, 0, &s->all) &&
		       whole(a, s->all.x, s->all.n * s->all.k);
	s->pre = analyse_numbers(a, t, "pre");
	s->post = s->pre ? analyse_numbers(a, t, "post") : NULL;
	if (statistics[i].f == hake && isnan(s->max))
		return REFUSE(a, "the gain needs max_score");
	return s->post && whole(a, s->pre, *n) && whole(a, s->post, *n);
}

#define BCA(member) FIELD(struct an_bca, member)

static const struct field bca_fields[] = {
	BCA(t0), BCA(z0), BCA(a),       BCA(alpha_lo),  BCA(alpha_hi),
	BCA(lo), BCA(hi), BCA(boot_se), BCA(boot_bias), { .key = NULL },
};

/* Row numbers from 1 in input i, n a row; NULL after refusing. */
static const size_t *indices(struct analysis *a, size_t i, size_t n,
			     size_t *resamples)
{
	const struct sheet *s = analyse_sheet(a, i);
	struct an_table t;
	size_t *out;

	if (!s || !analyse_matrix(a, s, 0, &t))
		return NULL;
	if (t.k != n) {
		analyse_refuse(a, "%s must have a column per person", s->path);
		return NULL;
	}
	out = ARENA_ARRAY(a->arena, size_t, t.n * n);
	for (size_t j = 0; j < t.n * n; j++) {
		if (!(t.x[j] >= 1.0 && t.x[j] <= (double)n)) {
			analyse_refuse(a, "%s holds row numbers from 1 to %zu",
				       s->path, n);
			return NULL;
		}
		out[j] = (size_t)t.x[j] - 1;
	}
	*resamples = t.n;
	return out;
}

static bool bca_of(struct analysis *a, bool given)
{
	struct an_resampling how = analyse_resampling(a, 2000, 1000000);
	struct an_statistic f;
	struct scores s = { .max = NAN };
	struct an_bca o;
	size_t n;

	if (!statistic(a, &s, &f, &n) ||
	    (given && !(how.index = indices(a, 1, n, &how.resamples))))
		return false;
	o = f.f ? an_bca_run(&f, n, &how) : an_alpha_bca(&s.all, &how);
	analyse_record(a->result, bca_fields, &o);
	if (!given)
		analyse_put_seed(a->result, &how);
	analyse_status(a->result, o.status);
	return true;
}

static bool bca_given(struct analysis *a)
{
	return bca_of(a, true);
}

static bool bca_own(struct analysis *a)
{
	return bca_of(a, false);
}

static bool needs_bca(struct analysis *a)
{
	const struct sheet *s1 = analyse_sheet(a, 0);
	const struct sheet *s2 = s1 ? analyse_sheet(a, 1) : NULL;
	struct an_resampling how = analyse_resampling(a, 2000, 100000);
	struct an_table imp, pro;
	struct an_stability s;
	struct an_bca *o;
	enum an_status status;
	json_t *r;

	how.top = analyse_count(a, "top", 3, 1000);
	if (!s2 || !analyse_matrix(a, s1, 0, &imp) ||
	    !analyse_matrix(a, s2, 0, &pro) || a->problem)
		return false;
	analyse_align(a, s1, s2, &pro);
	if (analyse_has_input(a, 2) &&
	    !(how.index = indices(a, 2, imp.n, &how.resamples)))
		return false;
	o = ARENA_ARRAY(a->arena, struct an_bca, imp.k);
	s = (struct an_stability){
		.rank = ARENA_ARRAY(a->arena, double, imp.k),
		.mean_rank = ARENA_ARRAY(a->arena, double, imp.k),
		.sd_rank = ARENA_ARRAY(a->arena, double, imp.k),
		.rank_lo = ARENA_ARRAY(a->arena, double, imp.k),
		.rank_hi = ARENA_ARRAY(a->arena, double, imp.k),
		.p_top = ARENA_ARRAY(a->arena, double, imp.k),
	};
	status = an_needs_bca(&imp, &pro, &how, o, &s);
	if (status == AN_BAD_INPUT)
		return REFUSE(a, "needs two tables of the same size");
	analyse_status(a->result, status);
	model_text(a->result, "generator",
		   how.index ? "given indices" : AN_GENERATOR);
	if (status != AN_OK)
		return true;
	analyse_put_texts(a->result, "item", s1->header, imp.k);
	analyse_columns(model_object(a->result, "mwds"), bca_fields, o, imp.k,
			sizeof(*o));
	r = model_object(a->result, "rank_stability");
	analyse_put(r, "rank", s.rank, imp.k);
	analyse_put(r, "mean_rank", s.mean_rank, imp.k);
	analyse_put(r, "sd_rank", s.sd_rank, imp.k);
	analyse_put(r, "rank_p025", s.rank_lo, imp.k);
	analyse_put(r, "rank_p975", s.rank_hi, imp.k);
	analyse_put(r, "p_top", s.p_top, imp.k);
	model_real(r, "mean_kendall_tau", s.mean_tau);
	return true;
}

const struct method analyse_boot_methods[] = {
	{ "bca_given_indices", "data.csv: pre,post, indices.csv",
	  "BCa interval from given resamples", bca_given },
	{ "bca_own_rng", "data.csv: pre,post", "BCa interval, own resamples",
	  bca_own },
	{ "needs_bca", "importance.csv, proficiency.csv, [indices.csv]",
	  "intervals of MWDS and stability of the ranking", needs_bca },
	{ .name = NULL },
};
