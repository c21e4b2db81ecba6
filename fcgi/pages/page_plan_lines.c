/*
 * page_plan_lines.c: 計画行, by hand and from proposals.
 *
 * GET  /plans/:id/lines/new            the form; ?course= prefills from it
 * POST /plans/:id/lines                add
 * GET  /plans/:id/lines/:line          the form of a line
 * POST /plans/:id/lines/:line          change
 * POST /plans/:id/lines/:line/delete   take it out
 * POST /plans/lines-from-proposal      people of an accepted proposal, spread
 *                                      over the years that remain
 *
 * Runs are worked out (insight/plan.h) unless somebody sets them.
 */
#include "pages/pages.h"

#include "base/clock.h"
#include "base/text.h"
#include "pages/form_read.h"
#include "pages/once.h"
#include "pages/plan_model.h"
#include "store/store_course.h"
#include "store/store_proposal.h"
#include "store/store_setting.h"
#include "store/store_tier.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>

static enum err form(const struct words *w, json_t *m, const struct plan *p,
		     const struct plan_line *l)
{
	struct arena *a = &w->cx->arena;
	json_t *years = model_list(m, "years");

	model_plan(w, model_object(m, "plan"), p);
	model_text(m, "title", l->title);
	for (int y = 0; y < PLAN_YEARS; y++) {
		const int year = (int)p->first_year + y;
		json_t *o = model_item(years);

		model_int(o, "value", year);
		model_text(o, "label",
			   fiscal_year_to_text(a, year, w->rq->lang));
		model_bool(o, "chosen", l->fiscal_year == year);
	}
	model_int(m, "people", l->people);
	model_int(m, "seats", l->seats);
	model_text(m, "rate", arena_printf(a, "%.0f", 100.0 * l->show_rate));
	model_int(m, "minutes", l->minutes);
	model_int(m, "cost_per_run", l->cost_per_run);
	model_text(m, "runs",
		   l->runs_by_hand ? form_number_text(w, l->runs) : "");
	model_text(m, "target", l->target);
	model_text(m, "note", l->note);
	model_text(m, "seen", l->changed_at);
	model_bool(m, "is_new", l->id == 0);
	model_text(m, "action",
		   l->id ? arena_printf(a, "/plans/%" PRId64 "/lines/%" PRId64,
					p->id, l->id)
			 : arena_printf(a, "/plans/%" PRId64 "/lines", p->id));
	model_title(m, l->id ? request_text(w->rq, "plan.line_edit")
			     : request_text(w->rq, "plan.line_new"));
	TRY(form_courses(w, m, l->course_id));
	return form_tiers(w, m, l->tier_code);
}

static enum err read_plan(struct ctx *cx, const struct request *rq,
			  struct plan *p)
{
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	return store_plan_by_id(cx, id, p);
}

static enum err new_line(struct ctx *cx, const struct request *rq,
			 struct reply *rp)
{
	const struct words w = { cx, rq };
	const char *course = request_query(rq, "course");
	int64_t course_id = DB_NULL;
	struct plan p;
	struct plan_line l;

	TRY(read_plan(cx, rq, &p));
	if (course && *course && !text_to_i64(course, 1, INT64_MAX, &course_id))
		return FAIL(cx, ERR_NOT_FOUND, "course is no number");
	TRY(plan_line_usual(cx, &p, course_id, &l));
	return form(&w, rp->model, &p, &l);
}

/* What the form sent over *l; good says whether all of it makes sense. */
static enum err read_line(const struct words *w, struct reply *rp,
			  const struct plan *p, struct plan_line *l, bool *good)
{
	const struct number_rule years = { p->first_year,
					   p->first_year + PLAN_YEARS - 1,
					   true };
	const struct number_rule people = { 0, 1000000, true };
	const struct number_rule seats = { 1, 10000, true };
	const struct number_rule minutes = { 1, 100000, true };
	const struct number_rule yen = { 0, 1000000000000, true };
	const struct number_rule runs = { 0, 10000, false };
	const char *tier = form_read_tier(w);
	double rate;
	int64_t by_hand;

	TRY(form_read_course(w, &l->course_id));
	l->tier_code = tier ? tier : "";
	*good = form_read_text(w, rp, "title", 200, &l->title);
	*good &= form_read_text(w, rp, "target", 300, &l->target);
	*good &= form_read_text(w, rp, "note", 500, &l->note);
	*good &= form_read_number(w, rp, "fiscal_year", years, &l->fiscal_year);
	*good &= form_read_number(w, rp, "people", people, &l->people);
	*good &= form_read_number(w, rp, "seats", seats, &l->seats);
	*good &= form_read_number(w, rp, "minutes", minutes, &l->minutes);
	*good &= form_read_number(w, rp, "cost_per_run", yen, &l->cost_per_run);
	*good &= form_read_number(w, rp, "runs", runs, &by_hand);
	*good &= form_read_percent(w, rp, "rate", &rate);
	if (l->course_id == DB_NULL && !*l->title) {
		reply_problem(rp, "title",
			      request_text(w->rq, "plan.title_missing"));
		*good = false;
	}
	if (!isnan(rate))
		l->show_rate = rate;
	l->runs_by_hand = by_hand == DB_NULL ? 0 : 1;
	l->runs = l->runs_by_hand
			  ? by_hand
			  : plan_runs(l->people, l->seats, l->show_rate);
	return OK;
}

/* The plan was decided meanwhile: what was typed, and what to do with it. */
static enum err frozen(const struct words *w, struct reply *rp,
		       const struct plan *p, const struct plan_line *l)
{
	ctx_forgive(w->cx);
	TRY(form(w, rp->model, p, l));
	reply_conflict(rp, request_text(w->rq, "plan.is_decided"));
	return OK;
}

static enum err add_it(struct ctx *cx, void *arg, const char **place)
{
	const struct plan_line *l = arg;
	int64_t id;

	*place = arena_printf(&cx->arena, "/plans/%" PRId64, l->plan_id);
	return store_plan_line_add(cx, l, &id);
}

static enum err add(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	struct plan p;
	struct plan_line l;
	bool good;
	enum err e;

	TRY(read_plan(cx, rq, &p));
	TRY(plan_line_usual(cx, &p, DB_NULL, &l));
	TRY(read_line(&w, rp, &p, &l, &good));
	if (!good)
		return form(&w, rp->model, &p, &l);
	e = once_run(cx, rq, rp,
		     &(struct once){ add_it, &l, TEXT_KEY("plan.line_added") });
	return e == ERR_CONFLICT ? frozen(&w, rp, &p, &l) : e;
}

/* The line, when it is of the plan that the address names. */
static enum err find_line(struct ctx *cx, const struct request *rq,
			  const struct plan *p, struct plan_line *l)
{
	int64_t id;

	TRY(request_id(cx, rq, "line", &id));
	TRY(store_plan_line_by_id(cx, id, l));
	if (l->plan_id != p->id)
		return FAIL(cx, ERR_NOT_FOUND, "line of another plan");
	return OK;
}

static enum err edit(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	struct plan p;
	struct plan_line l;

	TRY(read_plan(cx, rq, &p));
	TRY(find_line(cx, rq, &p, &l));
	return form(&w, rp->model, &p, &l);
}

/* When the line was changed that the form shows; NULL: it does not say. */
static const char *seen(const struct request *rq)
{
	const char *sent = request_form(rq, "seen");
	int64_t ms;

	return sent && instant_from_db(sent, &ms) ? sent : NULL;
}

static bool same_line(const struct plan_line *a, const struct plan_line *b)
{
	return a->course_id == b->course_id &&
	       a->fiscal_year == b->fiscal_year && a->people == b->people &&
	       a->seats == b->seats && a->runs == b->runs &&
	       a->runs_by_hand == b->runs_by_hand && a->minutes == b->minutes &&
	       a->cost_per_run == b->cost_per_run &&
	       fabs(a->show_rate - b->show_rate) < 1e-9 &&
	       text_equals(a->title, b->title) &&
	       text_equals(a->tier_code, b->tier_code) &&
	       text_equals(a->target, b->target) &&
	       text_equals(a->note, b->note);
}

/* Decided, or changed by somebody else meanwhile; or it is as it shall be. */
static enum err not_changed(const struct words *w, struct reply *rp,
			    const struct plan *p, struct plan_line *l)
{
	struct plan_line now;
	struct plan plan;

	ctx_forgive(w->cx);
	TRY(store_plan_by_id(w->cx, p->id, &plan));
	if (plan.decided_at)
		return frozen(w, rp, p, l);
	TRY(store_plan_line_by_id(w->cx, l->id, &now));
	if (same_line(l, &now))
		return reply_done(w->cx, rp, "plan.line_saved",
				  "/plans/%" PRId64, p->id);
	/* Saving again means: over what the other one wrote, knowingly. */
	l->changed_at = now.changed_at;
	TRY(form(w, rp->model, p, l));
	reply_conflict(rp, request_text(w->rq, "plan.line_changed_by_now"));
	return OK;
}

static enum err change(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	const struct words w = { cx, rq };
	struct plan p;
	struct plan_line l;
	bool good;
	enum err e;

	TRY(read_plan(cx, rq, &p));
	TRY(find_line(cx, rq, &p, &l));
	l.changed_at = seen(rq);
	TRY(read_line(&w, rp, &p, &l, &good));
	if (!good)
		return form(&w, rp->model, &p, &l);
	e = store_plan_line_change(cx, &l);
	if (e == ERR_CONFLICT)
		return not_changed(&w, rp, &p, &l);
	TRY(e);
	return reply_done(cx, rp, "plan.line_saved", "/plans/%" PRId64, p.id);
}

static enum err take_out(struct ctx *cx, const struct request *rq,
			 struct reply *rp)
{
	const struct words w = { cx, rq };
	struct plan p;
	struct plan_line l;
	int64_t line_id;
	bool there;
	enum err e;

	TRY(read_plan(cx, rq, &p));
	TRY(request_id(cx, rq, "line", &line_id));
	TRY(store_plan_line_maybe(cx, p.id, line_id, &l, &there));
	/* A second press: it is gone, as was wanted. */
	if (!there)
		return reply_redirect(cx, rp, "/plans/%" PRId64, p.id);
	e = store_plan_line_delete(cx, p.id, line_id);
	if (e == ERR_CONFLICT)
		return frozen(&w, rp, &p, &l);
	TRY(e);
	return reply_done(cx, rp, "plan.line_deleted", "/plans/%" PRId64, p.id);
}

/* People a proposal is for: as written, else the tier's headcount. */
static enum err people_of(struct ctx *cx, const struct proposal *pr,
			  int64_t seats, int64_t *people)
{
	const int year = date_fiscal_year(date_in_japan(cx->now_ms));
	const struct tier *tiers;
	size_t n;

	*people = pr->people;
	if (*people != DB_NULL)
		return OK;
	*people = seats; /* one full run, to be corrected by hand */
	TRY(store_tiers(cx, year, &tiers, &n));
	for (size_t i = 0; i < n; i++)
		if (text_equals(tiers[i].code, pr->tier_code) &&
		    tiers[i].headcount != DB_NULL)
			*people = tiers[i].headcount;
	return OK;
}

/* The lines of one proposal, all or none. */
struct spreading {
	const struct proposal *proposal;
	const struct plan *plan;
	enum plan_added *what;
};

/* A second press of the button adds nothing. */
static enum err is_there(struct ctx *cx, const struct spreading *s, bool *there)
{
	const struct plan_line *lines;
	size_t n;

	TRY(store_plan_lock(cx, s->plan->id));
	TRY(store_plan_lines(cx, s->plan->id, &lines, &n));
	*there = false;
	for (size_t i = 0; i < n; i++)
		*there |= lines[i].proposal_id == s->proposal->id;
	return OK;
}

static enum err spread(struct ctx *cx, void *arg)
{
	const struct spreading *s = arg;
	const struct proposal *pr = s->proposal;
	int64_t people;
	struct plan_line l;
	bool there;

	TRY(is_there(cx, s, &there));
	if (there) {
		*s->what = PLAN_LINES_THERE;
		return OK;
	}
	TRY(plan_line_usual(cx, s->plan, pr->course_id, &l));
	TRY(people_of(cx, pr, l.seats, &people));
	l.proposal_id = pr->id;
	l.tier_code = pr->tier_code ? pr->tier_code : "";
	if (pr->course_id == DB_NULL)
		l.title = pr->title;
	if (!l.cost_per_run && pr->cost != DB_NULL) {
		const int64_t runs = plan_spread_runs(s->plan, &l, people);

		l.cost_per_run = runs ? pr->cost / runs : 0;
	}
	return plan_spread_lines(cx, s->plan, &l, people, s->what);
}

static enum err from_proposal(struct ctx *cx, const struct request *rq,
			      struct reply *rp)
{
	const char *sent = request_form(rq, "proposal");
	const char *to = request_form(rq, "plan");
	int64_t proposal_id, plan_id;
	struct proposal pr;
	struct plan p;
	enum plan_added what;
	struct spreading s = { &pr, &p, &what };

	if (!sent || !text_to_i64(sent, 1, INT64_MAX, &proposal_id) || !to ||
	    !text_to_i64(to, 1, INT64_MAX, &plan_id))
		return FAIL(cx, ERR_BAD_REQUEST, "no proposal or plan named");
	TRY(store_proposal_by_id(cx, proposal_id, &pr));
	TRY(store_plan_by_id(cx, plan_id, &p));
	if (!text_equals(pr.state, "accepted") &&
	    !text_equals(pr.state, "done"))
		return FAIL(cx, ERR_CONFLICT, "proposal is not accepted");
	TRY(db_transact(cx, spread, &s));
	return plan_added_reply(cx, rp, plan_id, what);
}

const struct route plan_line_routes[] = {
	{ GET, "/plans/:id/lines/new", PLANNER, new_line, "plan_line" },
	{ POST, "/plans/lines-from-proposal", PLANNER, from_proposal, NULL },
	{ POST, "/plans/:id/lines", PLANNER, add, "plan_line" },
	{ GET, "/plans/:id/lines/:line", PLANNER, edit, "plan_line" },
	{ POST, "/plans/:id/lines/:line", PLANNER, change, "plan_line" },
	{ POST, "/plans/:id/lines/:line/delete", PLANNER, take_out,
	  "plan_line" },
	{ .page = NULL },
};
