/*
 * Groups of people: put together, hidden, left out; and nothing that a reader
 * of several tables could subtract.
 */
#include "analysis/analysis_grouping.h"
#include "check.h"

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

int main(void)
{
	small_tiers_join_their_neighbour();
	the_smaller_neighbour_is_taken();
	tiers_large_enough_stay();
	a_tier_of_one_opinion_is_not_shown_alone();
	one_person_in_many_sessions_is_one();
	hidden_departments_cannot_be_subtracted();
	a_department_within_a_tier_gives_way();
	a_lone_small_group_of_a_session_stays_out();
	arena_release(&cx.arena);
	return check_done();
}
