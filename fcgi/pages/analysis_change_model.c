/*
 * analysis_change_model.c: the part "change" on the page.
 */
#include "pages/analysis_model.h"

#include "base/text.h"
#include "insight/smallest.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

#define SCREENING 30    /* pairs below which p-values of items only sort */
#define COUNTABLE 10000 /* pairs beyond which a number helps nobody */

static const char *range_text(const struct words *w, const struct figure *f,
			      enum figure_unit unit)
{
	if (isnan(f->lo) || isnan(f->hi))
		return "";
	return text_fill(&w->cx->arena, request_text(w->rq, "an_change.range"),
			 "lo", number_text(w, f->lo, f->n, unit), "hi",
			 number_text(w, f->hi, f->n, unit), NULL);
}

static struct figure figure(const struct words *w, json_t *m,
			    const json_t *kept, const char *key,
			    enum figure_unit unit)
{
	const struct figure f = kept_figure(kept, key);
	json_t *o = model_figure(w, m, key, &f, unit);

	model_text(o, "range_text", range_text(w, &f, unit));
	return f;
}

/* So many standard deviations in points of percent; "" if unknown. */
static const char *points_text(const struct words *w, const json_t *part,
			       double dz)
{
	const double sd = kept_number(json_object_get(part, "power"), "sd");
	struct arena *a = &w->cx->arena;

	if (isnan(sd) || isnan(dz))
		return "";
	return text_fill(a, request_text(w->rq, "an_change.about_points"),
			 "points",
			 arena_printf(a, "%.0f", fmax(1.0, 100.0 * dz * sd)),
			 NULL);
}

static const char *statement_key(const struct words *w, const json_t *part)
{
	const char *word = kept_word(part, "word");

	if (!*word)
		word = "few";
	return arena_printf(&w->cx->arena, "an_change.statement_%s", word);
}

static void statement(const struct words *w, json_t *m, const json_t *part)
{
	const struct figure before = kept_figure(part, "before");
	const struct figure after = kept_figure(part, "after");

	if (!gate_has(&before) || !gate_has(&after)) {
		model_text(m, "statement",
			   request_text(w->rq, "an_change.statement_hidden"));
		return;
	}
	model_text(m, "statement",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, statement_key(w, part)),
			     "before", figure_text(w, &before, UNIT_SHARE),
			     "after", figure_text(w, &after, UNIT_SHARE),
			     "points", points_text(w, part, SMALLEST_DZ),
			     NULL));
}

static void measures(const struct words *w, json_t *m, const json_t *part)
{
	const char *band = kept_word(part, "gain_band");
	const double c = kept_number(part, "normalised");
	const double full = kept_number(part, "full_before");
	const double rank = kept_number(part, "p_rank");
	struct arena *a = &w->cx->arena;

	figure(w, m, part, "before", UNIT_SHARE);
	figure(w, m, part, "after", UNIT_SHARE);
	figure(w, m, part, "change", UNIT_SHARE_CHANGE);
	figure(w, m, part, "dz", UNIT_SIGNED);
	figure(w, m, part, "dav", UNIT_SIGNED);
	figure(w, m, part, "gain", UNIT_SIGNED);
	model_text(m, "gain_band", band);
	model_text(
		m, "gain_text",
		*band ? request_text(w->rq,
				     arena_printf(a, "an_change.gain_%s", band))
		      : "");
	model_real(m, "normalised", c);
	model_text(m, "normalised_text", number_text(w, c, 0, UNIT_SIGNED));
	model_int(m, "normalised_n", kept_int(part, "normalised_n"));
	model_real(m, "p", kept_number(part, "p"));
	model_text(m, "p_text", p_text(w, kept_number(part, "p")));
	model_real(m, "p_rank", rank);
	model_text(m, "p_rank_text", isnan(rank) ? "" : p_text(w, rank));
	model_bool(m, "is_reference", kept_bool(part, "is_reference"));
	model_bool(m, "at_ceiling", kept_bool(part, "at_ceiling"));
	model_text(m, "full_text",
		   !(full > 0.0) ? ""
				 : text_with_n(w, "an_change.full_before",
					       (int64_t)full));
}

static const char *size_label(const struct words *w, const json_t *row)
{
	const double dz = kept_number(row, "dz");
	const char *key = TEXT_KEY("an_change.size_large");

	if (kept_bool(row, "is_seen"))
		key = TEXT_KEY("an_change.size_seen");
	else if (dz < 0.3)
		key = TEXT_KEY("an_change.size_small");
	else if (dz < 0.6)
		key = TEXT_KEY("an_change.size_medium");
	return request_text(w->rq, key);
}

static void power(const struct words *w, json_t *m, const json_t *part)
{
	const json_t *kept = json_object_get(part, "power");
	const int64_t n = kept_int(part, "n");
	json_t *o = model_object(m, "power"), *rows = model_list(o, "rows");
	const double detectable = kept_number(kept, "detectable");
	struct arena *a = &w->cx->arena;
	const json_t *row;
	size_t i;

	model_real(o, "detectable", detectable);
	model_text(o, "text",
		   text_fill(a,
			     text_with_n(w,
					 *points_text(w, part, detectable)
						 ? "an_change.power_text"
						 : "an_change.power_text_dz",
					 n),
			     "dz", number_text(w, detectable, 0, UNIT_NUMBER),
			     "points", points_text(w, part, detectable), NULL));
	json_array_foreach(json_object_get(kept, "rows"), i, row) {
		const double needed = kept_number(row, "needed");
		const bool many = isnan(needed) || needed > COUNTABLE;
		json_t *r = model_item(rows);

		model_text(r, "label", size_label(w, row));
		model_bool(r, "is_seen", kept_bool(row, "is_seen"));
		model_real(r, "dz", kept_number(row, "dz"));
		model_text(r, "dz_text",
			   number_text(w, kept_number(row, "dz"), 0,
				       UNIT_NUMBER));
		model_text(r, "points_text",
			   points_text(w, part, kept_number(row, "dz")));
		model_real(r, "needed", needed);
		model_text(
			r, "needed_text",
			many ? text_with_n(w, "an_change.more_than", COUNTABLE)
			     : text_with_n(w, "stat.people", (int64_t)needed));
		model_bool(r, "is_enough", !many && needed <= (double)n);
		model_text(r, "missing_text",
			   many || needed <= (double)n
				   ? ""
				   : text_with_n(w, "an_change.people_more",
						 (int64_t)needed - n));
	}
}

static const char *attrition_key(const struct figure *d)
{
	static const char *const words[] = {
		[SIZE_NOTHING] = TEXT_KEY("an_change.left_unclear"),
		[SIZE_ABOVE] = TEXT_KEY("an_change.left_lower"),
		[SIZE_BELOW] = TEXT_KEY("an_change.left_higher"),
		[SIZE_SAME] = TEXT_KEY("an_change.left_same"),
		[SIZE_SMALL] = TEXT_KEY("an_change.left_unclear"),
		[SIZE_UNCLEAR] = TEXT_KEY("an_change.left_unclear"),
	};

	return words[size_of(d, SMALLEST_SHARE)];
}

static void attrition(const struct words *w, json_t *m, const json_t *part)
{
	const json_t *kept = json_object_get(part, "attrition");
	const bool shown = text_equals(kept_word(kept, "status"), "ok");
	json_t *o = model_object(m, "attrition");
	struct arena *a = &w->cx->arena;
	struct figure d;

	model_bool(o, "shown", shown);
	model_int(o, "left_n", kept_int(kept, "left_n"));
	if (!shown) {
		model_text(
			o, "text",
			text_fill(a,
				  text_with_n(w,
					      kept_int(kept, "left_n")
						      ? "an_change.left_few"
						      : "an_change.left_none",
					      kept_int(kept, "left_n")),
				  "least",
				  text_from_count(a, kept_int(kept, "least")),
				  NULL));
		return;
	}
	figure(w, o, kept, "stayed", UNIT_SHARE);
	figure(w, o, kept, "left", UNIT_SHARE);
	d = figure(w, o, kept, "difference", UNIT_SHARE_CHANGE);
	model_real(o, "p", kept_number(kept, "p"));
	model_text(o, "p_text", p_text(w, kept_number(kept, "p")));
	model_text(o, "text", request_text(w->rq, attrition_key(&d)));
}

static void changed(const struct words *w, json_t *rows, const char *label,
		    const json_t *kept, const char *key)
{
	const int64_t n = kept_int(kept, "n"), people = kept_int(kept, key);
	const double share =
		gate_round_share((double)people / (double)n, (size_t)n);
	json_t *o = model_item(rows);

	model_text(o, "word", key);
	model_text(o, "label", request_text(w->rq, label));
	model_int(o, "people", people);
	model_text(o, "people_text", text_with_n(w, "stat.people", people));
	model_text(o, "share_text",
		   number_text(w, share, (size_t)n, UNIT_SHARE));
	model_int(o, "percent", llround(100.0 * share));
}

static void reliable(const struct words *w, json_t *m, const json_t *part)
{
	const json_t *kept = json_object_get(part, "reliable");
	const char *status = kept_word(kept, "status");
	const bool shown = text_equals(status, "ok");
	const double r = kept_number(kept, "r");
	json_t *o = model_object(m, "reliable"), *rows = model_list(o, "rows");
	struct arena *a = &w->cx->arena;
	const char *key = arena_printf(a, "an_change.reliable_%s", status);

	model_bool(o, "shown", shown);
	if (!shown) {
		model_text(o, "text", request_text(w->rq, key));
		return;
	}
	changed(w, rows, TEXT_KEY("an_change.improved"), kept, "improved");
	changed(w, rows, TEXT_KEY("an_change.unchanged"), kept, "unchanged");
	changed(w, rows, TEXT_KEY("an_change.declined"), kept, "declined");
	model_real(o, "r", r);
	model_text(o, "of", kept_word(kept, "of"));
	if (isnan(r)) {
		model_text(o, "text",
			   text_with_n(w, "an_change.reliable_courses",
				       kept_int(kept, "courses")));
		return;
	}
	model_text(
		o, "text",
		text_fill(a,
			  text_with_n(w,
				      arena_printf(a, "an_change.rests_on_%s",
						   kept_word(kept, "of")),
				      kept_int(kept, "r_n")),
			  "r", number_text(w, r, 0, UNIT_NUMBER), "threshold",
			  text_from_count(
				  a, llround(100.0 *
					     kept_number(kept, "threshold"))),
			  NULL));
}

/* A number of people, which may be hidden. */
static void people(const struct words *w, json_t *o, const json_t *it,
		   const char *key)
{
	const double n = kept_number(it, key);
	struct arena *a = &w->cx->arena;

	model_real(o, key, n);
	model_text(o, arena_printf(a, "%s_text", key),
		   isnan(n) ? "–" : text_from_count(a, (int64_t)n));
}

static void item(const struct words *w, json_t *rows, const json_t *it,
		 const char *number)
{
	const double gain = kept_number(it, "gain"), p = kept_number(it, "p");
	json_t *o = model_item(rows);

	model_text(o, "key", kept_word(it, "key"));
	model_text(o, "course", kept_text(w, it, "title"));
	model_text(o, "number", number);
	model_text(o, "text", kept_text(w, it, "text"));
	figure(w, o, it, "before", UNIT_SHARE);
	figure(w, o, it, "after", UNIT_SHARE);
	figure(w, o, it, "change", UNIT_SHARE_CHANGE);
	people(w, o, it, "learned");
	people(w, o, it, "lost");
	model_real(o, "p", p);
	model_text(o, "p_text", p_text(w, p));
	model_real(o, "gain", gain);
	model_text(o, "gain_text", number_text(w, gain, 0, UNIT_SIGNED));
}

/* Whole tens around all intervals, 0 among them. */
static void reach(json_t *chart, double low, double high)
{
	json_t *axis = model_object(chart, "axis");

	model_real(axis, "min", 10.0 * floor(10.0 * low));
	model_real(axis, "max", 10.0 * ceil(10.0 * high));
}

/*
 * The items, numbered within their course, and their chart. Of a year only
 * those that did not surely rise: its courses have all of them.
 */
static void items(const struct words *w, json_t *m, const json_t *part,
		  json_t *charts)
{
	const json_t *kept = json_object_get(part, "items");
	json_t *rows = model_list(m, "rows");
	json_t *c = chart_new(charts, "change_items", "interval", "", 0);
	struct chart_series s =
		chart_series(c, request_text(w->rq, "an_change.change"), true);
	const char *course = "";
	double low = 0.0, high = 0.0;
	int64_t up = 0, down = 0;
	int64_t number = 0;
	const json_t *it;
	size_t i;

	json_array_foreach(kept, i, it) {
		const struct figure f = kept_figure(it, "change");
		const char *title = kept_text(w, it, "title"), *label;

		number = text_equals(title, course) ? number + 1 : 1;
		course = title;
		up += f.lo > SMALLEST_SHARE ? 1 : 0;
		down += f.hi < -SMALLEST_SHARE ? 1 : 0;
		if (*course && f.lo > SMALLEST_SHARE)
			continue;
		low = fmin(low, f.lo);
		high = fmax(high, f.hi);
		label = text_with_n(w, "an_items.number", number);
		item(w, rows, it, label);
		model_item_text(model_list(c, "categories"),
				arena_printf(&w->cx->arena, "%s %s", label,
					     kept_text(w, it, "text")));
		chart_figure(&s, &f, true);
	}
	reach(c, low, high);
	model_real(c, "reference", 0.0);
	model_text(m, "items_text",
		   text_fill(&w->cx->arena,
			     text_with_n(w, "an_change.items_text", (int64_t)i),
			     "up", text_from_count(&w->cx->arena, up), "down",
			     text_from_count(&w->cx->arena, down), NULL));
	model_bool(m, "has_items", i > 0);
	model_bool(m, "is_year", *course);
	model_bool(m, "has_rows", json_array_size(rows) > 0);
	model_bool(m, "is_screening", kept_int(part, "n") < SCREENING);
}

void analysis_change_model(const struct words *w, json_t *m, const json_t *part,
			   json_t *charts)
{
	static const char *const whats[] = { "dz",       "dav",
					     "gain",     "normalised",
					     "power",    "attrition",
					     "reliable", "mcnemar" };

	statement(w, m, part);
	measures(w, m, part);
	power(w, m, part);
	attrition(w, m, part);
	reliable(w, m, part);
	items(w, m, part, charts);
	for (size_t i = 0; i < sizeof(whats) / sizeof(whats[0]); i++)
		model_what(w,
			   model_object(m, arena_printf(&w->cx->arena,
							"about_%s", whats[i])),
			   "what",
			   arena_printf(&w->cx->arena, "an_change.what_%s",
					whats[i]));
}
