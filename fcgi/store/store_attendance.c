#include "store/store_attendance.h"

#include "store/instant_sql.h"
#include "store/store_setting.h"

static const struct db_query list = {
	.name = "attendance_list",
	.sql = "SELECT b.id, b.person_id, m.id, p.staff_number,"
	       " CONCAT(p.family, ' ', p.given), CONCAT(p.family_kana, '"
	       " ', p.given_kana), u.name, u.name_en, a.minutes, a.way,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', a.marked_at) DIV"
	       " 1000"
	       " FROM meeting m"
	       " JOIN booking b ON b.session_id = m.session_id AND b.state"
	       " = 'booked' JOIN person p ON p.id = b.person_id"
	       " LEFT JOIN unit u ON u.id = b.unit_id"
	       " LEFT JOIN attendance a ON a.booking_id = b.id AND"
	       " a.meeting_id = m.id"
	       " WHERE m.id = ? AND m.session_id = ?"
	       " ORDER BY p.family_kana, p.given_kana, p.id",
	.row_size = sizeof(struct attendance_row),
	.cols = { COL(struct attendance_row, booking_id),
		  COL(struct attendance_row, person_id),
		  COL(struct attendance_row, meeting_id),
		  COL(struct attendance_row, staff_number),
		  COL(struct attendance_row, name),
		  COL(struct attendance_row, kana),
		  COL(struct attendance_row, unit_name),
		  COL(struct attendance_row, unit_name_en),
		  COL(struct attendance_row, minutes),
		  COL(struct attendance_row, way),
		  COL(struct attendance_row, marked_at) },
	.ncols = 11,
};

struct length_row {
	int64_t minutes;
	int64_t has_seat;
};

/* The meeting's length if this booking is one of its session. */
static const struct db_query length_for = {
	.name = "attendance_length_for",
	.sql = "SELECT TIMESTAMPDIFF(MINUTE, m.starts_at, m.ends_at),"
	       " b.state = 'booked'"
	       " FROM booking b JOIN meeting m ON m.session_id = b.session_id"
	       " WHERE b.id = ? AND m.id = ?",
	.row_size = sizeof(struct length_row),
	.cols = { COL(struct length_row, minutes),
		  COL(struct length_row, has_seat) },
	.ncols = 2,
};

static const struct db_query put = {
	.name = "attendance_put",
	.sql = "INSERT INTO attendance (booking_id, meeting_id, minutes, way,"
	       " marked_by, marked_at) VALUES (?, ?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE minutes = VALUES(minutes),"
	       " way = VALUES(way), marked_by = VALUES(marked_by),"
	       " marked_at = VALUES(marked_at)",
};

static const struct db_query take_back = {
	.name = "attendance_take_back",
	.sql = "DELETE FROM attendance WHERE booking_id = ?"
	       " AND meeting_id = ?",
};

static const struct db_query mark_rest = {
	.name = "attendance_mark_rest",
	.sql = "INSERT INTO attendance (booking_id, meeting_id, minutes, way,"
	       " marked_by, marked_at)"
	       " SELECT b.id, m.id,"
	       "  TIMESTAMPDIFF(MINUTE, m.starts_at, m.ends_at), 'tap', ?, ?"
	       " FROM meeting m JOIN booking b"
	       "  ON b.session_id = m.session_id AND b.state = 'booked'"
	       " LEFT JOIN attendance a ON a.booking_id = b.id"
	       "  AND a.meeting_id = m.id"
	       " WHERE m.id = ? AND m.session_id = ?"
	       " AND a.booking_id IS NULL"
	       /* Marked by somebody else at this moment: that stays. */
	       " ON DUPLICATE KEY UPDATE minutes = attendance.minutes",
};

static const struct db_query completion_of = {
	.name = "attendance_completion",
	.sql = "SELECT COALESCE(b.state = 'booked', 0), SUM(a.minutes),"
	       " SUM(TIMESTAMPDIFF(MINUTE, m.starts_at, m.ends_at)),"
	       " COUNT(a.meeting_id), COUNT(*)"
	       " FROM meeting m LEFT JOIN booking b"
	       "  ON b.session_id = m.session_id AND b.person_id = ?"
	       " LEFT JOIN attendance a ON a.booking_id = b.id"
	       "  AND a.meeting_id = m.id"
	       " WHERE m.session_id = ? GROUP BY b.state",
	.row_size = sizeof(struct completion),
	.cols = { COL(struct completion, booked),
		  COL(struct completion, minutes),
		  COL(struct completion, length),
		  COL(struct completion, marked),
		  COL(struct completion, meetings) },
	.ncols = 5,
};

static const struct db_query counts = {
	.name = "attendance_counts",
	.sql = "SELECT m.id, COALESCE(SUM(a.minutes > 0), 0),"
	       " COALESCE(SUM(a.minutes = 0), 0),"
	       " COALESCE(SUM(b.id IS NOT NULL AND a.minutes IS NULL), 0)"
	       " FROM meeting m LEFT JOIN booking b"
	       "  ON b.session_id = m.session_id AND b.state = 'booked'"
	       " LEFT JOIN attendance a ON a.booking_id = b.id"
	       "  AND a.meeting_id = m.id"
	       " WHERE m.session_id = ? GROUP BY m.id, m.meeting_no"
	       " ORDER BY m.meeting_no",
	.row_size = sizeof(struct attendance_count),
	.cols = { COL(struct attendance_count, meeting_id),
		  COL(struct attendance_count, present),
		  COL(struct attendance_count, absent),
		  COL(struct attendance_count, open) },
	.ncols = 4,
};

enum err store_attendance_list(struct ctx *cx, int64_t session_id,
			       int64_t meeting_id,
			       const struct attendance_row **rows, size_t *n)
{
	return db_all(cx, &list, ARGS(db_i64(meeting_id), db_i64(session_id)),
		      rows, n);
}

static enum err write_mark(struct ctx *cx, void *arg)
{
	const struct attendance_mark *mark = arg;
	static const char *const ways[] = { "tap", "code", "import" };
	struct length_row length;

	TRY(db_one(cx, &length_for,
		   ARGS(db_i64(mark->booking_id), db_i64(mark->meeting_id)),
		   &length));
	if (!length.has_seat)
		return FAIL(cx, ERR_CONFLICT, "the seat was given back");
	if (mark->minutes == DB_NULL)
		return db_exec(cx, &take_back,
			       ARGS(db_i64(mark->booking_id),
				    db_i64(mark->meeting_id)),
			       NULL);
	if (mark->minutes < 0 || mark->minutes > length.minutes)
		return FAIL(cx, ERR_BAD_REQUEST, "no such minutes");
	return db_exec(cx, &put,
		       ARGS(db_i64(mark->booking_id), db_i64(mark->meeting_id),
			    db_i64(mark->minutes), db_text(ways[mark->way]),
			    db_i64(mark->marked_by),
			    db_instant(cx, cx->now_ms)),
		       NULL);
}

/* A transaction, because two taps at once may lock each other out. */
enum err store_attendance_mark(struct ctx *cx,
			       const struct attendance_mark *mark)
{
	struct attendance_mark copy = *mark;

	return db_transact(cx, write_mark, &copy);
}

struct rest {
	int64_t session_id, meeting_id, marked_by, marked;
};

static enum err write_rest(struct ctx *cx, void *arg)
{
	struct rest *r = arg;

	return db_exec(cx, &mark_rest,
		       ARGS(db_i64(r->marked_by), db_instant(cx, cx->now_ms),
			    db_i64(r->meeting_id), db_i64(r->session_id)),
		       &r->marked);
}

enum err store_attendance_rest(struct ctx *cx, int64_t session_id,
			       int64_t meeting_id, int64_t marked_by,
			       int64_t *marked)
{
	struct rest r = { session_id, meeting_id, marked_by, 0 };

	TRY(db_transact(cx, write_rest, &r));
	*marked = r.marked;
	return OK;
}

bool attendance_is_complete(int64_t present, int64_t length,
			    double max_missed_share)
{
	/* A hair of tolerance, so that exactly a quarter counts as complete. */
	return length > 0 && (double)(length - present) <=
				     max_missed_share * (double)length + 1e-9;
}

enum err store_attendance_completion(struct ctx *cx, int64_t session_id,
				     int64_t person_id, struct completion *out)
{
	TRY(db_one(cx, &completion_of,
		   ARGS(db_i64(person_id), db_i64(session_id)), out));
	out->complete =
		out->booked && out->marked == out->meetings &&
		attendance_is_complete(
			out->minutes, out->length,
			store_setting_real(cx, "attendance.max_missed_share",
					   0.25));
	return OK;
}

enum err store_attendance_counts(struct ctx *cx, int64_t session_id,
				 const struct attendance_count **rows,
				 size_t *n)
{
	return db_all(cx, &counts, ARGS(db_i64(session_id)), rows, n);
}

const struct db_query *const store_attendance_queries[] = {
	&list,      &length_for,    &put,    &take_back,
	&mark_rest, &completion_of, &counts, NULL,
};
