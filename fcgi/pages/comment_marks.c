/*
 * comment_marks.c: which comments may be shown as typical.
 */
#include "pages/analysis_texts_model.h"

#include "base/text.h"
#include "store/store_comment.h"

#include <stdlib.h>
#include <string.h>

struct marks {
	struct ctx *cx;
	const struct comment_fit *list;
	size_t n;
};

static bool each_of(json_t *list, bool (*each)(json_t *one, void *arg),
		    void *arg)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
		if (each(one, arg))
			return true;
	return false;
}

bool texts_each_candidate(json_t *group, bool (*each)(json_t *one, void *arg),
			  void *arg)
{
	json_t *themes = json_object_get(group, "themes"), *row;
	size_t i;

	json_array_foreach(json_object_get(themes, "rows"), i, row)
		if (each_of(json_object_get(row, "typical"), each, arg))
			return true;
	return each_of(json_object_get(json_object_get(group, "requests"),
				       "typical"),
		       each, arg);
}

static int by_id(const void *a, const void *b)
{
	const struct comment_fit *x = a, *y = b;

	return strcmp(x->text_id, y->text_id);
}

static bool mark(json_t *one, void *arg)
{
	const struct marks *m = arg;
	const struct comment_fit key = { .text_id = kept_word(one, "id") };
	const struct comment_fit *found =
		m->n ? bsearch(&key, m->list, m->n, sizeof(key), by_id) : NULL;

	if (!found)
		return false;
	analysis_flag(one, "fit", true);
	analysis_word(one, "by",
		      arena_printf(&m->cx->arena, "%s %s", found->family,
				   found->given));
	analysis_int(one, "at", found->marked_at);
	return false;
}

enum err texts_mark_fit(struct ctx *cx, json_t *part)
{
	struct marks m = { .cx = cx };
	json_t *group;
	size_t i;

	if (!kept_is_ok(part))
		return OK;
	TRY(store_comment_fits(cx, &m.list, &m.n));
	json_array_foreach(json_object_get(part, "groups"), i, group)
		(void)texts_each_candidate(group, mark, &m);
	return OK;
}
