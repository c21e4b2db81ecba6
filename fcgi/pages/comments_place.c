/*
 * comments_place.c: the manual is comments_place.h.
 */
#include "pages/comments_place.h"

#include "analysis/analysis_keep.h"
#include "base/text.h"
#include "pages/results_place.h"
#include "pages/years.h"
#include "store/store_course.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

/* Which analysis, and what it is called. */
static enum err at_session(const struct words *w, json_t *m,
			   struct analysis_place *p)
{
	const struct session_viewer viewer = results_viewer(w->rq);
	struct session_facts facts;

	p->scope = ANALYSIS_SESSION;
	TRY(request_id(w->cx, w->rq, "id", &p->id));
	TRY(store_session_find(w->cx, p->id, &viewer, &facts));
	p->path = arena_printf(&w->cx->arena, "/sessions/%" PRId64 "/analysis",
			       p->id);
	model_text(m, "heading",
		   either(w, facts.row.title, facts.row.title_en));
	return OK;
}

static enum err at_course(const struct words *w, json_t *m,
			  struct analysis_place *p)
{
	struct course course;

	p->scope = ANALYSIS_COURSE;
	TRY(store_course_by_code(w->cx, request_param(w->rq, "code"), &course));
	p->id = course.id;
	p->path = arena_printf(&w->cx->arena, "/courses/%s/analysis",
			       course.code);
	model_text(m, "heading", either(w, course.title, course.title_en));
	return OK;
}

static enum err at_year(const struct words *w, json_t *m,
			struct analysis_place *p)
{
	p->scope = ANALYSIS_YEAR;
	TRY(years_choose(w, m, &p->id));
	p->path = arena_printf(&w->cx->arena, "/analysis?year=%" PRId64, p->id);
	model_text(m, "heading",
		   fiscal_year_to_text(&w->cx->arena, (int)p->id, w->rq->lang));
	return OK;
}

enum err comments_kept(const struct words *w, const struct analysis_place *p,
		       json_t **texts)
{
	const struct gate g = gate_read(w->cx);
	struct analysis_standing s;
	const char *text;
	json_t *result;

	*texts = NULL;
	TRY(analysis_stand(w->cx, &g, p->scope, p->id, &s));
	if (!s.computed_ms)
		return OK;
	TRY(store_analysis_result(w->cx, analysis_scope_word(p->scope), p->id,
				  &text));
	result = json_loads(text, 0, NULL);
	*texts = json_object_get(json_object_get(result, "parts"), "texts");
	return texts_mark_fit(w->cx, *texts);
}

enum err comments_place(const struct words *w, json_t *m,
			enum analysis_scope scope, struct analysis_place *p)
{
	switch (scope) {
	case ANALYSIS_SESSION:
		TRY(at_session(w, m, p));
		break;
	case ANALYSIS_COURSE:
		TRY(at_course(w, m, p));
		break;
	case ANALYSIS_YEAR:
		TRY(at_year(w, m, p));
		break;
	}
	model_text(m, "back", arena_printf(&w->cx->arena, "%s#texts", p->path));
	return OK;
}

const char *comments_href(const struct words *w, const struct analysis_place *p,
			  const char *last)
{
	struct arena *a = &w->cx->arena;

	return p->scope == ANALYSIS_YEAR
		       ? arena_printf(a, "/analysis/%s?year=%" PRId64, last,
				      p->id)
		       : arena_printf(a, "%s/%s", p->path, last);
}
