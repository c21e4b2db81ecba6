/*
 * store_course_advice.c: which courses come next for a person, and why.
 *
 * Four small statements and a choice made here: one statement for all of it
 * took the optimizer longer than everything else on the home page.
 */
#include "base/text.h"
#include "store/instant_sql.h"
#include "store/store_course.h"

#include <stdlib.h>

#define COURSES_MAX 200 /* of one tier, that are looked at */

/* A course the person has a place in, or had. */
struct taken {
	int64_t course_id;
	int64_t is_done; /* was there */
	int64_t is_live; /* has a place in a session that is not over */
};

static const struct db_query taken_by = {
	.name = "advice taken_by",
	.sql = "SELECT STRAIGHT_JOIN z.course_id,"
	       " MAX(a.booking_id IS NOT NULL AND b.state = 'booked'),"
	       " MAX(z.state <> 'cancelled' AND z.ends_at > ?)"
	       " FROM booking b JOIN session z ON z.id = b.session_id"
	       " LEFT JOIN attendance a ON a.booking_id = b.id"
	       "  AND a.minutes > 0"
	       " WHERE b.person_id = ?"
	       " AND b.state IN ('applied', 'waiting', 'booked')"
	       " GROUP BY z.course_id",
	.row_size = sizeof(struct taken),
	.cols = { COL(struct taken, course_id), COL(struct taken, is_done),
		  COL(struct taken, is_live) },
	.ncols = 3,
	.remember = true,
};

/* What a tier is expected to do; one row without skill if nothing. */
struct expected {
	const char *tier_code;
	const char *code, *name, *name_en;
	int64_t level;
};

static const struct db_query expected_of = {
	.name = "advice expected_of",
	.sql = "SELECT t.code, k.code, k.name, k.name_en, ts.level FROM tier t"
	       " LEFT JOIN tier_skill ts ON ts.tier_id = t.id"
	       " LEFT JOIN skill k ON k.id = ts.skill_id"
	       " WHERE t.id = ? ORDER BY k.sort",
	.row_size = sizeof(struct expected),
	.cols = { COL(struct expected, tier_code), COL(struct expected, code),
		  COL(struct expected, name), COL(struct expected, name_en),
		  COL(struct expected, level) },
	.ncols = 5,
	.remember = true,
};

/* A skill a course raises, or (skill NULL) a course to take before it. */
struct link {
	int64_t course_id;
	const char *skill;
	int64_t level;
	int64_t before_id;
	const char *before_title, *before_title_en;
};

static const struct db_query links = {
	.name = "advice links",
	.sql = "SELECT c.id, x.skill_code, x.level, NULL, NULL, NULL"
	       " FROM course c JOIN course_skill x ON x.version_id ="
	       " c.version_id UNION ALL"
	       " SELECT c.id, NULL, NULL, b.id, v.title, v.title_en"
	       " FROM course c JOIN course_prerequisite q ON q.version_id ="
	       " c.version_id JOIN course b ON b.code = q.course_code"
	       " JOIN course_version v ON v.id = b.version_id",
	.row_size = sizeof(struct link),
	.cols = { COL(struct link, course_id), COL(struct link, skill),
		  COL(struct link, level), COL(struct link, before_id),
		  COL(struct link, before_title),
		  COL(struct link, before_title_en) },
	.ncols = 6,
	.remember = true,
};

const struct db_query *const store_course_advice_queries[] = { &taken_by,
							       &expected_of,
							       &links, NULL };

struct advisor {
	const struct taken *taken;
	size_t ntaken;
	const struct expected *expected;
	size_t nexpected;
	const struct link *links;
	size_t nlinks;
};

struct candidate {
	struct course_advice advice;
	size_t place;    /* in the catalogue */
	bool is_blocked; /* a course before it is not done */
};

static const struct taken *taken_of(const struct advisor *a, int64_t course_id)
{
	for (size_t i = 0; i < a->ntaken; i++)
		if (a->taken[i].course_id == course_id)
			return &a->taken[i];
	return NULL;
}

static bool is_done(const struct advisor *a, int64_t course_id)
{
	const struct taken *t = taken_of(a, course_id);

	return t && t->is_done == 1;
}

/* The highest level on a skill that the done courses lead to. */
static int64_t reached(const struct advisor *a, const char *skill)
{
	int64_t level = 0;

	for (size_t i = 0; i < a->nlinks; i++)
		if (text_equals(a->links[i].skill, skill) &&
		    a->links[i].level > level &&
		    is_done(a, a->links[i].course_id))
			level = a->links[i].level;
	return level;
}

static int64_t raises(const struct advisor *a, int64_t course_id,
		      const char *skill)
{
	for (size_t i = 0; i < a->nlinks; i++)
		if (a->links[i].course_id == course_id &&
		    text_equals(a->links[i].skill, skill))
			return a->links[i].level;
	return 0;
}

/* The skill on which the course closes most of what the tier lacks. */
static void add_skill(const struct advisor *a, int64_t course_id,
		      struct course_advice *advice)
{
	int64_t best = 0;

	for (size_t i = 0; i < a->nexpected; i++) {
		const struct expected *e = &a->expected[i];
		int64_t gain, gap;

		if (!e->code)
			continue;
		gap = e->level - reached(a, e->code);
		gain = raises(a, course_id, e->code);
		gain = gain < gap ? gain : gap;
		if (gain <= best)
			continue;
		best = gain;
		advice->skill_name = e->name;
		advice->skill_name_en = e->name_en;
	}
}

static void add_before(const struct advisor *a, int64_t course_id,
		       struct candidate *c)
{
	for (size_t i = 0; i < a->nlinks; i++) {
		const struct link *l = &a->links[i];

		if (l->course_id != course_id || l->skill)
			continue;
		if (!is_done(a, l->before_id)) {
			c->is_blocked = true;
			continue;
		}
		c->advice.after_title = l->before_title;
		c->advice.after_title_en = l->before_title_en;
	}
}

static int by_worth(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;
	const bool must_a = text_equals(a->advice.demand, "required");
	const bool must_b = text_equals(b->advice.demand, "required");
	const bool date_a = a->advice.next_id != DB_NULL;
	const bool date_b = b->advice.next_id != DB_NULL;

	if (a->is_blocked != b->is_blocked)
		return a->is_blocked ? 1 : -1;
	if (must_a != must_b)
		return must_a ? -1 : 1;
	if (date_a != date_b)
		return date_a ? -1 : 1;
	if (!a->advice.skill_name != !b->advice.skill_name)
		return a->advice.skill_name ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static void fill(const struct advisor *a, const struct course_item *item,
		 struct candidate *c)
{
	const struct course *k = &item->course;

	c->advice = (struct course_advice){
		.code = k->code,
		.title = k->title,
		.title_en = k->title_en,
		.summary = k->summary,
		.summary_en = k->summary_en,
		.demand = item->demand,
		.form = k->form,
		.level = k->level,
		.minutes = k->minutes,
		.next_id = item->next_id,
		.next_starts_at = item->next_starts_at,
		.next_left = item->next_left,
	};
	add_skill(a, k->id, &c->advice);
	add_before(a, k->id, c);
}

static bool is_candidate(const struct advisor *a,
			 const struct course_item *item)
{
	const struct taken *t = taken_of(a, item->course.id);

	return (!t || (t->is_done != 1 && t->is_live != 1)) &&
	       !text_equals(item->demand, "open");
}

enum err store_course_advice(struct ctx *cx, int64_t person_id, int64_t tier_id,
			     int64_t limit, const struct course_advice **rows,
			     size_t *n)
{
	struct course_filter filter = { .only_tier = true,
					.limit = COURSES_MAX };
	const struct course_item *items;
	struct course_advice *best;
	struct candidate *list;
	struct advisor a;
	size_t nitems, nlist = 0;

	*n = 0;
	*rows = NULL;
	TRY(db_all(cx, &expected_of, ARGS(db_i64(tier_id)), &a.expected,
		   &a.nexpected));
	if (a.nexpected == 0)
		return OK;
	filter.tier_code = a.expected[0].tier_code;
	TRY(db_all(cx, &taken_by,
		   ARGS(db_instant_to(cx, MINUTE_MS), db_i64(person_id)),
		   &a.taken, &a.ntaken));
	TRY(db_all(cx, &links, NO_ARGS, &a.links, &a.nlinks));
	TRY(store_course_list(cx, &filter, &items, &nitems));
	list = ARENA_ARRAY(&cx->arena, struct candidate, nitems);
	for (size_t i = 0; i < nitems; i++)
		if (is_candidate(&a, &items[i])) {
			list[nlist].place = i;
			fill(&a, &items[i], &list[nlist++]);
		}
	qsort(list, nlist, sizeof(*list), by_worth);
	best = ARENA_ARRAY(&cx->arena, struct course_advice, nlist);
	while (*n < nlist && (int64_t)*n < limit) {
		best[*n] = list[*n].advice;
		++*n;
	}
	*rows = best;
	return OK;
}
