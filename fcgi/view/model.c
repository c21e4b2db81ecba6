/*
 * model.c: filling the model of a page; see model.h.
 */
#include "view/model.h"
#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/*
 * The text as JSON, with every malformed byte replaced. The scratch memory
 * comes from Jansson's own allocator, because a model has no arena at hand.
 */
static json_t *repaired(const char *text)
{
	const char *s = text, *end = text + strlen(text);
	json_malloc_t get;
	json_free_t put;
	json_t *made;
	char *copy;
	size_t n = 0;

	json_get_alloc_funcs(&get, &put);
	/* U+FFFD takes three bytes for one that was malformed. */
	copy = get(3 * (size_t)(end - s) + 1);
	if (!copy)
		return json_null();
	while (s < end)
		n += text_encode(text_next(&s, end), copy + n);
	made = json_stringn(copy, n);
	put(copy);
	return made ? made : json_null();
}

static json_t *text_value(const char *text)
{
	json_t *made;

	if (!text)
		return json_null();
	made = json_string(text);
	return made ? made : repaired(text);
}

static json_t *real_value(double number)
{
	return isfinite(number) ? json_real(number) : json_null();
}

void model_text(json_t *m, const char *key, const char *text)
{
	json_object_set_new_nocheck(m, key, text_value(text));
}

void model_format(json_t *m, const char *key, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	model_text(m, key, text);
}

void model_int(json_t *m, const char *key, int64_t number)
{
	json_object_set_new_nocheck(m, key, json_integer(number));
}

void model_real(json_t *m, const char *key, double number)
{
	json_object_set_new_nocheck(m, key, real_value(number));
}

void model_bool(json_t *m, const char *key, bool value)
{
	json_object_set_new_nocheck(m, key, json_boolean(value));
}

void model_null(json_t *m, const char *key)
{
	json_object_set_new_nocheck(m, key, json_null());
}

json_t *model_object(json_t *m, const char *key)
{
	json_t *there = json_object_get(m, key);

	if (json_is_object(there))
		return there;
	there = json_object();
	json_object_set_new_nocheck(m, key, there);
	return there;
}

json_t *model_list(json_t *m, const char *key)
{
	json_t *there = json_object_get(m, key);

	if (json_is_array(there))
		return there;
	there = json_array();
	json_object_set_new_nocheck(m, key, there);
	return there;
}

json_t *model_item(json_t *list)
{
	json_t *item = json_object();

	json_array_append_new(list, item);
	return item;
}

void model_item_text(json_t *list, const char *text)
{
	json_array_append_new(list, text_value(text));
}

void model_item_int(json_t *list, int64_t number)
{
	json_array_append_new(list, json_integer(number));
}

void model_item_real(json_t *list, double number)
{
	json_array_append_new(list, real_value(number));
}
