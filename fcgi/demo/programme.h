/*
 * programme.h: a session of the demo while it is being made.
 */
#ifndef DEMO_PROGRAMME_H
#define DEMO_PROGRAMME_H

#include "demo/answers.h"
#include "demo/demo.h"
#include "store/store_demo.h"

#define HOUR_MS   (60 * MINUTE_MS)
#define POST_DAYS 60 /* a post-survey stays open */
#define MAX_PARTS 8  /* meetings of one session */

/* Three hours in a room that is held. */
struct slot {
	int64_t room_id, starts_ms, ends_ms, seats;
	uint64_t time; /* one bit; the same for slots at the same time */
};

struct run {
	const struct demo_course_row *course;
	struct demo_course_model model;
	int64_t session_id, run_no, starts_ms, ends_ms, seats;
	int64_t taken;      /* seats that somebody has */
	int64_t last_place; /* the last queue_no that somebody has */
	int64_t meetings[MAX_PARTS];
	int64_t minutes[MAX_PARTS];
	size_t nmeetings;
	int64_t pre_id, post_id; /* collections */
	const struct survey *pre, *post;
	uint64_t times; /* of all its meetings */
	bool is_over;
	struct dice dice;
};

/* The person's tier may go, and the person has nothing else at that time. */
bool demo_can_go(const struct run *run, const struct demo_person *p);

/* What people do between sessions, for all n of them (everyday.c). */
enum err demo_everyday(struct demo *d, struct run *runs, size_t n) MUST_USE;

/* Applications, attendance and answers of one session (participants.c). */
enum err demo_participants(struct demo *d, struct run *run) MUST_USE;

#endif
