/*
 * view_comments.c: free text, word by word or not at all.
 */
#include "base/text.h"
#include "insight/answers_parts.h"
#include "insight/mask.h"
#include "insight/session_view.h"
#include "insight/text_lists.h"

#define KINDS 3

static const enum measures kinds[KINDS] = { MEASURES_COMMENT_GOOD,
					    MEASURES_COMMENT_IMPROVE,
					    MEASURES_COMMENT_NEED };

struct gathering {
	const struct answers_set *set;
	struct comments_view *list;
	struct an_words blank;
	const char **texts[KINDS];
	size_t *kind; /* of each row */
	/* comments by session of each kind, and whether they count */
	const struct answers_parts *parts;
	size_t *people[KINDS];
	bool *in[KINDS], enough[KINDS];
};

/* The kind of a comment that says something; KINDS: it is none. */
static size_t kind_of(const struct gathering *g, const struct answers_text *t,
		      struct bilingual *question)
{
	const struct survey_item *it =
		answers_open_item(g->set, t->version_id, t->item_no);
	size_t k = 0;

	if (!it || !text_equals(t->moment, "post") ||
	    an_text_is_blank(t->text, &g->blank) ||
	    (g->set->keep && !g->set->keep(t->session_id, g->set->keep_arg)))
		return KINDS;
	while (k < KINDS && kinds[k] != it->measures)
		k++;
	*question = it->text;
	return k;
}

static size_t session_of(const struct gathering *g, int64_t id)
{
	size_t i = 0;

	while (i < g->parts->n && g->parts->ids[i] != id)
		i++;
	return i;
}

static void prepare(struct ctx *cx, struct gathering *g, size_t nrows)
{
	const size_t most = g->parts->n + 1;
	struct arena *a = &cx->arena;

	g->list = ARENA_ARRAY(a, struct comments_view, KINDS);
	g->blank = text_list_blank(cx);
	g->kind = ARENA_ARRAY(a, size_t, nrows + 1);
	for (size_t k = 0; k < KINDS; k++) {
		g->list[k].measures = kinds[k];
		g->texts[k] = ARENA_ARRAY(a, const char *, nrows + 1);
		g->people[k] = ARENA_ARRAY(a, size_t, most);
		g->in[k] = ARENA_ARRAY(a, bool, most);
	}
}

/*
 * Sessions with few comments stay out of a course, or its comments without
 * those of the other sessions would be those few.
 */
static void count_sessions(struct ctx *cx, const struct gate *g,
			   struct gathering *all,
			   const struct answers_text *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct bilingual question;
		const size_t k = kind_of(all, &rows[i], &question);
		const size_t at = session_of(all, rows[i].session_id);

		all->kind[i] = KINDS;
		if (k == KINDS || at == all->parts->n)
			continue;
		all->kind[i] = k;
		all->list[k].text = question;
		all->people[k][at]++;
	}
	for (size_t k = 0; k < KINDS; k++) {
		bool any = false;

		parts_choose(cx, g, GATE_COMMENT, all->parts, all->people[k],
			     all->in[k]);
		for (size_t s = 0; s < all->parts->n; s++)
			any |= all->in[k][s];
		all->enough[k] = any;
		/* Too few in all: they are counted, and hidden. */
		for (size_t s = 0; s < all->parts->n && !any; s++)
			all->in[k][s] = true;
	}
}

/*
 * Who was there, and all units. Names that only a dictionary knows are left to
 * the analysis of comments, which takes its time in a job.
 */
static enum err read_mask(struct ctx *cx, const struct answers_of *of,
			  struct mask **out)
{
	static const struct an_words none;
	const struct answers_name *names;
	const struct answers_unit *units;
	size_t n, nunits;

	*out = mask_new(&cx->arena, NULL, &none);
	TRY(store_answers_names(cx, of, &names, &n));
	TRY(store_answers_units(cx, &units, &nunits));
	for (size_t i = 0; i < n; i++) {
		const struct mask_person p = { names[i].family, names[i].given,
					       names[i].family_kana,
					       names[i].former_family };

		mask_add_person(*out, &p);
	}
	for (size_t i = 0; i < nunits; i++)
		mask_add_unit(*out, units[i].name);
	mask_ready(*out);
	return OK;
}

static void show(const struct mask *mask, struct comments_view *v,
		 const char **texts)
{
	for (size_t i = 0; i < v->n; i++)
		texts[i] = mask_text(mask, texts[i]).shown;
	v->texts = texts;
	v->ntexts = v->n;
}

/* Comments after the session; needs are also asked for before it. */
enum err view_comments(struct ctx *cx, const struct gate *g,
		       const struct answers_of *of,
		       const struct answers_set *set,
		       struct comments_view **out, size_t *n)
{
	const struct answers_text *rows;
	struct gathering all = { .set = set,
				 .parts = answers_parts(cx, g, set) };
	struct mask *mask = NULL;
	size_t nrows;

	TRY(store_answers_texts(cx, of, &rows, &nrows));
	prepare(cx, &all, nrows);
	count_sessions(cx, g, &all, rows, nrows);
	for (size_t i = 0; i < nrows; i++) {
		const size_t k = all.kind[i];

		if (k < KINDS &&
		    all.in[k][session_of(&all, rows[i].session_id)])
			all.texts[k][all.list[k].n++] =
				text_trim(&cx->arena, rows[i].text);
	}
	*out = ARENA_ARRAY(&cx->arena, struct comments_view, KINDS);
	*n = 0;
	for (size_t k = 0; k < KINDS; k++) {
		struct comments_view *v = &all.list[k];

		v->shown = all.enough[k] && gate_may(g, GATE_COMMENT, v->n) &&
			   gate_may(g, GATE_COMMENT, set->n_post);
		if (v->shown && !mask)
			TRY(read_mask(cx, of, &mask));
		if (v->shown)
			show(mask, v, all.texts[k]);
		if (v->n)
			(*out)[(*n)++] = *v;
	}
	return OK;
}
