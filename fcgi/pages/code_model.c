/*
 * code_model.c: the manual is code_model.h.
 */
#include "pages/code_model.h"

#include "base/text.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

/* What I ticked at a place; NULL: it is not read yet. */
static const char *ticked(const struct code_check *c, int64_t place)
{
	for (size_t i = 0; i < c->nmine; i++)
		if (c->mine[i].place == place)
			return c->mine[i].codes;
	return NULL;
}

/* The first place that I have not read; size + 1: none. */
static int64_t first_unread(const struct code_check *c)
{
	int64_t place = 1;

	while (place <= c->s.size && ticked(c, place))
		place++;
	return place;
}

const char *code_href(const struct code_check *c, int64_t place)
{
	return arena_printf(&c->w->cx->arena, "%s%cat=%" PRId64,
			    comments_href(c->w, c->place, "codes"),
			    c->place->scope == ANALYSIS_YEAR ? '&' : '?',
			    place);
}

/* What a code is called in the kept part; its id when it is not there. */
static const char *name_of(const struct code_check *c, const char *id)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(c->codes, "rows"), i, row)
		if (text_equals(kept_word(row, "id"), id))
			return kept_text(c->w, row, "name");
	return id;
}

/* ---- reading ------------------------------------------------------------- */

static const char *question_of(const struct code_check *c, const char *word)
{
	const json_t *g;
	size_t i;

	json_array_foreach(json_object_get(c->texts, "groups"), i, g)
		if (text_equals(kept_word(g, "question"), word))
			return texts_question(c->w, g);
	return "";
}

static void model_comment(const struct code_check *c, json_t *m,
			  const struct code_comment *one)
{
	struct arena *a = &c->w->cx->arena;
	const char *mine = ticked(c, one->place);
	json_t *o = model_object(m, "comment"), *list;
	const char **ids;
	size_t n;

	model_int(o, "place", one->place);
	model_text(o, "text", one->text);
	model_text(o, "question", question_of(c, one->question));
	model_text(o, "heading",
		   text_fill(a, request_text(c->w->rq, "codes.at"), "at",
			     text_from_count(a, one->place), "n",
			     text_from_count(a, c->s.size), NULL));
	model_bool(o, "has_before", one->place > 1);
	model_bool(o, "is_read", mine != NULL);
	list = model_list(o, "codes");
	ids = code_ids(c->w->cx, c->s.codes, &n);
	for (size_t i = 0; i < n; i++) {
		json_t *code = model_item(list);

		model_text(code, "id", ids[i]);
		model_text(code, "name", name_of(c, ids[i]));
		model_bool(code, "ticked", mine && code_is_in(mine, ids[i]));
	}
}

/* The comment asked for, or the first unread; at the end all are read. */
enum err code_model_reading(const struct code_check *c, json_t *m)
{
	const char *asked = request_query(c->w->rq, "at");
	const struct code_comment *comments;
	int64_t place = first_unread(c);
	size_t n;

	if (asked && *asked && !text_to_i64(asked, 1, c->s.size, &place))
		return FAIL(c->w->cx, ERR_NOT_FOUND, "no such comment");
	model_int(m, "done", (int64_t)c->nmine);
	model_int(m, "size", c->s.size);
	model_text(
		m, "progress",
		text_fill(&c->w->cx->arena,
			  request_text(c->w->rq, "codes.progress"), "done",
			  text_from_count(&c->w->cx->arena, (int64_t)c->nmine),
			  "n", text_from_count(&c->w->cx->arena, c->s.size),
			  NULL));
	model_bool(m, "is_reading", place <= c->s.size);
	model_bool(m, "is_through", place > c->s.size);
	model_text(m, "first", code_href(c, 1));
	if (place > c->s.size)
		return OK;
	TRY(store_code_comments(c->w->cx, c->s.id, &comments, &n));
	for (size_t i = 0; i < n; i++)
		if (comments[i].place == place)
			model_comment(c, m, &comments[i]);
	return OK;
}

/* ---- what came of it ----------------------------------------------------- */

void code_model_readers(const struct code_check *c, json_t *m)
{
	struct arena *a = &c->w->cx->arena;
	json_t *list = model_list(m, "readers");

	for (size_t i = 0; i < c->nreaders; i++) {
		const struct code_reader *r = &c->readers[i];
		json_t *o = model_item(list);

		model_text(o, "name",
			   arena_printf(a, "%s %s", r->family, r->given));
		model_text(o, "read_text",
			   arena_printf(a, "%" PRId64 " / %" PRId64,
					r->comments, c->s.size));
		model_bool(o, "finished", r->finished);
	}
}

static const char *of_all(const struct code_check *c, int64_t x)
{
	return arena_printf(&c->w->cx->arena, "%" PRId64 " / %" PRId64, x,
			    c->s.size);
}

enum err code_model_results(const struct code_check *c, json_t *m)
{
	const struct code_result *list;
	struct arena *a = &c->w->cx->arena;
	json_t *rows = model_list(m, "results");
	int64_t checked = 0;
	size_t n;

	TRY(code_check_results(c->w->cx, &c->s, &list, &n));
	for (size_t i = 0; i < n; i++) {
		const struct code_result *r = &list[i];
		json_t *o = model_item(rows);
		struct figure f = figure_none("kappa", r->kappa.status);

		f.n = f.base = r->kappa.n;
		if (r->kappa.status == AN_OK) {
			f.value = code_kappa(r->kappa.kappa);
			f.lo = code_kappa(r->kappa.lo);
			f.hi = code_kappa(r->kappa.hi);
		}
		checked += r->is_checked ? 1 : 0;
		model_text(o, "id", r->id);
		model_text(o, "name", name_of(c, r->id));
		model_figure(c->w, o, "kappa", &f, UNIT_NUMBER);
		model_bool(o, "is_checked", r->is_checked);
		model_bool(o, "unseen", r->kappa.status == AN_ZERO_VARIANCE);
		model_text(o, "first_text", text_from_count(a, r->first));
		model_text(o, "second_text", text_from_count(a, r->second));
		model_text(o, "alike_text", of_all(c, r->alike));
		model_text(o, "rules_text",
			   arena_printf(a, "%" PRId64 " / %" PRId64,
					r->with_rules, r->alike));
	}
	model_bool(m, "has_results", n > 0);
	if (n)
		model_text(m, "statement",
			   text_fill(a,
				     request_text(c->w->rq, "codes.statement"),
				     "n", text_from_count(a, (int64_t)n),
				     "checked", text_from_count(a, checked),
				     NULL));
	return OK;
}
