/* Places in sessions: a second press is known for what it is. */
#include "session_fixture.h"

FIX(make_head_decide, "UPDATE session SET approval = 'head' WHERE id = ?");
FIX_NUMBER(events_in, "SELECT COUNT(*) FROM booking_event e JOIN booking b"
		      " ON b.id = e.booking_id WHERE b.session_id = ?");

static bool is_again(const struct booking_result *r)
{
	return r->refusal != BOOKING_FINE && r->again && booking_is_done(r);
}

static void booking_and_giving_back(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 2, 1), a = fix_someone(f);
	const struct booking_actor self = { a, BY_SELF, "" },
				   other = { fix_someone(f), BY_STAFF, "" };
	struct booking_result r;

	CHECK(fix_apply(f, s, a).refusal == BOOKING_FINE);
	r = fix_apply(f, s, a);
	CHECK_THAT(is_again(&r) && r.state == BOOKING_BOOKED,
		   "who books twice has booked");
	CHECK_OK(cx, store_booking_cancel(cx, s, a, &self, &r));
	CHECK_OK(cx, store_booking_cancel(cx, s, a, &self, &r));
	CHECK_THAT(is_again(&r) && r.state == BOOKING_CANCELLED,
		   "who gives it back twice has given it back");
	CHECK_OK(cx, store_booking_cancel(cx, s, a, &other, &r));
	CHECK_THAT(r.refusal == BOOKING_NOTHING && !r.again,
		   "somebody else has not");
	CHECK(fix_number(cx, &events_in, s) == 2);
	fix_check_invariants(cx, s);
}

static void deciding(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 2, 1), a = fix_someone(f),
		      head = fix_person_in(f, f->unit_id, true);
	const struct booking_actor said = { head, BY_HEAD, "業務に必要" },
				   other = { head, BY_HEAD, "別の理由" };
	struct booking_result r;
	int64_t id;

	CHECK_OK(cx, db_exec(cx, &make_head_decide, ARGS(db_i64(s)), NULL));
	id = fix_apply(f, s, a).booking_id;
	CHECK_OK(cx, store_booking_decide(cx, id, true, &said, &r));
	CHECK_OK(cx, store_booking_decide(cx, id, true, &said, &r));
	CHECK_THAT(is_again(&r) && r.state == BOOKING_BOOKED,
		   "who approves twice has approved");
	CHECK_OK(cx, store_booking_decide(cx, id, true, &other, &r));
	CHECK_THAT(!r.again, "but not in other words");
	CHECK_OK(cx, store_booking_decide(cx, id, false, &said, &r));
	CHECK_THAT(r.refusal == BOOKING_NOTHING && !r.again,
		   "nor is what was approved declined");
}

static void another_session_and_another_person(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t from = fix_session(f, 12, 2, 1),
		      to = fix_session(f, 13, 2, 1), a = fix_someone(f),
		      b = fix_someone(f);
	const struct booking_actor staff = { fix_someone(f), BY_STAFF, "" };
	struct booking_result r, again;

	fix_apply(f, from, a);
	CHECK_OK(cx, store_booking_change(cx, from, to, a, &r));
	CHECK_OK(cx, store_booking_change(cx, from, to, a, &again));
	CHECK_THAT(is_again(&again) && again.booking_id == r.booking_id &&
			   again.state == BOOKING_BOOKED,
		   "who changes twice has changed");
	CHECK_OK(cx, store_booking_substitute(cx, r.booking_id, b, &staff, &r));
	CHECK_OK(cx, store_booking_substitute(cx, again.booking_id, b, &staff,
					      &again));
	CHECK_THAT(is_again(&again) && again.booking_id == r.booking_id,
		   "a substitute who comes twice is there");
	CHECK_OK(cx, store_booking_substitute(cx, again.booking_id, b, &staff,
					      &again));
	CHECK(again.refusal == BOOKING_ALREADY && !again.again);
	CHECK_THAT(!fix_number(cx, &fix_seats_wrong, to) &&
			   !fix_number(cx, &fix_history_broken, to),
		   "seats and history are right afterwards");
}

int main(void)
{
	static struct fixture f;

	fix_open(&f, "tg");
	booking_and_giving_back(&f);
	deciding(&f);
	another_session_and_another_person(&f);
	test_db_close(&f.db);
	return check_done();
}
