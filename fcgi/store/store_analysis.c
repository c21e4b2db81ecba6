/*
 * store_analysis.c: the manual is store_analysis.h.
 */
#include "store/store_analysis.h"

#include "base/clock.h"
#include "base/text.h"
#include "store/store_job.h"

#define STAMP_SQL                                                  \
	"SELECT COUNT(*), COALESCE(MAX(b.id), 0)"                  \
	" FROM session s JOIN collection c ON c.session_id = s.id" \
	" JOIN submission b ON b.collection_id = c.id"

#define STAMP_COLS                                       \
	.row_size = sizeof(struct analysis_stamp),       \
	.cols = { COL(struct analysis_stamp, sheets),    \
		  COL(struct analysis_stamp, last_id) }, \
	.ncols = 2

static const struct db_query stamp_of_session = {
	.name = "analysis_stamp_of_session",
	.sql = STAMP_SQL " WHERE s.id = ?",
	STAMP_COLS,
};

static const struct db_query stamp_of_course = {
	.name = "analysis_stamp_of_course",
	.sql = STAMP_SQL " WHERE s.course_id = ?",
	STAMP_COLS,
};

static const struct db_query stamp_of_year = {
	.name = "analysis_stamp_of_year",
	.sql = STAMP_SQL " WHERE s.fiscal_year = ?",
	STAMP_COLS,
};

struct id_row {
	int64_t id;
};

#define ID_COLS                                                                \
	.row_size = sizeof(struct id_row), .cols = { COL(struct id_row, id) }, \
	.ncols = 1

/*
 * The last submission of collection c: one look at the end of its range in
 * (collection_id, id). MAX() in its place would read the range.
 */
#define LAST                                                   \
	"(SELECT b.id FROM submission b FORCE INDEX (PRIMARY)" \
	" WHERE b.collection_id = c.id ORDER BY b.id DESC LIMIT 1)"

#define LAST_SQL                            \
	"SELECT COALESCE(MAX(" LAST "), 0)" \
	" FROM session s JOIN collection c ON c.session_id = s.id"

static const struct db_query last_of_session = {
	.name = "analysis_last_of_session",
	.sql = LAST_SQL " WHERE s.id = ?",
	ID_COLS,
};

static const struct db_query last_of_course = {
	.name = "analysis_last_of_course",
	.sql = LAST_SQL " WHERE s.course_id = ?",
	ID_COLS,
};

static const struct db_query last_of_year = {
	.name = "analysis_last_of_year",
	.sql = LAST_SQL " WHERE s.fiscal_year = ?",
	ID_COLS,
};

#define ROW_SQL                                                         \
	"SELECT a.sheets, a.last_id, a.rules, a.computed_at, a.job_id," \
	" j.state, j.progress, j.ended_at"                              \
	" FROM analysis a LEFT JOIN job j ON j.id = a.job_id"           \
	" WHERE a.scope = ? AND a.scope_id = ?"

#define R(field) COL(struct analysis_row, field)
#define ROW_COLS                                                               \
	.row_size = sizeof(struct analysis_row),                               \
	.cols = { R(sheets), R(last_id),   R(rules),        R(computed_at),    \
		  R(job_id), R(job_state), R(job_progress), R(job_ended_at) }, \
	.ncols = 8

static const struct db_query find = {
	.name = "analysis_find",
	.sql = ROW_SQL,
	ROW_COLS,
};

static const struct db_query find_and_lock = {
	.name = "analysis_find_and_lock",
	.sql = ROW_SQL " FOR UPDATE",
	ROW_COLS,
};

struct result_row {
	const char *result;
};

static const struct db_query result_of = {
	.name = "analysis_result",
	.sql = "SELECT result FROM analysis WHERE scope = ? AND scope_id = ?"
	       " AND result IS NOT NULL",
	.row_size = sizeof(struct result_row),
	.cols = { COL(struct result_row, result) },
	.ncols = 1,
};

static const struct db_query keep = {
	.name = "analysis_keep",
	.sql = "INSERT INTO analysis (scope, scope_id, sheets, last_id, rules,"
	       " result, computed_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE sheets = VALUES(sheets),"
	       " last_id = VALUES(last_id), rules = VALUES(rules),"
	       " result = VALUES(result), computed_at = VALUES(computed_at)",
};

static const struct db_query add = {
	.name = "analysis_add",
	.sql = "INSERT INTO analysis (scope, scope_id) VALUES (?, ?)"
	       " ON DUPLICATE KEY UPDATE id = id",
};

static const struct db_query set_job = {
	.name = "analysis_set_job",
	.sql = "UPDATE analysis SET job_id = ?"
	       " WHERE scope = ? AND scope_id = ?",
};

static const struct db_query hurry = {
	.name = "analysis_hurry",
	.sql = "UPDATE job SET run_after = LEAST(run_after, ?)"
	       " WHERE id = ? AND state = 'queued'",
};

static const struct db_query newest = {
	.name = "analysis_newest",
	.sql = "SELECT COALESCE(MAX(id), 0) FROM submission",
	ID_COLS,
};

#define DUE_SQL(WORD, KEY, WHICH)                                             \
	"SELECT x.id FROM (SELECT " KEY " AS id, MAX(" LAST ") AS last_id"    \
	"  FROM session s JOIN collection c ON c.session_id = s.id" WHICH     \
	"  GROUP BY " KEY ") x"                                               \
	" JOIN submission l ON l.id = x.last_id"                              \
	" LEFT JOIN analysis a ON a.scope = '" WORD "' AND a.scope_id = x.id" \
	" LEFT JOIN job j ON j.id = a.job_id"                                 \
	" WHERE l.submitted_at <= ?"                                          \
	" AND (a.computed_at IS NULL OR (a.computed_at <= ?"                  \
	"   AND (a.last_id <> x.last_id OR a.rules <> ?)))"                   \
	" AND (j.id IS NULL OR j.state = 'done'"                              \
	"   OR (j.state = 'failed' AND j.ended_at <= ?))"                     \
	" ORDER BY x.last_id DESC LIMIT ?"

static const struct db_query due_sessions = {
	.name = "analysis_due_sessions",
	.sql = DUE_SQL("session", "s.id", " WHERE s.state = 'held'"),
	ID_COLS,
};

static const struct db_query due_courses = {
	.name = "analysis_due_courses",
	.sql = DUE_SQL("course", "s.course_id", ""),
	ID_COLS,
};

static const struct db_query due_years = {
	.name = "analysis_due_years",
	.sql = DUE_SQL("year", "s.fiscal_year", ""),
	ID_COLS,
};

#define L(field) COL(struct analysis_link, field)
#define LINK_COLS                                                            \
	.row_size = sizeof(struct analysis_link),                            \
	.cols = { L(id),          L(code),   L(title),     L(title_en),      \
		  L(fiscal_year), L(run_no), L(starts_at), L(computed_at) }, \
	.ncols = 8

static const struct db_query links_of_course = {
	.name = "analysis_links_of_course",
	.sql = "SELECT s.id, co.code, v.title, v.title_en, s.fiscal_year,"
	       " s.run_no, s.starts_at, a.computed_at"
	       " FROM session s JOIN course co ON co.id = s.course_id"
	       " JOIN course_version v ON v.id = s.version_id"
	       " LEFT JOIN analysis a ON a.scope = 'session'"
	       " AND a.scope_id = s.id"
	       " WHERE s.course_id = ? AND s.state = 'held'"
	       " ORDER BY s.starts_at, s.id LIMIT 500",
	LINK_COLS,
};

static const struct db_query links_of_year = {
	.name = "analysis_links_of_year",
	.sql = "SELECT co.id, co.code, v.title, v.title_en, y.fiscal_year, 0,"
	       " NULL, a.computed_at"
	       " FROM (SELECT DISTINCT course_id, fiscal_year FROM session"
	       "   WHERE fiscal_year = ? AND state = 'held') y"
	       " JOIN course co ON co.id = y.course_id"
	       " JOIN course_version v ON v.id = co.version_id"
	       " LEFT JOIN analysis a ON a.scope = 'course'"
	       " AND a.scope_id = co.id"
	       " ORDER BY co.code LIMIT 500",
	LINK_COLS,
};

static struct db_arg at(struct ctx *cx, int64_t ms)
{
	return db_text(instant_to_db(&cx->arena, ms));
}

/* One of three statements, for a session, a course or a year. */
static enum err one_of(struct ctx *cx, const struct answers_of *of,
		       const struct db_query *const by[3], void *row)
{
	if (of->session_id)
		return db_one(cx, by[0], ARGS(db_i64(of->session_id)), row);
	if (of->course_id)
		return db_one(cx, by[1], ARGS(db_i64(of->course_id)), row);
	return db_one(cx, by[2], ARGS(db_i64(of->fiscal_year)), row);
}

enum err store_analysis_stamp(struct ctx *cx, const struct answers_of *of,
			      struct analysis_stamp *stamp)
{
	static const struct db_query *const by[] = { &stamp_of_session,
						     &stamp_of_course,
						     &stamp_of_year };

	return one_of(cx, of, by, stamp);
}

enum err store_analysis_last(struct ctx *cx, const struct answers_of *of,
			     int64_t *id)
{
	static const struct db_query *const by[] = { &last_of_session,
						     &last_of_course,
						     &last_of_year };
	struct id_row row;

	TRY(one_of(cx, of, by, &row));
	*id = row.id;
	return OK;
}

enum err store_analysis_find(struct ctx *cx, const char *scope,
			     int64_t scope_id, struct analysis_row *row,
			     bool *found)
{
	return db_maybe(cx, &find, ARGS(db_text(scope), db_i64(scope_id)), row,
			found);
}

enum err store_analysis_result(struct ctx *cx, const char *scope,
			       int64_t scope_id, const char **json)
{
	struct result_row row;

	TRY(db_one(cx, &result_of, ARGS(db_text(scope), db_i64(scope_id)),
		   &row));
	*json = row.result;
	return OK;
}

enum err store_analysis_keep(struct ctx *cx, const struct analysis_kept *kept)
{
	return db_exec(cx, &keep,
		       ARGS(db_text(kept->scope), db_i64(kept->scope_id),
			    db_i64(kept->stamp.sheets),
			    db_i64(kept->stamp.last_id), db_text(kept->rules),
			    db_text(kept->result), at(cx, kept->computed_ms)),
		       NULL);
}

struct queueing {
	const struct analysis_wish *wish;
	int64_t job_id;
	bool added;
};

/* Somebody waits for it: in front of what the product queued by itself. */
static int64_t turn(const struct ctx *cx, const struct analysis_wish *wish)
{
	return wish->by ? cx->now_ms - DAY_MS : cx->now_ms;
}

static enum err queue_body(struct ctx *cx, void *arg)
{
	struct queueing *q = arg;
	const struct analysis_wish *w = q->wish;
	const struct db_arg scope = db_text(w->scope), id = db_i64(w->scope_id);
	struct analysis_row row;

	TRY(db_exec(cx, &add, ARGS(scope, id), NULL));
	TRY(db_one(cx, &find_and_lock, ARGS(scope, id), &row));
	q->added = !text_equals(row.job_state, "queued") &&
		   !text_equals(row.job_state, "running");
	q->job_id = row.job_id;
	if (!q->added)
		return db_exec(cx, &hurry,
			       ARGS(at(cx, turn(cx, w)), db_i64(q->job_id)),
			       NULL);
	TRY(store_job_add(cx, "analysis",
			  arena_printf(&cx->arena,
				       "{\"scope\":\"%s\",\"id\":%lld}",
				       w->scope, (long long)w->scope_id),
			  w->by, turn(cx, w), &q->job_id));
	return db_exec(cx, &set_job, ARGS(db_i64(q->job_id), scope, id), NULL);
}

enum err store_analysis_queue(struct ctx *cx, const struct analysis_wish *wish,
			      int64_t *job_id, bool *added)
{
	struct queueing q = { wish, 0, false };

	TRY(db_transact(cx, queue_body, &q));
	if (job_id)
		*job_id = q.job_id;
	if (added)
		*added = q.added;
	return OK;
}

enum err store_analysis_newest(struct ctx *cx, int64_t *id)
{
	struct id_row row;

	TRY(db_one(cx, &newest, NO_ARGS, &row));
	*id = row.id;
	return OK;
}

enum err store_analysis_due(struct ctx *cx, const struct analysis_due *due,
			    const int64_t **ids, size_t *n)
{
	const struct db_query *q = &due_years;

	if (text_equals(due->scope, "session"))
		q = &due_sessions;
	else if (text_equals(due->scope, "course"))
		q = &due_courses;
	return db_all(cx, q,
		      ARGS(at(cx, due->answered_ms), at(cx, due->computed_ms),
			   db_text(due->rules), at(cx, cx->now_ms - DAY_MS),
			   db_i64(due->most)),
		      ids, n);
}

enum err store_analysis_of_course(struct ctx *cx, int64_t course_id,
				  const struct analysis_link **rows, size_t *n)
{
	return db_all(cx, &links_of_course, ARGS(db_i64(course_id)), rows, n);
}

enum err store_analysis_of_year(struct ctx *cx, int64_t fiscal_year,
				const struct analysis_link **rows, size_t *n)
{
	return db_all(cx, &links_of_year, ARGS(db_i64(fiscal_year)), rows, n);
}

const struct db_query *const store_analysis_queries[] = {
	&stamp_of_session,
	&stamp_of_course,
	&stamp_of_year,
	&last_of_session,
	&last_of_course,
	&last_of_year,
	&find,
	&find_and_lock,
	&result_of,
	&keep,
	&add,
	&set_job,
	&hurry,
	&newest,
	&due_sessions,
	&due_courses,
	&due_years,
	&links_of_course,
	&links_of_year,
	NULL,
};
