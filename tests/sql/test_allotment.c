/* Seats kept for units (所属枠) until a moment, then free for all. */
#include "base/text.h"
#include "session_fixture.h"

FIX(fix_below, "INSERT INTO unit (code, kind, name, parent_id, valid_from)"
	       " VALUES (?, 'section', '下の課', ?, '2020-04-01')");
FIX_NUMBER(held_in, "SELECT held FROM session WHERE id = ?");

static int64_t until(void)
{
	return instant_from_japan(2024, 11, 20, 17, 0);
}

/* A session of which so many seats are kept for the other unit. */
static int64_t session_with(struct fixture *f, int day, int64_t seats,
			    int64_t kept)
{
	struct session_draft d = fix_draft(f->course_id, 12, day, seats);
	struct ctx *cx = &f->db.cx;
	int64_t id = 0;

	d.allotments[0] = (struct allotment_draft){ f->other_unit_id, kept };
	d.nallotments = 1;
	d.allot_until = until();
	CHECK_OK(cx, store_session_add(cx, &d, &id));
	CHECK_OK(cx, store_session_open(cx, id));
	return id;
}

static int64_t unit_below(struct fixture *f, const char *code, int64_t above)
{
	struct ctx *cx = &f->db.cx;
	int64_t id = 0;

	CHECK_OK(cx, db_insert(cx, &fix_below,
			       ARGS(db_text(code), db_i64(above)), &id));
	return id;
}

/* What somebody who looks is told is kept from them. */
static int64_t held_for(struct fixture *f, int64_t session, int64_t person)
{
	const struct session_viewer viewer = { SESSION_PUBLISHED, person };
	struct session_facts facts = { .wheelchair = 0 };

	CHECK_OK(&f->db.cx,
		 store_session_find(&f->db.cx, session, &viewer, &facts));
	return facts.row.held;
}

static void kept_seats_go_to_the_unit_and_those_below(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = session_with(f, 2, 3, 2),
		      below = unit_below(f, "al-below", f->other_unit_id),
		      a = fix_someone(f), b = fix_someone(f),
		      own = fix_person_in(f, f->other_unit_id, false),
		      child = fix_person_in(f, below, false),
		      third = fix_person_in(f, below, false);

	CHECK_THAT(held_for(f, s, a) == 2 && held_for(f, s, child) == 0,
		   "seats are kept from others, not from the own people");
	CHECK(fix_apply(f, s, a).state == BOOKING_BOOKED);
	CHECK_THAT(fix_apply(f, s, b).state == BOOKING_WAITING,
		   "with kept seats only, others wait");
	CHECK_THAT(fix_apply(f, s, child).state == BOOKING_BOOKED,
		   "a section below the unit uses its seats");
	CHECK(fix_number(cx, &held_in, s) == 1);
	CHECK(fix_apply(f, s, own).state == BOOKING_BOOKED);
	CHECK(fix_number(cx, &held_in, s) == 0);
	CHECK_THAT(fix_apply(f, s, third).state == BOOKING_WAITING,
		   "more of the unit wait like everybody");
	CHECK(!fix_number(cx, &fix_seats_wrong, s));
}

static void what_the_unit_gives_back_stays_with_it(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = session_with(f, 3, 2, 1), a = fix_someone(f),
		      b = fix_someone(f),
		      own = fix_person_in(f, f->other_unit_id, false),
		      next = fix_person_in(f, f->other_unit_id, false);
	const struct booking_actor self = { own, BY_SELF, "" };
	struct booking_result r;

	fix_apply(f, s, a);
	fix_apply(f, s, own);
	CHECK(fix_apply(f, s, b).state == BOOKING_WAITING);
	CHECK(fix_apply(f, s, next).place == 2);
	CHECK_OK(cx, store_booking_cancel(cx, s, own, &self, &r));
	CHECK_THAT(fix_apply(f, s, next).state == BOOKING_BOOKED,
		   "the first of the unit has it, not the first in line");
	CHECK(fix_apply(f, s, b).state == BOOKING_WAITING);
}

static void a_substitute_has_the_seat_whatever_the_unit(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = session_with(f, 4, 1, 1), a = fix_someone(f),
		      own = fix_person_in(f, f->other_unit_id, false);
	const struct booking_actor staff = { a, BY_STAFF, "" };
	struct booking_result r = fix_apply(f, s, own);

	CHECK_OK(cx, store_booking_substitute(cx, r.booking_id, a, &staff, &r));
	CHECK(r.refusal == BOOKING_FINE && r.state == BOOKING_BOOKED);
	CHECK(!fix_number(cx, &fix_seats_wrong, s));
}

static void when_the_moment_comes_the_line_goes_first(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = session_with(f, 5, 2, 2), a = fix_someone(f),
		      b = fix_someone(f), late = fix_someone(f),
		      was = cx->now_ms;

	CHECK(fix_apply(f, s, a).state == BOOKING_WAITING);
	CHECK(fix_apply(f, s, b).state == BOOKING_WAITING);
	cx->now_ms = until() - 1;
	CHECK(fix_apply(f, s, late).state == BOOKING_WAITING);
	cx->now_ms = until();
	/* Nothing ran meanwhile: the next who asks finds the line moved up. */
	CHECK_THAT(fix_apply(f, s, a).state == BOOKING_BOOKED &&
			   fix_apply(f, s, b).state == BOOKING_BOOKED &&
			   fix_apply(f, s, late).place == 1,
		   "who waited has the seats, whoever asks first");
	fix_check_invariants(cx, s);
	cx->now_ms = was;
}

static void planners_change_what_is_kept(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = session_with(f, 6, 3, 3), a = fix_someone(f),
		      b = fix_someone(f);
	struct session_draft d = fix_draft(f->course_id, 12, 6, 3);
	const struct allotment_row *rows;
	size_t n = 0;

	fix_apply(f, s, a);
	fix_apply(f, s, b);
	CHECK_OK(cx, store_session_allotments(cx, s, &rows, &n));
	CHECK(n == 1 && rows[0].seats == 3 && rows[0].booked == 0);
	d.allotments[0] = (struct allotment_draft){ f->other_unit_id, 2 };
	d.nallotments = 1;
	d.allot_until = until();
	CHECK_OK(cx, store_session_change(cx, s, &d));
	CHECK_THAT(fix_apply(f, s, a).state == BOOKING_BOOKED &&
			   fix_apply(f, s, b).state == BOOKING_WAITING,
		   "one seat fewer is kept: one moves up");
	d.nallotments = 0;
	d.allot_until = DB_NULL;
	CHECK_OK(cx, store_session_change(cx, s, &d));
	CHECK(fix_apply(f, s, b).state == BOOKING_BOOKED);
	fix_check_invariants(cx, s);
	d.allotments[0].seats = 4;
	d.nallotments = 1;
	d.allot_until = until();
	CHECK_ERR(cx, store_session_change(cx, s, &d), ERR_BAD_REQUEST);
	d.allotments[0].seats = 1;
	d.allot_until = DB_NULL;
	CHECK_ERR(cx, store_session_change(cx, s, &d), ERR_BAD_REQUEST);
}

static void the_nearest_unit_counts(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = session_with(f, 9, 3, 1),
		      below = unit_below(f, "al-near", f->other_unit_id),
		      one = fix_person_in(f, below, false),
		      two = fix_person_in(f, f->other_unit_id, false);
	struct session_draft d = fix_draft(f->course_id, 12, 9, 3);

	d.allotments[0] = (struct allotment_draft){ f->other_unit_id, 1 };
	d.allotments[1] = (struct allotment_draft){ below, 1 };
	d.nallotments = 2;
	d.allot_until = until();
	CHECK_OK(cx, store_session_change(cx, s, &d));
	fix_apply(f, s, one);
	CHECK_THAT(fix_number(cx, &held_in, s) == 1,
		   "a section's people use its seats, not the department's");
	fix_apply(f, s, two);
	CHECK(fix_number(cx, &held_in, s) == 0);
}

/* One of them keeps seats for both units, and one of these is taken. */
static void several_sessions(struct fixture *f)
{
	struct session_draft d = fix_draft(f->course_id, 12, 9, 9);
	int64_t s = 0;

	for (int i = 0; i < 3; i++)
		s = session_with(f, 9, 3 + i, 2);
	d.allotments[0] = (struct allotment_draft){ f->other_unit_id, 3 };
	d.allotments[1] = (struct allotment_draft){ f->unit_id, 4 };
	d.nallotments = 2;
	d.allot_until = until();
	CHECK_OK(&f->db.cx, store_session_change(&f->db.cx, s, &d));
	fix_apply(f, s, fix_someone(f));
}

struct status_row {
	const char *name, *value;
};

static const struct db_query executed = {
	.name = "status",
	.sql = "SHOW SESSION STATUS LIKE 'Com_stmt_execute'",
	.row_size = sizeof(struct status_row),
	.cols = { COL(struct status_row, name), COL(struct status_row, value) },
	.ncols = 2,
};

static int64_t statements(struct ctx *cx)
{
	struct status_row row = { "", "0" };
	int64_t n = 0;

	CHECK_OK(cx, db_one(cx, &executed, ARGS(), &row));
	CHECK(text_to_i64(row.value, 0, INT64_MAX, &n));
	return n;
}

/* Each session of the list has what its own page says, however many. */
static void a_list_says_what_each_session_says(struct fixture *f,
					       int64_t person_id)
{
	struct ctx *cx = &f->db.cx;
	const struct session_row *rows;
	int64_t before, held = 0;
	size_t n;

	CHECK_OK(cx, store_session_upcoming(cx, f->course_id, person_id, &rows,
					    &n));
	before = statements(cx);
	CHECK_OK(cx, store_session_upcoming(cx, f->course_id, person_id, &rows,
					    &n));
	CHECK_THAT(statements(cx) - before <= 3,
		   "a list asks once for all of its sessions");
	CHECK_THAT(n > 3, "the list has several sessions");
	for (size_t i = 0; i < n; i++) {
		CHECK(held_for(f, rows[i].id, person_id) == rows[i].held);
		held += rows[i].held;
	}
	CHECK_THAT(held > 0, "seats are kept in some of them");
}

int main(void)
{
	static struct fixture f;

	fix_open(&f, "al");
	kept_seats_go_to_the_unit_and_those_below(&f);
	what_the_unit_gives_back_stays_with_it(&f);
	a_substitute_has_the_seat_whatever_the_unit(&f);
	when_the_moment_comes_the_line_goes_first(&f);
	planners_change_what_is_kept(&f);
	the_nearest_unit_counts(&f);
	several_sessions(&f);
	a_list_says_what_each_session_says(
		&f, fix_person_in(&f, f.other_unit_id, false));
	a_list_says_what_each_session_says(
		&f,
		fix_person_in(&f, unit_below(&f, "al-list", f.other_unit_id),
			      false));
	a_list_says_what_each_session_says(&f, fix_someone(&f));
	test_db_close(&f.db);
	return check_done();
}
