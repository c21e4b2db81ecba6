/*
 * view_comments.c: free text, word by word or not at all.
 */
#include "base/text.h"
#include "insight/session_view.h"
#include "insight/text_lists.h"

struct gathering {
	struct comments_view *list;
	struct an_words blank;
	const char **texts[3];
	size_t capacity;
};

static void gather(struct ctx *cx, const struct answers_set *set,
		   const struct answers_text *t, struct gathering *g)
{
	const struct survey_item *it =
		answers_open_item(set, t->version_id, t->item_no);

	if (!it || an_text_is_blank(t->text, &g->blank))
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
	all.blank = text_list(cx, "blank");
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
