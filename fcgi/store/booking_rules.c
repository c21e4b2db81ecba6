#include "store/booking_rules.h"

#include <stddef.h>
#include <string.h>

static const char *const state_words[] = { NULL,     "applied",  "waiting",
					   "booked", "declined", "cancelled" };

static const char *const refusal_words[] = {
	"fine",        "not_open",     "too_early", "too_late",
	"cancel_late", "already",      "overlaps",  "same_year",
	"unit_full",   "was_declined", "nothing",   "no_seat",
};

static struct booking_verdict refuse(enum booking_refusal why,
				     enum booking_state state)
{
	return (struct booking_verdict){ .refusal = why, .to = state };
}

static bool is_live(enum booking_state state)
{
	return state == BOOKING_APPLIED || state == BOOKING_WAITING ||
	       state == BOOKING_BOOKED;
}

static bool finds_seat(const struct booking_case *c)
{
	return c->booked + c->held < c->seats;
}

static enum booking_state seat_or_line(const struct booking_case *c)
{
	return finds_seat(c) ? BOOKING_BOOKED : BOOKING_WAITING;
}

static bool empties_unit(const struct booking_case *c)
{
	return c->unit_limit > 0 && c->unit_booked >= c->unit_limit;
}

/* What stands between anybody and this session, whoever enters them. */
static enum booking_refusal entry_refusal(const struct booking_case *c)
{
	if (c->session != SESSION_OPEN || c->now >= c->ends_at)
		return BOOKING_NOT_OPEN;
	if (c->overlaps)
		return BOOKING_OVERLAPS;
	return BOOKING_FINE;
}

/* What only binds people who act for themselves. */
static enum booking_refusal own_refusal(const struct booking_case *c)
{
	if (c->now < c->apply_from)
		return BOOKING_TOO_EARLY;
	if (c->now >= c->apply_until || c->now >= c->starts_at)
		return BOOKING_TOO_LATE;
	if (c->state == BOOKING_DECLINED)
		return BOOKING_WAS_DECLINED;
	if (c->same_year)
		return BOOKING_SAME_YEAR;
	return empties_unit(c) ? BOOKING_UNIT_FULL : BOOKING_FINE;
}

static struct booking_verdict apply(const struct booking_case *c)
{
	enum booking_refusal why = entry_refusal(c);

	if (is_live(c->state))
		return refuse(BOOKING_ALREADY, c->state);
	if (why == BOOKING_FINE)
		why = own_refusal(c);
	if (why != BOOKING_FINE)
		return refuse(why, c->state);
	return (struct booking_verdict){
		.to = c->needs_approval ? BOOKING_APPLIED : seat_or_line(c),
		.at_the_end = true,
	};
}

static struct booking_verdict enter(const struct booking_case *c)
{
	const enum booking_refusal why = entry_refusal(c);

	/* A nomination settles an application that still waits for the head. */
	if (is_live(c->state) && c->state != BOOKING_APPLIED)
		return refuse(BOOKING_ALREADY, c->state);
	if (why != BOOKING_FINE)
		return refuse(why, c->state);
	return (struct booking_verdict){
		.to = seat_or_line(c),
		.at_the_end = c->state != BOOKING_APPLIED,
	};
}

static struct booking_verdict approve(const struct booking_case *c)
{
	if (c->state != BOOKING_APPLIED)
		return refuse(BOOKING_NOTHING, c->state);
	if (c->session != SESSION_OPEN || c->now >= c->ends_at)
		return refuse(BOOKING_NOT_OPEN, c->state);
	/* Who got another seat at that time meanwhile stays in line. */
	return (struct booking_verdict){
		.to = c->overlaps ? BOOKING_WAITING : seat_or_line(c),
	};
}

static struct booking_verdict cancel(const struct booking_case *c)
{
	if (!is_live(c->state))
		return refuse(BOOKING_NOTHING, c->state);
	if (c->session == SESSION_HELD ||
	    (c->session == SESSION_OPEN && c->now >= c->ends_at))
		return refuse(BOOKING_NOT_OPEN, c->state);
	/* Leaving the line hurts nobody, so only a seat has a deadline. */
	if (c->by != BY_STAFF && c->state == BOOKING_BOOKED &&
	    c->now >= c->cancel_until)
		return refuse(BOOKING_CANCEL_LATE, c->state);
	return (struct booking_verdict){
		.to = BOOKING_CANCELLED,
		.frees_seat = c->state == BOOKING_BOOKED,
	};
}

static struct booking_verdict promote(const struct booking_case *c)
{
	if (c->state != BOOKING_WAITING)
		return refuse(BOOKING_NOTHING, c->state);
	if (c->session != SESSION_OPEN || c->now >= c->starts_at)
		return refuse(BOOKING_NOT_OPEN, c->state);
	if (!finds_seat(c))
		return refuse(BOOKING_NO_SEAT, c->state);
	if (c->overlaps)
		return refuse(BOOKING_OVERLAPS, c->state);
	/* Since they got in line, enough colleagues may have found a seat. */
	if (empties_unit(c))
		return refuse(BOOKING_UNIT_FULL, c->state);
	return (struct booking_verdict){ .to = BOOKING_BOOKED };
}

/* The seat was given up in the same transaction, so it is free for this one. */
static struct booking_verdict take_over(const struct booking_case *c)
{
	const enum booking_refusal why = entry_refusal(c);

	if (c->state == BOOKING_BOOKED)
		return refuse(BOOKING_ALREADY, c->state);
	if (why != BOOKING_FINE)
		return refuse(why, c->state);
	if (c->booked >= c->seats)
		return refuse(BOOKING_NO_SEAT, c->state);
	return (struct booking_verdict){ .to = BOOKING_BOOKED };
}

struct booking_verdict booking_decide(const struct booking_case *c)
{
	switch (c->act) {
	case BOOKING_APPLY:
		return apply(c);
	case BOOKING_NOMINATE:
	case BOOKING_RECOMMEND:
		return enter(c);
	case BOOKING_APPROVE:
		return approve(c);
	case BOOKING_DECLINE:
		if (c->state != BOOKING_APPLIED)
			return refuse(BOOKING_NOTHING, c->state);
		return (struct booking_verdict){ .to = BOOKING_DECLINED };
	case BOOKING_CANCEL:
		return cancel(c);
	case BOOKING_PROMOTE:
		return promote(c);
	case BOOKING_TAKE_OVER:
		return take_over(c);
	}
	return refuse(BOOKING_NOTHING, c->state);
}

const char *booking_refusal_word(enum booking_refusal refusal)
{
	return refusal_words[refusal];
}

const char *booking_state_word(enum booking_state state)
{
	return state_words[state];
}

enum booking_state booking_state_from(const char *word)
{
	for (int s = BOOKING_APPLIED; word && s <= BOOKING_CANCELLED; s++)
		if (!strcmp(word, state_words[s]))
			return (enum booking_state)s;
	return BOOKING_NONE;
}

enum session_state session_state_from(const char *word)
{
	if (word && !strcmp(word, "open"))
		return SESSION_OPEN;
	if (word && !strcmp(word, "held"))
		return SESSION_HELD;
	if (word && !strcmp(word, "cancelled"))
		return SESSION_CANCELLED;
	return SESSION_DRAFT;
}
