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

/* The row of a code; how many comments it has, -1: that is hidden. */
static int64_t coded(const json_t *part, const char *id)
{
	const json_t *codes = json_object_get(group(part, "all"), "codes");
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(codes, "rows"), i, row)
		if (!strcmp(word_of(row, "id"), id))
			return json_object_get(row, "count")
				       ? number_of(row, "count")
				       : -1;
	return -2;
}

static void codes_are_counted(const json_t *part)
{
	CHECK_THAT(coded(part, "time-short") == 18 &&
			   coded(part, "material") == 18 &&
			   coded(part, "exercise") == 18,
		   "a comment has the codes whose rules hold, once each");
	CHECK_THAT(coded(part, "exchange") == 0, "what nobody says is none");
	CHECK_THAT(coded(part, "instructor") == -1,
		   "what nine people say is hidden");
	part = texts_of(ANALYSIS_COURSE, 9501);
	CHECK_THAT(coded(part, "material") == 18,
		   "a course counts what one session only says");
	CHECK_THAT(coded(part, "time-short") == -1,
		   "but not what a session hides, as all of fifteen said it");
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
	codes_are_counted(part);
	a_course_keeps_few_comments_out();
	a_total_is_of_questions_shown();
	without_a_dictionary();
	people_are_counted_at_least();
	test_db_close(&t);
	return check_done();
}
