/*
 * analysis_reliability_model.c: the part "reliability" on the page.
 */
#include "pages/analysis_reliability_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

#define GOOD_ALPHA 0.80
#define MANY_ITEMS 100.0 /* needed items beyond this are not counted */
#define BANDS      4
#define LOST       0.05 /* share left out from which it is said */

static const char *const bands[BANDS] = { "individual", "group", "class",
					  "none" };

const char *reliability_scale_name(const struct words *w, const json_t *s)
{
	const char *title = kept_text(w, s, "title");

	if (*title)
		return title;
	return request_text(w->rq, arena_printf(&w->cx->arena,
						"an_reliability.scale_%s",
						kept_word(s, "what")));
}

static const char *needed_text(const struct words *w, const json_t *s)
{
	const double needed = kept_number(s, "needed");

	if (isnan(needed))
		return "–";
	if (needed > MANY_ITEMS)
		return text_with_n(w, "an_reliability.more_items",
				   (int64_t)MANY_ITEMS);
	return text_with_n(w, "an_reliability.items_n", (int64_t)needed);
}

/* "±2.0 of 6 items": where the true score of one person may lie. */
static const char *band_text(const struct words *w, const json_t *s)
{
	const double sem = kept_number(s, "sem");
	struct arena *a = &w->cx->arena;

	if (isnan(sem))
		return "–";
	return text_fill(
		a,
		request_text(w->rq, arena_printf(a, "an_reliability.band_%s",
						 kept_word(s, "what"))),
		"band", arena_printf(a, "%.1f", 1.96 * sem), "max",
		text_from_count(a, llround(kept_number(s, "max"))), NULL);
}

/* The interval reaches into another band. */
static bool is_unsure(const json_t *s)
{
	return !kept_bool(s, "band_sure") &&
	       !text_equals(kept_word(s, "band"), "none");
}

static const char *range_text(const struct words *w, const struct figure *f)
{
	if (isnan(f->lo) || isnan(f->hi))
		return "";
	return text_fill(&w->cx->arena,
			 request_text(w->rq, "an_reliability.range"), "lo",
			 number_text(w, f->lo, f->n, UNIT_NUMBER), "hi",
			 number_text(w, f->hi, f->n, UNIT_NUMBER), NULL);
}

static void coefficient(const struct words *w, json_t *row, const json_t *s,
			const char *key)
{
	const struct figure f = kept_figure(s, key);
	json_t *o = model_figure(w, row, key, &f, UNIT_NUMBER);

	model_text(o, "range_text", range_text(w, &f));
}

/* So many answers are incomplete that the numbers may not be of all. */
static const char *lost_note(const struct words *w, const json_t *s)
{
	const double n = (double)kept_int(s, "n");
	const double lost = (double)kept_int(s, "lost");
	struct arena *a = &w->cx->arena;

	return text_fill(a, request_text(w->rq, "an_reliability.lost_note"),
			 "scale", reliability_scale_name(w, s), "lost",
			 text_from_count(a, kept_int(s, "lost")), "share",
			 number_text(w, lost / (n + lost), 0, UNIT_SHARE), "n",
			 text_from_count(a, kept_int(s, "n")), NULL);
}

static void scale(const struct words *w, json_t *rows, json_t *notes,
		  const json_t *s)
{
	const int64_t n = kept_int(s, "n"), lost = kept_int(s, "lost");
	const bool is_many = (double)lost > LOST * (double)(n + lost);
	const double lambda2 = kept_number(s, "lambda2");
	json_t *row = model_item(rows);

	model_text(row, "what", kept_word(s, "what"));
	model_text(row, "name", reliability_scale_name(w, s));
	model_int(row, "items", kept_int(s, "k"));
	model_text(row, "items_text",
		   text_with_n(w, "an_reliability.items_n", kept_int(s, "k")));
	model_text(row, "n_text", text_with_n(w, "stat.n", n));
	coefficient(w, row, s, "alpha");
	coefficient(w, row, s, "omega");
	model_real(row, "lambda2", lambda2);
	model_text(row, "lambda2_text",
		   number_text(w, lambda2, 0, UNIT_NUMBER));
	model_real(row, "sem", kept_number(s, "sem"));
	model_text(row, "band_text", band_text(w, s));
	model_real(row, "needed", kept_number(s, "needed"));
	model_text(row, "needed_text", needed_text(w, s));
	model_text(row, "band", kept_word(s, "band"));
	model_bool(row, "is_unsure", is_unsure(s));
	model_int(row, "lost", lost);
	model_text(row, "lost_text",
		   is_many ? text_with_n(w, "an_reliability.lost", lost) : "");
	if (is_many)
		model_item_text(notes, lost_note(w, s));
}

static void chart(const struct words *w, json_t *charts, const json_t *scales)
{
	json_t *c = chart_new(charts, "reliability_alpha", "interval", "", 2);
	struct chart_series s = chart_series(
		c, request_text(w->rq, "an_reliability.alpha"), true);
	double low = 0.0;
	const json_t *one;
	size_t i;

	json_array_foreach(scales, i, one) {
		const struct figure f = kept_figure(one, "alpha");

		chart_row(c, &s, reliability_scale_name(w, one), &f);
		low = fmin(low, fmin(f.value, f.lo));
	}
	chart_to_1(c, low);
	model_real(c, "reference", GOOD_ALPHA);
	model_text(c, "reference_text", "0.80");
}

/* What each score is good for: the scores of each band, from the best. */
static void uses(const struct words *w, json_t *m, const json_t *scales,
		 size_t count[BANDS])
{
	json_t *list = model_list(m, "uses");
	const json_t *s;
	size_t i;

	for (size_t band = 0; band < BANDS; band++) {
		json_t *use = NULL, *one;

		json_array_foreach(scales, i, s) {
			if (!text_equals(kept_word(s, "band"), bands[band]))
				continue;
			if (!use)
				use = model_item(list);
			count[band] += *kept_text(w, s, "title") ? 1 : 0;
			one = model_item(model_list(use, "scores"));
			model_text(one, "name", reliability_scale_name(w, s));
			model_bool(one, "is_unsure", is_unsure(s));
		}
		if (use)
			model_text(use, "text",
				   request_text(
					   w->rq,
					   arena_printf(&w->cx->arena,
							"an_reliability.use_%s",
							bands[band])));
	}
}

/* Of the knowledge test; of a year, of how many courses it is what. */
static const char *statement(const struct words *w, const json_t *first,
			     const size_t count[BANDS])
{
	const struct figure f = kept_figure(first, "alpha");
	const char *band = kept_word(first, "band");
	struct arena *a = &w->cx->arena;

	if (*kept_text(w, first, "title"))
		return text_fill(
			a, request_text(w->rq, "an_reliability.statement_year"),
			"individual", text_from_count(a, (int64_t)count[0]),
			"group", text_from_count(a, (int64_t)count[1]), "class",
			text_from_count(a, (int64_t)count[2]), NULL);
	if (!gate_has(&f) || text_equals(band, "none"))
		return "";
	return text_fill(
		a,
		request_text(w->rq,
			     arena_printf(a, "an_reliability.statement_%s",
					  band)),
		"scale", reliability_scale_name(w, first), "alpha",
		figure_text(w, &f, UNIT_NUMBER), "range", range_text(w, &f),
		NULL);
}

void analysis_reliability_model(const struct words *w, json_t *m,
				const json_t *part, json_t *charts)
{
	static const char *const whats[] = { "alpha", "omega", "lambda2", "sem",
					     "needed" };
	const json_t *scales = json_object_get(part, "scales");
	json_t *rows = model_list(m, "rows"), *notes = model_list(m, "notes");
	size_t count[BANDS] = { 0 };
	const json_t *s;
	size_t i;

	json_array_foreach(scales, i, s)
		scale(w, rows, notes, s);
	uses(w, m, scales, count);
	model_text(m, "statement",
		   statement(w, json_array_get(scales, 0), count));
	chart(w, charts, scales);
	analysis_dimension_model(w, model_object(m, "dimension"), scales);
	for (i = 0; i < sizeof(whats) / sizeof(whats[0]); i++)
		model_what(w,
			   model_object(m, arena_printf(&w->cx->arena,
							"about_%s", whats[i])),
			   "what",
			   arena_printf(&w->cx->arena, "an_reliability.what_%s",
					whats[i]));
}
