/*
 * store_booking_bulk.c: changes of several places at once: substitution,
 * calling a session off, moving the waiting list up.
 */
#include "store/booking_sql.h"
#include "store/instant_sql.h"
#include "store/store_booking.h"

struct substitution {
	int64_t session_id, old_person, new_person;
	const struct booking_actor *actor;
	struct booking_result *out;
};

struct place_row {
	int64_t session_id, person_id;
};

struct due_row {
	int64_t id;
};

static const struct db_query place_of = {
	.name = "booking_place_of",
	.sql = "SELECT session_id, person_id FROM booking WHERE id = ?",
	.row_size = sizeof(struct place_row),
	.cols = { COL(struct place_row, session_id),
		  COL(struct place_row, person_id) },
	.ncols = 2,
};

struct live_row {
	int64_t id, person_id;
	const char *state, *way;
};

/* Who had a seat goes first, then the line, each in its own order. */
static const struct db_query live_places = {
	.name = "booking_live_places",
	.sql = "SELECT id, person_id, state, way FROM booking"
	       " WHERE session_id = ?"
	       " AND state IN ('booked', 'waiting', 'applied')"
	       " ORDER BY FIELD(state, 'booked', 'waiting', 'applied'),"
	       " queue_no",
	.row_size = sizeof(struct live_row),
	.cols = { COL(struct live_row, id), COL(struct live_row, person_id),
		  COL(struct live_row, state), COL(struct live_row, way) },
	.ncols = 4,
};

static const struct db_query end_events = {
	.name = "booking_end_events",
	.sql = "INSERT INTO booking_event (booking_id, at, actor_id,"
	       " from_state, to_state, reason)"
	       " SELECT id, ?, ?, state, 'cancelled', LEFT(?, 500)"
	       " FROM booking WHERE session_id = ?"
	       " AND state IN ('booked', 'waiting', 'applied')"
	       " ORDER BY queue_no",
};

static const struct db_query end_places = {
	.name = "booking_end_places",
	.sql = "UPDATE booking SET state = 'cancelled', changed_at = ?"
	       " WHERE session_id = ?"
	       " AND state IN ('booked', 'waiting', 'applied')",
};

static const struct db_query end_session = {
	.name = "booking_end_session",
	.sql = "UPDATE session SET state = 'cancelled', booked = 0,"
	       " held = 0, attendance_code = NULL WHERE id = ?",
};

/* Both have been changed so already, as by pressing twice. */
static enum err is_again(struct ctx *cx, const struct substitution *sub)
{
	const struct booking_press left = { BOOKING_CANCEL, sub->actor, NULL },
				   came = { BOOKING_TAKE_OVER, sub->actor,
					    NULL };

	TRY(booking_again(cx, sub->session_id, sub->old_person, &left,
			  &sub->out->again));
	if (!sub->out->again)
		return OK;
	return booking_again(cx, sub->session_id, sub->new_person, &came,
			     &sub->out->again);
}

/* The seat leaves one person and reaches the other before anybody moves up. */
static enum err hand_over(struct ctx *cx, const struct substitution *sub,
			  struct booking_lock *s, struct booking_subject *old,
			  struct booking_subject *new)
{
	const enum booking_state had = old->state;
	const int64_t place = old->queue_no;
	struct booking_case c;
	struct booking_verdict v;

	if (had != BOOKING_BOOKED && had != BOOKING_WAITING) {
		sub->out->refusal = BOOKING_NOTHING;
		return is_again(cx, sub);
	}
	c = booking_case_of(cx, s, new);
	c.act = BOOKING_TAKE_OVER;
	c.booked -= had == BOOKING_BOOKED;
	v = booking_decide(&c);
	sub->out->refusal = v.refusal;
	if (v.refusal == BOOKING_NO_SEAT && had == BOOKING_WAITING)
		sub->out->refusal = BOOKING_FINE;
	if (sub->out->refusal != BOOKING_FINE)
		return OK;
	TRY(booking_write(
		cx, s, old,
		&(struct booking_write){ .to = BOOKING_CANCELLED,
					 .actor_id = sub->actor->person_id,
					 .reason = sub->actor->reason,
					 .notice = "notice.substituted" }));
	return booking_write(cx, s, new,
			     &(struct booking_write){
				     .to = had,
				     .queue_no = place,
				     .way = "nominated",
				     .actor_id = sub->actor->person_id,
				     .reason = sub->actor->reason,
				     .notice = had == BOOKING_BOOKED
						       ? "notice.booked"
						       : "notice.waiting" });
}

static enum err run_substitution(struct ctx *cx, void *arg)
{
	const struct substitution *sub = arg;
	struct booking_lock s;
	struct booking_subject old, new;
	int64_t moved;

	*sub->out = (struct booking_result){ .booking_id = DB_NULL };
	TRY(booking_lock_session(cx, sub->session_id, &s));
	TRY(booking_allot_release(cx, &s, &moved));
	TRY(booking_lock_person(cx, &s, sub->old_person, &old));
	TRY(booking_lock_person(cx, &s, sub->new_person, &new));
	TRY(hand_over(cx, sub, &s, &old, &new));
	sub->out->state = new.state;
	sub->out->booking_id = new.booking_id;
	return booking_place(cx, s.id, &new, &sub->out->place);
}

enum err store_booking_substitute(struct ctx *cx, int64_t booking_id,
				  int64_t new_person_id,
				  const struct booking_actor *actor,
				  struct booking_result *out)
{
	struct substitution sub = { .new_person = new_person_id,
				    .actor = actor,
				    .out = out };
	struct place_row row;

	TRY(db_one(cx, &place_of, ARGS(db_i64(booking_id)), &row));
	if (row.person_id == new_person_id) {
		*out = (struct booking_result){ .refusal = BOOKING_ALREADY,
						.booking_id = booking_id };
		return OK;
	}
	sub.session_id = row.session_id;
	sub.old_person = row.person_id;
	return db_transact(cx, run_substitution, &sub);
}

struct calling_off {
	int64_t session_id, to_session;
	const struct booking_actor *actor;
	int64_t *people;
};

/* One person's place in the session they are moved to. */
static enum err carry_over(struct ctx *cx, const struct calling_off *off,
			   struct booking_lock *to, const struct live_row *was)
{
	const enum booking_state had = booking_state_from(was->state);
	struct booking_subject p;
	struct booking_case c;
	struct booking_verdict v;

	TRY(booking_lock_person(cx, to, was->person_id, &p));
	c = booking_case_of(cx, to, &p);
	c.act = BOOKING_NOMINATE;
	v = booking_decide(&c);
	if (v.refusal != BOOKING_FINE)
		return booking_notice(cx, off->session_id, was->person_id,
				      "notice.session_cancelled");
	return booking_write(cx, to, &p,
			     &(struct booking_write){
				     .to = had == BOOKING_APPLIED ? had : v.to,
				     .at_the_end = v.at_the_end,
				     .way = was->way,
				     .actor_id = off->actor->person_id,
				     .reason = off->actor->reason,
				     .notice = "notice.session_moved" });
}

static enum err end_all(struct ctx *cx, const struct calling_off *off)
{
	const struct db_arg now = db_instant(cx, cx->now_ms);

	if (!off->to_session)
		TRY(booking_notice_all(cx, off->session_id,
				       "notice.session_cancelled"));
	TRY(db_exec(cx, &end_events,
		    ARGS(now, db_i64(off->actor->person_id),
			 db_text(off->actor->reason), db_i64(off->session_id)),
		    NULL));
	TRY(db_exec(cx, &end_places, ARGS(now, db_i64(off->session_id)), NULL));
	return db_exec(cx, &end_session, ARGS(db_i64(off->session_id)), NULL);
}

/* Sessions are locked by id, whichever is left and whichever is reached. */
static enum err lock_both(struct ctx *cx, const struct calling_off *off,
			  struct booking_lock *from, struct booking_lock *to)
{
	int64_t moved;

	if (off->to_session && off->to_session < off->session_id)
		TRY(booking_lock_session(cx, off->to_session, to));
	TRY(booking_lock_session(cx, off->session_id, from));
	if (off->to_session > off->session_id)
		TRY(booking_lock_session(cx, off->to_session, to));
	return off->to_session ? booking_allot_release(cx, to, &moved) : OK;
}

static enum err run_calling_off(struct ctx *cx, void *arg)
{
	const struct calling_off *off = arg;
	const struct live_row *rows;
	struct booking_lock from, to;
	enum session_state state;
	size_t n;

	TRY(lock_both(cx, off, &from, &to));
	state = session_state_from(from.state);
	if (state == SESSION_HELD || state == SESSION_CANCELLED)
		return FAIL(cx, ERR_CONFLICT, "session is over or cancelled");
	TRY(db_all(cx, &live_places, ARGS(db_i64(off->session_id)), &rows, &n));
	TRY(end_all(cx, off));
	*off->people = (int64_t)n;
	for (size_t i = 0; off->to_session && i < n; i++)
		TRY(carry_over(cx, off, &to, &rows[i]));
	return OK;
}

enum err store_booking_cancel_all(struct ctx *cx, int64_t session_id,
				  int64_t to_session,
				  const struct booking_actor *actor,
				  int64_t *people)
{
	struct calling_off off = { session_id, to_session, actor, people };

	if (to_session == session_id)
		return FAIL(cx, ERR_BAD_REQUEST,
			    "a session cannot replace"
			    " itself");
	return db_transact(cx, run_calling_off, &off);
}

/*
 * Sessions whose kept seats are free for all by now. Asked each minute: a
 * range of the key.
 */
static const struct db_query due_releases = {
	.name = "booking_due_releases",
	.sql = "SELECT id FROM session WHERE allot_released_at IS NULL"
	       " AND allot_until <= ? ORDER BY id LIMIT 100",
	.row_size = sizeof(struct due_row),
	.cols = { COL(struct due_row, id) },
	.ncols = 1,
};

struct moving_up {
	int64_t session_id;
	int64_t *promoted;
};

static enum err run_moving_up(struct ctx *cx, void *arg)
{
	const struct moving_up *up = arg;
	struct booking_lock s;

	TRY(booking_lock_session(cx, up->session_id, &s));
	if (session_state_from(s.state) != SESSION_OPEN) {
		*up->promoted = 0;
		return OK;
	}
	return booking_move_up(cx, &s, up->promoted);
}

enum err store_booking_promote(struct ctx *cx, int64_t session_id,
			       int64_t *promoted)
{
	struct moving_up up = { session_id, promoted };

	return db_transact(cx, run_moving_up, &up);
}

static enum err run_release(struct ctx *cx, void *arg)
{
	const struct moving_up *up = arg;
	struct booking_lock s;

	TRY(booking_lock_session(cx, up->session_id, &s));
	return booking_allot_release(cx, &s, up->promoted);
}

enum err store_booking_release_due(struct ctx *cx, int64_t *released)
{
	const struct due_row *rows;
	int64_t promoted;
	size_t n;

	TRY(db_all(cx, &due_releases, ARGS(db_instant(cx, cx->now_ms)), &rows,
		   &n));
	for (size_t i = 0; i < n; i++) {
		struct moving_up up = { rows[i].id, &promoted };

		TRY(db_transact(cx, run_release, &up));
	}
	*released = (int64_t)n;
	return OK;
}

const struct db_query *const store_booking_bulk_queries[] = {
	&place_of,    &live_places,  &end_events, &end_places,
	&end_session, &due_releases, NULL,
};
