/*
 * store_demo.h: rows of the invented programme, many at a time.
 *
 * Only demo/ calls these: they set what the product itself never sets by
 * hand (states, times and counters of the past). Everything they write is
 * marked is_synthetic where the table has that column.
 */
#ifndef STORE_STORE_DEMO_H
#define STORE_STORE_DEMO_H

#include "db/db.h"

struct demo_unit_row {
	const char *code, *kind, *name, *name_en;
	int64_t parent_id; /* DB_NULL at the top */
	int64_t sort;
	const char *valid_from; /* "YYYY-MM-DD" */
};

struct demo_person_row {
	const char *staff_number; /* NULL: external */
	const char *family, *given, *family_kana, *given_kana;
	const char *email, *terminal, *search_key;
	bool is_external;
	/* The posting; unit_id 0: none. */
	int64_t unit_id, tier_id;
	const char *post, *valid_from;
	bool is_head;
	const char *password_hash; /* Argon2id string of the account */
};

struct demo_session_row {
	int64_t course_id, version_id, fiscal_year, run_no, seats;
	const char *approval;            /* "none", "head" */
	const char *state;               /* "open", "held" */
	const char *starts_at, *ends_at; /* DATETIME text, UTC */
};

struct demo_booking_row {
	int64_t session_id, person_id, unit_id, tier_id, queue_no;
	const char *way, *state;
	const char *first_state; /* before it became state; may be state */
	const char *applied_at;  /* DATETIME text, UTC */
	const char *changed_at;  /* the same when nothing came after */
};

/* A course to hold sessions of. */
struct demo_course_row {
	int64_t course_id, version_id;
	const char *code;
	int64_t minutes, meetings, seats;
	const char *approval, *form;
	const char *required, *welcome; /* tier codes with commas, or NULL */
};

struct demo_hold_row {
	int64_t room_id;
	const char *starts_at, *ends_at; /* DATETIME text, UTC */
	int64_t seats;
};

enum err store_demo_people_count(struct ctx *cx, int64_t *n) MUST_USE;
enum err store_demo_tier_id(struct ctx *cx, const char *code,
			    int64_t *id) MUST_USE;
enum err store_demo_courses(struct ctx *cx, struct demo_course_row **rows,
			    size_t *n) MUST_USE;
enum err store_demo_holds(struct ctx *cx, struct demo_hold_row **rows,
			  size_t *n) MUST_USE;
enum err store_demo_unit_add(struct ctx *cx, const struct demo_unit_row *row,
			     int64_t *id) MUST_USE;
enum err store_demo_person_add(struct ctx *cx,
			       const struct demo_person_row *row,
			       int64_t *id) MUST_USE;
enum err store_demo_role_add(struct ctx *cx, int64_t person_id,
			     const char *role, const char *at) MUST_USE;
enum err store_demo_session_add(struct ctx *cx,
				const struct demo_session_row *row,
				int64_t *id) MUST_USE;
enum err store_demo_meeting_add(struct ctx *cx, int64_t session_id,
				int64_t meeting_no,
				const struct demo_hold_row *slot,
				int64_t *id) MUST_USE;
enum err store_demo_trainer_add(struct ctx *cx, int64_t session_id,
				int64_t person_id) MUST_USE;
enum err store_demo_booking_add(struct ctx *cx,
				const struct demo_booking_row *row,
				int64_t *id) MUST_USE;
enum err store_demo_attendance_add(struct ctx *cx, int64_t booking_id,
				   int64_t meeting_id, int64_t minutes,
				   const char *at) MUST_USE;
/* A place that somebody took and sat in. */
struct demo_place_row {
	int64_t booking_id, session_id, person_id;
};

/* People of a unit, but for its head, in sessions over since then. */
enum err store_demo_recent_places(struct ctx *cx, int64_t unit_id,
				  int64_t head_id, const char *since,
				  struct demo_place_row **rows,
				  size_t *n) MUST_USE;
enum err store_demo_ask_debrief(struct ctx *cx, int64_t session_id,
				int64_t days) MUST_USE;
/* Seats kept for the unit above this one, after the bookings are counted. */
enum err store_demo_keep_seats(struct ctx *cx, int64_t session_id,
			       int64_t unit_id, int64_t seats,
			       const char *until) MUST_USE;
/* Courses and surveys were published then, DATETIME text. */
enum err store_demo_published_set(struct ctx *cx, const char *at) MUST_USE;

/* session.booked and next_queue_no from the bookings added. */
enum err store_demo_counts_set(struct ctx *cx) MUST_USE;

enum err store_demo_setting_set(struct ctx *cx, const char *name,
				const char *value) MUST_USE;

extern const struct db_query *const store_demo_queries[];

#endif
