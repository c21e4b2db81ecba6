/*
 * page_findings.c: what the statistics say and somebody should decide.
 *
 * GET  /findings               ?state= new (default), used, dismissed;
 *                              ?id= this one alone
 * POST /findings/compute       queue the job that applies the rules
 * POST /findings/:id/dismiss   with a reason
 * POST /findings/:id/restore   it was dismissed by mistake
 * GET  /findings/jobs/:job     how far the job is
 */
#include "pages/pages.h"

#include "base/text.h"
#include "pages/finding_model.h"
#include "store/store_audit.h"
#include "store/store_job.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

#define REASON_MAX 500 /* characters, as the column */

static void tab(const struct words *w, json_t *list, const char *state,
		int64_t count, const char *now)
{
	json_t *o = model_item(list);

	model_text(o, "label",
		   request_text(w->rq,
				arena_printf(&w->cx->arena, "finding.state_%s",
					     state)));
	model_text(o, "href",
		   arena_printf(&w->cx->arena, "/findings?state=%s", state));
	model_int(o, "count", count);
	model_bool(o, "current", text_equals(state, now));
}

static enum err list(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	const char *state = request_query(rq, "state");
	const char *one = request_query(rq, "id");
	struct finding_filter filter = { .limit = 300 };
	struct finding_counts counts;
	struct finding alone;
	const struct finding *rows = &alone;
	json_t *tabs = model_list(rp->model, "tabs");
	json_t *items = model_list(rp->model, "findings");
	size_t n = 1;
	int64_t id;

	filter.state =
		text_equals(state, "used") || text_equals(state, "dismissed")
			? state
			: "new";
	TRY(store_finding_counts(cx, &counts));
	if (one && text_to_i64(one, 1, INT64_MAX, &id)) {
		TRY(store_finding_by_id(cx, id, &alone));
		filter.state = alone.state;
	} else {
		TRY(store_finding_list(cx, &filter, &rows, &n));
	}
	tab(&w, tabs, "new", counts.fresh, filter.state);
	tab(&w, tabs, "used", counts.used, filter.state);
	tab(&w, tabs, "dismissed", counts.dismissed, filter.state);
	for (size_t i = 0; i < n; i++)
		model_finding(&w, items, &rows[i]);
	model_text(rp->model, "job", request_query(rq, "job"));
	model_title(rp->model, request_text(rq, "finding.title"));
	return OK;
}

static enum err compute(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	int64_t id;

	TRY(store_job_add(cx, "findings", "{}", rq->user->person_id, 0, &id));
	return reply_redirect(cx, rp, "/findings/jobs/%lld", (long long)id);
}

static enum err job(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct job job;
	int64_t id;

	TRY(request_id(cx, rq, "job", &id));
	TRY(store_job_find(cx, id, rq->user->person_id, &job));
	model_text(rp->model, "state", job.state);
	model_bool(rp->model, "is_done", text_equals(job.state, "done"));
	model_bool(rp->model, "is_failed", text_equals(job.state, "failed"));
	model_int(rp->model, "progress", job.progress);
	model_int(rp->model, "percent", job.progress);
	model_text(rp->model, "result", job.result);
	model_title(rp->model, request_text(rq, "finding.computing"));
	return OK;
}

/* The reason that a form gives; false and a problem when there is none. */
static bool reason_of(struct ctx *cx, const struct request *rq,
		      const char **reason)
{
	const char *text = request_form(rq, "reason");

	*reason = text ? text_trim(&cx->arena, text) : "";
	return **reason && text_length(*reason) <= REASON_MAX;
}

/* It does not go as asked: the finding as it is now, what was typed, why. */
static enum err as_it_is(struct ctx *cx, const struct request *rq,
			 struct reply *rp, const struct finding *f,
			 const char *typed)
{
	const struct words w = { cx, rq };

	model_finding(&w, model_list(rp->model, "findings"), f);
	model_text(rp->model, "typed", typed);
	model_title(rp->model, request_text(rq, "finding.title"));
	reply_conflict(rp, text_equals(f->state, "used")
				   ? request_text(rq, "finding.used_by_now")
				   : request_text(rq, "finding.gone_by_now"));
	return OK;
}

/* A decision and its note in the audit log. */
struct decision {
	const struct request *rq;
	int64_t id;
	const char *reason; /* NULL: it is taken back */
};

static enum err decide(struct ctx *cx, void *arg)
{
	const struct decision *d = arg;
	const int64_t by = d->rq->user->person_id;
	struct audit note = {
		.person_id = by,
		.address = d->rq->address,
		.action = "finding.restore",
		.object = arena_printf(&cx->arena, "finding:%" PRId64, d->id),
	};

	if (d->reason) {
		TRY(store_finding_dismiss(cx, d->id, by, d->reason));
		note.action = "finding.dismiss";
		note.detail = json_dumps(json_pack("{s:s}", "why", d->reason),
					 JSON_COMPACT);
	} else {
		TRY(store_finding_restore(cx, d->id));
	}
	return store_audit_add(cx, &note);
}

static enum err dismiss(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	const struct words w = { cx, rq };
	struct decision d = { .rq = rq };
	struct finding finding;
	enum err e;

	TRY(request_id(cx, rq, "id", &d.id));
	TRY(store_finding_by_id(cx, d.id, &finding));
	if (!reason_of(cx, rq, &d.reason)) {
		model_finding(&w, model_list(rp->model, "findings"), &finding);
		model_title(rp->model, request_text(rq, "finding.title"));
		reply_problem(rp,
			      arena_printf(&cx->arena, "reason-%" PRId64, d.id),
			      request_text(rq, "finding.reason_missing"));
		return OK;
	}
	e = db_transact(cx, decide, &d);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		TRY(store_finding_by_id(cx, d.id, &finding));
		if (finding.dismissed_by != rq->user->person_id ||
		    !text_equals(finding.reason, d.reason))
			return as_it_is(cx, rq, rp, &finding, d.reason);
	} else {
		TRY(e);
	}
	return reply_done(cx, rp, "finding.dismissed", "/findings");
}

static enum err restore(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	struct decision d = { .rq = rq };
	struct finding finding;
	enum err e;

	TRY(request_id(cx, rq, "id", &d.id));
	e = db_transact(cx, decide, &d);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		TRY(store_finding_by_id(cx, d.id, &finding));
		if (!text_equals(finding.state, "new"))
			return as_it_is(cx, rq, rp, &finding, NULL);
	} else {
		TRY(e);
	}
	return reply_done(cx, rp, "finding.restored", "/findings");
}

const struct route finding_routes[] = {
	{ GET, "/findings", PLANNER, list, "findings" },
	{ POST, "/findings/compute", PLANNER, compute, NULL },
	{ GET, "/findings/jobs/:job", PLANNER, job, "finding_job" },
	{ POST, "/findings/:id/dismiss", PLANNER, dismiss, "findings" },
	{ POST, "/findings/:id/restore", PLANNER, restore, "findings" },
	{ .page = NULL },
};
