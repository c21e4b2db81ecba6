/*
 * view_comments.c: free text, word by word or not at all.
 */
#include "base/text.h"
#include "insight/session_view.h"

#include <string.h>

/* What people write when they have nothing to say counts as no comment. */
static bool is_blank(struct arena *a, const char *text)
{
	static const char *const nothing[] = {
		"",
		"なし",
		"無し",
		"特になし",
		"特に無し",
		"特にありません",
		"ありません",
		"ない",
		"特にない",
		"とくになし",
		"なし。",
		"特になし。",
		"特にありません。",
		"none",
		"nothing",
		"n/a",
		"-",
		"ー",
	};
	const char *s = text_trim(a, text);

	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		if (!strcmp(s, nothing[i]))
			return true;
	return false;
}

static const struct survey_item *item_of(const struct answers_set *set,
					 const struct answers_text *t)
{
	for (size_t i = 0; i < set->nsurveys; i++) {
		const struct survey *sv = set->surveys[i];

		if (sv->version_id != t->version_id)
			continue;
		for (size_t k = 0; k < sv->nitems; k++)
			if (sv->items[k].open_no == t->item_no &&
			    item_is_open(&sv->items[k]))
				return &sv->items[k];
	}
	return NULL;
}

struct gathering {
	struct comments_view *list;
	const char **texts[3];
	size_t capacity;
};

static void gather(struct ctx *cx, const struct answers_set *set,
		   const struct answers_text *t, struct gathering *g)
{
	const struct survey_item *it = item_of(set, t);

	if (!it || is_blank(&cx->arena, t->text))
		return;
	if (set->keep && !set->keep(t->session_id, set->keep_arg))
		return;
	for (size_t k = 0; k < 3; k++) {
		struct comments_view *v = &g->list[k];

		if (v->measures != it->measures)
			continue;
		v->text = it->text;
		if (v->n < g->capacity)
			g->texts[k][v->n++] = text_trim(&cx->arena, t->text);
	}
}

/* Comments after the session; needs are also asked for before it. */
enum err view_comments(struct ctx *cx, const struct gate *g,
		       const struct answers_of *of,
		       const struct answers_set *set,
		       struct comments_view **out, size_t *n)
{
	static const enum measures kinds[] = { MEASURES_COMMENT_GOOD,
					       MEASURES_COMMENT_IMPROVE,
					       MEASURES_COMMENT_NEED };
	const struct answers_text *rows;
	struct gathering all = { 0 };
	size_t nrows;

	TRY(store_answers_texts(cx, of, &rows, &nrows));
	all.list = ARENA_ARRAY(&cx->arena, struct comments_view, 3);
	all.capacity = nrows;
	for (size_t k = 0; k < 3; k++) {
		all.list[k].measures = kinds[k];
		all.texts[k] = ARENA_ARRAY(&cx->arena, const char *, nrows + 1);
	}
	for (size_t i = 0; i < nrows; i++)
		if (text_equals(rows[i].moment, "post"))
			gather(cx, set, &rows[i], &all);
	*out = ARENA_ARRAY(&cx->arena, struct comments_view, 3);
	*n = 0;
	for (size_t k = 0; k < 3; k++) {
		struct comments_view *v = &all.list[k];

		v->shown = gate_may(g, GATE_COMMENT, v->n) &&
			   gate_may(g, GATE_COMMENT, set->n_post);
		v->texts = all.texts[k];
		v->ntexts = v->shown ? v->n : 0;
		if (v->n)
			(*out)[(*n)++] = *v;
	}
	return OK;
}
