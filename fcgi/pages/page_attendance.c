/*
 * page_attendance.c: who was there.
 *
 * GET  /teach/:id/attendance  the people of a meeting (?meeting=ID, else the
 *                             one that runs now), a button each
 * POST /teach/:id/attendance  booking, meeting and mark=present|absent|clear
 *                             or minutes; meeting and mark=rest: all the rest.
 *                             JSON gets the new state of the one person
 * GET  /attend                enter the code on the projector
 * POST /attend                present; 422 with the reason if it is not right
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/pages.h"
#include "pages/session_model.h"
#include "store/store_attendance.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

static int64_t length_of(const struct meeting_row *m)
{
	return (m->ends_at - m->starts_at) / MINUTE_MS;
}

/* How far a meeting is from now; 0 while it runs. */
static int64_t distance(const struct ctx *cx, const struct meeting_row *m)
{
	if (cx->now_ms < m->starts_at)
		return m->starts_at - cx->now_ms;
	return cx->now_ms > m->ends_at ? cx->now_ms - m->ends_at : 0;
}

/* The meeting asked for, or else the nearest; NULL if it is none of these. */
static const struct meeting_row *choose_meeting(struct ctx *cx,
						const char *wanted,
						const struct meeting_row *rows,
						size_t n)
{
	const struct meeting_row *best = n > 0 && !wanted ? &rows[0] : NULL;
	int64_t id = 0;

	if (wanted && !text_to_i64(wanted, 1, INT64_MAX, &id))
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (wanted && rows[i].id == id)
			return &rows[i];
		if (!wanted && distance(cx, &rows[i]) < distance(cx, best))
			best = &rows[i];
	}
	return best;
}

static void person_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			    const struct attendance_row *r, int64_t length)
{
	model_int(m, "booking_id", r->booking_id);
	model_text(m, "name", r->name);
	model_text(m, "kana", r->kana);
	model_text(m, "unit", by_language(rq, r->unit_name, r->unit_name_en));
	model_text(m, "staff_number", r->staff_number);
	model_bool(m, "is_taken", r->minutes != DB_NULL);
	model_bool(m, "is_present", r->minutes != DB_NULL && r->minutes > 0);
	model_bool(m, "is_absent", r->minutes == 0);
	model_bool(m, "is_partly",
		   r->minutes != DB_NULL && r->minutes > 0 &&
			   r->minutes < length);
	if (r->minutes != DB_NULL)
		model_int(m, "minutes", r->minutes);
	else
		model_null(m, "minutes");
	model_bool(m, "by_code", r->way && !strcmp(r->way, "code"));
	model_text(m, "minutes_text",
		   r->minutes != DB_NULL && r->minutes > 0
			   ? count_text(cx, rq, TEXT_KEY("session.minutes"),
					r->minutes)
			   : NULL);
}

static enum err show_meeting(struct ctx *cx, const struct request *rq,
			     json_t *m, int64_t session_id, const char *wanted)
{
	const struct attendance_row *people;
	const struct meeting_row *meetings, *chosen;
	json_t *tabs = model_list(m, "meetings_list"),
	       *list = model_list(m, "people");
	int64_t present = 0, open = 0;
	size_t n, npeople;

	TRY(store_session_meetings(cx, session_id, &meetings, &n));
	chosen = choose_meeting(cx, wanted, meetings, n);
	if (!chosen)
		return FAIL(cx, ERR_NOT_FOUND, "no such meeting");
	meetings_to_model(cx, rq, tabs, meetings, n);
	for (size_t i = 0; i < n; i++)
		model_bool(json_array_get(tabs, i), "current",
			   &meetings[i] == chosen);
	model_int(m, "meeting", chosen->id);
	model_int(m, "length", length_of(chosen));
	model_bool(m, "is_early",
		   date_compare(date_in_japan(chosen->starts_at),
				date_in_japan(cx->now_ms)) > 0);
	TRY(store_attendance_list(cx, session_id, chosen->id, &people,
				  &npeople));
	for (size_t i = 0; i < npeople; i++) {
		person_to_model(cx, rq, model_item(list), &people[i],
				length_of(chosen));
		present +=
			people[i].minutes != DB_NULL && people[i].minutes > 0;
		open += people[i].minutes == DB_NULL;
	}
	model_int(m, "present", present);
	model_int(m, "not_taken", open);
	model_int(m, "all", (int64_t)npeople);
	model_text(m, "present_text",
		   count_text(cx, rq, TEXT_KEY("session.people"), present));
	model_text(m, "not_taken_text",
		   count_text(cx, rq, TEXT_KEY("session.people"), open));
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct session_facts facts;
	const char *wanted = rq->method == POST ? request_form(rq, "meeting")
						: request_query(rq, "meeting");

	TRY(session_of_staff(cx, rq, &facts));
	session_to_model(cx, rq, rp->model, &facts.row);
	crumbs_of_desk(rq, rp->model, request_text(rq, "session.attendance"));
	return show_meeting(cx, rq, rp->model, facts.row.id, wanted);
}

/* What the pressed button says, in minutes; false if it says nothing. */
static bool read_mark(const struct request *rq,
		      const struct meeting_row *meeting, int64_t *minutes)
{
	const char *mark = request_form(rq, "mark"),
		   *typed = request_form(rq, "minutes");

	if (mark && !strcmp(mark, "present"))
		*minutes = length_of(meeting);
	else if (mark && !strcmp(mark, "absent"))
		*minutes = 0;
	else if (mark && !strcmp(mark, "clear"))
		*minutes = DB_NULL;
	else
		return typed &&
		       text_to_i64(typed, 0, length_of(meeting), minutes);
	return true;
}

static enum err mark_one(struct ctx *cx, const struct request *rq,
			 struct reply *rp, const struct meeting_row *meeting)
{
	struct attendance_mark mark = { .meeting_id = meeting->id,
					.way = ATTENDANCE_TAP,
					.marked_by = rq->user->person_id };
	const char *booking = request_form(rq, "booking");
	enum err e;

	if (!booking || !text_to_i64(booking, 1, INT64_MAX, &mark.booking_id))
		return FAIL(cx, ERR_BAD_REQUEST, "no booking");
	if (!read_mark(rq, meeting, &mark.minutes)) {
		TRY(show(cx, rq, rp));
		reply_problem(rp,
			      arena_printf(&cx->arena, "minutes-%" PRId64,
					   mark.booking_id),
			      count_text(cx, rq,
					 TEXT_KEY("session.minutes_wrong"),
					 length_of(meeting)));
		return OK;
	}
	e = store_attendance_mark(cx, &mark);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		TRY(show(cx, rq, rp));
		reply_conflict(rp, request_text(rq, "session.seat_gone"));
		return OK;
	}
	TRY(e);
	if (rq->wants_json)
		return show(cx, rq, rp);
	return reply_redirect(cx, rp,
			      "/teach/%" PRId64 "/attendance?meeting=%" PRId64
			      "#b%" PRId64,
			      meeting->session_id, meeting->id,
			      mark.booking_id);
}

static enum err mark(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *what = request_form(rq, "mark"),
		   *wanted = request_form(rq, "meeting");
	const struct meeting_row *meetings, *meeting;
	struct session_facts facts;
	int64_t marked;
	size_t n;

	TRY(session_of_staff(cx, rq, &facts));
	TRY(store_session_meetings(cx, facts.row.id, &meetings, &n));
	meeting = wanted ? choose_meeting(cx, wanted, meetings, n) : NULL;
	if (!meeting)
		return FAIL(cx, ERR_NOT_FOUND, "no such meeting");
	if (!what || strcmp(what, "rest") != 0)
		return mark_one(cx, rq, rp, meeting);
	TRY(store_attendance_rest(cx, facts.row.id, meeting->id,
				  rq->user->person_id, &marked));
	return reply_done(cx, rp, TEXT_KEY("session.done_rest"),
			  "/teach/%" PRId64 "/attendance?meeting=%" PRId64,
			  facts.row.id, meeting->id);
}

static enum err ask(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	(void)cx;
	model_text(rp->model, "title", request_text(rq, "session.attend"));
	model_null(rp->model, "typed");
	return OK;
}

static const char *entry_text(const struct request *rq,
			      enum attendance_entry outcome)
{
	switch (outcome) {
	case ATTENDANCE_NOT_BOOKED:
		return request_text(rq, "session.code_not_booked");
	case ATTENDANCE_TOO_EARLY:
		return request_text(rq, "session.code_too_early");
	case ATTENDANCE_TOO_OFTEN:
		return request_text(rq, "session.code_too_often");
	case ATTENDANCE_NO_CODE:
	case ATTENDANCE_ENTERED:
		break;
	}
	return request_text(rq, "session.code_wrong");
}

static enum err enter(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	const char *typed = request_form(rq, "code");
	enum attendance_entry outcome;
	int64_t session_id;

	/* Full-width digits and the gap in the middle are fine. */
	typed = text_search_key(&cx->arena, typed ? typed : "");
	TRY(store_attendance_enter(cx, rq->user->person_id, typed, &session_id,
				   &outcome));
	if (outcome == ATTENDANCE_ENTERED)
		return reply_done(cx, rp, TEXT_KEY("session.done_attended"),
				  "/sessions/%" PRId64, session_id);
	TRY(ask(cx, rq, rp));
	model_text(rp->model, "typed", typed);
	reply_problem(rp, "code", entry_text(rq, outcome));
	return OK;
}

const struct route attendance_routes[] = {
	{ GET, "/teach/:id/attendance", TRAINER | PLANNER, show, "attendance" },
	{ POST, "/teach/:id/attendance", TRAINER | PLANNER, mark,
	  "attendance" },
	{ GET, "/attend", WHO_SIGNED_IN, ask, "attend" },
	{ POST, "/attend", WHO_SIGNED_IN, enter, "attend" },
	{ .page = NULL },
};
