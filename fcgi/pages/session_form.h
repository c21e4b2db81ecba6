/*
 * session_form.h: the form in which planners make and change sessions.
 *
 * Fields (names are ids too): course, seats, approval, trainers (one to a
 * line: staff number, e-mail or name), apply_from, apply_until, cancel_until
 * ("2024-12-20T17:00", Japan), debrief_days, note, and for each meeting n from
 * 1: date_n, from_n, to_n, room_n, url_n. A meeting without a date is left out.
 * Seats kept for units: allot_until, and for each unit n from 1: unit_n (its
 * code, with or without the name behind it, or its name; one that is there on
 * the first day, or that the session already keeps seats for) and kept_n
 * (people); a row without either is left out. revision: hidden, of what the
 * form shows.
 */
#ifndef PAGES_SESSION_FORM_H
#define PAGES_SESSION_FORM_H

#include "http/http.h"
#include "store/store_session.h"

/* What was typed, as it was typed; every text is set. */
struct session_form {
	int64_t session_id; /* 0: a new one */
	int64_t revision;   /* of the session when the form was made; or 0 */
	const char *course, *seats, *approval, *trainers;
	const char *apply_from, *apply_until, *cancel_until, *debrief_days,
		*note;
	struct {
		const char *date, *from, *to, *room, *url;
	} meetings[SESSION_MAX_MEETINGS];
	const char *allot_until;
	struct {
		const char *unit, *kept;
	} allotments[SESSION_MAX_ALLOTMENTS];
};

/* From the request; session_id is left to the caller. */
void session_form_read(struct ctx *cx, const struct request *rq,
		       struct session_form *form);

/* From a stored session. */
enum err session_form_load(struct ctx *cx, const struct request *rq,
			   const struct session_facts *facts,
			   struct session_form *form) MUST_USE;

/*
 * Check and turn it into a draft. What is wrong goes to rp as problems with
 * the ids of the fields; *good says whether there were none. The course of
 * the draft is left to the caller.
 */
enum err session_form_check(struct ctx *cx, const struct request *rq,
			    struct reply *rp, const struct session_form *form,
			    struct session_draft *draft, bool *good) MUST_USE;

/* The fields, the rooms and units to choose from, and rows for meetings
 * (those filled in and one more, at least `rows`) and for units. */
enum err session_form_show(struct ctx *cx, const struct request *rq, json_t *m,
			   const struct session_form *form,
			   size_t rows) MUST_USE;

/* "2024-12-20T17:00" in Japan to an instant and back; empty is DB_NULL. */
bool local_to_instant(const char *text, int64_t *ms);
const char *instant_to_local(struct ctx *cx, int64_t ms);

#endif
