#include "store/store_debrief.h"

#include "store/booking_sql.h"
#include "store/instant_sql.h"

/*
 * A place that owes a report: a seat in a session that asks for one and is
 * over, unless the attendance says that nobody sat there.
 */
#define DEBRIEF_SELECT                                                     \
	"SELECT b.id, b.session_id, b.person_id, CONCAT(p.family, ' ',"    \
	" p.given), CONCAT(p.family_kana, ' ', p.given_kana), u.name,"     \
	" u.name_en,"                                                      \
	" v.title, v.title_en, s.run_no, TIMESTAMPDIFF(MICROSECOND,"       \
	" '1970-01-01', s.starts_at) DIV 1000, TIMESTAMPDIFF(MICROSECOND," \
	" '1970-01-01', s.ends_at) DIV 1000, s.debrief_days, w.learned,"   \
	" w.plans, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', w.written_at)" \
	" DIV 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', w.seen_at)"   \
	" DIV 1000, CONCAT(r.family, ' ', r.given)"                        \
	" FROM booking b JOIN session s ON s.id = b.session_id"            \
	" JOIN course_version v ON v.id = s.version_id"                    \
	" JOIN person p ON p.id = b.person_id"                             \
	" LEFT JOIN unit u ON u.id = b.unit_id"                            \
	" LEFT JOIN debrief w ON w.booking_id = b.id"                      \
	" LEFT JOIN person r ON r.id = w.seen_by"                          \
	" WHERE b.state = 'booked' AND s.state IN ('open', 'held')"        \
	" AND s.debrief_days IS NOT NULL AND s.ends_at <= ?"               \
	" AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.booking_id =" \
	" b.id HAVING COUNT(*) > 0 AND MAX(a.minutes) = 0)"

/* Parameters: head, day, day, head. */
#define OF_HEAD                                                       \
	" AND b.unit_id IN (SELECT h.unit_id FROM posting h"          \
	"  WHERE h.person_id = ? AND h.is_head AND h.valid_from <= ?" \
	"  AND (h.valid_to IS NULL OR h.valid_to >= ?))"              \
	" AND b.person_id <> ?"

#define OWED " AND w.booking_id IS NULL AND s.ends_at > ? - INTERVAL 400 DAY"

#define DEBRIEF_COLS                                     \
	.row_size = sizeof(struct debrief_row),          \
	.cols = { COL(struct debrief_row, booking_id),   \
		  COL(struct debrief_row, session_id),   \
		  COL(struct debrief_row, person_id),    \
		  COL(struct debrief_row, person_name),  \
		  COL(struct debrief_row, kana),         \
		  COL(struct debrief_row, unit_name),    \
		  COL(struct debrief_row, unit_name_en), \
		  COL(struct debrief_row, title),        \
		  COL(struct debrief_row, title_en),     \
		  COL(struct debrief_row, run_no),       \
		  COL(struct debrief_row, starts_at),    \
		  COL(struct debrief_row, ends_at),      \
		  COL(struct debrief_row, debrief_days), \
		  COL(struct debrief_row, learned),      \
		  COL(struct debrief_row, plans),        \
		  COL(struct debrief_row, written_at),   \
		  COL(struct debrief_row, seen_at),      \
		  COL(struct debrief_row, seen_by) },    \
	.ncols = 18

static const struct db_query own = {
	.name = "debrief_own",
	.sql = DEBRIEF_SELECT " AND b.session_id = ? AND b.person_id = ?",
	DEBRIEF_COLS,
};

static const struct db_query owed = {
	.name = "debrief_owed",
	.sql = DEBRIEF_SELECT " AND b.person_id = ?" OWED
			      " ORDER BY s.ends_at, b.id LIMIT 20",
	DEBRIEF_COLS,
	.remember = true,
};

static const struct db_query to_read = {
	.name = "debrief_to_read",
	.sql = DEBRIEF_SELECT OF_HEAD
	" AND w.booking_id IS NOT NULL AND w.seen_at IS NULL"
	" ORDER BY w.written_at, b.id LIMIT 200",
	DEBRIEF_COLS,
};

static const struct db_query owed_to = {
	.name = "debrief_owed_to",
	.sql = DEBRIEF_SELECT OF_HEAD OWED
	" ORDER BY s.ends_at, p.family_kana, p.given_kana LIMIT 200",
	DEBRIEF_COLS,
};

static const struct db_query read_ones = {
	.name = "debrief_read",
	.sql = DEBRIEF_SELECT OF_HEAD " AND w.seen_at IS NOT NULL"
				      " ORDER BY w.seen_at DESC LIMIT 100",
	DEBRIEF_COLS,
};

static const struct db_query of_session = {
	.name = "debrief_of_session",
	.sql = DEBRIEF_SELECT " AND b.session_id = ?"
			      " ORDER BY p.family_kana, p.given_kana, p.id",
	DEBRIEF_COLS,
};

/* A head who reads it at this moment wins: it stays as it was read. */
static const struct db_query write_it = {
	.name = "debrief_write",
	.sql = "INSERT INTO debrief (booking_id, learned, plans, written_at,"
	       " changed_at) VALUES (?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE"
	       " learned = IF(seen_at IS NULL, VALUES(learned), learned),"
	       " plans = IF(seen_at IS NULL, VALUES(plans), plans),"
	       " changed_at = IF(seen_at IS NULL, VALUES(changed_at),"
	       "  changed_at)",
};

struct state_row {
	int64_t seen_at, written_at, unit_id;
};

static const struct db_query state_of = {
	.name = "debrief_state",
	.sql = "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', w.seen_at)"
	       " DIV 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"
	       " w.written_at) DIV 1000, b.unit_id FROM booking b"
	       " LEFT JOIN debrief w ON w.booking_id = b.id"
	       " WHERE b.id = ? FOR UPDATE",
	.row_size = sizeof(struct state_row),
	.cols = { COL(struct state_row, seen_at),
		  COL(struct state_row, written_at),
		  COL(struct state_row, unit_id) },
	.ncols = 3,
};

struct place_row {
	int64_t session_id, person_id;
	int64_t seen_at; /* DB_NULL: nobody has read it */
};

/* Held: of two presses one marks it. */
static const struct db_query place_of = {
	.name = "debrief_place",
	.sql = "SELECT b.session_id, b.person_id, TIMESTAMPDIFF(MICROSECOND,"
	       " '1970-01-01', w.seen_at) DIV 1000 FROM booking b"
	       " JOIN debrief w ON w.booking_id = b.id WHERE b.id = ?" OF_HEAD
	       " FOR UPDATE",
	.row_size = sizeof(struct place_row),
	.cols = { COL(struct place_row, session_id),
		  COL(struct place_row, person_id),
		  COL(struct place_row, seen_at) },
	.ncols = 3,
};

static const struct db_query mark_seen = {
	.name = "debrief_mark_seen",
	.sql = "UPDATE debrief SET seen_by = ?, seen_at = ?"
	       " WHERE booking_id = ?",
};

struct date debrief_due_on(int64_t ends_at, int64_t debrief_days)
{
	return date_add_open_days(date_in_japan(ends_at), (int)debrief_days);
}

static const char *today(struct ctx *cx)
{
	return date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
}

enum err store_debrief_own(struct ctx *cx, int64_t session_id,
			   int64_t person_id, struct debrief_row *out)
{
	return db_one(cx, &own,
		      ARGS(db_instant(cx, cx->now_ms), db_i64(session_id),
			   db_i64(person_id)),
		      out);
}

enum err store_debriefs_owed(struct ctx *cx, int64_t person_id,
			     const struct debrief_row **rows, size_t *n)
{
	const struct db_arg now = db_instant_to(cx, MINUTE_MS);

	return db_all(cx, &owed, ARGS(now, db_i64(person_id), now), rows, n);
}

enum err store_debrief_list(struct ctx *cx, int64_t head_id,
			    enum debrief_which which,
			    const struct debrief_row **rows, size_t *n)
{
	const struct db_arg now = db_instant(cx, cx->now_ms),
			    who = db_i64(head_id), day = db_text(today(cx));

	switch (which) {
	case DEBRIEFS_TO_READ:
		return db_all(cx, &to_read, ARGS(now, who, day, day, who), rows,
			      n);
	case DEBRIEFS_OWED:
		return db_all(cx, &owed_to, ARGS(now, who, day, day, who, now),
			      rows, n);
	case DEBRIEFS_READ:
		break;
	}
	return db_all(cx, &read_ones, ARGS(now, who, day, day, who), rows, n);
}

enum err store_debrief_of_session(struct ctx *cx, int64_t session_id,
				  const struct debrief_row **rows, size_t *n)
{
	return db_all(cx, &of_session,
		      ARGS(db_instant(cx, cx->now_ms), db_i64(session_id)),
		      rows, n);
}

struct writing {
	const struct debrief_row *own;
	const char *learned, *plans;
};

static enum err run_writing(struct ctx *cx, void *arg)
{
	const struct writing *w = arg;
	const struct db_arg now = db_instant(cx, cx->now_ms);
	struct state_row state;

	TRY(db_one(cx, &state_of, ARGS(db_i64(w->own->booking_id)), &state));
	if (state.seen_at != DB_NULL)
		return FAIL(cx, ERR_CONFLICT, "the head has read it");
	TRY(db_exec(cx, &write_it,
		    ARGS(db_i64(w->own->booking_id), db_text(w->learned),
			 db_text(w->plans), now, now),
		    NULL));
	/* Asked for under the lock: two presses are one report. */
	if (state.written_at != DB_NULL || state.unit_id == DB_NULL)
		return OK;
	return booking_notice_heads(cx, w->own->session_id, state.unit_id,
				    "notice.debrief", "/debriefs");
}

enum err store_debrief_write(struct ctx *cx, const struct debrief_row *row,
			     const char *learned, const char *plans)
{
	struct writing w = { row, learned, plans };

	return db_transact(cx, run_writing, &w);
}

struct reading {
	int64_t booking_id, head_id;
};

static enum err run_reading(struct ctx *cx, void *arg)
{
	const struct reading *r = arg;
	const struct db_arg who = db_i64(r->head_id), day = db_text(today(cx));
	struct place_row place;

	TRY(db_one(cx, &place_of,
		   ARGS(db_i64(r->booking_id), who, day, day, who), &place));
	if (place.seen_at != DB_NULL)
		return OK;
	TRY(db_exec(cx, &mark_seen,
		    ARGS(who, db_instant(cx, cx->now_ms),
			 db_i64(r->booking_id)),
		    NULL));
	return booking_notice(cx, place.session_id, place.person_id,
			      "notice.debrief_seen");
}

enum err store_debrief_seen(struct ctx *cx, int64_t booking_id, int64_t head_id)
{
	struct reading r = { booking_id, head_id };

	return db_transact(cx, run_reading, &r);
}

const struct db_query *const store_debrief_queries[] = {
	&own,      &owed,     &to_read,   &owed_to,  &read_ones, &of_session,
	&write_it, &state_of, &mark_seen, &place_of, NULL,
};
