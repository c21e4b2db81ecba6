/*
 * store_booking.h: places in sessions, exact to the seat.
 *
 * Every change is one transaction that locks the session's row, then the
 * person's, asks booking_decide(), writes booking, booking_event,
 * session.booked and the notices (outbox), and moves the waiting list up
 * where a seat came free. So seats are never exceeded, the line keeps its
 * order (queue_no), and every change of state is a row of history.
 *
 * A refusal is no error: the functions return OK and say why in
 * struct booking_result. Instants are milliseconds, DB_NULL for NULL.
 * Everything returned lives in cx->arena.
 */
#ifndef STORE_STORE_BOOKING_H
#define STORE_STORE_BOOKING_H

#include "db/db.h"
#include "store/booking_rules.h"

struct booking_result {
	enum booking_refusal refusal; /* BOOKING_FINE: done */
	enum booking_state state;     /* of the booking afterwards */
	int64_t booking_id;           /* DB_NULL: none */
	int64_t place; /* in the waiting list, 1 first; 0: not in it */
	bool again;    /* refused because it is done: the same person did the
			* very same last, as by pressing twice */
};

/* All is as it was asked for, by this press or the one before. */
static inline bool booking_is_done(const struct booking_result *r)
{
	return r->refusal == BOOKING_FINE || r->again;
}

/* Who acts, and what they say about it. */
struct booking_actor {
	int64_t person_id;
	enum booking_by by;
	const char *reason; /* "" or text as written, at most 500 characters */
};

/* Apply for oneself. */
enum err store_booking_apply(struct ctx *cx, int64_t session_id,
			     int64_t person_id, bool wheelchair,
			     struct booking_result *out) MUST_USE;

/* Give a place back, in person or by staff. */
enum err store_booking_cancel(struct ctx *cx, int64_t session_id,
			      int64_t person_id,
			      const struct booking_actor *actor,
			      struct booking_result *out) MUST_USE;

/*
 * The head decides an application. ERR_NOT_FOUND unless the actor is head of
 * the person's unit today (or acts BY_STAFF).
 */
enum err store_booking_decide(struct ctx *cx, int64_t booking_id, bool approve,
			      const struct booking_actor *actor,
			      struct booking_result *out) MUST_USE;

/* Enter somebody: act is BOOKING_NOMINATE or BOOKING_RECOMMEND. */
enum err store_booking_enter(struct ctx *cx, int64_t session_id,
			     int64_t person_id, enum booking_act act,
			     const struct booking_actor *actor,
			     struct booking_result *out) MUST_USE;

/* The seat of one person goes to another; the place in line stays. */
enum err store_booking_substitute(struct ctx *cx, int64_t booking_id,
				  int64_t new_person_id,
				  const struct booking_actor *actor,
				  struct booking_result *out) MUST_USE;

/*
 * Call a whole session off (typhoon): one transaction, everybody notified.
 * to_session 0: places end. Otherwise everybody who was booked or in line
 * moves to that session in the same order; seats there decide.
 */
enum err store_booking_cancel_all(struct ctx *cx, int64_t session_id,
				  int64_t to_session,
				  const struct booking_actor *actor,
				  int64_t *people) MUST_USE;

/*
 * Class change: a person's place moves to another session of the same course,
 * in one transaction, by the rules of applying there. Refused, nothing has
 * changed: the old place stays.
 */
enum err store_booking_change(struct ctx *cx, int64_t from_session,
			      int64_t to_session, int64_t person_id,
			      struct booking_result *out) MUST_USE;

/*
 * Remind everybody with a seat in a session that starts within
 * booking.reminder_days days (0: never), once per session and person. For the
 * jobs process; *people were told now.
 */
enum err store_booking_remind(struct ctx *cx, int64_t *people) MUST_USE;

/*
 * Seats kept for units until a moment that has come are free for all: the
 * waiting lists move up, once for each session. For the jobs process;
 * *released sessions were due. Nobody waits for it: whoever books before it
 * ran moves the line up first.
 */
enum err store_booking_release_due(struct ctx *cx, int64_t *released) MUST_USE;

/* After seats were added: move the waiting list up. */
enum err store_booking_promote(struct ctx *cx, int64_t session_id,
			       int64_t *promoted) MUST_USE;

/* Change one's own wheelchair tick. ERR_NOT_FOUND without a place. */
enum err store_booking_wheelchair(struct ctx *cx, int64_t session_id,
				  int64_t person_id, bool wheelchair) MUST_USE;

/* A person of a session's list, with unit and tier of the day they applied. */
struct booking_row {
	int64_t id, session_id, person_id;
	const char *staff_number, *name, *kana, *email, *terminal;
	/* NULL: none */
	const char *unit_code, *unit_name, *unit_name_en, *department,
		*department_en, *tier_name, *tier_name_en;
	const char *way, *state;
	int64_t queue_no, wheelchair, changed_at;
	int64_t minutes_present; /* over all meetings; DB_NULL: not taken */
	int64_t meetings_marked;
};

/* What a roster lists. */
enum booking_which {
	BOOKINGS_BOOKED, /* by kana */
	BOOKINGS_LINE,   /* waiting, then applied, by queue_no */
	BOOKINGS_ALL     /* every state, by queue_no */
};
enum err store_booking_list(struct ctx *cx, int64_t session_id,
			    enum booking_which which,
			    const struct booking_row **rows,
			    size_t *n) MUST_USE;

struct booking_event_row {
	int64_t at;
	const char *actor_name; /* NULL: the rules */
	const char *person_name;
	const char *from_state, *to_state, *reason; /* from NULL: new */
};

/* History of a session, or of one booking when booking_id is not 0. */
enum err store_booking_events(struct ctx *cx, int64_t session_id,
			      int64_t booking_id,
			      const struct booking_event_row **rows,
			      size_t *n) MUST_USE;

/* An application or a place of somebody in a head's own units. */
struct application_row {
	int64_t booking_id, session_id, person_id;
	const char *person_name, *kana, *unit_name, *unit_name_en, *post;
	const char *course_code, *title, *title_en;
	int64_t run_no, starts_at, ends_at, seats, booked, waiting;
	int64_t held; /* free seats kept for other units */
	const char *state, *way;
	int64_t applied_at; /* first event */
	int64_t changed_at;
	int64_t away; /* colleagues of the unit booked on that day */
};

enum application_which {
	APPLICATIONS_OPEN,   /* to decide, oldest first */
	APPLICATIONS_AWAY,   /* booked in sessions not ended, by start */
	APPLICATIONS_DECIDED /* decided by somebody, newest first, 100 */
};

/* Of the units whose head the person is today. */
enum err store_application_list(struct ctx *cx, int64_t head_id,
				enum application_which which,
				const struct application_row **rows,
				size_t *n) MUST_USE;

/* People by staff numbers: ids in the order asked, DB_NULL where unknown. */
enum err store_booking_people(struct ctx *cx, const char *const *numbers,
			      size_t n, int64_t *ids) MUST_USE;

extern const struct db_query *const store_booking_queries[];
extern const struct db_query *const store_booking_bulk_queries[];
extern const struct db_query *const store_booking_list_queries[];
extern const struct db_query *const store_booking_change_queries[];

#endif
