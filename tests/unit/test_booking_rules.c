#include "check.h"
#include "store/booking_rules.h"
#include "store/store_session.h"

#include "base/clock.h"

#define DAY (24 * 3600 * 1000LL)

/* A usual case: open session of 60 seats in ten days, 10 booked. */
static struct booking_case usual(enum booking_act act, enum booking_state state)
{
	return (struct booking_case){
		.act = act,
		.by = act == BOOKING_APPLY ? BY_SELF : BY_STAFF,
		.state = state,
		.session = SESSION_OPEN,
		.now = 100 * DAY,
		.starts_at = 110 * DAY,
		.ends_at = 110 * DAY + DAY / 8,
		.apply_from = INT64_MIN,
		.apply_until = 110 * DAY,
		.cancel_until = 109 * DAY,
		.seats = 60,
		.booked = 10,
	};
}

struct line {
	const char *says;
	enum booking_act act;
	enum booking_state state;
	int64_t booked;
	bool needs_approval;
	enum booking_refusal refusal;
	enum booking_state to;
	bool at_the_end, frees_seat;
};

static const struct line table[] = {
	{ "a free seat is booked at once", BOOKING_APPLY, BOOKING_NONE, 59,
	  false, BOOKING_FINE, BOOKING_BOOKED, true, false },
	{ "a full session puts people in line", BOOKING_APPLY, BOOKING_NONE, 60,
	  false, BOOKING_FINE, BOOKING_WAITING, true, false },
	{ "where the head decides, an application waits for that",
	  BOOKING_APPLY, BOOKING_NONE, 10, true, BOOKING_FINE, BOOKING_APPLIED,
	  true, false },
	{ "who cancelled and comes back goes to the end of the line",
	  BOOKING_APPLY, BOOKING_CANCELLED, 60, false, BOOKING_FINE,
	  BOOKING_WAITING, true, false },
	{ "nobody applies twice while booked", BOOKING_APPLY, BOOKING_BOOKED,
	  10, false, BOOKING_ALREADY, BOOKING_BOOKED, false, false },
	{ "nobody applies twice while waiting", BOOKING_APPLY, BOOKING_WAITING,
	  10, false, BOOKING_ALREADY, BOOKING_WAITING, false, false },
	{ "nobody applies twice while the head decides", BOOKING_APPLY,
	  BOOKING_APPLIED, 10, true, BOOKING_ALREADY, BOOKING_APPLIED, false,
	  false },
	{ "who was declined does not apply again", BOOKING_APPLY,
	  BOOKING_DECLINED, 10, true, BOOKING_WAS_DECLINED, BOOKING_DECLINED,
	  false, false },
	{ "a nomination needs no approval", BOOKING_NOMINATE, BOOKING_NONE, 10,
	  true, BOOKING_FINE, BOOKING_BOOKED, true, false },
	{ "a nomination into a full session waits in line", BOOKING_NOMINATE,
	  BOOKING_NONE, 60, true, BOOKING_FINE, BOOKING_WAITING, true, false },
	{ "a nomination settles an open application in its old place",
	  BOOKING_NOMINATE, BOOKING_APPLIED, 10, true, BOOKING_FINE,
	  BOOKING_BOOKED, false, false },
	{ "a recommendation brings back who was declined", BOOKING_RECOMMEND,
	  BOOKING_DECLINED, 10, true, BOOKING_FINE, BOOKING_BOOKED, true,
	  false },
	{ "nobody is nominated twice", BOOKING_NOMINATE, BOOKING_BOOKED, 10,
	  false, BOOKING_ALREADY, BOOKING_BOOKED, false, false },
	{ "approved with a free seat is booked", BOOKING_APPROVE,
	  BOOKING_APPLIED, 59, true, BOOKING_FINE, BOOKING_BOOKED, false,
	  false },
	{ "approved without a seat waits in the place of the application",
	  BOOKING_APPROVE, BOOKING_APPLIED, 60, true, BOOKING_FINE,
	  BOOKING_WAITING, false, false },
	{ "only an application is approved", BOOKING_APPROVE, BOOKING_WAITING,
	  10, true, BOOKING_NOTHING, BOOKING_WAITING, false, false },
	{ "a cancelled application is not approved", BOOKING_APPROVE,
	  BOOKING_CANCELLED, 10, true, BOOKING_NOTHING, BOOKING_CANCELLED,
	  false, false },
	{ "an application is declined", BOOKING_DECLINE, BOOKING_APPLIED, 10,
	  true, BOOKING_FINE, BOOKING_DECLINED, false, false },
	{ "a seat is not declined", BOOKING_DECLINE, BOOKING_BOOKED, 10, true,
	  BOOKING_NOTHING, BOOKING_BOOKED, false, false },
	{ "giving a seat back frees it", BOOKING_CANCEL, BOOKING_BOOKED, 60,
	  false, BOOKING_FINE, BOOKING_CANCELLED, false, true },
	{ "leaving the line frees no seat", BOOKING_CANCEL, BOOKING_WAITING, 60,
	  false, BOOKING_FINE, BOOKING_CANCELLED, false, false },
	{ "withdrawing an application frees no seat", BOOKING_CANCEL,
	  BOOKING_APPLIED, 60, true, BOOKING_FINE, BOOKING_CANCELLED, false,
	  false },
	{ "what is cancelled is not cancelled again", BOOKING_CANCEL,
	  BOOKING_CANCELLED, 60, false, BOOKING_NOTHING, BOOKING_CANCELLED,
	  false, false },
	{ "a free seat moves the line up", BOOKING_PROMOTE, BOOKING_WAITING, 59,
	  false, BOOKING_FINE, BOOKING_BOOKED, false, false },
	{ "60 seats are never 61", BOOKING_PROMOTE, BOOKING_WAITING, 60, false,
	  BOOKING_NO_SEAT, BOOKING_WAITING, false, false },
	{ "an undecided application is not moved up", BOOKING_PROMOTE,
	  BOOKING_APPLIED, 10, true, BOOKING_NOTHING, BOOKING_APPLIED, false,
	  false },
	{ "a seat that was given up goes to its new person", BOOKING_TAKE_OVER,
	  BOOKING_NONE, 59, false, BOOKING_FINE, BOOKING_BOOKED, false, false },
	{ "who has a seat takes over no other", BOOKING_TAKE_OVER,
	  BOOKING_BOOKED, 59, false, BOOKING_ALREADY, BOOKING_BOOKED, false,
	  false },
};

static void the_table_holds(void)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		const struct line *l = &table[i];
		struct booking_case c = usual(l->act, l->state);
		struct booking_verdict v;

		c.booked = l->booked;
		c.needs_approval = l->needs_approval;
		v = booking_decide(&c);
		CHECK_THAT(v.refusal == l->refusal && v.to == l->to &&
				   v.at_the_end == l->at_the_end &&
				   v.frees_seat == l->frees_seat,
			   l->says);
	}
}

static enum booking_refusal refusal_of(const struct booking_case *c)
{
	return booking_decide(c).refusal;
}

static void sessions_that_take_nobody(void)
{
	struct booking_case c = usual(BOOKING_APPLY, BOOKING_NONE);

	c.session = SESSION_DRAFT;
	CHECK(refusal_of(&c) == BOOKING_NOT_OPEN);
	c.session = SESSION_CANCELLED;
	CHECK(refusal_of(&c) == BOOKING_NOT_OPEN);
	c.session = SESSION_HELD;
	CHECK(refusal_of(&c) == BOOKING_NOT_OPEN);
	c = usual(BOOKING_PROMOTE, BOOKING_WAITING);
	c.now = c.starts_at;
	CHECK_THAT(refusal_of(&c) == BOOKING_NOT_OPEN,
		   "nobody moves up once it has started");
	c = usual(BOOKING_CANCEL, BOOKING_BOOKED);
	c.now = c.ends_at;
	CHECK_THAT(refusal_of(&c) == BOOKING_NOT_OPEN,
		   "what is over is not cancelled, not even by staff");
}

static void windows_bind_people_but_not_staff(void)
{
	struct booking_case c = usual(BOOKING_APPLY, BOOKING_NONE);

	c.apply_from = c.now + 1;
	CHECK(refusal_of(&c) == BOOKING_TOO_EARLY);
	c.apply_from = c.now;
	CHECK(refusal_of(&c) == BOOKING_FINE);
	c.apply_until = c.now;
	CHECK(refusal_of(&c) == BOOKING_TOO_LATE);
	c.act = BOOKING_NOMINATE;
	CHECK_THAT(refusal_of(&c) == BOOKING_FINE,
		   "staff enter people after the deadline");
	c.now = c.starts_at + 1;
	CHECK_THAT(refusal_of(&c) == BOOKING_FINE,
		   "staff enter who comes in through the door");
}

static void seats_have_a_deadline_and_the_line_has_none(void)
{
	struct booking_case c = usual(BOOKING_CANCEL, BOOKING_BOOKED);

	c.by = BY_SELF;
	c.now = c.cancel_until - 1;
	CHECK(refusal_of(&c) == BOOKING_FINE);
	c.now = c.cancel_until;
	CHECK(refusal_of(&c) == BOOKING_CANCEL_LATE);
	c.by = BY_STAFF;
	CHECK(refusal_of(&c) == BOOKING_FINE);
	c.by = BY_SELF;
	c.state = BOOKING_WAITING;
	CHECK(refusal_of(&c) == BOOKING_FINE);
}

static void one_place_at_a_time(void)
{
	struct booking_case c = usual(BOOKING_APPLY, BOOKING_NONE);

	c.overlaps = true;
	CHECK(refusal_of(&c) == BOOKING_OVERLAPS);
	c.act = BOOKING_NOMINATE;
	CHECK(refusal_of(&c) == BOOKING_OVERLAPS);
	c = usual(BOOKING_PROMOTE, BOOKING_WAITING);
	c.overlaps = true;
	CHECK_THAT(refusal_of(&c) == BOOKING_OVERLAPS,
		   "who sits elsewhere at that time is passed in line");
	c = usual(BOOKING_APPROVE, BOOKING_APPLIED);
	c.overlaps = true;
	CHECK_THAT(booking_decide(&c).to == BOOKING_WAITING,
		   "approved, but elsewhere at that time: in line");
	c = usual(BOOKING_APPLY, BOOKING_NONE);
	c.same_year = true;
	CHECK(refusal_of(&c) == BOOKING_SAME_YEAR);
	c.act = BOOKING_NOMINATE;
	CHECK_THAT(refusal_of(&c) == BOOKING_FINE,
		   "staff may enter somebody a second time in a year");
}

static void kept_seats_are_not_for_others(void)
{
	struct booking_case c = usual(BOOKING_APPLY, BOOKING_NONE);

	c.booked = 50;
	c.held = 9;
	CHECK(booking_decide(&c).to == BOOKING_BOOKED);
	c.held = 10;
	CHECK(booking_decide(&c).to == BOOKING_WAITING);
	c.act = BOOKING_NOMINATE;
	CHECK_THAT(booking_decide(&c).to == BOOKING_WAITING,
		   "who is nominated waits for a seat as well");
	c = usual(BOOKING_PROMOTE, BOOKING_WAITING);
	c.booked = 50;
	c.held = 10;
	CHECK(refusal_of(&c) == BOOKING_NO_SEAT);
	c = usual(BOOKING_TAKE_OVER, BOOKING_NONE);
	c.booked = 59;
	c.held = 1;
	CHECK_THAT(booking_decide(&c).to == BOOKING_BOOKED,
		   "the seat of a substitution is that seat");
}

static void a_section_is_not_emptied(void)
{
	struct booking_case c = usual(BOOKING_APPLY, BOOKING_NONE);

	c.unit_booked = 3;
	CHECK_THAT(refusal_of(&c) == BOOKING_FINE, "0 means no limit");
	c.unit_limit = 4;
	CHECK(refusal_of(&c) == BOOKING_FINE);
	c.unit_limit = 3;
	CHECK(refusal_of(&c) == BOOKING_UNIT_FULL);
	c.act = BOOKING_PROMOTE;
	c.state = BOOKING_WAITING;
	CHECK_THAT(refusal_of(&c) == BOOKING_UNIT_FULL,
		   "nobody moves up into a seat that empties the section");
	c.act = BOOKING_NOMINATE;
	c.state = BOOKING_NONE;
	CHECK_THAT(refusal_of(&c) == BOOKING_FINE, "staff know what they do");
}

static void words_and_back(void)
{
	for (int s = BOOKING_APPLIED; s <= BOOKING_CANCELLED; s++)
		CHECK(booking_state_from(booking_state_word(
			      (enum booking_state)s)) == (enum booking_state)s);
	CHECK(booking_state_from(NULL) == BOOKING_NONE);
	CHECK(booking_state_from("no such word") == BOOKING_NONE);
	CHECK_TEXT(booking_refusal_word(BOOKING_FINE), "fine");
	CHECK_TEXT(booking_refusal_word(BOOKING_NO_SEAT), "no_seat");
	CHECK(session_state_from("held") == SESSION_HELD);
	CHECK(session_state_from("draft") == SESSION_DRAFT);
}

/* Seats go back until 17:00 on the last open day before. */
static void deadlines_follow_the_offices_calendar(void)
{
	const int64_t friday = instant_from_japan(2024, 12, 20, 9, 0),
		      monday = instant_from_japan(2025, 2, 10, 9, 0),
		      after_new_year = instant_from_japan(2025, 1, 6, 9, 0),
		      after_holiday = instant_from_japan(2025, 2, 12, 8, 0),
		      earlier = instant_from_japan(2024, 12, 10, 12, 0);

	CHECK_THAT(session_cancel_by(friday, DB_NULL) ==
			   instant_from_japan(2024, 12, 19, 17, 0),
		   "the day before");
	CHECK_THAT(session_cancel_by(monday, DB_NULL) ==
			   instant_from_japan(2025, 2, 7, 17, 0),
		   "Friday before a Monday");
	CHECK_THAT(session_cancel_by(after_new_year, DB_NULL) ==
			   instant_from_japan(2024, 12, 27, 17, 0),
		   "27 December before the first Monday of the year");
	CHECK_THAT(session_cancel_by(after_holiday, DB_NULL) ==
			   instant_from_japan(2025, 2, 10, 17, 0),
		   "a holiday on 11 February does not count");
	CHECK_THAT(session_cancel_by(friday, earlier) == earlier,
		   "what the session says goes before the rule");
	CHECK_THAT(session_apply_by(friday, DB_NULL) == friday,
		   "people may apply until it starts");
	CHECK_THAT(session_apply_by(friday, earlier) == earlier,
		   "or until the session's own deadline");
	CHECK_THAT(session_apply_by(earlier, friday) == earlier,
		   "but never after the start");
}

int main(void)
{
	the_table_holds();
	sessions_that_take_nobody();
	windows_bind_people_but_not_staff();
	seats_have_a_deadline_and_the_line_has_none();
	one_place_at_a_time();
	kept_seats_are_not_for_others();
	a_section_is_not_emptied();
	words_and_back();
	deadlines_follow_the_offices_calendar();
	return check_done();
}
