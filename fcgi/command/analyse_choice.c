/*
 * analyse_choice.c: chosen options, fairness of items, tables of counts.
 */
#include "base/text.h"
#include "command/analyse.h"

#include <math.h>

/* The number of an option among k names, k when it is none of them. */
static size_t option_of(const char *const *name, size_t k, const char *word)
{
	size_t i = 0;

	while (i < k && !text_equals(name[i], word))
		i++;
	return i;
}

/* Option numbers of all cells; a word that is no option is option k. */
static const size_t *choices(struct analysis *a, const struct sheet *s,
			     const char *const *name, size_t k)
{
	size_t *out = ARENA_ARRAY(a->arena, size_t, s->rows * s->cols);

	for (size_t i = 0; i < s->rows * s->cols; i++)
		out[i] = s->cell[i] ? option_of(name, k, s->cell[i])
				    : AN_OMITTED;
	return out;
}

/* The right option of every column of s, from key.csv. */
static const size_t *keys(struct analysis *a, const struct sheet *s,
			  const char *const *name, size_t k)
{
	const struct sheet *t = analyse_sheet(a, 1);
	const char **item = t ? analyse_texts(a, t, "item") : NULL;
	const char **key = item ? analyse_texts(a, t, "key") : NULL;
	size_t *out = ARENA_ARRAY(a->arena, size_t, s->cols);

	for (size_t j = 0; key && j < s->cols; j++) {
		out[j] = k;
		for (size_t i = 0; i < t->rows; i++)
			if (item[i] && text_equals(item[i], s->header[j]))
				out[j] = option_of(name, k, key[i]);
		if (out[j] == k) {
			analyse_refuse(a,
				       "%s has no valid key of item "
				       "\"%.60s\"",
				       t->path, s->header[j]);
			return NULL;
		}
	}
	return key ? out : NULL;
}

static void put_option(json_t *t, const char *item, const char *name,
		       const struct an_option *o)
{
	model_item_text(model_list(t, "item"), item);
	model_item_text(model_list(t, "option"), name);
	model_item_int(model_list(t, "is_key"), o->is_key);
	model_item_int(model_list(t, "n"), (int64_t)o->n);
	model_item_real(model_list(t, "prop"), o->share);
	model_item_real(model_list(t, "mean_rest"), o->mean_rest);
	model_item_real(model_list(t, "r_option_rest"), o->r);
	model_item_real(model_list(t, "prop_upper"), o->share_upper);
	model_item_real(model_list(t, "prop_lower"), o->share_lower);
	model_item_int(model_list(t, "functioning"), o->functioning);
	model_item_int(model_list(t, "dead"), o->dead);
	model_item_int(model_list(t, "rivals_key"), o->rivals_key);
	model_item_int(model_list(t, "key_backwards"), o->backwards);
}

static bool distractor(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	size_t k;
	const char **name = analyse_list(a, "options", &k);
	const size_t *choice, *key;
	struct an_choices all;
	struct an_option *o;
	json_t *table;

	if (!name)
		return REFUSE(a, "option options lists the options");
	if (!s || a->problem || !(key = keys(a, s, name, k)))
		return false;
	choice = choices(a, s, name, k);
	/* One option more, for words that are none; it is not printed. */
	o = ARENA_ARRAY(a->arena, struct an_option, s->cols * (k + 2));
	all = an_distractors(choice, s->rows, s->cols, key, k + 1, o);
	model_int(a->result, "n", (int64_t)all.n);
	model_int(a->result, "upper_n", (int64_t)all.upper_n);
	model_int(a->result, "lower_n", (int64_t)all.lower_n);
	analyse_status(a->result, all.status);
	table = model_object(a->result, "table");
	for (size_t j = 0; j < s->cols && all.status != AN_EMPTY; j++)
		for (size_t c = 0; c <= k; c++)
			put_option(table, s->header[j],
				   c < k ? name[c] : "omit",
				   &o[j * (k + 2) + c + (c == k ? 1 : 0)]);
	return true;
}

#define D(key, member) FIELD_AS(struct an_dif, key, member)

static const struct field dif_fields[] = {
	D("strata_used", strata_used),
	D("mh_or", mh_or),
	D("se_log_or", se_log_or),
	D("mh_chi2_cc", chi2),
	D("p", p),
	D("ets_delta", delta),
	D("ets_delta_se", delta_se),
	D("ets_class", ets_class),
	{ .key = NULL },
};

/* An odds ratio without end as a text, as F of a perfect regression is. */
static json_t *endless(int lost, bool delta)
{
	if (delta)
		return json_string(lost > 0 ? "-Inf" : "Inf");
	return lost > 0 ? json_string("Inf") : json_real(0.0);
}

/* Who is in the focal group; NULL after refusing. */
static const bool *focal_group(struct analysis *a, const struct sheet *s)
{
	const char **group = s ? analyse_texts(a, s, "group") : NULL;
	const char *focal = analyse_name(a, "focal");
	bool *out;
	size_t n = 0;

	if (!group || a->problem)
		return NULL;
	out = ARENA_ARRAY(a->arena, bool, s->rows);
	for (size_t i = 0; i < s->rows; i++) {
		if (!group[i]) {
			analyse_refuse(a, "a group name is missing in line %zu",
				       i + 2);
			return NULL;
		}
		out[i] = focal && text_equals(group[i], focal);
		n += out[i] ? 1 : 0;
	}
	if (!n && s->rows) {
		analyse_refuse(a, "option focal must name one of the groups");
		return NULL;
	}
	return out;
}

static bool dif(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const bool *focal = focal_group(a, s);
	const char **word = focal ? analyse_texts(a, s, "stratum") : NULL;
	const double *right = word ? analyse_numbers(a, s, "correct") : NULL;
	struct levels strata;
	struct an_dif o;
	double *score;

	if (!right || !analyse_levels(a, word, s->rows, NULL, &strata))
		return false;
	score = ARENA_ARRAY(a->arena, double, s->rows);
	for (size_t i = 0; i < s->rows; i++)
		score[i] = (double)strata.level[i];
	o = an_dif(score, focal, right, s->rows);
	if (o.status == AN_BAD_INPUT)
		return REFUSE(a, "correct must be 0 or 1 everywhere");
	analyse_record(a->result, dif_fields, &o);
	if (o.lost) {
		json_object_set_new(a->result, "mh_or", endless(o.lost, false));
		json_object_set_new(a->result, "ets_delta",
				    endless(o.lost, true));
	}
	analyse_status(a->result, o.status);
	return true;
}

/* The other columns, wherever the group stands. */
static struct sheet without_group(struct analysis *a, const struct sheet *s)
{
	struct sheet out = { .path = s->path, .rows = s->rows };
	size_t at = 0;

	out.header = ARENA_ARRAY(a->arena, const char *, s->cols);
	out.cell = ARENA_ARRAY(a->arena, const char *, s->rows * s->cols);
	for (size_t j = 0; j < s->cols; j++)
		if (!text_equals(s->header[j], "group"))
			out.header[out.cols++] = s->header[j];
	for (size_t i = 0; i < s->rows; i++)
		for (size_t j = 0; j < s->cols; j++)
			if (!text_equals(s->header[j], "group"))
				out.cell[at++] = s->cell[i * s->cols + j];
	return out;
}

static bool dif_items(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const bool *focal = focal_group(a, s);
	struct sheet items;
	struct an_dif *o;
	struct an_table t;

	if (!focal)
		return false;
	items = without_group(a, s);
	if (!analyse_matrix(a, &items, 0, &t))
		return false;
	o = ARENA_ARRAY(a->arena, struct an_dif, t.k);
	an_dif_items(&t, focal, o);
	analyse_put_texts(a->result, "item", items.header, t.k);
	analyse_columns(a->result, dif_fields, o, t.k, sizeof(*o));
	for (size_t j = 0; j < t.k; j++) {
		if (o[j].status == AN_BAD_INPUT)
			return REFUSE(a, "items hold 0, 1 and blanks");
		model_item_text(model_list(a->result, "status"),
				an_status_name(o[j].status));
		if (!o[j].lost)
			continue;
		json_array_set_new(model_list(a->result, "mh_or"), j,
				   endless(o[j].lost, false));
		json_array_set_new(model_list(a->result, "ets_delta"), j,
				   endless(o[j].lost, true));
	}
	return true;
}

#define X(member) FIELD(struct an_crosstab, member)

static bool crosstab(struct analysis *a)
{
	static const struct field fields[] = {
		X(n),
		X(chi2),
		X(df),
		X(p),
		X(min_expected),
		X(share_5),
		X(p_monte_carlo),
		X(cramers_v),
		X(cramers_v_bc),
		{ .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	const struct an_resampling how = analyse_resampling(a, 9999, 1000000);
	const bool monte_carlo = analyse_flag(a, "monte_carlo", false);
	struct an_crosstab o;
	struct an_table t;
	double *r, *p;

	if (!s || !analyse_matrix(a, s, 0, &t) || a->problem)
		return false;
	r = ARENA_ARRAY(a->arena, double, t.n *t.k);
	p = ARENA_ARRAY(a->arena, double, t.n *t.k);
	o = an_crosstab(&t, r, p, NULL);
	if (o.status == AN_BAD_INPUT)
		return REFUSE(a, "counts must be whole numbers");
	if (monte_carlo && (o.n > AN_CROSSTAB_MOST ||
			    o.n * (double)how.resamples > AN_CROSSTAB_DRAWS))
		return REFUSE(a,
			      "%.0f people are too many for B = %zu random "
			      "tables: %.0f at most, and %.0f times B",
			      o.n, how.resamples, AN_CROSSTAB_MOST,
			      AN_CROSSTAB_DRAWS);
	if (o.status == AN_OK &&
	    (monte_carlo || o.min_expected < 1.0 || o.share_5 < 0.8)) {
		o = an_crosstab(&t, r, p, &how);
		if (!isnan(o.p_monte_carlo))
			analyse_put_seed(a->result, &how);
	}
	analyse_record(a->result, fields, &o);
	analyse_put_matrix(a->result, "adj_residuals", r, t.n, t.k);
	analyse_put_matrix(a->result, "residual_p_holm", p, t.n, t.k);
	analyse_status(a->result, o.status);
	return true;
}

const struct method analyse_choice_methods[] = {
	{ "distractor", "choices.csv, key.csv: item,key",
	  "options of multiple-choice items", distractor },
	{ "dif_mh", "data.csv: stratum,group,correct",
	  "fairness of one item, Mantel-Haenszel", dif },
	{ "dif_mh_items", "responses.csv: group,items",
	  "fairness of every item", dif_items },
	{ "crosstab", "table.csv", "table of counts: chi-square, V, residuals",
	  crosstab },
	{ .name = NULL },
};
