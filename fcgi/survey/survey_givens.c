/*
 * survey_givens.c: stored answers as the form would have sent them.
 */
#include "survey/survey.h"

#include "survey/slots.h"

#include <math.h>

struct writing {
	struct arena *a;
	struct given *list;
	size_t n;
};

static void put(struct writing *w, const char *name, const char *value)
{
	w->list[w->n++] = (struct given){ name, value };
}

/* The value that stands for a code; NULL: none was sent. */
static const char *value_of(const struct survey_item *it, unsigned char code)
{
	if (code == SLOT_DONT_KNOW)
		return "_dk";
	if (code == SLOT_NOT_APPLICABLE)
		return "_na";
	if (code < 1 || code > it->noptions)
		return NULL;
	return it->options[code - 1].key;
}

static void put_closed(struct writing *w, const struct survey_item *it,
		       const struct answers *as)
{
	for (size_t s = 0; s < it->nslots; s++) {
		const unsigned char code =
			slot_get(as->slots, as->nslots, it->slot + s);
		const char *name = it->key, *value = value_of(it, code);

		if (it->kind == ITEM_GRID)
			name = arena_printf(w->a, "%s.%s", it->key,
					    it->rows[s].key);
		if (it->kind == ITEM_MULTIPLE)
			value = code == SLOT_TICKED ? it->options[s].key : NULL;
		if (value)
			put(w, name, value);
	}
}

static void put_open(struct writing *w, const struct survey_item *it,
		     const struct open_answer *open)
{
	const char *value = open->text;

	if (!value)
		value = arena_printf(w->a, "%.15g", open->number);
	if (open->item_no == it->open_no)
		put(w, it->key, value);
	else if (open->item_no == it->other_no)
		put(w, arena_printf(w->a, "%s.other", it->key), value);
}

struct givens survey_to_givens(struct arena *a, const struct survey *sv,
			       const struct answers *as)
{
	struct writing w = { .a = a };

	w.list = ARENA_ARRAY(a, struct given, sv->nslots + as->nopen);
	for (size_t i = 0; i < sv->nitems; i++) {
		put_closed(&w, &sv->items[i], as);
		for (size_t o = 0; o < as->nopen; o++)
			if (sv->items[i].open_no || sv->items[i].other_no)
				put_open(&w, &sv->items[i], &as->open[o]);
	}
	return (struct givens){ w.list, w.n };
}
