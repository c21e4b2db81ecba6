/*
 * analyse_items.c: items and scales.
 */
#include "command/analyse.h"

#include <math.h>

static const struct field test_fields[] = {
	FIELD(struct an_items, n_rows),
	FIELD(struct an_items, n_used),
	FIELD(struct an_items, n_items),
	FIELD(struct an_items, mean_total),
	FIELD(struct an_items, sd_total),
	FIELD(struct an_items, alpha),
	FIELD(struct an_items, upper_n),
	FIELD(struct an_items, lower_n),
	{ .key = NULL },
};

static const struct field item_fields[] = {
	FIELD(struct an_item, n_answered),
	FIELD(struct an_item, mean),
	FIELD(struct an_item, sd),
	FIELD(struct an_item, difficulty),
	FIELD(struct an_item, difficulty_lo),
	FIELD(struct an_item, difficulty_hi),
	FIELD_AS(struct an_item, "r_item_total", r_total),
	FIELD_AS(struct an_item, "r_item_rest", r_rest),
	FIELD_AS(struct an_item, "r_item_rest_lo", r_rest_lo),
	FIELD_AS(struct an_item, "r_item_rest_hi", r_rest_hi),
	FIELD_AS(struct an_item, "D27", d27),
	FIELD_AS(struct an_item, "alpha_if_deleted", alpha_deleted),
	{ .key = NULL },
};

/* "max_score": one number for all items, a list of k numbers, or nothing. */
static const double *max_scores(struct analysis *a, size_t k)
{
	const json_t *v = json_object_get(a->options, "max_score");
	double *max = ARENA_ARRAY(a->arena, double, k);

	if (!v || json_is_null(v))
		return NULL;
	if (json_is_array(v) && json_array_size(v) != k)
		analyse_refuse(a, "option max_score needs a number per item");
	for (size_t j = 0; j < k; j++) {
		const json_t *one = json_is_array(v) ? json_array_get(v, j) : v;

		max[j] = json_number_value(one);
		if (!(max[j] > 0.0))
			analyse_refuse(a, "option max_score must be above 0");
	}
	return max;
}

static void put_flags(json_t *o, const struct an_item *item, size_t k)
{
	static const struct {
		unsigned flag;
		const char *word;
	} words[] = { { AN_ITEM_EASY, "easy" },
		      { AN_ITEM_HARD, "hard" },
		      { AN_ITEM_WEAK, "weak" },
		      { AN_ITEM_KEY, "check_key" },
		      { AN_ITEM_CONSTANT, "constant" } };
	json_t *list = model_list(o, "flags");

	for (size_t j = 0; j < k; j++) {
		json_t *one = json_array();

		for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++)
			if (item[j].flags & words[w].flag)
				model_item_text(one, words[w].word);
		json_array_append_new(list, one);
	}
}

static bool item_analysis(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const enum an_missing missing = analyse_missing(a);
	const double *max;
	struct an_item *item;
	struct an_items all;
	struct an_table t;
	json_t *o;

	if (!s || !analyse_matrix(a, s, 0, &t))
		return false;
	max = max_scores(a, t.k);
	if (a->problem)
		return false;
	item = ARENA_ARRAY(a->arena, struct an_item, t.k);
	all = an_item_analysis(&t, missing, max, item);
	analyse_record(a->result, test_fields, &all);
	analyse_status(a->result, all.status);
	o = model_object(a->result, "item");
	analyse_put_texts(o, "item", s->header, t.k);
	analyse_columns(o, item_fields, item, t.k, sizeof(*item));
	put_flags(o, item, t.k);
	return true;
}

static bool reliability(struct analysis *a)
{
	static const struct field fields[] = {
		FIELD(struct an_reliability, n_used),
		FIELD(struct an_reliability, n_missing),
		FIELD(struct an_reliability, n_items),
		FIELD(struct an_reliability, alpha),
		FIELD(struct an_reliability, alpha_lo),
		FIELD(struct an_reliability, alpha_hi),
		FIELD(struct an_reliability, alpha_std),
		FIELD(struct an_reliability, mean_r),
		FIELD(struct an_reliability, guttman_lambda2),
		FIELD(struct an_reliability, sem),
		FIELD(struct an_reliability, sd_total),
		FIELD(struct an_reliability, mean_total),
		FIELD(struct an_reliability, k_for_080),
		FIELD(struct an_reliability, omega_total),
		FIELD(struct an_reliability, omega_observed_var),
		FIELD(struct an_reliability, ml_discrepancy),
		{ .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	const enum an_missing missing = analyse_missing(a);
	const struct an_resampling how = analyse_resampling(a, 0, 100000);
	struct an_reliability_factor f;
	struct an_reliability r;
	struct an_table t;

	if (!s || !analyse_matrix(a, s, 0, &t) || a->problem)
		return false;
	f.loadings = ARENA_ARRAY(a->arena, double, t.k);
	f.uniqueness = ARENA_ARRAY(a->arena, double, t.k);
	f.residual = ARENA_ARRAY(a->arena, double, t.k *t.k);
	r = an_reliability(&t, missing, how.level, &f);
	analyse_record(a->result, fields, &r);
	analyse_put(a->result, "loadings", f.loadings, t.k);
	analyse_put(a->result, "uniqueness", f.uniqueness, t.k);
	if (r.omega_status == AN_OK)
		analyse_put_matrix(a->result, "residual", f.residual, t.k, t.k);
	analyse_status(a->result, r.status);
	model_text(a->result, "omega_status", an_status_name(r.omega_status));
	if (how.resamples) {
		const struct an_estimate e = an_omega_ci(&t, missing, &how);

		model_real(a->result, "omega_lo", e.lo);
		model_real(a->result, "omega_hi", e.hi);
		analyse_put_seed(a->result, &how);
	}
	return true;
}

const struct method analyse_item_methods[] = {
	{ "item_analysis", "responses.csv",
	  "difficulty, discrimination, alpha without the item", item_analysis },
	{ "reliability", "responses.csv",
	  "alpha with Feldt limits, omega, residual correlations",
	  reliability },
	{ .name = NULL },
};
