/*
 * What a course may count of its sessions, and needs of groups: nothing that
 * a page hides comes back by subtraction.
 */
#include "analysis/analysis.h"
#include "answers_case.h"
#include "check.h"
#include "insight/answers_parts.h"
#include "insight/needs_view.h"
#include "insight/session_view.h"

#include <math.h>

#define SESSIONS 4

static const struct gate g = { 5, 10 };
static struct answers_case c;
static struct answers_collection collections[2 * SESSIONS];
static int64_t year_of[SESSIONS]; /* of each session */

/* Sessions 1 to 4, before and after; the first `ours` are of course 1. */
static void begin(size_t k, size_t scales, int64_t ours)
{
	case_begin(&c, k, 4, scales);
	for (size_t i = 0; i < (size_t)2 * SESSIONS; i++) {
		const int64_t session = (int64_t)i / 2 + 1;

		collections[i] = c.collections[i % 2];
		collections[i].id = (int64_t)i + 1;
		collections[i].session_id = session;
		collections[i].course_id = session <= ours ? 1 : 2;
		collections[i].fiscal_year = year_of[i / 2];
	}
	c.set.collections = collections;
	c.set.ncollections = (size_t)2 * SESSIONS;
}

static void move(struct sheet *s, int64_t session)
{
	s->session_id = session;
	s->collection = (size_t)(2 * (session - 1)) +
			(s->moment == MOMENT_POST ? 1 : 0);
}

/* n people who rate a session, by turns low and high; low 0: skipped. */
struct raters {
	int64_t session;
	size_t n;
	unsigned char low, high;
};

/* So many people answer in both of two sessions from now on. */
static struct answers_again twice[2 * CASE_PEOPLE];
static size_t ntwice;

static void meet(int64_t a, int64_t b, size_t n)
{
	ntwice = 2 * n;
	for (size_t i = 0; i < ntwice; i++)
		twice[i] = (struct answers_again){ (int64_t)i / 2 + 1,
						   i % 2 ? b : a, "post" };
}

/* People in the mean of course 1, or of the year if it has fewer sessions. */
static size_t rated(int64_t ours, const struct raters *list, size_t n)
{
	const struct column *columns;

	begin(0, 1, ours);
	c.set.again = twice;
	c.set.nagain = ntwice;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < list[i].n; k++) {
			unsigned char code = k % 2 ? list[i].high : list[i].low;

			if (!code)
				code = SLOT_SKIPPED;
			move(case_sheet(&c, 1, &code), list[i].session);
		}
	answers_countable(&c.cx, &g, &c.set);
	columns = answers_columns(&c.cx, &c.set, MOMENT_POST,
				  MEASURES_SATISFACTION, &n);
	return view_scale(&c.cx, &g, &c.set, MOMENT_POST, &columns[0]).mean.n;
}

#define RATED(ours, ...)                                       \
	rated((ours), (const struct raters[]){ __VA_ARGS__ },  \
	      sizeof((const struct raters[]){ __VA_ARGS__ }) / \
		      sizeof(struct raters))

static void what_a_session_hides_stays_out(void)
{
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 12, 4, 5 }) == 42,
		   "what is shown is counted");
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 12, 5, 5 }) == 30,
		   "twelve who all said 5 are a secret");
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 18, 0, 4 }) == 30,
		   "so are nine answers of eighteen people");
	CHECK_THAT(c.set.n_post == 48, "who are counted all the same");
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 12, 5, 5 },
			 { 3, 18, 0, 4 }) == 51,
		   "two sessions cannot be told apart");
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 20, 5, 5 }) == 50,
		   "twenty may all say the same");
}

static void years_of_a_course_are_no_cover(void)
{
	year_of[0] = 2023;
	year_of[1] = year_of[2] = year_of[3] = 2024;
	CHECK_THAT(RATED(SESSIONS, { 1, 4, 3, 5 }, { 2, 4, 3, 5 },
			 { 3, 4, 3, 5 }, { 4, 4, 3, 5 }) == 12,
		   "the course minus the year 2024 would be four people");
	year_of[1] = 2023;
	CHECK_THAT(RATED(SESSIONS, { 1, 4, 3, 5 }, { 2, 4, 3, 5 },
			 { 3, 4, 3, 5 }, { 4, 4, 3, 5 }) == 16,
		   "where no year is enough, all of them may be");
	for (size_t i = 0; i < SESSIONS; i++)
		year_of[i] = 0;
}

static void one_person_in_two_sessions_is_one(void)
{
	meet(2, 3, 3);
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 7, 3, 5 },
			 { 3, 6, 3, 5 }) == 43,
		   "thirteen sheets of ten people are enough");
	meet(2, 3, 4);
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 7, 3, 5 },
			 { 3, 6, 3, 5 }) == 30,
		   "thirteen of nine are not");
	meet(2, 4, 4);
	CHECK_THAT(RATED(2, { 1, 30, 3, 5 }, { 2, 6, 3, 5 }, { 3, 30, 3, 5 },
			 { 4, 7, 3, 5 }) == 60,
		   "nor in two courses of a year");
	meet(2, 3, 12);
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 12, 5, 5 },
			 { 3, 18, 0, 4 }) == 30,
		   "nor for a single question");
	meet(1, 2, 12);
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 12, 3, 5 }) == 42,
		   "who is shown in both may be in both");
	meet(1, 2, 0);
}

static void small_sessions_cover_each_other(void)
{
	CHECK(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 7, 3, 5 },
		    { 3, 6, 3, 5 }) == 43);
	CHECK_THAT(RATED(SESSIONS, { 1, 30, 3, 5 }, { 2, 8, 3, 5 },
			 { 3, 3, 3, 5 }) == 30,
		   "eight people's score is shown: the rest would be three");
	CHECK_THAT(RATED(3, { 1, 30, 3, 5 }, { 2, 6, 3, 5 }, { 3, 6, 3, 5 },
			 { 4, 7, 3, 5 }) == 42,
		   "year minus course 1 would be the session of course 2");
	CHECK_THAT(c.set.n_post == 42, "its sheets are not counted either");
	CHECK_THAT(RATED(2, { 1, 30, 3, 5 }, { 2, 6, 3, 5 }, { 3, 30, 3, 5 },
			 { 4, 7, 3, 5 }) == 73,
		   "two that no course shows are enough");
}

static void add_pairs(int64_t session, size_t n, size_t leavers)
{
	for (size_t i = 0; i < n + leavers; i++) {
		const unsigned char before[3] = { i % 2 ? 1 : 2, i % 3 ? 1 : 2,
						  2 };
		const unsigned char after[3] = { 1, i % 5 ? 1 : 2,
						 i % 2 ? 1 : 2 };

		if (i < n) {
			case_pair(&c, before, after);
			move(&c.sheets[c.set.nsheets - 2], session);
		} else {
			case_sheet(&c, 0, before);
		}
		move(&c.sheets[c.set.nsheets - 1], session);
	}
}

static void few_who_left_one_session_stay_out(void)
{
	const struct answers_of of = { .course_id = 1 };
	const struct analysis_work w = { .cx = &c.cx,
					 .g = &g,
					 .scope = ANALYSIS_COURSE,
					 .scope_id = 1,
					 .of = &of,
					 .set = &c.set,
					 .seed = 1 };
	json_t *out = json_object();
	const json_t *left;

	begin(3, 0, SESSIONS);
	add_pairs(1, 15, 11);
	add_pairs(2, 15, 3);
	answers_countable(&c.cx, &g, &c.set);
	CHECK(analysis_change(&w, out) == OK);
	left = json_object_get(json_object_get(out, "attrition"), "left");
	CHECK_THAT(json_integer_value(json_object_get(left, "n")) == 11,
		   "14 of the course minus 11 would be three people");
}

/* ---- needs by tier and by unit ------------------------------------------- */

/* A survey before with the importance and the level of one skill. */
static void begin_needs(void)
{
	struct survey_item *items;

	begin(0, 2, SESSIONS);
	items = arena_memdup(&c.cx.arena, c.post.items, 2 * sizeof(*items));
	items[0].measures = MEASURES_NEED_IMPORTANCE;
	items[1].measures = MEASURES_NEED_LEVEL;
	items[0].skill = items[1].skill = "skill";
	c.post.items = items;
	for (size_t i = 0; i < (size_t)2 * SESSIONS; i++)
		collections[i].moment = i % 2 ? "pre" : "post";
}

/* n people of a tier and unit; alike: all of one mind. */
static void ask(int64_t tier, int64_t unit, size_t n, bool alike)
{
	for (size_t i = 0; i < n; i++) {
		struct sheet *s =
			case_sheet(&c, 1,
				   (unsigned char[]){ alike || i % 2 ? 5 : 3,
						      alike || i % 3 ? 2 : 4 });

		s->moment = MOMENT_PRE;
		s->tier_id = tier;
		s->unit_id = unit;
	}
}

static bool is_shown(const struct needs_group *grp)
{
	return grp->cells[0].mwds.status == AN_OK;
}

static const struct answers_tier tiers[] = { { 1, "a", 1, "甲", "A" },
					     { 2, "b", 2, "乙", "B" },
					     { 3, "c", 3, "丙", "C" } };
static const struct answers_unit units[] = {
	{ 1, DB_NULL, "1", "department", "一部", "", 1 },
	{ 2, DB_NULL, "2", "department", "二部", "", 2 },
	{ 3, DB_NULL, "3", "department", "三部", "", 3 },
};

/* Everybody of a unit and tier; those who are alike are all of one mind. */
struct crowd {
	int64_t unit_id, tier_id;
	size_t people;
	bool alike;
};

/* Their answers, and who they are. */
static struct needs_work asked(const struct crowd *list, size_t n)
{
	struct answers_person *p =
		ARENA_ARRAY(&c.cx.arena, struct answers_person, CASE_PEOPLE);
	struct needs_work w = { .cx = &c.cx,
				.g = &g,
				.set = &c.set,
				.tiers = tiers,
				.ntiers = 3,
				.units = units,
				.nunits = 3,
				.people = p };

	begin_needs();
	for (size_t i = 0; i < n; i++) {
		ask(list[i].tier_id, list[i].unit_id, list[i].people,
		    list[i].alike);
		for (size_t k = 0; k < list[i].people; k++, w.npeople++)
			p[w.npeople] =
				(struct answers_person){ (int64_t)w.npeople + 1,
							 list[i].unit_id,
							 list[i].tier_id };
	}
	return w;
}

static void few_of_no_tier_cannot_be_subtracted(void)
{
	const struct crowd people[] = { { 1, 1, 40, false },
					{ 1, 2, 20, false },
					{ 1, 3, 30, false },
					{ 1, DB_NULL, 4, false } };
	const struct needs_work w = asked(people, 4);
	struct needs_view v = { .nskills = 1, .unit_id = DB_NULL };

	CHECK(needs_tiers(&w, &v) == OK && v.ntiers == 3);
	CHECK_THAT(is_shown(&v.tiers[0]) && !is_shown(&v.tiers[1]) &&
			   is_shown(&v.tiers[2]),
		   "all minus three tiers would be four people");
}

static void a_hidden_unit_is_not_the_only_one(void)
{
	const struct crowd people[] = { { 1, 1, 20, false },
					{ 2, 2, 14, true },
					{ 3, 3, 30, false } };
	const struct needs_work w = asked(people, 3);
	struct needs_view v = { .nskills = 1, .unit_id = DB_NULL };

	CHECK(needs_units(&w, &v) == OK);
	CHECK_THAT(!is_shown(&v.units[0]) && !is_shown(&v.units[1]) &&
			   is_shown(&v.units[2]),
		   "all minus two units would be 14 people of one mind");
}

static void a_unit_that_differs_by_few_has_company(void)
{
	/* Tier b is unit 2 and three people of unit 3. */
	const struct crowd people[] = { { 1, 1, 20, false },
					{ 2, 2, 24, false },
					{ 3, 3, 30, false },
					{ 3, 2, 3, false } };
	const struct needs_work w = asked(people, 4);
	struct needs_view v = { .nskills = 1, .unit_id = DB_NULL };

	CHECK(needs_tiers(&w, &v) == OK && needs_units(&w, &v) == OK);
	CHECK(is_shown(&v.tiers[1]));
	CHECK_THAT(!is_shown(&v.units[1]) && !is_shown(&v.units[0]),
		   "else all minus the others would be that unit");
}

/* Twelve sheets of a tier by people of whom some had two units in the year. */
static void who_moved_counts_once(void)
{
	const struct crowd twelve = { 1, 1, 12, false };
	struct needs_work w = asked(&twelve, 1);
	struct needs_view v = { .nskills = 1, .unit_id = DB_NULL };
	struct answers_person moved[12];

	CHECK(needs_tiers(&w, &v) == OK && is_shown(&v.tiers[0]));
	for (int i = 0; i < 12; i++)
		moved[i] = (struct answers_person){ i / 2 + 1, i % 2 + 1, 1 };
	w.people = moved;
	CHECK(needs_tiers(&w, &v) == OK);
	CHECK_THAT(!is_shown(&v.tiers[0]), "they are six people, not twelve");
}

int main(void)
{
	what_a_session_hides_stays_out();
	small_sessions_cover_each_other();
	years_of_a_course_are_no_cover();
	one_person_in_two_sessions_is_one();
	few_who_left_one_session_stay_out();
	few_of_no_tier_cannot_be_subtracted();
	who_moved_counts_once();
	a_hidden_unit_is_not_the_only_one();
	a_unit_that_differs_by_few_has_company();
	arena_release(&c.cx.arena);
	return check_done();
}
