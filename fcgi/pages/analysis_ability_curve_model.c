/*
 * analysis_ability_curve_model.c: how exactly people are measured, and where.
 */
#include "pages/analysis_ability_model.h"

#include "analytics/irt.h"
#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

static const char *say(const struct words *w, const char *key)
{
	return request_text(w->rq, key);
}

static void mark(json_t *chart, double at, const char *text)
{
	json_t *o;

	if (isnan(at))
		return;
	o = model_item(model_list(chart, "marks"));
	model_real(o, "at", at);
	model_text(o, "text", text);
}

void ability_people_marks(const struct words *w, json_t *chart,
			  const json_t *part)
{
	mark(chart, kept_figure(part, "before").value,
	     say(w, "an_ability.people_before"));
	mark(chart, kept_figure(part, "after").value,
	     say(w, "an_ability.people_after"));
}

/* One item's own curve, thin behind the test's. */
static void item_curve(const struct words *w, json_t *chart, const json_t *it,
		       const json_t *curve)
{
	struct chart_series s = chart_series(
		chart, short_label(w, kept_text(w, it, "text")), false);
	struct an_irt_item par = { .a = kept_number(it, "a") };
	const json_t *at;
	size_t i;

	par.d = -par.a * kept_figure(it, "b").value;
	json_array_foreach(curve, i, at) {
		const double v =
			an_irt_information(&par, kept_number(at, "at"));

		chart_value(s.values, round(v * 1000.0) / 1000.0, false);
	}
}

void ability_curve_model(const struct words *w, json_t *m, const json_t *part,
			 json_t *charts)
{
	const json_t *list = json_object_get(part, "curve"), *at, *it;
	const json_t *peak = json_array_get(list, 0);
	json_t *rows = model_list(m, "curve");
	json_t *c = chart_new(charts, "ability_curve", "curve", "", 2);
	struct chart_series s =
		chart_series(c, say(w, "an_ability.information"), false);
	json_t *x = model_list(c, "x");
	size_t i;

	model_text(model_object(c, "axis_x"), "name",
		   say(w, "an_ability.axis"));
	model_text(model_object(c, "axis"), "name",
		   say(w, "an_ability.information"));
	json_array_foreach(list, i, at) {
		const double theta = kept_number(at, "at");
		const double v = kept_number(at, "information");
		json_t *row;

		if (v > kept_number(peak, "information"))
			peak = at;
		model_item_real(x, theta);
		chart_value(s.values, round(v * 1000.0) / 1000.0, false);
		if (fabs(theta - round(theta)) > 1e-9)
			continue;
		row = model_item(rows);
		model_text(row, "at", ability_place_text(w, theta));
		model_text(row, "information",
			   number_text(w, v, 0, UNIT_NUMBER));
		model_text(row, "se",
			   number_text(w, kept_number(at, "se"), 0,
				       UNIT_NUMBER));
	}
	json_array_foreach(json_object_get(part, "items"), i, it)
		item_curve(w, c, it, list);
	ability_people_marks(w, c, part);
	model_text(
		m, "curve_title",
		text_fill(&w->cx->arena, say(w, "an_ability.curve_title"), "at",
			  ability_place_text(w, kept_number(peak, "at")), "se",
			  number_text(w, kept_number(peak, "se"), 0,
				      UNIT_NUMBER),
			  NULL));
}
