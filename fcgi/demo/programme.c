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

#define HOUR_MS    (60 * MINUTE_MS)
#define MAX_PARTS  8  /* meetings of one session */
#define POST_DAYS  60 /* a post-survey stays open */
#define QUIET_UNIT 7  /* the section of this index hardly answers */

/* A need without seats: the demo offers no session of these courses. */
static const char *const not_offered[] = { "ebpm-data", NULL };

/* A course given a row of slots in one room. */
struct planned {
	size_t course; /* place in the catalogue */
	size_t slot;   /* the first; its meetings take the next ones */
	int64_t starts_ms;
};

static const char *db_time(struct demo *d, int64_t ms)
{
	return instant_to_db(&d->cx->arena, ms);
}

/*
 * 9:00-12:00 and 13:00-17:00 of every held day, room by room and in each room
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
				starts + (half ? 4 : 3) * HOUR_MS,
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
		const int64_t each = run->course->minutes /
				     (int64_t)run->nmeetings * MINUTE_MS;
		const int64_t ends = slots[i].starts_ms + each;
		struct demo_hold_row when = { .room_id = slots[i].room_id };

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
	run->ends_ms = last->starts_ms + c->minutes / c->meetings * MINUTE_MS;
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

/* Longer courses wait for an afternoon. */
static bool fits(const struct demo_course_row *c, const struct slot *slot)
{
	return c->minutes / c->meetings * MINUTE_MS <=
	       slot->ends_ms - slot->starts_ms;
}

static bool is_offered(const struct demo_course_row *c)
{
	for (const char *const *code = not_offered; *code; code++)
		if (text_equals(c->code, *code))
			return false;
	return c->meetings <= MAX_PARTS;
}

static int by_time(const void *a, const void *b)
{
	const struct planned *x = a, *y = b;

	return (x->starts_ms > y->starts_ms) - (x->starts_ms < y->starts_ms);
}

/* Give the slots to the courses in turn; in the order of time. */
static size_t plan_runs(const struct demo_course_row *courses, size_t ncourses,
			const struct slot *slots, size_t nslots,
			struct planned *plan)
{
	size_t n = 0, idle = 0;

	for (size_t at = 0, next = 0; at < nslots && idle <= ncourses; next++) {
		const struct demo_course_row *c = &courses[next % ncourses];
		const size_t end = at + (size_t)c->meetings - 1;

		idle++;
		if (!is_offered(c) || !fits(c, &slots[at]) || end >= nslots ||
		    slots[at].room_id != slots[end].room_id)
			continue;
		plan[n++] = (struct planned){ next % ncourses, at,
					      slots[at].starts_ms };
		at = end + 1;
		idle = 0;
	}
	qsort(plan, n, sizeof(*plan), by_time);
	return n;
}

enum err demo_programme(struct demo *d)
{
	struct arena *a = &d->cx->arena;
	struct demo_course_row *courses;
	struct planned *plan;
	struct slot *slots;
	size_t ncourses, nslots, n;
	int64_t *runs;

	TRY(store_demo_courses(d->cx, &courses, &ncourses));
	TRY(read_slots(d, &slots, &nslots));
	if (!ncourses || !nslots)
		return FAIL(d->cx, ERR_BAD_REQUEST,
			    "load the content before the demo");
	runs = ARENA_ARRAY(a, int64_t, ncourses);
	plan = ARENA_ARRAY(a, struct planned, nslots);
	n = plan_runs(courses, ncourses, slots, nslots, plan);
	for (size_t i = 0; i < n; i++) {
		const struct slot *first = slots + plan[i].slot;
		struct run run = {
			.course = &courses[plan[i].course],
			.model = demo_course_model(d->options->seed,
						   plan[i].course),
			.run_no = ++runs[plan[i].course],
			.dice = dice_of(d->options->seed, 3, i),
		};

		run.nmeetings = (size_t)run.course->meetings;
		for (size_t j = 0; j < run.nmeetings; j++)
			run.times |= first[j].time;
		TRY(add_session(d, &run, first));
		TRY(demo_participants(d, &run));
	}
	return store_demo_counts_set(d->cx);
}
