/*
 * Groups of people: put together, hidden, left out; and nothing that a reader
 * of several tables could subtract.
 */
#include "analysis/analysis_grouping.h"
#include "check.h"

#include <math.h>
#include <stdint.h>

static struct ctx cx;
static const struct gate g = { 5, 10 };

static struct bilingual names[] = {
	{ "甲", "A" }, { "乙", "B" }, { "丙", "C" }, { "丁", "" }, { "戊", "E" }
};

/* size[k] cases of group k, all in one session, with different values. */
static struct cases cases_of(const size_t *size, size_t ngroups)
{
	const struct grouping gr = { .n = ngroups, .name = names };
	size_t n = 0, at = 0;
	struct cases c;

	for (size_t k = 0; k < ngroups; k++)
		n += size[k];
	c = cases_new(&cx, &gr, n, 1);
	for (size_t k = 0; k < ngroups; k++)
		for (size_t i = 0; i < size[k]; i++) {
			c.group[at] = k;
			c.value[0][at++] = (double)i;
		}
	return c;
}

/* A bureau of two departments, one of them with a section; and the mayor. */
static void people_belong_to_their_department(void)
{
	static const struct answers_unit units[] = {
		{ 1, DB_NULL, "B", "bureau", "局", "Bureau", 1 },
		{ 2, 1, "D1", "department", "一部", "First", 2 },
		{ 3, 2, "S", "section", "課", "Section", 3 },
		{ 4, 1, "D2", "department", "二部", "Second", 4 },
		{ 5, DB_NULL, "M", "mayor", "市長", "Mayor", 5 },
	};
	const struct org org = { .units = units, .nunits = 5 };
	const struct grouping gr = grouping_departments(&cx, &org);

	CHECK(gr.n == 4);
	CHECK_TEXT(gr.name[gr.find(&org, &gr, 0, 3)].ja, "一部");
	CHECK_TEXT(gr.name[gr.find(&org, &gr, 0, 2)].ja, "一部");
	CHECK_TEXT(gr.name[gr.find(&org, &gr, 0, 4)].ja, "二部");
	CHECK_TEXT(gr.name[gr.find(&org, &gr, 0, 5)].ja, "市長");
	CHECK_THAT(gr.find(&org, &gr, 0, 99) == NO_GROUP,
		   "nobody of an unknown unit is in a group");
}

static void small_tiers_join_their_neighbour(void)
{
	const size_t size[] = { 3, 40, 0, 60, 2 };
	struct cases c = cases_of(size, 5);

	CHECK(cases_merge(&cx, &g, GATE_SCORE, &c));
	CHECK_THAT(c.ngroups == 2 && cases_count(&c, 0, 0) == 43 &&
			   cases_count(&c, 1, 0) == 62,
		   "nobody is dropped, and an empty tier vanishes");
	CHECK_TEXT(c.name[0].ja, "甲・乙");
	CHECK_TEXT(c.name[1].ja, "丁・戊");
	CHECK_THAT(!strcmp(c.name[1].en, "丁, E"),
		   "a name that has no English stands as it is");
}

static void the_smaller_neighbour_is_taken(void)
{
	const size_t size[] = { 50, 4, 20 };
	struct cases c = cases_of(size, 3);

	CHECK(cases_merge(&cx, &g, GATE_SCORE, &c));
	CHECK(c.ngroups == 2 && cases_count(&c, 0, 0) == 50 &&
	      cases_count(&c, 1, 0) == 24);
}

static void tiers_large_enough_stay(void)
{
	const size_t size[] = { 10, 12, 30 };
	struct cases c = cases_of(size, 3);

	CHECK(!cases_merge(&cx, &g, GATE_OPINION, &c));
	CHECK(c.ngroups == 3);
}

static void a_tier_of_one_opinion_is_not_shown_alone(void)
{
	const size_t size[] = { 12, 30 };
	struct cases c = cases_of(size, 2);

	for (size_t i = 0; i < 12; i++)
		c.value[0][i] = 5.0;
	CHECK_THAT(cases_merge(&cx, &g, GATE_OPINION, &c) && c.ngroups == 1,
		   "twelve who all said the same are put together");
}

static void one_person_in_many_sessions_is_one(void)
{
	const size_t size[] = { 12, 30 };
	struct cases c = cases_of(size, 2);

	c.people[0] = 4;
	c.people[1] = 20;
	CHECK_THAT(cases_merge(&cx, &g, GATE_OPINION, &c) && c.ngroups == 1,
		   "twelve answers of four people are four people");
}

static void hidden_departments_cannot_be_subtracted(void)
{
	const size_t size[] = { 3, 11, 40, 25 };
	struct cases c = cases_of(size, 4);
	bool shown[4];

	cases_hide(&cx, &g, GATE_OPINION, &c, NULL, shown);
	CHECK_THAT(!shown[0] && !shown[1] && shown[2] && shown[3],
		   "the smallest other goes with the one that is too small");
}

static void a_department_within_a_tier_gives_way(void)
{
	const size_t size[] = { 20, 30, 40 };
	struct cases c = cases_of(size, 3), tiers = cases_of(size, 3);
	bool shown[3];

	/* The second tier is the second department and three people more. */
	for (size_t i = 0; i < c.n; i++)
		tiers.group[i] = i >= 20 && i < 53 ? 1 : 0;
	cases_hide(&cx, &g, GATE_OPINION, &c, &tiers, shown);
	CHECK_THAT(!shown[1], "tier minus department would be three people");
	CHECK_THAT(!shown[0] || !shown[2], "and it is not the only one hidden");
}

static void a_lone_small_group_of_a_session_stays_out(void)
{
	const size_t size[] = { 30, 30 };
	struct cases c = cases_of(size, 2);
	int64_t session[60];

	/* Group 0: 27 people in session 1, three in session 2; group 1: three
	 * in each of ten sessions. */
	for (size_t i = 0; i < 60; i++)
		session[i] = i < 27 ? 1 : i < 30 ? 2 : 10 + (int64_t)(i / 3);
	c.session = session;
	cases_guard(&cx, &g, GATE_SCORE, &c);
	CHECK_THAT(cases_count(&c, 0, 0) == 27,
		   "course minus session would be three people");
	CHECK_THAT(cases_count(&c, 1, 0) == 30,
		   "many small ones together are enough people");
}

/* Put the rest of the cases, from `first` on, in no group. */
static void ungroup(struct cases *c, size_t first)
{
	for (size_t i = first; i < c->n; i++)
		c->group[i] = NO_GROUP;
}

static void people_of_no_tier_cannot_be_subtracted(void)
{
	const size_t size[] = { 40, 20, 30, 3 };
	struct cases c = cases_of(size, 4);

	ungroup(&c, 90);
	(void)cases_merge(&cx, &g, GATE_SCORE, &c);
	CHECK_THAT(cases_leave_out(&g, GATE_SCORE, &c) && c.ngroups == 2 &&
			   cases_size(&c, 0) == 40 && cases_size(&c, 1) == 30,
		   "all minus the tiers would be three people");
	CHECK_THAT(!cases_leave_out(&g, GATE_SCORE, &c),
		   "with the smallest tier they are enough");
	c = cases_of(size, 4);
	ungroup(&c, 90);
	for (size_t i = 90; i < 93; i++)
		c.value[0][i] = NAN;
	(void)cases_merge(&cx, &g, GATE_SCORE, &c);
	CHECK_THAT(!cases_leave_out(&g, GATE_SCORE, &c),
		   "who answered nothing is in no total");
}

static void people_of_no_department_cannot_be_subtracted(void)
{
	const size_t size[] = { 40, 20, 30, 3 };
	struct cases c = cases_of(size, 4);
	bool shown[4];

	ungroup(&c, 90);
	cases_hide(&cx, &g, GATE_OPINION, &c, NULL, shown);
	CHECK_THAT(shown[0] && !shown[1] && shown[2],
		   "the smallest department is hidden with them");
	c.told[90] = c.told[91] = c.told[92] = true;
	cases_hide(&cx, &g, GATE_OPINION, &c, NULL, shown);
	CHECK_THAT(shown[0] && shown[1] && shown[2],
		   "not where their sum is shown anyway");
}

/* n cases of a session and group, all with other values. */
struct lot {
	int64_t session;
	size_t group, n;
};

static void add(struct cases *c, int64_t *session, const struct lot *lot,
		size_t n)
{
	for (; n--; lot++)
		for (size_t i = 0; i < lot->n; i++) {
			c->group[c->n] = lot->group;
			c->value[0][c->n] = (double)i;
			session[c->n++] = lot->session;
		}
}

#define ADD(c, session, ...)                                     \
	add((c), (session), (const struct lot[]){ __VA_ARGS__ }, \
	    sizeof((const struct lot[]){ __VA_ARGS__ }) / sizeof(struct lot))

static struct cases none(int64_t *session)
{
	const size_t room[] = { 200, 200, 200, 200 };
	struct cases c = cases_of(room, 4);

	c.n = 0;
	c.session = session;
	return c;
}

static void only_people_with_a_value_are_counted(void)
{
	int64_t session[800];
	struct cases c = none(session);

	ADD(&c, session, { 1, 0, 27 }, { 1, 1, 27 }, { 2, 0, 6 }, { 2, 1, 27 });
	for (size_t i = 54; i < 57; i++)
		c.value[0][i] = NAN;
	cases_guard(&cx, &g, GATE_SCORE, &c);
	CHECK_THAT(cases_count(&c, 0, 0) == 27,
		   "six came, three of them answered");
}

static void all_alike_in_one_session_stay_out(void)
{
	int64_t session[800];
	struct cases c = none(session);

	ADD(&c, session, { 1, 0, 30 }, { 1, 1, 30 }, { 2, 0, 12 },
	    { 2, 1, 30 });
	for (size_t i = 60; i < 72; i++)
		c.value[0][i] = 5.0;
	cases_guard(&cx, &g, GATE_OPINION, &c);
	CHECK_THAT(cases_count(&c, 0, 0) == 30,
		   "course minus session: twelve who all said the same");
}

static void tiers_put_together_are_not_taken_apart(void)
{
	int64_t session[800];
	struct cases c = none(session);

	/* Session 2 shows both tiers as one. */
	ADD(&c, session, { 1, 0, 30 }, { 1, 1, 30 }, { 2, 0, 3 }, { 2, 1, 20 });
	cases_guard(&cx, &g, GATE_OPINION, &c);
	CHECK_THAT(cases_size(&c, 0) == 30 && cases_size(&c, 1) == 30,
		   "23 minus the 20 of the course would be three people");
	CHECK_THAT(!cases_leave_out(&g, GATE_OPINION, &c),
		   "the 23 are known, and no secret");
	/* A second session of the kind: nobody can tell the two apart. */
	c = none(session);
	ADD(&c, session, { 1, 0, 30 }, { 1, 1, 30 }, { 2, 0, 3 }, { 2, 1, 20 },
	    { 3, 0, 8 }, { 3, 1, 12 });
	cases_guard(&cx, &g, GATE_OPINION, &c);
	CHECK(cases_size(&c, 0) == 41 && cases_size(&c, 1) == 62);
}

/* Sessions 1 and 2 show tiers 0 and 1 as one, 3 and 4 tiers 2 and 3. */
static void add_chain(struct cases *c, int64_t *session)
{
	for (int64_t s = 1; s <= 4; s++) {
		const size_t t = s < 3 ? 0 : 2;

		ADD(c, session, { s, t, 7 }, { s, t + 1, 8 }, { s, 2 - t, 20 },
		    { s, 3 - t, 20 });
	}
}

static void a_chain_of_sums_is_cut(void)
{
	int64_t session[800];
	struct cases c = none(session);

	/* What session 5 shows as one is tier 1 and tier 2. */
	add_chain(&c, session);
	ADD(&c, session, { 5, 0, 20 }, { 5, 1, 4 }, { 5, 2, 9 }, { 5, 3, 20 });
	cases_guard(&cx, &g, GATE_OPINION, &c);
	CHECK_THAT(cases_size(&c, 1) == 56 && cases_size(&c, 2) == 54,
		   "tiers 0 and 1 minus sessions 1 and 2 are the four");
	CHECK(cases_size(&c, 0) == 74 && cases_size(&c, 3) == 76);
}

static void few_of_two_sessions_are_few(void)
{
	int64_t session[800];
	struct cases c = none(session);

	/* Sessions 5 and 6 show tiers 1 and 2 as one. */
	add_chain(&c, session);
	ADD(&c, session, { 5, 0, 20 }, { 5, 1, 4 }, { 5, 2, 9 }, { 5, 3, 20 });
	ADD(&c, session, { 6, 0, 20 }, { 6, 1, 3 }, { 6, 2, 9 }, { 6, 3, 20 });
	cases_guard(&cx, &g, GATE_OPINION, &c);
	CHECK_THAT(cases_size(&c, 1) == 56 && cases_size(&c, 2) == 54,
		   "tiers 0 and 1 minus sessions 1 and 2 are seven");
	c = none(session);
	add_chain(&c, session);
	ADD(&c, session, { 5, 0, 20 }, { 5, 1, 4 }, { 5, 2, 9 }, { 5, 3, 20 });
	ADD(&c, session, { 6, 0, 20 }, { 6, 1, 6 }, { 6, 2, 9 }, { 6, 3, 20 });
	cases_guard(&cx, &g, GATE_OPINION, &c);
	CHECK_THAT(cases_size(&c, 1) == 66 && cases_size(&c, 2) == 72,
		   "ten are enough");
}

static void a_year_minus_its_courses_is_nobody(void)
{
	int64_t session[800], course[800];
	struct cases c = none(session);

	/* Course 1 shows the three and four of its small sessions together. */
	ADD(&c, session, { 1, 0, 3 }, { 2, 0, 4 }, { 3, 0, 2 });
	for (int64_t s = 1; s <= 3; s++)
		ADD(&c, session, { s, 1, 20 });
	for (size_t i = 0; i < c.n; i++)
		course[i] = session[i] < 3 ? 1 : 2;
	c.course = course;
	cases_guard(&cx, &g, GATE_SCORE, &c);
	CHECK_THAT(cases_size(&c, 0) == 7,
		   "year minus course would be the two of the other course");
}

/* Course 1 leaves its session 2 out; nobody can tell 4 and 5 of course 2. */
static void a_year_leaves_out_what_a_course_does(void)
{
	int64_t session[800], course[800];
	struct cases c = none(session);

	for (int64_t s = 1; s <= 3; s += 2) {
		ADD(&c, session, { s, 0, 30 }, { s, 1, 30 });
	}
	ADD(&c, session, { 2, 0, 3 }, { 2, 1, 20 }, { 4, 0, 3 }, { 4, 1, 20 },
	    { 5, 0, 8 }, { 5, 1, 12 });
	for (size_t i = 0; i < c.n; i++)
		course[i] = session[i] < 3 ? 1 : 2;
	c.course = course;
	cases_guard(&cx, &g, GATE_OPINION, &c);
	CHECK_THAT(cases_size(&c, 0) == 30 + 41 && cases_size(&c, 1) == 30 + 62,
		   "year minus courses would be the three of session 2");
	CHECK_THAT(!cases_leave_out(&g, GATE_OPINION, &c),
		   "the 23 of session 2 are known, and no secret");
}

int main(void)
{
	people_belong_to_their_department();
	small_tiers_join_their_neighbour();
	the_smaller_neighbour_is_taken();
	tiers_large_enough_stay();
	a_tier_of_one_opinion_is_not_shown_alone();
	one_person_in_many_sessions_is_one();
	hidden_departments_cannot_be_subtracted();
	a_department_within_a_tier_gives_way();
	a_lone_small_group_of_a_session_stays_out();
	people_of_no_tier_cannot_be_subtracted();
	people_of_no_department_cannot_be_subtracted();
	only_people_with_a_value_are_counted();
	all_alike_in_one_session_stay_out();
	tiers_put_together_are_not_taken_apart();
	a_chain_of_sums_is_cut();
	few_of_two_sessions_are_few();
	a_year_minus_its_courses_is_nobody();
	a_year_leaves_out_what_a_course_does();
	arena_release(&cx.arena);
	return check_done();
}
