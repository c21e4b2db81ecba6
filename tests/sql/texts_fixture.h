/*
 * texts_fixture.h: two courses of two sessions, their people and a survey of
 * three open questions.
 */
#ifndef TEXTS_FIXTURE_H
#define TEXTS_FIXTURE_H

#include "db_test.h"

#define SQL(var, text) \
	static const struct db_query var = { .name = "test " #var, .sql = text }

SQL(add_scheme, "INSERT INTO tier_scheme (id, code, fiscal_year, name)"
		" VALUES (9501, 'texts', 2033, '試験')");
SQL(add_tiers, "INSERT INTO tier (id, scheme_id, code, sort, name, who,"
	       " role_text) VALUES (9501, 9501, 'X1', 1, '甲', '', ''),"
	       " (9502, 9501, 'X2', 2, '乙', '', '')");
SQL(add_units,
    "INSERT INTO unit (id, code, kind, name, parent_id, valid_from) VALUES"
    " (9501, '9501', 'bureau', '試験局', NULL, '2020-04-01'),"
    " (9502, '9502', 'department', '一部', 9501, '2020-04-01'),"
    " (9503, '9503', 'department', '二部', 9501, '2020-04-01'),"
    " (9504, '9504', 'section', '一の一課', 9502, '2020-04-01'),"
    " (9505, '9505', 'section', '一の二課', 9502, '2020-04-01'),"
    " (9506, '9506', 'section', '二の一課', 9503, '2020-04-01')");
SQL(add_person, "INSERT INTO person (id, family, given)"
		" VALUES (9501, '田中', '太郎')");
SQL(add_course, "INSERT INTO course (id, code) VALUES (9501, 'texts'),"
		" (9502, 'few')");
SQL(add_version,
    "INSERT INTO course_version (id, course_id, version_no, title, summary,"
    " form, level, minutes, seats, definition, document, sha256, search_key,"
    " published_at) VALUES (9501, 9501, 1, '研修', '', 'classroom', 'concept',"
    " 90, 60, '{}', '', REPEAT('w', 32), '', '2033-04-01'),"
    " (9502, 9502, 1, '研修', '', 'classroom', 'concept',"
    " 90, 60, '{}', '', REPEAT('v', 32), '', '2033-04-01')");
SQL(add_sessions,
    "INSERT INTO session (id, course_id, version_id, fiscal_year, run_no,"
    " seats, state, starts_at, ends_at) VALUES"
    " (9501, 9501, 9501, 2033, 1, 90, 'held', '2033-06-01 00:00:00',"
    "  '2033-06-01 03:00:00'),"
    " (9502, 9501, 9501, 2033, 2, 90, 'held', '2033-06-02 00:00:00',"
    "  '2033-06-02 03:00:00'),"
    " (9503, 9502, 9502, 2033, 1, 90, 'held', '2033-06-03 00:00:00',"
    "  '2033-06-03 03:00:00'),"
    " (9504, 9502, 9502, 2033, 2, 90, 'held', '2033-06-04 00:00:00',"
    "  '2033-06-04 03:00:00')");
SQL(add_collection,
    "INSERT INTO collection (id, version_id, session_id, moment, mode, state)"
    " VALUES (?, ?, ?, 'post', 'unlinked', 'closed')");
SQL(add_sheet, "INSERT INTO submission (id, collection_id, tier_id, unit_id,"
	       " submitted_at, form_key, slots)"
	       " VALUES (?, ?, ?, ?, '2033-06-03', LPAD(?, 43, 't'), X'')");
SQL(add_text, "INSERT INTO answer_open (submission_id, item_no, text)"
	      " VALUES (?, ?, ?)");

static const char xml[] = "<survey code=\"texts\"><title><ja>票</ja></title>"
			  "<purpose><ja>試験</ja></purpose>"
			  "<long-text key=\"g\" measures=\"comment-good\">"
			  "<text><ja>良</ja></text></long-text>"
			  "<long-text key=\"i\" measures=\"comment-improve\">"
			  "<text><ja>改</ja></text></long-text>"
			  "<long-text key=\"n\" measures=\"comment-need\">"
			  "<text><ja>要</ja></text></long-text></survey>";

#endif
