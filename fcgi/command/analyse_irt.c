/*
 * analyse_irt.c: item response models.
 */
#include "base/text.h"
#include "command/analyse.h"

#include <math.h>
#include <string.h>

/* The number behind a phrase in text; false if it is not there. */
static bool number_after(struct analysis *a, const char *text,
			 const char *phrase, double *out)
{
	const char *at = strstr(text, phrase);

	if (!at)
		return false;
	at += strlen(phrase);
	return text_to_f64(
		arena_strndup(a->arena, at, strspn(at, "0123456789.")), out);
}

/*
 * The quadrature: option quadrature as "gauss-hermite N" or "grid N on
 * [-REACH". Sentences of reference_quadrature such as "exact: 721 equally
 * spaced nodes on [-9,9]" are understood too; one without a number says
 * nothing. Default: the library's.
 */
static bool quadrature(struct analysis *a, struct an_irt_options *o)
{
	const char *own = analyse_word(a, "quadrature", NULL);
	const char *text =
		own ? own : analyse_word(a, "reference_quadrature", "");
	const bool hermite = strstr(text, "ermite") != NULL;
	const char *digits = text + strcspn(text, "123456789");
	double n = 121.0, reach = 6.0, *node, *weight;

	o->nodes = (size_t)n;
	if (a->problem || (!own && !*digits))
		return !a->problem;
	if (own && !number_after(a, text, hermite ? "ermite " : "grid ", &n))
		return REFUSE(a, "option quadrature is \"gauss-hermite "
				 "N\" or \"grid N on [-REACH\"");
	if (!own)
		number_after(a, digits, "", &n);
	if (!hermite && !number_after(a, text, "[-", &reach) && own)
		return REFUSE(a, "option quadrature needs its reach");
	if (!(n >= 2.0 && n <= (hermite ? 300.0 : 5001.0)))
		return REFUSE(a, "too few or too many nodes");
	o->nodes = (size_t)n;
	node = ARENA_ARRAY(a->arena, double, o->nodes);
	weight = ARENA_ARRAY(a->arena, double, o->nodes);
	if ((hermite ? an_gauss_hermite(o->nodes, node, weight)
		     : an_normal_grid(o->nodes, reach, node, weight)) != AN_OK)
		return REFUSE(a, "bad quadrature");
	o->node = node;
	o->weight = weight;
	return true;
}

#define S(member) FIELD(struct an_ability, member)

static void put_scores(json_t *o, const char *key, const struct an_ability *s,
		       size_t n)
{
	static const struct field fields[] = {
		S(eap), S(psd), S(wle), S(wle_se), { .key = NULL },
	};

	analyse_columns(key ? model_object(o, key) : o, fields, s, n,
			sizeof(*s));
}

/* All scores, and those of the first rows for quick comparison. */
static void put_all_scores(json_t *o, const struct an_ability *s, size_t n)
{
	static const size_t some[] = { 30, 40 };
	static const char *const key[] = { "scores_first30", "scores_first40" };

	put_scores(o, "scores", s, n);
	for (size_t i = 0; i < 2; i++)
		put_scores(o, key[i], s, n < some[i] ? n : some[i]);
	model_real(o, "eap_reliability", an_eap_reliability(s, n));
}

#define F(member) FIELD(struct an_irt_fit, member)

static void put_fit(json_t *o, const struct an_irt_fit *f, size_t nodes)
{
	static const struct field fields[] = {
		FIELD_AS(struct an_irt_fit, "n_used", n),
		F(loglik),
		F(npar),
		F(aic),
		F(bic),
		FIELD_AS(struct an_irt_fit, "max_abs_gradient", gradient),
		F(g2),
		FIELD_AS(struct an_irt_fit, "em_cycles", cycles),
		{ .key = NULL },
	};

	model_int(o, "quadrature", (int64_t)nodes);
	analyse_record(o, fields, f);
	analyse_status(o, f->status);
}

#define MOST_ITEMS 500 /* a fit takes time by the cube of them */

/* Split off the column of weights, if option weights_column names one. */
static bool answers(struct analysis *a, const struct sheet *s,
		    struct an_table *t, const double **weight,
		    const char ***item)
{
	const char *name = analyse_word(a, "weights_column", NULL);
	double *x = ARENA_ARRAY(a->arena, double, s->rows * s->cols);
	struct an_table all;
	size_t k = 0;

	*item = ARENA_ARRAY(a->arena, const char *, s->cols);
	if (a->problem || !analyse_matrix(a, s, 0, &all))
		return false;
	*weight = name ? analyse_numbers(a, s, name) : NULL;
	if (name && !*weight)
		return false;
	for (size_t j = 0; j < s->cols; j++)
		if (!name || !text_equals(s->header[j], name))
			(*item)[k++] = s->header[j];
	for (size_t i = 0; i < s->rows; i++) {
		size_t at = 0;

		for (size_t j = 0; j < s->cols; j++)
			if (!name || !text_equals(s->header[j], name))
				x[i * k + at++] = an_at(&all, i, j);
	}
	*t = (struct an_table){ x, s->rows, k };
	return true;
}

#define I(member) FIELD(struct an_irt_item, member)

static bool fit(struct analysis *a, struct an_irt_options *options)
{
	static const struct field fields[] = {
		I(a), I(d), I(b), I(se_a), I(se_d), I(se_b), { .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	struct an_irt_item *item;
	struct an_ability *score;
	const double *weight;
	const char **name;
	struct an_irt_fit f;
	struct an_table t;

	options->progress = a->progress;
	if (!s || !quadrature(a, options) ||
	    !answers(a, s, &t, &weight, &name) ||
	    !analyse_at_most(a, "items", t.k, MOST_ITEMS))
		return false;
	item = ARENA_ARRAY(a->arena, struct an_irt_item, t.k);
	score = ARENA_ARRAY(a->arena, struct an_ability, t.n);
	f = an_irt_fit(&t, weight, options, item);
	if (f.status == AN_BAD_INPUT)
		return REFUSE(a, "answers are 0, 1 or blank, weights "
				 "not negative");
	put_fit(a->result, &f, options->nodes);
	analyse_put_texts(a->result, "item", name, t.k);
	analyse_columns(a->result, fields, item, t.k, sizeof(*item));
	if (isnan(f.loglik))
		return true;
	an_irt_score(&t, item, options, score);
	put_all_scores(a->result, score, t.n);
	return true;
}

static bool irt_1pl(struct analysis *a)
{
	struct an_irt_options o = { .model = AN_1PL };

	return fit(a, &o);
}

static bool irt_2pl(struct analysis *a)
{
	struct an_irt_options o = {
		.model = AN_2PL,
		.em_only = analyse_flag(a, "em_only", false),
		.em_tolerance = analyse_number(a, "em_tolerance", 1e-4),
	};

	return fit(a, &o);
}

static bool irt_map(struct analysis *a)
{
	struct an_irt_options o = {
		.model = AN_2PL,
		.sd_log_a = analyse_number(a, "sd_log_a", 0.5),
		.sd_d = analyse_number(a, "sd_d", 3.0),
	};

	if (!(o.sd_log_a > 0.0 && o.sd_d > 0.0))
		return REFUSE(a, "prior sds must be above 0");
	return fit(a, &o);
}

/* Row of the parameters of column j: by its name, else in their order. */
static size_t row_of(const struct sheet *p, const char **name,
		     const struct sheet *s, size_t j)
{
	for (size_t i = 0; name && i < p->rows; i++)
		if (name[i] && text_equals(name[i], s->header[j]))
			return i;
	return name ? p->rows : j;
}

/* Beyond this the grid of abilities is too coarse for the curves. */
#define STEEP 100.0

static bool known_items(struct analysis *a, const struct sheet *p,
			const struct sheet *s, struct an_irt_item *item)
{
	const double *slope = analyse_numbers(a, p, "a");
	const double *level = slope ? analyse_numbers(a, p, "d") : NULL;
	const char **name =
		analyse_has(p, "item") ? analyse_texts(a, p, "item") : NULL;

	for (size_t j = 0; level && j < s->cols; j++) {
		const size_t i = row_of(p, name, s, j);

		if (i >= p->rows)
			return REFUSE(a, "%s has no parameters of \"%.60s\"",
				      p->path, s->header[j]);
		item[j] = (struct an_irt_item){ .a = slope[i], .d = level[i] };
		if (!(slope[i] > 0.0 && slope[i] <= STEEP) ||
		    !(fabs(level[i]) <= STEEP))
			return REFUSE(a,
				      "slopes a must be above 0, and a and "
				      "d at most %g in size",
				      STEEP);
	}
	return level != NULL;
}

static bool irt_score(struct analysis *a)
{
	const struct sheet *p = analyse_sheet(a, 0);
	const struct sheet *s = p ? analyse_sheet(a, 1) : NULL;
	struct an_irt_options options = { .model = AN_2PL,
					  .progress = a->progress };
	struct an_irt_item *item;
	struct an_ability *score;
	struct an_table t;

	if (!s || !analyse_matrix(a, s, 0, &t) || !quadrature(a, &options))
		return false;
	item = ARENA_ARRAY(a->arena, struct an_irt_item, t.k);
	score = ARENA_ARRAY(a->arena, struct an_ability, t.n);
	if (!known_items(a, p, s, item))
		return false;
	for (size_t i = 0; i < t.n * t.k; i++)
		if (!isnan(t.x[i]) && t.x[i] != 0.0 && t.x[i] != 1.0)
			return REFUSE(a, "answers are 0, 1 or blank");
	an_irt_score(&t, item, &options, score);
	put_scores(a->result, NULL, score, t.n);
	model_real(a->result, "eap_reliability",
		   an_eap_reliability(score, t.n));
	analyse_status(a->result, t.n ? AN_OK : AN_EMPTY);
	return true;
}

/* A list of lists: one array of each item. */
static void put_lists(json_t *o, const struct an_grm *g)
{
	for (size_t j = 0; j < g->k; j++) {
		const struct an_grm_item *m = &g->item[j];
		json_t *cats = json_array(), *d = json_array();
		json_t *b = json_array(), *se = json_array();

		for (size_t c = 0; c < m->ncat; c++)
			model_item_real(cats, m->categories[c]);
		for (size_t c = 0; c + 1 < m->ncat; c++) {
			model_item_real(d, m->d[c]);
			model_item_real(b, m->b[c]);
			model_item_real(se, m->se_d[c]);
		}
		json_array_append_new(model_list(o, "observed_categories"),
				      cats);
		json_array_append_new(model_list(o, "d"), d);
		json_array_append_new(model_list(o, "b"), b);
		json_array_append_new(model_list(o, "se_d"), se);
		model_item_real(model_list(o, "a"), m->a);
		model_item_real(model_list(o, "se_a"), m->se_a);
	}
}

static bool grm(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const bool map = analyse_flag(a, "map", false);
	const bool one = analyse_flag(a, "constrained", false);
	struct an_irt_options options = { .model = one ? AN_1PL : AN_2PL,
					  .sd_log_a = map ? 0.5 : 0.0,
					  .sd_d = map ? 3.0 : 0.0,
					  .progress = a->progress };
	struct an_ability *score;
	struct an_table t;
	struct an_grm g;

	if (!s || !quadrature(a, &options) || !analyse_matrix(a, s, 0, &t))
		return false;
	score = ARENA_ARRAY(a->arena, struct an_ability, t.n);
	g = an_grm_fit(&t, &options);
	if (g.fit.status == AN_BAD_INPUT) {
		an_grm_free(&g);
		return REFUSE(a,
			      "too many categories: %d an item and %d slopes "
			      "and thresholds in all at most",
			      AN_GRM_CATEGORIES, AN_GRM_PARAMETERS);
	}
	put_fit(a->result, &g.fit, options.nodes);
	analyse_put_texts(a->result, "item", s->header, t.k);
	if (g.fit.npar) {
		put_lists(a->result, &g);
		an_grm_score(&t, &g, &options, score);
		put_all_scores(a->result, score, t.n);
	}
	an_grm_free(&g);
	return true;
}

const struct method analyse_irt_methods[] = {
	{ "irt_1pl", "responses.csv", "response model with one slope",
	  irt_1pl },
	{ "irt_2pl", "responses.csv", "response model, maximum likelihood",
	  irt_2pl },
	{ "irt_2pl_map", "responses.csv", "response model with priors",
	  irt_map },
	{ "irt_score", "parameters.csv: a,d, responses.csv",
	  "abilities from known items", irt_score },
	{ "grm", "responses.csv", "graded response model for ratings", grm },
	{ .name = NULL },
};
