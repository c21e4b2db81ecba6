/*
 * analyse_change.c: before and after.
 */
#include "command/analyse.h"

#include <math.h>

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
	if (options.max_score <= 0.0)
		return REFUSE(a, "option max_score must be above 0");
	hake = ARENA_ARRAY(a->arena, double, s->rows);
	rci = ARENA_ARRAY(a->arena, double, s->rows);
	o = an_paired_change(pre, post, s->rows, &options, hake, rci);
	if (o.status == AN_BAD_INPUT || o.rci.status == AN_BAD_INPUT)
		return REFUSE(a, "level and r_xx lie between 0 and 1");
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
	const double level = analyse_level(a);
	size_t c[4];
	struct an_mcnemar o;

	for (size_t j = 0; j < 4; j++) {
		const double *v = s ? analyse_numbers(a, s, name[j]) : NULL;

		if (!v)
			return false;
		if (s->rows != 1 || !(v[0] >= 0.0 && v[0] <= 1e15) ||
		    v[0] != floor(v[0]))
			return REFUSE(a, "needs one row of counts");
		c[j] = (size_t)v[0];
	}
	if (a->problem)
		return false;
	o = an_mcnemar_level(c[0], c[1], c[2], c[3], level);
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
	analyse_align(a, s1, s2, &post);
	o = ARENA_ARRAY(a->arena, struct an_mcnemar, pre.k);
	status = an_mcnemar_items(&pre, &post, o);
	if (status == AN_BAD_INPUT)
		return REFUSE(a, "needs two tables of the same size "
				 "with 0, 1 and blanks");
	analyse_put_texts(a->result, "item", s1->header, pre.k);
	analyse_columns(a->result, mcnemar_fields, o, pre.k, sizeof(*o));
	analyse_columns(a->result, family_fields, o, pre.k, sizeof(*o));
	analyse_status(a->result, status);
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
	{ .name = NULL },
};
