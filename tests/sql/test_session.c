/* Sessions, rooms, attendance and notices as the database keeps them. */
#include "session_fixture.h"
#include "store/store_attendance.h"
#include "store/store_notice.h"
#include "store/store_room.h"

FIX(fix_room, "INSERT INTO room (code, name, seats) VALUES (?, '会議室', 60)");
FIX(fix_teaches, "INSERT INTO session_trainer (session_id, person_id)"
		 " VALUES (?, ?)");
FIX(fix_in_room, "UPDATE meeting SET room_id = ? WHERE session_id = ?");
FIX_NUMBER(meeting_of, "SELECT id FROM meeting WHERE session_id = ?"
		       " ORDER BY meeting_no LIMIT 1");

static int64_t room(struct fixture *f, const char *code)
{
	int64_t id = 0;

	CHECK_OK(&f->db.cx,
		 db_insert(&f->db.cx, &fix_room, ARGS(db_text(code)), &id));
	return id;
}

static void who_sees_a_draft(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t start = instant_from_japan(2024, 12, 3, 9, 0),
		      trainer = fix_someone(f), other = fix_someone(f);
	struct session_draft d = { .course_id = f->course_id,
				   .seats = 5,
				   .approval = "none",
				   .apply_from = DB_NULL,
				   .apply_until = DB_NULL,
				   .cancel_until = DB_NULL,
				   .note = "",
				   .meetings = { { start, start + MINUTE_MS,
						   DB_NULL, "" } },
				   .nmeetings = 1,
				   .trainers = { trainer },
				   .ntrainers = 1 };
	struct session_viewer viewer = { SESSION_PUBLISHED, other };
	const struct session_row *rows;
	struct session_facts facts;
	int64_t id = 0, second = 0;
	size_t n;

	CHECK_OK(cx, store_session_add(cx, &d, &id));
	CHECK_ERR(cx, store_session_find(cx, id, &viewer, &facts),
		  ERR_NOT_FOUND);
	viewer.person_id = trainer;
	CHECK_OK(cx, store_session_find(cx, id, &viewer, &facts));
	CHECK(facts.row.teaches == 1 && facts.row.run_no == 1);
	viewer.scope = SESSION_TAUGHT;
	CHECK_OK(cx, store_session_list(
			     cx,
			     &(struct session_filter){ .viewer = viewer,
						       .from_ms = DB_NULL,
						       .to_ms = DB_NULL },
			     &rows, &n));
	CHECK_THAT(n == 1 && rows[0].id == id,
		   "a trainer's list is what they teach");
	viewer.person_id = other;
	CHECK_ERR(cx, store_session_find(cx, id, &viewer, &facts),
		  ERR_NOT_FOUND);
	CHECK_OK(cx, store_session_add(cx, &d, &second));
	viewer.scope = SESSION_ALL;
	CHECK_OK(cx, store_session_find(cx, second, &viewer, &facts));
	CHECK_THAT(facts.row.run_no == 2, "runs are counted in their year");
	CHECK_OK(cx,
		 store_session_upcoming(cx, f->course_id, other, &rows, &n));
	CHECK_THAT(n == 0, "drafts are not offered");
	CHECK_OK(cx, store_session_open(cx, id));
	CHECK_ERR(cx, store_session_open(cx, id), ERR_CONFLICT);
	CHECK_OK(cx,
		 store_session_upcoming(cx, f->course_id, other, &rows, &n));
	CHECK_THAT(n == 1, "what is published is offered");
	d.meetings[0].ends_at = start;
	CHECK_ERR(cx, store_session_add(cx, &d, &second), ERR_BAD_REQUEST);
	d.nmeetings = 0;
	CHECK_ERR(cx, store_session_add(cx, &d, &second), ERR_BAD_REQUEST);
}

static void changes_are_told_and_marks_are_kept(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 4, 5), a = fix_someone(f),
		      start = instant_from_japan(2025, 4, 4, 9, 0);
	struct session_draft d = {
		.seats = 5,
		.approval = "none",
		.apply_from = DB_NULL,
		.apply_until = DB_NULL,
		.cancel_until = DB_NULL,
		.note = "",
		.meetings = { { start, start + MINUTE_MS, DB_NULL, "" },
			      { start + DAY_MS, start + DAY_MS + MINUTE_MS,
				DB_NULL, "" } },
		.nmeetings = 2
	};
	const struct session_viewer viewer = { SESSION_ALL, a };
	const struct notice_row *notices;
	const struct meeting_row *meetings;
	struct booking_result r = fix_apply(f, s, a);
	struct session_facts facts;
	size_t n;

	CHECK_OK(cx, store_session_change(cx, s, &d));
	CHECK_OK(cx, store_session_find(cx, s, &viewer, &facts));
	CHECK_THAT(facts.row.fiscal_year == 2025 && facts.row.run_no == 1 &&
			   facts.row.starts_at == start,
		   "moved into the next fiscal year it counts anew there");
	CHECK_OK(cx, store_notice_list(cx, a, true, 10, &notices, &n));
	CHECK_THAT(n == 2, "one notice of the seat, one of the change");
	CHECK_TEXT(notices[0].kind, "notice.session_changed");
	CHECK_TEXT(notices[0].title, "研修");
	CHECK_TEXT(notices[0].starts_at, "2025-04-04T00:00:00.000Z");
	CHECK_OK(cx, store_notice_seen(cx, a, notices[1].id));
	CHECK_OK(cx, store_notice_list(cx, a, true, 10, &notices, &n));
	CHECK_THAT(n == 1, "only what was read is put away");
	CHECK_OK(cx, store_session_meetings(cx, s, &meetings, &n));
	CHECK(n == 2);
	CHECK_OK(cx,
		 store_attendance_mark(cx, &(struct attendance_mark){
						   .booking_id = r.booking_id,
						   .meeting_id = meetings[1].id,
						   .minutes = 1,
						   .marked_by = a }));
	d.nmeetings = 1;
	CHECK_ERR(cx, store_session_change(cx, s, &d), ERR_CONFLICT);
	CHECK_OK(cx, store_session_meetings(cx, s, &meetings, &n));
	CHECK_THAT(n == 2, "a meeting with marks stays");
}

static void rooms_are_held_once(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t r = room(f, "ts-1"),
		      from = instant_from_japan(2025, 2, 10, 8, 0),
		      to = instant_from_japan(2025, 2, 10, 17, 30);
	const struct hold_row *holds;
	size_t n;

	CHECK_OK(cx, store_room_hold_add(cx, r, from, to, ""));
	CHECK_ERR(cx, store_room_hold_add(cx, r, from + MINUTE_MS, to, ""),
		  ERR_CONFLICT);
	CHECK_OK(cx, store_room_hold_add(cx, r, to, to + MINUTE_MS, ""));
	CHECK_ERR(cx, store_room_hold_add(cx, r, to, from, ""),
		  ERR_BAD_REQUEST);
	CHECK_ERR(cx, store_room_hold_add(cx, 999999, from, to, ""),
		  ERR_BAD_REQUEST);
	CHECK_OK(cx, store_room_holds(cx, from, to, &holds, &n));
	CHECK(n == 1 && holds[0].ends_at == to);
	CHECK_OK(cx, store_room_hold_release(cx, holds[0].id));
	CHECK_OK(cx, store_room_hold_release(cx, holds[0].id));
	CHECK_ERR(cx, store_room_hold_release(cx, 999999), ERR_NOT_FOUND);
	CHECK_OK(cx, store_room_hold_add(cx, r, from, to - MINUTE_MS, "again"));
	CHECK_OK(cx, store_room_holds(cx, from, to, &holds, &n));
	CHECK_THAT(n == 1 && holds[0].ends_at == to - MINUTE_MS,
		   "a hold that was given back can be made again");
}

static bool warns(struct ctx *cx, int64_t session, enum room_warning_kind kind)
{
	const struct room_warning *list;
	size_t n = 0;

	CHECK_OK(cx, store_room_warnings(cx, session, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == kind)
			return true;
	return false;
}

static void planners_are_warned(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t r = room(f, "ts-2"), trainer = fix_someone(f),
		      a = fix_session(f, 12, 6, 60),
		      b = fix_session(f, 12, 6, 61),
		      sunday = fix_session(f, 8, 4, 10);

	CHECK(!warns(cx, a, ROOM_NOT_HELD) && !warns(cx, a, ROOM_TAKEN));
	CHECK_OK(cx,
		 db_exec(cx, &fix_in_room, ARGS(db_i64(r), db_i64(a)), NULL));
	CHECK(warns(cx, a, ROOM_NOT_HELD) && !warns(cx, a, ROOM_TAKEN));
	CHECK_OK(cx,
		 db_exec(cx, &fix_in_room, ARGS(db_i64(r), db_i64(b)), NULL));
	CHECK(warns(cx, a, ROOM_TAKEN) && warns(cx, b, ROOM_TAKEN));
	CHECK(!warns(cx, a, ROOM_TOO_SMALL) && warns(cx, b, ROOM_TOO_SMALL));
	CHECK_OK(cx, store_room_hold_add(
			     cx, r, instant_from_japan(2024, 12, 6, 8, 0),
			     instant_from_japan(2024, 12, 6, 17, 30), ""));
	CHECK_THAT(!warns(cx, a, ROOM_NOT_HELD), "a hold of the day is enough");
	CHECK(!warns(cx, a, TRAINER_ELSEWHERE));
	CHECK_OK(cx, db_exec(cx, &fix_teaches, ARGS(db_i64(a), db_i64(trainer)),
			     NULL));
	CHECK_OK(cx, db_exec(cx, &fix_teaches, ARGS(db_i64(b), db_i64(trainer)),
			     NULL));
	CHECK(warns(cx, a, TRAINER_ELSEWHERE));
	CHECK(!warns(cx, a, DAY_CLOSED) && !warns(cx, a, DAY_OUTSIDE));
	CHECK(warns(cx, sunday, DAY_CLOSED) && warns(cx, sunday, DAY_OUTSIDE));
}

static void codes_find_their_session(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 9, 5), a = fix_someone(f),
		      meeting = fix_number(cx, &meeting_of, s);
	const struct attendance_row *rows;
	enum attendance_entry outcome;
	struct completion done;
	const char *code;
	const int64_t now = cx->now_ms;
	int64_t found = 0;
	size_t n;

	fix_apply(f, s, a);
	CHECK_OK(cx, store_attendance_open(cx, s, &code));
	CHECK(strlen(code) == 6);
	cx->now_ms = instant_from_japan(2024, 12, 8, 23, 59);
	CHECK_OK(cx, store_attendance_enter(cx, a, code, &found, &outcome));
	CHECK_THAT(outcome == ATTENDANCE_TOO_EARLY && found == 0,
		   "the day before is too early");
	cx->now_ms = instant_from_japan(2024, 12, 9, 8, 30);
	CHECK_OK(cx, store_attendance_enter(cx, a, code, &found, &outcome));
	CHECK(outcome == ATTENDANCE_ENTERED && found == s);
	CHECK_OK(cx, store_attendance_list(cx, s, meeting, &rows, &n));
	CHECK(n == 1 && rows[0].minutes == 180);
	CHECK_TEXT(rows[0].way, "code");
	CHECK_OK(cx, store_attendance_completion(cx, s, a, &done));
	CHECK(done.complete && done.minutes == 180 && done.length == 180);
	for (int i = 0; i < 10; i++)
		CHECK_OK(cx, store_attendance_enter(cx, a, "none", &found,
						    &outcome));
	CHECK(outcome == ATTENDANCE_NO_CODE);
	CHECK_OK(cx, store_attendance_enter(cx, a, code, &found, &outcome));
	CHECK_THAT(outcome == ATTENDANCE_TOO_OFTEN, "ten wrong codes stop");
	cx->now_ms += 11 * MINUTE_MS;
	CHECK_OK(cx, store_attendance_enter(cx, a, code, &found, &outcome));
	CHECK_THAT(outcome == ATTENDANCE_ENTERED, "for ten minutes");
	cx->now_ms = now;
	CHECK_OK(cx, store_attendance_close(cx, s));
}

static void completion_is_three_quarters(void)
{
	CHECK(attendance_is_complete(180, 180, 0.25));
	CHECK_THAT(attendance_is_complete(135, 180, 0.25),
		   "a quarter missed is not more than a quarter");
	CHECK(!attendance_is_complete(134, 180, 0.25));
	CHECK(attendance_is_complete(9, 10, 0.1));
	CHECK(!attendance_is_complete(0, 0, 0.25));
}

FIX_NUMBER(reminders_of, "SELECT COUNT(*) FROM outbox WHERE person_id = ?"
			 " AND kind = 'notice.reminder'");

static void people_are_reminded_once(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 13, 1), a = fix_someone(f),
		      b = fix_someone(f), now = cx->now_ms;
	int64_t told = 0;

	fix_apply(f, s, a);
	fix_apply(f, s, b);
	cx->now_ms = instant_from_japan(2024, 12, 10, 8, 0);
	CHECK_OK(cx, store_booking_remind(cx, &told));
	CHECK_THAT(!fix_number(cx, &reminders_of, a), "not too early");
	cx->now_ms = instant_from_japan(2024, 12, 10, 10, 0);
	CHECK_OK(cx, store_booking_remind(cx, &told));
	CHECK(told >= 1);
	CHECK_OK(cx, store_booking_remind(cx, &told));
	CHECK(told == 0);
	CHECK_THAT(fix_number(cx, &reminders_of, a) == 1, "once");
	CHECK_THAT(!fix_number(cx, &reminders_of, b),
		   "who only waits is not reminded");
	cx->now_ms = now;
}

static void what_ended_is_over(struct fixture *f)
{
	struct ctx *cx = &f->db.cx;
	const int64_t s = fix_session(f, 12, 10, 5), now = cx->now_ms;
	const struct session_viewer viewer = { SESSION_ALL, 0 };
	struct session_facts facts;
	int64_t closed = 0;

	CHECK_ERR(cx, store_session_close(cx, s), ERR_CONFLICT);
	cx->now_ms = instant_from_japan(2024, 12, 11, 11, 0);
	CHECK_OK(cx, store_session_close_ended(cx, &closed));
	CHECK_OK(cx, store_session_find(cx, s, &viewer, &facts));
	CHECK_TEXT(facts.row.state, "open");
	cx->now_ms = instant_from_japan(2024, 12, 11, 13, 0);
	CHECK_OK(cx, store_session_close_ended(cx, &closed));
	CHECK_OK(cx, store_session_find(cx, s, &viewer, &facts));
	CHECK_TEXT(facts.row.state, "held");
	cx->now_ms = now;
}

int main(void)
{
	static struct fixture f;

	fix_open(&f, "ts");
	who_sees_a_draft(&f);
	changes_are_told_and_marks_are_kept(&f);
	rooms_are_held_once(&f);
	planners_are_warned(&f);
	codes_find_their_session(&f);
	completion_is_three_quarters();
	people_are_reminded_once(&f);
	what_ended_is_over(&f);
	test_db_close(&f.db);
	return check_done();
}
