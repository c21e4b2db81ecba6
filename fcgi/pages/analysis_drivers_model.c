/*
 * analysis_drivers_model.c: the part "drivers" on the page.
 */
#include "pages/analysis_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

#define MERGE     10.0 /* variance inflation from which items say the same */
#define MANY_LOST 0.1  /* share of incomplete forms that is said aloud */

static const char *fixed(const struct words *w, double x, int decimals)
{
	if (isnan(x))
		return "–";
	return arena_printf(&w->cx->arena, "%.*f", decimals, x);
}

static const char *percent(const struct words *w, double share)
{
	if (isnan(share))
		return "–";
	return arena_printf(&w->cx->arena, "%.0f%%", 100.0 * share);
}

/* Why a half has nothing, or its n. True when there is something. */
static bool standing(const struct words *w, json_t *m, const json_t *kept)
{
	const bool shown = kept_is_ok(kept);

	model_bool(m, "shown", shown);
	model_text(m, "why", shown ? "" : kept_why(w, kept));
	model_text(m, "n_text", text_with_n(w, "stat.n", kept_int(kept, "n")));
	return shown;
}

static void portfolio_chart(const struct words *w, json_t *charts,
			    const json_t *items)
{
	static const char *const corners[] = {
		TEXT_KEY("dash.quad_keep"),
		TEXT_KEY("dash.quad_priority_keep"),
		TEXT_KEY("dash.quad_priority_improve"),
		TEXT_KEY("dash.quad_improve"),
	};
	json_t *c = chart_new(charts, "drivers_portfolio", "quadrant", "", 1);
	json_t *points = model_list(c, "points"), *split;
	const json_t *o;
	size_t i;

	model_text(model_object(c, "axis_x"), "name",
		   request_text(w->rq, "an_drivers.axis_importance"));
	model_text(model_object(c, "axis_y"), "name",
		   request_text(w->rq, "an_drivers.axis_satisfaction"));
	json_array_foreach(items, i, o) {
		json_t *p = model_item(points);

		model_text(p, "label", short_label(w, kept_text(w, o, "text")));
		model_real(p, "x", kept_number(o, "x"));
		model_real(p, "y", kept_number(o, "y"));
		model_int(p, "n", (int64_t)kept_figure(o, "mean").n);
	}
	split = model_object(c, "split");
	model_real(split, "x", 50.0);
	model_real(split, "y", 50.0);
	for (i = 0; i < 4; i++)
		model_item_text(model_list(c, "corners"),
				request_text(w->rq, corners[i]));
}

static void portfolio_item(const struct words *w, json_t *m, const json_t *o)
{
	const struct figure mean = kept_figure(o, "mean");
	const struct figure r = kept_figure(o, "r");
	const char *act = kept_word(o, "act");
	struct arena *a = &w->cx->arena;

	model_text(m, "text", kept_text(w, o, "text"));
	model_figure(w, m, "mean", &mean, UNIT_POINTS);
	model_figure(w, m, "r", &r, UNIT_SIGNED);
	model_real(m, "index", kept_number(o, "index"));
	model_text(m, "index_text", fixed(w, kept_number(o, "index"), 1));
	model_text(m, "quadrant_text",
		   request_text(w->rq, arena_printf(a, "dash.quad_%s",
						    kept_word(o, "quadrant"))));
	model_text(m, "rank_text",
		   kept_int(o, "rank") ? text_from_count(a, kept_int(o, "rank"))
				       : "–");
	model_text(m, "p_text", percent(w, kept_number(o, "p_rank3")));
	model_bool(m, "is_now", text_equals(act, "now"));
	model_text(
		m, "act_text",
		*act ? request_text(w->rq,
				    arena_printf(a, "an_drivers.act_%s", act))
		     : request_text(w->rq, "an_drivers.left_out"));
}

/* The first item to improve, as the title. */
static const char *portfolio_title(const struct words *w, const json_t *items)
{
	const json_t *first = json_array_get(items, 0);

	if (!text_equals(kept_word(first, "act"), "now"))
		return request_text(w->rq, "an_drivers.portfolio_calm");
	return text_fill(&w->cx->arena,
			 request_text(w->rq, "an_drivers.portfolio_title"),
			 "item", kept_text(w, first, "text"), "index",
			 fixed(w, kept_number(first, "index"), 1), NULL);
}

static void portfolio(const struct words *w, json_t *m, const json_t *kept,
		      json_t *charts)
{
	const json_t *items = json_object_get(kept, "items"), *o;
	json_t *list;
	size_t i;

	model_what(w, m, "what", "an_drivers.what_portfolio");
	if (!standing(w, m, kept))
		return;
	model_text(m, "statement", portfolio_title(w, items));
	list = model_list(m, "items");
	json_array_foreach(items, i, o)
		portfolio_item(w, model_item(list), o);
	portfolio_chart(w, charts, items);
}

static void driver(const struct words *w, json_t *m, const json_t *o)
{
	const struct figure share = kept_figure(o, "share");

	model_text(m, "text", kept_text(w, o, "text"));
	model_int(m, "rank", kept_int(o, "rank"));
	model_figure(w, m, "share", &share, UNIT_SHARE);
	model_text(m, "johnson_text", percent(w, kept_number(o, "johnson")));
	model_text(m, "beta_text", fixed(w, kept_number(o, "beta"), 2));
	model_text(m, "vif_text", fixed(w, kept_number(o, "vif"), 1));
	model_bool(m, "is_same", kept_number(o, "vif") > MERGE);
}

static void drivers_chart(const struct words *w, json_t *charts,
			  const json_t *items)
{
	json_t *c = chart_new(charts, "drivers_shares", "interval", "%", 0);
	struct chart_series s =
		chart_series(c, request_text(w->rq, "an_drivers.share"), true);
	const json_t *o;
	size_t i;

	json_array_foreach(items, i, o) {
		const struct figure share = kept_figure(o, "share");

		model_item_text(model_list(c, "categories"),
				short_label(w, kept_text(w, o, "text")));
		chart_figure(&s, &share, true);
	}
	model_real(model_object(c, "axis"), "min", 0.0);
}

/* What the model explains, and what one should know of it. */
static void notes(const struct words *w, json_t *m, const json_t *kept)
{
	const double n = (double)kept_int(kept, "n");
	const double missing = (double)kept_int(kept, "missing");
	json_t *list = model_list(m, "notes");

	if (!kept_bool(kept, "same_order"))
		model_item_text(list,
				request_text(w->rq, "an_drivers.other_order"));
	if (missing > MANY_LOST * (n + missing))
		model_item_text(list, text_with_n(w, "an_drivers.many_lost",
						  (int64_t)missing));
}

static void drivers(const struct words *w, json_t *m, const json_t *kept,
		    json_t *charts)
{
	const json_t *items = json_object_get(kept, "items"), *o;
	const bool explains = kept_bool(kept, "explains");
	json_t *list;
	size_t i;

	model_what(w, m, "what", "an_drivers.what_drivers");
	if (!standing(w, m, kept))
		return;
	model_bool(m, "explains", explains);
	model_text(m, "base",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_drivers.drivers_base"),
			     "r2", percent(w, kept_number(kept, "r2")), "adj",
			     percent(w, kept_number(kept, "adj_r2")), NULL));
	if (!explains)
		return;
	model_text(m, "statement",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "an_drivers.drivers_title"),
			     "item",
			     kept_text(w, json_array_get(items, 0), "text"),
			     NULL));
	list = model_list(m, "items");
	json_array_foreach(items, i, o)
		driver(w, model_item(list), o);
	drivers_chart(w, charts, items);
	notes(w, m, kept);
}

void analysis_drivers_model(const struct words *w, json_t *m,
			    const json_t *part, json_t *charts)
{
	portfolio(w, model_object(m, "portfolio"),
		  json_object_get(part, "portfolio"), charts);
	drivers(w, model_object(m, "shares"), json_object_get(part, "drivers"),
		charts);
}
