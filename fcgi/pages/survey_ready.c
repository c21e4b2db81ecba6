/*
 * survey_ready.c: empty forms kept ready.
 *
 * Sixty people open the same empty form within a minute. Its questions do
 * not depend on who looks, so a worker renders them once per survey version,
 * language and step. Versions never change, so nothing here is ever stale;
 * the least used of a few places is given to the next.
 */
#include "pages/survey_page.h"

#include "base/buf.h"
#include "survey/survey_form.h"
#include "view/view.h"

#define PLACES 8

struct ready {
	const struct survey *sv; /* NULL: free */
	enum lang lang;
	size_t page;
	struct arena arena;
	const char *html;
	unsigned long used; /* turn of the last use */
};

static struct ready ready[PLACES];
static unsigned long turn;

static struct ready *find(const struct survey *sv, enum lang lang, size_t page)
{
	for (size_t i = 0; i < PLACES; i++)
		if (ready[i].sv == sv && ready[i].lang == lang &&
		    ready[i].page == page)
			return &ready[i];
	return NULL;
}

static struct ready *least_used(void)
{
	struct ready *least = &ready[0];

	for (size_t i = 1; i < PLACES; i++)
		if (ready[i].used < least->used)
			least = &ready[i];
	return least;
}

/* Render the questions into a place; NULL if they cannot be. */
static struct ready *fill(struct ctx *cx, const struct request *rq,
			  const struct survey *sv, size_t page)
{
	const struct view *view = view_find(rq->views, "survey_sections");
	const struct survey_form form = { .lang = rq->lang, .page = page };
	struct buf out = buf_new(&cx->arena);
	json_t *model = json_object();
	struct ready *place = least_used();

	survey_to_model(model, sv, &form, request_text(rq, "survey.dont_know"),
			request_text(rq, "survey.not_applicable"));
	if (!view || view_render(view, model, rq->texts, rq->lang, &out) != OK)
		return NULL;
	arena_release(&place->arena);
	place->sv = sv;
	place->lang = rq->lang;
	place->page = page;
	place->html = arena_strndup(&place->arena, out.data, out.len);
	return place;
}

bool survey_ready(struct ctx *cx, const struct request *rq, json_t *m,
		  const struct survey *sv, size_t page)
{
	struct ready *place;

	/* Only a published version stays where it is in memory. */
	if (rq->wants_json || !rq->views || !sv->version_id)
		return false;
	place = find(sv, rq->lang, page);
	if (!place)
		place = fill(cx, rq, sv, page);
	if (!place)
		return false;
	place->used = ++turn;
	/* Rendered by us from checked texts: no second look at 50 kB. */
	json_object_set_new_nocheck(m, "sections_html",
				    json_string_nocheck(place->html));
	return true;
}
