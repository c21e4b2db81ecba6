#include "store/booking_sql.h"

#include "base/date.h"
#include "store/instant_sql.h"
#include "store/store_session.h"
#include "store/store_setting.h"

static const struct db_query lock_session = {
	.name = "booking_lock_session",
	.sql = "SELECT id, seats, booked, next_queue_no,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', starts_at) DIV"
	       " 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ends_at)"
	       " DIV 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"
	       " apply_from) DIV 1000, TIMESTAMPDIFF(MICROSECOND,"
	       " '1970-01-01', apply_until) DIV 1000,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', cancel_until)"
	       " DIV 1000, TIMESTAMPDIFF(MICROSECOND, '1970-01-01',"
	       " allot_until) DIV 1000, TIMESTAMPDIFF(MICROSECOND,"
	       " '1970-01-01', allot_released_at) DIV 1000, state, approval"
	       " FROM session"
	       " WHERE id = ? FOR UPDATE",
	.row_size = sizeof(struct booking_lock),
	.cols = { COL(struct booking_lock, id), COL(struct booking_lock, seats),
		  COL(struct booking_lock, booked),
		  COL(struct booking_lock, next_queue_no),
		  COL(struct booking_lock, starts_at),
		  COL(struct booking_lock, ends_at),
		  COL(struct booking_lock, apply_from),
		  COL(struct booking_lock, apply_until),
		  COL(struct booking_lock, cancel_until),
		  COL(struct booking_lock, allot_until),
		  COL(struct booking_lock, allot_released_at),
		  COL(struct booking_lock, state),
		  COL(struct booking_lock, approval) },
	.ncols = 13,
};

struct number {
	int64_t n;
};

static const struct db_query lock_person = {
	.name = "booking_lock_person",
	.sql = "SELECT id FROM person WHERE id = ? FOR UPDATE",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

struct own_row {
	int64_t id, queue_no, unit_id;
	const char *state;
};

static const struct db_query own_booking = {
	.name = "booking_own",
	.sql = "SELECT id, queue_no, unit_id, state FROM booking"
	       " WHERE session_id = ? AND person_id = ?",
	.row_size = sizeof(struct own_row),
	.cols = { COL(struct own_row, id), COL(struct own_row, queue_no),
		  COL(struct own_row, unit_id), COL(struct own_row, state) },
	.ncols = 4,
};

struct posting_row {
	int64_t unit_id, tier_id, is_head;
};

static const struct db_query main_posting = {
	.name = "booking_main_posting",
	.sql = "SELECT unit_id, tier_id, is_head FROM posting"
	       " WHERE person_id = ? AND is_main AND valid_from <= ?"
	       " AND (valid_to IS NULL OR valid_to >= ?)"
	       " ORDER BY valid_from DESC LIMIT 1",
	.row_size = sizeof(struct posting_row),
	.cols = { COL(struct posting_row, unit_id),
		  COL(struct posting_row, tier_id),
		  COL(struct posting_row, is_head) },
	.ncols = 3,
};

/* Exact under the person's lock: who books them elsewhere has to take it. */
static const struct db_query overlapping = {
	.name = "booking_overlapping",
	.sql = "SELECT b.session_id FROM booking b"
	       " JOIN meeting m ON m.session_id = b.session_id"
	       " JOIN meeting mine ON mine.session_id = ?"
	       " AND m.starts_at < mine.ends_at AND mine.starts_at < m.ends_at"
	       " WHERE b.person_id = ? AND b.state = 'booked'"
	       " AND b.session_id <> ? LIMIT 1",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

/* Who was absent from the other one may come again. */
static const struct db_query same_year = {
	.name = "booking_same_year",
	.sql = "SELECT b.id FROM booking b"
	       " JOIN session o ON o.id = b.session_id"
	       " JOIN session s ON s.id = ?"
	       " WHERE b.person_id = ? AND o.id <> s.id"
	       " AND b.state IN ('applied', 'waiting', 'booked')"
	       " AND o.course_id = s.course_id"
	       " AND o.fiscal_year = s.fiscal_year"
	       " AND o.state <> 'cancelled'"
	       " AND NOT EXISTS (SELECT 1 FROM attendance a"
	       "  WHERE a.booking_id = b.id"
	       "  HAVING COUNT(*) > 0 AND MAX(a.minutes) = 0) LIMIT 1",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static const struct db_query unit_away = {
	.name = "booking_unit_away",
	.sql = "SELECT COUNT(DISTINCT b.person_id) FROM booking b"
	       " JOIN meeting m ON m.session_id = b.session_id"
	       " JOIN meeting mine ON mine.session_id = ?"
	       " AND DATE(m.starts_at + INTERVAL 9 HOUR) ="
	       "     DATE(mine.starts_at + INTERVAL 9 HOUR)"
	       " WHERE b.unit_id = ? AND b.state = 'booked'"
	       " AND b.person_id <> ?",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

static const struct db_query insert_booking = {
	.name = "booking_insert",
	.sql = "INSERT INTO booking (session_id, person_id, way, state,"
	       " queue_no, unit_id, tier_id, wheelchair, changed_at)"
	       " VALUES (?, ?, COALESCE(?, 'applied'), ?, ?, ?, ?,"
	       " COALESCE(?, 0), ?)",
};

static const struct db_query update_booking = {
	.name = "booking_update",
	.sql = "UPDATE booking SET way = COALESCE(?, way), state = ?,"
	       " queue_no = ?, wheelchair = COALESCE(?, wheelchair),"
	       " unit_id = ?, tier_id = ?, changed_at = ? WHERE id = ?",
};

static const struct db_query move_booking = {
	.name = "booking_move",
	.sql = "UPDATE booking SET state = ?, changed_at = ? WHERE id = ?",
};

static const struct db_query insert_event = {
	.name = "booking_event_insert",
	.sql = "INSERT INTO booking_event (booking_id, at, actor_id,"
	       " from_state, to_state, reason)"
	       " VALUES (?, ?, ?, ?, ?, LEFT(?, 500))",
};

static const struct db_query update_session = {
	.name = "booking_session_update",
	.sql = "UPDATE session SET booked = ?, next_queue_no = ?, held = ?"
	       " WHERE id = ?",
};

enum err booking_lock_session(struct ctx *cx, int64_t session_id,
			      struct booking_lock *s)
{
	TRY(db_one(cx, &lock_session, ARGS(db_i64(session_id)), s));
	return booking_allot_read(cx, s);
}

static const char *today(struct ctx *cx)
{
	return date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
}

static enum err read_booking(struct ctx *cx, const struct booking_lock *s,
			     struct booking_subject *p)
{
	struct own_row own;
	bool found;

	TRY(db_maybe(cx, &own_booking,
		     ARGS(db_i64(s->id), db_i64(p->person_id)), &own, &found));
	p->booking_id = found ? own.id : DB_NULL;
	p->queue_no = found ? own.queue_no : DB_NULL;
	p->state = found ? booking_state_from(own.state) : BOOKING_NONE;
	p->seat_unit_id = found ? own.unit_id : DB_NULL;
	return OK;
}

static enum err read_posting(struct ctx *cx, struct booking_subject *p)
{
	struct posting_row row;
	bool found;

	TRY(db_maybe(cx, &main_posting,
		     ARGS(db_i64(p->person_id), db_text(today(cx)),
			  db_text(today(cx))),
		     &row, &found));
	p->unit_id = found ? row.unit_id : DB_NULL;
	p->tier_id = found ? row.tier_id : DB_NULL;
	p->is_head = found && row.is_head;
	return OK;
}

static enum err read_colleagues(struct ctx *cx, const struct booking_lock *s,
				struct booking_subject *p)
{
	struct number away;

	p->unit_limit = store_setting_int(cx, "booking.unit_per_day", 0);
	if (p->unit_limit <= 0 || p->seat_unit_id == DB_NULL)
		return OK;
	TRY(db_one(cx, &unit_away,
		   ARGS(db_i64(s->id), db_i64(p->seat_unit_id),
			db_i64(p->person_id)),
		   &away));
	p->unit_booked = away.n;
	return OK;
}

static enum err read_overlap(struct ctx *cx, const struct booking_lock *s,
			     struct booking_subject *p)
{
	struct number other;

	return db_maybe(cx, &overlapping,
			ARGS(db_i64(s->id), db_i64(p->person_id),
			     db_i64(s->id)),
			&other, &p->overlaps);
}

enum err booking_lock_person(struct ctx *cx, const struct booking_lock *s,
			     int64_t person_id, struct booking_subject *p)
{
	struct number row;

	*p = (struct booking_subject){ .person_id = person_id };
	TRY(db_one(cx, &lock_person, ARGS(db_i64(person_id)), &row));
	TRY(read_booking(cx, s, p));
	TRY(read_posting(cx, p));
	if (p->state != BOOKING_APPLIED && p->state != BOOKING_WAITING &&
	    p->state != BOOKING_BOOKED)
		p->seat_unit_id = p->unit_id;
	TRY(read_colleagues(cx, s, p));
	TRY(booking_allot_others(cx, s, p->seat_unit_id, &p->held));
	TRY(read_overlap(cx, s, p));
	return db_maybe(cx, &same_year, ARGS(db_i64(s->id), db_i64(person_id)),
			&row, &p->same_year);
}

struct booking_case booking_case_of(struct ctx *cx,
				    const struct booking_lock *s,
				    const struct booking_subject *p)
{
	return (struct booking_case){
		.by = BY_STAFF,
		.state = p->state,
		.session = session_state_from(s->state),
		.needs_approval = s->approval[0] == 'h' && !p->is_head,
		.now = cx->now_ms,
		.starts_at = s->starts_at,
		.ends_at = s->ends_at,
		.apply_from = s->apply_from,
		.apply_until = session_apply_by(s->starts_at, s->apply_until),
		.cancel_until =
			session_cancel_by(s->starts_at, s->cancel_until),
		.seats = s->seats,
		.booked = s->booked,
		.held = p->held,
		.overlaps = p->overlaps,
		.same_year = p->same_year,
		.unit_booked = p->unit_booked,
		.unit_limit = p->unit_limit,
	};
}

static enum err save_booking(struct ctx *cx, const struct booking_lock *s,
			     struct booking_subject *p,
			     const struct booking_write *w)
{
	const struct db_arg state = db_text(booking_state_word(w->to)),
			    now = db_instant(cx, cx->now_ms),
			    wheels = db_i64(w->wheelchair ? *w->wheelchair
							  : DB_NULL);

	if (p->booking_id == DB_NULL)
		return db_insert(cx, &insert_booking,
				 ARGS(db_i64(s->id), db_i64(p->person_id),
				      db_text(w->way), state,
				      db_i64(p->queue_no), db_i64(p->unit_id),
				      db_i64(p->tier_id), wheels, now),
				 &p->booking_id);
	if (!w->at_the_end && !w->queue_no && !w->way)
		return db_exec(cx, &move_booking,
			       ARGS(state, now, db_i64(p->booking_id)), NULL);
	return db_exec(cx, &update_booking,
		       ARGS(db_text(w->way), state, db_i64(p->queue_no), wheels,
			    db_i64(p->unit_id), db_i64(p->tier_id), now,
			    db_i64(p->booking_id)),
		       NULL);
}

enum err booking_write(struct ctx *cx, struct booking_lock *s,
		       struct booking_subject *p, const struct booking_write *w)
{
	const enum booking_state from = p->state;

	if (w->at_the_end)
		p->queue_no = s->next_queue_no++;
	else if (w->queue_no)
		p->queue_no = w->queue_no;
	TRY(save_booking(cx, s, p, w));
	p->state = w->to;
	TRY(db_exec(cx, &insert_event,
		    ARGS(db_i64(p->booking_id), db_instant(cx, cx->now_ms),
			 db_i64(w->actor_id ? w->actor_id : DB_NULL),
			 db_text(booking_state_word(from)),
			 db_text(booking_state_word(w->to)),
			 db_text(w->reason ? w->reason : "")),
		    NULL));
	s->booked += (w->to == BOOKING_BOOKED) - (from == BOOKING_BOOKED);
	if (s->nallotments)
		TRY(booking_allot_read(cx, s));
	TRY(db_exec(cx, &update_session,
		    ARGS(db_i64(s->booked), db_i64(s->next_queue_no),
			 db_i64(booking_allot_held(s)), db_i64(s->id)),
		    NULL));
	return w->notice ? booking_notice(cx, s->id, p->person_id, w->notice)
			 : OK;
}

const struct db_query *const store_booking_sql_queries[] = {
	&lock_session, &lock_person,    &own_booking,
	&main_posting, &overlapping,    &same_year,
	&unit_away,    &insert_booking, &update_booking,
	&move_booking, &insert_event,   &update_session,
	NULL,
};
