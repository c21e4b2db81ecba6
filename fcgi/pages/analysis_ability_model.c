/*
 * analysis_ability_model.c: the part "ability" on the page.
 */
#include "pages/analysis_ability_model.h"

#include "analytics/number.h"
#include "base/clock.h"
#include "base/text.h"
#include "insight/smallest.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>
#include <stdlib.h>

static const char *say(const struct words *w, const char *key)
{
	return request_text(w->rq, key);
}

static void what(const struct words *w, json_t *m, const char *key,
		 const char *name)
{
	model_what(w, model_object(m, key), "what", name);
}

const char *ability_place_text(const struct words *w, double at)
{
	return number_text(w, at, 0, UNIT_SIGNED);
}

static const char *count_text(const struct words *w, int64_t n)
{
	return text_from_count(&w->cx->arena, n);
}

/* Of a hundred like those before, the how manieth from above. */
static const char *rank_text(const struct words *w, double share)
{
	const double rank = fmax(1.0, round(100.0 * share));

	return isnan(share) ? "–" : count_text(w, (int64_t)rank);
}

/* up, down, same, unclear: named only where the interval says so. */
static const char *direction(const struct figure *f)
{
	static const char *const words[] = {
		[SIZE_NOTHING] = "unclear", [SIZE_ABOVE] = "up",
		[SIZE_BELOW] = "down",      [SIZE_SAME] = "same",
		[SIZE_SMALL] = "unclear",   [SIZE_UNCLEAR] = "unclear",
	};

	return words[size_of(f, SMALLEST_DZ)];
}

/* What became of the average, as a sentence or as a cell of a table. */
static const char *change_words(const struct words *w, const struct figure *f,
				double place, bool in_table)
{
	struct arena *a = &w->cx->arena;
	const char *word;

	if (!gate_has(f))
		return say(w, "an_ability.none");
	word = direction(f);
	return text_fill(
		a,
		say(w, in_table
			       ? arena_printf(a, "an_ability.place_%s", word)
			       : arena_printf(a, "an_ability.change_%s", word)),
		"place", rank_text(w, place), NULL);
}

static void statement(const struct words *w, json_t *m, const json_t *part)
{
	const struct figure before = kept_figure(part, "before");
	const struct figure after = kept_figure(part, "after");
	const struct figure change = kept_figure(part, "change");

	model_text(m, "statement",
		   change_words(w, &change, kept_number(part, "place"), false));
	model_text(
		m, "note",
		gate_has(&change)
			? text_fill(
				  &w->cx->arena, say(w, "an_ability.note"),
				  "before", ability_place_text(w, before.value),
				  "after", ability_place_text(w, after.value),
				  "change", ability_place_text(w, change.value),
				  "lo", ability_place_text(w, change.lo), "hi",
				  ability_place_text(w, change.hi), "n",
				  count_text(w, (int64_t)change.n), NULL)
			: "");
}

/* ---- sessions ------------------------------------------------------------
 */

static const char *session_label(const struct words *w, const json_t *s)
{
	int64_t at = 0;

	instant_from_db(kept_word(s, "starts_at"), &at);
	return arena_printf(&w->cx->arena, "%s %s",
			    date_to_text(&w->cx->arena, date_in_japan(at),
					 w->rq->lang, DATE_SHORT),
			    text_with_n(w, "dash.run", kept_int(s, "run_no")));
}

static void sessions(const struct words *w, json_t *m, const json_t *part,
		     json_t *charts)
{
	const json_t *list = json_object_get(part, "sessions"), *s;
	const int64_t hidden = kept_int(part, "hidden");
	json_t *rows = model_list(m, "sessions");
	json_t *c = chart_new(charts, "ability_sessions", "dumbbell", "", 2);
	struct chart_series before =
		chart_series(c, say(w, "dash.before"), true);
	struct chart_series after = chart_series(c, say(w, "dash.after"), true);
	size_t i;

	model_bool(c, "sorted", true);
	model_text(model_object(c, "axis"), "name", say(w, "an_ability.axis"));
	json_array_foreach(list, i, s) {
		const struct figure a = kept_figure(s, "before");
		const struct figure b = kept_figure(s, "after");
		const struct figure d = kept_figure(s, "change");
		const char *label = session_label(w, s);
		json_t *row = model_item(rows);

		model_text(row, "label", label);
		model_bool(row, "is_reference", kept_bool(s, "is_reference"));
		model_figure(w, row, "before", &a, UNIT_SIGNED);
		model_figure(w, row, "after", &b, UNIT_SIGNED);
		model_figure(w, row, "change", &d, UNIT_SIGNED);
		model_item_text(model_list(c, "categories"), label);
		chart_figure(&before, &a, false);
		chart_figure(&after, &b, false);
	}
	model_bool(m, "has_sessions", json_array_size(rows) > 0);
	model_text(m, "hidden_text",
		   hidden ? text_with_n(w, "an_ability.hidden", hidden) : "");
}

/* ---- items ---------------------------------------------------------------
 */

/* Easiest first, for the chart and the table. */
static int by_difficulty(const void *a, const void *b)
{
	const struct figure x = kept_figure(*(json_t *const *)a, "b");
	const struct figure y = kept_figure(*(json_t *const *)b, "b");

	return x.value < y.value ? -1 : x.value > y.value;
}

static const json_t **sorted(const struct words *w, const json_t *list)
{
	const size_t n = json_array_size(list);
	const json_t **out = ARENA_ARRAY(&w->cx->arena, const json_t *, n + 1);

	for (size_t i = 0; i < n; i++)
		out[i] = json_array_get(list, i);
	if (n)
		qsort(out, n, sizeof(*out), by_difficulty);
	return out;
}

static const char *drift_text(const struct words *w, const char *word)
{
	return *word ? say(w, arena_printf(&w->cx->arena, "an_ability.drift_%s",
					   word))
		     : "–";
}

static bool is_trouble(const char *drift)
{
	return text_equals(drift, "moved") || text_equals(drift, "fell");
}

static void item_row(const struct words *w, json_t *rows, const json_t *it)
{
	const struct figure b = kept_figure(it, "b");
	const struct figure share = kept_figure(it, "share_change");
	const struct figure delta = kept_figure(it, "delta");
	json_t *row = model_item(rows);

	model_text(row, "text", kept_text(w, it, "text"));
	model_figure(w, row, "difficulty", &b, UNIT_SIGNED);
	model_text(row, "slope_text",
		   arena_printf(&w->cx->arena, "%.2f ± %.2f",
				kept_number(it, "a"),
				AN_Z975 * kept_number(it, "se_a")));
	model_figure(w, row, "share_change", &share, UNIT_SHARE_CHANGE);
	model_figure(w, row, "delta", &delta, UNIT_SIGNED);
	model_text(row, "drift_text", drift_text(w, kept_word(it, "drift")));
	model_bool(row, "is_trouble", is_trouble(kept_word(it, "drift")));
}

/* How the items lie around the people: the item-person map in words. */
static const char *map_title(const struct words *w, const json_t *part)
{
	const double before = kept_figure(part, "before").value;
	const double after = kept_figure(part, "after").value;
	const json_t *it;
	int64_t easy = 0, hard = 0;
	size_t i;

	json_array_foreach(json_object_get(part, "items"), i, it) {
		const double b = kept_figure(it, "b").value;

		easy += b < before ? 1 : 0;
		hard += b > after ? 1 : 0;
	}
	if (isnan(before) || isnan(after))
		return say(w, "an_ability.map_title_none");
	return text_fill(&w->cx->arena, say(w, "an_ability.map_title"), "easy",
			 count_text(w, easy), "hard", count_text(w, hard),
			 NULL);
}

static void items(const struct words *w, json_t *m, const json_t *part,
		  json_t *charts)
{
	const json_t *list = json_object_get(part, "items"), *it;
	const json_t **order = sorted(w, list);
	json_t *rows = model_list(m, "rows");
	json_t *c = chart_new(charts, "ability_items", "interval", "", 2);
	struct chart_series s =
		chart_series(c, say(w, "an_ability.difficulty"), true);
	int64_t trouble = 0;
	size_t i;

	model_text(model_object(c, "axis"), "name", say(w, "an_ability.axis"));
	for (i = 0; i < json_array_size(list); i++) {
		const struct figure b = kept_figure(order[i], "b");

		item_row(w, rows, order[i]);
		trouble += is_trouble(kept_word(order[i], "drift")) ? 1 : 0;
		model_item_text(model_list(c, "categories"),
				short_label(w, kept_text(w, order[i], "text")));
		chart_figure(&s, &b, false);
	}
	ability_people_marks(w, c, part);
	model_bool(m, "has_deltas",
		   text_equals(kept_word(part, "drift"), "dif"));
	model_text(m, "map_title", map_title(w, part));
	rows = model_list(m, "left_out");
	json_array_foreach(json_object_get(part, "left_out"), i, it) {
		json_t *row = model_item(rows);

		model_text(row, "text", kept_text(w, it, "text"));
		model_text(row, "why",
			   say(w, arena_printf(&w->cx->arena,
					       "an_ability.left_out_%s",
					       kept_word(it, "why"))));
	}
	model_text(m, "drift_sentence",
		   trouble ? text_with_n(w, "an_ability.drift_some", trouble)
			   : say(w, arena_printf(&w->cx->arena,
						 "an_ability.drift_%s",
						 kept_word(part, "drift"))));
}

/* ---- model and reliability -----------------------------------------------
 */

static const char *model_words(const struct words *w, const json_t *part)
{
	const json_t *o = json_object_get(part, "model");
	const char *chosen =
		say(w, arena_printf(&w->cx->arena, "an_ability.model_%s",
				    kept_word(o, "chosen")));
	struct arena *a = &w->cx->arena;

	if (!kept_bool(o, "compared"))
		return arena_printf(a, "%s%s", chosen,
				    say(w, "an_ability.not_compared"));
	return arena_printf(
		a, "%s%s", chosen,
		text_fill(a, say(w, "an_ability.compared"), "one",
			  arena_printf(a, "%.1f", kept_number(o, "bic_1pl")),
			  "two",
			  arena_printf(a, "%.1f", kept_number(o, "bic_2pl")),
			  "lr", arena_printf(a, "%.2f", kept_number(o, "lr")),
			  "df", arena_printf(a, "%.0f", kept_number(o, "df")),
			  "p", p_text(w, kept_number(o, "p")), NULL));
}

static const char *reliability_words(const struct words *w, double r)
{
	const char *key = r >= 0.8   ? TEXT_KEY("an_ability.reliable_people")
			  : r >= 0.7 ? TEXT_KEY("an_ability.reliable_groups")
				     : TEXT_KEY("an_ability.reliable_means");

	return text_fill(&w->cx->arena, say(w, key), "r",
			 number_text(w, r, 0, UNIT_NUMBER), NULL);
}

static void basis(const struct words *w, json_t *m, const json_t *part)
{
	model_text(m, "reliability_text",
		   reliability_words(w, kept_number(part, "reliability")));
	model_text(m, "model_text", model_words(w, part));
	model_text(m, "basis_text",
		   text_fill(&w->cx->arena, say(w, "an_ability.basis"), "n",
			     count_text(w, kept_int(part, "n")), "items",
			     count_text(w, kept_int(part, "nused")), "all",
			     count_text(w, kept_int(part, "nitems")), NULL));
	model_text(m, "wle_text", method_text(w, "wle_paired"));
	model_text(m, "irt_text",
		   method_text(w, arena_printf(&w->cx->arena, "irt_%s",
					       kept_word(json_object_get(
								 part, "model"),
							 "chosen"))));
}

/* ---- year ----------------------------------------------------------------
 */

static void course_row(const struct words *w, json_t *rows, const json_t *c)
{
	const struct figure change = kept_figure(c, "change");
	const struct figure logits = kept_figure(c, "logits");
	json_t *row = model_item(rows);

	model_text(row, "title", kept_text(w, c, "title"));
	model_figure(w, row, "change", &change, UNIT_SIGNED);
	model_figure(w, row, "logits", &logits, UNIT_SIGNED);
	model_text(row, "place_text",
		   gate_has(&change) ? rank_text(w, kept_number(c, "place"))
				     : "–");
	model_text(row, "reading",
		   change_words(w, &change, kept_number(c, "place"), true));
}

static const char *why_not(const struct words *w, const json_t *c)
{
	const int64_t n = kept_int(c, "n"), least = kept_int(c, "least");

	if (!text_equals(kept_word(c, "status"), "too_few"))
		return say(w, arena_printf(&w->cx->arena, "status.%s",
					   kept_word(c, "status")));
	return n ? text_fill(&w->cx->arena, say(w, "an_ability.course_few"),
			     "n", count_text(w, n), "least",
			     count_text(w, least), NULL)
		 : text_with_n(w, "an_ability.course_fewer", least);
}

static void year(const struct words *w, json_t *m, const json_t *part)
{
	const int64_t common = kept_int(part, "common");
	json_t *rows = model_list(m, "courses");
	json_t *others = model_list(m, "others");
	const json_t *c;
	size_t i;

	json_array_foreach(json_object_get(part, "courses"), i, c) {
		json_t *row;

		if (text_equals(kept_word(c, "status"), "ok")) {
			course_row(w, rows, c);
			continue;
		}
		row = model_item(others);
		model_text(row, "title", kept_text(w, c, "title"));
		model_text(row, "why", why_not(w, c));
	}
	model_text(m, "common_text",
		   common ? text_with_n(w, "an_ability.some_common", common)
			  : say(w, "an_ability.no_common"));
	what(w, m, "about_year", "an_ability.what_year");
}

void analysis_ability_model(const struct words *w, json_t *m,
			    const json_t *part, json_t *charts)
{
	const bool is_year = text_equals(kept_word(part, "scope"), "year");

	model_bool(m, "is_year", is_year);
	if (is_year) {
		year(w, m, part);
		return;
	}
	statement(w, m, part);
	sessions(w, m, part, charts);
	items(w, m, part, charts);
	ability_curve_model(w, m, part, charts);
	basis(w, m, part);
	what(w, m, "about_scale", "an_ability.what_scale");
	what(w, m, "about_map", "an_ability.what_map");
	what(w, m, "about_drift", "an_ability.what_drift");
	what(w, m, "about_curve", "an_ability.what_curve");
	what(w, m, "about_model", "an_ability.what_model");
	what(w, m, "about_reliability", "an_ability.what_reliability");
}
