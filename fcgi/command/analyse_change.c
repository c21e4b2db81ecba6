/*
 * analyse_change.c: before and after; bootstrap intervals.
 */
#include "command/analyse.h"

#include <math.h>
#include <string.h>

#define T(key, member)    FIELD_AS(struct an_paired, key, t.member)
#define RANK(key, member) FIELD_AS(struct an_paired, key, rank.member)
#define GAIN(key, member) FIELD_AS(struct an_paired, key, gain.member)
#define RCI(key, member)  FIELD_AS(struct an_paired, key, rci.member)
#define GONE(key, member) FIELD_AS(struct an_paired, key, attrition.member)

static const struct field paired_fields[] = {
	FIELD(struct an_paired, n_rows),
	FIELD(struct an_paired, n_pre),
	FIELD(struct an_paired, n_post),
	FIELD(struct an_paired, n_pairs),
	T("mean_pre", mean_pre),
	T("mean_post", mean_post),
	T("sd_pre", sd_pre),
	T("sd_post", sd_post),
	T("r", r),
	T("mean_diff", mean_diff),
	T("sd_diff", sd_diff),
	T("t", t),
	T("df", df),
	T("p_t", p),
	T("diff_lo", diff_lo),
	T("diff_hi", diff_hi),
	T("dz", dz),
	T("gz", gz),
	T("dz_lo", dz_lo),
	T("dz_hi", dz_hi),
	T("dav", dav),
	T("dav_unbiased", dav_unbiased),
	T("dav_se", dav_se),
	T("dav_lo", dav_lo),
	T("dav_hi", dav_hi),
	RANK("n_nonzero", n_nonzero),
	RANK("n_up", n_up),
	RANK("n_down", n_down),
	RANK("n_same", n_same),
	RANK("V", v),
	RANK("p_wilcoxon_exact", p_exact),
	RANK("z_wilcoxon", z),
	RANK("p_wilcoxon_normal", p_normal),
	RANK("rank_biserial", rank_biserial),
	RANK("hl", hl),
	RANK("hl_lo", hl_lo),
	RANK("hl_hi", hl_hi),
	RANK("hl_nonzero", hl_nonzero),
	RANK("hl_nonzero_lo", hl_nonzero_lo),
	RANK("hl_nonzero_hi", hl_nonzero_hi),
	RANK("p_sign", p_sign),
	{ .key = NULL },
};

static const struct field gain_fields[] = {
	GAIN("hake_class", hake_class),
	GAIN("hake_class_jack_se", hake_class_se),
	GAIN("hake_class_lo", hake_class_lo),
	GAIN("hake_class_hi", hake_class_hi),
	GAIN("hake_person_mean", hake_person_mean),
	GAIN("hake_person_median", hake_person_median),
	GAIN("hake_person_n", hake_person_n),
	GAIN("hake_n_at_ceiling", hake_n_at_ceiling),
	GAIN("change_c_mean", change_c_mean),
	GAIN("change_c_n", change_c_n),
	{ .key = NULL },
};

static const struct field rci_fields[] = {
	RCI("rci_sem", sem),
	RCI("rci_sdiff", s_diff),
	RCI("rci_threshold", threshold),
	RCI("rci_n_improved", n_improved),
	RCI("rci_n_declined", n_declined),
	RCI("rci_n_unchanged", n_unchanged),
	{ .key = NULL },
};

static const struct field attrition_fields[] = {
	GONE("attrition_n", n),
	GONE("attrition_mean_pre_completers", mean_completers),
	GONE("attrition_mean_pre_dropouts", mean_dropouts),
	GONE("attrition_t", t),
	GONE("attrition_df", df),
	GONE("attrition_p", p),
	{ .key = NULL },
};

static bool paired_change(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const double *pre = s ? analyse_numbers(a, s, "pre") : NULL;
	const double *post = pre ? analyse_numbers(a, s, "post") : NULL;
	const struct an_paired_options options = {
		.max_score = analyse_number(a, "max_score", NAN),
		.r_xx = analyse_number(a, "r_xx", NAN),
		.level = analyse_number(a, "level", 0.95),
	};
	double *hake, *rci;
	struct an_paired o;

	if (!post || a->problem)
		return false;
	hake = ARENA_ARRAY(a->arena, double, s->rows);
	rci = ARENA_ARRAY(a->arena, double, s->rows);
	o = an_paired_change(pre, post, s->rows, &options, hake, rci);
	if (o.status == AN_BAD_INPUT || o.rci.status == AN_BAD_INPUT)
		return analyse_refuse(a, "level and r_xx lie between 0 and 1");
	analyse_record(a->result, paired_fields, &o);
	analyse_status(a->result, o.status);
	if (!isnan(options.max_score)) {
		analyse_record(a->result, gain_fields, &o);
		analyse_put(a->result, "hake_person", hake, o.n_pairs);
		model_text(a->result, "gain_status",
			   an_status_name(o.gain.status));
	}
	if (!isnan(options.r_xx)) {
		analyse_record(a->result, rci_fields, &o);
		analyse_put(a->result, "rci", rci, o.n_pairs);
	}
	if (o.attrition.n > 1)
		analyse_record(a->result, attrition_fields, &o);
	return true;
}

#define MC(key, member) FIELD_AS(struct an_mcnemar, key, member)

static const struct field mcnemar_fields[] = {
	MC("n", n),
	MC("b", b),
	MC("c", c),
	MC("p_pre", p_pre),
	MC("p_post", p_post),
	MC("diff", diff),
	MC("p_exact", p_exact),
	MC("p_mid", p_mid),
	MC("diff_adj", diff_adj),
	MC("diff_lo", diff_lo),
	MC("diff_hi", diff_hi),
	MC("odds_ratio", odds_ratio),
	MC("or_lo", or_lo),
	MC("or_hi", or_hi),
	MC("cohen_g", cohen_g),
	MC("item_gain", item_gain),
	MC("n_missing", missing),
	{ .key = NULL },
};

static const struct field family_fields[] = {
	MC("p_holm", p_holm),
	MC("p_bh", p_bh),
	{ .key = NULL },
};

static bool mcnemar(struct analysis *a)
{
	const char *const name[] = { "n11", "wrong_to_right", "right_to_wrong",
				     "n00" };
	const struct sheet *s = analyse_sheet(a, 0);
	size_t c[4];
	struct an_mcnemar o;

	for (size_t j = 0; j < 4; j++) {
		const double *v = s ? analyse_numbers(a, s, name[j]) : NULL;

		if (!v)
			return false;
		if (s->rows != 1 || !(v[0] >= 0.0 && v[0] <= 1e15) ||
		    v[0] != floor(v[0]))
			return analyse_refuse(a, "needs one row of counts");
		c[j] = (size_t)v[0];
	}
	o = an_mcnemar(c[0], c[1], c[2], c[3]);
	analyse_record(a->result, mcnemar_fields, &o);
	analyse_status(a->result, o.status);
	return true;
}

static bool mcnemar_items(struct analysis *a)
{
	const struct sheet *s1 = analyse_sheet(a, 0);
	const struct sheet *s2 = s1 ? analyse_sheet(a, 1) : NULL;
	struct an_table pre, post;
	struct an_mcnemar *o;
	enum an_status status;

	if (!s2 || !analyse_matrix(a, s1, 0, &pre) ||
	    !analyse_matrix(a, s2, 0, &post))
		return false;
	o = ARENA_ARRAY(a->arena, struct an_mcnemar, pre.k);
	status = an_mcnemar_items(&pre, &post, o);
	if (status == AN_BAD_INPUT)
		return analyse_refuse(a, "needs two tables of the same size "
					 "with 0, 1 and blanks");
	analyse_put_texts(a->result, "item", s1->header, pre.k);
	analyse_columns(a->result, mcnemar_fields, o, pre.k, sizeof(*o));
	analyse_columns(a->result, family_fields, o, pre.k, sizeof(*o));
	analyse_status(a->result, status);
	return true;
}

/* Matched scores and the statistic over chosen rows. */
struct scores {
	const double *pre, *post;
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

/* Data and statistic of the bootstrap methods; false after refusing. */
static bool statistic(struct analysis *a, struct scores *s,
		      struct an_statistic *f, size_t *n)
{
	const struct sheet *t = analyse_sheet(a, 0);
	const char *word = analyse_word(a, "statistic", "mean(post-pre)");

	s->pre = t ? analyse_numbers(a, t, "pre") : NULL;
	s->post = s->pre ? analyse_numbers(a, t, "post") : NULL;
	s->max = analyse_number(a, "max_score", NAN);
	if (!s->post || a->problem)
		return false;
	*n = t->rows;
	for (size_t i = 0; i < *n; i++)
		if (isnan(s->pre[i]) || isnan(s->post[i]))
			return analyse_refuse(a, "needs complete pairs");
	*f = (struct an_statistic){ mean_gain, s };
	if (!strcmp(word, "mean(post-pre)"))
		return true;
	f->f = hake;
	if (strcmp(word, "class Hake gain"))
		return analyse_refuse(a, "option statistic is \"mean(post-pre)"
					 "\" or \"class Hake gain\"");
	return isnan(s->max) ? analyse_refuse(a, "the gain needs max_score")
			     : true;
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

static bool bca_given(struct analysis *a)
{
	const double level = analyse_number(a, "level", 0.95);
	struct an_statistic f;
	const size_t *index;
	struct scores s;
	struct an_bca o;
	size_t n, r;

	if (!statistic(a, &s, &f, &n) || !(index = indices(a, 1, n, &r)))
		return false;
	o = an_bca_given(&f, n, index, r, level);
	analyse_record(a->result, bca_fields, &o);
	analyse_status(a->result, o.status);
	return true;
}

static bool bca_own(struct analysis *a)
{
	const double level = analyse_number(a, "level", 0.95);
	const size_t b = analyse_count(a, "B", 2000, 1000000);
	const size_t seed = analyse_count(a, "seed", 20240401, SIZE_MAX);
	struct an_statistic f;
	struct scores s;
	struct an_bca o;
	size_t n;

	if (!statistic(a, &s, &f, &n))
		return false;
	o = an_bca_run(&f, n, b, seed, level);
	analyse_record(a->result, bca_fields, &o);
	model_int(a->result, "seed", (int64_t)seed);
	model_text(a->result, "generator", AN_GENERATOR);
	analyse_status(a->result, o.status);
	return true;
}

static bool needs_bca(struct analysis *a)
{
	const struct sheet *s1 = analyse_sheet(a, 0);
	const struct sheet *s2 = s1 ? analyse_sheet(a, 1) : NULL;
	struct an_resampling how = {
		.resamples = analyse_count(a, "B", 2000, 100000),
		.seed = analyse_count(a, "seed", 20240401, SIZE_MAX),
		.level = analyse_number(a, "level", 0.95),
		.top = analyse_count(a, "top", 3, 1000),
	};
	struct an_table imp, pro;
	struct an_stability s;
	struct an_bca *o;
	enum an_status status;
	json_t *r;

	if (!s2 || !analyse_matrix(a, s1, 0, &imp) ||
	    !analyse_matrix(a, s2, 0, &pro) || a->problem)
		return false;
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
		return analyse_refuse(a, "needs two tables of the same size "
					 "and a level between 0 and 1");
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

const struct method analyse_change_methods[] = {
	{ "paired_change", "data.csv: pre,post",
	  "matched change: t, Wilcoxon, effect sizes, gain, reliable change",
	  paired_change },
	{ "mcnemar", "counts.csv: n11,wrong_to_right,right_to_wrong,n00",
	  "change of one yes-or-no item", mcnemar },
	{ "mcnemar_items", "pre.csv, post.csv", "change of every item",
	  mcnemar_items },
	{ "bca_given_indices", "data.csv: pre,post, indices.csv",
	  "BCa interval from given resamples", bca_given },
	{ "bca_own_rng", "data.csv: pre,post", "BCa interval, own resamples",
	  bca_own },
	{ "needs_bca", "importance.csv, proficiency.csv, [indices.csv]",
	  "intervals of MWDS and stability of the ranking", needs_bca },
	{ .name = NULL },
};
