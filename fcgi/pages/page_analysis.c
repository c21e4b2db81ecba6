/*
 * page_analysis.c: what the answers say beyond the dashboard, as it is kept.
 *
 * GET  /sessions/:id/analysis    its trainers and the planners
 * GET  /courses/:code/analysis   over all sessions; who teaches one, planners
 * GET  /analysis                 ?year= the programme of a fiscal year
 * POST to each of them           compute it (again), then back to the page
 *
 * Nothing is computed here. Member state of the model says how things stand:
 * empty, never, waiting, running, failed, old or current. As JSON ?only=state
 * leaves out what was computed, for the script that waits for it.
 */
#include "pages/pages.h"

#include "analysis/analysis_keep.h"
#include "base/clock.h"
#include "base/text.h"
#include "pages/analysis_model.h"
#include "pages/results_place.h"
#include "pages/years.h"
#include "store/store_course.h"
#include "view/model.h"
#include "view/texts.h"

static const char *with(const struct words *w, const char *key,
			const char *name, const char *value)
{
	return text_fill(&w->cx->arena, request_text(w->rq, key), name, value,
			 NULL);
}

static const char *year_href(const struct words *w, int64_t year)
{
	return arena_printf(&w->cx->arena, "/analysis?year=%lld",
			    (long long)year);
}

static void heading(const struct words *w, json_t *m, const char *text)
{
	model_text(m, "heading", text);
	model_title(m, with(w, "analysis.title", "title", text));
}

static void button(const struct words *w, json_t *m, const char *key,
		   const char *href)
{
	json_t *o = model_item(model_list(m, "ways"));

	model_text(o, "label", request_text(w->rq, key));
	model_text(o, "href", href);
}

/* What the table of analyses that this one leads to is called. */
static void links_title(const struct words *w, json_t *m, const char *key)
{
	model_text(m, "links_title", request_text(w->rq, key));
}

/* A line of the table of analyses that this one leads to. */
static void link(const struct words *w, json_t *m, const char *label,
		 const char *href, const char *computed_at)
{
	json_t *o = model_item(model_list(m, "links"));
	int64_t at = 0;

	model_text(o, "label", label);
	model_text(o, "href", href);
	model_text(o, "computed_at", computed_at);
	model_text(o, "computed_text",
		   computed_at && instant_from_db(computed_at, &at)
			   ? instant_to_text(&w->cx->arena, at, w->rq->lang,
					     DATE_SHORT)
			   : "");
}

static enum err at_session(const struct words *w, json_t *m,
			   struct analysis_place *p)
{
	const struct session_viewer viewer = results_viewer(w->rq);
	struct arena *a = &w->cx->arena;
	struct session_facts facts;
	const char *title, *base;

	p->scope = ANALYSIS_SESSION;
	TRY(request_id(w->cx, w->rq, "id", &p->id));
	TRY(store_session_find(w->cx, p->id, &viewer, &facts));
	base = arena_printf(a, "/sessions/%lld", (long long)p->id);
	p->path = arena_printf(a, "%s/analysis", base);
	title = either(w, facts.row.title, facts.row.title_en);
	results_session(w, m, &facts.row);
	heading(w, m, title);
	button(w, m, "analysis.to_course",
	       arena_printf(a, "/courses/%s/analysis", facts.row.course_code));
	results_tabs(w, m, base, true);
	results_crumb(m, request_text(w->rq, "dash.crumb_teach"),
		      request_is(w->rq, TRAINER) ? "/teach" : "/overview");
	results_crumb(m, title, base);
	results_crumb(m, request_text(w->rq, "analysis.crumb"), NULL);
	return OK;
}

/* The sessions of a course: a trainer's list holds the own ones. */
static enum err session_links(const struct words *w, json_t *m,
			      int64_t course_id, int64_t *year)
{
	const struct session_filter mine = { .viewer = results_viewer(w->rq),
					     .course_id = course_id,
					     .from_ms = DB_NULL,
					     .to_ms = DB_NULL };
	struct arena *a = &w->cx->arena;
	const struct analysis_link *rows;
	const struct session_row *seen;
	size_t n, nseen;

	TRY(store_session_list(w->cx, &mine, &seen, &nseen));
	TRY(store_analysis_of_course(w->cx, course_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		size_t at = 0;

		*year = rows[i].fiscal_year;
		while (at < nseen && seen[at].id != rows[i].id)
			at++;
		if (at == nseen)
			continue;
		link(w, m,
		     arena_printf(a, "%s %s",
				  instant_to_text(a, seen[at].starts_at,
						  w->rq->lang, DATE_LONG),
				  text_with_n(w, "dash.run", rows[i].run_no)),
		     arena_printf(a, "/sessions/%lld/analysis",
				  (long long)rows[i].id),
		     rows[i].computed_at);
	}
	return OK;
}

static enum err at_course(const struct words *w, json_t *m,
			  struct analysis_place *p)
{
	struct arena *a = &w->cx->arena;
	struct course course;
	const char *title, *base;
	int64_t year = 0;

	p->scope = ANALYSIS_COURSE;
	TRY(store_course_by_code(w->cx, request_param(w->rq, "code"), &course));
	TRY(results_may_see_course(w->cx, w->rq, course.id));
	p->id = course.id;
	base = arena_printf(a, "/courses/%s", course.code);
	p->path = arena_printf(a, "%s/analysis", base);
	title = either(w, course.title, course.title_en);
	heading(w, m, title);
	model_text(m, "lead", request_text(w->rq, "dash.over_sessions"));
	TRY(session_links(w, m, course.id, &year));
	links_title(w, m, "analysis.h_sessions");
	if (year && request_is(w->rq, PLANNER))
		button(w, m, "analysis.to_year", year_href(w, year));
	results_tabs(w, m, base, true);
	results_crumb(m, request_text(w->rq, "dash.crumb_catalogue"),
		      "/catalogue");
	results_crumb(m, title, base);
	results_crumb(m, request_text(w->rq, "analysis.crumb"), NULL);
	return OK;
}

static enum err at_year(const struct words *w, json_t *m,
			struct analysis_place *p)
{
	struct arena *a = &w->cx->arena;
	const struct analysis_link *rows;
	size_t n;

	p->scope = ANALYSIS_YEAR;
	TRY(years_choose(w, m, &p->id));
	p->path = year_href(w, p->id);
	heading(w, m,
		with(w, "analysis.heading_year", "year",
		     fiscal_year_to_text(a, (int)p->id, w->rq->lang)));
	model_text(m, "lead", request_text(w->rq, "analysis.over_courses"));
	TRY(store_analysis_of_year(w->cx, p->id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		link(w, m, either(w, rows[i].title, rows[i].title_en),
		     arena_printf(a, "/courses/%s/analysis", rows[i].code),
		     rows[i].computed_at);
	links_title(w, m, "analysis.h_courses");
	button(w, m, "analysis.to_overview",
	       arena_printf(a, "/overview?year=%lld", (long long)p->id));
	button(w, m, "analysis.to_needs",
	       arena_printf(a, "/needs?year=%lld", (long long)p->id));
	return OK;
}

static void model_limits(const struct words *w, json_t *m, const struct gate *g)
{
	struct arena *a = &w->cx->arena;

	model_text(m, "limits",
		   text_fill(a, request_text(w->rq, "analysis.limits"), "score",
			     text_from_count(
				     a, (int64_t)gate_least(g, GATE_SCORE)),
			     "opinion",
			     text_from_count(
				     a, (int64_t)gate_least(g, GATE_OPINION)),
			     NULL));
}

static enum err show(const struct words *w, struct reply *rp,
		     const struct analysis_place *p)
{
	const struct gate g = gate_read(w->cx);
	struct analysis_standing s;
	json_t *m = rp->model;
	const bool brief = w->rq->wants_json &&
			   text_equals(request_query(w->rq, "only"), "state");

	TRY(analysis_stand(w->cx, &g, p->scope, p->id, &s));
	model_text(m, "scope", analysis_scope_word(p->scope));
	model_text(m, "data", p->path);
	model_text(m, "status_href",
		   arena_printf(&w->cx->arena, "%s%conly=state", p->path,
				p->scope == ANALYSIS_YEAR ? '&' : '?'));
	analysis_model_state(w, m, &s);
	model_limits(w, m, &g);
	if (s.computed_ms && !brief)
		return analysis_ready(w, rp, p, s.name);
	return OK;
}

static enum err queue(const struct words *w, struct reply *rp,
		      const struct analysis_place *p)
{
	const struct analysis_wish wish = { analysis_scope_word(p->scope),
					    p->id, w->rq->user->person_id };
	const struct gate g = gate_read(w->cx);
	struct analysis_standing s;

	TRY(analysis_stand(w->cx, &g, p->scope, p->id, &s));
	/* The button is not there then; somebody pressed an older page's. */
	if (s.state == ANALYSIS_EMPTY || s.state == ANALYSIS_CURRENT)
		return reply_redirect(w->cx, rp, "%s", p->path);
	TRY(store_analysis_queue(w->cx, &wish, NULL, NULL));
	return reply_redirect(w->cx, rp, "%s", p->path);
}

static enum err show_session(struct ctx *cx, const struct request *rq,
			     struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(at_session(&w, rp->model, &p));
	return show(&w, rp, &p);
}

static enum err show_course(struct ctx *cx, const struct request *rq,
			    struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(at_course(&w, rp->model, &p));
	return show(&w, rp, &p);
}

static enum err show_year(struct ctx *cx, const struct request *rq,
			  struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(at_year(&w, rp->model, &p));
	return show(&w, rp, &p);
}

static enum err queue_session(struct ctx *cx, const struct request *rq,
			      struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(at_session(&w, rp->model, &p));
	return queue(&w, rp, &p);
}

static enum err queue_course(struct ctx *cx, const struct request *rq,
			     struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(at_course(&w, rp->model, &p));
	return queue(&w, rp, &p);
}

static enum err queue_year(struct ctx *cx, const struct request *rq,
			   struct reply *rp)
{
	const struct words w = { cx, rq };
	struct analysis_place p;

	TRY(at_year(&w, rp->model, &p));
	return queue(&w, rp, &p);
}

const struct route analysis_routes[] = {
	{ GET, "/sessions/:id/analysis", TRAINER | PLANNER, show_session,
	  "analysis" },
	{ POST, "/sessions/:id/analysis", TRAINER | PLANNER, queue_session,
	  NULL },
	{ GET, "/courses/:code/analysis", TRAINER | PLANNER, show_course,
	  "analysis" },
	{ POST, "/courses/:code/analysis", TRAINER | PLANNER, queue_course,
	  NULL },
	{ GET, "/analysis", PLANNER, show_year, "analysis" },
	{ POST, "/analysis", PLANNER, queue_year, NULL },
	{ .page = NULL },
};
