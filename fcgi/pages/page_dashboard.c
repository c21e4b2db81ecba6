/*
 * page_dashboard.c: what happened in a session, a course, a class to come.
 *
 * GET /sessions/:id/dashboard    its trainers and the planners
 * GET /courses/:code/dashboard   over all sessions; who teaches one, planners
 * GET /teach/:id/profile         the class before the session begins
 *
 * As JSON the same model; its member charts holds the charts.
 */
#include "pages/pages.h"

#include "base/clock.h"
#include "pages/dashboard_model.h"
#include "pages/results_place.h"
#include "store/store_course.h"
#include "store/store_session.h"
#include "view/model.h"
#include "view/texts.h"

static enum err session_dashboard(struct ctx *cx, const struct request *rq,
				  struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct session_viewer viewer = results_viewer(rq);
	struct answers_of of = { 0 };
	struct session_facts facts;

	TRY(request_id(cx, rq, "id", &of.session_id));
	TRY(store_session_find(cx, of.session_id, &viewer, &facts));
	results_session(&w, rp->model, &facts.row);
	TRY(dashboard_ready(&w, rp, &of, facts.row.course_id));
	model_bool(rp->model, "is_course", false);
	results_tabs(&w, rp->model,
		     arena_printf(&cx->arena, "/sessions/%lld",
				  (long long)of.session_id),
		     false);
	model_text(rp->model, "course_href",
		   arena_printf(&cx->arena, "/courses/%s/dashboard",
				facts.row.course_code));
	model_text(rp->model, "heading",
		   either(&w, facts.row.title, facts.row.title_en));
	model_title(rp->model,
		    text_fill(&cx->arena, request_text(rq, "dash.title"),
			      "title",
			      either(&w, facts.row.title, facts.row.title_en),
			      NULL));
	results_crumb(rp->model, request_text(rq, "dash.crumb_teach"),
		      request_is(rq, TRAINER) ? "/teach" : "/overview");
	results_crumb(rp->model,
		      either(&w, facts.row.title, facts.row.title_en),
		      arena_printf(&cx->arena, "/sessions/%lld",
				   (long long)of.session_id));
	results_crumb(rp->model, request_text(rq, "dash.crumb"), NULL);
	return OK;
}

static enum err course_dashboard(struct ctx *cx, const struct request *rq,
				 struct reply *rp)
{
	const struct words w = { cx, rq };
	struct answers_of of = { 0 };
	struct course course;
	const char *title;

	TRY(store_course_by_code(cx, request_param(rq, "code"), &course));
	TRY(results_may_see_course(cx, rq, course.id));
	of.course_id = course.id;
	title = either(&w, course.title, course.title_en);
	TRY(dashboard_ready(&w, rp, &of, course.id));
	model_bool(rp->model, "is_course", true);
	results_tabs(&w, rp->model,
		     arena_printf(&cx->arena, "/courses/%s", course.code),
		     false);
	model_text(rp->model, "heading", title);
	model_title(rp->model,
		    text_fill(&cx->arena, request_text(rq, "dash.title_course"),
			      "title", title, NULL));
	results_crumb(rp->model, request_text(rq, "dash.crumb_catalogue"),
		      "/catalogue");
	results_crumb(rp->model, title,
		      arena_printf(&cx->arena, "/courses/%s", course.code));
	results_crumb(rp->model, request_text(rq, "dash.crumb"), NULL);
	return OK;
}

static enum err profile(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct session_viewer viewer = results_viewer(rq);
	const struct gate g = gate_read(cx);
	struct session_facts facts;
	struct profile_view v;
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_session_find(cx, id, &viewer, &facts));
	TRY(profile_view_read(cx, &g, id, &v));
	results_session(&w, rp->model, &facts.row);
	profile_model(&w, rp->model, &v);
	model_text(rp->model, "data", rq->path);
	model_title(rp->model, request_text(rq, "profile.title"));
	results_crumb(rp->model, request_text(rq, "dash.crumb_teach"),
		      "/teach");
	results_crumb(rp->model,
		      either(&w, facts.row.title, facts.row.title_en),
		      arena_printf(&cx->arena, "/teach/%lld", (long long)id));
	results_crumb(rp->model, request_text(rq, "profile.title"), NULL);
	return OK;
}

const struct route dashboard_routes[] = {
	{ GET, "/sessions/:id/dashboard", TRAINER | PLANNER, session_dashboard,
	  "dashboard" },
	{ GET, "/courses/:code/dashboard", TRAINER | PLANNER, course_dashboard,
	  "dashboard" },
	{ GET, "/teach/:id/profile", TRAINER | PLANNER, profile, "profile" },
	{ .page = NULL },
};
