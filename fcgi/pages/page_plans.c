/*
 * page_plans.c: 三か年計画.
 *
 * GET  /plans                all plans; a new one
 * POST /plans                start one
 * GET  /plans/:id            three years side by side, totals, what-if
 *                            (?rate= percent, ?seats=); prints on A4
 * GET  /plans/:id.csv        データ用; ?encoding=cp932
 * POST /plans/:id/rate       show rate of new lines
 * POST /plans/:id/decide     freeze
 * POST /plans/:id/version    a draft of the next version
 *
 * Lines: page_plan_lines.c.
 */
#include "pages/pages.h"

#include "base/text.h"
#include "pages/download.h"
#include "pages/form_read.h"
#include "pages/once.h"
#include "pages/plan_model.h"
#include "store/store_setting.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static enum err list(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	const int64_t year = store_setting_int(cx, "plan.first_year", 2024);
	const struct plan *rows;
	json_t *plans = model_list(rp->model, "plans");
	size_t n;

	TRY(store_plan_list(cx, &rows, &n));
	for (size_t i = 0; i < n; i++)
		model_plan(&w, model_item(plans), &rows[i]);
	model_int(rp->model, "first_year", year);
	model_text(rp->model, "suggested",
		   text_fill(&cx->arena,
			     request_text(rq, "plan.name_suggested"), "from",
			     arena_printf(&cx->arena, "%d", (int)year - 2018),
			     "to",
			     arena_printf(&cx->arena, "%d", (int)year - 2016),
			     NULL));
	model_title(rp->model, request_text(rq, "plan.title"));
	return OK;
}

static enum err log_it(struct ctx *cx, const struct request *rq,
		       const char *action, int64_t id)
{
	return download_log(cx, rq, action,
			    arena_printf(&cx->arena, "plan:%" PRId64, id), 0);
}

struct adding {
	const struct request *rq;
	const char *name;
	int64_t year;
};

static enum err add_it(struct ctx *cx, void *arg, const char **place)
{
	const struct adding *a = arg;
	int64_t id;

	TRY(store_plan_add(cx, a->name, a->year, false, &id));
	*place = arena_printf(&cx->arena, "/plans/%" PRId64, id);
	return log_it(cx, a->rq, "plan.add", id);
}

static enum err add(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct number_rule years = { 2000, 2100, true };
	struct adding a = { .rq = rq };
	bool good;
	enum err err;

	good = form_read_text(&w, rp, "name", 200, &a.name);
	if (!*a.name) {
		reply_problem(rp, "name",
			      request_text(rq, "plan.name_missing"));
		good = false;
	}
	good &= form_read_number(&w, rp, "first_year", years, &a.year);
	if (!good)
		return list(cx, rq, rp);
	err = once_run(cx, rq, rp,
		       &(struct once){ add_it, &a, TEXT_KEY("plan.added") });
	if (err == ERR_CONFLICT) {
		ctx_forgive(cx);
		reply_problem(rp, "name", request_text(rq, "plan.name_taken"));
		return list(cx, rq, rp);
	}
	return err;
}

/* The id of "12" or "12.csv". */
static enum err plan_id(struct ctx *cx, const struct request *rq, int64_t *id,
			bool *as_csv)
{
	const char *param = request_param(rq, "id");
	const char *dot = param ? strchr(param, '.') : NULL;
	const char *digits = param;

	*as_csv = dot && text_equals(dot, ".csv");
	if (*as_csv)
		digits =
			arena_strndup(&cx->arena, param, (size_t)(dot - param));
	if (!digits || !text_to_i64(digits, 1, INT64_MAX, id))
		return FAIL(cx, ERR_NOT_FOUND, "no plan number");
	return OK;
}

static enum err as_csv(struct ctx *cx, const struct request *rq,
		       struct reply *rp, const struct plan *p)
{
	const struct plan_line *lines;
	struct buf out = buf_new(&cx->arena);
	size_t n;

	TRY(store_plan_lines(cx, p->id, &lines, &n));
	plan_csv(&out, p, lines, n);
	TRY(download_log(cx, rq, "export.plan",
			 arena_printf(&cx->arena, "plan:%" PRId64, p->id),
			 (int64_t)n));
	return download_csv(cx, rq, rp, &out,
			    arena_printf(&cx->arena,
					 "plan-%" PRId64 "-v%" PRId64, p->id,
					 p->version_no));
}

/* What-if from the query; nothing when it asks for nothing sensible. */
static void ask_what_if(const struct words *w, json_t *m, const struct plan *p,
			const struct plan_line *lines, size_t n)
{
	const char *rate_text = request_query(w->rq, "rate");
	const char *seats_text = request_query(w->rq, "seats");
	double rate = NAN;
	int64_t seats = 0;

	model_text(m, "if_rate", rate_text);
	model_text(m, "if_seats", seats_text);
	if (!rate_text ||
	    !text_to_f64(text_code(&w->cx->arena, rate_text), &rate) ||
	    !(rate >= 1.0 && rate <= 100.0))
		return;
	if (seats_text && *seats_text &&
	    !text_to_i64(text_code(&w->cx->arena, seats_text), 1, 10000,
			 &seats))
		return;
	model_what_if(w, m, p, lines, n,
		      (struct what_if){ rate / 100.0, seats });
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct plan_line *lines;
	struct plan p;
	bool csv, own;
	double rate;
	int64_t id;
	size_t n;

	TRY(plan_id(cx, rq, &id, &csv));
	TRY(store_plan_by_id(cx, id, &p));
	if (csv)
		return as_csv(cx, rq, rp, &p);
	TRY(store_plan_lines(cx, id, &lines, &n));
	TRY(plan_rate(cx, &p, &rate, &own));
	model_plan(&w, model_object(rp->model, "plan"), &p);
	model_plan_table(&w, rp->model, &p, lines, n);
	ask_what_if(&w, rp->model, &p, lines, n);
	model_real(rp->model, "rate", rate);
	model_text(rp->model, "rate_text",
		   arena_printf(&cx->arena, "%.0f", 100.0 * rate));
	model_text(rp->model, "rate_origin",
		   own                  ? request_text(rq, "plan.rate_own")
		   : isnan(p.show_rate) ? request_text(rq, "plan.rate_assumed")
					: request_text(rq, "plan.rate_set"));
	model_title(rp->model, p.name);
	return OK;
}

static enum err set_rate(struct ctx *cx, const struct request *rq,
			 struct reply *rp)
{
	const struct words w = { cx, rq };
	int64_t id;
	double rate;
	enum err e;

	TRY(request_id(cx, rq, "id", &id));
	if (!form_read_percent(&w, rp, "show_rate", &rate))
		return show(cx, rq, rp);
	e = store_plan_set_show_rate(cx, id, rate);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		TRY(show(cx, rq, rp));
		reply_conflict(rp, request_text(rq, "plan.is_decided"));
		return OK;
	}
	TRY(e);
	return reply_done(cx, rp, "plan.rate_saved", "/plans/%" PRId64, id);
}

static enum err decide(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	struct plan p;
	int64_t id;
	enum err e;

	TRY(request_id(cx, rq, "id", &id));
	e = store_plan_decide(cx, id, rq->user->person_id);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		TRY(store_plan_by_id(cx, id, &p));
		if (p.decided_by != rq->user->person_id) {
			TRY(show(cx, rq, rp));
			reply_conflict(rp,
				       request_text(rq, "plan.was_decided"));
			return OK;
		}
	} else {
		TRY(e);
		TRY(log_it(cx, rq, "plan.decide", id));
	}
	return reply_done(cx, rp, "plan.decided", "/plans/%" PRId64, id);
}

static enum err next_version(struct ctx *cx, const struct request *rq,
			     struct reply *rp)
{
	int64_t id, new_id;
	bool made;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_plan_next_version(cx, id, &new_id, &made));
	/* A second press, or that of a colleague: the draft that is there. */
	if (!made)
		return reply_done(cx, rp, TEXT_KEY("plan.version_there"),
				  "/plans/%" PRId64, new_id);
	TRY(log_it(cx, rq, "plan.version", new_id));
	return reply_done(cx, rp, "plan.version_added", "/plans/%" PRId64,
			  new_id);
}

const struct route plans_routes[] = {
	{ GET, "/plans", PLANNER, list, "plans" },
	{ POST, "/plans", PLANNER, add, "plans" },
	{ GET, "/plans/:id", PLANNER, show, "plan" },
	{ POST, "/plans/:id/rate", PLANNER, set_rate, "plan" },
	{ POST, "/plans/:id/decide", PLANNER, decide, "plan" },
	{ POST, "/plans/:id/version", PLANNER, next_version, NULL },
	{ .page = NULL },
};
