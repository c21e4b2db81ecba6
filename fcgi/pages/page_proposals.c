/*
 * page_proposals.c: 改善提案 as a board, new ones, and editing.
 *
 * GET  /proposals                board by state; ?view=table
 * GET  /proposals/new            an empty form; ?skill=&year= from a need
 * POST /proposals                add it
 * POST /proposals/from-finding   a draft with every text prefilled
 * GET  /proposals/:id/edit       the form
 * POST /proposals/:id            change it; 409 shows both versions
 *
 * One proposal and its decisions: page_proposal.c.
 */
#include "pages/pages.h"

#include "base/text.h"
#include "insight/needs_view.h"
#include "pages/finding_model.h"
#include "pages/once.h"
#include "pages/proposal_form.h"
#include "pages/proposal_log.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

static const char *const states[] = { "draft",    "review", "accepted",
				      "rejected", "done",   "measured" };

#define NSTATES (sizeof(states) / sizeof(states[0]))

static enum err board(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct proposal *rows;
	json_t *columns = model_list(rp->model, "columns");
	json_t *all = model_list(rp->model, "proposals");
	size_t n;

	TRY(store_proposal_list(cx, NULL, &rows, &n));
	for (size_t s = 0; s < NSTATES; s++) {
		json_t *column = model_item(columns);
		json_t *cards = model_list(column, "cards");
		int64_t count = 0;

		model_text(column, "state", states[s]);
		model_text(column, "label", proposal_state_text(&w, states[s]));
		for (size_t i = 0; i < n; i++) {
			if (!text_equals(rows[i].state, states[s]))
				continue;
			model_proposal(&w, model_item(cards), &rows[i]);
			count++;
		}
		model_int(column, "count", count);
	}
	for (size_t i = 0; i < n; i++)
		model_proposal(&w, model_item(all), &rows[i]);
	model_bool(rp->model, "as_table",
		   text_equals(request_query(rq, "view"), "table"));
	model_title(rp->model, request_text(rq, "proposal.title"));
	return OK;
}

static struct proposal blank(void)
{
	return (struct proposal){ .title = "",
				  .course_id = DB_NULL,
				  .cost = DB_NULL,
				  .people = DB_NULL,
				  .state = "draft",
				  .reason = "",
				  .revision = 1 };
}

/* Texts from a need: the ranking's figure of that skill. */
static void fill_from_need(const struct words *w, const struct needs_view *v,
			   const char *skill, struct proposal *p)
{
	struct arena *a = &w->cx->arena;

	for (size_t i = 0; i < v->all.order.n; i++) {
		const struct needs_rank *r = &v->all.order.ranks[i];
		const struct needs_skill *s = &v->skills[r->skill];
		const struct need_view *c = &v->all.cells[r->skill];
		const char *name = bilingual_text(w, s->name);

		if (!text_equals(s->code, skill))
			continue;
		p->title =
			text_fill(a, request_text(w->rq, "proposal.need_title"),
				  "skill", name, NULL);
		p->current_text = text_fill(
			a, request_text(w->rq, "proposal.need_current"),
			"skill", name, "importance",
			figure_text(w, &c->importance, UNIT_POINTS), "level",
			figure_text(w, &c->level, UNIT_POINTS), "seats",
			text_from_count(a, s->seats), NULL);
		p->evidence_text = text_fill(
			a, request_text(w->rq, "proposal.need_evidence"),
			"mwds", figure_text(w, &r->mwds, UNIT_NUMBER),
			"interval", interval_text(w, &r->mwds, UNIT_NUMBER),
			"n", text_from_count(a, (int64_t)r->mwds.n), "method",
			method_text(w, r->mwds.method), "link",
			arena_printf(a, "/needs?year=%d", (int)v->fiscal_year),
			NULL);
	}
}

static enum err form(const struct words *w, struct reply *rp,
		     const struct proposal *p)
{
	const bool is_new = p->id == 0;

	TRY(proposal_form_model(w, rp->model, p));
	model_text(rp->model, "action",
		   is_new ? "/proposals"
			  : arena_printf(&w->cx->arena, "/proposals/%" PRId64,
					 p->id));
	model_bool(rp->model, "is_new", is_new);
	model_title(rp->model, is_new ? request_text(w->rq, "proposal.new")
				      : request_text(w->rq, "proposal.edit"));
	return OK;
}

static enum err new_form(struct ctx *cx, const struct request *rq,
			 struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct gate g = gate_read(cx);
	const char *skill = request_query(rq, "skill");
	const char *asked = request_query(rq, "year");
	int64_t year = date_fiscal_year(date_in_japan(cx->now_ms));
	struct proposal p = blank();
	struct needs_view v;

	if (asked && !text_to_i64(asked, 1990, 2200, &year))
		return FAIL(cx, ERR_NOT_FOUND, "no such year");
	if (skill && *skill) {
		TRY(needs_view_read(cx, &g, year, DB_NULL, &v));
		fill_from_need(&w, &v, skill, &p);
	}
	return form(&w, rp, &p);
}

struct adding {
	const struct request *rq;
	const struct proposal *proposal;
};

static enum err add_it(struct ctx *cx, void *arg, const char **place)
{
	const struct adding *a = arg;
	int64_t id;

	TRY(store_proposal_add(cx, a->proposal, NULL, 0, a->rq->user->person_id,
			       &id));
	*place = arena_printf(&cx->arena, "/proposals/%" PRId64, id);
	return proposal_log(cx, a->rq, "proposal.add", id);
}

static enum err add(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	struct proposal p = blank();
	struct adding a = { rq, &p };
	bool good;

	TRY(proposal_form_read(&w, rp, &p, &good));
	if (!good)
		return form(&w, rp, &p);
	return once_run(cx, rq, rp,
			&(struct once){ add_it, &a,
					TEXT_KEY("proposal.added") });
}

struct drafting {
	const struct request *rq;
	int64_t finding_id, id;
	bool was_there;
};

static enum err draft(struct ctx *cx, void *arg)
{
	struct drafting *d = arg;
	const struct words w = { cx, d->rq };
	struct finding f;
	struct proposal p;

	TRY(store_finding_hold(cx, d->finding_id));
	TRY(store_finding_by_id(cx, d->finding_id, &f));
	/* A double click, a second tab: the proposal that is there. */
	d->was_there = f.proposal_id != DB_NULL;
	d->id = f.proposal_id;
	if (d->was_there)
		return OK;
	p = proposal_from_finding(&w, &f);
	TRY(store_proposal_add(cx, &p, &d->finding_id, 1,
			       d->rq->user->person_id, &d->id));
	return proposal_log(cx, d->rq, "proposal.add", d->id);
}

static enum err from_finding(struct ctx *cx, const struct request *rq,
			     struct reply *rp)
{
	const char *sent = request_form(rq, "finding");
	struct drafting d = { .rq = rq };

	if (!sent || !text_to_i64(sent, 1, INT64_MAX, &d.finding_id))
		return FAIL(cx, ERR_BAD_REQUEST, "no finding named");
	TRY(db_transact(cx, draft, &d));
	if (d.was_there)
		return reply_redirect(cx, rp, "/proposals/%" PRId64, d.id);
	return reply_done(cx, rp, "proposal.added", "/proposals/%" PRId64,
			  d.id);
}

static enum err edit(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	struct proposal p;
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_proposal_by_id(cx, id, &p));
	return form(&w, rp, &p);
}

static bool same_text(const char *a, const char *b)
{
	return text_equals(a ? a : "", b ? b : "");
}

static bool same_content(const struct proposal *a, const struct proposal *b)
{
	return a->course_id == b->course_id && a->cost == b->cost &&
	       a->people == b->people && same_text(a->title, b->title) &&
	       same_text(a->tier_code, b->tier_code) &&
	       same_text(a->current_text, b->current_text) &&
	       same_text(a->evidence_text, b->evidence_text) &&
	       same_text(a->issue_text, b->issue_text) &&
	       same_text(a->proposal_text, b->proposal_text) &&
	       same_text(a->effect_text, b->effect_text) &&
	       same_text(a->timing, b->timing) && same_text(a->owner, b->owner);
}

/* What was typed beside what somebody else saved meanwhile; but nothing to
 * choose between when both are the same, as after a second press. */
static enum err both_versions(const struct words *w, struct reply *rp,
			      const struct proposal *mine)
{
	struct proposal theirs;

	TRY(store_proposal_by_id(w->cx, mine->id, &theirs));
	if (same_content(mine, &theirs))
		return reply_done(w->cx, rp, "proposal.saved",
				  "/proposals/%" PRId64, mine->id);
	TRY(form(w, rp, mine));
	rp->status = 409;
	model_proposal(w, model_object(rp->model, "theirs"), &theirs);
	/* Saving again means: over what the other one wrote, knowingly. */
	model_int(rp->model, "revision", theirs.revision);
	return OK;
}

static enum err change(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	const struct words w = { cx, rq };
	struct proposal mine;
	enum err err;
	bool good;
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_proposal_by_id(cx, id, &mine));
	mine.revision = proposal_revision(rq);
	TRY(proposal_form_read(&w, rp, &mine, &good));
	if (!good)
		return form(&w, rp, &mine);
	err = store_proposal_change(cx, &mine);
	if (err == ERR_CONFLICT) {
		ctx_forgive(cx);
		return both_versions(&w, rp, &mine);
	}
	TRY(err);
	return reply_done(cx, rp, "proposal.saved", "/proposals/%" PRId64, id);
}

const struct route proposals_routes[] = {
	{ GET, "/proposals", PLANNER, board, "proposals" },
	{ GET, "/proposals/new", PLANNER, new_form, "proposal_form" },
	{ POST, "/proposals", PLANNER, add, "proposal_form" },
	{ POST, "/proposals/from-finding", PLANNER, from_finding, NULL },
	{ GET, "/proposals/:id/edit", PLANNER, edit, "proposal_form" },
	{ POST, "/proposals/:id", PLANNER, change, "proposal_form" },
	{ .page = NULL },
};
