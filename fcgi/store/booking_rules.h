/*
 * booking_rules.h: who gets a seat. Pure; no database, no clock.
 *
 * store_booking.c locks the session's row, collects the facts of one case and
 * asks booking_decide(). Nothing else in the product decides about seats.
 */
#ifndef STORE_BOOKING_RULES_H
#define STORE_BOOKING_RULES_H

#include <stdbool.h>
#include <stdint.h>

enum booking_state {
	BOOKING_NONE, /* no row yet */
	BOOKING_APPLIED,
	BOOKING_WAITING,
	BOOKING_BOOKED,
	BOOKING_DECLINED,
	BOOKING_CANCELLED
};

/* What somebody wants to do. */
enum booking_act {
	BOOKING_APPLY,     /* 応募 */
	BOOKING_NOMINATE,  /* 指名: no approval needed */
	BOOKING_RECOMMEND, /* 推薦: no approval needed */
	BOOKING_APPROVE,
	BOOKING_DECLINE,
	BOOKING_CANCEL,
	BOOKING_PROMOTE,  /* the waiting list moves up */
	BOOKING_TAKE_OVER /* substitution: the seat stays, the person changes */
};

/* In whose place they act. The later, the more is allowed. */
enum booking_by { BY_SELF, BY_HEAD, BY_STAFF /* trainer or planner */ };

enum session_state {
	SESSION_DRAFT,
	SESSION_OPEN,
	SESSION_HELD,
	SESSION_CANCELLED
};

/* The facts of one case, read under the lock. Instants in milliseconds. */
struct booking_case {
	enum booking_act act;
	enum booking_by by;
	enum booking_state state; /* of this person's booking now */
	enum session_state session;
	bool needs_approval; /* session.approval is head */
	int64_t now, starts_at, ends_at;
	int64_t apply_from;    /* INT64_MIN: at once */
	int64_t apply_until;   /* resolved, session_apply_by() */
	int64_t cancel_until;  /* resolved, session_cancel_by() */
	int64_t seats, booked; /* people */
	int64_t held;          /* free seats kept for units of others */
	bool overlaps;         /* the person is booked elsewhere at that time */
	bool same_year; /* holds a place in the course in that fiscal year */
	int64_t unit_booked; /* colleagues of the unit away that day */
	int64_t unit_limit;  /* at most so many; 0: no limit */
};

/* Why not. The text key is "booking.no_" and booking_refusal_word(). */
enum booking_refusal {
	BOOKING_FINE,
	BOOKING_NOT_OPEN,     /* session is a draft, over or cancelled */
	BOOKING_TOO_EARLY,    /* before apply_from */
	BOOKING_TOO_LATE,     /* after apply_until */
	BOOKING_CANCEL_LATE,  /* after cancel_until, for oneself */
	BOOKING_ALREADY,      /* has a place, is in line or has applied */
	BOOKING_OVERLAPS,     /* booked elsewhere at the same time */
	BOOKING_SAME_YEAR,    /* the same course in the same fiscal year */
	BOOKING_UNIT_FULL,    /* enough colleagues are away that day */
	BOOKING_WAS_DECLINED, /* the head said no; only staff may enter them */
	BOOKING_NOTHING,      /* there is nothing to cancel or decide */
	BOOKING_NO_SEAT       /* nobody can move up: every seat is taken */
};

struct booking_verdict {
	enum booking_refusal refusal; /* BOOKING_FINE: do it */
	enum booking_state to;        /* the state after it */
	bool at_the_end; /* takes a new place at the end of the line */
	bool frees_seat; /* afterwards the waiting list moves up */
};

/*
 * Decide one case. Rules: seats never exceed session.seats; seats kept for a
 * unit (所属枠) are free for its people only; whoever finds no free seat waits
 * in order of queue_no; a substitute has the seat, whatever the unit; who comes
 * back after cancelling goes to the end of the line; an application that was
 * approved keeps the place of the day it was made; staff may enter people until
 * the session ends and cancel at any time before that; a place in line can be
 * left at any time, only a seat has a deadline.
 */
struct booking_verdict booking_decide(const struct booking_case *c);

/* "not_open", "overlaps" ...; "fine" for BOOKING_FINE. */
const char *booking_refusal_word(enum booking_refusal refusal);

/* "applied" ... and back; NULL and unknown words are BOOKING_NONE. */
const char *booking_state_word(enum booking_state state);
enum booking_state booking_state_from(const char *word);
enum session_state session_state_from(const char *word);

#endif
