/*
 * analyse_write.c: options in, results out.
 */
#include "command/analyse.h"

#include <math.h>
#include <string.h>

double analyse_number(struct analysis *a, const char *key, double fallback)
{
	const json_t *v = json_object_get(a->options, key);

	if (!v || json_is_null(v))
		return fallback;
	if (!json_is_number(v))
		analyse_refuse(a, "option %s must be a number", key);
	return json_number_value(v);
}

bool analyse_flag(struct analysis *a, const char *key, bool fallback)
{
	const json_t *v = json_object_get(a->options, key);

	if (!v || json_is_null(v))
		return fallback;
	if (!json_is_boolean(v))
		analyse_refuse(a, "option %s must be true or false", key);
	return json_is_true(v);
}

const char *analyse_word(struct analysis *a, const char *key,
			 const char *fallback)
{
	const json_t *v = json_object_get(a->options, key);

	if (!v || json_is_null(v))
		return fallback;
	if (!json_is_string(v))
		analyse_refuse(a, "option %s must be a text", key);
	return json_is_string(v) ? json_string_value(v) : fallback;
}

#define MOST ((size_t)1 << 53) /* whole numbers that JSON keeps */

size_t analyse_count(struct analysis *a, const char *key, size_t fallback,
		     size_t most)
{
	const json_t *v = json_object_get(a->options, key);
	double x;

	if (!v || json_is_null(v))
		return fallback;
	x = json_number_value(v);
	if (!json_is_number(v) || x < 1.0 || x != floor(x) ||
	    x > (double)most || x > (double)MOST) {
		analyse_refuse(a,
			       "option %s must be a whole number from 1 to %zu",
			       key, most < MOST ? most : MOST);
		return fallback;
	}
	return (size_t)x;
}

/* A text, or a whole number as one would write it; NULL for the rest. */
static const char *name_of(struct analysis *a, const json_t *v)
{
	if (json_is_integer(v))
		return arena_printf(a->arena, "%lld",
				    (long long)json_integer_value(v));
	return json_string_value(v);
}

const char *analyse_name(struct analysis *a, const char *key)
{
	const json_t *v = json_object_get(a->options, key);

	if (!v || json_is_null(v))
		return NULL;
	if (!name_of(a, v))
		analyse_refuse(a, "option %s must be a text", key);
	return name_of(a, v);
}

const char **analyse_list(struct analysis *a, const char *key, size_t *n)
{
	const json_t *v = json_object_get(a->options, key), *one;
	const char **out;
	size_t i;

	*n = 0;
	if (!v || json_is_null(v))
		return NULL;
	*n = json_array_size(v);
	out = ARENA_ARRAY(a->arena, const char *, *n + 1);
	if (!json_is_array(v))
		analyse_refuse(a, "option %s must be a list of texts", key);
	json_array_foreach(v, i, one) {
		out[i] = name_of(a, one);
		if (!out[i])
			analyse_refuse(a, "option %s must be a list of texts",
				       key);
	}
	return out;
}

double analyse_level(struct analysis *a)
{
	const double level = analyse_number(a, "level", 0.95);

	if (!(level > 0.0 && level < 1.0))
		analyse_refuse(a, "level lies between 0 and 1");
	return level;
}

bool analyse_has_option(const struct analysis *a, const char *key)
{
	return json_object_get(a->options, key) != NULL;
}

struct an_resampling analyse_resampling(struct analysis *a, size_t b,
					size_t most)
{
	const struct an_resampling how = {
		.resamples = analyse_count(a, "B", b, most),
		.seed = analyse_count(a, "seed", 20240401, SIZE_MAX),
		.level = analyse_number(a, "level", 0.95),
		.progress = a->progress,
	};

	if (!(how.level > 0.0 && how.level < 1.0))
		analyse_refuse(a, "level lies between 0 and 1");
	return how;
}

void analyse_put_seed(json_t *o, const struct an_resampling *how)
{
	model_int(o, "seed", (int64_t)how->seed);
	model_text(o, "generator", AN_GENERATOR);
}

enum an_missing analyse_missing(struct analysis *a)
{
	const char *word = analyse_word(a, "missing", "listwise");

	if (!strcmp(word, "zero"))
		return AN_MISSING_ZERO;
	if (strcmp(word, "listwise"))
		analyse_refuse(a, "option missing is \"zero\" or \"listwise\"");
	return AN_LISTWISE;
}

static json_t *value_of(const struct field *f, const void *record)
{
	const void *at = (const char *)record + f->at;

	if (f->kind == 'r' && !*(const size_t *)at)
		return json_null(); /* no rank */
	if (f->kind == 'z' || f->kind == 'r')
		return json_integer((json_int_t) * (const size_t *)at);
	if (f->kind == 's') {
		const char *const *text = at;

		return *text ? json_string(*text) : json_null();
	}
	return isfinite(*(const double *)at) ? json_real(*(const double *)at)
					     : json_null();
}

void analyse_record(json_t *o, const struct field *fields, const void *record)
{
	for (const struct field *f = fields; f->key; f++)
		json_object_set_new(o, f->key, value_of(f, record));
}

void analyse_columns(json_t *o, const struct field *fields, const void *base,
		     size_t n, size_t size)
{
	for (const struct field *f = fields; f->key; f++) {
		json_t *list = model_list(o, f->key);

		for (size_t i = 0; i < n; i++)
			json_array_append_new(
				list,
				value_of(f, (const char *)base + i * size));
	}
}

void analyse_lists(json_t *o, const char *const *names)
{
	for (; *names; names++)
		model_list(o, *names);
}

void analyse_put(json_t *o, const char *key, const double *x, size_t n)
{
	json_t *list = model_list(o, key);

	for (size_t i = 0; i < n; i++)
		model_item_real(list, x[i]);
}

void analyse_put_texts(json_t *o, const char *key, const char *const *x,
		       size_t n)
{
	json_t *list = model_list(o, key);

	for (size_t i = 0; i < n; i++)
		model_item_text(list, x[i]);
}

void analyse_put_sizes(json_t *o, const char *key, const size_t *x, size_t n)
{
	json_t *list = model_list(o, key);

	for (size_t i = 0; i < n; i++)
		model_item_int(list, (int64_t)x[i]);
}

void analyse_put_matrix(json_t *o, const char *key, const double *x, size_t n,
			size_t k)
{
	json_t *list = model_list(o, key);

	for (size_t i = 0; i < n; i++) {
		json_t *row = json_array();

		for (size_t j = 0; j < k; j++)
			model_item_real(row, x[i * k + j]);
		json_array_append_new(list, row);
	}
}

void analyse_status(json_t *o, enum an_status status)
{
	model_text(o, "status", an_status_name(status));
}
