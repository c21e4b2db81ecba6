/*
 * store_booking_change.c: class change, a place in one session for a place in
 * another of the same course, all or nothing.
 */
#include "store/booking_sql.h"
#include "store/store_booking.h"

struct both {
	int64_t n;
};

static const struct db_query same_course = {
	.name = "booking_same_course",
	.sql = "SELECT COUNT(*) FROM session a JOIN session b"
	       " ON b.course_id = a.course_id WHERE a.id = ? AND b.id = ?",
	.row_size = sizeof(struct both),
	.cols = { COL(struct both, n) },
	.ncols = 1,
};

struct place_row {
	int64_t id;
	const char *state;
};

static const struct db_query place_in = {
	.name = "booking_place_in",
	.sql = "SELECT id, state FROM booking"
	       " WHERE session_id = ? AND person_id = ?",
	.row_size = sizeof(struct place_row),
	.cols = { COL(struct place_row, id), COL(struct place_row, state) },
	.ncols = 2,
};

struct change {
	int64_t from, to, person_id;
	bool was_refused;
	struct booking_result *out;
};

/* ERR_CONFLICT undoes the transaction; the caller knows it by was_refused. */
static enum err refuse(struct ctx *cx, struct change *ch,
		       enum booking_refusal why)
{
	ch->was_refused = true;
	*ch->out = (struct booking_result){ .refusal = why,
					    .booking_id = DB_NULL };
	return FAIL(cx, ERR_CONFLICT, "class change: %s",
		    booking_refusal_word(why));
}

static enum err give_up(struct ctx *cx, struct change *ch,
			struct booking_lock *from)
{
	struct booking_subject p;
	struct booking_case c;
	struct booking_verdict v;
	int64_t moved;

	TRY(booking_lock_person(cx, from, ch->person_id, &p));
	c = booking_case_of(cx, from, &p);
	c.act = BOOKING_CANCEL;
	c.by = BY_SELF;
	v = booking_decide(&c);
	if (v.refusal != BOOKING_FINE)
		return refuse(cx, ch, v.refusal);
	TRY(booking_write(cx, from, &p,
			  &(struct booking_write){ .to = v.to,
						   .actor_id = ch->person_id,
						   .reason = "" }));
	return v.frees_seat ? booking_move_up(cx, from, &moved) : OK;
}

static enum err take(struct ctx *cx, struct change *ch, struct booking_lock *to)
{
	struct booking_subject p;
	struct booking_case c;
	struct booking_verdict v;

	TRY(booking_lock_person(cx, to, ch->person_id, &p));
	c = booking_case_of(cx, to, &p);
	c.act = BOOKING_APPLY;
	c.by = BY_SELF;
	v = booking_decide(&c);
	if (v.refusal != BOOKING_FINE)
		return refuse(cx, ch, v.refusal);
	TRY(booking_write(cx, to, &p,
			  &(struct booking_write){ .to = v.to,
						   .at_the_end = v.at_the_end,
						   .way = "applied",
						   .actor_id = ch->person_id,
						   .reason = "",
						   .notice =
							   "notice.changed" }));
	if (v.to == BOOKING_APPLIED && p.unit_id != DB_NULL)
		TRY(booking_notice_heads(cx, to->id, p.unit_id,
					 "notice.to_decide", "/applications"));
	*ch->out = (struct booking_result){ .state = p.state,
					    .booking_id = p.booking_id };
	return booking_place(cx, to->id, &p, &ch->out->place);
}

static enum err run_change(struct ctx *cx, void *arg)
{
	struct change *ch = arg;
	const bool up = ch->from < ch->to;
	struct booking_lock first, second;
	int64_t moved;

	/* Sessions are locked by id, as everywhere. */
	TRY(booking_lock_session(cx, up ? ch->from : ch->to, &first));
	TRY(booking_lock_session(cx, up ? ch->to : ch->from, &second));
	TRY(booking_allot_release(cx, &first, &moved));
	TRY(booking_allot_release(cx, &second, &moved));
	TRY(give_up(cx, ch, up ? &first : &second));
	return take(cx, ch, up ? &second : &first);
}

/* Gave up the one and took the other already, as by pressing twice. */
static enum err is_again(struct ctx *cx, const struct change *ch)
{
	const struct booking_actor self = { ch->person_id, BY_SELF, "" };
	const struct booking_press left = { BOOKING_CANCEL, &self, NULL },
				   came = { BOOKING_APPLY, &self, NULL };
	struct place_row place;
	bool found;

	TRY(booking_again(cx, ch->from, ch->person_id, &left, &ch->out->again));
	if (!ch->out->again)
		return OK;
	TRY(booking_again(cx, ch->to, ch->person_id, &came, &ch->out->again));
	TRY(db_maybe(cx, &place_in, ARGS(db_i64(ch->to), db_i64(ch->person_id)),
		     &place, &found));
	if (found) {
		ch->out->booking_id = place.id;
		ch->out->state = booking_state_from(place.state);
	}
	return OK;
}

enum err store_booking_change(struct ctx *cx, int64_t from_session,
			      int64_t to_session, int64_t person_id,
			      struct booking_result *out)
{
	struct change ch = { .from = from_session,
			     .to = to_session,
			     .person_id = person_id,
			     .out = out };
	struct both same;
	enum err e;

	TRY(db_one(cx, &same_course,
		   ARGS(db_i64(from_session), db_i64(to_session)), &same));
	if (!same.n || from_session == to_session)
		return FAIL(cx, ERR_BAD_REQUEST, "no session of this course");
	e = db_transact(cx, run_change, &ch);
	if (e == ERR_CONFLICT && ch.was_refused) {
		ctx_forgive(cx);
		return is_again(cx, &ch);
	}
	return e;
}

const struct db_query *const store_booking_change_queries[] = {
	&same_course,
	&place_in,
	NULL,
};
