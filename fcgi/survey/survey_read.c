/*
 * survey_read.c: from a form to answers, as the definition says.
 *
 * The definition is walked, not the form: a field nobody asked for is never
 * looked at. A value that no browser of ours would send is a problem of its
 * item like any other, so the visitor sees which one.
 */
#include "survey/problems.h"

#include "base/text.h"
#include "survey/slots.h"

#include <math.h>
#include <string.h>

struct reading {
	struct arena *a;
	struct givens form;
	struct problems problems;
	struct answers out;
};

struct answers survey_blank(struct arena *a, const struct survey *sv)
{
	struct answers as = { 0 };

	as.nslots = sv->nslots;
	as.slots = arena_alloc(a, sv->nslots);
	memset(as.slots, SLOT_SKIPPED, sv->nslots);
	as.open = ARENA_ARRAY(a, struct open_answer, (size_t)sv->nopen);
	return as;
}

/* The next value of a name from place *i on; NULL: no more. */
static const char *next_value(const struct reading *rd, const char *name,
			      size_t *i)
{
	while (*i < rd->form.n) {
		const struct given *g = &rd->form.list[(*i)++];

		if (!strcmp(g->name, name) && g->value[0])
			return g->value;
	}
	return NULL;
}

static const char *value_of(const struct reading *rd, const char *name)
{
	size_t i = 0;

	return next_value(rd, name, &i);
}

/* A problem of this item; the summary names it and links to where. */
static struct problem *complain(struct reading *rd,
				const struct survey_item *it, const char *key)
{
	struct problem *p = problems_add(&rd->problems, 0, key, NULL);

	p->where = it->key;
	return p;
}

static void keep(struct reading *rd, int item_no, double number,
		 const char *text)
{
	rd->out.open[rd->out.nopen++] = (struct open_answer){
		.item_no = item_no, .number = number, .text = text
	};
}

/* The code a value stands for; SLOT_NOT_SHOWN if it stands for nothing. */
static unsigned char code_of(const struct survey_item *it, const char *value)
{
	if (!strcmp(value, "_dk") && it->has_dont_know)
		return SLOT_DONT_KNOW;
	if (!strcmp(value, "_na") && it->has_not_applicable)
		return SLOT_NOT_APPLICABLE;
	for (size_t i = 0; i < it->noptions; i++)
		if (!strcmp(it->options[i].key, value))
			return (unsigned char)(i + 1);
	return SLOT_NOT_SHOWN;
}

static bool is_too_long(struct reading *rd, const struct survey_item *it,
			const char *text, int most)
{
	if (text_length(text) <= (size_t)most)
		return false;
	complain(rd, it, TEXT_KEY("survey.problem.too_long"))->max = most;
	return true;
}

/* The text behind "other"; chosen says whether that option was. */
static void read_other(struct reading *rd, const struct survey_item *it,
		       bool chosen)
{
	const char *text;

	if (!it->other_no || !chosen)
		return;
	text = value_of(rd, arena_printf(rd->a, "%s.other", it->key));
	text = text ? text_trim(rd->a, text) : "";
	if (text[0] && !is_too_long(rd, it, text, SURVEY_OTHER_TEXT))
		keep(rd, it->other_no, NAN, text);
}

static void read_one(struct reading *rd, const struct survey_item *it,
		     const char *name, size_t slot)
{
	const char *value = value_of(rd, name);
	unsigned char code;

	if (!value) {
		if (it->required)
			complain(rd, it, TEXT_KEY("survey.problem.required"));
		return;
	}
	code = code_of(it, value);
	if (code == SLOT_NOT_SHOWN) {
		complain(rd, it, TEXT_KEY("survey.problem.choice"));
		return;
	}
	rd->out.slots[slot] = code;
	read_other(rd, it,
		   !slot_is_reserved(code) && it->options[code - 1].is_other);
}

static void read_multiple(struct reading *rd, const struct survey_item *it)
{
	unsigned char *slots = rd->out.slots + it->slot;
	const char *value;
	size_t at = 0, ticks = 0;
	bool other = false, none = false;

	while ((value = next_value(rd, it->key, &at))) {
		const unsigned char code = code_of(it, value);

		if (slot_is_reserved(code)) {
			complain(rd, it, TEXT_KEY("survey.problem.choice"));
			continue;
		}
		if (!ticks)
			memset(slots, SLOT_NOT_TICKED, it->nslots);
		ticks += slots[code - 1] == SLOT_NOT_TICKED ? 1 : 0;
		slots[code - 1] = SLOT_TICKED;
		other = other || it->options[code - 1].is_other;
		none = none || it->options[code - 1].is_none;
	}
	read_other(rd, it, other);
	if (!ticks && it->required)
		complain(rd, it, TEXT_KEY("survey.problem.required"));
	if (none && ticks > 1)
		complain(rd, it, TEXT_KEY("survey.problem.none_and_others"));
	if (it->max_ticks && ticks > (size_t)it->max_ticks)
		complain(rd, it, TEXT_KEY("survey.problem.too_many"))->max =
			it->max_ticks;
}

/* All rows are checked, but one sentence an item is enough. */
static void read_grid(struct reading *rd, const struct survey_item *it)
{
	bool missing = false, strange = false;

	for (size_t r = 0; r < it->nrows; r++) {
		const char *value =
			value_of(rd, arena_printf(rd->a, "%s.%s", it->key,
						  it->rows[r].key));
		const unsigned char code =
			value ? code_of(it, value) : SLOT_SKIPPED;

		missing = missing || !value;
		strange = strange || code == SLOT_NOT_SHOWN;
		if (code != SLOT_NOT_SHOWN)
			rd->out.slots[it->slot + r] = code;
	}
	if (strange)
		complain(rd, it, TEXT_KEY("survey.problem.choice"));
	else if (missing && it->required)
		complain(rd, it, TEXT_KEY("survey.problem.rows"));
}

static void read_number(struct reading *rd, const struct survey_item *it)
{
	const char *text = value_of(rd, it->key);
	struct problem *p = NULL;
	double number;

	text = text ? text_search_key(rd->a, text) : ""; /* full-width digits */
	if (!text[0]) {
		if (it->required)
			complain(rd, it, TEXT_KEY("survey.problem.required"));
		return;
	}
	if (!text_to_f64(text, &number))
		p = complain(rd, it, TEXT_KEY("survey.problem.number"));
	else if (it->is_integer && fabs(number - round(number)) > 0.0)
		p = complain(rd, it, TEXT_KEY("survey.problem.integer"));
	else if (number < it->min && isnan(it->max))
		p = complain(rd, it, TEXT_KEY("survey.problem.min"));
	else if (number > it->max && isnan(it->min))
		p = complain(rd, it, TEXT_KEY("survey.problem.max"));
	else if (number < it->min || number > it->max)
		p = complain(rd, it, TEXT_KEY("survey.problem.range"));
	if (p) {
		p->min = it->min;
		p->max = it->max;
		return;
	}
	keep(rd, it->open_no, number, NULL);
}

static void read_text(struct reading *rd, const struct survey_item *it)
{
	const char *text = value_of(rd, it->key);

	text = text ? text_trim(rd->a, text_clean(rd->a, text)) : "";
	if (!text[0] && it->required)
		complain(rd, it, TEXT_KEY("survey.problem.required"));
	if (text[0] && !is_too_long(rd, it, text, it->max_length))
		keep(rd, it->open_no, NAN, text);
}

static void read_item(struct reading *rd, const struct survey_item *it)
{
	switch (it->kind) {
	case ITEM_SINGLE:
	case ITEM_SCALE:
	case ITEM_KNOWLEDGE:
		read_one(rd, it, it->key, it->slot);
		break;
	case ITEM_MULTIPLE:
		read_multiple(rd, it);
		break;
	case ITEM_GRID:
		read_grid(rd, it);
		break;
	case ITEM_NUMBER:
		read_number(rd, it);
		break;
	case ITEM_SHORT_TEXT:
	case ITEM_LONG_TEXT:
		read_text(rd, it);
		break;
	case ITEM_SECTION:
	case ITEM_PAGE_BREAK:
		break;
	}
}

struct answers survey_read(struct arena *a, const struct survey *sv,
			   struct givens form, const struct problem **problems)
{
	struct reading rd = { .a = a,
			      .form = form,
			      .problems = { .arena = a },
			      .out = survey_blank(a, sv) };

	for (size_t i = 0; i < sv->nitems; i++)
		read_item(&rd, &sv->items[i]);
	*problems = rd.problems.first;
	return rd.out;
}
