/*
 * survey_form.c: the model of the form; see survey_form.h.
 */
#include "survey/survey_form.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct filling {
	const struct survey *sv;
	const struct survey_form *form;
	const char *dont_know, *not_applicable;
};

static void put(json_t *o, const char *key, json_t *value)
{
	json_object_set_new_nocheck(o, key, value);
}

static void put_text(json_t *o, const char *key, const char *text)
{
	put(o, key, json_string_nocheck(text));
}

/* null for an empty text, so that a view can ask for it. */
static void put_maybe(json_t *o, const char *key, const char *text)
{
	put(o, key, text && text[0] ? json_string_nocheck(text) : json_null());
}

size_t survey_pages(const struct survey *sv)
{
	size_t n = 1;

	for (size_t i = 0; i < sv->nitems; i++)
		n += sv->items[i].kind == ITEM_PAGE_BREAK;
	return n;
}

const struct survey *survey_on_one_page(struct arena *a,
					const struct survey *sv)
{
	struct survey *one = ARENA_NEW(a, struct survey);
	struct survey_item *items =
		ARENA_ARRAY(a, struct survey_item, sv->nitems);

	*one = *sv;
	one->version_id = 0; /* no longer the one that was published */
	one->nitems = 0;
	for (size_t i = 0; i < sv->nitems; i++)
		if (sv->items[i].kind != ITEM_PAGE_BREAK)
			items[one->nitems++] = sv->items[i];
	one->items = items;
	return one;
}

static bool is_asked(const struct survey_item *it)
{
	return item_is_closed(it) || item_is_open(it);
}

size_t survey_page_of(const struct survey *sv, const char *key)
{
	size_t page = 0;

	for (size_t i = 0; i < sv->nitems; i++) {
		page += sv->items[i].kind == ITEM_PAGE_BREAK;
		if (!strcmp(sv->items[i].key, key) && is_asked(&sv->items[i]))
			return page;
	}
	return 0;
}

int survey_number_of(const struct survey *sv, const char *key)
{
	int number = 0;

	for (size_t i = 0; i < sv->nitems; i++) {
		number += is_asked(&sv->items[i]);
		if (!strcmp(sv->items[i].key, key) && is_asked(&sv->items[i]))
			return number;
	}
	return 0;
}

static const char *value_of(const struct filling *f, const char *name)
{
	for (size_t i = 0; i < f->form->given.n; i++)
		if (!strcmp(f->form->given.list[i].name, name))
			return f->form->given.list[i].value;
	return "";
}

static bool has_value(const struct filling *f, const char *name,
		      const char *value)
{
	for (size_t i = 0; i < f->form->given.n; i++)
		if (!strcmp(f->form->given.list[i].name, name) &&
		    !strcmp(f->form->given.list[i].value, value))
			return true;
	return false;
}

static json_t *add_choice(const struct filling *f, json_t *list,
			  const char *name, const char *value,
			  const char *label)
{
	json_t *o = json_object();

	put_text(o, "value", value);
	put_text(o, "label", label);
	put(o, "checked",
	    f->form->given.n && has_value(f, name, value) ? json_true()
							  : json_false());
	json_array_append_new(list, o);
	return o;
}

/* The text field behind the option "other". */
static json_t *other_field(const struct filling *f,
			   const struct survey_item *it)
{
	json_t *o = json_object();
	char name[80];

	snprintf(name, sizeof(name), "%s.other", it->key);
	put_text(o, "name", name);
	put_text(o, "value", value_of(f, name));
	return o;
}

/* Options as they stand; scales from the best down, as offices print them. */
static json_t *choices(const struct filling *f, const struct survey_item *it,
		       const char *name)
{
	const bool down = it->kind == ITEM_SCALE || it->kind == ITEM_GRID;
	json_t *list = json_array();

	for (size_t i = 0; i < it->noptions; i++) {
		const struct survey_option *o =
			&it->options[down ? it->noptions - 1 - i : i];

		json_t *choice =
			add_choice(f, list, name, o->key,
				   survey_text(o->label, f->form->lang));

		if (it->other_no)
			put(choice, "other",
			    o->is_other ? other_field(f, it) : json_null());
	}
	return list;
}

static json_t *ways_out(const struct filling *f, const struct survey_item *it,
			const char *name)
{
	json_t *list;

	if (!it->has_dont_know && !it->has_not_applicable)
		return json_null();
	list = json_array();
	if (it->has_dont_know)
		add_choice(f, list, name, "_dk", f->dont_know);
	if (it->has_not_applicable)
		add_choice(f, list, name, "_na", f->not_applicable);
	return list;
}

static json_t *grid_rows(const struct filling *f, const struct survey_item *it)
{
	json_t *list = json_array();
	char name[120];

	for (size_t i = 0; i < it->nrows; i++) {
		json_t *row = json_object();

		snprintf(name, sizeof(name), "%s.%s", it->key, it->rows[i].key);
		put_text(row, "name", name);
		put_text(row, "text",
			 survey_text(it->rows[i].label, f->form->lang));
		put(row, "options", choices(f, it, name));
		put(row, "apart", ways_out(f, it, name));
		json_array_append_new(list, row);
	}
	return list;
}

/* The heads of a grid's columns. */
static json_t *columns(const struct filling *f, const struct survey_item *it)
{
	json_t *list = json_array();

	for (size_t i = it->noptions; i > 0; i--)
		json_array_append_new(list, json_string_nocheck(survey_text(
						    it->options[i - 1].label,
						    f->form->lang)));
	if (it->has_dont_know)
		json_array_append_new(list, json_string_nocheck(f->dont_know));
	if (it->has_not_applicable)
		json_array_append_new(list,
				      json_string_nocheck(f->not_applicable));
	return list;
}

static void put_open(const struct filling *f, json_t *o,
		     const struct survey_item *it)
{
	put_text(o, "value", value_of(f, it->key));
	put_maybe(o, "unit", survey_text(it->unit, f->form->lang));
	put(o, "decimal", it->kind == ITEM_NUMBER ? json_true() : json_false());
	put(o, "length",
	    it->max_length ? json_integer(it->max_length) : json_null());
}

/* The part of the model that depends on the kind. */
static const char *put_kind(const struct filling *f, json_t *o,
			    const struct survey_item *it)
{
	switch (it->kind) {
	case ITEM_SCALE:
		put(o, "options", choices(f, it, it->key));
		put(o, "apart", ways_out(f, it, it->key));
		return "scale";
	case ITEM_SINGLE:
	case ITEM_KNOWLEDGE:
	case ITEM_MULTIPLE:
		put_text(o, "input",
			 it->kind == ITEM_MULTIPLE ? "checkbox" : "radio");
		put(o, "options", choices(f, it, it->key));
		put(o, "apart", ways_out(f, it, it->key));
		return "choice";
	case ITEM_GRID:
		put(o, "rows", grid_rows(f, it));
		put(o, "columns", columns(f, it));
		return "grid";
	case ITEM_NUMBER:
	case ITEM_SHORT_TEXT:
		put_open(f, o, it);
		return "line";
	case ITEM_LONG_TEXT:
		put_open(f, o, it);
		return "long";
	case ITEM_SECTION:
	case ITEM_PAGE_BREAK:
		break;
	}
	return "";
}

static json_t *item_model(const struct filling *f, const struct survey_item *it,
			  int number)
{
	static const char *const kinds[] = { "choice", "scale", "grid", "line",
					     "long" };
	const char *problem = NULL, *kind;
	json_t *o = json_object();

	for (const struct problem *p = f->form->problems; p && !problem;
	     p = p->next)
		if (!strcmp(p->where, it->key))
			problem = p->text;
	put_text(o, "id", it->key);
	put_text(o, "name", it->key);
	put(o, "number", json_integer(number));
	put_text(o, "text", survey_text(it->text, f->form->lang));
	put_maybe(o, "hint", survey_text(it->hint, f->form->lang));
	put(o, "required", it->required ? json_true() : json_false());
	put_maybe(o, "problem", problem);
	kind = put_kind(f, o, it);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		put(o, kinds[i],
		    !strcmp(kinds[i], kind) ? json_true() : json_false());
	return o;
}

static json_t *new_section(json_t *sections, const struct filling *f,
			   const struct survey_item *it)
{
	json_t *section = json_object(), *items = json_array();

	put_maybe(section, "heading",
		  it ? survey_text(it->text, f->form->lang) : "");
	put_maybe(section, "text",
		  it ? survey_text(it->hint, f->form->lang) : "");
	put(section, "items", items);
	json_array_append_new(sections, section);
	return items;
}

void survey_to_model(json_t *model, const struct survey *sv,
		     const struct survey_form *form, const char *dont_know,
		     const char *not_applicable)
{
	const struct filling f = { sv, form, dont_know, not_applicable };
	json_t *sections = json_array(), *items = NULL;
	size_t page = 0;
	int number = 0;

	for (size_t i = 0; i < sv->nitems; i++) {
		const struct survey_item *it = &sv->items[i];

		page += it->kind == ITEM_PAGE_BREAK;
		number += is_asked(it);
		if (page != form->page || it->kind == ITEM_PAGE_BREAK)
			continue;
		if (it->kind == ITEM_SECTION) {
			items = new_section(sections, &f, it);
			continue;
		}
		if (!items)
			items = new_section(sections, &f, NULL);
		json_array_append_new(items, item_model(&f, it, number));
	}
	put(model, "sections", sections);
}
