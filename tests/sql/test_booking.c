/* Places in sessions: the rules as the database keeps them. */
#include "session_fixture.h"

static const struct booking_actor *staff(struct ctx *cx, int64_t person)
{
	struct booking_actor *a = ARENA_NEW(&cx->arena, struct booking_actor);

	*a = (struct booking_actor){ person, BY_STAFF, "" };
	return a;
}

static struct booking_result cancel(struct fixture *f, int64_t session,
				    int64_t person)
{
	const struct booking_actor self = { person, BY_SELF, "" };
	struct booking_result r = { .state = BOOKING_NONE };

	CHECK_OK(&f->db.cx,
		 store_booking_cancel(&f->db.cx, session, person, &self, &r));
	return r;
}

FIX_NUMBER(notices_of, "SELECT COUNT(*) FROM outbox WHERE person_id = ?");
FIX_NUMBER(promoted_notices, "SELECT COUNT(*) FROM outbox WHERE person_id = ?"
			     " AND kind = 'notice.promoted'"
			     " AND JSON_VALUE(params, '$.title') = '研修'"
			     " AND link LIKE '/sessions/%'");
FIX_NUMBER(state_of, "SELECT state + 0 FROM booking WHERE id = ?");
FIX_NUMBER(queue_of, "SELECT queue_no FROM booking WHERE id = ?");
FIX_NUMBER(ruled_events, "SELECT COUNT(*) FROM booking_event"
			 " WHERE booking_id = ? AND actor_id IS NULL");
FIX(make_head_decide, "UPDATE session SET approval = 'head' WHERE id = ?");
FIX(mark_absent, "INSERT INTO attendance (booking_id, meeting_id, minutes,"
		 " way, marked_at) SELECT b.id, m.id, 0, 'tap', '2024-11-01'"
		 " FROM booking b JOIN meeting m ON m.session_id = b.session_id"
		 " WHERE b.id = ?");

static void seats_fill_and_the_line_moves_up(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 2, 2), a = fix_someone(f),
		      b = fix_someone(f), c = fix_someone(f),
		      d = fix_someone(f);
	struct booking_result r;

	CHECK(fix_apply(f, s, a).state == BOOKING_BOOKED);
	CHECK(fix_apply(f, s, b).state == BOOKING_BOOKED);
	r = fix_apply(f, s, c);
	CHECK_THAT(r.state == BOOKING_WAITING && r.place == 1,
		   "the third of two seats is first in line");
	r = fix_apply(f, s, d);
	CHECK(r.state == BOOKING_WAITING && r.place == 2);
	CHECK(fix_apply(f, s, a).refusal == BOOKING_ALREADY);
	CHECK(cancel(f, s, a).state == BOOKING_CANCELLED);
	CHECK_THAT(fix_apply(f, s, c).state == BOOKING_BOOKED,
		   "the first in line has the seat");
	CHECK_THAT(fix_number(cx, &promoted_notices, c) == 1,
		   "and is told once, with the course and a link");
	r = fix_apply(f, s, a);
	CHECK_THAT(r.state == BOOKING_WAITING && r.place == 2,
		   "who comes back stands at the end of the line");
	CHECK(cancel(f, s, a).refusal == BOOKING_FINE);
	CHECK_THAT(cancel(f, s, a).refusal == BOOKING_NOTHING,
		   "what is cancelled is not cancelled again");
	fix_check_invariants(cx, s);
}

static void heads_decide_and_the_place_is_kept(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 3, 1), a = fix_someone(f),
		      b = fix_someone(f), c = fix_someone(f),
		      head = fix_person_in(f, f->unit_id, true),
		      stranger = fix_person_in(f, f->other_unit_id, true);
	const struct booking_actor by_head = { head, BY_HEAD, "業務に必要" },
				   by_other = { stranger, BY_HEAD, "" },
				   self = { a, BY_HEAD, "" };
	struct booking_result ra, rb, rc, r;

	CHECK_OK(cx, db_exec(cx, &make_head_decide, ARGS(db_i64(s)), NULL));
	ra = fix_apply(f, s, a);
	rb = fix_apply(f, s, b);
	rc = fix_apply(f, s, c);
	CHECK_THAT(ra.state == BOOKING_APPLIED, "an application is no seat");
	CHECK_THAT(fix_number(cx, &notices_of, head) == 3,
		   "the head is told of each");
	CHECK_ERR(cx,
		  store_booking_decide(cx, ra.booking_id, true, &by_other, &r),
		  ERR_NOT_FOUND);
	CHECK_ERR(cx, store_booking_decide(cx, ra.booking_id, true, &self, &r),
		  ERR_NOT_FOUND);
	CHECK_OK(cx,
		 store_booking_decide(cx, rc.booking_id, true, &by_head, &r));
	CHECK_THAT(r.state == BOOKING_BOOKED, "approved into a free seat");
	CHECK_OK(cx,
		 store_booking_decide(cx, rb.booking_id, true, &by_head, &r));
	CHECK(r.state == BOOKING_WAITING && r.place == 1);
	CHECK_OK(cx,
		 store_booking_decide(cx, ra.booking_id, true, &by_head, &r));
	CHECK_THAT(r.state == BOOKING_WAITING && r.place == 1,
		   "approved later, but in the place of the application");
	CHECK_OK(cx,
		 store_booking_decide(cx, ra.booking_id, false, &by_head, &r));
	CHECK_THAT(r.refusal == BOOKING_NOTHING, "what was decided stays");
	CHECK_THAT(fix_apply(f, s, head).state != BOOKING_APPLIED,
		   "a head needs nobody's approval");
}

static void one_person_one_chair(struct fixture *f)
{
	const int64_t other = fix_new_course(f, "tb-other"),
		      s = fix_session(f, 12, 4, 1),
		      same_time = fix_session_of(f, other, 12, 4, 1),
		      again = fix_session(f, 12, 5, 1), a = fix_someone(f),
		      b = fix_someone(f), c = fix_someone(f);
	struct ctx *cx = &f->db.cx;
	struct booking_result r, line;

	r = fix_apply(f, s, a);
	CHECK(r.state == BOOKING_BOOKED);
	CHECK_THAT(fix_apply(f, same_time, a).refusal == BOOKING_OVERLAPS,
		   "nobody sits in two rooms at once");
	CHECK_THAT(fix_apply(f, again, a).refusal == BOOKING_SAME_YEAR,
		   "the same course once in a fiscal year");
	CHECK_OK(cx,
		 db_exec(cx, &mark_absent, ARGS(db_i64(r.booking_id)), NULL));
	CHECK_THAT(fix_apply(f, again, a).state == BOOKING_BOOKED,
		   "who was absent may come again");
	/* b and c wait for s; b gets the other seat at that time. */
	line = fix_apply(f, s, b);
	CHECK(fix_apply(f, s, c).place == 2);
	CHECK(fix_apply(f, same_time, b).state == BOOKING_BOOKED);
	CHECK(cancel(f, s, a).refusal == BOOKING_FINE);
	CHECK_THAT(fix_number(cx, &state_of, line.booking_id) == 2,
		   "who sits elsewhere stays in line");
	CHECK_THAT(fix_apply(f, s, c).state == BOOKING_BOOKED,
		   "and the next one gets the seat");
}

/* Three hours from so many minutes after 9:00 on that day. */
static int64_t session_from(struct fixture *f, int64_t course, int minutes)
{
	struct session_draft draft = fix_draft(course, 11, 28, 9);
	struct ctx *cx = &f->db.cx;
	int64_t id = 0;

	draft.meetings[0].starts_at += minutes * MINUTE_MS;
	draft.meetings[0].ends_at += minutes * MINUTE_MS;
	CHECK_OK(cx, store_session_add(cx, &draft, &id));
	CHECK_OK(cx, store_session_open(cx, id));
	return id;
}

static void one_after_the_other_is_no_overlap(struct fixture *f)
{
	const int64_t noon = session_from(f, f->course_id, 0),
		      before = session_from(f, fix_new_course(f, "tb-a"), -180),
		      after = session_from(f, fix_new_course(f, "tb-b"), 180),
		      late = session_from(f, fix_new_course(f, "tb-c"), 179),
		      early = session_from(f, fix_new_course(f, "tb-d"), -179),
		      a = fix_someone(f);

	CHECK(fix_apply(f, noon, a).state == BOOKING_BOOKED);
	CHECK_THAT(fix_apply(f, late, a).refusal == BOOKING_OVERLAPS &&
			   fix_apply(f, early, a).refusal == BOOKING_OVERLAPS,
		   "a minute at the end or the beginning overlaps");
	CHECK_THAT(fix_apply(f, before, a).state == BOOKING_BOOKED &&
			   fix_apply(f, after, a).state == BOOKING_BOOKED,
		   "what ends as the next begins does not");
}

static void deadlines_bind_people(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 9, 1), a = fix_someone(f),
		      b = fix_someone(f), now = cx->now_ms;
	struct booking_result r;

	CHECK(fix_apply(f, s, a).state == BOOKING_BOOKED);
	cx->now_ms = instant_from_japan(2024, 12, 6, 17, 0);
	CHECK_THAT(cancel(f, s, a).refusal == BOOKING_CANCEL_LATE,
		   "17:00 on the Friday before is too late for a Monday");
	CHECK_OK(cx, store_booking_cancel(cx, s, a, staff(cx, b), &r));
	CHECK_THAT(r.state == BOOKING_CANCELLED, "staff still can");
	cx->now_ms = instant_from_japan(2024, 12, 9, 9, 0);
	CHECK(fix_apply(f, s, b).refusal == BOOKING_TOO_LATE);
	CHECK_OK(cx, store_booking_enter(cx, s, b, BOOKING_NOMINATE,
					 staff(cx, a), &r));
	CHECK_THAT(r.state == BOOKING_BOOKED, "staff enter late-comers");
	cx->now_ms = now;
}

static void a_seat_changes_hands(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 10, 1), a = fix_someone(f),
		      b = fix_someone(f), c = fix_someone(f);
	struct booking_result old = fix_apply(f, s, a), r;
	const int64_t place = fix_number(cx, &queue_of, old.booking_id);

	CHECK(fix_apply(f, s, b).place == 1);
	CHECK_OK(cx, store_booking_substitute(cx, old.booking_id, c,
					      staff(cx, a), &r));
	CHECK_THAT(r.state == BOOKING_BOOKED,
		   "the seat goes to the new person");
	CHECK(fix_number(cx, &queue_of, r.booking_id) == place);
	CHECK_THAT(fix_apply(f, s, b).refusal == BOOKING_ALREADY,
		   "nobody in line jumps in between");
	CHECK_OK(cx, store_booking_substitute(cx, r.booking_id, c, staff(cx, a),
					      &r));
	CHECK(r.refusal == BOOKING_ALREADY);
	CHECK_THAT(!fix_number(cx, &fix_seats_wrong, s) &&
			   !fix_number(cx, &fix_history_broken, s),
		   "seats and history are right afterwards");
}

static void a_typhoon_moves_everybody_in_order(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t from = fix_session(f, 12, 11, 2),
		      to = fix_session(f, 12, 12, 2), boss = fix_someone(f);
	int64_t people[4], moved = 0;
	struct booking_result r;

	for (size_t i = 0; i < 4; i++) {
		people[i] = fix_someone(f);
		fix_apply(f, from, people[i]);
	}
	CHECK_OK(cx, store_booking_cancel_all(cx, from, to, staff(cx, boss),
					      &moved));
	CHECK(moved == 4);
	r = fix_apply(f, to, people[1]);
	CHECK(r.state == BOOKING_BOOKED);
	r = fix_apply(f, to, people[3]);
	CHECK_THAT(r.state == BOOKING_WAITING && r.place == 2,
		   "the line keeps its order");
	CHECK(fix_apply(f, from, boss).refusal == BOOKING_NOT_OPEN);
	CHECK_ERR(cx,
		  store_booking_cancel_all(cx, from, 0, staff(cx, boss),
					   &moved),
		  ERR_CONFLICT);
	fix_check_invariants(cx, from);
	fix_check_invariants(cx, to);
	CHECK_OK(cx,
		 store_booking_cancel_all(cx, to, 0, staff(cx, boss), &moved));
	CHECK_THAT(moved == 4 && fix_number(cx, &notices_of, people[0]) == 3,
		   "booked, moved, called off: three notices");
	fix_check_invariants(cx, to);
}

static void more_seats_move_the_line(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 16, 1), a = fix_someone(f),
		      b = fix_someone(f);
	const int64_t start = instant_from_japan(2024, 12, 16, 9, 0);
	struct session_draft d = { .seats = 2,
				   .approval = "none",
				   .apply_from = DB_NULL,
				   .apply_until = DB_NULL,
				   .cancel_until = DB_NULL,
				   .note = "",
				   .meetings = { { start, start + MINUTE_MS,
						   DB_NULL, "" } },
				   .nmeetings = 1 };
	struct booking_result rb;

	CHECK(fix_apply(f, s, a).state == BOOKING_BOOKED);
	rb = fix_apply(f, s, b);
	CHECK(rb.state == BOOKING_WAITING);
	CHECK_OK(cx, store_session_change(cx, s, &d));
	CHECK_THAT(fix_number(cx, &state_of, rb.booking_id) == 3,
		   "a second seat books who waited");
	CHECK_THAT(fix_number(cx, &ruled_events, rb.booking_id) == 1,
		   "the rules moved up, no person did");
	d.seats = 1;
	CHECK_ERR(cx, store_session_change(cx, s, &d), ERR_CONFLICT);
	fix_check_invariants(cx, s);
}

static void a_class_change_is_all_or_nothing(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 18, 1),
		      to = fix_session(f, 12, 19, 1),
		      other = fix_new_course(f, "tb-change"),
		      clash = fix_session_of(f, other, 12, 19, 5),
		      a = fix_someone(f), b = fix_someone(f);
	struct booking_result r;

	CHECK(fix_apply(f, s, a).state == BOOKING_BOOKED);
	CHECK(fix_apply(f, s, b).place == 1);
	CHECK_OK(cx, store_booking_change(cx, s, to, a, &r));
	CHECK_THAT(r.refusal == BOOKING_FINE && r.state == BOOKING_BOOKED,
		   "the same course and year do not stand in the way");
	CHECK_THAT(fix_apply(f, s, b).refusal == BOOKING_ALREADY,
		   "and the line of the old session moved up");
	CHECK(fix_apply(f, clash, b).state == BOOKING_BOOKED);
	CHECK_OK(cx, store_booking_change(cx, s, to, b, &r));
	CHECK(r.refusal == BOOKING_OVERLAPS);
	CHECK_THAT(cancel(f, s, b).refusal == BOOKING_FINE,
		   "refused, the old place is still there");
	CHECK_ERR(cx, store_booking_change(cx, s, clash, a, &r),
		  ERR_BAD_REQUEST);
	fix_check_invariants(cx, s);
	fix_check_invariants(cx, to);
}

FIX(set_limit, "UPDATE setting SET value = ?"
	       " WHERE name = 'booking.unit_per_day'");

/* Of one section at most two are away on a day, also by moving up. */
static void a_section_is_not_emptied(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t other = fix_new_course(f, "tb-day"),
		      s = fix_session(f, 12, 18, 2),
		      same_day = fix_session_of(f, other, 12, 18, 5),
		      a = fix_someone(f), b = fix_someone(f),
		      c = fix_someone(f), d = fix_someone(f),
		      far = fix_person_in(f, f->other_unit_id, false);

	CHECK_OK(cx, db_exec(cx, &set_limit, ARGS(db_text("2")), NULL));
	fix_apply(f, s, a);
	fix_apply(f, s, far);
	CHECK(fix_apply(f, s, b).state == BOOKING_WAITING);
	CHECK(fix_apply(f, same_day, c).state == BOOKING_BOOKED);
	CHECK_THAT(fix_apply(f, same_day, d).refusal == BOOKING_UNIT_FULL,
		   "a third of the section finds no seat that day");
	cancel(f, s, far);
	CHECK_THAT(fix_apply(f, s, b).refusal == BOOKING_ALREADY &&
			   fix_apply(f, s, b).state == BOOKING_WAITING,
		   "nor by the waiting list");
	cancel(f, s, a);
	CHECK_THAT(fix_apply(f, s, b).state == BOOKING_BOOKED,
		   "when a colleague stays, the place in line is worth a seat");
	CHECK_OK(cx, db_exec(cx, &set_limit, ARGS(db_text("0")), NULL));
}

static void lists_say_what_is(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 17, 1), a = fix_someone(f),
		      b = fix_someone(f),
		      head = fix_person_in(f, f->unit_id, true);
	const struct session_viewer viewer = { SESSION_PUBLISHED, b };
	struct session_facts facts;
	const struct booking_row *rows;
	const struct booking_event_row *events;
	const struct application_row *apps;
	size_t n;

	fix_apply(f, s, a);
	fix_apply(f, s, b);
	CHECK_OK(cx, store_session_find(cx, s, &viewer, &facts));
	CHECK(facts.row.booked == 1 && facts.row.waiting == 1 &&
	      facts.row.my_place == 1);
	CHECK_TEXT(facts.row.my_state, "waiting");
	CHECK_OK(cx, store_booking_list(cx, s, BOOKINGS_BOOKED, &rows, &n));
	CHECK(n == 1 && rows[0].person_id == a &&
	      rows[0].minutes_present == DB_NULL);
	CHECK_OK(cx, store_booking_list(cx, s, BOOKINGS_LINE, &rows, &n));
	CHECK(n == 1 && rows[0].person_id == b);
	CHECK_OK(cx, store_booking_events(cx, s, 0, &events, &n));
	CHECK(n == 2);
	CHECK_OK(cx, store_application_list(cx, head, APPLICATIONS_AWAY, &apps,
					    &n));
	CHECK_THAT(n > 0 && apps[0].away >= 0, "a head sees who is away when");
	CHECK_OK(cx,
		 store_application_list(cx, a, APPLICATIONS_AWAY, &apps, &n));
	CHECK_THAT(n == 0, "who heads no unit sees nobody");
}

int main(void)
{
	static struct fixture f;

	fix_open(&f, "tb");
	seats_fill_and_the_line_moves_up(&f);
	heads_decide_and_the_place_is_kept(&f);
	one_person_one_chair(&f);
	one_after_the_other_is_no_overlap(&f);
	deadlines_bind_people(&f);
	a_seat_changes_hands(&f);
	a_typhoon_moves_everybody_in_order(&f);
	more_seats_move_the_line(&f);
	a_class_change_is_all_or_nothing(&f);
	a_section_is_not_emptied(&f);
	lists_say_what_is(&f);
	test_db_close(&f.db);
	return check_done();
}
