/*
 * analysis_fairness_model.c: the part "fairness" on the page.
 */
#include "pages/analysis_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

static const char *say(const struct words *w, const char *key)
{
	return request_text(w->rq, key);
}

/* Which way, and how much. */
static const char *reading(const struct words *w, const json_t *item,
			   const char *tier)
{
	struct arena *a = &w->cx->arena;
	const char *side = kept_word(item, "favours");
	const char *class = kept_word(item, "class");

	return text_fill(a,
			 say(w,
			     arena_printf(a, "an_fairness.%s_%s",
					  text_equals(class, "C") ? "class_c"
								  : "favours",
					  side)),
			 "tier", tier, NULL);
}

/* Somebody should look at it; what is slight is no trouble. */
static bool is_trouble(const json_t *item)
{
	const char *side = kept_word(item, "favours");

	return text_equals(side, "tier") || text_equals(side, "others");
}

static void items(const struct words *w, json_t *m, const json_t *comparison,
		  json_t *charts, const char *name)
{
	const char *tier = kept_text(w, comparison, "name");
	json_t *rows = model_list(m, "rows");
	json_t *c = chart_new(charts, name, "interval", "", 2);
	struct chart_series s =
		chart_series(c, say(w, "an_fairness.delta"), true);
	const json_t *it;
	int64_t trouble = 0;
	size_t i;

	model_text(model_object(c, "axis"), "name",
		   text_fill(&w->cx->arena, say(w, "an_fairness.axis"), "tier",
			     tier, NULL));
	model_real(c, "reference", 0.0);
	model_text(c, "reference_text", say(w, "an_fairness.no_difference"));
	json_array_foreach(json_object_get(comparison, "items"), i, it) {
		const struct figure delta = kept_figure(it, "delta");
		const char *text = kept_text(w, it, "text");
		json_t *row = model_item(rows);

		model_text(row, "text", text);
		model_figure(w, row, "delta", &delta, UNIT_SIGNED);
		model_text(row, "class", kept_word(it, "class"));
		model_text(row, "reading", reading(w, it, tier));
		model_bool(row, "is_trouble", is_trouble(it));
		trouble += is_trouble(it) ? 1 : 0;
		model_item_text(model_list(c, "categories"),
				short_label(w, text));
		chart_figure(&s, &delta, false);
	}
	model_text(m, "statement",
		   trouble ? text_with_n(w, "an_fairness.some", trouble)
			   : say(w, "an_fairness.none"));
}

static void comparison(const struct words *w, json_t *list, const json_t *kept,
		       json_t *charts, const char *name)
{
	struct arena *a = &w->cx->arena;
	json_t *m = model_item(list);

	model_text(m, "chart", name);
	model_text(m, "heading",
		   text_fill(a, say(w, "an_fairness.heading"), "tier",
			     kept_text(w, kept, "name"), NULL));
	model_text(m, "base",
		   text_fill(a, say(w, "an_fairness.base"), "tier",
			     kept_text(w, kept, "name"), "n",
			     text_from_count(a, kept_int(kept, "n")), "others",
			     text_from_count(a, kept_int(kept, "others")),
			     NULL));
	model_bool(m, "classes", kept_bool(kept, "classes"));
	items(w, m, kept, charts, name);
}

void analysis_fairness_model(const struct words *w, json_t *m,
			     const json_t *part, json_t *charts)
{
	json_t *courses = model_list(m, "courses");
	const json_t *c, *one;
	size_t i, k;

	json_array_foreach(json_object_get(part, "courses"), i, c) {
		json_t *o = model_item(courses);
		json_t *list = model_list(o, "comparisons");

		model_text(o, "title", kept_text(w, c, "title"));
		json_array_foreach(json_object_get(c, "comparisons"), k, one)
			comparison(w, list, one, charts,
				   arena_printf(&w->cx->arena,
						"fairness_%zu_%zu", i, k));
	}
	model_text(m, "method_text", method_text(w, "dif_mh"));
	model_what(w, model_object(m, "about"), "what", "an_fairness.what_dif");
}
