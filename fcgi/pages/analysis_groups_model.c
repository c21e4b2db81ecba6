/*
 * analysis_groups_model.c: the part "groups" on the page: tiers. Departments
 * are analysis_units_model.c.
 */
#include "pages/analysis_groups_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>
#include <string.h>

static const char *say(const struct words *w, const char *key)
{
	return request_text(w->rq, key);
}

/* "an_groups.<which>_<word>" */
static const char *word_text(const struct words *w, const char *which,
			     const char *word)
{
	return say(w,
		   arena_printf(&w->cx->arena, "an_groups.%s_%s", which, word));
}

static const char *rounded(const struct words *w, const json_t *o,
			   const char *key, int decimals)
{
	const double v = kept_number(o, key);

	return isnan(v) ? "–"
			: arena_printf(&w->cx->arena, "%.*f", decimals, v);
}

static const char *group_name(const struct words *w, const json_t *kept,
			      int64_t at)
{
	return kept_text(
		w, json_array_get(json_object_get(kept, "groups"), (size_t)at),
		"name");
}

/* Points of a chart: the tiers with their means. */
static void tiers_chart(const struct words *w, json_t *chart,
			const json_t *kept, const json_t *figures,
			const char *label, bool percent)
{
	struct chart_series s = chart_series(chart, label, true);
	const json_t *o;
	size_t i;

	json_array_foreach(figures, i, o) {
		const struct figure f = kept_figure(o, "mean");

		model_item_text(model_list(chart, "categories"),
				group_name(w, kept, (int64_t)i));
		chart_figure(&s, &f, percent);
	}
}

/* The pairs of which something can be said, and how many there are. */
static void pairs(const struct words *w, json_t *m, const json_t *kept,
		  const json_t *outcome)
{
	json_t *rows = model_list(m, "pairs");
	const json_t *p;
	size_t i;

	json_array_foreach(json_object_get(outcome, "pairs"), i, p) {
		const struct figure d = kept_figure(p, "difference");
		const char *a = group_name(w, kept, kept_int(p, "a"));
		const char *b = group_name(w, kept, kept_int(p, "b"));
		json_t *row = model_item(rows);

		model_text(row, "label",
			   text_fill(&w->cx->arena, say(w, "an_groups.pair"),
				     "a", a, "b", b, NULL));
		model_figure(w, row, "difference", &d, UNIT_SHARE_CHANGE);
		model_text(row, "delta_text", rounded(w, p, "delta", 2));
		if (!isnan(kept_number(p, "lo")))
			model_text(row, "delta_range",
				   text_fill(&w->cx->arena,
					     say(w, "stat.interval"), "lo",
					     rounded(w, p, "lo", 2), "hi",
					     rounded(w, p, "hi", 2), NULL));
		model_text(row, "p_text", p_text(w, kept_number(p, "p")));
		model_text(
			row, "reading",
			text_fill(&w->cx->arena,
				  word_text(w, "pair", kept_word(p, "verdict")),
				  "a", a, "b", b, NULL));
	}
}

static const char *test_text(const struct words *w, const char *key,
			     const json_t *test, const json_t *outcome)
{
	const json_t *trend = json_object_get(outcome, "trend");
	const double df2 = kept_number(test, "df2");
	/* Welch's are between whole numbers, those of a regression not. */
	const bool has_part = fabs(df2 - round(df2)) > 0.01;

	return text_fill(
		&w->cx->arena, say(w, key), "f", rounded(w, test, "f", 2),
		"df1", rounded(w, test, "df1", 0), "df2",
		rounded(w, test, "df2", has_part ? 1 : 0), "p",
		p_text(w, kept_number(test, "p")), "h",
		rounded(w, test, "h", 2), "df", rounded(w, test, "df", 0), "e",
		rounded(w, outcome, "epsilon2", 3), "elo",
		rounded(w, outcome, "epsilon2_lo", 3), "ehi",
		rounded(w, outcome, "epsilon2_hi", 3), "r",
		rounded(w, trend, "r", 2), "rlo", rounded(w, trend, "lo", 2),
		"rhi", rounded(w, trend, "hi", 2), "z",
		rounded(w, trend, "z", 2), "trend",
		p_text(w, kept_number(trend, "p")), NULL);
}

/* ---- score ---------------------------------------------------------------
 */

static void outcome(const struct words *w, json_t *m, const json_t *kept,
		    const json_t *o, bool is_year)
{
	const char *key = kept_word(o, "key");
	const bool is_after = text_equals(key, "after");
	const char *label = say(w, is_after ? "an_groups.label_after"
					    : "an_groups.label_change");
	json_t *row = model_item(model_list(m, "outcomes"));

	model_text(row, "chart", is_after ? "groups_after" : "groups_change");
	model_text(row, "statement",
		   word_text(w, is_after ? "after" : "change",
			     kept_word(o, "verdict")));
	model_text(row, "base",
		   text_fill(&w->cx->arena,
			     say(w, is_year    ? "an_groups.base_year"
				    : is_after ? "an_groups.base_after"
					       : "an_groups.base_change"),
			     "what", label, NULL));
	model_text(row, "test",
		   test_text(w, "an_groups.welch", json_object_get(o, "welch"),
			     o));
	pairs(w, row, kept, o);
}

/* "after" or "change" by its name; of a year, that it is a difference. */
static const char *label_of(const struct words *w, bool is_after, bool is_year)
{
	const char *label = say(w, is_after ? "an_groups.label_after"
					    : "an_groups.label_change");

	return is_year ? text_fill(&w->cx->arena, say(w, "an_groups.axis_year"),
				   "what", label, NULL)
		       : label;
}

static void outcome_chart(const struct words *w, json_t *charts,
			  const json_t *kept, const json_t *o, bool is_year)
{
	const bool is_after = text_equals(kept_word(o, "key"), "after");
	json_t *c =
		chart_new(charts, is_after ? "groups_after" : "groups_change",
			  "interval", is_after && !is_year ? "%" : "", 0);
	const char *label = label_of(w, is_after, is_year);

	model_text(model_object(c, "axis"), "name", label);
	tiers_chart(w, c, kept, json_object_get(o, "groups"), label, true);
	if (is_year || !is_after) {
		model_real(c, "reference", 0.0);
		model_text(c, "reference_text",
			   say(w, is_year ? "an_groups.course_mean"
					  : "an_groups.no_change"));
	}
}

static const json_t *figure_at(const json_t *list, size_t i)
{
	return json_array_get(list, i);
}

/* One line a tier, with what is known of it. */
static void tier_rows(const struct words *w, json_t *m, const json_t *kept,
		      bool is_year)
{
	const json_t *outcomes = json_object_get(kept, "outcomes");
	const json_t *after =
		json_object_get(json_array_get(outcomes, 0), "groups");
	const json_t *change =
		json_object_get(json_array_get(outcomes, 1), "groups");
	const json_t *adjusted = json_object_get(kept, "adjusted"), *g;
	const json_t *list = json_object_get(adjusted, "groups");
	size_t i;

	json_array_foreach(json_object_get(kept, "groups"), i, g) {
		const struct figure a =
			kept_figure(figure_at(after, i), "mean");
		const struct figure c =
			kept_figure(figure_at(change, i), "mean");
		const struct figure d =
			kept_figure(figure_at(list, i), "difference");
		json_t *row = model_item(model_list(m, "rows"));

		model_text(row, "name", kept_text(w, g, "name"));
		model_figure(w, row, "after", &a,
			     is_year ? UNIT_SHARE_CHANGE : UNIT_SHARE);
		model_figure(w, row, "change", &c, UNIT_SHARE_CHANGE);
		model_figure(w, row, "adjusted", &d, UNIT_SHARE_CHANGE);
		model_bool(row, "is_reference",
			   json_is_array(list) &&
				   (size_t)kept_int(adjusted, "reference") ==
					   i);
	}
	model_text(m, "label_after", label_of(w, true, is_year));
	model_text(m, "label_change", label_of(w, false, is_year));
	model_bool(m, "has_adjusted", json_is_array(list));
	model_text(m, "adjusted_text",
		   json_is_array(list)
			   ? test_text(w, "an_groups.adjusted",
				       json_object_get(adjusted, "test"), NULL)
			   : "");
}

/* Why two groups or more could not be compared. */
static const char *why(const struct words *w, const json_t *kept)
{
	const int64_t least = kept_int(kept, "least");
	struct arena *a = &w->cx->arena;

	if (text_equals(kept_word(kept, "status"), "suppressed"))
		return say(w, "an_groups.suppressed");
	return least ? text_fill(a, say(w, "analysis.too_few"), "least",
				 text_from_count(a, least), "n",
				 text_from_count(a, kept_int(kept, "n")), NULL)
		     : say(w, "an_groups.one_group");
}

static bool is_shown(const json_t *kept)
{
	return text_equals(kept_word(kept, "status"), "ok");
}

/* What the score and the ratings begin with. */
static void begin(const struct words *w, json_t *m, const json_t *kept)
{
	struct arena *a = &w->cx->arena;

	model_bool(m, "shown", is_shown(kept));
	model_text(m, "why", is_shown(kept) ? "" : why(w, kept));
	model_text(m, "people",
		   text_fill(a, say(w, "an_groups.people"), "n",
			     text_from_count(a, kept_int(kept, "n")), "base",
			     text_from_count(a, kept_int(kept, "base")), NULL));
	model_bool(m, "merged", kept_bool(kept, "merged"));
	model_bool(m, "hidden", kept_bool(kept, "hidden"));
}

static void score(const struct words *w, json_t *m, const json_t *kept,
		  json_t *charts, bool is_year)
{
	const json_t *o;
	size_t i;

	begin(w, m, kept);
	if (!is_shown(kept))
		return;
	json_array_foreach(json_object_get(kept, "outcomes"), i, o) {
		outcome(w, m, kept, o, is_year);
		outcome_chart(w, charts, kept, o, is_year);
	}
	tier_rows(w, m, kept, is_year);
}

/* ---- ratings -------------------------------------------------------------
 */

static void rating(const struct words *w, json_t *rows, const json_t *it)
{
	json_t *row = model_item(rows), *cells = model_list(row, "cells");
	const json_t *g;
	size_t i;

	model_text(row, "text", kept_text(w, it, "text"));
	json_array_foreach(json_object_get(it, "groups"), i, g) {
		const struct figure f = kept_figure(g, "mean");

		model_figure(w, model_item(cells), "mean", &f, UNIT_POINTS);
	}
	model_text(row, "p_text", p_text(w, kept_number(it, "p")));
	model_text(row, "reading",
		   word_text(w, "rating", kept_word(it, "verdict")));
}

static bool differs(const json_t *it)
{
	const char *word = kept_word(it, "verdict");

	return text_equals(word, "upper_higher") ||
	       text_equals(word, "lower_higher") || text_equals(word, "differ");
}

static void ratings(const struct words *w, json_t *m, const json_t *kept,
		    json_t *charts)
{
	const json_t *list = json_object_get(kept, "items"), *it, *g;
	const json_t *first = json_array_get(list, 0);
	const char *text = kept_text(w, first, "text");
	int64_t different = 0;
	json_t *c;
	size_t i;

	begin(w, m, kept);
	if (!is_shown(kept))
		return;
	json_array_foreach(json_object_get(kept, "groups"), i, g) {
		json_t *o = model_item(model_list(m, "tiers"));

		model_text(o, "name", kept_text(w, g, "name"));
		model_text(o, "n_text",
			   text_with_n(w, "stat.n", kept_int(g, "n")));
	}
	json_array_foreach(list, i, it) {
		rating(w, model_list(m, "rows"), it);
		different += differs(it) ? 1 : 0;
	}
	model_text(m, "statement",
		   different
			   ? text_with_n(w, "an_groups.ratings_some", different)
			   : say(w, "an_groups.ratings_none"));
	model_text(m, "figure_base",
		   text_fill(&w->cx->arena, say(w, "an_groups.ratings_base"),
			     "text", text, NULL));
	model_text(m, "pairs_caption",
		   text_fill(&w->cx->arena, say(w, "an_groups.pairs_first"),
			     "text", text, NULL));
	model_text(m, "test",
		   text_fill(&w->cx->arena,
			     test_text(w, "an_groups.kruskal", first, first),
			     "text", text, NULL));
	pairs(w, m, kept, first);
	c = chart_new(charts, "groups_rating", "interval", "", 2);
	model_text(model_object(c, "axis"), "name", say(w, "stat.unit_points"));
	tiers_chart(w, c, kept, json_object_get(first, "groups"), text, false);
}

void analysis_groups_model(const struct words *w, json_t *m, const json_t *part,
			   json_t *charts)
{
	const bool is_year = kept_bool(part, "is_year");

	model_bool(m, "is_year", is_year);
	score(w, model_object(m, "score"), json_object_get(part, "score"),
	      charts, is_year);
	ratings(w, model_object(m, "ratings"), json_object_get(part, "ratings"),
		charts);
	analysis_units_model(w, m, json_object_get(part, "units"), charts);
	model_what(w, model_object(m, "about_score"), "what",
		   "an_groups.what_score");
	model_what(w, model_object(m, "about_adjusted"), "what",
		   "an_groups.what_adjusted");
	model_what(w, model_object(m, "about_ratings"), "what",
		   "an_groups.what_ratings");
	model_what(w, model_object(m, "about_units"), "what",
		   "an_groups.what_units");
}
