/*
 * booking_sql.h: the steps that every change of bookings is made of.
 *
 * For the store_booking*.c files only, and only inside db_transact(). Order
 * of locks everywhere: sessions by id, then people as they come. Transactions
 * are READ COMMITTED (db/), so a read after a lock sees what is committed.
 */
#ifndef STORE_BOOKING_SQL_H
#define STORE_BOOKING_SQL_H

#include "db/db.h"
#include "store/booking_rules.h"

/* Seats kept for a unit and those below it (所属枠). */
struct booking_allotment {
	const char *unit_code;
	int64_t seats, booked; /* people */
};

/* The session's row, locked until the transaction ends. */
struct booking_lock {
	int64_t id, seats, booked, next_queue_no;
	int64_t starts_at, ends_at, apply_from, apply_until, cancel_until;
	int64_t allot_until, allot_released_at; /* DB_NULL: none, not yet */
	const char *state, *approval;
	const struct booking_allotment *allotments; /* kept now */
	size_t nallotments;
};

/* What is known of one person and one session. */
struct booking_subject {
	int64_t person_id;
	int64_t booking_id; /* DB_NULL: no row yet */
	int64_t queue_no;   /* DB_NULL: no row yet */
	enum booking_state state;
	int64_t unit_id, tier_id; /* today, DB_NULL: none */
	bool is_head;             /* of that unit */
	int64_t seat_unit_id;     /* whose seats count: of the day of a live
				   * booking, else unit_id */
	int64_t held;             /* free seats kept for units of others */
	bool overlaps, same_year;
	int64_t unit_booked, unit_limit;
};

/* Lock a session. ERR_NOT_FOUND. */
enum err booking_lock_session(struct ctx *cx, int64_t session_id,
			      struct booking_lock *s) MUST_USE;

/* Read what is kept for units now: nothing once allot_until has come. */
enum err booking_allot_read(struct ctx *cx, struct booking_lock *s) MUST_USE;

struct allotment_draft;

/* Keep these seats for units until then (DB_NULL with none), instead of what
 * was kept; s is brought up to date. */
enum err booking_allot_put(struct ctx *cx, struct booking_lock *s,
			   const struct allotment_draft *drafts, size_t n,
			   int64_t until) MUST_USE;

/* Free seats kept for units other than the one this unit belongs to. */
enum err booking_allot_others(struct ctx *cx, const struct booking_lock *s,
			      int64_t unit_id, int64_t *held) MUST_USE;

/* Free seats kept for all units together. */
int64_t booking_allot_held(const struct booking_lock *s);

/* The same for a person who only looks, without any lock: seats kept for
 * units other than that of the live booking, or else of today. */
enum err booking_allot_seen(struct ctx *cx, int64_t session_id,
			    int64_t person_id, int64_t *held) MUST_USE;

struct session_row;

/* The same for the held of every row of a list, with one statement. */
enum err booking_allot_list(struct ctx *cx, int64_t person_id,
			    struct session_row *rows, size_t n) MUST_USE;

/*
 * Once allot_until has come: the waiting list moves up before anybody else
 * takes what was kept. Everybody who locked a session calls this before they
 * decide about its seats; *n moved up.
 */
enum err booking_allot_release(struct ctx *cx, struct booking_lock *s,
			       int64_t *n) MUST_USE;

/* Lock a person and read their facts. ERR_NOT_FOUND. */
enum err booking_lock_person(struct ctx *cx, const struct booking_lock *s,
			     int64_t person_id,
			     struct booking_subject *p) MUST_USE;

/* The case of these facts, by staff and with nothing to do yet. */
struct booking_case booking_case_of(struct ctx *cx,
				    const struct booking_lock *s,
				    const struct booking_subject *p);

/* One change of one booking, as it is written. Left out means keep. */
struct booking_write {
	enum booking_state to;
	bool at_the_end;  /* takes the next queue_no */
	int64_t queue_no; /* or this one; 0: keep */
	const char *way;  /* applied, nominated, recommended; NULL: keep */
	const bool *wheelchair; /* NULL: keep */
	int64_t actor_id;       /* 0: the rules */
	const char *reason;     /* NULL: none */
	const char *notice;     /* text key to tell the person, or NULL */
};

/*
 * Write it: booking, booking_event, session.booked and next_queue_no (in s and
 * in the table), the notice. p is brought up to date.
 */
enum err booking_write(struct ctx *cx, struct booking_lock *s,
		       struct booking_subject *p,
		       const struct booking_write *w) MUST_USE;

/* Move the waiting list up into free seats; how many in *n. */
enum err booking_move_up(struct ctx *cx, struct booking_lock *s,
			 int64_t *n) MUST_USE;

/* Place in the waiting list, 1 first; 0 when the person is not in it. */
enum err booking_place(struct ctx *cx, int64_t session_id,
		       const struct booking_subject *p,
		       int64_t *place) MUST_USE;

/* Tell a person about a session: a row of the outbox with its facts. */
enum err booking_notice(struct ctx *cx, int64_t session_id, int64_t person_id,
			const char *key) MUST_USE;

/* Tell everybody who has a place or is in line. */
enum err booking_notice_all(struct ctx *cx, int64_t session_id,
			    const char *key) MUST_USE;

/* Tell the heads of a unit; link is the page where they act. */
enum err booking_notice_heads(struct ctx *cx, int64_t session_id,
			      int64_t unit_id, const char *key,
			      const char *link) MUST_USE;

struct booking_actor;

/* What somebody asked for; wheelchair NULL: nothing about that. */
struct booking_press {
	enum booking_act act;
	const struct booking_actor *actor;
	const bool *wheelchair;
};

/*
 * Is the last change of a person's booking what this makes of one, by the same
 * actor and in the same words? Then it was asked for twice.
 */
enum err booking_again(struct ctx *cx, int64_t session_id, int64_t person_id,
		       const struct booking_press *press, bool *again) MUST_USE;

extern const struct db_query *const store_booking_again_queries[];
extern const struct db_query *const store_booking_allot_queries[];
extern const struct db_query *const store_booking_sql_queries[];
extern const struct db_query *const store_booking_line_queries[];
extern const struct db_query *const store_booking_notice_queries[];

#endif
