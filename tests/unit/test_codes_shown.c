/*
 * Which counts of the code book a course and a year show beside the pages
 * inside of them, on comments that are written down here.
 *
 * Everybody is of another unit and writes one comment: on the handouts (the
 * code "material") or on something else.
 */
#include "analysis/analysis_texts.h"
#include "base/config.h"
#include "base/json_arena.h"
#include "check.h"

#include <string.h>

#define ROOM 400

static const struct config config = { .content = "content" };
static struct writing list[ROOM];
static struct ctx cx = { .config = &config };
static size_t n;
static int64_t year = 2024;

/* So many people of a session, of whom some write on the handouts. */
static void hear(int64_t course, int64_t session, size_t people, size_t on)
{
	static const char *material[] = { "資料" }, *other[] = { "空" };

	for (size_t i = 0; i < people; i++, n++)
		list[n] = (struct writing){
			.course_id = course,
			.session_id = session,
			.fiscal_year = year,
			.submission_id = (int64_t)n + 1,
			.unit_id = (int64_t)n + 1,
			.token = i < on ? material : other,
			.nwords = 1,
		};
}

/* How many are shown for the code; -1: that is hidden. */
static int64_t counted(enum analysis_scope scope)
{
	const struct gate g = gate_standard();
	const struct analysis_work w = { .cx = &cx, .g = &g, .scope = scope };
	struct texts_work t = { .w = &w, .list = list, .n = n };
	size_t doc[ROOM], i;
	struct texts_group group = { .t = &t, .doc = doc, .is_all = true };
	json_t *out = json_object();
	const json_t *rows, *row;
	int64_t count = -2;

	for (i = 0; i < n; i++)
		doc[i] = i;
	group.n = texts_guard(&t, doc, n);
	group.people = texts_people(&t, doc, group.n);
	texts_put_codes(&group, out);
	rows = json_object_get(json_object_get(out, "codes"), "rows");
	json_array_foreach(rows, i, row)
		if (!strcmp(json_string_value(json_object_get(row, "id")),
			    "material"))
			count = json_object_get(row, "count")
					? json_integer_value(
						  json_object_get(row, "count"))
					: -1;
	n = 0;
	return count;
}

static void those_who_do_not_say_it(void)
{
	hear(1, 1, 30, 15);
	hear(1, 2, 24, 11);
	hear(1, 3, 24, 11);
	CHECK(counted(ANALYSIS_COURSE) == 37);
	hear(1, 1, 30, 15);
	hear(1, 2, 12, 11);
	hear(1, 3, 12, 11);
	CHECK_THAT(counted(ANALYSIS_COURSE) == -1,
		   "of the two sessions that hide it two would be the others");
}

static void what_a_course_leaves_out(void)
{
	hear(1, 1, 30, 5);
	hear(1, 2, 30, 5);
	CHECK_THAT(counted(ANALYSIS_COURSE) == 10,
		   "ten of two sessions that hide it may be told");
	hear(1, 1, 30, 5);
	hear(1, 2, 30, 5);
	hear(2, 8, 30, 15);
	CHECK(counted(ANALYSIS_YEAR) == 25);
	hear(1, 1, 30, 5);
	hear(1, 2, 30, 5);
	hear(1, 3, 4, 2);
	hear(2, 8, 30, 15);
	hear(2, 9, 8, 0);
	CHECK_THAT(counted(ANALYSIS_YEAR) == -1,
		   "the year minus its courses would be two of session 3");
}

/* Comments of a course, of three sessions of 2024 and one of 2023. */
static void years_of_a_course_are_no_cover(void)
{
	const struct gate g = gate_standard();
	const struct analysis_work w = { .cx = &cx,
					 .g = &g,
					 .scope = ANALYSIS_COURSE };
	struct texts_work t = { .w = &w, .list = list };
	size_t doc[ROOM];

	hear(1, 1, 30, 5);
	hear(1, 2, 6, 0);
	hear(1, 3, 7, 0);
	year = 2023;
	hear(1, 4, 4, 0);
	t.n = n;
	for (size_t i = 0; i < n; i++)
		doc[i] = i;
	CHECK_THAT(texts_guard(&t, doc, n) == 43,
		   "the course minus the year 2024 would be four people");
	year = 2024;
	n = 0;
}

int main(void)
{
	json_arena_install();
	arena_init(&cx.arena);
	json_arena_use(&cx.arena);
	those_who_do_not_say_it();
	what_a_course_leaves_out();
	years_of_a_course_are_no_cover();
	arena_release(&cx.arena);
	return check_done();
}
