/*
 * booking_allot.c: seats kept for units (所属枠), as the rules need them.
 *
 * A person belongs to the nearest unit above the own one that has seats kept;
 * the organisation is at most four levels deep. Units are compared by code,
 * so that one that was renamed meanwhile keeps its seats.
 */
#include "store/booking_sql.h"

#include "base/date.h"
#include "store/instant_sql.h"
#include "store/store_session.h"

#include <string.h>

/* The codes of the own unit u0 and of those above it, nearest first. */
#define UNITS_ABOVE                                  \
	" LEFT JOIN unit u1 ON u1.id = u0.parent_id" \
	" LEFT JOIN unit u2 ON u2.id = u1.parent_id" \
	" LEFT JOIN unit u3 ON u3.id = u2.parent_id"

/* The rank of the unit au among them; NULL when it is none of them. */
#define NEARNESS                                               \
	"CASE au.code WHEN u0.code THEN 0 WHEN u1.code THEN 1" \
	" WHEN u2.code THEN 2 WHEN u3.code THEN 3 END"

/* Each booked person counts for the nearest unit only. */
static const struct db_query kept = {
	.name = "booking_allot_kept",
	.sql = "SELECT au.code, a.seats, COALESCE(n.people, 0)"
	       " FROM session_allotment a JOIN unit au ON au.id = a.unit_id"
	       " LEFT JOIN (SELECT x.unit_id, COUNT(*) AS people"
	       "  FROM (SELECT a.unit_id, ROW_NUMBER() OVER"
	       "    (PARTITION BY b.id ORDER BY " NEARNESS ") AS no"
	       "   FROM booking b"
	       "   JOIN unit u0 ON u0.id = b.unit_id" UNITS_ABOVE
	       "   JOIN session_allotment a ON a.session_id = b.session_id"
	       "   JOIN unit au ON au.id = a.unit_id"
	       "    AND au.code IN (u0.code, u1.code, u2.code, u3.code)"
	       "   WHERE b.session_id = ? AND b.state = 'booked') x"
	       "  WHERE x.no = 1 GROUP BY x.unit_id) n"
	       " ON n.unit_id = a.unit_id"
	       " WHERE a.session_id = ? ORDER BY au.code",
	.row_size = sizeof(struct booking_allotment),
	.cols = { COL(struct booking_allotment, unit_code),
		  COL(struct booking_allotment, seats),
		  COL(struct booking_allotment, booked) },
	.ncols = 3,
};

struct code_row {
	const char *code;
};

static const struct db_query own_unit = {
	.name = "booking_allot_own",
	.sql = "SELECT au.code FROM unit u0" UNITS_ABOVE
	       " JOIN session_allotment a ON a.session_id = ?"
	       " JOIN unit au ON au.id = a.unit_id"
	       "  AND au.code IN (u0.code, u1.code, u2.code, u3.code)"
	       " WHERE u0.id = ? ORDER BY " NEARNESS " LIMIT 1",
	.row_size = sizeof(struct code_row),
	.cols = { COL(struct code_row, code) },
	.ncols = 1,
};

struct viewer_row {
	int64_t allot_until, unit_id;
};

static const struct db_query viewer = {
	.name = "booking_allot_viewer",
	.sql = "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"
	       " s.allot_until) DIV 1000, COALESCE("
	       " (SELECT b.unit_id FROM booking b WHERE b.session_id = s.id"
	       "  AND b.person_id = ? AND b.state IN ('applied', 'waiting',"
	       "  'booked')), (SELECT p.unit_id FROM posting p"
	       "  WHERE p.person_id = ? AND p.is_main AND p.valid_from <= ?"
	       "  AND (p.valid_to IS NULL OR p.valid_to >= ?)"
	       "  ORDER BY p.valid_from DESC LIMIT 1))"
	       " FROM session s WHERE s.id = ?",
	.row_size = sizeof(struct viewer_row),
	.cols = { COL(struct viewer_row, allot_until),
		  COL(struct viewer_row, unit_id) },
	.ncols = 2,
};

struct seen_row {
	int64_t session_id, held;
};

/*
 * The sessions where a viewer finds other seats kept than session.held says:
 * those that keep some for the own unit, and those whose moment has come but
 * whose line has not moved up yet.
 */
static const struct db_query seen_in_lists = {
	.name = "booking_allot_in_lists",
	.sql = "WITH keeps AS (SELECT s.id, s.held, COALESCE("
	       "  (SELECT b.unit_id FROM booking b WHERE b.session_id = s.id"
	       "   AND b.person_id = ? AND b.state IN ('applied', 'waiting',"
	       "   'booked')), (SELECT p.unit_id FROM posting p"
	       "   WHERE p.person_id = ? AND p.is_main AND p.valid_from <= ?"
	       "   AND (p.valid_to IS NULL OR p.valid_to >= ?)"
	       "   ORDER BY p.valid_from DESC LIMIT 1)) AS unit_id"
	       "  FROM session s WHERE s.allot_released_at IS NULL"
	       "  AND s.allot_until > ? AND s.held > 0),"
	       " own AS (SELECT k.id, k.held, a.seats, au.code,"
	       "  ROW_NUMBER() OVER (PARTITION BY k.id ORDER BY " NEARNESS ")"
	       "  AS no FROM keeps k JOIN unit u0 ON u0.id = "
	       "k.unit_id" UNITS_ABOVE
	       "  JOIN session_allotment a ON a.session_id = k.id"
	       "  JOIN unit au ON au.id = a.unit_id"
	       "   AND au.code IN (u0.code, u1.code, u2.code, u3.code))"
	       " SELECT o.id, o.held - GREATEST(0, o.seats - (SELECT COUNT(*)"
	       "  FROM booking b JOIN unit u0 ON u0.id = b.unit_id" UNITS_ABOVE
	       "  WHERE b.session_id = o.id AND b.state = 'booked'"
	       "  AND o.code = (SELECT au.code FROM session_allotment a"
	       "   JOIN unit au ON au.id = a.unit_id"
	       "   WHERE a.session_id = b.session_id"
	       "   AND au.code IN (u0.code, u1.code, u2.code, u3.code)"
	       "   ORDER BY " NEARNESS " LIMIT 1)))"
	       " FROM own o WHERE o.no = 1"
	       " UNION ALL SELECT s.id, 0 FROM session s"
	       " WHERE s.allot_released_at IS NULL AND s.allot_until <= ?",
	.row_size = sizeof(struct seen_row),
	.cols = { COL(struct seen_row, session_id),
		  COL(struct seen_row, held) },
	.ncols = 2,
	.remember = true,
};

static const struct db_query mark_released = {
	.name = "booking_allot_released",
	.sql = "UPDATE session SET allot_released_at = ?, held = 0"
	       " WHERE id = ?",
};

static const struct db_query drop_allotments = {
	.name = "booking_allot_drop",
	.sql = "DELETE FROM session_allotment WHERE session_id = ?",
};

static const struct db_query add_allotment = {
	.name = "booking_allot_add",
	.sql = "INSERT INTO session_allotment (session_id, unit_id, seats)"
	       " VALUES (?, ?, ?)",
};

static const struct db_query keep_seats = {
	.name = "booking_allot_keep",
	.sql = "UPDATE session SET allot_until = ?, allot_released_at = NULL,"
	       " held = ? WHERE id = ?",
};

static bool is_kept(const struct ctx *cx, const struct booking_lock *s)
{
	return s->allot_until != DB_NULL && cx->now_ms < s->allot_until;
}

enum err booking_allot_read(struct ctx *cx, struct booking_lock *s)
{
	s->allotments = NULL;
	s->nallotments = 0;
	if (!is_kept(cx, s))
		return OK;
	return db_all(cx, &kept, ARGS(db_i64(s->id), db_i64(s->id)),
		      &s->allotments, &s->nallotments);
}

static int64_t free_of(const struct booking_allotment *a)
{
	return a->seats > a->booked ? a->seats - a->booked : 0;
}

int64_t booking_allot_held(const struct booking_lock *s)
{
	int64_t held = 0;

	for (size_t i = 0; i < s->nallotments; i++)
		held += free_of(&s->allotments[i]);
	return held;
}

enum err booking_allot_others(struct ctx *cx, const struct booking_lock *s,
			      int64_t unit_id, int64_t *held)
{
	struct code_row own;
	bool found;

	*held = booking_allot_held(s);
	if (!*held || unit_id == DB_NULL)
		return OK;
	TRY(db_maybe(cx, &own_unit, ARGS(db_i64(s->id), db_i64(unit_id)), &own,
		     &found));
	for (size_t i = 0; found && i < s->nallotments; i++)
		if (!strcmp(s->allotments[i].unit_code, own.code))
			*held -= free_of(&s->allotments[i]);
	return OK;
}

enum err booking_allot_seen(struct ctx *cx, int64_t session_id,
			    int64_t person_id, int64_t *held)
{
	const struct db_arg who = db_i64(person_id),
			    day = db_text(date_to_iso(
				    &cx->arena, date_in_japan(cx->now_ms)));
	struct booking_lock s = { .id = session_id };
	struct viewer_row row;

	TRY(db_one(cx, &viewer, ARGS(who, who, day, day, db_i64(session_id)),
		   &row));
	s.allot_until = row.allot_until;
	TRY(booking_allot_read(cx, &s));
	return booking_allot_others(cx, &s, row.unit_id, held);
}

enum err booking_allot_list(struct ctx *cx, int64_t person_id,
			    struct session_row *rows, size_t n)
{
	const struct db_arg who = db_i64(person_id),
			    now = db_instant_to(cx, MINUTE_MS),
			    day = db_text(date_to_iso(
				    &cx->arena, date_in_japan(cx->now_ms)));
	const struct seen_row *seen;
	size_t nseen;

	TRY(db_all(cx, &seen_in_lists, ARGS(who, who, day, day, now, now),
		   &seen, &nseen));
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < nseen; j++)
			if (rows[i].held && rows[i].id == seen[j].session_id)
				rows[i].held = seen[j].held;
	return OK;
}

enum err booking_allot_release(struct ctx *cx, struct booking_lock *s,
			       int64_t *n)
{
	*n = 0;
	if (s->allot_until == DB_NULL || is_kept(cx, s) ||
	    s->allot_released_at != DB_NULL)
		return OK;
	s->allot_released_at = cx->now_ms;
	TRY(db_exec(cx, &mark_released,
		    ARGS(db_instant(cx, cx->now_ms), db_i64(s->id)), NULL));
	return session_state_from(s->state) == SESSION_OPEN
		       ? booking_move_up(cx, s, n)
		       : OK;
}

enum err booking_allot_put(struct ctx *cx, struct booking_lock *s,
			   const struct allotment_draft *drafts, size_t n,
			   int64_t until)
{
	TRY(db_exec(cx, &drop_allotments, ARGS(db_i64(s->id)), NULL));
	for (size_t i = 0; i < n; i++)
		TRY(db_exec(cx, &add_allotment,
			    ARGS(db_i64(s->id), db_i64(drafts[i].unit_id),
				 db_i64(drafts[i].seats)),
			    NULL));
	s->allot_until = n ? until : DB_NULL;
	s->allot_released_at = DB_NULL;
	TRY(booking_allot_read(cx, s));
	return db_exec(cx, &keep_seats,
		       ARGS(db_instant(cx, s->allot_until),
			    db_i64(booking_allot_held(s)), db_i64(s->id)),
		       NULL);
}

const struct db_query *const store_booking_allot_queries[] = {
	&kept,          &own_unit,      &viewer,
	&seen_in_lists, &mark_released, &drop_allotments,
	&add_allotment, &keep_seats,    NULL,
};
