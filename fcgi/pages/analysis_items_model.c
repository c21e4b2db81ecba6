/*
 * analysis_items_model.c: the part "items" on the page.
 *
 * rows[]: the items of all forms, each with its verdict and the reasons as
 * sentences; listed: it stands in the table of verdicts (of a year only what
 * asks for something). An item's options are in its row.
 */
#include "pages/analysis_items_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>
#include <string.h>

#define WEAK_R 0.2 /* the line across the chart */
#define HALF   50.0

static const struct {
	const char *word, *tag;
} verdicts[] = {
	{ "drop", "tag--stop" },
	{ "revise", "tag--warn" },
	{ "keep", "tag--ok" },
	{ "undecided", "tag--quiet" },
};

#define VERDICT_WORDS (sizeof(verdicts) / sizeof(verdicts[0]))

static const char *verdict_text(const struct words *w, const char *word)
{
	return request_text(w->rq, arena_printf(&w->cx->arena,
						"an_items.verdict_%s", word));
}

static const char *tag_of(const char *word)
{
	for (size_t i = 0; i < VERDICT_WORDS; i++)
		if (text_equals(verdicts[i].word, word))
			return verdicts[i].tag;
	return "";
}

/* 「a」、「b」 */
static const char *quoted(const struct words *w, const json_t *list)
{
	struct arena *a = &w->cx->arena;
	const char *all = "";

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *both = json_array_get(list, i);
		const char *one = text_fill(
			a, request_text(w->rq, "an_items.quoted"), "text",
			either(w, kept_word(both, "ja"), kept_word(both, "en")),
			NULL);

		all = i ? arena_printf(a, "%s%s%s", all,
				       request_text(w->rq, "an_items.comma"),
				       one)
			: one;
	}
	return all;
}

static const char *share_text(const struct words *w, const json_t *it,
			      const char *key)
{
	const struct figure f = kept_figure(it, key);

	return figure_text(w, &f, UNIT_SHARE);
}

static const char *reason_text(const struct words *w, const json_t *form,
			       const json_t *it, const char *word)
{
	struct arena *a = &w->cx->arena;
	const struct figure r = kept_figure(it, "r");

	return text_fill(
		a,
		request_text(w->rq,
			     arena_printf(a, "an_items.reason_%s", word)),
		"n", text_from_count(a, kept_int(form, "n")), "least",
		text_from_count(a, kept_int(form, "least")), "before",
		share_text(w, it, "before"), "after",
		share_text(w, it, "after"), "r",
		figure_text(w, &r, UNIT_SIGNED), "rivals",
		quoted(w, json_object_get(it, "rivals")), "dead",
		quoted(w, json_object_get(it, "dead")), "alpha",
		number_text(w, kept_number(form, "alpha"), 0, UNIT_NUMBER),
		"without",
		number_text(w, kept_number(it, "alpha_deleted"), 0,
			    UNIT_NUMBER),
		NULL);
}

/* "41%〜64%": the head of the table says what it is. */
static void range(const struct words *w, json_t *o, const struct figure *f,
		  enum figure_unit unit)
{
	model_text(o, "range_text",
		   isnan(f->lo) || isnan(f->hi)
			   ? ""
			   : text_fill(&w->cx->arena,
				       request_text(w->rq, "an_items.range"),
				       "lo", number_text(w, f->lo, f->n, unit),
				       "hi", number_text(w, f->hi, f->n, unit),
				       NULL));
}

static void figures(const struct words *w, json_t *row, const json_t *it)
{
	const struct figure after = kept_figure(it, "after");
	const struct figure before = kept_figure(it, "before");
	const struct figure r = kept_figure(it, "r");
	const double d27 = kept_number(it, "d27");
	const double alpha = kept_number(it, "alpha_deleted");
	const double gain = kept_number(it, "gain");

	model_figure(w, row, "before", &before, UNIT_SHARE);
	range(w, model_figure(w, row, "after", &after, UNIT_SHARE), &after,
	      UNIT_SHARE);
	range(w, model_figure(w, row, "r", &r, UNIT_SIGNED), &r, UNIT_SIGNED);
	model_real(row, "d27", d27);
	model_text(row, "d27_text", number_text(w, d27, 0, UNIT_SIGNED));
	model_real(row, "alpha_deleted", alpha);
	model_text(row, "alpha_text", number_text(w, alpha, 0, UNIT_NUMBER));
	model_real(row, "gain", gain);
	model_text(row, "gain_text", number_text(w, gain, 0, UNIT_SIGNED));
}

static void verdict(const struct words *w, json_t *row, const json_t *form,
		    const json_t *it)
{
	const char *word = kept_word(it, "verdict");
	const json_t *reasons = json_object_get(it, "reasons");
	json_t *list = model_list(row, "reasons"),
	       *words_of = model_list(row, "reason_words");

	model_text(row, "verdict", word);
	model_text(row, "verdict_text", verdict_text(w, word));
	model_text(row, "tag", tag_of(word));
	for (size_t i = 0; i < json_array_size(reasons); i++) {
		const char *reason =
			json_string_value(json_array_get(reasons, i));

		model_item_text(words_of, reason);
		model_item_text(list, reason_text(w, form, it, reason));
	}
}

/* The chart: difficulty across, discrimination up. */
static json_t *quadrant(const struct words *w, json_t *charts)
{
	static const char *const corners[] = {
		TEXT_KEY("an_items.corner_hard_sharp"),
		TEXT_KEY("an_items.corner_easy_sharp"),
		TEXT_KEY("an_items.corner_easy_blunt"),
		TEXT_KEY("an_items.corner_hard_blunt"),
	};
	json_t *c = chart_new(charts, "items_quality", "quadrant", "", 2), *o;

	o = model_object(c, "axis_x");
	model_text(o, "name", request_text(w->rq, "an_items.axis_after"));
	model_int(o, "min", 0);
	model_int(o, "max", 100);
	model_int(o, "decimals", 0);
	o = model_object(c, "axis_y");
	model_text(o, "name", request_text(w->rq, "an_items.axis_r"));
	o = model_object(c, "split");
	model_real(o, "x", HALF);
	model_real(o, "y", WEAK_R);
	for (size_t i = 0; i < 4; i++)
		model_item_text(model_list(c, "corners"),
				request_text(w->rq, corners[i]));
	return model_list(c, "points");
}

static void point(json_t *points, const json_t *it, const char *label,
		  bool quiet)
{
	const struct figure after = kept_figure(it, "after");
	const struct figure r = kept_figure(it, "r");
	json_t *o;

	if (!gate_has(&after) || !gate_has(&r))
		return;
	o = model_item(points);
	model_text(o, "label", label);
	model_real(o, "x", round(after.value * 1000.0) / 10.0);
	model_real(o, "y", r.value);
	model_bool(o, "quiet", quiet);
	model_int(o, "n", (int64_t)r.n);
}

/* How many of the points are above the line. */
static const char *chart_title(const struct words *w, const json_t *points)
{
	struct arena *a = &w->cx->arena;
	int64_t good = 0;
	const json_t *p;
	size_t i;

	json_array_foreach(points, i, p)
		good += kept_number(p, "y") >= WEAK_R ? 1 : 0;
	return text_fill(a, text_with_n(w, "an_items.chart_title", (int64_t)i),
			 "good", text_from_count(a, good), NULL);
}

/* Room for the words in the corners below and above the points. */
static void reach_up(json_t *charts, const json_t *points)
{
	json_t *axis =
		model_object(model_object(charts, "items_quality"), "axis_y");
	double low = -0.2, high = 0.6;
	const json_t *p;
	size_t i;

	json_array_foreach(points, i, p) {
		low = fmin(low, kept_number(p, "y"));
		high = fmax(high, kept_number(p, "y"));
	}
	model_real(axis, "min", floor(5.0 * low - 0.5) / 5.0);
	model_real(axis, "max", ceil(5.0 * high + 0.5) / 5.0);
	model_real(axis, "interval", 0.2);
}

static bool asks_something(const char *verdict)
{
	return text_equals(verdict, "drop") || text_equals(verdict, "revise");
}

/* One form's items as rows, numbered within the form. */
static void form_rows(const struct words *w, json_t *m, const json_t *form,
		      size_t nform, json_t *points)
{
	struct arena *a = &w->cx->arena;
	const json_t *items = json_object_get(form, "items");
	const char *title = kept_text(w, form, "title");
	json_t *rows = model_list(m, "rows");

	for (size_t j = 0; j < json_array_size(items); j++) {
		const json_t *it = json_array_get(items, j);
		json_t *row = model_item(rows);
		const bool listed =
			!*title || asks_something(kept_word(it, "verdict"));
		const char *number =
			text_with_n(w, "an_items.number", (int64_t)j + 1);
		const char *label =
			*title ? arena_printf(a, "%s %s", title, number)
			       : number;

		model_text(row, "key", kept_word(it, "key"));
		model_text(row, "number", number);
		/* the summary leads here */
		model_text(row, "anchor",
			   arena_printf(a, "item-%zu-%zu", nform + 1, j + 1));
		model_text(row, "course", title);
		model_bool(row, "is_first", j == 0 && *title);
		model_text(row, "label", label);
		model_text(row, "text", kept_text(w, it, "text"));
		verdict(w, row, form, it);
		model_bool(row, "listed", listed);
		figures(w, row, it);
		items_options(w, row, it, (size_t)kept_int(form, "n"));
		point(points, it, label, !listed);
	}
}

static const char *base_key(const json_t *part, bool is_year)
{
	if (!kept_bool(part, "is_matched"))
		return "an_items.base_all";
	return is_year ? "an_items.base_year" : "an_items.base_matched";
}

static void statement(const struct words *w, json_t *m, const json_t *part,
		      bool is_year)
{
	const json_t *count = json_object_get(part, "verdicts");
	struct arena *a = &w->cx->arena;
	json_t *list = model_list(m, "verdicts");
	const char *said = "";
	int64_t all = 0;

	for (size_t i = 0; i < VERDICT_WORDS; i++) {
		const int64_t n = kept_int(count, verdicts[i].word);
		json_t *o = model_item(list);

		model_text(o, "word", verdicts[i].word);
		model_text(o, "text", verdict_text(w, verdicts[i].word));
		model_text(o, "tag", verdicts[i].tag);
		model_int(o, "count", n);
		all += n;
		if (n)
			said = arena_printf(
				a, "%s%s%s", said,
				*said ? request_text(w->rq, "an_items.comma")
				      : "",
				text_with_n(w,
					    arena_printf(a, "an_items.count_%s",
							 verdicts[i].word),
					    n));
	}
	model_text(m, "statement",
		   text_fill(a,
			     text_with_n(w,
					 kept_int(count, "undecided") == all
						 ? "an_items.statement_early"
						 : "an_items.statement",
					 all),
			     "list", said, NULL));
	model_text(m, "base_text",
		   text_with_n(w, base_key(part, is_year),
			       kept_int(part, "n")));
}

/*
 * Where no form has people enough, that is said once, not beside each item.
 * m.nothing_text: why the table of verdicts is empty.
 */
static void say_early(const struct words *w, json_t *m, const json_t *forms)
{
	const json_t *form = json_array_get(forms, 0);
	struct arena *a = &w->cx->arena;
	const json_t *f;
	size_t i;

	model_text(m, "nothing_text",
		   request_text(w->rq, "an_items.nothing_to_do"));
	json_array_foreach(forms, i, f)
		if (kept_int(f, "n") >= kept_int(f, "least"))
			return;
	model_text(
		m, "nothing_text",
		text_fill(a, request_text(w->rq, "an_items.reason_too_few"),
			  "n", text_from_count(a, kept_int(form, "n")), "least",
			  text_from_count(a, kept_int(form, "least")), NULL));
	json_array_foreach(model_list(m, "rows"), i, f)
		model_bool(json_array_get(model_list(m, "rows"), i), "listed",
			   false);
}

void analysis_items_model(const struct words *w, json_t *m, const json_t *part,
			  json_t *charts)
{
	static const char *const whats[] = { "difficulty", "discrimination",
					     "d27",        "alpha_deleted",
					     "distractor", "verdict" };
	const json_t *forms = json_object_get(part, "forms");
	json_t *points = quadrant(w, charts);
	bool is_year = false, has_listed = false;
	size_t i;
	const json_t *row;

	json_array_foreach(forms, i, row) {
		is_year = is_year || json_object_get(row, "title");
		form_rows(w, m, row, i, points);
	}
	statement(w, m, part, is_year);
	reach_up(charts, points);
	say_early(w, m, forms);
	json_array_foreach(model_list(m, "rows"), i, row)
		has_listed = has_listed || kept_bool(row, "listed");
	model_bool(m, "is_year", is_year);
	model_bool(m, "has_listed", has_listed);
	model_text(m, "chart_title", chart_title(w, points));
	model_bool(m, "has_chart", json_array_size(points) > 0);
	for (i = 0; i < sizeof(whats) / sizeof(whats[0]); i++)
		model_what(w,
			   model_object(m, arena_printf(&w->cx->arena,
							"about_%s", whats[i])),
			   "what",
			   arena_printf(&w->cx->arena, "an_items.what_%s",
					whats[i]));
}
