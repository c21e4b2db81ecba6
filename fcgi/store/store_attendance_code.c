/*
 * store_attendance_code.c: attendance by the code on the projector.
 *
 * Six digits are enough because a code lives for a lesson, names one session,
 * works for booked people only and wrong ones are counted per person.
 */
#include "base/date.h"
#include "store/instant_sql.h"
#include "store/store_attendance.h"

#include <sodium.h>

#define TRIES        10
#define WINDOW_MS    (10 * MINUTE_MS)
#define CODES        1000000
#define NEW_ATTEMPTS 5

static const struct db_query set_code = {
	.name = "attendance_set_code",
	.sql = "UPDATE session SET attendance_code = ?"
	       " WHERE id = ? AND state = 'open'",
};

static const struct db_query clear_code = {
	.name = "attendance_clear_code",
	.sql = "UPDATE session SET attendance_code = NULL WHERE id = ?",
};

struct try_row {
	int64_t window_at, failures;
};

static const struct db_query tries_of = {
	.name = "attendance_tries",
	.sql = "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', window_at)"
	       " DIV 1000, failures"
	       " FROM code_try"
	       " WHERE person_id = ?",
	.row_size = sizeof(struct try_row),
	.cols = { COL(struct try_row, window_at),
		  COL(struct try_row, failures) },
	.ncols = 2,
};

/* Parameters: person, now, start of the window that still counts, twice. */
static const struct db_query count_try = {
	.name = "attendance_count_try",
	.sql = "INSERT INTO code_try (person_id, window_at, failures)"
	       " VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE"
	       " failures = IF(window_at < ?, 1, failures + 1),"
	       " window_at = IF(window_at < ?, VALUES(window_at), window_at)",
};

struct place_row {
	int64_t session_id, booking_id, meeting_id, minutes, is_marked;
	int64_t starts_at;
};

/* The meeting that runs now, or else the nearest one. */
static const struct db_query place_by_code = {
	.name = "attendance_place_by_code",
	.sql = "SELECT s.id, b.id, m.id,"
	       " TIMESTAMPDIFF(MINUTE, m.starts_at, m.ends_at),"
	       " EXISTS (SELECT 1 FROM attendance a WHERE a.booking_id = b.id"
	       "  AND a.meeting_id = m.id AND a.minutes > 0),"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', m.starts_at)"
	       " DIV 1000"
	       " FROM session s JOIN meeting m ON m.session_id = s.id"
	       " LEFT JOIN booking b ON b.session_id = s.id"
	       "  AND b.person_id = ? AND b.state = 'booked'"
	       " WHERE s.attendance_code = ? AND s.state = 'open'"
	       " ORDER BY GREATEST(0,"
	       "  TIMESTAMPDIFF(SECOND, ?, m.starts_at),"
	       "  TIMESTAMPDIFF(SECOND, m.ends_at, ?)) LIMIT 1",
	.row_size = sizeof(struct place_row),
	.cols = { COL(struct place_row, session_id),
		  COL(struct place_row, booking_id),
		  COL(struct place_row, meeting_id),
		  COL(struct place_row, minutes),
		  COL(struct place_row, is_marked),
		  COL(struct place_row, starts_at) },
	.ncols = 6,
};

enum err store_attendance_open(struct ctx *cx, int64_t session_id,
			       const char **code)
{
	int64_t changed = 0;
	enum err e = ERR_CONFLICT;

	/* A code that another session shows at the moment is drawn again. */
	for (int i = 0; i < NEW_ATTEMPTS && e == ERR_CONFLICT; i++) {
		ctx_forgive(cx);
		*code = arena_printf(&cx->arena, "%06u",
				     randombytes_uniform(CODES));
		e = db_exec(cx, &set_code,
			    ARGS(db_text(*code), db_i64(session_id)), &changed);
	}
	TRY(e);
	return changed ? OK : FAIL(cx, ERR_CONFLICT, "session is not open");
}

enum err store_attendance_close(struct ctx *cx, int64_t session_id)
{
	return db_exec(cx, &clear_code, ARGS(db_i64(session_id)), NULL);
}

static enum err is_stopped(struct ctx *cx, int64_t person_id, bool *stopped)
{
	struct try_row row;
	bool found;

	TRY(db_maybe(cx, &tries_of, ARGS(db_i64(person_id)), &row, &found));
	*stopped = found && row.failures >= TRIES &&
		   row.window_at > cx->now_ms - WINDOW_MS;
	return OK;
}

static enum err count_failure(struct ctx *cx, int64_t person_id)
{
	const struct db_arg since = db_instant(cx, cx->now_ms - WINDOW_MS);

	return db_exec(cx, &count_try,
		       ARGS(db_i64(person_id), db_instant(cx, cx->now_ms),
			    since, since),
		       NULL);
}

enum err store_attendance_enter(struct ctx *cx, int64_t person_id,
				const char *code, int64_t *session_id,
				enum attendance_entry *outcome)
{
	const struct db_arg now = db_instant(cx, cx->now_ms);
	struct place_row place;
	bool found, stopped;

	TRY(is_stopped(cx, person_id, &stopped));
	if (stopped) {
		*outcome = ATTENDANCE_TOO_OFTEN;
		return OK;
	}
	TRY(db_maybe(cx, &place_by_code,
		     ARGS(db_i64(person_id), db_text(code), now, now), &place,
		     &found));
	if (!found || place.booking_id == DB_NULL) {
		*outcome = found ? ATTENDANCE_NOT_BOOKED : ATTENDANCE_NO_CODE;
		return count_failure(cx, person_id);
	}
	if (date_compare(date_in_japan(place.starts_at),
			 date_in_japan(cx->now_ms)) > 0) {
		*outcome = ATTENDANCE_TOO_EARLY;
		return OK;
	}
	*session_id = place.session_id;
	*outcome = ATTENDANCE_ENTERED;
	if (place.is_marked) /* minutes the trainer set stay */
		return OK;
	return store_attendance_mark(
		cx, &(struct attendance_mark){ .booking_id = place.booking_id,
					       .meeting_id = place.meeting_id,
					       .minutes = place.minutes,
					       .way = ATTENDANCE_CODE,
					       .marked_by = person_id });
}

const struct db_query *const store_attendance_code_queries[] = {
	&set_code, &clear_code, &tries_of, &count_try, &place_by_code, NULL,
};
