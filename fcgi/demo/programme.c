/*
 * programme.c: sessions on the held dates, who came, and what they answered.
 *
 * Each held day of a room gives a slot in the morning and one in the
 * afternoon; courses take the slots in turn. Sessions before the demo's
 * today are over and have their answers; later ones can be booked.
 */
#include "demo/programme.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"
#include "demo/random.h"
#include "store/store_collection.h"
#include "store/store_survey.h"

#include <stdlib.h>
#include <string.h>

#define HOUR_MS    (60 * MINUTE_MS)
#define MAX_PARTS  8 /* meetings of one session */
#define QUIET_UNIT 7 /* the section of this index hardly answers */

/* A need without seats: the demo offers no session of these courses. */
static const char *const not_offered[] = { "ebpm-data", NULL };

/* A course given a row of slots in one room. */
struct planned {
	size_t course; /* place in the catalogue */
	size_t slot;   /* the first; its meetings take the next ones */
	int64_t starts_ms;
};

/* Length of each meeting. */
static int64_t meeting_ms(const struct demo_course_row *c)
{
	return c->meetings > 1 ? c->minutes / c->meetings * MINUTE_MS
			       : c->minutes * MINUTE_MS;
}

static const char *db_time(struct demo *d, int64_t ms)
{
	return instant_to_db(&d->cx->arena, ms);
}

/*
 * 8:30-12:00 and 13:00-17:00 of every held day, room by room and in each room
 * in the order of days, so that the meetings of a session follow each other.
 */
static enum err read_slots(struct demo *d, struct slot **slots, size_t *n)
{
	struct demo_hold_row *holds;
	size_t nholds, in_room = 0;

	TRY(store_demo_holds(d->cx, &holds, &nholds));
	*slots = ARENA_ARRAY(&d->cx->arena, struct slot, 2 * nholds + 1);
	*n = 0;
	for (size_t i = 0; i < nholds; i++) {
		const bool is_new_room =
			i && holds[i].room_id != holds[i - 1].room_id;
		int64_t opens;

		in_room = is_new_room ? 0 : in_room;
		if (!instant_from_db(holds[i].starts_at, &opens))
			return FAIL(d->cx, ERR_INTERNAL, "bad hold");
		for (int half = 0; half < 2; half++) {
			const int64_t starts = opens + (half ? 5 : 1) * HOUR_MS;

			(*slots)[(*n)++] = (struct slot){
				holds[i].room_id, starts,
				starts + (half ? 240 : 210) * MINUTE_MS,
				holds[i].seats, 1ull << in_room++ % 64
			};
		}
	}
	return OK;
}

/* The first of these surveys that exists for the course. */
static enum err open_survey(struct demo *d, const char *course,
			    const char *const *templates, int64_t *version_id,
			    const struct survey **sv)
{
	enum err err = ERR_NOT_FOUND;

	for (; *templates && err == ERR_NOT_FOUND; templates++) {
		ctx_forgive(d->cx);
		err = store_survey_current(d->cx,
					   arena_printf(&d->cx->arena, "%s.%s",
							*templates, course),
					   version_id);
	}
	TRY(err);
	return store_survey_open(d->cx, *version_id, sv);
}

static enum err add_collections(struct demo *d, struct run *run)
{
	static const char *const pre[] = { "pre-all", NULL };
	static const char *const post[] = { "post-managers", "post-leaders",
					    "post-all", NULL };
	struct collection_new c = { .session_id = run->session_id,
				    .mode = MODE_PAIRED,
				    .is_synthetic = true };

	TRY(open_survey(d, run->course->code, pre, &c.version_id, &run->pre));
	c.moment = MOMENT_PRE;
	c.is_open = true;
	c.opens_at = db_time(d, run->starts_ms - 120 * DAY_MS);
	c.closes_at = db_time(d, run->starts_ms);
	TRY(store_collection_create(d->cx, &c, &run->pre_id));

	TRY(open_survey(d, run->course->code, post, &c.version_id, &run->post));
	c.moment = MOMENT_POST;
	c.is_open = run->is_over;
	c.opens_at = run->is_over ? db_time(d, run->ends_ms) : NULL;
	c.closes_at = run->is_over
			      ? db_time(d, run->ends_ms + POST_DAYS * DAY_MS)
			      : NULL;
	return store_collection_create(d->cx, &c, &run->post_id);
}

static enum err add_meetings(struct demo *d, struct run *run,
			     const struct slot *slots)
{
	for (size_t i = 0; i < run->nmeetings; i++) {
		const int64_t each = meeting_ms(run->course);
		const int64_t ends = slots[i].starts_ms + each;
		struct demo_hold_row when = { .room_id = slots[i].room_id };

		if (text_equals(run->course->form, "elearning"))
			when.room_id = DB_NULL;
		when.starts_at = db_time(d, slots[i].starts_ms);
		when.ends_at = db_time(d, ends);
		run->minutes[i] = (ends - slots[i].starts_ms) / MINUTE_MS;
		TRY(store_demo_meeting_add(d->cx, run->session_id,
					   (int64_t)i + 1, &when,
					   &run->meetings[i]));
	}
	return OK;
}

static enum err add_session(struct demo *d, struct run *run,
			    const struct slot *slots)
{
	const struct slot *last = &slots[run->nmeetings - 1];
	const struct demo_course_row *c = run->course;
	struct demo_session_row row = { 0 };

	row.course_id = c->course_id;
	row.version_id = c->version_id;
	run->starts_ms = slots[0].starts_ms;
	run->ends_ms = last->starts_ms + meeting_ms(c);
	run->seats = c->seats < slots[0].seats ? c->seats : slots[0].seats;
	run->is_over = last->ends_ms < d->now_ms;
	row.fiscal_year = date_fiscal_year(date_in_japan(run->starts_ms));
	row.run_no = run->run_no;
	row.seats = run->seats;
	row.approval = c->approval;
	row.state = run->is_over ? "held" : "open";
	row.starts_at = db_time(d, run->starts_ms);
	row.ends_at = db_time(d, run->ends_ms);
	TRY(store_demo_session_add(d->cx, &row, &run->session_id));
	TRY(add_meetings(d, run, slots));

	/* The first trainer is the one whose account the demo offers. */
	TRY(store_demo_trainer_add(
		d->cx, run->session_id,
		d->trainers[run->session_id % 2
				    ? 0
				    : (size_t)run->session_id % d->ntrainers]));
	return add_collections(d, run);
}

/* The course can be held in the slots from at on, all in one room. */
static bool fits(const struct demo_course_row *c, const struct slot *slots,
		 size_t nslots, size_t at)
{
	const int64_t each = meeting_ms(c);

	for (const char *const *code = not_offered; *code; code++)
		if (text_equals(c->code, *code))
			return false;
	if (c->meetings > MAX_PARTS || at + (size_t)c->meetings > nslots)
		return false;
	for (size_t i = at; i < at + (size_t)c->meetings; i++)
		if (slots[i].room_id != slots[at].room_id ||
		    slots[i].ends_ms - slots[i].starts_ms < each)
			return false;
	return true;
}

/* The course held least so far that fits; ncourses if none does. */
static size_t choose(const struct demo_course_row *courses, size_t ncourses,
		     const struct slot *slots, size_t nslots, size_t at,
		     const int64_t *runs)
{
	size_t best = ncourses;

	for (size_t i = 0; i < ncourses; i++)
		if (fits(&courses[i], slots, nslots, at) &&
		    (best == ncourses || runs[i] < runs[best]))
			best = i;
	return best;
}

static int by_time(const void *a, const void *b)
{
	const struct planned *x = a, *y = b;

	return (x->starts_ms > y->starts_ms) - (x->starts_ms < y->starts_ms);
}

/* Give the slots to the courses in turn; the plan in the order of time. */
static size_t plan_runs(const struct demo_course_row *courses, size_t ncourses,
			const struct slot *slots, size_t nslots,
			struct planned *plan, int64_t *runs)
{
	size_t n = 0;

	for (size_t at = 0; at < nslots;) {
		const size_t i =
			choose(courses, ncourses, slots, nslots, at, runs);

		if (i == ncourses) {
			at++;
			continue;
		}
		plan[n++] = (struct planned){ i, at, slots[at].starts_ms };
		runs[i]++;
		at += (size_t)courses[i].meetings;
	}
	qsort(plan, n, sizeof(*plan), by_time);
	return n;
}

static enum err hold(struct demo *d, size_t number, struct run *run,
		     const struct slot *first)
{
	run->dice = dice_of(d->options->seed, 3, number);
	run->nmeetings = (size_t)run->course->meetings;
	for (size_t j = 0; j < run->nmeetings; j++)
		run->times |= first[j].time;
	TRY(add_session(d, run, first));
	return demo_participants(d, run);
}

enum err demo_programme(struct demo *d)
{
	struct arena *a = &d->cx->arena;
	struct demo_course_row *courses;
	struct planned *plan;
	struct slot *slots;
	struct run *made;
	size_t ncourses, nslots, n;
	int64_t *runs;

	TRY(store_demo_courses(d->cx, &courses, &ncourses));
	TRY(read_slots(d, &slots, &nslots));
	if (!ncourses || !nslots)
		return FAIL(d->cx, ERR_BAD_REQUEST,
			    "load the content before the demo");
	runs = ARENA_ARRAY(a, int64_t, ncourses);
	plan = ARENA_ARRAY(a, struct planned, nslots);
	n = plan_runs(courses, ncourses, slots, nslots, plan, runs);
	memset(runs, 0, ncourses * sizeof(*runs));
	made = ARENA_ARRAY(a, struct run, n + 1);
	for (size_t i = 0; i < n; i++) {
		const size_t number = plan[i].course;
		made[i] = (struct run){
			.course = &courses[number],
			.model = demo_course_model(d->options->seed, number),
			.run_no = ++runs[number],
		};

		TRY(hold(d, i, &made[i], slots + plan[i].slot));
	}
	return demo_everyday(d, made, n);
}
