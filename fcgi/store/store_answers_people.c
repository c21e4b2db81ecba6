/*
 * store_answers_people.c: different people who answered. The manual is
 * store_answers.h.
 */
#include "base/text.h"
#include "store/answers_sql.h"

#define PEOPLE_SQL                                                 \
	"SELECT DISTINCT m.person_id, b.unit_id, b.tier_id, s.id"  \
	" FROM session s JOIN collection c ON c.session_id = s.id" \
	" JOIN completion m ON m.collection_id = c.id"             \
	" JOIN booking b ON b.session_id = s.id"                   \
	" AND b.person_id = m.person_id"                           \
	" WHERE c.moment = ? AND "
#define PEOPLE_ORDER " ORDER BY m.person_id, b.unit_id, b.tier_id"

/* What the database says; who it is stays in this file. */
struct answering {
	int64_t person_id, unit_id, tier_id, session_id;
};

#define PEOPLE_COLS                                    \
	.row_size = sizeof(struct answering),          \
	.cols = { COL(struct answering, person_id),    \
		  COL(struct answering, unit_id),      \
		  COL(struct answering, tier_id),      \
		  COL(struct answering, session_id) }, \
	.ncols = 4

static const struct db_query people_of_course = {
	.name = "answers_people_of_course",
	.sql = PEOPLE_SQL "s.course_id = ?" PEOPLE_ORDER,
	PEOPLE_COLS,
};

static const struct db_query people_of_year = {
	.name = "answers_people_of_year",
	.sql = PEOPLE_SQL "s.fiscal_year = ?" PEOPLE_ORDER,
	PEOPLE_COLS,
};

#define AGAIN_SQL                                                  \
	"SELECT STRAIGHT_JOIN m.person_id, s.id, c.moment"         \
	" FROM session s JOIN collection c ON c.session_id = s.id" \
	" JOIN completion m ON m.collection_id = c.id WHERE "
#define AGAIN_COLS                                       \
	.row_size = sizeof(struct answers_again),        \
	.cols = { COL(struct answers_again, person),     \
		  COL(struct answers_again, session_id), \
		  COL(struct answers_again, moment) },   \
	.ncols = 3

static const struct db_query again_of_course = {
	.name = "answers_again_of_course",
	.sql = AGAIN_SQL "s.course_id = ? ORDER BY c.moment, m.person_id,"
			 " s.id",
	AGAIN_COLS,
};

static const struct db_query again_of_year = {
	.name = "answers_again_of_year",
	.sql = AGAIN_SQL "s.fiscal_year = ? ORDER BY c.moment, m.person_id,"
			 " s.id",
	AGAIN_COLS,
};

const struct db_query *const store_answers_people_queries[] = {
	&people_of_course, &people_of_year, &again_of_course, &again_of_year,
	NULL
};

static bool is_new(const struct answers_person *rows, size_t n, int64_t person,
		   const struct answering *row)
{
	const struct answers_person *last = n ? &rows[n - 1] : NULL;

	return !last || last->person != person ||
	       last->unit_id != row->unit_id || last->tier_id != row->tier_id;
}

enum err store_answers_people(struct ctx *cx, const struct answers_of *of,
			      const char *moment,
			      const struct answers_sessions *only,
			      const struct answers_person **rows, size_t *n)
{
	const bool course = of->course_id != 0;
	const struct answering *all;
	struct answers_person *kept;
	int64_t person = 0, person_id = 0;
	size_t nall;

	*rows = NULL;
	*n = 0;
	if (of->session_id)
		return OK;
	TRY(db_all(cx, course ? &people_of_course : &people_of_year,
		   ARGS(db_text(moment),
			db_i64(course ? of->course_id : of->fiscal_year)),
		   &all, &nall));
	kept = ARENA_ARRAY(&cx->arena, struct answers_person, nall + 1);
	for (size_t i = 0; i < nall; i++) {
		if (only->keep && !only->keep(all[i].session_id, only->arg))
			continue;
		person += all[i].person_id != person_id ? 1 : 0;
		person_id = all[i].person_id;
		if (is_new(kept, *n, person, &all[i]))
			kept[(*n)++] =
				(struct answers_person){ person, all[i].unit_id,
							 all[i].tier_id };
	}
	*rows = kept;
	return OK;
}

static bool is_same(const struct answers_again *a,
		    const struct answers_again *b)
{
	return a->person == b->person && text_equals(a->moment, b->moment);
}

enum err store_answers_again(struct ctx *cx, const struct answers_of *of,
			     const struct answers_again **rows, size_t *n)
{
	const bool course = of->course_id != 0;
	const struct answers_again *all;
	struct answers_again *kept;
	int64_t person = 0;
	size_t nall;

	*rows = NULL;
	*n = 0;
	if (of->session_id)
		return OK;
	TRY(db_all(cx, course ? &again_of_course : &again_of_year,
		   ARGS(db_i64(course ? of->course_id : of->fiscal_year)), &all,
		   &nall));
	kept = ARENA_ARRAY(&cx->arena, struct answers_again, nall + 1);
	for (size_t i = 0, end; i < nall; i = end) {
		for (end = i + 1; end < nall && is_same(&all[i], &all[end]);)
			end++;
		if (end - i < 2)
			continue;
		person++;
		for (size_t j = i; j < end; j++) {
			kept[*n] = all[j];
			kept[(*n)++].person = person;
		}
	}
	*rows = kept;
	return OK;
}
