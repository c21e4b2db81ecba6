/*
 * submission_fixture.h: four people and one session of a course, for the test
 * of submissions. Persons 9001 and 9002 hold a place, 9003 waits.
 */
#ifndef SUBMISSION_FIXTURE_H
#define SUBMISSION_FIXTURE_H

#include "db_test.h"

#define SQL(var, text) \
	static const struct db_query var = { .name = "test " #var, .sql = text }

/* A number that SQL gives. */
struct one {
	int64_t n;
};

#define ONE(var, text)                          \
	static const struct db_query var = {    \
		.name = "test " #var,           \
		.sql = text,                    \
		.row_size = sizeof(struct one), \
		.cols = { COL(struct one, n) }, \
		.ncols = 1,                     \
	}

SQL(add_scheme, "INSERT INTO tier_scheme (id, code, fiscal_year, name)"
		" VALUES (9001, 'test', 2024, '試験')");
SQL(add_tier, "INSERT INTO tier (id, scheme_id, code, sort, name, who,"
	      " role_text) VALUES (9001, 9001, 'T2', 1, '階層', '', '')");
SQL(add_unit, "INSERT INTO unit (id, code, kind, name, valid_from)"
	      " VALUES (9001, '0099', 'section', '試験課', '2020-04-01')");
SQL(add_people, "INSERT INTO person (id, family, given, family_kana) VALUES"
		" (9001, '試験', '一', 'ア'), (9002, '試験', '二', 'イ'),"
		" (9003, '試験', '三', 'ウ'), (9004, '試験', '四', 'エ')");
SQL(add_postings, "INSERT INTO posting (person_id, unit_id, tier_id,"
		  " valid_from) SELECT id, 9001, 9001, '2024-04-01'"
		  " FROM person WHERE id BETWEEN 9001 AND 9004");
SQL(add_course, "INSERT INTO course (id, code) VALUES (9001, 'test-course')");
SQL(add_course_version,
    "INSERT INTO course_version (id, course_id, version_no, title, summary,"
    " form, level, minutes, seats, definition, document, sha256, search_key,"
    " published_at) VALUES (9001, 9001, 1, '研修', '', 'classroom', 'concept',"
    " 90, 60, '{}', '', REPEAT('x', 32), '', '2024-04-01')");
SQL(add_session,
    "INSERT INTO session (id, course_id, version_id, fiscal_year,"
    " run_no, seats, state, starts_at, ends_at) VALUES (9001, 9001,"
    " 9001, 2024, 1, 60, 'open', '2024-12-20 00:00:00',"
    " '2024-12-20 03:00:00')");
SQL(add_meeting, "INSERT INTO meeting (id, session_id, meeting_no, starts_at,"
		 " ends_at) VALUES (9001, 9001, 1, '2024-12-20 00:00:00',"
		 " '2024-12-20 03:00:00')");
SQL(add_bookings, "INSERT INTO booking (id, session_id, person_id, state,"
		  " queue_no, unit_id, tier_id, changed_at)"
		  " SELECT id, 9001, id, IF(id = 9003, 'waiting', 'booked'),"
		  " id, 9001, 9001, '2024-11-01'"
		  " FROM person WHERE id BETWEEN 9001 AND 9003");
SQL(add_presence, "INSERT INTO attendance (booking_id, meeting_id, minutes,"
		  " way, marked_at) VALUES (9001, 9001, 180, 'tap',"
		  " '2024-12-20 03:00:00'), (9002, 9001, 0, 'tap',"
		  " '2024-12-20 03:00:00')");
SQL(no_presence, "DELETE FROM attendance WHERE meeting_id = 9001");

#endif
