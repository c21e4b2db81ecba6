/*
 * analysis_trend_model.c: the part "trend" on the page.
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/analysis_model.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>

static const char *word(const struct words *w, const char *prefix,
			const char *which)
{
	return request_text(w->rq, arena_printf(&w->cx->arena, "an_trend.%s%s",
						prefix, which));
}

static const char *year_text(const struct words *w, int64_t year)
{
	return fiscal_year_to_text(&w->cx->arena, (int)year, w->rq->lang);
}

/* A value in the unit of its line; people are whole. */
static const char *value_text(const struct words *w, const char *unit,
			      double value)
{
	if (isnan(value))
		return "–";
	if (text_equals(unit, "count"))
		return text_from_count(&w->cx->arena, llround(value));
	return number_text(w, value, 0,
			   text_equals(unit, "share") ? UNIT_SHARE
						      : UNIT_POINTS);
}

/* "12 to 20" */
static const char *range_text(const struct words *w, const char *unit,
			      double lo, double hi)
{
	if (isnan(lo) || isnan(hi))
		return "";
	return text_fill(&w->cx->arena, request_text(w->rq, "an_trend.range"),
			 "lo", value_text(w, unit, lo), "hi",
			 value_text(w, unit, hi), NULL);
}

/* The years ahead of a line, or of people to reach. */
static void ahead_cells(const struct words *w, json_t *list, const json_t *o,
			const char *unit)
{
	const json_t *year;
	size_t i;

	json_array_foreach(json_object_get(o, "ahead"), i, year) {
		const double value = kept_number(year, "value");
		json_t *cell = model_item(list);

		model_real(cell, "value", value);
		model_text(cell, "text",
			   isnan(value) ? request_text(w->rq, "an_trend.far")
					: value_text(w, unit, value));
		model_text(cell, "half",
			   range_text(w, unit, kept_number(year, "lo50"),
				      kept_number(year, "hi50")));
		model_text(cell, "most",
			   range_text(w, unit, kept_number(year, "lo80"),
				      kept_number(year, "hi80")));
	}
}

static const char *wave_text(const struct words *w, const json_t *wave)
{
	struct arena *a = &w->cx->arena;
	const char *at = kept_word(wave, "at");
	int64_t ms;

	if (*at && instant_from_db(at, &ms)) {
		const struct date d = date_in_japan(ms);

		return text_fill(a, request_text(w->rq, "an_trend.day"), "year",
				 arena_printf(a, "%d", d.year), "month",
				 arena_printf(a, "%02d", d.month), "day",
				 arena_printf(a, "%02d", d.day), NULL);
	}
	return text_fill(
		&w->cx->arena, request_text(w->rq, "an_trend.year"), "year",
		arena_printf(&w->cx->arena, "%" PRId64, kept_int(wave, "year")),
		NULL);
}

/* "Applications", "Need: data": what a line is of. */
static const char *line_name(const struct words *w, const json_t *line)
{
	return text_fill(&w->cx->arena,
			 word(w, "what_line_", kept_word(line, "what")),
			 "skill", kept_text(w, line, "name"), NULL);
}

static const char *whose(const struct words *w, const json_t *o)
{
	const char *tier = kept_text(w, o, "tier_name");

	return *tier ? tier : request_text(w->rq, "an_trend.everybody");
}

/* What may be said about a line in words. */
static const char *note(const struct words *w, const json_t *part,
			const json_t *line)
{
	const char *direction = kept_word(line, "direction");
	const int64_t n = kept_int(line, "n"), least = kept_int(part, "least");
	struct arena *a = &w->cx->arena;

	if (kept_is_ok(line))
		return request_text(
			w->rq,
			*direction
				? arena_printf(a, "an_trend.goes_%s", direction)
			: kept_bool(line, "holt_differs")
				? "an_trend.holt_differs"
			: kept_bool(line, "wide") ? "an_trend.wide"
						  : "an_trend.not_named");
	return text_fill(a, word(w, "too_few_", kept_word(part, "by")), "n",
			 text_from_count(a, n), "least",
			 text_from_count(a, least), NULL);
}

static void line(const struct words *w, json_t *m, const json_t *part,
		 const json_t *kept)
{
	const char *unit = kept_word(kept, "unit");
	json_t *waves = model_list(m, "waves"), *ahead = model_list(m, "ahead");
	const double so_far = kept_number(kept, "so_far");
	const json_t *wave;
	size_t i;

	model_text(m, "what", kept_word(kept, "what"));
	model_text(m, "name", line_name(w, kept));
	model_text(m, "whose", whose(w, kept));
	model_bool(m, "is_whole", !*kept_word(kept, "tier"));
	model_bool(m, "is_broken", kept_bool(kept, "is_broken"));
	model_bool(m, "is_seasonal", kept_bool(kept, "is_seasonal"));
	model_text(m, "note", note(w, part, kept));
	model_bool(m, "is_projected", kept_is_ok(kept));
	json_array_foreach(json_object_get(kept, "waves"), i, wave) {
		json_t *cell = model_item(waves);
		const double value = kept_number(wave, "value");

		model_text(cell, "when", wave_text(w, wave));
		model_real(cell, "value", value);
		model_text(cell, "text", value_text(w, unit, value));
		model_text(cell, "n_text",
			   text_equals(unit, "count")
				   ? ""
				   : text_with_n(w, "stat.n",
						 kept_int(wave, "n")));
	}
	if (!isnan(so_far)) {
		json_t *cell = model_item(waves);

		model_text(cell, "when",
			   request_text(w->rq, "an_trend.this_year"));
		model_text(cell, "text", value_text(w, unit, so_far));
		model_text(cell, "n_text",
			   request_text(w->rq, "an_trend.so_far"));
	}
	ahead_cells(w, ahead, kept, unit);
}

/* Lines of `unit`, those of everybody and those of a tier alike. */
static size_t lines_of(const struct words *w, json_t *list, const json_t *part,
		       const char *unit)
{
	const json_t *kept;
	size_t i, projected = 0;

	json_array_foreach(json_object_get(part, "lines"), i, kept) {
		if (!text_equals(kept_word(kept, "unit"), unit) ||
		    (!json_array_size(json_object_get(kept, "waves")) &&
		     isnan(kept_number(kept, "so_far"))))
			continue; /* nothing of it may be shown */
		line(w, model_item(list), part, kept);
		projected += kept_is_ok(kept) ? 1 : 0;
	}
	return projected;
}

/* One tier: staff, and people for each of the skills. */
static void reach_row(const struct words *w, json_t *m, const json_t *all,
		      const json_t *first)
{
	const char *tier = kept_word(first, "tier");
	json_t *cells = model_list(m, "cells");
	const json_t *kept;
	size_t i;

	model_text(m, "tier", tier);
	model_text(m, "whose", whose(w, first));
	model_text(m, "staff_text",
		   text_from_count(&w->cx->arena, kept_int(first, "staff")));
	json_array_foreach(all, i, kept) {
		const struct figure rate = kept_figure(kept, "rate");
		json_t *o;

		if (!text_equals(kept_word(kept, "tier"), tier))
			continue;
		o = model_item(cells);
		model_text(o, "skill", kept_word(kept, "skill"));
		model_figure(w, o, "rate", &rate, UNIT_SHARE);
		model_real(o, "people", kept_number(kept, "people"));
		model_text(o, "people_text",
			   value_text(w, "count", kept_number(kept, "people")));
		model_text(o, "people_range",
			   range_text(w, "count",
				      kept_number(kept, "people_lo"),
				      kept_number(kept, "people_hi")));
	}
}

/* People to reach: tiers by skills as it is now, and what is projected. */
static void reach(const struct words *w, json_t *m, const json_t *part)
{
	const json_t *all = json_object_get(part, "reach"), *kept;
	json_t *skills = model_list(m, "reach_skills");
	json_t *tiers = model_list(m, "reach");
	json_t *ahead = model_list(m, "reach_ahead");
	const json_t *first = json_array_get(all, 0);
	size_t i;

	json_array_foreach(all, i, kept) {
		json_t *o;

		if (text_equals(kept_word(kept, "tier"),
				kept_word(first, "tier")))
			model_text(model_item(skills), "name",
				   kept_text(w, kept, "name"));
		if (text_equals(kept_word(kept, "skill"),
				kept_word(first, "skill")))
			reach_row(w, model_item(tiers), all, kept);
		if (!json_array_size(json_object_get(kept, "ahead")))
			continue;
		o = model_item(ahead);
		model_text(o, "name", kept_text(w, kept, "name"));
		model_text(o, "whose", whose(w, kept));
		ahead_cells(w, model_list(o, "ahead"), kept, "count");
	}
}

/* A line in its chart: the waves, then the years ahead with 80 % bands. */
static void add_series(const struct words *w, json_t *chart, const json_t *kept)
{
	struct chart_series s = chart_series(chart, line_name(w, kept), true);
	const json_t *o, *all = json_object_get(chart, "series");
	size_t i;

	/* "before" and "after" have colours of their own. */
	model_text(json_array_get(all, json_array_size(all) - 1), "moment",
		   kept_word(kept, "what"));
	json_array_foreach(json_object_get(kept, "waves"), i, o) {
		chart_value(s.values, kept_number(o, "value"), true);
		chart_value(s.low, NAN, true);
		chart_value(s.high, NAN, true);
	}
	json_array_foreach(json_object_get(kept, "ahead"), i, o) {
		chart_value(s.values, kept_number(o, "value"), true);
		chart_value(s.low, kept_number(o, "lo80"), true);
		chart_value(s.high, kept_number(o, "hi80"), true);
	}
}

/*
 * Shares of everybody. Lines in one chart have the same waves: a figure that
 * is hidden in some has fewer, and stays out.
 */
static bool chart(const struct words *w, json_t *charts, const json_t *part)
{
	json_t *c = chart_new(charts, "trend", "trend", "%", 0), *names;
	const json_t *kept, *o, *first = NULL;
	size_t i, k, waves;

	json_array_foreach(json_object_get(part, "lines"), i, kept) {
		if (!text_equals(kept_word(kept, "unit"), "share") ||
		    *kept_word(kept, "tier"))
			continue;
		waves = json_array_size(json_object_get(kept, "waves"));
		if (!first && waves > 1)
			first = kept;
		if (first &&
		    waves == json_array_size(json_object_get(first, "waves")))
			add_series(w, c, kept);
	}
	if (!first)
		return false;
	names = model_list(c, "categories");
	json_array_foreach(json_object_get(first, "waves"), k, o)
		model_item_text(names, wave_text(w, o));
	waves = json_array_size(names);
	json_array_foreach(json_object_get(first, "ahead"), k, o)
		model_item_text(names, year_text(w, kept_int(o, "year")));
	if (json_array_size(names) > waves) {
		json_array_append_new(model_list(c, "breaks"),
				      json_integer((json_int_t)waves));
		model_text(c, "break_text",
			   request_text(w->rq, "an_trend.from_here"));
	}
	return true;
}

/* Is a line reckoned for the staff of now? */
static bool has_standard(const json_t *part)
{
	const json_t *kept;
	size_t i;

	json_array_foreach(json_object_get(part, "lines"), i, kept)
		if (kept_bool(kept, "is_standard"))
			return true;
	return false;
}

/* Names of the years ahead, for the heads of tables. */
static void heads(const struct words *w, json_t *m, const json_t *part)
{
	json_t *list = model_list(m, "year_heads");
	const json_t *kept, *o;
	size_t i, k;

	json_array_foreach(json_object_get(part, "lines"), i, kept) {
		if (!kept_is_ok(kept))
			continue;
		json_array_foreach(json_object_get(kept, "ahead"), k, o)
			model_text(model_item(list), "text",
				   year_text(w, kept_int(o, "year")));
		return;
	}
}

/* The sentence on top: how far back it goes, and what that allows. */
static const char *statement(const struct words *w, const json_t *part,
			     size_t projected)
{
	const json_t *kept, *longest = NULL;
	size_t i;

	json_array_foreach(json_object_get(part, "lines"), i, kept)
		if (!longest || kept_int(kept, "n") > kept_int(longest, "n"))
			longest = kept;
	if (projected)
		return word(w, "stated_", kept_word(part, "by"));
	return longest ? note(w, part, longest) : "";
}

void analysis_trend_model(const struct words *w, json_t *m, const json_t *part,
			  json_t *charts)
{
	const bool by_year = text_equals(kept_word(part, "by"), "year");
	size_t projected;

	model_bool(m, "by_year", by_year);
	projected = lines_of(w, model_list(m, "counts"), part, "count");
	projected += lines_of(w, model_list(m, "shares"), part, "share");
	projected += lines_of(w, model_list(m, "points"), part, "points");
	model_bool(m, "has_ahead", projected > 0);
	/* One year of shares stands with the people to reach. */
	model_bool(m, "has_shares", projected || !by_year);
	model_bool(m, "has_standard",
		   (projected || !by_year) && has_standard(part));
	heads(w, m, part);
	reach(w, m, part);
	model_bool(m, "has_chart", chart(w, charts, part));
	model_text(m, "statement", statement(w, part, projected));
	model_what(w, model_object(m, "about"), "what", "an_trend.what");
	if (by_year)
		model_what(w, model_object(m, "about_reach"), "what",
			   "an_trend.what_reach");
}
