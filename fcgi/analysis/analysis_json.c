/*
 * analysis_json.c: figures as they are kept.
 */
#include "analysis/analysis.h"

#include <math.h>

void analysis_number(json_t *o, const char *key, double value)
{
	json_object_set_new(o, key,
			    isfinite(value) ? json_real(value) : json_null());
}

void analysis_int(json_t *o, const char *key, int64_t n)
{
	json_object_set_new(o, key, json_integer(n));
}

void analysis_count(json_t *o, const char *key, size_t n)
{
	analysis_int(o, key, (int64_t)n);
}

void analysis_flag(json_t *o, const char *key, bool is)
{
	json_object_set_new(o, key, json_boolean(is));
}

void analysis_word(json_t *o, const char *key, const char *word)
{
	json_object_set_new(o, key, json_string(word ? word : ""));
}

void analysis_figure(json_t *o, const char *key, const struct figure *f)
{
	json_t *figure = analysis_object(o, key);

	analysis_number(figure, "value", f->value);
	analysis_number(figure, "lo", f->lo);
	analysis_number(figure, "hi", f->hi);
	analysis_count(figure, "n", f->n);
	analysis_count(figure, "base", f->base);
	analysis_count(figure, "missing", f->missing);
	analysis_word(figure, "method", f->method);
	analysis_word(figure, "status", an_status_name(f->status));
}

void analysis_text(json_t *o, const char *key, struct bilingual text)
{
	json_t *both = analysis_object(o, key);

	analysis_word(both, "ja", text.ja);
	analysis_word(both, "en", text.en);
}

json_t *analysis_list(json_t *o, const char *key)
{
	json_t *list = json_array();

	json_object_set_new(o, key, list);
	return list;
}

json_t *analysis_object(json_t *o, const char *key)
{
	json_t *inner = json_object();

	json_object_set_new(o, key, inner);
	return inner;
}

json_t *analysis_row(json_t *list)
{
	json_t *row = json_object();

	json_array_append_new(list, row);
	return row;
}

enum err analysis_nothing(json_t *out, enum an_status status, size_t n,
			  size_t least)
{
	analysis_word(out, "status", an_status_name(status));
	analysis_count(out, "n", n);
	if (least)
		analysis_count(out, "least", least);
	return OK;
}

void analysis_ok(json_t *out, size_t n)
{
	analysis_word(out, "status", an_status_name(AN_OK));
	analysis_count(out, "n", n);
}
