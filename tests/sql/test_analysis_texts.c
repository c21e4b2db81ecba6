/*
 * What is kept of free text, on comments that are written down here: words of
 * three people in two departments and no others, no comment of fewer people
 * than ten, nobody's name, nothing that a course minus its sessions tells.
 */
#include "db_test.h"

#include "analysis/analysis_texts.h"
#include "insight/session_view.h"
#include "store/store_survey.h"
#include "texts_fixture.h"

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

static int last_percent;

static enum err progress(struct ctx *unused, int percent, void *arg)
{
	(void)unused;
	(void)arg;
	CHECK_THAT(percent >= last_percent && percent <= 100,
		   "the work never goes backwards");
	last_percent = percent;
	return OK;
}

static const json_t *texts_of(enum analysis_scope scope, int64_t id)
{
	json_t *result;

	last_percent = 0;
	CHECK_OK(cx, analysis_run(cx, scope, id, progress, NULL, &result));
	return json_object_get(json_object_get(result, "parts"), "texts");
}

static const char *word_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static int64_t number_of(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static const json_t *group(const json_t *part, const char *question)
{
	const json_t *g;
	size_t i;

	json_array_foreach(json_object_get(part, "groups"), i, g)
		if (!strcmp(word_of(g, "question"), question))
			return g;
	return NULL;
}

/* How many comments have the word, by the table; 0: it is not in it. */
static int64_t count_of(const json_t *g, const char *term)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(g, "terms"), i, row)
		if (!strcmp(word_of(row, "term"), term))
			return number_of(row, "count");
	return 0;
}

static bool mentions(const json_t *o, const char *text)
{
	return strstr(json_dumps(o, JSON_ENCODE_ANY), text) != NULL;
}

static void comments_are_counted(const json_t *part)
{
	const struct gate g = gate_standard();
	const struct answers_of of = { .session_id = 9501 };
	const json_t *improve = group(part, "comment-improve");
	struct session_view v;

	CHECK(number_of(improve, "comments") == 63);
	CHECK_THAT(number_of(improve, "blank") == 6,
		   "an answer that says nothing is no comment");
	CHECK(number_of(improve, "base") == 89);
	CHECK_OK(cx, session_view_read(cx, &g, &of, &v));
	CHECK_THAT(v.comments[1].n == 63,
		   "the dashboard counts the same comments");
}

static void words_need_three_people_of_two_departments(const json_t *part)
{
	const json_t *need = group(part, "comment-need");

	CHECK(number_of(need, "comments") == 12);
	CHECK_THAT(count_of(need, "屋台") == 3, "three people of two do");
	CHECK_THAT(!mentions(part, "盆踊り"), "four of one department do not");
	CHECK_THAT(!count_of(need, "花火"), "nor do two of two");
	CHECK_THAT(count_of(need, "分かりにくい") == 5 &&
			   count_of(need, "分かりやすい") == 0,
		   "easy and hard to understand are two words, however"
		   " written");
	CHECK_THAT(count_of(group(part, "comment-improve"), "足りない") == 18,
		   "a negation is read out");
	CHECK_THAT(!mentions(part, "田中"), "nobody's name is kept");
}

static void few_people_are_hidden(const json_t *part)
{
	const json_t *good = group(part, "comment-good");

	CHECK_TEXT(word_of(good, "status"), "too_few");
	CHECK_THAT(!mentions(part, "提灯"),
		   "eight people's words are nowhere, nor in the whole");
	CHECK_THAT(number_of(group(part, "all"), "comments") == 75,
		   "the whole minus the questions shown is nobody");
	CHECK_TEXT(
		word_of(json_object_get(group(part, "comment-need"), "themes"),
			"status"),
		"too_few");
}

static void tiers_have_their_words(const json_t *part)
{
	const json_t *tiers =
		json_object_get(group(part, "comment-improve"), "tiers");
	const json_t *rows = json_object_get(tiers, "rows");
	const json_t *x2 = json_array_get(rows, 1);
	const json_t *term = json_array_get(json_object_get(x2, "terms"), 0);

	CHECK(json_array_size(rows) == 2 && number_of(x2, "n") == 18);
	CHECK_TEXT(word_of(term, "term"), "文字");
	CHECK_THAT(json_is_true(json_object_get(term, "sure")),
		   "what only one tier says is surely its word");
	CHECK_TEXT(
		word_of(json_object_get(group(part, "comment-need"), "tiers"),
			"status"),
		"too_few");
}

static void themes_are_found(const json_t *part)
{
	const json_t *improve = group(part, "comment-improve"), *row;
	const json_t *themes = json_object_get(improve, "themes");
	int64_t sum = number_of(themes, "other");
	size_t i;

	CHECK_TEXT(word_of(themes, "status"), "ok");
	CHECK(json_real_value(json_object_get(themes, "stability")) >= 0.8);
	json_array_foreach(json_object_get(themes, "rows"), i, row) {
		sum += number_of(row, "count");
		CHECK(json_array_size(json_object_get(row, "terms")) >= 2);
		CHECK_THAT(number_of(row, "count") >= 10,
			   "a theme of few people is none");
		CHECK(json_array_size(json_object_get(row, "typical")) >= 1);
	}
	CHECK_THAT(number_of(themes, "k") == 3 && i == 3 &&
			   number_of(themes, "other") == 9 &&
			   !mentions(themes, "空調"),
		   "the theme of nine people is nowhere among the themes");
	CHECK_THAT(sum == 63, "each comment is in one theme or in none");
}

static void requests_are_counted(const json_t *part)
{
	const json_t *improve = group(part, "comment-improve");
	const json_t *r = json_object_get(improve, "requests");

	CHECK_THAT(number_of(r, "count") == 18, "9 and 9 end in ほしい");
	CHECK(json_array_size(json_object_get(r, "typical")) == 2);
	r = json_object_get(group(part, "comment-need"), "requests");
	CHECK_THAT(number_of(r, "count") == 3 && !json_object_get(r, "typical"),
		   "what somebody means to do is none; three have no"
		   " quotation");
}

static void a_course_keeps_few_comments_out(void)
{
	const json_t *part = texts_of(ANALYSIS_COURSE, 9501);
	const struct gate g = gate_standard();
	const struct answers_of of = { .course_id = 9501 };
	struct session_view v;

	CHECK_THAT(!mentions(part, "紙芝居"),
		   "the course minus the first session is not those five");
	CHECK(number_of(group(part, "comment-need"), "comments") == 12);
	CHECK_THAT(number_of(group(part, "all"), "comments") == 78 + 12,
		   "nor is all of the course minus its questions");
	CHECK_OK(cx, session_view_read(cx, &g, &of, &v));
	CHECK_THAT(v.comments[2].n == 12,
		   "neither is the dashboard of the course");
	CHECK(number_of(group(part, "comment-improve"), "comments") == 78);
	CHECK_THAT(
		!strcmp(word_of(json_object_get(group(part, "comment-improve"),
						"tiers"),
				"status"),
			"suppressed"),
		"nor are three of a tier in it the rest beside its tiers");
}

static void a_total_is_of_questions_shown(void)
{
	const json_t *all = group(texts_of(ANALYSIS_SESSION, 9503), "all");
	const json_t *part = texts_of(ANALYSIS_COURSE, 9502);

	CHECK_THAT(number_of(all, "comments") == 12 &&
			   number_of(group(part, "all"), "comments") == 12 &&
			   !mentions(part, "凧"),
		   "the course minus one session is not the other's three");
}

static void without_a_dictionary(void)
{
	const json_t *part, *improve;

	t.config.dictionary = "/nowhere";
	part = texts_of(ANALYSIS_SESSION, 9501);
	t.config.dictionary = NULL;
	improve = group(part, "comment-improve");
	CHECK_TEXT(word_of(part, "status"), "ok");
	CHECK(json_is_null(json_object_get(part, "dictionary")));
	CHECK_THAT(number_of(improve, "comments") == 63 &&
			   !json_object_get(improve, "terms") &&
			   !json_object_get(improve, "themes"),
		   "comments are counted without a dictionary, and no more");
	CHECK(number_of(json_object_get(improve, "requests"), "count") == 18);
}

/* Three people of one section and tier; of three sessions, perhaps one. */
static void people_are_counted_at_least(void)
{
	struct writing list[] = {
		{ .session_id = 1, .submission_id = 1, .unit_id = 1 },
		{ .session_id = 1, .submission_id = 2, .unit_id = 1 },
		{ .session_id = 1, .submission_id = 2, .unit_id = 1 },
		{ .session_id = 2, .submission_id = 3, .unit_id = 1 },
		{ .session_id = 3, .submission_id = 4, .unit_id = 2 },
	};
	const struct texts_work work = { .list = list, .n = 5 };
	const size_t all[] = { 0, 1, 2, 3, 4 };

	CHECK(texts_people(&work, all, 3) == 2);
	CHECK_THAT(texts_people(&work, all, 4) == 2,
		   "the one in the other session may be one of them");
	CHECK_THAT(texts_people(&work, all, 5) == 3,
		   "somebody of another unit is somebody else");
}

int main(void)
{
	static const struct db_query *const rows[] = {
		&add_scheme, &add_tiers,   &add_units,    &add_person,
		&add_course, &add_version, &add_sessions,
	};
	const struct problem *problems;
	const struct survey *sv;
	const json_t *part;
	int64_t version;

	test_db_open(&t, "DB_URL");
	sv = survey_from_xml(&t.arena, "content/schema/survey.rng", xml,
			     strlen(xml), &problems);
	CHECK_OK(cx, store_survey_publish(cx, sv, xml, &version, NULL));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_OK(cx, db_exec(cx, rows[i], NO_ARGS, NULL));
	for (int64_t s = 9501; s <= 9504; s++)
		CHECK_OK(cx,
			 db_exec(cx, &add_collection,
				 ARGS(db_i64(s), db_i64(version), db_i64(s)),
				 NULL));
	first_session();
	second_session();
	few_of_two_sessions();
	part = texts_of(ANALYSIS_SESSION, 9501);
	comments_are_counted(part);
	few_people_are_hidden(part);
	requests_are_counted(part);
	words_need_three_people_of_two_departments(part);
	tiers_have_their_words(part);
	themes_are_found(part);
	CHECK_THAT(json_equal(part, texts_of(ANALYSIS_SESSION, 9501)),
		   "the same answers give the same result");
	a_course_keeps_few_comments_out();
	a_total_is_of_questions_shown();
	without_a_dictionary();
	people_are_counted_at_least();
	test_db_close(&t);
	return check_done();
}
