/*
 * store_proposal.c: the manual is store_proposal.h.
 */
#include "store/store_proposal.h"

#include "base/clock.h"
#include "base/text.h"

#define PROPOSAL_SELECT                                                        \
	"SELECT p.id, p.title, p.course_id, p.tier_code, p.current_text,"      \
	" p.evidence_text, p.issue_text, p.proposal_text, p.effect_text,"      \
	" p.timing, p.owner, p.cost, p.people, p.state, p.reason, p.revision," \
	" p.created_by, p.created_at, p.changed_at, p.is_synthetic,"           \
	" co.code, cv.title, cv.title_en,"                                     \
	" (SELECT t.name FROM tier t WHERE t.code = p.tier_code"               \
	"   ORDER BY t.scheme_id DESC LIMIT 1),"                               \
	" (SELECT t.name_en FROM tier t WHERE t.code = p.tier_code"            \
	"   ORDER BY t.scheme_id DESC LIMIT 1),"                               \
	" CONCAT(pe.family, ' ', pe.given),"                                   \
	" (SELECT COUNT(*) FROM proposal_finding pf"                           \
	"   WHERE pf.proposal_id = p.id),"                                     \
	" (SELECT COUNT(*) FROM plan_line l WHERE l.proposal_id = p.id),"      \
	" (SELECT MAX(l.plan_id) FROM plan_line l WHERE l.proposal_id = p.id)" \
	" FROM proposal p LEFT JOIN course co ON co.id = p.course_id"          \
	" LEFT JOIN course_version cv ON cv.id = co.version_id"                \
	" LEFT JOIN person pe ON pe.id = p.created_by"

#define P(field) COL(struct proposal, field)
#define PROPOSAL_COLS                                                    \
	.row_size = sizeof(struct proposal),                             \
	.cols = { P(id),           P(title),           P(course_id),     \
		  P(tier_code),    P(current_text),    P(evidence_text), \
		  P(issue_text),   P(proposal_text),   P(effect_text),   \
		  P(timing),       P(owner),           P(cost),          \
		  P(people),       P(state),           P(reason),        \
		  P(revision),     P(created_by),      P(created_at),    \
		  P(changed_at),   P(is_synthetic),    P(course_code),   \
		  P(course_title), P(course_title_en), P(tier_name),     \
		  P(tier_name_en), P(author),          P(findings),      \
		  P(plan_lines),   P(plan_id) },                         \
	.ncols = 29

static const struct db_query proposal_list = {
	.name = "proposal_list",
	.sql = PROPOSAL_SELECT " WHERE (? IS NULL OR p.state = ?)"
			       " ORDER BY p.state, p.changed_at DESC, p.id DESC"
			       " LIMIT 1000",
	PROPOSAL_COLS,
};

static const struct db_query proposal_by_id = {
	.name = "proposal_by_id",
	.sql = PROPOSAL_SELECT " WHERE p.id = ?",
	PROPOSAL_COLS,
};

static const struct db_query proposal_add = {
	.name = "proposal_add",
	.sql = "INSERT INTO proposal (title, course_id, tier_code,"
	       " current_text, evidence_text, issue_text, proposal_text,"
	       " effect_text, timing, owner, cost, people, created_by,"
	       " created_at, changed_at, is_synthetic)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};

static const struct db_query proposal_rests_on = {
	.name = "proposal_rests_on",
	.sql = "INSERT IGNORE INTO proposal_finding (proposal_id, finding_id)"
	       " VALUES (?, ?)",
};

static const struct db_query finding_is_used = {
	.name = "proposal_finding_is_used",
	.sql = "UPDATE finding SET state = 'used', reason = '',"
	       " dismissed_by = NULL, dismissed_at = NULL WHERE id = ?",
};

static const struct db_query proposal_change = {
	.name = "proposal_change",
	.sql = "UPDATE proposal SET title = ?, course_id = ?, tier_code = ?,"
	       " current_text = ?, evidence_text = ?, issue_text = ?,"
	       " proposal_text = ?, effect_text = ?, timing = ?, owner = ?,"
	       " cost = ?, people = ?, revision = revision + 1, changed_at = ?"
	       " WHERE id = ? AND revision = ?",
};

struct state_row {
	const char *state;
};

static const struct db_query proposal_lock = {
	.name = "proposal_lock",
	.sql = "SELECT state FROM proposal WHERE id = ? AND revision = ?"
	       " FOR UPDATE",
	.row_size = sizeof(struct state_row),
	.cols = { COL(struct state_row, state) },
	.ncols = 1,
};

static const struct db_query proposal_set_state = {
	.name = "proposal_set_state",
	.sql = "UPDATE proposal SET state = ?, reason = ?,"
	       " revision = revision + 1, changed_at = ? WHERE id = ?",
};

static const struct db_query event_add = {
	.name = "proposal_event_add",
	.sql = "INSERT INTO proposal_event (proposal_id, at, actor_id,"
	       " from_state, to_state, reason) VALUES (?, ?, ?, ?, ?, ?)",
};

static const struct db_query proposal_events = {
	.name = "proposal_events",
	.sql = "SELECT e.at, e.actor_id,"
	       " CONCAT(p.family, ' ', p.given), e.from_state,"
	       " e.to_state, e.reason FROM proposal_event e"
	       " LEFT JOIN person p ON p.id = e.actor_id"
	       " WHERE e.proposal_id = ? ORDER BY e.id",
	.row_size = sizeof(struct proposal_event),
	.cols = { COL(struct proposal_event, at),
		  COL(struct proposal_event, actor_id),
		  COL(struct proposal_event, actor),
		  COL(struct proposal_event, from_state),
		  COL(struct proposal_event, to_state),
		  COL(struct proposal_event, reason) },
	.ncols = 6,
};

bool proposal_may_go(const char *from, const char *to)
{
	static const char *const steps[][2] = {
		{ "draft", "review" },    { "review", "draft" },
		{ "review", "accepted" }, { "review", "rejected" },
		{ "accepted", "review" }, { "rejected", "review" },
		{ "accepted", "done" },   { "done", "measured" },
		{ "draft", "rejected" },
	};

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (text_equals(from, steps[i][0]) &&
		    text_equals(to, steps[i][1]))
			return true;
	return false;
}

enum err store_proposal_list(struct ctx *cx, const char *state,
			     const struct proposal **rows, size_t *n)
{
	return db_all(cx, &proposal_list, ARGS(db_text(state), db_text(state)),
		      rows, n);
}

enum err store_proposal_by_id(struct ctx *cx, int64_t id,
			      struct proposal *proposal)
{
	return db_one(cx, &proposal_by_id, ARGS(db_i64(id)), proposal);
}

/* A column that is not NULL gets empty text for NULL. */
static struct db_arg text_or_empty(const char *text)
{
	return db_text(text ? text : "");
}

struct adding {
	const struct proposal *proposal;
	const int64_t *findings;
	size_t nfindings;
	int64_t by, id;
};

static enum err insert(struct ctx *cx, const struct adding *a, int64_t *id)
{
	const struct proposal *p = a->proposal;
	const char *now = instant_to_db(&cx->arena, cx->now_ms);

	return db_insert(
		cx, &proposal_add,
		ARGS(text_or_empty(p->title), db_i64(p->course_id),
		     db_text(p->tier_code), text_or_empty(p->current_text),
		     text_or_empty(p->evidence_text),
		     text_or_empty(p->issue_text),
		     text_or_empty(p->proposal_text),
		     text_or_empty(p->effect_text), text_or_empty(p->timing),
		     text_or_empty(p->owner), db_i64(p->cost),
		     db_i64(p->people), db_i64(a->by), db_text(now),
		     db_text(now), db_i64(p->is_synthetic)),
		id);
}

static enum err add_event(struct ctx *cx, const struct proposal_step *step,
			  const char *from)
{
	return db_exec(cx, &event_add,
		       ARGS(db_i64(step->id),
			    db_text(instant_to_db(&cx->arena, cx->now_ms)),
			    db_i64(step->by), db_text(from), db_text(step->to),
			    text_or_empty(step->reason)),
		       NULL);
}

static enum err add_all(struct ctx *cx, void *arg)
{
	struct adding *a = arg;

	TRY(insert(cx, a, &a->id));
	for (size_t i = 0; i < a->nfindings; i++) {
		TRY(db_exec(cx, &proposal_rests_on,
			    ARGS(db_i64(a->id), db_i64(a->findings[i])), NULL));
		TRY(db_exec(cx, &finding_is_used, ARGS(db_i64(a->findings[i])),
			    NULL));
	}
	return add_event(cx,
			 &(struct proposal_step){
				 .id = a->id, .to = "draft", .by = a->by },
			 NULL);
}

enum err store_proposal_add(struct ctx *cx, const struct proposal *proposal,
			    const int64_t *finding_ids, size_t nfindings,
			    int64_t by, int64_t *id)
{
	struct adding a = { proposal, finding_ids, nfindings, by, 0 };

	TRY(db_transact(cx, add_all, &a));
	*id = a.id;
	return OK;
}

enum err store_proposal_change(struct ctx *cx, const struct proposal *p)
{
	int64_t changed;

	TRY(db_exec(cx, &proposal_change,
		    ARGS(text_or_empty(p->title), db_i64(p->course_id),
			 db_text(p->tier_code), text_or_empty(p->current_text),
			 text_or_empty(p->evidence_text),
			 text_or_empty(p->issue_text),
			 text_or_empty(p->proposal_text),
			 text_or_empty(p->effect_text),
			 text_or_empty(p->timing), text_or_empty(p->owner),
			 db_i64(p->cost), db_i64(p->people),
			 db_text(instant_to_db(&cx->arena, cx->now_ms)),
			 db_i64(p->id), db_i64(p->revision)),
		    &changed));
	if (changed != 1)
		return FAIL(cx, ERR_CONFLICT, "proposal was changed meanwhile");
	return OK;
}

struct going {
	const struct proposal_step *step;
};

static enum err go(struct ctx *cx, void *arg)
{
	const struct proposal_step *step = ((struct going *)arg)->step;
	struct state_row now;
	bool found;

	TRY(db_maybe(cx, &proposal_lock,
		     ARGS(db_i64(step->id), db_i64(step->revision)), &now,
		     &found));
	if (!found)
		return FAIL(cx, ERR_CONFLICT, "proposal was changed meanwhile");
	if (!proposal_may_go(now.state, step->to))
		return FAIL(cx, ERR_BAD_REQUEST, "no step from %s to %s",
			    now.state, step->to);
	TRY(db_exec(cx, &proposal_set_state,
		    ARGS(db_text(step->to), text_or_empty(step->reason),
			 db_text(instant_to_db(&cx->arena, cx->now_ms)),
			 db_i64(step->id)),
		    NULL));
	return add_event(cx, step, now.state);
}

enum err store_proposal_go(struct ctx *cx, const struct proposal_step *step)
{
	struct going g = { step };

	return db_transact(cx, go, &g);
}

enum err store_proposal_events(struct ctx *cx, int64_t id,
			       const struct proposal_event **rows, size_t *n)
{
	return db_all(cx, &proposal_events, ARGS(db_i64(id)), rows, n);
}

const struct db_query *const store_proposal_queries[] = {
	&proposal_list,   &proposal_by_id,  &proposal_add,  &proposal_rests_on,
	&finding_is_used, &proposal_change, &proposal_lock, &proposal_set_state,
	&event_add,       &proposal_events, NULL,
};
