/*
 * store_plan.c: plans; their lines are store_plan_line.c. The manual is
 * store_plan.h.
 */
#include "store/store_plan.h"

#include "base/clock.h"

#include <math.h>
#include <string.h>

#define PLAN_SELECT                                                  \
	"SELECT p.id, p.name, p.first_year, p.version_no, p.state,"  \
	" p.show_rate, p.decided_at, p.decided_by,"                  \
	" CONCAT(d.family, ' ', d.given),"                           \
	" p.created_at, p.is_synthetic,"                             \
	" (SELECT COUNT(*) FROM plan_line l WHERE l.plan_id = p.id)" \
	" FROM plan p LEFT JOIN person d ON d.id = p.decided_by"

#define P(field) COL(struct plan, field)
#define PLAN_COLS                                                            \
	.row_size = sizeof(struct plan),                                     \
	.cols = { P(id),      P(name),       P(first_year),   P(version_no), \
		  P(state),   P(show_rate),  P(decided_at),   P(decided_by), \
		  P(decider), P(created_at), P(is_synthetic), P(lines) },    \
	.ncols = 12

static const struct db_query plan_list = {
	.name = "plan_list",
	.sql = PLAN_SELECT " ORDER BY p.first_year DESC, p.name,"
			   " p.version_no DESC LIMIT 200",
	PLAN_COLS,
};

static const struct db_query plan_by_id = {
	.name = "plan_by_id",
	.sql = PLAN_SELECT " WHERE p.id = ?",
	PLAN_COLS,
};

static const struct db_query plan_current = {
	.name = "plan_current",
	.sql = PLAN_SELECT " WHERE p.state = 'draft'"
			   " ORDER BY p.id DESC LIMIT 1",
	PLAN_COLS,
};

static const struct db_query plan_add = {
	.name = "plan_add",
	.sql = "INSERT INTO plan (name, first_year, version_no, show_rate,"
	       " created_at, is_synthetic) VALUES (?, ?, ?, ?, ?, ?)",
};

static const struct db_query plan_set_show_rate = {
	.name = "plan_set_show_rate",
	.sql = "UPDATE plan SET show_rate = ? WHERE id = ? AND state = 'draft'",
};

static const struct db_query plan_decide = {
	.name = "plan_decide",
	.sql = "UPDATE plan SET state = 'decided', decided_by = ?,"
	       " decided_at = ? WHERE id = ? AND state = 'draft'",
};

struct version_row {
	int64_t id, version_no;
	const char *state;
};

static const struct db_query plan_last_version = {
	.name = "plan_last_version",
	.sql = "SELECT id, version_no, state FROM plan WHERE name = ?"
	       " ORDER BY version_no DESC LIMIT 1 FOR UPDATE",
	.row_size = sizeof(struct version_row),
	.cols = { COL(struct version_row, id),
		  COL(struct version_row, version_no),
		  COL(struct version_row, state) },
	.ncols = 3,
};

static const struct db_query plan_copy_lines = {
	.name = "plan_copy_lines",
	.sql = "INSERT INTO plan_line (plan_id, course_id, title, tier_code,"
	       " fiscal_year, people, seats, show_rate, runs, runs_by_hand,"
	       " minutes, cost_per_run, target, proposal_id, finding_id, note,"
	       " need_skill, need_tier, need_year, sort, changed_at)"
	       " SELECT ?, course_id, title, tier_code, fiscal_year, people,"
	       " seats, show_rate, runs, runs_by_hand, minutes, cost_per_run,"
	       " target, proposal_id, finding_id, note, need_skill, need_tier,"
	       " need_year, sort, ?"
	       " FROM plan_line WHERE plan_id = ? ORDER BY id",
};

struct attendance_row {
	int64_t booked, present;
};

/* Sessions where attendance was taken at all; somebody who was there for one
 * meeting came. */
static const struct db_query plan_attendance = {
	.name = "plan_attendance",
	.sql = "SELECT COUNT(*), COALESCE(SUM(x.minutes > 0), 0) FROM ("
	       " SELECT b.id, MAX(a.minutes) AS minutes"
	       " FROM session s JOIN booking b ON b.session_id = s.id"
	       " JOIN attendance a ON a.booking_id = b.id"
	       " WHERE s.ends_at < ? AND s.state <> 'cancelled'"
	       " AND b.state = 'booked' GROUP BY b.id) x",
	.row_size = sizeof(struct attendance_row),
	.cols = { COL(struct attendance_row, booked),
		  COL(struct attendance_row, present) },
	.ncols = 2,
};

enum err store_plan_list(struct ctx *cx, const struct plan **rows, size_t *n)
{
	return db_all(cx, &plan_list, NO_ARGS, rows, n);
}

enum err store_plan_by_id(struct ctx *cx, int64_t id, struct plan *plan)
{
	return db_one(cx, &plan_by_id, ARGS(db_i64(id)), plan);
}

enum err store_plan_current(struct ctx *cx, struct plan *plan, bool *found)
{
	return db_maybe(cx, &plan_current, NO_ARGS, plan, found);
}

enum err store_plan_add(struct ctx *cx, const char *name, int64_t first_year,
			bool is_synthetic, int64_t *id)
{
	return db_insert(cx, &plan_add,
			 ARGS(db_text(name), db_i64(first_year), db_i64(1),
			      db_f64(NAN),
			      db_text(instant_to_db(&cx->arena, cx->now_ms)),
			      db_i64(is_synthetic)),
			 id);
}

static enum err only_draft(struct ctx *cx, int64_t changed)
{
	if (changed != 1)
		return FAIL(cx, ERR_CONFLICT, "plan is decided or unchanged");
	return OK;
}

enum err store_plan_set_show_rate(struct ctx *cx, int64_t id, double show_rate)
{
	struct plan plan;

	TRY(store_plan_by_id(cx, id, &plan));
	if (plan.decided_at)
		return FAIL(cx, ERR_CONFLICT, "plan is decided");
	return db_exec(cx, &plan_set_show_rate,
		       ARGS(db_f64(show_rate), db_i64(id)), NULL);
}

enum err store_plan_decide(struct ctx *cx, int64_t id, int64_t by)
{
	int64_t changed;

	TRY(db_exec(cx, &plan_decide,
		    ARGS(db_i64(by),
			 db_text(instant_to_db(&cx->arena, cx->now_ms)),
			 db_i64(id)),
		    &changed));
	return only_draft(cx, changed);
}

struct next_version {
	int64_t from, id;
	bool made;
};

static enum err copy(struct ctx *cx, void *arg)
{
	struct next_version *v = arg;
	const char *now = instant_to_db(&cx->arena, cx->now_ms);
	struct version_row last;
	struct plan old;

	TRY(store_plan_by_id(cx, v->from, &old));
	TRY(db_one(cx, &plan_last_version, ARGS(db_text(old.name)), &last));
	v->made = last.version_no <= old.version_no ||
		  strcmp(last.state, "draft") != 0;
	if (!v->made) {
		v->id = last.id;
		return OK;
	}
	TRY(db_insert(cx, &plan_add,
		      ARGS(db_text(old.name), db_i64(old.first_year),
			   db_i64(last.version_no + 1), db_f64(old.show_rate),
			   db_text(now), db_i64(old.is_synthetic)),
		      &v->id));
	return db_exec(cx, &plan_copy_lines,
		       ARGS(db_i64(v->id), db_text(now), db_i64(v->from)),
		       NULL);
}

enum err store_plan_next_version(struct ctx *cx, int64_t id, int64_t *new_id,
				 bool *made)
{
	struct next_version v = { .from = id };
	enum err e = db_transact(cx, copy, &v);

	/* Two at once: the number was given away after it was read. */
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		e = db_transact(cx, copy, &v);
	}
	TRY(e);
	*new_id = v.id;
	*made = v.made;
	return OK;
}

enum err store_plan_attendance(struct ctx *cx, int64_t *booked,
			       int64_t *present)
{
	struct attendance_row row;

	TRY(db_one(cx, &plan_attendance,
		   ARGS(db_text(instant_to_db(&cx->arena, cx->now_ms))), &row));
	*booked = row.booked;
	*present = row.present;
	return OK;
}

const struct db_query *const store_plan_queries[] = {
	&plan_list,          &plan_by_id,  &plan_current,      &plan_add,
	&plan_set_show_rate, &plan_decide, &plan_last_version, &plan_copy_lines,
	&plan_attendance,    NULL,
};
