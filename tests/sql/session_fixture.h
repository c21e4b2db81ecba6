/*
 * session_fixture.h: people, a course and sessions for the SQL tests.
 *
 * Codes begin with the test's own tag, so tests share a database in peace.
 * The clock stands at 1 November 2024, 9:00 in Japan (a Friday).
 */
#ifndef SESSION_FIXTURE_H
#define SESSION_FIXTURE_H

#include "base/clock.h"
#include "db_test.h"
#include "store/store_booking.h"
#include "store/store_session.h"

#include <inttypes.h>

struct fixture {
	struct test_db db;
	const char *tag;
	int64_t unit_id, other_unit_id, tier_id, course_id, version_id;
	int people; /* made so far */
};

#define FIX(var, text) \
	static const struct db_query var = { .name = "fix " #var, .sql = text }

FIX(fix_unit, "INSERT INTO unit (code, kind, name, valid_from)"
	      " VALUES (?, 'section', 'Unit', '2020-04-01')");
FIX(fix_scheme, "INSERT INTO tier_scheme (code, fiscal_year, name)"
		" VALUES (?, 2024, 'Scheme')");
FIX(fix_tier, "INSERT INTO tier (scheme_id, code, sort, name, who, role_text)"
	      " VALUES (?, 'T1', 1, 'Tier', '', '')");
FIX(fix_course, "INSERT INTO course (code) VALUES (?)");
FIX(fix_version, "INSERT INTO course_version (course_id, version_no, title,"
		 " summary, form, level, minutes, seats, definition, document,"
		 " sha256, search_key, published_at) VALUES (?, 1, '研修',"
		 " 's', 'classroom', 'concept', 180, 60, '{}', '<x/>',"
		 " REPEAT('x', 32), '', '2024-04-01')");
FIX(fix_current, "UPDATE course SET version_id = ? WHERE id = ?");
FIX(fix_person, "INSERT INTO person (staff_number, family, given, family_kana)"
		" VALUES (?, '藤沢', '太郎', 'フジサワ')");
FIX(fix_posting, "INSERT INTO posting (person_id, unit_id, tier_id, is_head,"
		 " valid_from) VALUES (?, ?, ?, ?, '2024-04-01')");

struct fix_count {
	int64_t n;
};

/* The single number that a statement of one column gives. */
static inline int64_t fix_number(struct ctx *cx, const struct db_query *q,
				 int64_t id)
{
	struct fix_count row = { -1 };

	CHECK_OK(cx, db_one(cx, q, ARGS(db_i64(id)), &row));
	return row.n;
}

#define FIX_NUMBER(var, text)                         \
	static const struct db_query var = {          \
		.name = "fix " #var,                  \
		.sql = text,                          \
		.row_size = sizeof(struct fix_count), \
		.cols = { COL(struct fix_count, n) }, \
		.ncols = 1,                           \
	}

static inline int64_t fix_person_in(struct fixture *f, int64_t unit_id,
				    bool is_head)
{
	struct ctx *cx = &f->db.cx;
	int64_t id = 0;

	CHECK_OK(cx, db_insert(cx, &fix_person,
			       ARGS(db_text(arena_printf(&cx->arena, "%s%04d",
							 f->tag, f->people++))),
			       &id));
	CHECK_OK(cx, db_exec(cx, &fix_posting,
			     ARGS(db_i64(id), db_i64(unit_id),
				  db_i64(f->tier_id), db_i64(is_head)),
			     NULL));
	return id;
}

/* A person of the usual section. */
static inline int64_t fix_someone(struct fixture *f)
{
	return fix_person_in(f, f->unit_id, false);
}

static inline int64_t fix_new_course(struct fixture *f, const char *code)
{
	struct ctx *cx = &f->db.cx;
	int64_t id = 0;

	CHECK_OK(cx, db_insert(cx, &fix_course, ARGS(db_text(code)), &id));
	CHECK_OK(cx,
		 db_insert(cx, &fix_version, ARGS(db_i64(id)), &f->version_id));
	CHECK_OK(cx, db_exec(cx, &fix_current,
			     ARGS(db_i64(f->version_id), db_i64(id)), NULL));
	return id;
}

static inline void fix_open(struct fixture *f, const char *tag)
{
	struct ctx *cx = &f->db.cx;
	int64_t scheme = 0;

	memset(f, 0, sizeof(*f));
	test_db_open(&f->db, "DB_URL");
	cx->now_ms = instant_from_japan(2024, 11, 1, 9, 0);
	f->tag = tag;
	CHECK_OK(cx, db_insert(cx, &fix_unit, ARGS(db_text(tag)), &f->unit_id));
	CHECK_OK(cx,
		 db_insert(cx, &fix_unit,
			   ARGS(db_text(arena_printf(&cx->arena, "%s2", tag))),
			   &f->other_unit_id));
	CHECK_OK(cx, db_insert(cx, &fix_scheme, ARGS(db_text(tag)), &scheme));
	CHECK_OK(cx,
		 db_insert(cx, &fix_tier, ARGS(db_i64(scheme)), &f->tier_id));
	f->course_id = fix_new_course(f, tag);
}

/* Three hours from 9:00 on a day of 2024. */
static inline struct session_draft fix_draft(int64_t course_id, int month,
					     int day, int64_t seats)
{
	const int64_t start = instant_from_japan(2024, month, day, 9, 0);

	return (struct session_draft){
		.course_id = course_id,
		.seats = seats,
		.approval = "none",
		.apply_from = DB_NULL,
		.apply_until = DB_NULL,
		.cancel_until = DB_NULL,
		.note = "",
		.meetings = { { .starts_at = start,
				.ends_at = start + 180 * MINUTE_MS,
				.room_id = DB_NULL } },
		.nmeetings = 1,
		.allot_until = DB_NULL,
	};
}

/* An open session like that. */
static inline int64_t fix_session_of(struct fixture *f, int64_t course_id,
				     int month, int day, int64_t seats)
{
	struct ctx *cx = &f->db.cx;
	const struct session_draft draft =
		fix_draft(course_id, month, day, seats);
	int64_t id = 0;

	CHECK_OK(cx, store_session_add(cx, &draft, &id));
	CHECK_OK(cx, store_session_open(cx, id));
	return id;
}

static inline int64_t fix_session(struct fixture *f, int month, int day,
				  int64_t seats)
{
	return fix_session_of(f, f->course_id, month, day, seats);
}

static inline struct booking_result fix_apply(struct fixture *f,
					      int64_t session, int64_t person)
{
	struct ctx *cx = &f->db.cx;
	struct booking_result r = { .state = BOOKING_NONE };

	CHECK_OK(cx, store_booking_apply(cx, session, person, false, &r));
	return r;
}

/* What holds for every session at any time. Each gives 0 when it does. */
FIX_NUMBER(fix_seats_wrong,
	   "SELECT COUNT(*) FROM session s WHERE s.id = ? AND (s.booked >"
	   " s.seats OR s.booked <> (SELECT COUNT(*) FROM booking b"
	   "  WHERE b.session_id = s.id AND b.state = 'booked'))");
FIX_NUMBER(fix_order_wrong,
	   "SELECT COUNT(*) FROM booking w JOIN booking b"
	   " ON b.session_id = w.session_id AND b.state = 'booked'"
	   " AND b.queue_no > w.queue_no"
	   " WHERE w.session_id = ? AND w.state = 'waiting'");
FIX_NUMBER(fix_seat_unused, "SELECT COUNT(*) FROM booking w JOIN session s"
			    " ON s.id = w.session_id AND s.booked < s.seats"
			    " WHERE w.session_id = ? AND w.state = 'waiting'");
FIX_NUMBER(fix_numbers_twice,
	   "SELECT COUNT(*) - COUNT(DISTINCT queue_no) FROM booking"
	   " WHERE session_id = ?");
FIX_NUMBER(fix_last_event_wrong,
	   "SELECT COUNT(*) FROM booking b WHERE b.session_id = ?"
	   " AND b.state <> COALESCE((SELECT e.to_state FROM booking_event e"
	   "  WHERE e.booking_id = b.id ORDER BY e.id DESC LIMIT 1), '')");
FIX_NUMBER(fix_history_broken,
	   "SELECT COUNT(*) FROM (SELECT e.from_state, LAG(e.to_state)"
	   "  OVER (PARTITION BY e.booking_id ORDER BY e.id) AS before_it"
	   "  FROM booking_event e JOIN booking b ON b.id = e.booking_id"
	   "  WHERE b.session_id = ?) x WHERE NOT (from_state <=> before_it)");

static inline void fix_check_invariants(struct ctx *cx, int64_t session)
{
	CHECK_THAT(
		!fix_number(cx, &fix_seats_wrong, session),
		"booked is the number of booked people and within the seats");
	CHECK_THAT(!fix_number(cx, &fix_order_wrong, session),
		   "nobody waits who applied before somebody booked");
	CHECK_THAT(!fix_number(cx, &fix_seat_unused, session),
		   "nobody waits while a seat is free");
	CHECK_THAT(!fix_number(cx, &fix_numbers_twice, session),
		   "every place in line is given once");
	CHECK_THAT(!fix_number(cx, &fix_last_event_wrong, session),
		   "the last event of a booking is its state");
	CHECK_THAT(!fix_number(cx, &fix_history_broken, session),
		   "every event starts where the one before ended");
}

#endif
