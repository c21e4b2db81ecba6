/*
 * store_session_edit.c: what planners do to a session.
 */
#include "base/date.h"
#include "store/booking_sql.h"
#include "store/instant_sql.h"
#include "store/store_session.h"

#include <string.h>

struct number {
	int64_t n;
};

static const struct db_query version_of_course = {
	.name = "session_version_of_course",
	.sql = "SELECT version_id FROM course WHERE id = ?"
	       " AND version_id IS NOT NULL AND NOT is_retired FOR UPDATE",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static const struct db_query last_run = {
	.name = "session_last_run",
	.sql = "SELECT COALESCE(MAX(run_no), 0) FROM session"
	       " WHERE course_id = ? AND fiscal_year = ?",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static const struct db_query insert_session = {
	.name = "session_insert",
	.sql = "INSERT INTO session (course_id, version_id, fiscal_year,"
	       " run_no, seats, approval, apply_from, apply_until,"
	       " cancel_until, starts_at, ends_at, note,"
	       " debrief_days) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};

static const struct db_query update_session = {
	.name = "session_update",
	.sql = "UPDATE session SET seats = ?, approval = ?, apply_from = ?,"
	       " apply_until = ?, cancel_until = ?, starts_at = ?,"
	       " ends_at = ?, note = ?, debrief_days = ? WHERE id = ?",
};

/* The run keeps its number within a fiscal year; moved out of it, it counts
 * anew there. */
static const struct db_query course_of_session = {
	.name = "session_course_of",
	.sql = "SELECT course_id, fiscal_year FROM session WHERE id = ?",
	.row_size = 2 * sizeof(int64_t),
	.cols = { { DB_I64, 0 }, { DB_I64, sizeof(int64_t) } },
	.ncols = 2,
};

static const struct db_query renumber_session = {
	.name = "session_renumber",
	.sql = "UPDATE session SET fiscal_year = ?, run_no = ? WHERE id = ?",
};

static const struct db_query put_meeting = {
	.name = "session_put_meeting",
	.sql = "INSERT INTO meeting (session_id, meeting_no, starts_at,"
	       " ends_at, room_id, online_url) VALUES (?, ?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE starts_at = VALUES(starts_at),"
	       " ends_at = VALUES(ends_at), room_id = VALUES(room_id),"
	       " online_url = VALUES(online_url)",
};

static const struct db_query marked_after = {
	.name = "session_marked_after",
	.sql = "SELECT COUNT(*) FROM meeting m JOIN attendance a"
	       " ON a.meeting_id = m.id"
	       " WHERE m.session_id = ? AND m.meeting_no > ?",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static const struct db_query drop_meetings = {
	.name = "session_drop_meetings",
	.sql = "DELETE FROM meeting WHERE session_id = ? AND meeting_no > ?",
};

static const struct db_query drop_trainers = {
	.name = "session_drop_trainers",
	.sql = "DELETE FROM session_trainer WHERE session_id = ?",
};

static const struct db_query add_trainer = {
	.name = "session_add_trainer",
	.sql = "INSERT IGNORE INTO session_trainer (session_id, person_id)"
	       " VALUES (?, ?)",
};

static const struct db_query publish = {
	.name = "session_publish",
	.sql = "UPDATE session SET state = 'open'"
	       " WHERE id = ? AND state = 'draft'",
};

static const struct db_query finish = {
	.name = "session_finish",
	.sql = "UPDATE session SET state = 'held', attendance_code = NULL"
	       " WHERE id = ? AND state = 'open' AND ends_at <= ?",
};

static const struct db_query finish_all = {
	.name = "session_finish_all",
	.sql = "UPDATE session SET state = 'held', attendance_code = NULL"
	       " WHERE state = 'open' AND ends_at <= ?",
};

static const struct db_query trainer_like = {
	.name = "session_trainer_like",
	.sql = "SELECT p.id FROM person p JOIN person_role r"
	       " ON r.person_id = p.id AND r.role = 'trainer'"
	       " WHERE (p.staff_number = ? OR p.email = ?"
	       "  OR REPLACE(CONCAT(p.family, p.given), ' ', '') = ?)"
	       " AND (p.left_on IS NULL OR p.left_on >= ?) LIMIT 2",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

struct add_args {
	const struct session_draft *draft;
	int64_t *id;
};

static int64_t first_start(const struct session_draft *d)
{
	return d->meetings[0].starts_at;
}

static int64_t last_end(const struct session_draft *d)
{
	return d->meetings[d->nmeetings - 1].ends_at;
}

static int64_t debrief_days(const struct session_draft *d)
{
	return d->debrief_days > 0 ? d->debrief_days : DB_NULL;
}

static int year_of(const struct session_draft *d)
{
	return date_fiscal_year(date_in_japan(first_start(d)));
}

static enum err put_people_and_times(struct ctx *cx, int64_t id,
				     const struct session_draft *d)
{
	for (size_t i = 0; i < d->nmeetings; i++) {
		const struct meeting_draft *m = &d->meetings[i];

		TRY(db_exec(cx, &put_meeting,
			    ARGS(db_i64(id), db_i64((int64_t)i + 1),
				 db_instant(cx, m->starts_at),
				 db_instant(cx, m->ends_at), db_i64(m->room_id),
				 db_text(m->online_url ? m->online_url : "")),
			    NULL));
	}
	TRY(db_exec(cx, &drop_trainers, ARGS(db_i64(id)), NULL));
	for (size_t i = 0; i < d->ntrainers; i++)
		TRY(db_exec(cx, &add_trainer,
			    ARGS(db_i64(id), db_i64(d->trainers[i])), NULL));
	return OK;
}

static enum err run_add(struct ctx *cx, void *arg)
{
	const struct add_args *a = arg;
	const struct session_draft *d = a->draft;
	struct booking_lock s = { .id = 0 };
	struct number version, run;

	/* The course's row is locked, so two planners get two run numbers. */
	TRY(db_one(cx, &version_of_course, ARGS(db_i64(d->course_id)),
		   &version));
	TRY(db_one(cx, &last_run,
		   ARGS(db_i64(d->course_id), db_i64(year_of(d))), &run));
	TRY(db_insert(cx, &insert_session,
		      ARGS(db_i64(d->course_id), db_i64(version.n),
			   db_i64(year_of(d)), db_i64(run.n + 1),
			   db_i64(d->seats), db_text(d->approval),
			   db_instant(cx, d->apply_from),
			   db_instant(cx, d->apply_until),
			   db_instant(cx, d->cancel_until),
			   db_instant(cx, first_start(d)),
			   db_instant(cx, last_end(d)), db_text(d->note),
			   db_i64(debrief_days(d))),
		      a->id));
	s.id = *a->id;
	TRY(put_people_and_times(cx, s.id, d));
	return booking_allot_put(cx, &s, d->allotments, d->nallotments,
				 d->allot_until);
}

static bool is_wrong(const struct session_draft *d)
{
	int64_t kept = 0;

	if (d->nmeetings < 1 || d->nmeetings > SESSION_MAX_MEETINGS ||
	    d->ntrainers > SESSION_MAX_TRAINERS || d->seats < 1 ||
	    d->nallotments > SESSION_MAX_ALLOTMENTS)
		return true;
	for (size_t i = 0; i < d->nallotments; i++)
		kept += d->allotments[i].seats;
	if (kept > d->seats || (kept && d->allot_until == DB_NULL))
		return true;
	for (size_t i = 0; i < d->nmeetings; i++)
		if (d->meetings[i].ends_at <= d->meetings[i].starts_at ||
		    (i > 0 &&
		     d->meetings[i].starts_at < d->meetings[i - 1].ends_at))
			return true;
	return false;
}

enum err store_session_add(struct ctx *cx, const struct session_draft *draft,
			   int64_t *id)
{
	struct add_args args = { draft, id };

	if (is_wrong(draft))
		return FAIL(cx, ERR_BAD_REQUEST, "no such times or sizes");
	return db_transact(cx, run_add, &args);
}

struct change_args {
	int64_t id;
	const struct session_draft *draft;
};

/* Whether what people have in their diaries is no longer true. */
static bool has_moved(const struct meeting_row *old, size_t n,
		      const struct session_draft *d)
{
	if (n != d->nmeetings)
		return true;
	for (size_t i = 0; i < n; i++)
		if (old[i].starts_at != d->meetings[i].starts_at ||
		    old[i].ends_at != d->meetings[i].ends_at ||
		    old[i].room_id != d->meetings[i].room_id)
			return true;
	return false;
}

static enum err renumber(struct ctx *cx, int64_t id,
			 const struct session_draft *d)
{
	struct {
		int64_t course_id, fiscal_year;
	} now;
	struct number version, run;

	TRY(db_one(cx, &course_of_session, ARGS(db_i64(id)), &now));
	if (now.fiscal_year == year_of(d))
		return OK;
	TRY(db_one(cx, &version_of_course, ARGS(db_i64(now.course_id)),
		   &version));
	TRY(db_one(cx, &last_run,
		   ARGS(db_i64(now.course_id), db_i64(year_of(d))), &run));
	return db_exec(cx, &renumber_session,
		       ARGS(db_i64(year_of(d)), db_i64(run.n + 1), db_i64(id)),
		       NULL);
}

static enum err write_change(struct ctx *cx, int64_t id,
			     const struct session_draft *d)
{
	struct number marked;

	TRY(db_one(cx, &marked_after,
		   ARGS(db_i64(id), db_i64((int64_t)d->nmeetings)), &marked));
	if (marked.n > 0)
		return FAIL(cx, ERR_CONFLICT, "a meeting with marks is kept");
	TRY(db_exec(cx, &drop_meetings,
		    ARGS(db_i64(id), db_i64((int64_t)d->nmeetings)), NULL));
	TRY(renumber(cx, id, d));
	TRY(db_exec(cx, &update_session,
		    ARGS(db_i64(d->seats), db_text(d->approval),
			 db_instant(cx, d->apply_from),
			 db_instant(cx, d->apply_until),
			 db_instant(cx, d->cancel_until),
			 db_instant(cx, first_start(d)),
			 db_instant(cx, last_end(d)), db_text(d->note),
			 db_i64(debrief_days(d)), db_i64(id)),
		    NULL));
	return put_people_and_times(cx, id, d);
}

static enum err run_change(struct ctx *cx, void *arg)
{
	const struct change_args *a = arg;
	const struct session_draft *d = a->draft;
	const struct meeting_row *old;
	struct booking_lock s;
	enum session_state state;
	int64_t promoted;
	size_t n;

	TRY(booking_lock_session(cx, a->id, &s));
	state = session_state_from(s.state);
	if (state == SESSION_HELD || state == SESSION_CANCELLED)
		return FAIL(cx, ERR_CONFLICT, "session is over or cancelled");
	if (d->seats < s.booked)
		return FAIL(cx, ERR_CONFLICT, "more people than seats");
	TRY(session_revise(cx, a->id, d));
	TRY(store_session_meetings(cx, a->id, &old, &n));
	TRY(write_change(cx, a->id, d));
	if (has_moved(old, n, d))
		TRY(booking_notice_all(cx, a->id, "notice.session_changed"));
	s.seats = d->seats;
	s.starts_at = first_start(d);
	s.ends_at = last_end(d);
	TRY(booking_allot_put(cx, &s, d->allotments, d->nallotments,
			      d->allot_until));
	return state == SESSION_OPEN ? booking_move_up(cx, &s, &promoted) : OK;
}

enum err store_session_change(struct ctx *cx, int64_t id,
			      const struct session_draft *draft)
{
	struct change_args args = { id, draft };

	if (is_wrong(draft))
		return FAIL(cx, ERR_BAD_REQUEST, "no such times or sizes");
	return db_transact(cx, run_change, &args);
}

enum err store_session_open(struct ctx *cx, int64_t id)
{
	int64_t changed;

	TRY(db_exec(cx, &publish, ARGS(db_i64(id)), &changed));
	return changed ? OK : FAIL(cx, ERR_CONFLICT, "session is no draft");
}

enum err store_session_close(struct ctx *cx, int64_t id)
{
	int64_t changed;

	TRY(db_exec(cx, &finish, ARGS(db_i64(id), db_instant(cx, cx->now_ms)),
		    &changed));
	return changed ? OK : FAIL(cx, ERR_CONFLICT, "session is not over");
}

enum err store_session_close_ended(struct ctx *cx, int64_t *closed)
{
	return db_exec(cx, &finish_all,
		       ARGS(db_instant(cx, cx->now_ms - DAY_MS)), closed);
}

enum err store_session_trainer_ids(struct ctx *cx, const char *const *texts,
				   size_t ntexts, int64_t *ids,
				   const char **missing)
{
	const char *day = date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
	const struct number *rows;
	size_t n;

	*missing = NULL;
	for (size_t i = 0; i < ntexts; i++) {
		TRY(db_all(cx, &trainer_like,
			   ARGS(db_text(texts[i]), db_text(texts[i]),
				db_text(texts[i]), db_text(day)),
			   &rows, &n));
		if (n != 1) {
			*missing = texts[i];
			return OK;
		}
		ids[i] = rows[0].n;
	}
	return OK;
}

const struct db_query *const store_session_edit_queries[] = {
	&version_of_course,
	&last_run,
	&insert_session,
	&update_session,
	&course_of_session,
	&renumber_session,
	&put_meeting,
	&marked_after,
	&drop_meetings,
	&drop_trainers,
	&add_trainer,
	&publish,
	&finish,
	&finish_all,
	&trainer_like,
	NULL,
};
