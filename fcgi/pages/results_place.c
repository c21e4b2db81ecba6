/*
 * results_place.c: the manual is results_place.h.
 */
#include "pages/results_place.h"

#include "base/clock.h"
#include "view/model.h"
#include "view/texts.h"

struct session_viewer results_viewer(const struct request *rq)
{
	const struct session_viewer v = { request_is(rq, PLANNER)
						  ? SESSION_ALL
						  : SESSION_TAUGHT,
					  rq->user->person_id };

	return v;
}

enum err results_may_see_course(struct ctx *cx, const struct request *rq,
				int64_t course_id)
{
	const struct session_filter taught = { .viewer = results_viewer(rq),
					       .course_id = course_id,
					       .from_ms = DB_NULL,
					       .to_ms = DB_NULL };
	const struct session_row *rows;
	size_t n;

	if (request_is(rq, PLANNER))
		return OK;
	TRY(store_session_list(cx, &taught, &rows, &n));
	if (!n)
		return FAIL(cx, ERR_NOT_FOUND, "teaches no session of it");
	return OK;
}

void results_session(const struct words *w, json_t *m,
		     const struct session_row *s)
{
	struct arena *a = &w->cx->arena;
	json_t *o = model_object(m, "session");

	model_int(o, "id", s->id);
	model_text(o, "title", either(w, s->title, s->title_en));
	model_text(o, "course", s->course_code);
	model_int(o, "run_no", s->run_no);
	model_text(o, "run_text", text_with_n(w, "dash.run", s->run_no));
	model_text(o, "day", date_to_iso(a, date_in_japan(s->starts_at)));
	model_text(o, "when_text",
		   instant_to_text(a, s->starts_at, w->rq->lang, DATE_LONG));
	model_text(o, "room",
		   s->room_name ? either(w, s->room_name, s->room_name_en)
				: "");
	model_bool(o, "is_over", s->ends_at < w->cx->now_ms);
}

void results_crumb(json_t *m, const char *label, const char *href)
{
	json_t *o = model_item(model_list(m, "breadcrumb"));

	model_text(o, "label", label);
	model_text(o, "href", href);
}

void results_tabs(const struct words *w, json_t *m, const char *base,
		  bool analysis)
{
	static const struct {
		const char *path, *label;
	} tabs[] = { { "dashboard", TEXT_KEY("analysis.tab_results") },
		     { "analysis", TEXT_KEY("analysis.tab_analysis") } };
	json_t *list = model_list(m, "tabs");

	for (size_t i = 0; i < 2; i++) {
		json_t *o = model_item(list);

		model_text(o, "label", request_text(w->rq, tabs[i].label));
		model_text(o, "href",
			   arena_printf(&w->cx->arena, "%s/%s", base,
					tabs[i].path));
		model_bool(o, "current", analysis == (i == 1));
	}
}
