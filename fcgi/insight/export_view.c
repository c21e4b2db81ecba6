/*
 * export_view.c: the manual is export_view.h.
 */
#include "insight/export_view.h"

#include "base/text.h"
#include "store/store_survey.h"

#include <stdlib.h>
#include <string.h>

struct gathering {
	const struct answers_tier *tiers;
	size_t ntiers;
	struct raw_view *v;
	size_t capacity;
};

static const char *tier_code(const struct gathering *g, int64_t id)
{
	for (size_t i = 0; i < g->ntiers; i++)
		if (g->tiers[i].id == id)
			return g->tiers[i].code;
	return "";
}

static enum err take(struct ctx *cx, const struct answers_submission *row,
		     void *arg)
{
	struct gathering *g = arg;
	struct raw_view *v = g->v;

	if (v->nrows == g->capacity) {
		const size_t wider = g->capacity ? 2 * g->capacity : 128;
		struct raw_row *more =
			ARENA_ARRAY(&cx->arena, struct raw_row, wider);

		for (size_t i = 0; i < v->nrows; i++)
			more[i] = v->rows[i];
		v->rows = more;
		g->capacity = wider;
	}
	v->rows[v->nrows++] =
		(struct raw_row){ tier_code(g, row->tier_id),
				  arena_memdup(&cx->arena,
					       row->slots.len
						       ? row->slots.data
						       : (const void *)"",
					       row->slots.len),
				  row->slots.len };
	return OK;
}

static int by_answers(const void *a, const void *b)
{
	const struct raw_row *x = a, *y = b;
	const size_t n = x->nslots < y->nslots ? x->nslots : y->nslots;
	const int order = strcmp(x->tier, y->tier);

	return order ? order : memcmp(x->slots, y->slots, n);
}

/* Tiers that are too small, or give a small one away, are left empty. */
static void hide_tiers(struct ctx *cx, const struct gate *g,
		       const struct gathering *all)
{
	struct raw_view *v = all->v;
	size_t *people = ARENA_ARRAY(&cx->arena, size_t, all->ntiers + 1);
	bool *shown = ARENA_ARRAY(&cx->arena, bool, all->ntiers + 1);

	/* Equal codes of several schemes count at the first of them. */
	for (size_t i = 0; i < v->nrows; i++) {
		size_t at = 0;

		while (at < all->ntiers &&
		       !text_equals(all->tiers[at].code, v->rows[i].tier))
			at++;
		people[at]++;
	}
	gate_groups(g, GATE_OPINION, people, all->ntiers + 1, shown);
	for (size_t i = 0; i < v->nrows; i++)
		for (size_t t = 0; t < all->ntiers; t++)
			if (text_equals(all->tiers[t].code, v->rows[i].tier)) {
				if (!shown[t])
					v->rows[i].tier = "";
				break;
			}
}

static void lay_out(struct ctx *cx, const struct survey *sv, struct raw_view *v)
{
	v->columns = ARENA_ARRAY(&cx->arena, struct raw_column, sv->nslots + 1);
	for (size_t i = 0; i < sv->nitems; i++) {
		const struct survey_item *it = &sv->items[i];

		for (size_t k = 0; k < it->nslots; k++) {
			struct raw_column *c = &v->columns[v->ncolumns++];

			*c = (struct raw_column){ .key = it->key,
						  .part = "",
						  .item = it,
						  .label = it->text,
						  .slot = it->slot + k };
			if (it->kind == ITEM_GRID) {
				c->part = it->rows[k].key;
				c->label = it->rows[k].label;
			}
			if (it->kind == ITEM_MULTIPLE) {
				c->part = it->options[k].key;
				c->label = it->options[k].label;
			}
			if (*c->part)
				c->key = arena_printf(&cx->arena, "%s.%s",
						      it->key, c->part);
		}
	}
}

enum err raw_view_read(struct ctx *cx, const struct gate *g,
		       int64_t collection_id, struct raw_view *v)
{
	struct gathering all = { .v = v };
	struct answers_exportable row;
	const struct survey *sv;

	*v = (struct raw_view){ .collection_id = collection_id };
	TRY(store_answers_exportable_by_id(cx, collection_id, &row));
	TRY(store_survey_open(cx, row.version_id, &sv));
	TRY(store_answers_tiers(cx, &all.tiers, &all.ntiers));
	v->survey = sv->code;
	v->moment = row.moment;
	v->is_closed = row.is_closed == 1;
	lay_out(cx, sv, v);
	if (!v->is_closed)
		return OK;
	TRY(store_answers_of_collection(cx, collection_id, take, &all));
	v->people = v->nrows;
	v->shown = gate_may(g, GATE_OPINION, v->nrows);
	if (!v->shown) {
		v->rows = NULL;
		v->nrows = 0;
		return OK;
	}
	hide_tiers(cx, g, &all);
	qsort(v->rows, v->nrows, sizeof(*v->rows), by_answers);
	return OK;
}

const char *raw_code_text(struct arena *a, unsigned char code)
{
	switch (code) {
	case SLOT_SKIPPED:
		return "skipped";
	case SLOT_DONT_KNOW:
		return "dont_know";
	case SLOT_NOT_APPLICABLE:
		return "not_applicable";
	case SLOT_NOT_SHOWN:
		return "not_shown";
	default:
		return arena_printf(a, "%u", code);
	}
}
