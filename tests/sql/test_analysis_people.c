/*
 * What a part of an analysis says when there is less than it seems: twelve
 * sheets of six people, a change that is the same for all, a question that no
 * survey asked.
 *
 * Before: item 1 is right for person 6 and up. After: one item more for each
 * of the twelve people of the first session. The second course has two
 * sessions with the same six people in both.
 */
#include "held_fixture.h"

#include "analysis/analysis.h"
#include "base/text.h"

#include <inttypes.h>

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

static void answer(int64_t collection, int64_t person, int64_t booking,
		   unsigned char first, unsigned char second)
{
	unsigned char slots[2] = { first, second };
	const struct answers answers = { slots, 2, NULL, 0 };

	held_answer(collection, booking, person, first_id, &answers);
}

static int64_t book(int64_t session, int64_t person)
{
	return held_book(session, person, first_id);
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

	held_course(7002, "people-twice");
	for (int run = 1; run <= 2; run++) {
		const int64_t session = 7001 + run;
		int64_t pre;

		held_session(session, 7002, run);
		pre = held_collect(session, version, MOMENT_PRE);
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
	const struct answers_of of = { .course_id = 7011 };
	const struct answers_again *again;
	size_t n;

	held_course(7011, "people-left-out");
	for (int run = 1; run <= 2; run++) {
		const int64_t session = 7010 + run;
		int64_t pre;

		held_session(session, 7011, run);
		pre = held_collect(session, version, MOMENT_PRE);
		for (int64_t id = 7001; id <= 7006; id++) {
			const int64_t who = run == 1 ? id : id + 3;

			answer(pre, who, book(session, who), 3, 1);
		}
	}
	CHECK_OK(cx, store_answers_again(cx, &of, &again, &n));
	CHECK_THAT(n == 6 && again[0].person == again[1].person &&
			   again[0].session_id != again[1].session_id &&
			   again[1].person != again[2].person,
		   "three came to both sessions");
	CHECK(count(&all) == 9);
	CHECK_THAT(count(&first) == 6,
		   "who came to the other session alone does not make more");
}

/* Is the greatest need named, after three sessions? step: how many people of
 * one are not in the one before. */
static bool names_a_need(int64_t course, int64_t version, int64_t people,
			 int64_t step)
{
	const struct answers_of of = { .course_id = course };
	const json_t *units, *o;
	bool named = false;
	size_t i;

	held_course(course, arena_printf(&cx->arena, "need-%" PRId64, course));
	for (int run = 1; run <= 3; run++) {
		const int64_t session = course + run;
		int64_t pre;

		held_session(session, course, run);
		pre = held_collect(session, version, MOMENT_PRE);
		for (int64_t id = 7001; id < 7001 + people; id++) {
			const int64_t who = id + (run - 1) * step;

			answer(pre, who, book(session, who), 3,
			       (unsigned char)(1 + id % 3));
		}
	}
	units = json_object_get(part_of(&of, "groups", analysis_groups),
				"units");
	json_array_foreach(units, i, o)
		named |= text_equals(word(o, "key"), "need");
	return named;
}

static void the_greatest_need_is_that_of_thirty_people(int64_t version)
{
	CHECK_THAT(!names_a_need(7020, version, 12, 0),
		   "36 sheets of twelve people do not name it");
	CHECK_THAT(!names_a_need(7030, version, 9, 9), "nor do 27 people");
	CHECK_THAT(names_a_need(7040, version, 10, 10), "thirty do");
}

static void all_changed_by_the_same(int64_t version)
{
	const struct answers_of of = { .session_id = 7001 };
	const json_t *change, *needs;
	int64_t pre, post;

	held_course(7001, "people-even");
	held_session(7001, 7001, 1);
	pre = held_collect(7001, version, MOMENT_PRE);
	post = held_collect(7001, version, MOMENT_POST);
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
	held_open(7001, 2033);
	for (int64_t id = 7001; id <= 7030; id++)
		held_person(id);
	all_changed_by_the_same(held_publish(knowing));
	six_people_are_not_twelve(held_publish(needing));
	who_answered_only_in_what_is_left_out_is_not_counted(
		held_publish(needing));
	the_greatest_need_is_that_of_thirty_people(held_publish(needing));
	test_db_close(&held);
	return check_done();
}
