/*
 * store_attendance.h: who was there, in minutes per meeting.
 *
 * Marks are made for booked people only. A person completes a session when
 * the minutes missed over all meetings are at most attendance.max_missed_share
 * of its length and every meeting was taken. Instants are milliseconds.
 */
#ifndef STORE_STORE_ATTENDANCE_H
#define STORE_STORE_ATTENDANCE_H

#include "db/db.h"

enum attendance_way { ATTENDANCE_TAP, ATTENDANCE_CODE, ATTENDANCE_IMPORT };

/* One booked person at one meeting. */
struct attendance_row {
	int64_t booking_id, person_id, meeting_id;
	const char *staff_number, *name, *kana, *unit_name, *unit_name_en;
	int64_t minutes; /* DB_NULL: not taken yet; 0: absent */
	const char *way; /* tap, code, import; NULL: not taken */
	int64_t marked_at;
};

/* Booked people of a session at one of its meetings, by kana. */
enum err store_attendance_list(struct ctx *cx, int64_t session_id,
			       int64_t meeting_id,
			       const struct attendance_row **rows,
			       size_t *n) MUST_USE;

struct attendance_mark {
	int64_t booking_id, meeting_id;
	int64_t minutes; /* 0 ... length of the meeting; DB_NULL: take it back
			  */
	enum attendance_way way;
	int64_t marked_by; /* person */
};

/* Set one mark; a later one replaces it. ERR_NOT_FOUND when the booking is of
 * another session than the meeting, ERR_CONFLICT when it has no seat. */
enum err store_attendance_mark(struct ctx *cx,
			       const struct attendance_mark *mark) MUST_USE;

/* Everybody not marked yet at this meeting was there for all of it. */
enum err store_attendance_rest(struct ctx *cx, int64_t session_id,
			       int64_t meeting_id, int64_t marked_by,
			       int64_t *marked) MUST_USE;

/* Open attendance by code: six digits, new each time, in *code. Only one
 * session of a day has a given code. */
enum err store_attendance_open(struct ctx *cx, int64_t session_id,
			       const char **code) MUST_USE;
enum err store_attendance_close(struct ctx *cx, int64_t session_id) MUST_USE;

enum attendance_entry {
	ATTENDANCE_ENTERED,    /* marked present now, or already */
	ATTENDANCE_NO_CODE,    /* no open session has this code */
	ATTENDANCE_NOT_BOOKED, /* it has, but the person has no seat there */
	ATTENDANCE_TOO_EARLY,  /* its day is still to come */
	ATTENDANCE_TOO_OFTEN   /* ten wrong codes in ten minutes; wait */
};

/*
 * A person types the code: present at the meeting that runs now (or is
 * nearest to now on that day). session in *session_id when entered. Wrong
 * codes are counted per person and stop them for a while.
 */
enum err store_attendance_enter(struct ctx *cx, int64_t person_id,
				const char *code, int64_t *session_id,
				enum attendance_entry *outcome) MUST_USE;

/* How far a person came in a session. */
struct completion {
	int64_t booked;  /* 1: held a seat */
	int64_t minutes; /* present, over all meetings; DB_NULL: not taken */
	int64_t length;  /* minutes of all meetings */
	int64_t marked;  /* meetings taken */
	int64_t meetings;
	bool complete;
};

enum err store_attendance_completion(struct ctx *cx, int64_t session_id,
				     int64_t person_id,
				     struct completion *out) MUST_USE;

/* The rule alone: present of length minutes, with the share one may miss. */
bool attendance_is_complete(int64_t present, int64_t length,
			    double max_missed_share);

/* Counts of a session for the desk: present, absent, not taken at a meeting. */
struct attendance_count {
	int64_t meeting_id, present, absent, open;
};
enum err store_attendance_counts(struct ctx *cx, int64_t session_id,
				 const struct attendance_count **rows,
				 size_t *n) MUST_USE;

extern const struct db_query *const store_attendance_queries[];
extern const struct db_query *const store_attendance_code_queries[];

#endif
