/*
 * What a part of an analysis says when there is less than it seems: twelve
 * sheets of six people, a change that is the same for all, a question that no
 * survey asked.
 *
 * Before: item 1 is right for person 6 and up. After: one item more for each
 * of the twelve people of the first session. The second course has two
 * sessions with the same six people in both.
 */
#include "db_test.h"

#include "analysis/analysis.h"
#include "base/clock.h"
#include "base/text.h"
#include "store/store_collection.h"
#include "store/store_submission.h"
#include "store/store_survey.h"
#include "survey/pairing.h"

#define SQL(var, text) \
	static const struct db_query var = { .name = "test " #var, .sql = text }

SQL(add_scheme, "INSERT INTO tier_scheme (id, code, fiscal_year, name)"
		" VALUES (7001, 'people', 2033, '試験')");
SQL(add_tier, "INSERT INTO tier (id, scheme_id, code, sort, name, who,"
	      " role_text) VALUES (7001, 7001, 'X1', 1, '甲', '', '')");
SQL(add_unit, "INSERT INTO unit (id, code, kind, name, valid_from)"
	      " VALUES (7001, '7001', 'section', '課', '2020-04-01')");
SQL(add_person,
    "INSERT INTO person (id, family, given) VALUES (?, '試', '験')");
SQL(add_course, "INSERT INTO course (id, code) VALUES (?, ?)");
SQL(add_version,
    "INSERT INTO course_version (id, course_id, version_no, title, summary,"
    " form, level, minutes, seats, definition, document, sha256, search_key,"
    " published_at) VALUES (?, ?, 1, '研修', '', 'classroom', 'concept',"
    " 90, 60, '{}', '', REPEAT('p', 32), '', '2033-04-01')");
SQL(add_session, "INSERT INTO session (id, course_id, version_id, fiscal_year,"
		 " run_no, seats, state, starts_at, ends_at) VALUES (?, ?, ?,"
		 " 2033, ?, 60, 'held', '2033-06-01 00:00:00',"
		 " '2033-06-01 03:00:00')");
SQL(add_booking, "INSERT INTO booking (session_id, person_id, state,"
		 " queue_no, unit_id, tier_id, changed_at)"
		 " VALUES (?, ?, 'booked', ?, 7001, 7001, '2033-05-01')");

#define CHOICE(key)                                                       \
	"<knowledge key=\"" key "\" measures=\"knowledge\"><text><ja>一" \
	"</ja></text><option key=\"x\"><ja>誤</ja></option>"             \
	"<option key=\"y\" correct=\"yes\"><ja>正</ja></option></knowledge>"
#define GRID(key)                                                          \
	"<grid key=\"" key "\" measures=\"" key "\"><text><ja>必要</ja>" \
	"</text><label points=\"1\"><ja>1</ja></label>"                    \
	"<label points=\"2\"><ja>2</ja></label>"                           \
	"<label points=\"3\"><ja>3</ja></label>"                           \
	"<row key=\"s1\" skill=\"digital\"><ja>一</ja></row></grid>"

static const char knowing[] =
	"<survey code=\"people-k\"><title><ja>票</ja></title>"
	"<purpose><ja>試験</ja></purpose>" CHOICE("k1")
		CHOICE("k2") "</survey>";
static const char needing[] =
	"<survey code=\"people-n\"><title><ja>票</ja></title>"
	"<purpose><ja>試験</ja></purpose>" GRID("need-importance")
		GRID("need-level") "</survey>";

static struct test_db t;
static struct ctx *cx = &t.cx;

static int64_t publish(const char *xml)
{
	const struct problem *problems = NULL;
	const struct survey *sv =
		survey_from_xml(&t.arena, "content/schema/survey.rng", xml,
				strlen(xml), &problems);
	int64_t version_id = 0;

	if (!sv) {
		printf("Bail out! %s\n", problems ? problems->text : "no xml");
		exit(1);
	}
	CHECK_OK(cx, store_survey_publish(cx, sv, xml, &version_id, NULL));
	return version_id;
}

static int64_t collect(int64_t session, int64_t version, enum moment m)
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

static int64_t book(int64_t session, int64_t person)
{
	int64_t id = 0;

	CHECK_OK(cx, db_insert(cx, &add_booking,
			       ARGS(db_i64(session), db_i64(person),
				    db_i64(person)),
			       &id));
	return id;
}

static void answer(int64_t collection, int64_t person, int64_t booking,
		   unsigned char first, unsigned char second)
{
	unsigned char slots[2] = { first, second };
	const struct answers answers = { slots, 2, NULL, 0 };
	const struct submission_new s = {
		.collection_id = collection,
		.mode = MODE_PAIRED,
		.person_id = person,
		.booking_id = booking,
		.tier_id = 7001,
		.unit_id = 7001,
		.entered_by = DB_NULL,
		.form_key = form_key_new(&cx->arena),
		.answers = &answers,
		.at_any_time = true,
	};
	bool is_new;

	CHECK_OK(cx, store_submission_add(cx, &s, &is_new));
}

static void hold(int64_t course, int64_t session, int run)
{
	CHECK_OK(cx, db_exec(cx, &add_session,
			     ARGS(db_i64(session), db_i64(course),
				  db_i64(course), db_i64(run)),
			     NULL));
}

static void offer(int64_t course, const char *code)
{
	CHECK_OK(cx, db_exec(cx, &add_course,
			     ARGS(db_i64(course), db_text(code)), NULL));
	CHECK_OK(cx, db_exec(cx, &add_version,
			     ARGS(db_i64(course), db_i64(course)), NULL));
}

static const json_t *part_of(const struct answers_of *of, const char *name,
			     analysis_fn *part)
{
	const struct gate g = gate_standard();
	struct answers_set set;
	struct analysis_work w = { .cx = cx, .g = &g, .of = of, .set = &set };
	json_t *out = json_object();

	w.scope = of->session_id ? ANALYSIS_SESSION : ANALYSIS_COURSE;
	w.scope_id = of->session_id ? of->session_id : of->course_id;
	CHECK_OK(cx, answers_read(cx, of, &set));
	CHECK_OK(cx, part(&w, out));
	printf("# %s: %s\n", name,
	       json_string_value(json_object_get(out, "status")));
	return out;
}

static const char *word(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static int64_t number(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static void six_people_are_not_twelve(int64_t version)
{
	const struct answers_of of = { .course_id = 7002 };
	const json_t *needs;

	offer(7002, "people-twice");
	for (int run = 1; run <= 2; run++) {
		const int64_t session = 7001 + run;
		int64_t pre;

		hold(7002, session, run);
		pre = collect(session, version, MOMENT_PRE);
		for (int64_t id = 7001; id <= 7006; id++)
			answer(pre, id, book(session, id), 3,
			       (unsigned char)(1 + id % 3));
	}
	needs = part_of(&of, "needs", analysis_needs);
	CHECK_THAT(text_equals(word(needs, "status"), "too_few") &&
			   number(needs, "n") == 6 &&
			   number(needs, "least") == 10,
		   "twelve sheets of six people are six people's needs");
	CHECK(!json_object_get(needs, "skills"));
}

static bool is_first(int64_t session_id, const void *arg)
{
	(void)arg;
	return session_id == 7011;
}

static size_t count(const struct answers_sessions *only)
{
	const struct answers_of of = { .course_id = 7011 };
	const struct answers_person *rows;
	size_t n;

	CHECK_OK(cx, store_answers_people(cx, &of, "pre", only, &rows, &n));
	return n ? (size_t)rows[n - 1].person : 0;
}

/* Six in the one session and three of them, with three others, in the next. */
static void who_answered_only_in_what_is_left_out_is_not_counted(
	int64_t version)
{
	const struct answers_sessions all = { NULL, NULL },
				      first = { is_first, NULL };

	offer(7011, "people-left-out");
	for (int run = 1; run <= 2; run++) {
		const int64_t session = 7010 + run;
		int64_t pre;

		hold(7011, session, run);
		pre = collect(session, version, MOMENT_PRE);
		for (int64_t id = 7001; id <= 7006; id++) {
			const int64_t who = run == 1 ? id : id + 3;

			answer(pre, who, book(session, who), 3, 1);
		}
	}
	CHECK(count(&all) == 9);
	CHECK_THAT(count(&first) == 6,
		   "who came to the other session alone does not make more");
}

static void all_changed_by_the_same(int64_t version)
{
	const struct answers_of of = { .session_id = 7001 };
	const json_t *change, *needs;
	int64_t pre, post;

	offer(7001, "people-even");
	hold(7001, 7001, 1);
	pre = collect(7001, version, MOMENT_PRE);
	post = collect(7001, version, MOMENT_POST);
	for (int64_t id = 7001; id <= 7012; id++) {
		const unsigned char first = id > 7006 ? 2 : 1;
		const int64_t booking = book(7001, id);

		answer(pre, id, booking, first, 1);
		answer(post, id, booking, 2, first);
	}
	change = part_of(&of, "change", analysis_change);
	CHECK_TEXT(word(change, "status"), "ok");
	CHECK_THAT(text_equals(word(change, "word"), "even"),
		   "one more point for everybody is no lack of people");
	needs = part_of(&of, "needs", analysis_needs);
	CHECK_THAT(text_equals(word(needs, "status"), "empty") &&
			   number(needs, "n") == 24 &&
			   !json_object_get(needs, "least"),
		   "what no survey asked does not wait for more people");
}

int main(void)
{
	static const struct db_query *const rows[] = { &add_scheme, &add_tier,
						       &add_unit };

	test_db_open(&t, "DB_URL");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_OK(cx, db_exec(cx, rows[i], NO_ARGS, NULL));
	for (int64_t id = 7001; id <= 7012; id++)
		CHECK_OK(cx, db_exec(cx, &add_person, ARGS(db_i64(id)), NULL));
	cx->now_ms = instant_from_japan(2033, 7, 1, 9, 0);
	all_changed_by_the_same(publish(knowing));
	six_people_are_not_twelve(publish(needing));
	who_answered_only_in_what_is_left_out_is_not_counted(publish(needing));
	test_db_close(&t);
	return check_done();
}
