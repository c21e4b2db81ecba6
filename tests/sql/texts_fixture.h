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

enum { GOOD = 1, IMPROVE = 2, NEED = 3 };

static struct test_db t;
static struct ctx *cx = &t.cx;
static int64_t next_sheet = 950001;

static int64_t sheet(int64_t session, int64_t tier, int64_t unit)
{
	const int64_t id = next_sheet++;

	CHECK_OK(cx, db_exec(cx, &add_sheet,
			     ARGS(db_i64(id), db_i64(session), db_i64(tier),
				  db_i64(unit), db_i64(id)),
			     NULL));
	return id;
}

static void write_text(int64_t id, int item, const char *text)
{
	CHECK_OK(cx,
		 db_exec(cx, &add_text,
			 ARGS(db_i64(id), db_i64(item), db_text(text)), NULL));
}

static const int64_t sections[] = { 9504, 9505, 9506 };

/*
 * Session 9501: 89 people. 63 say what to improve: 18 of tier X2 about the
 * handouts, 36 of X1 about time and the microphone, 9 about the air; 6
 * nothing. The secrets:
 *   盆踊り  four people of one department (two sections)
 *   花火    two people of two departments
 *   屋台    three people of two departments
 */
static void first_session(void)
{
	static const char *const x1[] = {
		"演習の時間が足りない。もっと増やしてほしい。",
		"マイクの音が小さくて聞こえない。",
		"時間が足りず、演習が終わらない。",
		"会場のマイクの音が聞こえない。",
	};
	static const char *const x2[] = {
		"資料の文字が小さくて見にくい。",
		"資料の文字を大きくしてほしい。",
	};

	for (int i = 0; i < 36; i++)
		write_text(sheet(9501, 9501, sections[i % 3]), IMPROVE,
			   x1[i % 4]);
	for (int i = 0; i < 18; i++)
		write_text(sheet(9501, 9502, sections[i % 3]), IMPROVE,
			   x2[i % 2]);
	for (int i = 0; i < 9; i++)
		write_text(sheet(9501, 9501, sections[i % 3]), IMPROVE,
			   "空調の風が冷たい。");
	for (int i = 0; i < 6; i++)
		write_text(sheet(9501, 9501, 9504), IMPROVE, "　特になし。");
	for (int i = 0; i < 8; i++)
		write_text(sheet(9501, 9501, sections[i % 3]), GOOD,
			   "提灯がきれいでした。");
	for (int i = 0; i < 4; i++)
		write_text(sheet(9501, 9501, sections[i % 2]), NEED,
			   "盆踊りの説明が分かりやすい。");
	for (int i = 0; i < 2; i++)
		write_text(sheet(9501, 9501, sections[2 * i]), NEED,
			   "花火の説明がわかりにくい。");
	for (int i = 0; i < 3; i++) {
		write_text(sheet(9501, 9501, sections[i]), NEED,
			   "屋台の説明がわかりにくい。業務に活かしたい。");
		write_text(sheet(9501, 9501, sections[i]), NEED,
			   "田中さんの話を続けて聞きたい");
	}
}

/*
 * Session 9502: 40 people, of whom five write what they need and fifteen what
 * to improve, three of these of tier X2.
 */
static void second_session(void)
{
	for (int i = 0; i < 5; i++)
		write_text(sheet(9502, 9501, sections[i % 3]), NEED,
			   "紙芝居の研修を受けたい。");
	for (int i = 0; i < 15; i++)
		write_text(sheet(9502, i < 3 ? 9502 : 9501, sections[i % 3]),
			   IMPROVE, "時間が足りない。");
	for (int i = 0; i < 20; i++)
		(void)sheet(9502, 9501, sections[i % 3]);
}

/*
 * Another course. Session 9503: twelve say what to improve, six of them what
 * was good, six what they need. Session 9504: three of fifteen say something.
 */
static void few_of_two_sessions(void)
{
	for (int i = 0; i < 12; i++) {
		const int64_t id = sheet(9503, 9501, sections[i % 3]);

		write_text(id, IMPROVE, "マイクの音が小さい。");
		write_text(id, i < 6 ? GOOD : NEED, "資料が読みやすい。");
	}
	for (int i = 0; i < 15; i++) {
		const int64_t id = sheet(9504, 9501, sections[i % 3]);

		if (i < 3)
			write_text(id, GOOD, "凧あげが楽しい。");
	}
}

#endif
