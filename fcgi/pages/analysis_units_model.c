/*
 * analysis_units_model.c: departments, in the order of the organisation.
 */
#include "pages/analysis_groups_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

static const char *say(const struct words *w, const char *key)
{
	return request_text(w->rq, key);
}

static enum figure_unit unit_of(const char *key)
{
	if (text_equals(key, "change"))
		return UNIT_SHARE_CHANGE;
	return text_equals(key, "overall") ? UNIT_POINTS : UNIT_SHARE;
}

/* What is compared, in words. */
static const char *what_text(const struct words *w, const json_t *kept,
			     bool is_year)
{
	const char *key = kept_word(kept, "key");
	struct arena *a = &w->cx->arena;

	if (is_year && text_equals(key, "change"))
		return say(w, "an_groups.unit_change_year");
	return text_fill(a, say(w, arena_printf(a, "an_groups.unit_%s", key)),
			 "skill", kept_text(w, kept, "skill"), NULL);
}

/* Names of the departments with this verdict; "" for none. */
static const char *named(const struct words *w, const json_t *kept,
			 const char *verdict)
{
	const char *names = "";
	const json_t *g;
	size_t i;

	json_array_foreach(json_object_get(kept, "groups"), i, g)
		if (text_equals(kept_word(g, "verdict"), verdict))
			names = arena_printf(&w->cx->arena, "%s%s%s", names,
					     *names ? say(w, "an_groups.and")
						    : "",
					     kept_text(w, g, "name"));
	return names;
}

static const char *statement(const struct words *w, const json_t *kept,
			     const char *what)
{
	struct arena *a = &w->cx->arena;
	const char *status = kept_word(kept, "status");
	const char *high = named(w, kept, "high"), *low = named(w, kept, "low");
	const struct figure mean = kept_figure(kept, "mean");
	const char *key = "an_groups.units_none";

	if (text_equals(status, "too_few"))
		key = "an_groups.units_few";
	else if (text_equals(status, "not_identified"))
		key = "an_groups.units_alike";
	else if (!text_equals(status, "ok"))
		key = "an_groups.units_failed";
	else if (*high && *low)
		key = "an_groups.units_both";
	else if (*high)
		key = "an_groups.units_high";
	else if (*low)
		key = "an_groups.units_low";
	return text_fill(a, say(w, key), "what", what, "high", high, "low", low,
			 "mean",
			 figure_text(w, &mean, unit_of(kept_word(kept, "key"))),
			 "units", text_from_count(a, kept_int(kept, "units")),
			 "least", text_from_count(a, kept_int(kept, "least")),
			 NULL);
}

static const char *base(const struct words *w, const json_t *kept)
{
	struct arena *a = &w->cx->arena;
	const char *key = kept_word(kept, "key");
	const struct figure mean = kept_figure(kept, "mean");
	const int64_t hidden = kept_int(kept, "hidden");
	const double icc = kept_number(kept, "icc");
	const char *text =
		text_fill(a, say(w, "an_groups.units_base"), "mean",
			  figure_text(w, &mean, unit_of(key)), "n",
			  text_from_count(a, kept_int(kept, "n")), NULL);

	if (!isnan(icc))
		text = arena_printf(
			a, "%s%s", text,
			text_fill(a, say(w, "an_groups.icc"), "icc",
				  arena_printf(a, "%.0f%%", 100.0 * icc),
				  NULL));
	if (hidden)
		text = arena_printf(a, "%s%s", text,
				    text_with_n(w, "an_groups.units_hidden",
						hidden));
	return text;
}

static void rows(const struct words *w, json_t *m, const json_t *kept,
		 json_t *chart, const char *what)
{
	const char *key = kept_word(kept, "key");
	const bool percent = unit_of(key) != UNIT_POINTS;
	struct chart_series s = chart_series(chart, what, true);
	const json_t *g;
	size_t i;

	json_array_foreach(json_object_get(kept, "groups"), i, g) {
		const struct figure f = kept_figure(g, "figure");
		const char *name = kept_text(w, g, "name");
		const char *verdict = kept_word(g, "verdict");
		json_t *row = model_item(model_list(m, "rows"));

		model_text(row, "name", name);
		model_figure(w, row, "figure", &f, unit_of(key));
		model_text(row, "verdict",
			   say(w, arena_printf(&w->cx->arena,
					       "an_groups.verdict_%s",
					       *verdict ? verdict : "none")));
		model_item_text(model_list(chart, "categories"), name);
		chart_figure(&s, &f, percent);
	}
}

static void one(const struct words *w, json_t *list, const json_t *kept,
		json_t *charts, bool is_year)
{
	struct arena *a = &w->cx->arena;
	const char *what = what_text(w, kept, is_year);
	const char *key = kept_word(kept, "key");
	const bool shown = text_equals(kept_word(kept, "status"), "ok");
	const struct figure mean = kept_figure(kept, "mean");
	json_t *m = model_item(list), *chart;

	model_bool(m, "shown", shown);
	model_text(m, "statement", statement(w, kept, what));
	model_text(m, "base", base(w, kept));
	model_text(m, "chart", arena_printf(a, "groups_unit_%s", key));
	model_text(m, "method_text",
		   method_text(
			   w, kept_word(json_object_get(
						json_array_get(
							json_object_get(
								kept, "groups"),
							0),
						"figure"),
					"method")));
	model_text(m, "caption", what);
	if (!shown)
		return;
	chart = chart_new(charts, arena_printf(a, "groups_unit_%s", key),
			  "interval", unit_of(key) == UNIT_SHARE ? "%" : "",
			  unit_of(key) == UNIT_POINTS ? 2 : 0);
	model_text(model_object(chart, "axis"), "name", what);
	model_real(chart, "reference",
		   unit_of(key) == UNIT_POINTS ? mean.value
					       : 100.0 * mean.value);
	model_text(chart, "reference_text", say(w, "an_groups.whole"));
	rows(w, m, kept, chart, what);
}

/* Where nothing can be compared for want of departments, said once. */
static const char *few_text(const struct words *w, const json_t *units)
{
	struct arena *a = &w->cx->arena;
	int64_t most = 0;
	const json_t *kept;
	size_t i;

	json_array_foreach(units, i, kept) {
		if (!text_equals(kept_word(kept, "status"), "too_few"))
			return "";
		if (kept_int(kept, "units") > most)
			most = kept_int(kept, "units");
	}
	return i < 2 ? ""
		     : text_fill(a, say(w, "an_groups.units_few_all"), "units",
				 text_from_count(a, most), "least",
				 text_from_count(
					 a, kept_int(json_array_get(units, 0),
						     "least")),
				 NULL);
}

void analysis_units_model(const struct words *w, json_t *m, const json_t *units,
			  json_t *charts)
{
	json_t *list = model_list(m, "units");
	const json_t *kept;
	size_t i;

	model_text(m, "units_few", few_text(w, units));
	json_array_foreach(units, i, kept)
		one(w, list, kept, charts,
		    json_is_true(json_object_get(m, "is_year")));
}
