/*
 * session_model.h: what pages say about sessions and bookings.
 *
 * Every page that names a session fills it by these, so dates, seats and
 * states read the same everywhere. Texts are of content/lang/.../session.json.
 */
#ifndef PAGES_SESSION_MODEL_H
#define PAGES_SESSION_MODEL_H

#include "http/http.h"
#include "store/booking_rules.h"
#include "store/store_booking.h"
#include "store/store_session.h"

/* Planners see all sessions, trainers their drafts, others the published. */
struct session_viewer session_viewer_of(const struct request *rq);

/* The session of the path's :id for those who run it: planners any, trainers
 * their own; ERR_NOT_FOUND for others. */
enum err session_of_staff(struct ctx *cx, const struct request *rq,
			  struct session_facts *out) MUST_USE;

/*
 * Somebody was faster: to the page of the session, with the notice done when
 * it is in the wanted state, else with one that its state has changed.
 */
enum err session_as_it_is(struct ctx *cx, const struct request *rq,
			  struct reply *rp, enum session_state wanted,
			  const char *done) MUST_USE;

/* Rooms, days and trainers that do not fit, as the list "warnings"
 * (session_warnings.c). */
enum err session_warnings(struct ctx *cx, const struct request *rq, json_t *m,
			  int64_t session_id) MUST_USE;

/* "2024年12月20日（金）", "9:00〜12:00", both together with a blank. */
const char *day_text(struct ctx *cx, const struct request *rq, int64_t ms);
const char *hours_text(struct ctx *cx, const struct request *rq, int64_t from,
		       int64_t to);
/* Hours of something that may end on another day: "9:00〜12:00", or
 * "13:00〜2025年3月6日（木）12:00". */
const char *span_text(struct ctx *cx, const struct request *rq, int64_t from,
		      int64_t to);
const char *moment_text(struct ctx *cx, const struct request *rq, int64_t ms);

/* One {n} in a text of the catalogue filled with a count. */
const char *count_text(struct ctx *cx, const struct request *rq,
		       const char *key, int64_t n);

/*
 * A session as an object:
 *	id session_id (the same, for lists inside) href title course_code
 *course_href run_no run_text form starts_at ends_at (ISO) day_text hours_text
 *meetings more_meetings_text place_text (null: online or elsewhere) seats
 *booked left seats_text is_full waiting waiting_text applied state state_text
 *state_tag is_draft is_open is_held is_cancelled is_over teaches my { state
 *text tag place_text is_live } or null
 */
void session_to_model(struct ctx *cx, const struct request *rq, json_t *m,
		      const struct session_row *row);

/* Free seats that the viewer could have, 0 or more. */
int64_t session_seats_left(const struct session_row *row);

/* Where the page stands: two pages above it and its own name. The model is
 * that of session_to_model(). */
void crumbs_of_course(const struct request *rq, json_t *m);
void crumbs_of_desk(const struct request *rq, json_t *m, const char *here);
void crumbs_of_plan(const struct request *rq, json_t *m, const char *here);

/* Its meetings as a list of no_text day_text hours_text place_text
 * equipment online_url starts_at ends_at id. */
void meetings_to_model(struct ctx *cx, const struct request *rq, json_t *list,
		       const struct meeting_row *rows, size_t n);

/* One change of a booking: at_text state_text by_text, reason or null. */
void booking_event_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			    const struct booking_event_row *row);

/* The viewer's own case with the rules, as far as one row knows. */
struct booking_case session_case(struct ctx *cx, const struct session_row *row,
				 enum booking_act act);

/* Sentences and words of the rules. */
const char *refusal_text(const struct request *rq,
			 enum booking_refusal refusal);
const char *booking_text(const struct request *rq, const char *state);
const char *booking_tag(const char *state);
const char *way_text(const struct request *rq, const char *way);

#endif
