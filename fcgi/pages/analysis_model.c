/*
 * analysis_model.c: the manual is analysis_model.h.
 */
#include "pages/analysis_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

static const struct {
	const char *name;
	analysis_model_fn *function;
} parts[] = {
	{ "people", analysis_people_model },
	{ "change", analysis_change_model },
	{ "items", analysis_items_model },
	{ "reliability", analysis_reliability_model },
	{ "ability", analysis_ability_model },
	{ "selfrating", analysis_selfrating_model },
	{ "fairness", analysis_fairness_model },
	{ "groups", analysis_groups_model },
	{ "needs", analysis_needs_model },
	{ "drivers", analysis_drivers_model },
	{ "texts", analysis_texts_model },
	{ "trend", analysis_trend_model },
	{ "summary", analysis_summary_model },
};

double kept_number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : (double)NAN;
}

int64_t kept_int(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

bool kept_bool(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

const char *kept_word(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

const char *kept_text(const struct words *w, const json_t *o, const char *key)
{
	const json_t *both = json_object_get(o, key);

	return either(w, kept_word(both, "ja"), kept_word(both, "en"));
}

static enum an_status kept_status(const json_t *o)
{
	const char *word = kept_word(o, "status");

	for (int s = AN_OK; s <= AN_BAD_INPUT; s++)
		if (text_equals(word, an_status_name((enum an_status)s)))
			return (enum an_status)s;
	return AN_EMPTY;
}

bool kept_is_ok(const json_t *o)
{
	return o && kept_status(o) == AN_OK;
}

struct figure kept_figure(const json_t *o, const char *key)
{
	const json_t *f = json_object_get(o, key);

	return (struct figure){ .value = kept_number(f, "value"),
				.lo = kept_number(f, "lo"),
				.hi = kept_number(f, "hi"),
				.n = (size_t)kept_int(f, "n"),
				.base = (size_t)kept_int(f, "base"),
				.missing = (size_t)kept_int(f, "missing"),
				.method = kept_word(f, "method"),
				.status = kept_status(f) };
}

static const char *what_text(const struct words *w, const char *name,
			     const char *which)
{
	return request_text(w->rq,
			    arena_printf(&w->cx->arena, "%s%s", name, which));
}

void model_what(const struct words *w, json_t *m, const char *key,
		const char *name)
{
	json_t *o = model_object(m, key);

	model_text(o, "title", what_text(w, name, ""));
	model_text(o, "read", what_text(w, name, "_read"));
	model_text(o, "formula", what_text(w, name, "_formula"));
	model_text(o, "source", what_text(w, name, "_source"));
}

const char *kept_why(const struct words *w, const json_t *part)
{
	const int64_t least = kept_int(part, "least");

	if (least)
		return text_fill(
			&w->cx->arena, request_text(w->rq, "analysis.too_few"),
			"n",
			text_from_count(&w->cx->arena, kept_int(part, "n")),
			"least", text_from_count(&w->cx->arena, least), NULL);
	if (kept_status(part) == AN_EMPTY && kept_int(part, "n"))
		return request_text(w->rq, "analysis.not_asked");
	return status_text(w, kept_status(part));
}

/* Why there are no p-values; "" where there are. */
static const char *no_p(const struct words *w, const json_t *part)
{
	struct arena *a = &w->cx->arena;

	return kept_int(part, "n") < GATE_CROWD
		       ? ""
		       : text_fill(a, request_text(w->rq, "stat.no_p"), "n",
				   text_from_count(a, GATE_CROWD), NULL);
}

const json_t *analysis_part(const json_t *result, const char *name)
{
	return json_object_get(json_object_get(result, "parts"), name);
}

void analysis_model_part(const struct words *w, json_t *m, const char *name,
			 const json_t *result)
{
	const json_t *part = analysis_part(result, name);
	const bool shown = kept_is_ok(part);
	json_t *o;

	if (!part)
		return;
	o = model_object(m, name);
	model_bool(o, "shown", shown);
	model_text(o, "n_text", text_with_n(w, "stat.n", kept_int(part, "n")));
	model_text(o, "why", shown ? "" : kept_why(w, part));
	model_text(o, "no_p", no_p(w, part));
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && shown; i++)
		if (text_equals(parts[i].name, name))
			parts[i].function(w, o, part,
					  model_object(m, "charts"));
}

void analysis_model(const struct words *w, json_t *m, const json_t *result)
{
	model_object(m, "charts");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		analysis_model_part(w, m, parts[i].name, result);
}
