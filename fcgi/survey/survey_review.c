/*
 * survey_review.c: answers in words; see survey_form.h.
 */
#include "survey/survey_form.h"

#include "survey/slots.h"

struct reviewing {
	struct arena *a;
	const struct survey *sv;
	const struct answers *as;
	enum lang lang;
	const struct survey_words *words;
};

static void put_text(json_t *o, const char *key, const char *text)
{
	json_object_set_new_nocheck(
		o, key, text ? json_string_nocheck(text) : json_null());
}

static void add_line(json_t *lines, const char *label, const char *value)
{
	json_t *line = json_object();

	put_text(line, "label", label);
	put_text(line, "value", value);
	json_array_append_new(lines, line);
}

static const struct open_answer *open_of(const struct reviewing *rv,
					 int item_no)
{
	for (size_t i = 0; item_no && i < rv->as->nopen; i++)
		if (rv->as->open[i].item_no == item_no)
			return &rv->as->open[i];
	return NULL;
}

/* The label of an option, with the text behind "other". */
static const char *option_text(const struct reviewing *rv,
			       const struct survey_item *it,
			       const struct survey_option *option)
{
	const char *label = survey_text(option->label, rv->lang);
	const struct open_answer *other =
		option->is_other ? open_of(rv, it->other_no) : NULL;

	if (!other || !other->text)
		return label;
	return arena_printf(rv->a, "%s%s%s", label, rv->words->gap,
			    other->text);
}

static const char *code_text(const struct reviewing *rv,
			     const struct survey_item *it, unsigned char code)
{
	if (code == SLOT_DONT_KNOW)
		return rv->words->dont_know;
	if (code == SLOT_NOT_APPLICABLE)
		return rv->words->not_applicable;
	if (code < 1 || code > it->noptions)
		return rv->words->skipped;
	return option_text(rv, it, &it->options[code - 1]);
}

/* Lines of a closed item; false if nothing was answered. */
static bool add_closed(const struct reviewing *rv, json_t *lines,
		       const struct survey_item *it)
{
	bool answered = false;

	for (size_t s = 0; s < it->nslots; s++) {
		const unsigned char code =
			slot_get(rv->as->slots, rv->as->nslots, it->slot + s);

		answered = answered || code != SLOT_SKIPPED;
		if (it->kind == ITEM_GRID)
			add_line(lines,
				 survey_text(it->rows[s].label, rv->lang),
				 code_text(rv, it, code));
		else if (it->kind != ITEM_MULTIPLE)
			add_line(lines, NULL, code_text(rv, it, code));
		else if (code == SLOT_TICKED)
			add_line(lines, NULL,
				 option_text(rv, it, &it->options[s]));
	}
	if (it->kind == ITEM_MULTIPLE && !answered)
		add_line(lines, NULL, rv->words->skipped);
	return answered;
}

static bool add_open(const struct reviewing *rv, json_t *lines,
		     const struct survey_item *it)
{
	const struct open_answer *open = open_of(rv, it->open_no);

	if (!open)
		add_line(lines, NULL, rv->words->skipped);
	else if (open->text)
		add_line(lines, NULL, open->text);
	else
		add_line(lines, NULL,
			 arena_printf(rv->a, "%.15g %s", open->number,
				      survey_text(it->unit, rv->lang)));
	return open != NULL;
}

void survey_to_review(struct arena *a, json_t *model, const struct survey *sv,
		      const struct answers *as, enum lang lang,
		      const struct survey_words *words)
{
	const struct reviewing rv = { a, sv, as, lang, words };
	json_t *list = json_array();
	int number = 0;

	for (size_t i = 0; i < sv->nitems; i++) {
		const struct survey_item *it = &sv->items[i];
		json_t *o, *lines;
		bool answered;

		if (!item_is_closed(it) && !item_is_open(it))
			continue;
		o = json_object();
		lines = json_array();
		json_object_set_new_nocheck(o, "number",
					    json_integer(++number));
		put_text(o, "text", survey_text(it->text, lang));
		answered = item_is_closed(it) ? add_closed(&rv, lines, it)
					      : add_open(&rv, lines, it);
		json_object_set_new_nocheck(
			o, "answered", answered ? json_true() : json_false());
		json_object_set_new_nocheck(o, "lines", lines);
		json_array_append_new(list, o);
	}
	json_object_set_new_nocheck(model, "answers", list);
}
