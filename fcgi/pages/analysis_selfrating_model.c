/*
 * analysis_selfrating_model.c: the part "selfrating" on the page.
 */
#include "pages/analysis_model.h"

#include "base/text.h"
#include "insight/smallest.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

static const char *say(const struct words *w, const char *key)
{
	return request_text(w->rq, key);
}

static const char *follows(const struct words *w, const struct figure *rho)
{
	static const char *const keys[] = {
		[SIZE_ABOVE] = TEXT_KEY("an_selfrating.rho_above"),
		[SIZE_BELOW] = TEXT_KEY("an_selfrating.rho_below"),
		[SIZE_SAME] = TEXT_KEY("an_selfrating.rho_same"),
		[SIZE_SMALL] = TEXT_KEY("an_selfrating.rho_small"),
		[SIZE_UNCLEAR] = TEXT_KEY("an_selfrating.rho_unclear"),
		[SIZE_NOTHING] = TEXT_KEY("an_selfrating.rho_nothing"),
	};
	const enum size r = size_of(rho, SMALLEST_R);

	if (r == SIZE_SMALL && rho->value < 0.0)
		return say(w, "an_selfrating.rho_small_below");
	return say(w, keys[r]);
}

static const char *moment_text(const struct words *w, const json_t *o)
{
	return say(w, text_equals(kept_word(o, "moment"), "pre")
			      ? TEXT_KEY("dash.before")
			      : TEXT_KEY("dash.after"));
}

/* ---- how far the two go together ---------------------------------------- */

static void row(const struct words *w, json_t *rows, const json_t *o,
		const char *name)
{
	const struct figure rho = kept_figure(o, "rho");
	const struct figure r = kept_figure(o, "r");
	json_t *m = model_item(rows);

	model_text(m, "name", name);
	model_figure(w, m, "rho", &rho, UNIT_SIGNED);
	model_figure(w, m, "r", &r, UNIT_SIGNED);
	model_int(m, "missing", (int64_t)rho.missing);
	model_text(m, "reading", follows(w, &rho));
}

/* A line for each of the rows that has a number. */
static void rho_chart(const struct words *w, json_t *charts, const json_t *list,
		      const char *const *names)
{
	json_t *c = chart_new(charts, "selfrating_rho", "interval", "", 2);
	struct chart_series s =
		chart_series(c, say(w, "an_selfrating.rho"), true);
	double low = 0.0;
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		const struct figure f = kept_figure(o, "rho");

		if (!gate_has(&f))
			continue;
		chart_row(c, &s, short_label(w, names[i]), &f);
		low = fmin(low, fmin(f.value, f.lo));
	}
	chart_to_1(c, low);
	model_real(c, "reference", 0.0);
	model_text(c, "reference_text", say(w, "an_selfrating.unrelated"));
}

static void rows(const struct words *w, json_t *m, const json_t *list,
		 json_t *charts)
{
	const char **names = ARENA_ARRAY(&w->cx->arena, const char *,
					 json_array_size(list) + 1);
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		const char *title = kept_text(w, o, "title");

		names[i] = *title ? title : moment_text(w, o);
		row(w, model_list(m, "rows"), o, names[i]);
	}
	rho_chart(w, charts, list, names);
}

/* ---- quarters of the score ---------------------------------------------- */

static const char *quarter_name(const struct words *w, const json_t *o)
{
	return say(w, arena_printf(&w->cx->arena, "an_selfrating.quarter_%s",
				   kept_word(o, "place")));
}

static const char *quarter_says(const struct words *w, const struct figure *f,
				enum size r)
{
	static const char *const keys[] = {
		[SIZE_ABOVE] = TEXT_KEY("an_selfrating.over"),
		[SIZE_BELOW] = TEXT_KEY("an_selfrating.under"),
		[SIZE_SAME] = TEXT_KEY("an_selfrating.as_score"),
		[SIZE_SMALL] = TEXT_KEY("an_selfrating.small"),
		[SIZE_UNCLEAR] = TEXT_KEY("an_selfrating.unclear"),
	};

	return keys[r] ? say(w, keys[r]) : status_text(w, f->status);
}

static void quarter_row(const struct words *w, json_t *list, const json_t *o,
			const char *moment)
{
	const struct figure diff = kept_figure(o, "diff");
	const enum size r = size_of(&diff, SMALLEST_DZ);
	json_t *m = model_item(list);

	model_text(m, "moment", moment);
	model_text(m, "name", quarter_name(w, o));
	model_figure(w, m, "diff", &diff, UNIT_SIGNED);
	model_text(m, "random_text",
		   number_text(w, kept_number(o, "random"), 0, UNIT_SIGNED));
	model_text(m, "reading", quarter_says(w, &diff, r));
	model_bool(m, "is_off", r == SIZE_ABOVE || r == SIZE_BELOW);
}

/* Names of the quarters of which the interval says r: "A, B"; "" for none. */
static const char *named(const struct words *w, const json_t *quarters,
			 enum size r)
{
	const char *names = "";
	const json_t *o;
	size_t q;

	json_array_foreach(quarters, q, o) {
		const struct figure diff = kept_figure(o, "diff");

		if (size_of(&diff, SMALLEST_DZ) != r)
			continue;
		names = arena_printf(&w->cx->arena, "%s%s%s", names,
				     *names ? say(w, "an_selfrating.comma")
					    : "",
				     quarter_name(w, o));
	}
	return names;
}

static const char *verdict(const struct words *w, const json_t *quarters)
{
	const char *over = named(w, quarters, SIZE_ABOVE);
	const char *under = named(w, quarters, SIZE_BELOW);
	const char *key = *over && *under ? TEXT_KEY("an_selfrating.says_both")
			  : *over         ? TEXT_KEY("an_selfrating.says_over")
			  : *under        ? TEXT_KEY("an_selfrating.says_under")
					  : TEXT_KEY("an_selfrating.says_none");

	return text_fill(&w->cx->arena, say(w, key), "over", over, "under",
			 under, NULL);
}

static void quarters_chart(const struct words *w, json_t *charts,
			   const json_t *quarters)
{
	json_t *c = chart_new(charts, "selfrating_quarters", "interval", "", 2);
	struct chart_series s =
		chart_series(c, say(w, "an_selfrating.diff"), true);
	const json_t *o;
	size_t q;

	json_array_foreach(quarters, q, o) {
		const struct figure f = kept_figure(o, "diff");

		chart_row(c, &s, quarter_name(w, o), &f);
	}
	model_text(model_object(c, "axis"), "name",
		   say(w, "an_selfrating.axis"));
	model_real(c, "reference", 0.0);
	model_text(c, "reference_text", say(w, "an_selfrating.as_score"));
}

static bool any_shown(const json_t *quarters)
{
	const json_t *o;
	size_t q;

	json_array_foreach(quarters, q, o) {
		const struct figure f = kept_figure(o, "diff");

		if (gate_has(&f))
			return true;
	}
	return false;
}

/* All of them in the table; the chart is of the last, after where there is. */
static void quarters(const struct words *w, json_t *m, const json_t *moments,
		     json_t *charts)
{
	json_t *list = model_list(m, "quarters");
	const json_t *o, *part, *last = NULL;
	size_t i, q;

	model_what(w, model_object(m, "about_quarters"), "what",
		   "an_selfrating.what_quarters");
	json_array_foreach(moments, i, o) {
		const json_t *all = json_object_get(o, "quarters");

		if (!any_shown(all))
			continue;
		last = o;
		json_array_foreach(all, q, part)
			quarter_row(w, list, part, moment_text(w, o));
	}
	model_bool(m, "has_quarters", last != NULL);
	if (!last)
		return;
	model_text(m, "verdict", verdict(w, json_object_get(last, "quarters")));
	model_text(m, "quarters_of",
		   say(w, text_equals(kept_word(last, "moment"), "pre")
				  ? TEXT_KEY("an_selfrating.of_pre")
				  : TEXT_KEY("an_selfrating.of_post")));
	quarters_chart(w, charts, json_object_get(last, "quarters"));
}

/* ---- the part ----------------------------------------------------------- */

/* Of the last moment that can be shown: after, where there is one. */
static const char *statement(const struct words *w, const json_t *moments)
{
	struct figure rho = { .value = NAN };
	struct arena *a = &w->cx->arena;
	const json_t *o, *last = NULL;
	size_t i;

	json_array_foreach(moments, i, o) {
		const struct figure f = kept_figure(o, "rho");

		if (!gate_has(&f))
			continue;
		rho = f;
		last = o;
	}
	if (!last)
		return follows(w, &rho);
	return text_fill(a, say(w, "an_selfrating.statement"), "says",
			 follows(w, &rho), "moment", moment_text(w, last),
			 "rho", figure_text(w, &rho, UNIT_SIGNED), "lo",
			 number_text(w, rho.lo, rho.n, UNIT_SIGNED), "hi",
			 number_text(w, rho.hi, rho.n, UNIT_SIGNED), "n",
			 text_from_count(a, (int64_t)rho.n), NULL);
}

/* Of how many courses the self-ratings follow the score. */
static const char *statement_year(const struct words *w, const json_t *courses)
{
	struct arena *a = &w->cx->arena;
	int64_t follow = 0, judged = 0;
	const json_t *o;
	size_t i;

	json_array_foreach(courses, i, o) {
		const struct figure rho = kept_figure(o, "rho");
		const enum size r = size_of(&rho, SMALLEST_R);

		judged += r != SIZE_NOTHING ? 1 : 0;
		follow += r == SIZE_ABOVE ? 1 : 0;
	}
	return text_fill(a, say(w, "an_selfrating.statement_year"), "follow",
			 text_from_count(a, follow), "all",
			 text_from_count(a, judged), NULL);
}

void analysis_selfrating_model(const struct words *w, json_t *m,
			       const json_t *part, json_t *charts)
{
	const bool year = text_equals(kept_word(part, "scope"), "year");
	const json_t *list =
		json_object_get(part, year ? "courses" : "moments");

	model_bool(m, "is_year", year);
	model_what(w, model_object(m, "about_rho"), "what",
		   "an_selfrating.what_rho");
	model_text(m, "statement",
		   year ? statement_year(w, list) : statement(w, list));
	rows(w, m, list, charts);
	if (year)
		return;
	model_text(m, "asked_text",
		   text_with_n(w,
			       kept_bool(part, "by_skill")
				       ? TEXT_KEY("an_selfrating.asked_skill")
				       : TEXT_KEY("an_selfrating.asked_all"),
			       kept_int(part, "asked")));
	quarters(w, m, list, charts);
}
