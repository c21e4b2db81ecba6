/*
 * store_plan_line.c: lines of a plan. The manual is store_plan.h.
 */
#include "base/clock.h"
#include "base/text.h"
#include "store/store_plan.h"

#define LINE_SELECT                                                            \
	"SELECT l.id, l.plan_id, l.course_id, l.title, l.tier_code,"           \
	" l.fiscal_year, l.people, l.seats, l.show_rate, l.runs,"              \
	" l.runs_by_hand, l.minutes, l.cost_per_run, l.target, l.proposal_id," \
	" l.finding_id, l.note, l.sort, l.changed_at, co.code, cv.title,"      \
	" cv.title_en,"                                                        \
	" (SELECT t.name FROM tier t WHERE t.code = l.tier_code"               \
	"   ORDER BY t.scheme_id DESC LIMIT 1),"                               \
	" (SELECT t.name_en FROM tier t WHERE t.code = l.tier_code"            \
	"   ORDER BY t.scheme_id DESC LIMIT 1), pr.title, l.need_skill,"       \
	" l.need_tier, l.need_year, sk.name, sk.name_en"                       \
	" FROM plan_line l LEFT JOIN course co ON co.id = l.course_id"         \
	" LEFT JOIN course_version cv ON cv.id = co.version_id"                \
	" LEFT JOIN proposal pr ON pr.id = l.proposal_id"                      \
	" LEFT JOIN skill sk ON sk.code = l.need_skill"

#define L(field) COL(struct plan_line, field)
#define LINE_COLS                             \
	.row_size = sizeof(struct plan_line), \
	.cols = { L(id),                      \
		  L(plan_id),                 \
		  L(course_id),               \
		  L(title),                   \
		  L(tier_code),               \
		  L(fiscal_year),             \
		  L(people),                  \
		  L(seats),                   \
		  L(show_rate),               \
		  L(runs),                    \
		  L(runs_by_hand),            \
		  L(minutes),                 \
		  L(cost_per_run),            \
		  L(target),                  \
		  L(proposal_id),             \
		  L(finding_id),              \
		  L(note),                    \
		  L(sort),                    \
		  L(changed_at),              \
		  L(course_code),             \
		  L(course_title),            \
		  L(course_title_en),         \
		  L(tier_name),               \
		  L(tier_name_en),            \
		  L(proposal_title),          \
		  L(need_skill),              \
		  L(need_tier),               \
		  L(need_year),               \
		  L(need_name),               \
		  L(need_name_en) },          \
	.ncols = 30

static const struct db_query line_list = {
	.name = "plan_line_list",
	.sql = LINE_SELECT " WHERE l.plan_id = ?"
			   " ORDER BY l.fiscal_year, l.sort, l.id",
	LINE_COLS,
};

static const struct db_query line_by_id = {
	.name = "plan_line_by_id",
	.sql = LINE_SELECT " WHERE l.id = ?",
	LINE_COLS,
};

/* The plan's row is locked, so it cannot be decided under a change. */
struct state_row {
	const char *state;
};

static const struct db_query plan_lock = {
	.name = "plan_lock",
	.sql = "SELECT state FROM plan WHERE id = ? FOR UPDATE",
	.row_size = sizeof(struct state_row),
	.cols = { COL(struct state_row, state) },
	.ncols = 1,
};

static const struct db_query line_add = {
	.name = "plan_line_add",
	.sql = "INSERT INTO plan_line (plan_id, course_id, title, tier_code,"
	       " fiscal_year, people, seats, show_rate, runs, runs_by_hand,"
	       " minutes, cost_per_run, target, proposal_id, finding_id, note,"
	       " need_skill, need_tier, need_year, sort, changed_at)"
	       " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	       " ?,"
	       " COALESCE(MAX(sort), 0) + 1, ?"
	       " FROM plan_line WHERE plan_id = ?",
};

static const struct db_query line_change = {
	.name = "plan_line_change",
	.sql = "UPDATE plan_line SET course_id = ?, title = ?, tier_code = ?,"
	       " fiscal_year = ?, people = ?, seats = ?, show_rate = ?,"
	       " runs = ?, runs_by_hand = ?, minutes = ?, cost_per_run = ?,"
	       " target = ?, note = ?, changed_at = ?"
	       " WHERE id = ? AND plan_id = ?"
	       " AND changed_at = COALESCE(?, changed_at)",
};

static const struct db_query line_delete = {
	.name = "plan_line_delete",
	.sql = "DELETE FROM plan_line WHERE id = ? AND plan_id = ?",
};

enum err store_plan_lines(struct ctx *cx, int64_t plan_id,
			  const struct plan_line **rows, size_t *n)
{
	return db_all(cx, &line_list, ARGS(db_i64(plan_id)), rows, n);
}

enum err store_plan_line_by_id(struct ctx *cx, int64_t id,
			       struct plan_line *line)
{
	return db_one(cx, &line_by_id, ARGS(db_i64(id)), line);
}

enum err store_plan_line_maybe(struct ctx *cx, int64_t plan_id, int64_t id,
			       struct plan_line *line, bool *there)
{
	TRY(db_maybe(cx, &line_by_id, ARGS(db_i64(id)), line, there));
	*there = *there && line->plan_id == plan_id;
	return OK;
}

enum err store_plan_lock(struct ctx *cx, int64_t plan_id)
{
	struct state_row row;

	TRY(db_one(cx, &plan_lock, ARGS(db_i64(plan_id)), &row));
	if (!text_equals(row.state, "draft"))
		return FAIL(cx, ERR_CONFLICT, "plan is decided");
	return OK;
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

struct work {
	const struct plan_line *line;
	int64_t plan_id, id;
};

static enum err add(struct ctx *cx, void *arg)
{
	struct work *w = arg;
	const struct plan_line *l = w->line;

	TRY(store_plan_lock(cx, l->plan_id));
	return db_insert(
		cx, &line_add,
		ARGS(db_i64(l->plan_id), db_i64(l->course_id),
		     db_text(or_empty(l->title)),
		     db_text(or_empty(l->tier_code)), db_i64(l->fiscal_year),
		     db_i64(l->people), db_i64(l->seats), db_f64(l->show_rate),
		     db_i64(l->runs), db_i64(l->runs_by_hand),
		     db_i64(l->minutes), db_i64(l->cost_per_run),
		     db_text(or_empty(l->target)), db_i64(l->proposal_id),
		     db_i64(l->finding_id), db_text(or_empty(l->note)),
		     db_text(l->need_skill), db_text(or_empty(l->need_tier)),
		     db_i64(l->need_skill ? l->need_year : DB_NULL),
		     db_text(instant_to_db(&cx->arena, cx->now_ms)),
		     db_i64(l->plan_id)),
		&w->id);
}

enum err store_plan_line_add(struct ctx *cx, const struct plan_line *line,
			     int64_t *id)
{
	struct work w = { .line = line };

	TRY(db_transact(cx, add, &w));
	*id = w.id;
	return OK;
}

static enum err change(struct ctx *cx, void *arg)
{
	const struct plan_line *l = ((struct work *)arg)->line;
	struct plan_line now;
	int64_t changed;
	bool there;

	TRY(store_plan_lock(cx, l->plan_id));
	TRY(db_exec(
		cx, &line_change,
		ARGS(db_i64(l->course_id), db_text(or_empty(l->title)),
		     db_text(or_empty(l->tier_code)), db_i64(l->fiscal_year),
		     db_i64(l->people), db_i64(l->seats), db_f64(l->show_rate),
		     db_i64(l->runs), db_i64(l->runs_by_hand),
		     db_i64(l->minutes), db_i64(l->cost_per_run),
		     db_text(or_empty(l->target)), db_text(or_empty(l->note)),
		     db_text(instant_to_db(&cx->arena, cx->now_ms)),
		     db_i64(l->id), db_i64(l->plan_id), db_text(l->changed_at)),
		&changed));
	if (changed == 1)
		return OK;
	TRY(store_plan_line_maybe(cx, l->plan_id, l->id, &now, &there));
	return there ? FAIL(cx, ERR_CONFLICT, "line was changed meanwhile")
		     : FAIL(cx, ERR_NOT_FOUND, "no such line in the plan");
}

enum err store_plan_line_change(struct ctx *cx, const struct plan_line *line)
{
	struct work w = { .line = line };

	return db_transact(cx, change, &w);
}

static enum err delete_line(struct ctx *cx, void *arg)
{
	const struct work *w = arg;

	TRY(store_plan_lock(cx, w->plan_id));
	/* It may be gone: of two who delete it both get what they want. */
	return db_exec(cx, &line_delete,
		       ARGS(db_i64(w->id), db_i64(w->plan_id)), NULL);
}

enum err store_plan_line_delete(struct ctx *cx, int64_t plan_id,
				int64_t line_id)
{
	struct work w = { .plan_id = plan_id, .id = line_id };

	return db_transact(cx, delete_line, &w);
}

const struct db_query *const store_plan_line_queries[] = {
	&line_list,   &line_by_id,  &plan_lock, &line_add,
	&line_change, &line_delete, NULL,
};
