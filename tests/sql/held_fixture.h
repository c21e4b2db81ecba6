/*
 * held_fixture.h: training that was held, and what people answered to it.
 *
 * All of it is of one year, held on 1 June; it is 1 July. Two tiers, first_id
 * and the one after it; everybody is of one section, first_id + 1, of a bureau.
 */
#ifndef HELD_FIXTURE_H
#define HELD_FIXTURE_H

#include "base/clock.h"
#include "db_test.h"
#include "store/store_collection.h"
#include "store/store_submission.h"
#include "store/store_survey.h"
#include "survey/pairing.h"

#define SQL(var, text) \
	static const struct db_query var = { .name = "test " #var, .sql = text }

SQL(add_scheme, "INSERT INTO tier_scheme (id, code, fiscal_year, name)"
		" VALUES (?, 'held', ?, '試験')");
SQL(add_tier, "INSERT INTO tier (id, scheme_id, code, sort, name, who,"
	      " role_text) VALUES (?, ?, ?, ?, '階層', '', '')");
SQL(add_unit, "INSERT INTO unit (id, code, kind, name, parent_id, valid_from)"
	      " VALUES (?, ?, ?, '所属', ?, '2020-04-01')");
SQL(add_person,
    "INSERT INTO person (id, family, given) VALUES (?, '試', '験')");
SQL(add_course, "INSERT INTO course (id, code) VALUES (?, ?)");
SQL(add_version,
    "INSERT INTO course_version (id, course_id, version_no, title, summary,"
    " form, level, minutes, seats, definition, document, sha256, search_key,"
    " published_at) VALUES (?, ?, 1, '研修', '', 'classroom', 'concept', 90,"
    " 60, '{}', '', REPEAT('z', 32), '', CONCAT(?, '-04-01'))");
SQL(set_version, "UPDATE course SET version_id = id WHERE id = ?");
SQL(add_session, "INSERT INTO session (id, course_id, version_id, fiscal_year,"
		 " run_no, seats, state, starts_at, ends_at) VALUES (?, ?, ?,"
		 " ?, ?, 60, 'held', CONCAT(?, '-06-01 00:00:00'),"
		 " CONCAT(?, '-06-01 03:00:00'))");
SQL(add_booking, "INSERT INTO booking (session_id, person_id, state,"
		 " queue_no, unit_id, tier_id, changed_at)"
		 " VALUES (?, ?, 'booked', ?, ?, ?, CONCAT(?, '-05-01'))");

static struct test_db held;
static struct ctx *cx = &held.cx;
static int64_t first_id;
static int year;

static inline void held_open(int64_t first, int of_year)
{
	test_db_open(&held, "DB_URL");
	first_id = first;
	year = of_year;
	cx->now_ms = instant_from_japan(year, 7, 1, 9, 0);
	CHECK_OK(cx, db_exec(cx, &add_scheme, ARGS(db_i64(first), db_i64(year)),
			     NULL));
	for (int64_t i = 0; i < 2; i++)
		CHECK_OK(cx, db_exec(cx, &add_tier,
				     ARGS(db_i64(first + i), db_i64(first),
					  db_text(i ? "X2" : "X1"), db_i64(i)),
				     NULL));
	CHECK_OK(cx, db_exec(cx, &add_unit,
			     ARGS(db_i64(first), db_text("B"),
				  db_text("bureau"), db_i64(DB_NULL)),
			     NULL));
	CHECK_OK(cx, db_exec(cx, &add_unit,
			     ARGS(db_i64(first + 1), db_text("S"),
				  db_text("section"), db_i64(first)),
			     NULL));
}

/* A course and its version, both of this id. */
static inline void held_course(int64_t id, const char *code)
{
	CHECK_OK(cx, db_exec(cx, &add_course, ARGS(db_i64(id), db_text(code)),
			     NULL));
	CHECK_OK(cx, db_exec(cx, &add_version,
			     ARGS(db_i64(id), db_i64(id), db_i64(year)), NULL));
	CHECK_OK(cx, db_exec(cx, &set_version, ARGS(db_i64(id)), NULL));
}

static inline void held_session(int64_t id, int64_t course, int run)
{
	CHECK_OK(cx, db_exec(cx, &add_session,
			     ARGS(db_i64(id), db_i64(course), db_i64(course),
				  db_i64(year), db_i64(run), db_i64(year),
				  db_i64(year)),
			     NULL));
}

static inline int64_t held_publish(const char *survey)
{
	const struct problem *problems = NULL;
	const struct survey *sv =
		survey_from_xml(&held.arena, "content/schema/survey.rng",
				survey, strlen(survey), &problems);
	int64_t version_id = 0;

	if (!sv) {
		printf("Bail out! %s\n", problems ? problems->text : "no xml");
		exit(1);
	}
	CHECK_OK(cx, store_survey_publish(cx, sv, survey, &version_id, NULL));
	return version_id;
}

static inline int64_t held_collect(int64_t session, int64_t version,
				   enum moment m)
{
	const struct collection_new c = { .version_id = version,
					  .session_id = session,
					  .moment = m,
					  .mode = MODE_PAIRED,
					  .is_open = true };
	int64_t id = 0;

	CHECK_OK(cx, store_collection_create(cx, &c, &id));
	return id;
}

static inline void held_person(int64_t id)
{
	CHECK_OK(cx, db_exec(cx, &add_person, ARGS(db_i64(id)), NULL));
}

/* The booking of somebody who may be in other sessions, too. */
static inline int64_t held_book(int64_t session, int64_t person, int64_t tier)
{
	int64_t id = 0;

	CHECK_OK(cx, db_insert(cx, &add_booking,
			       ARGS(db_i64(session), db_i64(person),
				    db_i64(person), db_i64(first_id + 1),
				    db_i64(tier), db_i64(year)),
			       &id));
	return id;
}

static inline void held_answer(int64_t collection, int64_t booking,
			       int64_t person, int64_t tier,
			       const struct answers *answers)
{
	const struct submission_new s = {
		.collection_id = collection,
		.mode = MODE_PAIRED,
		.person_id = person,
		.booking_id = booking,
		.tier_id = tier,
		.unit_id = first_id + 1,
		.entered_by = DB_NULL,
		.form_key = form_key_new(&cx->arena),
		.answers = answers,
		.at_any_time = true,
	};
	bool is_new;

	CHECK_OK(cx, store_submission_add(cx, &s, &is_new));
}

#endif
