#include "store/store_booking.h"

#include "base/date.h"
#include "store/booking_sql.h"
#include "store/instant_sql.h"

/* The statements of its own; the common steps are in booking_sql.c. */

struct number {
	int64_t n;
};

static const struct db_query session_of = {
	.name = "booking_session_of",
	.sql = "SELECT session_id FROM booking WHERE id = ?",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, n) },
	.ncols = 1,
};

struct person_of_row {
	int64_t person_id, is_theirs;
};

/* Nobody decides about their own application. */
static const struct db_query person_of = {
	.name = "booking_person_of",
	.sql = "SELECT b.person_id, EXISTS (SELECT 1 FROM posting h"
	       "  WHERE h.person_id = ? AND h.is_head"
	       "  AND h.unit_id = b.unit_id AND h.person_id <> b.person_id"
	       "  AND h.valid_from <= ?"
	       "  AND (h.valid_to IS NULL OR h.valid_to >= ?))"
	       " FROM booking b WHERE b.id = ?",
	.row_size = sizeof(struct person_of_row),
	.cols = { COL(struct person_of_row, person_id),
		  COL(struct person_of_row, is_theirs) },
	.ncols = 2,
};

static const struct db_query set_wheelchair = {
	.name = "booking_set_wheelchair",
	.sql = "UPDATE booking SET wheelchair = ?"
	       " WHERE session_id = ? AND person_id = ?"
	       " AND state IN ('applied', 'waiting', 'booked')",
};

/* One change of one person's place, through the transaction. */
struct change {
	int64_t session_id, person_id;
	int64_t booking_id; /* of the person, for decisions; else 0 */
	enum booking_act act;
	const struct booking_actor *actor;
	const bool *wheelchair;
	struct booking_result *out;
};

static const char *way_of(enum booking_act act)
{
	switch (act) {
	case BOOKING_APPLY:
		return "applied";
	case BOOKING_NOMINATE:
		return "nominated";
	case BOOKING_RECOMMEND:
		return "recommended";
	case BOOKING_APPROVE:
	case BOOKING_DECLINE:
	case BOOKING_CANCEL:
	case BOOKING_PROMOTE:
	case BOOKING_TAKE_OVER:
		break;
	}
	return NULL;
}

/* People are told what others did and where they stand in the line. */
static const char *notice_of(enum booking_state to)
{
	switch (to) {
	case BOOKING_BOOKED:
		return "notice.booked";
	case BOOKING_WAITING:
		return "notice.waiting";
	case BOOKING_APPLIED:
		return "notice.applied";
	case BOOKING_DECLINED:
		return "notice.declined";
	case BOOKING_CANCELLED:
		return "notice.cancelled";
	case BOOKING_NONE:
		break;
	}
	return NULL;
}

static enum err carry_out(struct ctx *cx, const struct change *ch,
			  struct booking_lock *s, struct booking_subject *p,
			  const struct booking_verdict *v)
{
	int64_t moved;

	TRY(booking_write(
		cx, s, p,
		&(struct booking_write){ .to = v->to,
					 .at_the_end = v->at_the_end,
					 .way = way_of(ch->act),
					 .wheelchair = ch->wheelchair,
					 .actor_id = ch->actor->person_id,
					 .reason = ch->actor->reason,
					 .notice = notice_of(v->to) }));
	if (v->to == BOOKING_APPLIED && p->unit_id != DB_NULL)
		TRY(booking_notice_heads(cx, s->id, p->unit_id,
					 "notice.to_decide", "/applications"));
	return v->frees_seat ? booking_move_up(cx, s, &moved) : OK;
}

static enum err run_change(struct ctx *cx, void *arg)
{
	const struct change *ch = arg;
	struct booking_lock s;
	struct booking_subject p;
	struct booking_verdict v;
	struct booking_case c;
	int64_t moved;

	TRY(booking_lock_session(cx, ch->session_id, &s));
	TRY(booking_allot_release(cx, &s, &moved));
	TRY(booking_lock_person(cx, &s, ch->person_id, &p));
	c = booking_case_of(cx, &s, &p);
	c.act = ch->act;
	c.by = ch->actor->by;
	v = booking_decide(&c);
	*ch->out = (struct booking_result){ .refusal = v.refusal };
	if (v.refusal == BOOKING_FINE)
		TRY(carry_out(cx, ch, &s, &p, &v));
	else if (v.refusal == BOOKING_ALREADY || v.refusal == BOOKING_NOTHING)
		TRY(booking_again(cx, s.id, p.person_id,
				  &(struct booking_press){ ch->act, ch->actor,
							   ch->wheelchair },
				  &ch->out->again));
	ch->out->state = p.state;
	ch->out->booking_id = p.booking_id;
	return booking_place(cx, s.id, &p, &ch->out->place);
}

enum err store_booking_apply(struct ctx *cx, int64_t session_id,
			     int64_t person_id, bool wheelchair,
			     struct booking_result *out)
{
	const struct booking_actor self = { person_id, BY_SELF, "" };
	struct change ch = { .session_id = session_id,
			     .person_id = person_id,
			     .act = BOOKING_APPLY,
			     .actor = &self,
			     .wheelchair = &wheelchair,
			     .out = out };

	return db_transact(cx, run_change, &ch);
}

enum err store_booking_cancel(struct ctx *cx, int64_t session_id,
			      int64_t person_id,
			      const struct booking_actor *actor,
			      struct booking_result *out)
{
	struct change ch = { .session_id = session_id,
			     .person_id = person_id,
			     .act = BOOKING_CANCEL,
			     .actor = actor,
			     .out = out };

	return db_transact(cx, run_change, &ch);
}

enum err store_booking_enter(struct ctx *cx, int64_t session_id,
			     int64_t person_id, enum booking_act act,
			     const struct booking_actor *actor,
			     struct booking_result *out)
{
	struct change ch = { .session_id = session_id,
			     .person_id = person_id,
			     .act = act,
			     .actor = actor,
			     .out = out };

	return db_transact(cx, run_change, &ch);
}

enum err store_booking_decide(struct ctx *cx, int64_t booking_id, bool approve,
			      const struct booking_actor *actor,
			      struct booking_result *out)
{
	const char *day = date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
	struct change ch = { .act = approve ? BOOKING_APPROVE : BOOKING_DECLINE,
			     .actor = actor,
			     .out = out };
	struct person_of_row who;
	struct number session;

	TRY(db_one(cx, &session_of, ARGS(db_i64(booking_id)), &session));
	TRY(db_one(cx, &person_of,
		   ARGS(db_i64(actor->person_id), db_text(day), db_text(day),
			db_i64(booking_id)),
		   &who));
	if (!who.is_theirs && actor->by != BY_STAFF)
		return FAIL(cx, ERR_NOT_FOUND, "booking of another unit");
	ch.session_id = session.n;
	ch.person_id = who.person_id;
	return db_transact(cx, run_change, &ch);
}

enum err store_booking_wheelchair(struct ctx *cx, int64_t session_id,
				  int64_t person_id, bool wheelchair)
{
	int64_t changed;

	TRY(db_exec(cx, &set_wheelchair,
		    ARGS(db_i64(wheelchair), db_i64(session_id),
			 db_i64(person_id)),
		    &changed));
	return changed ? OK
		       : FAIL(cx, ERR_NOT_FOUND, "no place in this session");
}

const struct db_query *const store_booking_queries[] = {
	&session_of,
	&person_of,
	&set_wheelchair,
	NULL,
};
