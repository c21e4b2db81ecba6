/*
 * page_proposal.c: one proposal, its evidence, its decisions.
 *
 * GET  /proposals/:id         reads like one page of a report, prints so
 * POST /proposals/:id/state   one step on, with a reason
 */
#include "pages/pages.h"

#include "base/clock.h"
#include "base/text.h"
#include "pages/finding_model.h"
#include "pages/proposal_form.h"
#include "pages/proposal_log.h"
#include "store/store_audit.h"
#include "store/store_plan.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

enum err proposal_log(struct ctx *cx, const struct request *rq,
		      const char *action, int64_t id)
{
	const struct audit row = {
		.person_id = rq->user->person_id,
		.address = rq->address,
		.action = action,
		.object = arena_printf(&cx->arena, "proposal:%" PRId64, id),
	};

	return store_audit_add(cx, &row);
}

int64_t proposal_revision(const struct request *rq)
{
	const char *sent = request_form(rq, "revision");
	int64_t revision = 0;

	if (sent && !text_to_i64(sent, 1, INT64_MAX, &revision))
		revision = 0;
	return revision;
}

static enum err events(const struct words *w, json_t *m, int64_t id)
{
	const struct proposal_event *rows;
	json_t *list = model_list(m, "events");
	size_t n;

	TRY(store_proposal_events(w->cx, id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o = model_item(list);
		int64_t at = 0;

		instant_from_db(rows[i].at, &at);
		model_text(o, "when_text",
			   instant_to_text(&w->cx->arena, at, w->rq->lang,
					   DATE_LONG));
		model_text(o, "actor", rows[i].actor);
		model_text(o, "to", rows[i].to_state);
		model_text(o, "to_text",
			   proposal_state_text(w, rows[i].to_state));
		model_text(o, "reason", rows[i].reason);
	}
	return OK;
}

/* Steps that exist from here, with the words of their buttons. */
static void steps(const struct words *w, json_t *m, const struct proposal *p)
{
	static const char *const states[] = {
		"draft", "review", "accepted", "rejected", "done", "measured"
	};
	json_t *list = model_list(m, "steps");

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		json_t *o;

		if (!proposal_may_go(p->state, states[i]))
			continue;
		o = model_item(list);
		model_text(o, "to", states[i]);
		model_text(o, "label",
			   request_text(w->rq, arena_printf(&w->cx->arena,
							    "proposal.go_%s",
							    states[i])));
	}
}

static enum err plans(const struct words *w, json_t *m)
{
	const struct plan *rows;
	json_t *list = model_list(m, "plans");
	size_t n;

	TRY(store_plan_list(w->cx, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;

		if (!text_equals(rows[i].state, "draft"))
			continue;
		o = model_item(list);
		model_int(o, "id", rows[i].id);
		model_text(o, "name", rows[i].name);
	}
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct finding *findings;
	json_t *list = model_list(rp->model, "findings");
	struct proposal p;
	size_t n;
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_proposal_by_id(cx, id, &p));
	model_proposal(&w, model_object(rp->model, "proposal"), &p);
	TRY(store_finding_of_proposal(cx, id, &findings, &n));
	for (size_t i = 0; i < n; i++)
		model_finding(&w, list, &findings[i]);
	TRY(events(&w, rp->model, id));
	TRY(plans(&w, rp->model));
	steps(&w, rp->model, &p);
	model_bool(rp->model, "is_accepted",
		   text_equals(p.state, "accepted") ||
			   text_equals(p.state, "done"));
	model_title(rp->model, p.title);
	return OK;
}

/* Was the step that changed it last this very one, of this person? */
static enum err is_again(struct ctx *cx, const struct proposal_step *step,
			 bool *again)
{
	const struct proposal_event *rows;
	struct proposal now;
	size_t n;

	TRY(store_proposal_by_id(cx, step->id, &now));
	TRY(store_proposal_events(cx, step->id, &rows, &n));
	*again = n > 0 && now.revision == step->revision + 1 &&
		 rows[n - 1].actor_id == step->by &&
		 text_equals(rows[n - 1].to_state, step->to) &&
		 text_equals(rows[n - 1].reason, step->reason);
	return OK;
}

/* The proposal as it is now, and the reason that was typed for another. */
static enum err as_it_is(struct ctx *cx, const struct request *rq,
			 struct reply *rp, const char *typed)
{
	TRY(show(cx, rq, rp));
	model_text(rp->model, "typed", typed);
	reply_conflict(rp, request_text(rq, "proposal.changed_meanwhile"));
	return OK;
}

static enum err go(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *to = request_form(rq, "to");
	const char *reason = request_form(rq, "reason");
	struct proposal_step step = { .by = rq->user->person_id };
	bool again = false;
	enum err e;

	TRY(request_id(cx, rq, "id", &step.id));
	step.revision = proposal_revision(rq);
	step.to = to ? to : "";
	step.reason = reason ? text_trim(&cx->arena, reason) : "";
	if (text_length(step.reason) > 500)
		return FAIL(cx, ERR_BAD_REQUEST, "reason is too long");
	/* Who decides says why; the next planner reads it. */
	if ((text_equals(to, "rejected") || text_equals(to, "accepted")) &&
	    !*step.reason) {
		TRY(show(cx, rq, rp));
		reply_problem(rp, "reason",
			      request_text(rq, "proposal.reason_missing"));
		return OK;
	}
	e = store_proposal_go(cx, &step);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		TRY(is_again(cx, &step, &again));
		if (!again)
			return as_it_is(cx, rq, rp, step.reason);
	}
	TRY(again ? OK : e);
	if (!again)
		TRY(proposal_log(cx, rq, "proposal.state", step.id));
	return reply_done(cx, rp, "proposal.moved", "/proposals/%" PRId64,
			  step.id);
}

const struct route proposal_routes[] = {
	{ GET, "/proposals/:id", PLANNER, show, "proposal" },
	{ POST, "/proposals/:id/state", PLANNER, go, "proposal" },
	{ .page = NULL },
};
