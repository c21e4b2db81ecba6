/*
 * What was planted in the demo (docs/demo-model.md) is found, and bad items
 * and small gains are found nowhere else.
 *
 * The rules speak only from enough people on: planted things in courses with
 * fewer matched people than the rule asks for are left out here as well.
 */
#include "db_test.h"

#include "analysis/analysis.h"
#include "base/clock.h"
#include "demo/answers.h"
#include "demo/demo.h"
#include "insight/findings.h"
#include "insight/session_view.h"
#include "load/load.h"
#include "store/store_demo.h"

#define SEED     20240401
#define LITTLE   0.5 /* gain of ability; planted is .12, usual about 1 */
#define HAS(n)   ((n) ? "found" : "not found")
#define THE_YEAR 2024

struct number {
	int64_t value;
};

static const struct db_query findings_of = {
	.name = "test findings of",
	.sql = "SELECT COUNT(*) FROM finding WHERE kind = ? AND course_id = ?"
	       " AND IFNULL(item_key, '') = ?",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, value) },
	.ncols = 1,
};

/* A session whose course was held before as well, most answers first. */
static const struct db_query session_of_many = {
	.name = "test session of many",
	.sql = "SELECT s.id FROM session s JOIN collection c"
	       " ON c.session_id = s.id AND c.moment = 'pre' JOIN submission b"
	       " ON b.collection_id = c.id WHERE s.state = 'held' AND EXISTS"
	       " (SELECT 1 FROM session o JOIN collection d"
	       "  ON d.session_id = o.id AND d.moment = 'pre' JOIN submission e"
	       "  ON e.collection_id = d.id WHERE o.course_id = s.course_id"
	       "  AND o.id <> s.id AND o.state = 'held')"
	       " GROUP BY s.id ORDER BY COUNT(*) DESC, s.id LIMIT 1",
	.row_size = sizeof(struct number),
	.cols = { COL(struct number, value) },
	.ncols = 1,
};

static struct test_db t;
static struct ctx *cx = &t.cx;

static struct {
	size_t bad, hard, little; /* planted where the rules can speak */
	size_t bad_found, hard_found, little_found;
	size_t bad_elsewhere, little_elsewhere;
	size_t good_items, good_courses; /* where the rules can speak, too */
} sum;

static bool is_found(const char *kind, int64_t course, const char *item)
{
	struct number n = { 0 };

	CHECK_OK(cx, db_one(cx, &findings_of,
			    ARGS(db_text(kind), db_i64(course), db_text(item)),
			    &n));
	return n.value == 1;
}

static void say(const char *course, const char *what, bool found)
{
	printf("# %s, planted: %s, %s\n", course, what, HAS(found));
}

static void look_at_hard(const struct demo_course_row *c, const char *key)
{
	const bool hard = is_found("not_understood", c->course_id, key);

	say(c->code, "an item that stays hard", hard);
	sum.hard++;
	sum.hard_found += hard ? 1 : 0;
}

static void look_at_bad(const struct demo_course_row *c, const char *key,
			bool is_planted)
{
	const bool bad = is_found("bad_item", c->course_id, key);

	if (is_planted) {
		say(c->code, "an item that works backwards", bad);
		sum.bad++;
		sum.bad_found += bad ? 1 : 0;
		return;
	}
	sum.good_items++;
	sum.bad_elsewhere += bad ? 1 : 0;
	if (bad)
		printf("# %s: %s is no bad item\n", c->code, key);
}

static void look_at_items(const struct demo_course_row *c,
			  const struct demo_course_model *m,
			  const struct session_view *v)
{
	for (size_t j = 0; j < v->nitems; j++) {
		const char *key = v->items[j].key;

		const bool hard = m->has_hard_item && j + 1 == v->nitems;

		if (hard && gate_has(&v->items[j].after))
			look_at_hard(c, key);
		/* Hardly anybody gets a hard one right: it may tell people
		 * apart badly as well. */
		if (gate_has(&v->items[j].discrimination) && !hard)
			look_at_bad(c, key, m->has_bad_item && j == 2);
		else if (!hard)
			CHECK_THAT(!is_found("bad_item", c->course_id, key),
				   "nothing is bad that cannot be judged");
	}
}

static void look_at(const struct demo_course_row *c, size_t number)
{
	const struct gate g = gate_standard();
	const struct answers_of of = { .course_id = c->course_id };
	const struct demo_course_model m = demo_course_model(SEED, number);
	const bool little = is_found("low_gain", c->course_id, "");
	struct session_view v;

	CHECK_OK(cx, session_view_read(cx, &g, &of, &v));
	if (m.gain >= LITTLE) {
		sum.little_elsewhere += little ? 1 : 0;
		sum.good_courses += gate_has(&v.score.gain) ? 1 : 0;
	} else if (gate_has(&v.score.gain)) {
		say(c->code, "little gain", little);
		sum.little++;
		sum.little_found += little ? 1 : 0;
	}
	look_at_items(c, &m, &v);
}

/*
 * What chance does to a score is measured on all sessions of a course, for
 * one session as well.
 */
static void a_session_rests_on_its_course(void)
{
	const struct gate g = gate_standard();
	struct number session = { 0 };
	struct answers_of of = { 0 };
	struct answers_set set;
	const struct analysis_work w = { .cx = cx,
					 .g = &g,
					 .scope = ANALYSIS_SESSION,
					 .of = &of,
					 .set = &set };
	json_t *out = json_object();
	const json_t *reliable;
	json_int_t people;

	CHECK_OK(cx, db_one(cx, &session_of_many, NO_ARGS, &session));
	of.session_id = session.value;
	CHECK_OK(cx, answers_read(cx, &of, &set));
	CHECK_OK(cx, analysis_change(&w, out));
	reliable = json_object_get(out, "reliable");
	CHECK_TEXT(json_string_value(json_object_get(reliable, "status")),
		   "ok");
	CHECK_TEXT(json_string_value(json_object_get(reliable, "of")),
		   "course");
	people = json_integer_value(json_object_get(reliable, "r_n"));
	CHECK_THAT(people > (json_int_t)set.n_pre,
		   "more people than this session had");
	CHECK(json_integer_value(json_object_get(reliable, "n")) ==
	      (json_int_t)set.npairs);
}

int main(void)
{
	const struct demo_options options = { SEED, 3500 };
	struct load_content_report content = { 0 };
	struct findings_report report;
	struct demo_course_row *courses;
	size_t n;

	test_db_open(&t, "DB_URL");
	CHECK_OK(cx, load_content(cx, t.config.content, &content));
	CHECK_OK(cx, demo_load(cx, &options));
	CHECK_OK(cx, findings_run(cx, THE_YEAR, NULL, NULL, &report));
	CHECK_OK(cx, store_demo_courses(cx, &courses, &n));
	for (size_t i = 0; i < n; i++)
		look_at(&courses[i], i);
	CHECK_THAT(sum.bad >= 3 && sum.bad_found == sum.bad,
		   "every item that works backwards is found");
	CHECK_THAT(sum.good_items >= 20 && !sum.bad_elsewhere,
		   "and no other item is called bad");
	CHECK_THAT(sum.hard >= 4 && sum.hard_found == sum.hard,
		   "every item that stays hard is found");
	CHECK_THAT(sum.little >= 2 && sum.little_found == sum.little,
		   "every course with little gain is found");
	CHECK_THAT(sum.good_courses >= 5 && !sum.little_elsewhere,
		   "and no other course");
	printf("# %zu other items, %zu other courses\n", sum.good_items,
	       sum.good_courses);
	a_session_rests_on_its_course();
	test_db_close(&t);
	return check_done();
}
