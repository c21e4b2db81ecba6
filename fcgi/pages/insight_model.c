/*
 * insight_model.c: the manual is insight_model.h.
 */
#include "pages/insight_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define LABEL 48     /* columns of a chart's label */
#define WIDE  0x1100 /* from here on characters take two */

const char *either(const struct words *w, const char *ja, const char *en)
{
	return by_language(w->rq, ja, en);
}

const char *bilingual_text(const struct words *w, struct bilingual text)
{
	return survey_text(text, w->rq->lang);
}

const char *short_label(const struct words *w, const char *text)
{
	const char *end = text;
	size_t columns = 0;

	while (*end && columns < LABEL) {
		const char *next = end;

		columns += text_next(&next, end + strlen(end)) < WIDE ? 1 : 2;
		end = next;
	}
	return *end ? arena_printf(&w->cx->arena, "%.*s…", (int)(end - text),
				   text)
		    : text;
}

const char *text_with_n(const struct words *w, const char *key, int64_t n)
{
	return text_count(&w->cx->arena, w->rq->texts, w->rq->lang, key, n);
}

void model_title(json_t *model, const char *title)
{
	model_text(model_object(model, "page"), "title", title);
}

const char *status_text(const struct words *w, enum an_status status)
{
	return request_text(w->rq, arena_printf(&w->cx->arena, "status.%s",
						an_status_name(status)));
}

const char *method_text(const struct words *w, const char *method)
{
	return request_text(w->rq,
			    arena_printf(&w->cx->arena, "method.%s", method));
}

const char *number_text(const struct words *w, double value, size_t n,
			enum figure_unit unit)
{
	struct arena *a = &w->cx->arena;
	const int decimals = n < 100 ? 0 : 1;

	if (isnan(value))
		return "–";
	if (fabs(value) < 1e-12)
		value = 0.0; /* no "-0" */
	switch (unit) {
	case UNIT_SHARE:
		return arena_printf(a, "%s%%",
				    text_from_decimal(a, 100.0 * value,
						      decimals, false));
	case UNIT_SHARE_CHANGE:
		return text_from_decimal(a, 100.0 * value, decimals, true);
	case UNIT_POINTS:
	case UNIT_NUMBER:
		return text_from_decimal(a, value, 2, false);
	case UNIT_POINTS_CHANGE:
	case UNIT_SIGNED:
		return text_from_decimal(a, value, 2, true);
	}
	return "";
}

const char *p_text(const struct words *w, double p)
{
	if (isnan(p))
		return "–";
	if (p < 0.001)
		return "<0.001";
	return arena_printf(&w->cx->arena, "%.3f", p);
}

const char *figure_text(const struct words *w, const struct figure *f,
			enum figure_unit unit)
{
	return number_text(w, f->value, f->n, unit);
}

const char *interval_text(const struct words *w, const struct figure *f,
			  enum figure_unit unit)
{
	if (isnan(f->lo) || isnan(f->hi))
		return "";
	return text_fill(&w->cx->arena, request_text(w->rq, "stat.interval"),
			 "lo", number_text(w, f->lo, f->n, unit), "hi",
			 number_text(w, f->hi, f->n, unit), NULL);
}

static bool has_value(const struct figure *f)
{
	return !isnan(f->value);
}

json_t *model_figure(const struct words *w, json_t *m, const char *key,
		     const struct figure *f, enum figure_unit unit)
{
	json_t *o = model_object(m, key);
	const bool hidden = f->status == AN_SUPPRESSED;

	model_real(o, "value", f->value);
	model_real(o, "lo", f->lo);
	model_real(o, "hi", f->hi);
	model_int(o, "n", (int64_t)f->n);
	model_int(o, "base", (int64_t)f->base);
	model_int(o, "missing", (int64_t)f->missing);
	model_text(o, "method", f->method);
	model_text(o, "status", an_status_name(f->status));
	model_bool(o, "shown", has_value(f));
	model_bool(o, "is_hidden", hidden);
	model_text(o, "value_text",
		   hidden ? request_text(w->rq, "stat.hidden")
			  : figure_text(w, f, unit));
	model_text(o, "interval_text", interval_text(w, f, unit));
	model_text(o, "n_text", text_with_n(w, "stat.n", (int64_t)f->n));
	model_text(o, "why", has_value(f) ? "" : status_text(w, f->status));
	return o;
}

void model_about(const struct words *w, json_t *m, const struct figure *f,
		 enum figure_unit unit)
{
	json_t *o = model_object(m, "about");

	model_text(o, "n_text", text_with_n(w, "stat.people", (int64_t)f->n));
	model_text(o, "base", text_with_n(w, "stat.people", (int64_t)f->base));
	model_text(o, "missing",
		   text_with_n(w, "stat.people", (int64_t)f->missing));
	model_text(o, "method", method_text(w, f->method));
	model_text(o, "interval", interval_text(w, f, unit));
	model_text(o, "hidden",
		   f->status == AN_SUPPRESSED ? status_text(w, f->status) : "");
}

void model_headline(const struct words *w, json_t *list, const char *label,
		    const struct figure *f, enum figure_unit unit)
{
	json_t *o = model_item(list);

	model_text(o, "label", label);
	model_text(o, "value_text",
		   f->status == AN_SUPPRESSED
			   ? request_text(w->rq, "stat.hidden")
			   : figure_text(w, f, unit));
	model_text(o, "unit",
		   has_value(f) && unit == UNIT_SHARE_CHANGE
			   ? request_text(w->rq, "stat.percent_points")
			   : "");
	model_text(o, "note",
		   has_value(f) ? interval_text(w, f, unit)
				: status_text(w, f->status));
	model_text(o, "n_text", text_with_n(w, "stat.n", (int64_t)f->n));
}

void model_headline_count(const struct words *w, json_t *list,
			  const char *label, int64_t count, const char *note)
{
	json_t *o = model_item(list);

	model_text(o, "label", label);
	model_text(o, "value_text", text_from_count(&w->cx->arena, count));
	model_text(o, "unit", "");
	model_text(o, "note", note);
	model_text(o, "n_text", "");
}

void chart_value(json_t *list, double value, bool percent)
{
	if (isnan(value))
		json_array_append_new(list, json_null());
	else
		model_item_real(list,
				percent ? round(value * 1000.0) / 10.0 : value);
}

json_t *chart_new(json_t *charts, const char *name, const char *kind,
		  const char *unit, int decimals)
{
	json_t *chart = model_object(charts, name);

	model_text(chart, "kind", kind);
	model_text(chart, "unit", unit);
	model_int(chart, "decimals", decimals);
	model_list(chart, "categories");
	model_list(chart, "series");
	return chart;
}

struct chart_series chart_series(json_t *chart, const char *name,
				 bool with_interval)
{
	json_t *o = model_item(model_list(chart, "series"));
	struct chart_series s = { 0 };

	model_text(o, "name", name);
	s.values = model_list(o, "values");
	if (with_interval) {
		s.low = model_list(o, "low");
		s.high = model_list(o, "high");
	}
	return s;
}

void chart_figure(struct chart_series *s, const struct figure *f, bool percent)
{
	chart_value(s->values, f->value, percent);
	if (!s->low)
		return;
	chart_value(s->low, f->lo, percent);
	chart_value(s->high, f->hi, percent);
}

void chart_row(json_t *chart, struct chart_series *s, const char *category,
	       const struct figure *f)
{
	model_item_text(model_list(chart, "categories"), category);
	chart_figure(s, f, false);
}

void chart_to_1(json_t *chart, double low)
{
	json_t *axis = model_object(chart, "axis");
	const double steps = low < -1.0 ? 2.0 : 5.0; /* in 1 */

	model_real(axis, "interval", 1.0 / steps);
	model_real(axis, "min", floor(low * steps) / steps);
	model_real(axis, "max", 1.0);
}

void model_least(const struct words *w, json_t *m)
{
	static const struct {
		const char *name, *key;
		enum gate_what what;
	} said[] = {
		{ "items", TEXT_KEY("dash.items_hidden"), GATE_ITEM },
		{ "satisfaction", TEXT_KEY("dash.satisfaction_hidden"),
		  GATE_OPINION },
		{ "needs", TEXT_KEY("dash.needs_hidden"), GATE_OPINION },
		{ "self", TEXT_KEY("profile.self_hidden"), GATE_OPINION },
		{ "comments", TEXT_KEY("dash.comments_rule"), GATE_COMMENT },
	};
	const struct gate g = gate_read(w->cx);
	json_t *least = model_object(m, "least");

	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		model_text(least, said[i].name,
			   text_with_n(w, said[i].key,
				       (int64_t)gate_least(&g, said[i].what)));
}
