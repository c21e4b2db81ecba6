/*
 * page_comments.c: typical comments are read before they are shown.
 *
 * GET  /sessions/:id/analysis/comments    candidates of an analysis, by theme
 * GET  /courses/:code/analysis/comments
 * GET  /analysis/comments                 ?year=
 * POST to each of them                    one is fit to be shown, or is not
 *
 * The candidates are what the kept analysis has: masked, of ten people at
 * least. A mark is about the text itself (store/store_comment.h), so it holds
 * for the session, the course and the year.
 */
#include "pages/pages.h"

#include "analysis/analysis_keep.h"
#include "base/text.h"
#include "pages/comments_place.h"
#include "store/store_comment.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

/* How many candidates there are, and how many of them are shown. */
struct tally {
	int64_t all, fit;
};

static void candidate(const struct words *w, json_t *m, const json_t *o,
		      struct tally *t)
{
	const bool fit = kept_bool(o, "fit");
	struct arena *a = &w->cx->arena;

	t->all++;
	t->fit += fit ? 1 : 0;
	model_text(m, "id", kept_word(o, "id"));
	model_text(m, "text", kept_word(o, "text"));
	model_text(m, "same_text", texts_same(w, o));
	model_bool(m, "fit", fit);
	if (fit)
		model_text(m, "by_text",
			   text_fill(a, request_text(w->rq, "comments.by"),
				     "name", kept_word(o, "by"), "day",
				     instant_to_text(a, kept_int(o, "at"),
						     w->rq->lang, DATE_SHORT),
				     NULL));
}

/* A theme or the requests: what they are called, and their candidates. */
static void list_of(const struct words *w, json_t *lists, const char *title,
		    const json_t *kept, struct tally *t)
{
	json_t *m;
	const json_t *o;
	size_t i;

	if (!json_array_size(json_object_get(kept, "typical")))
		return;
	m = model_item(lists);
	model_text(m, "title", title);
	json_array_foreach(json_object_get(kept, "terms"), i, o)
		model_item_text(model_list(m, "terms"), json_string_value(o));
	json_array_foreach(json_object_get(kept, "typical"), i, o)
		candidate(w, model_item(model_list(m, "candidates")), o, t);
}

static void model_groups(const struct words *w, json_t *m, const json_t *texts,
			 struct tally *t)
{
	const json_t *g, *row;
	size_t i, j;

	json_array_foreach(json_object_get(texts, "groups"), i, g) {
		const json_t *themes = json_object_get(g, "themes");
		json_t *group, *lists;

		if (!texts_has_place(texts, g) || !kept_is_ok(g))
			continue;
		group = model_item(model_list(m, "groups"));
		lists = model_list(group, "lists");
		model_text(group, "question", texts_question(w, g));
		json_array_foreach(json_object_get(themes, "rows"), j, row)
			list_of(w, lists, texts_theme_title(w, row), row, t);
		if (texts_has_requests(g))
			list_of(w, lists,
				request_text(w->rq, "comments.requests"),
				json_object_get(g, "requests"), t);
	}
}

static enum err show(const struct words *w, struct reply *rp,
		     const struct analysis_place *p)
{
	struct arena *a = &w->cx->arena;
	struct tally t = { 0, 0 };
	json_t *m = rp->model, *texts;

	TRY(comments_kept(w, p, &texts));
	model_text(m, "action", comments_href(w, p, "comments"));
	model_title(m, request_text(w->rq, "comments.title"));
	model_list(m, "groups");
	if (kept_is_ok(texts))
		model_groups(w, m, texts, &t);
	model_bool(m, "any", t.all > 0);
	model_int(m, "all", t.all);
	model_int(m, "fit", t.fit);
	model_text(m, "tally",
		   text_fill(a, request_text(w->rq, "comments.tally"), "n",
			     text_from_count(a, t.all), "fit",
			     text_from_count(a, t.fit), NULL));
	return OK;
}

static bool has_id(json_t *one, void *arg)
{
	return text_equals(kept_word(one, "id"), arg);
}

/* Only what the page lists can be marked. */
static bool is_candidate(json_t *texts, const char *id)
{
	json_t *group;
	size_t i;

	json_array_foreach(json_object_get(texts, "groups"), i, group)
		if (texts_each_candidate(group, has_id, (void *)(uintptr_t)id))
			return true;
	return false;
}

static enum err mark(const struct words *w, struct reply *rp,
		     const struct analysis_place *p)
{
	const char *id = request_form(w->rq, "id");
	const struct comment_change change = {
		.text_id = id,
		.fit = text_equals(request_form(w->rq, "fit"), "yes"),
		.by = w->rq->user->person_id,
		.address = w->rq->address,
		.object = arena_printf(&w->cx->arena, "%s:%" PRId64,
				       analysis_scope_word(p->scope), p->id),
	};
	json_t *texts;

	TRY(comments_kept(w, p, &texts));
	if (!id || !is_candidate(texts, id))
		return FAIL(w->cx, ERR_NOT_FOUND, "no such candidate");
	TRY(store_comment_mark(w->cx, &change));
	return reply_redirect(w->cx, rp, "%s#c-%s",
			      comments_href(w, p, "comments"), id);
}

typedef enum err page_at_fn(const struct words *w, struct reply *rp,
			    const struct analysis_place *p);

static enum err page_at(struct ctx *cx, const struct request *rq,
			struct reply *rp, enum analysis_scope scope,
			page_at_fn *page)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(comments_place(&w, rp->model, scope, &p));
	return page(&w, rp, &p);
}

static enum err show_session(struct ctx *cx, const struct request *rq,
			     struct reply *rp)
{
	return page_at(cx, rq, rp, ANALYSIS_SESSION, show);
}

static enum err show_course(struct ctx *cx, const struct request *rq,
			    struct reply *rp)
{
	return page_at(cx, rq, rp, ANALYSIS_COURSE, show);
}

static enum err show_year(struct ctx *cx, const struct request *rq,
			  struct reply *rp)
{
	return page_at(cx, rq, rp, ANALYSIS_YEAR, show);
}

static enum err mark_session(struct ctx *cx, const struct request *rq,
			     struct reply *rp)
{
	return page_at(cx, rq, rp, ANALYSIS_SESSION, mark);
}

static enum err mark_course(struct ctx *cx, const struct request *rq,
			    struct reply *rp)
{
	return page_at(cx, rq, rp, ANALYSIS_COURSE, mark);
}

static enum err mark_year(struct ctx *cx, const struct request *rq,
			  struct reply *rp)
{
	return page_at(cx, rq, rp, ANALYSIS_YEAR, mark);
}

const struct route comment_routes[] = {
	{ GET, "/sessions/:id/analysis/comments", PLANNER, show_session,
	  "comments" },
	{ POST, "/sessions/:id/analysis/comments", PLANNER, mark_session,
	  NULL },
	{ GET, "/courses/:code/analysis/comments", PLANNER, show_course,
	  "comments" },
	{ POST, "/courses/:code/analysis/comments", PLANNER, mark_course,
	  NULL },
	{ GET, "/analysis/comments", PLANNER, show_year, "comments" },
	{ POST, "/analysis/comments", PLANNER, mark_year, NULL },
	{ .page = NULL },
};
