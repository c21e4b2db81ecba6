/*
 * analysis_dimension_model.c: whether the questions of each score measure one
 * thing, in the part "reliability" of the page.
 */
#include "pages/analysis_reliability_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

#define FREE 4   /* questions from which one factor can be wrong */
#define WEAK 0.3 /* loading below which a question hardly goes along */

static const char *said(const struct words *w, const char *key)
{
	return request_text(w->rq, key);
}

/* Why a score could not be checked. */
static const char *why(const struct words *w, const json_t *s, const json_t *d)
{
	if (kept_int(s, "k") < FREE)
		return text_with_n(w, "an_reliability.dim_few_items", FREE);
	if (kept_int(d, "least"))
		return text_with_n(w, "an_reliability.dim_few_people",
				   kept_int(d, "least"));
	return said(w, "an_reliability.dim_no_model");
}

/* How many pairs stand out, of how many; or that none does. */
static const char *statement(const struct words *w, const json_t *d)
{
	const json_t *pairs = json_object_get(d, "pairs"), *p;
	struct arena *a = &w->cx->arena;
	const char *key = TEXT_KEY("an_reliability.dim_none");
	size_t i, sure = 0;

	if (!kept_int(d, "compared"))
		return said(w, "an_reliability.dim_no_pairs");
	json_array_foreach(pairs, i, p)
		sure += kept_bool(p, "sure") ? 1 : 0;
	if (json_array_size(pairs))
		key = sure ? TEXT_KEY("an_reliability.dim_some")
			   : TEXT_KEY("an_reliability.dim_perhaps");
	return text_fill(a, said(w, key), "all",
			 text_from_count(a, kept_int(d, "compared")), "found",
			 text_from_count(a, (int64_t)json_array_size(pairs)),
			 "sure", text_from_count(a, (int64_t)sure), NULL);
}

static void pair(const struct words *w, json_t *m, const json_t *p)
{
	const double residual = kept_number(p, "residual");
	const bool sure = kept_bool(p, "sure");

	model_text(m, "a", kept_text(w, p, "a"));
	model_text(m, "b", kept_text(w, p, "b"));
	model_real(m, "residual", residual);
	model_text(m, "residual_text",
		   number_text(w, residual, 0, UNIT_SIGNED));
	model_bool(m, "sure", sure);
	model_text(m, "says",
		   said(w, !sure ? TEXT_KEY("an_reliability.dim_chance")
			   : residual > 0.0
				   ? TEXT_KEY("an_reliability.dim_same")
				   : TEXT_KEY("an_reliability.dim_apart")));
}

/* Questions that hardly go along with the others, or against them. */
static const char *weak_text(const struct words *w, const json_t *d)
{
	const json_t *items = json_object_get(d, "items"), *o;
	struct arena *a = &w->cx->arena;
	size_t i, known = 0, weak = 0;

	json_array_foreach(items, i, o) {
		const double loading = kept_number(o, "loading");

		known += isnan(loading) ? 0 : 1;
		weak += loading < WEAK ? 1 : 0;
	}
	if (!weak)
		return "";
	return text_fill(a,
			 said(w, 2 * weak >= known
					 ? TEXT_KEY("an_reliability.dim_loose")
					 : TEXT_KEY("an_reliability.dim_weak")),
			 "weak", text_from_count(a, (int64_t)weak), "all",
			 text_from_count(a, (int64_t)known), NULL);
}

static void one_score(const struct words *w, json_t *m, const json_t *s)
{
	const json_t *d = json_object_get(s, "dimension"), *o;
	json_t *list = model_list(m, "pairs");
	size_t i;

	model_text(m, "name", reliability_scale_name(w, s));
	model_text(m, "n_text", text_with_n(w, "stat.n", kept_int(d, "n")));
	model_text(m, "statement", statement(w, d));
	model_text(m, "weak_text", weak_text(w, d));
	json_array_foreach(json_object_get(d, "pairs"), i, o)
		pair(w, model_item(list), o);
	model_bool(m, "has_pairs", json_array_size(list) > 0);
	list = model_list(m, "items");
	json_array_foreach(json_object_get(d, "items"), i, o) {
		const double loading = kept_number(o, "loading");
		json_t *item = model_item(list);

		model_text(item, "text", kept_text(w, o, "text"));
		model_real(item, "loading", loading);
		model_text(item, "loading_text",
			   number_text(w, loading, 0, UNIT_NUMBER));
	}
}

/* The scores that could not be checked, together by the reason. */
static void put_open(const struct words *w, json_t *list, const json_t *s)
{
	const json_t *d = json_object_get(s, "dimension");
	const char *reason = why(w, s, d), *before;
	json_t *m = NULL, *o;
	size_t i;

	json_array_foreach(list, i, o)
		if (text_equals(kept_word(o, "why"), reason))
			m = o;
	before = m ? arena_printf(&w->cx->arena, "%s%s", kept_word(m, "names"),
				  said(w, "an_reliability.dim_comma"))
		   : "";
	if (!m)
		m = model_item(list);
	model_text(m, "why", reason);
	model_text(m, "names",
		   arena_printf(&w->cx->arena, "%s%s (%s)", before,
				reliability_scale_name(w, s),
				text_with_n(w, "stat.n", kept_int(d, "n"))));
}

void analysis_dimension_model(const struct words *w, json_t *m,
			      const json_t *scales)
{
	json_t *list = model_list(m, "scores"), *open = model_list(m, "open");
	const json_t *s;
	size_t i;

	model_what(w, m, "what", "an_reliability.what_dimension");
	json_array_foreach(scales, i, s) {
		if (kept_is_ok(json_object_get(s, "dimension")))
			one_score(w, model_item(list), s);
		else
			put_open(w, open, s);
	}
	model_bool(m, "has_scores", json_array_size(list) > 0);
}
