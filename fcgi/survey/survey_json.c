/*
 * survey_json.c: the definition as it is kept with a version.
 *
 * What is empty, false or not a number is left out. Reading trusts nothing:
 * a definition that is no survey gives NULL, never a crash.
 */
#include "survey/survey.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static void put_text(json_t *o, const char *key, const char *value)
{
	if (value[0])
		json_object_set_new_nocheck(o, key, json_string(value));
}

static void put_flag(json_t *o, const char *key, bool value)
{
	if (value)
		json_object_set_new_nocheck(o, key, json_true());
}

static void put_count(json_t *o, const char *key, int value)
{
	if (value)
		json_object_set_new_nocheck(o, key, json_integer(value));
}

static void put_number(json_t *o, const char *key, double value)
{
	if (!isnan(value))
		json_object_set_new_nocheck(o, key, json_real(value));
}

static void put_texts(json_t *o, const char *key, struct bilingual value)
{
	json_t *pair;

	if (!value.ja[0] && !value.en[0])
		return;
	pair = json_object();
	put_text(pair, "ja", value.ja);
	put_text(pair, "en", value.en);
	json_object_set_new_nocheck(o, key, pair);
}

static void put_options(json_t *o, const struct survey_item *it)
{
	json_t *list;

	if (!it->noptions)
		return;
	list = json_array();
	for (size_t i = 0; i < it->noptions; i++) {
		const struct survey_option *option = &it->options[i];
		json_t *one = json_object();

		put_text(one, "key", option->key);
		put_texts(one, "label", option->label);
		put_number(one, "points", option->points);
		put_flag(one, "other", option->is_other);
		put_flag(one, "none", option->is_none);
		json_array_append_new(list, one);
	}
	json_object_set_new_nocheck(o, "options", list);
}

static void put_rows(json_t *o, const struct survey_item *it)
{
	json_t *list;

	if (!it->nrows)
		return;
	list = json_array();
	for (size_t i = 0; i < it->nrows; i++) {
		json_t *one = json_object();

		put_text(one, "key", it->rows[i].key);
		put_texts(one, "label", it->rows[i].label);
		put_text(one, "skill", it->rows[i].skill);
		json_array_append_new(list, one);
	}
	json_object_set_new_nocheck(o, "rows", list);
}

static json_t *item_to_json(const struct survey_item *it)
{
	json_t *o = json_object();

	put_text(o, "kind", item_kind_word(it->kind));
	put_text(o, "key", it->key);
	put_text(o, "measures", measures_word(it->measures));
	put_text(o, "skill", it->skill);
	put_texts(o, "text", it->text);
	put_texts(o, "hint", it->hint);
	put_flag(o, "required", it->required);
	put_flag(o, "reverse", it->is_reverse);
	put_flag(o, "dont_know", it->has_dont_know);
	put_flag(o, "not_applicable", it->has_not_applicable);
	put_options(o, it);
	put_rows(o, it);
	put_count(o, "max_ticks", it->max_ticks);
	put_number(o, "min", it->min);
	put_number(o, "max", it->max);
	put_flag(o, "integer", it->is_integer);
	put_texts(o, "unit", it->unit);
	put_count(o, "length", it->max_length);
	return o;
}

const char *survey_to_json(struct arena *a, const struct survey *sv)
{
	json_t *root = json_object(), *items = json_array();
	const char *text;
	size_t n;
	char *out;

	put_text(root, "code", sv->code);
	put_texts(root, "title", sv->title);
	put_texts(root, "intro", sv->intro);
	put_texts(root, "purpose", sv->purpose);
	put_flag(root, "default", sv->is_default);
	if (sv->course_at <= sv->nitems)
		json_object_set_new_nocheck(
			root, "course_at",
			json_integer((json_int_t)sv->course_at));
	for (size_t i = 0; i < sv->nitems; i++)
		json_array_append_new(items, item_to_json(&sv->items[i]));
	json_object_set_new_nocheck(root, "items", items);

	n = json_dumpb(root, NULL, 0, JSON_COMPACT);
	out = arena_alloc(a, n + 1);
	json_dumpb(root, out, n, JSON_COMPACT);
	text = out;
	json_decref(root); /* allowed: nothing is left with any allocator */
	return text;
}

/* What is missing is empty; the rest is copied into the arena. */
static const char *get_text(struct arena *a, const json_t *o, const char *key)
{
	const char *value = json_string_value(json_object_get(o, key));

	return value ? arena_strdup(a, value) : "";
}

static bool get_flag(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

static double get_number(const json_t *o, const char *key)
{
	const json_t *value = json_object_get(o, key);

	return json_is_number(value) ? json_number_value(value) : NAN;
}

static int get_count(const json_t *o, const char *key)
{
	const json_int_t n = json_integer_value(json_object_get(o, key));

	return n < 0 || n > 100000 ? 0 : (int)n;
}

static struct bilingual get_texts(struct arena *a, const json_t *o,
				  const char *key)
{
	const json_t *pair = json_object_get(o, key);
	struct bilingual text;

	text.ja = get_text(a, pair, "ja");
	text.en = get_text(a, pair, "en");
	return text;
}

static bool get_options(struct arena *a, const json_t *o,
			struct survey_item *it)
{
	const json_t *list = json_object_get(o, "options");
	const size_t n = json_array_size(list);
	struct survey_option *options;

	if (n > SURVEY_MAX_OPTIONS)
		return false;
	options = ARENA_ARRAY(a, struct survey_option, n);
	for (size_t i = 0; i < n; i++) {
		const json_t *one = json_array_get(list, i);

		options[i].key = get_text(a, one, "key");
		options[i].label = get_texts(a, one, "label");
		options[i].points = get_number(one, "points");
		options[i].is_other = get_flag(one, "other");
		options[i].is_none = get_flag(one, "none");
	}
	it->options = options;
	it->noptions = n;
	return true;
}

static bool get_rows(struct arena *a, const json_t *o, struct survey_item *it)
{
	const json_t *list = json_object_get(o, "rows");
	const size_t n = json_array_size(list);
	struct survey_row *rows;

	if (n > SURVEY_MAX_OPTIONS)
		return false;
	rows = ARENA_ARRAY(a, struct survey_row, n);
	for (size_t i = 0; i < n; i++) {
		const json_t *one = json_array_get(list, i);

		rows[i].key = get_text(a, one, "key");
		rows[i].label = get_texts(a, one, "label");
		rows[i].skill = get_text(a, one, "skill");
	}
	it->rows = rows;
	it->nrows = n;
	return true;
}

static bool item_from_json(struct arena *a, const json_t *o,
			   struct survey_item *it)
{
	if (!item_kind_from_word(get_text(a, o, "kind"), &it->kind) ||
	    !measures_from_word(get_text(a, o, "measures"), &it->measures))
		return false;
	it->key = get_text(a, o, "key");
	it->skill = get_text(a, o, "skill");
	it->text = get_texts(a, o, "text");
	it->hint = get_texts(a, o, "hint");
	it->required = get_flag(o, "required");
	it->is_reverse = get_flag(o, "reverse");
	it->has_dont_know = get_flag(o, "dont_know");
	it->has_not_applicable = get_flag(o, "not_applicable");
	it->max_ticks = get_count(o, "max_ticks");
	it->min = get_number(o, "min");
	it->max = get_number(o, "max");
	it->is_integer = get_flag(o, "integer");
	it->unit = get_texts(a, o, "unit");
	it->max_length = get_count(o, "length");
	return get_options(a, o, it) && get_rows(a, o, it);
}

/* NULL if root is no definition. */
static const struct survey *build(struct arena *a, const json_t *root)
{
	const json_t *items = json_object_get(root, "items");
	const json_t *course_at = json_object_get(root, "course_at");
	const size_t n = json_array_size(items);
	struct survey *sv = ARENA_NEW(a, struct survey);
	struct survey_item *list;

	if (!json_is_array(items) || n > SURVEY_MAX_ITEMS)
		return NULL;
	sv->code = get_text(a, root, "code");
	sv->title = get_texts(a, root, "title");
	sv->intro = get_texts(a, root, "intro");
	sv->purpose = get_texts(a, root, "purpose");
	sv->is_default = get_flag(root, "default");
	sv->nitems = n;
	sv->course_at = n + 1;
	if (json_is_integer(course_at)) {
		const json_int_t at = json_integer_value(course_at);

		if (at < 0 || at > (json_int_t)n)
			return NULL;
		sv->course_at = (size_t)at;
	}
	list = ARENA_ARRAY(a, struct survey_item, n);
	for (size_t i = 0; i < n; i++)
		if (!item_from_json(a, json_array_get(items, i), &list[i]))
			return NULL;
	survey_lay_out(sv, list);
	return sv->nslots <= SURVEY_MAX_SLOTS ? sv : NULL;
}

const struct survey *survey_from_json(struct arena *a, const char *json)
{
	json_t *root = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
	const struct survey *sv = NULL;

	if (!root)
		return NULL;
	sv = build(a, root);
	json_decref(root); /* allowed: nothing is left with any allocator */
	return sv;
}
