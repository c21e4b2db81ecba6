/*
 * analyse_groups.c: tiers, departments, a known staff list.
 */
#include "base/text.h"
#include "command/analyse.h"

#include <math.h>

#define G(key, member) FIELD_AS(struct an_groups, key, member)
#define P(key, member) FIELD_AS(struct an_group_pair, key, member)

/* Rows of the sheet: every name has a level. */
static size_t rows(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);

	return s ? s->rows : 0;
}

static void put_f(json_t *o, const struct an_f_test *t)
{
	model_real(o, "F", t->f);
	model_real(o, "df1", t->df1);
	model_real(o, "df2", t->df2);
	model_real(o, "p", t->p);
}

static void put_anova(json_t *o, const struct an_anova *t)
{
	put_f(o, &t->test);
	/* All of the spread lies between: no p is smaller. */
	if (t->ss_within == 0.0 && t->ss_between > 0.0 && t->test.df2 > 0.0) {
		model_text(o, "F", "Inf");
		model_real(o, "p", 0.0);
	}
	model_real(o, "ss_between", t->ss_between);
	model_real(o, "ss_within", t->ss_within);
	model_real(o, "r2", t->r2);
	model_real(o, "eta2", t->r2);
	model_real(o, "residual_sd", t->residual_sd);
}

static void put_pairs(struct analysis *a, const struct levels *g,
		      const struct an_group_pair *pair, size_t m)
{
	static const struct field dunn_fields[] = {
		P("z", z),
		P("p", p),
		P("p_holm", p_holm),
		P("p_bh", p_bh),
		P("cliff_delta", cliff_delta),
		P("cliff_lo95", cliff_lo),
		P("cliff_hi95", cliff_hi),
		{ .key = NULL },
	};
	static const struct field welch_fields[] = {
		P("diff", diff),       P("lo95", lo95),
		P("hi95", hi95),       P("t", t),
		P("df", df),           P("p", p_t),
		P("p_holm", p_t_holm), P("hedges_g", hedges_g),
		{ .key = NULL },
	};
	json_t *dunn = model_object(a->result, "dunn");
	json_t *welch = model_object(a->result, "welch_pairs");
	static const char *const sides[] = { "a", "b", NULL };

	analyse_lists(dunn, sides);
	analyse_lists(welch, sides);
	for (size_t i = 0; i < m; i++) {
		model_item_text(model_list(dunn, "a"), g->name[pair[i].a]);
		model_item_text(model_list(dunn, "b"), g->name[pair[i].b]);
		model_item_text(model_list(welch, "a"), g->name[pair[i].a]);
		model_item_text(model_list(welch, "b"), g->name[pair[i].b]);
	}
	analyse_columns(dunn, dunn_fields, pair, m, sizeof(*pair));
	analyse_columns(welch, welch_fields, pair, m, sizeof(*pair));
}

static bool groups(struct analysis *a)
{
	static const struct field group_fields[] = {
		FIELD(struct an_group, n),
		FIELD(struct an_group, mean),
		FIELD(struct an_group, sd),
		FIELD(struct an_group, median),
		FIELD(struct an_group, mean_rank),
		{ .key = NULL },
	};
	static const struct field kruskal_fields[] = {
		G("H", h),
		G("df", h_df),
		G("p", h_p),
		G("epsilon2", epsilon2),
		G("eta2_H", eta2_h),
		G("epsilon2_lo90", epsilon2_lo90),
		G("epsilon2_hi90", epsilon2_hi90),
		{ .key = NULL },
	};
	static const struct field trend_fields[] = {
		G("J", jt),
		G("z", jt_z),
		G("p_two_sided", jt_p),
		G("p_increasing", jt_p_up),
		G("spearman", trend_r),
		G("spearman_lo95", trend_lo95),
		G("spearman_hi95", trend_hi95),
		{ .key = NULL },
	};
	struct an_group_pair *pair;
	struct an_group *group;
	struct an_groups o;
	struct levels g;
	const double *y;
	json_t *anova;
	size_t m;

	if (!analyse_grouped(a, "group", "order", true, &y, &g) ||
	    !analyse_at_most(a, "groups", g.k, 200))
		return false;
	m = g.k * (g.k - (g.k ? 1 : 0)) / 2;
	group = ARENA_ARRAY(a->arena, struct an_group, g.k);
	pair = ARENA_ARRAY(a->arena, struct an_group_pair, m);
	o = an_compare_groups(y, g.level, rows(a), g.k, group, pair);
	analyse_status(a->result, o.status);
	model_int(a->result, "n_used", (int64_t)o.n);
	model_int(a->result, "n_missing", (int64_t)o.missing);
	analyse_put_texts(a->result, "levels", g.name, g.k);
	analyse_columns(a->result, group_fields, group, g.k, sizeof(*group));
	analyse_record(model_object(a->result, "kruskal"), kruskal_fields, &o);
	anova = model_object(a->result, "anova");
	put_anova(anova, &o.anova);
	model_real(anova, "omega2", o.omega2);
	model_real(anova, "eta2_lo90", o.eta2_lo90);
	model_real(anova, "eta2_hi90", o.eta2_hi90);
	put_f(model_object(a->result, "welch"), &o.welch);
	put_f(model_object(a->result, "brown_forsythe"), &o.levene);
	analyse_record(model_object(a->result, "jonckheere"), trend_fields, &o);
	put_pairs(a, &g, pair, m);
	return true;
}

static bool anova(struct analysis *a)
{
	struct an_anova o;
	struct levels g;
	const double *y;

	if (!analyse_grouped(a, "group", NULL, true, &y, &g))
		return false;
	o = an_anova(y, g.level, rows(a), g.k);
	put_anova(a->result, &o);
	analyse_status(a->result, o.status);
	return true;
}

#define TWO(key, member) FIELD_AS(struct an_two, key, member)

static bool two_groups(struct analysis *a)
{
	static const struct field fields[] = {
		TWO("n1", n1),
		TWO("n2", n2),
		TWO("W", w),
		TWO("p_exact", p_exact),
		TWO("p_exact_less", p_less),
		TWO("p_exact_greater", p_greater),
		TWO("z", z),
		TWO("p_normal", p_normal),
		TWO("cliff_delta", cliff_delta),
		TWO("cliff_lo95", cliff_lo),
		TWO("cliff_hi95", cliff_hi),
		TWO("prob_superiority", prob_superiority),
		TWO("t_welch", t),
		TWO("df_welch", df),
		TWO("p_welch", p),
		TWO("diff", diff),
		TWO("diff_lo", diff_lo),
		TWO("diff_hi", diff_hi),
		TWO("cohen_d", cohen_d),
		TWO("hedges_g", hedges_g),
		{ .key = NULL },
	};
	double *side[2];
	size_t n[2] = { 0, 0 }, all = rows(a);
	struct levels g;
	const double *y;
	struct an_two o;

	if (!analyse_grouped(a, "group", "order", false, &y, &g))
		return false;
	if (g.k != 2)
		return REFUSE(a, "needs two groups, not %zu", g.k);
	side[0] = ARENA_ARRAY(a->arena, double, all);
	side[1] = ARENA_ARRAY(a->arena, double, all);
	for (size_t i = 0; i < all; i++)
		side[g.level[i]][n[g.level[i]]++] = y[i];
	o = an_two_groups(side[0], n[0], side[1], n[1]);
	analyse_put_texts(a->result, "levels", g.name, 2);
	analyse_record(a->result, fields, &o);
	analyse_status(a->result, o.status);
	return true;
}

#define SH(key, member) FIELD_AS(struct an_shrunk, key, member)
#define RE(member)      FIELD(struct an_reml, member)

static bool shrink_normal(struct analysis *a)
{
	static const struct field fields[] = {
		SH("n", n),
		SH("raw_mean", raw),
		SH("reliability", weight),
		SH("shrunk", value),
		SH("blup", blup),
		SH("cond_sd", cond_sd),
		SH("pev_se", se),
		SH("lo95", lo),
		SH("hi95", hi),
		{ .key = NULL },
	};
	static const struct field whole[] = {
		RE(mu),
		RE(se_mu),
		RE(sigma2),
		RE(tau2),
		RE(icc),
		FIELD_AS(struct an_reml, "reml_deviance", deviance),
		FIELD_AS(struct an_reml, "n_used", n),
		FIELD_AS(struct an_reml, "n_missing", missing),
		{ .key = NULL },
	};
	struct an_shrunk *out;
	struct an_reml o;
	struct levels g;
	const double *y;

	if (!analyse_grouped(a, "group", NULL, true, &y, &g))
		return false;
	out = ARENA_ARRAY(a->arena, struct an_shrunk, g.k);
	o = an_shrink_normal(y, g.level, rows(a), g.k, out);
	analyse_status(a->result, o.status);
	analyse_record(a->result, whole, &o);
	analyse_put_texts(a->result, "levels", g.name, g.k);
	analyse_columns(a->result, fields, out, g.k, sizeof(*out));
	return true;
}

#define ST(key, member) FIELD_AS(struct an_stratified, key, member)

/* N of every stratum from population.csv; false after refusing. */
static bool population(struct analysis *a, const struct levels *g,
		       struct an_stratum *strata)
{
	const struct sheet *s = analyse_sheet(a, 1);
	const char **word = s ? analyse_texts(a, s, "stratum") : NULL;
	const double *n = word ? analyse_numbers(a, s, "N") : NULL;

	for (size_t i = 0; n && i < s->rows; i++) {
		const size_t j = word[i] ? analyse_level_of(g, word[i]) : g->k;

		if (j < g->k)
			strata[j].population = n[i];
	}
	return n != NULL;
}

static bool stratified(struct analysis *a)
{
	static const struct field fields[] = {
		ST("unweighted_mean", unweighted),
		ST("n_used", n),
		ST("n_missing", missing),
		ST("post_stratified_mean", mean),
		ST("se_fpc", se),
		ST("se_no_fpc", se_no_fpc),
		ST("df", df),
		ST("lo95", lo),
		ST("hi95", hi),
		{ .key = NULL },
	};
	static const struct field strata_fields[] = {
		FIELD(struct an_stratum, n),
		FIELD_AS(struct an_stratum, "N", population),
		FIELD_AS(struct an_stratum, "mean_h", mean),
		FIELD_AS(struct an_stratum, "response_rate", response),
		{ .key = NULL },
	};
	struct an_stratum *strata;
	struct an_stratified o;
	struct levels g;
	const double *y;

	if (!analyse_grouped(a, "stratum", NULL, false, &y, &g))
		return false;
	strata = ARENA_ARRAY(a->arena, struct an_stratum, g.k);
	if (!population(a, &g, strata))
		return false;
	o = an_stratified_mean(y, g.level, rows(a), strata, g.k);
	if (o.status == AN_BAD_INPUT)
		return REFUSE(a, "every stratum needs N of at least "
				 "its answers");
	analyse_put_texts(a->result, "stratum", g.name, g.k);
	analyse_columns(a->result, strata_fields, strata, g.k, sizeof(*strata));
	analyse_record(a->result, fields, &o);
	analyse_status(a->result, o.status);
	return true;
}

const struct method analyse_group_methods[] = {
	{ "groups", "data.csv: group,y",
	  "differences between groups: Welch, Kruskal-Wallis, pairs, trend",
	  groups },
	{ "two_groups", "data.csv: group,y", "two groups: Welch, exact ranks",
	  two_groups },
	{ "anova", "data.csv: group,y", "one-way analysis of variance", anova },
	{ "shrink_normal", "data.csv: group,y",
	  "department means, shrunken by REML", shrink_normal },
	{ "stratified_mean_fpc", "data.csv: stratum,y, population.csv",
	  "mean of a known staff list", stratified },
	{ .name = NULL },
};
