/*
 * page_session.c: one session and the own place in it.
 *
 * GET  /sessions/:id               facts, seats, own place
 * POST /sessions/:id/book          apply; 422 with the reason if refused
 * POST /sessions/:id/cancel        give the place back
 * POST /sessions/:id/change        to=ID: move the place to another session
 * POST /sessions/:id/wheelchair    change the tick
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/debrief_model.h"
#include "pages/pages.h"
#include "pages/session_model.h"
#include "pages/survey_page.h"
#include "store/store_attendance.h"
#include "store/store_collection.h"
#include "store/store_person.h"
#include "store/store_setting.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

static enum err find(struct ctx *cx, const struct request *rq,
		     struct session_facts *facts)
{
	const struct session_viewer viewer = session_viewer_of(rq);
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	return store_session_find(cx, id, &viewer, facts);
}

/* What the rules offer: a button with its words, or a sentence why not. */
static void offer_booking(struct ctx *cx, const struct request *rq, json_t *m,
			  const struct session_row *row)
{
	const struct booking_case c = session_case(cx, row, BOOKING_APPLY);
	const struct booking_verdict v = booking_decide(&c);

	if (v.refusal == BOOKING_TOO_EARLY) {
		model_text(m, "refusal_text",
			   text_fill(&cx->arena,
				     request_text(rq, "session.opens_at"), "at",
				     moment_text(cx, rq, row->apply_from),
				     NULL));
	} else if (v.refusal != BOOKING_FINE && v.refusal != BOOKING_ALREADY) {
		model_text(m, "refusal_text", refusal_text(rq, v.refusal));
	}
	if (v.refusal != BOOKING_FINE)
		return;
	model_bool(m, "can_book", true);
	model_text(m, "book_text",
		   v.to == BOOKING_BOOKED ? request_text(rq, "session.book")
		   : v.to == BOOKING_WAITING
			   ? request_text(rq, "session.book_line")
			   : request_text(rq, "session.book_ask"));
	model_bool(m, "asks_head", v.to == BOOKING_APPLIED);
	model_text(m, "apply_until_text",
		   text_fill(&cx->arena, request_text(rq, "session.until"),
			     "at", moment_text(cx, rq, c.apply_until), NULL));
}

static void offer_cancelling(struct ctx *cx, const struct request *rq,
			     json_t *m, const struct session_row *row)
{
	const struct booking_case c = session_case(cx, row, BOOKING_CANCEL);
	const struct booking_verdict v = booking_decide(&c);

	model_bool(m, "can_cancel", v.refusal == BOOKING_FINE);
	if (v.refusal == BOOKING_CANCEL_LATE)
		model_text(m, "refusal_text",
			   refusal_text(rq, BOOKING_CANCEL_LATE));
	if (v.refusal == BOOKING_FINE && c.state == BOOKING_BOOKED)
		model_text(m, "cancel_until_text",
			   text_fill(&cx->arena,
				     request_text(rq, "session.cancel_until"),
				     "at", moment_text(cx, rq, c.cancel_until),
				     NULL));
}

/* What the person has to bring depends on the terminal they have. */
static enum err add_bring(struct ctx *cx, const struct request *rq, json_t *m,
			  const struct session_row *row)
{
	struct person person;

	if (!strcmp(row->form, "elearning") || !row->room_code)
		return OK;
	TRY(store_person_by_id(cx, rq->user->person_id, &person));
	model_text(m, "bring_text",
		   !strcmp(person.terminal, "desktop")
			   ? request_text(rq, "session.bring_desktop")
			   : request_text(rq, "session.bring_portable"));
	return OK;
}

static enum err add_surveys(struct ctx *cx, const struct request *rq, json_t *m,
			    int64_t session_id)
{
	const struct collection_person me = collection_me(rq);
	const struct collection_due *due;
	json_t *list = model_list(m, "surveys");
	size_t n;

	TRY(store_collections_due(cx, &me, &due, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *item;
		int64_t closes;

		if (due[i].session_id != session_id)
			continue;
		item = model_item(list);
		model_format(item, "href", "/surveys/%" PRId64,
			     due[i].collection_id);
		model_text(item, "title",
			   by_language(rq, due[i].title, due[i].title_en));
		model_text(
			item, "until_text",
			due[i].closes_at && instant_from_db(due[i].closes_at,
							    &closes)
				? text_fill(&cx->arena,
					    request_text(rq, "session.until"),
					    "at", moment_text(cx, rq, closes),
					    NULL)
				: NULL);
		model_bool(item, "has_draft", due[i].has_draft);
	}
	return OK;
}

/* Where else one could take the course, while the place can be given up. */
static enum err add_others(struct ctx *cx, const struct request *rq, json_t *m,
			   const struct session_row *row)
{
	json_t *list = model_list(m, "others");
	const struct session_row *rows;
	size_t n;

	if (!json_is_true(json_object_get(m, "can_cancel")))
		return OK;
	TRY(store_session_upcoming(cx, row->course_id, rq->user->person_id,
				   &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id != row->id && rows[i].starts_at > cx->now_ms)
			session_to_model(cx, rq, model_item(list), &rows[i]);
	return OK;
}

/* The report after it: a link once it can be written. */
static enum err add_debrief(struct ctx *cx, const struct request *rq, json_t *m,
			    const struct session_facts *facts)
{
	struct debrief_row own;
	enum err e;

	model_null(m, "debrief");
	model_null(m, "debrief_text");
	if (facts->debrief_days == DB_NULL)
		return OK;
	model_text(m, "debrief_text",
		   count_text(cx, rq, TEXT_KEY("session.debrief_asked"),
			      facts->debrief_days));
	e = store_debrief_own(cx, facts->row.id, rq->user->person_id, &own);
	if (e == ERR_NOT_FOUND) {
		ctx_forgive(cx);
		return OK;
	}
	TRY(e);
	debrief_to_model(cx, rq, model_object(m, "debrief"), &own);
	return OK;
}

static enum err add_history(struct ctx *cx, const struct request *rq, json_t *m,
			    const struct session_row *row)
{
	const struct booking_event_row *events;
	json_t *list = model_list(m, "history");
	size_t n;

	if (row->my_booking_id == DB_NULL)
		return OK;
	TRY(store_booking_events(cx, row->id, row->my_booking_id, &events, &n));
	for (size_t i = 0; i < n; i++)
		booking_event_to_model(cx, rq, model_item(list), &events[i]);
	return OK;
}

static enum err add_people(struct ctx *cx, const struct request *rq, json_t *m,
			   const struct session_row *row)
{
	const struct trainer_row *trainers;
	struct completion done;
	json_t *list = model_list(m, "trainers");
	size_t n;

	TRY(store_session_trainers(cx, row->id, &trainers, &n));
	for (size_t i = 0; i < n; i++)
		model_text(model_item(list), "name", trainers[i].name);
	TRY(store_attendance_completion(cx, row->id, rq->user->person_id,
					&done));
	model_bool(m, "is_complete",
		   done.complete && cx->now_ms >= row->ends_at);
	return OK;
}

/* Whose seats are kept, while they are. */
static enum err add_allotments(struct ctx *cx, const struct request *rq,
			       json_t *m, const struct session_facts *facts)
{
	const struct allotment_row *rows;
	json_t *list = model_list(m, "allotments");
	size_t n;

	model_null(m, "allot_until_text");
	if (facts->allot_until == DB_NULL || cx->now_ms >= facts->allot_until)
		return OK;
	TRY(store_session_allotments(cx, facts->row.id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *item = model_item(list);

		model_text(item, "unit",
			   by_language(rq, rows[i].unit_name,
				       rows[i].unit_name_en));
		model_int(item, "seats", rows[i].seats);
		model_int(item, "booked", rows[i].booked);
		model_text(item, "seats_text",
			   count_text(cx, rq, TEXT_KEY("session.kept_n"),
				      rows[i].seats));
		model_text(item, "booked_text",
			   count_text(cx, rq, TEXT_KEY("session.kept_booked"),
				      rows[i].booked));
	}
	model_text(m, "allot_until_text",
		   text_fill(&cx->arena, request_text(rq, "session.kept_until"),
			     "at", moment_text(cx, rq, facts->allot_until),
			     NULL));
	return OK;
}

/* What the person has here, and what they may do about it. */
static void own_place(struct ctx *cx, const struct request *rq, json_t *m,
		      const struct session_facts *facts)
{
	model_bool(m, "wheelchair", facts->wheelchair);
	model_null(m, "refusal_text");
	offer_booking(cx, rq, m, &facts->row);
	offer_cancelling(cx, rq, m, &facts->row);
	model_bool(m, "can_attend",
		   facts->attendance_code &&
			   booking_state_from(facts->row.my_state) ==
				   BOOKING_BOOKED);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct meeting_row *meetings;
	struct session_facts facts;
	json_t *m = rp->model;
	size_t n;

	TRY(find(cx, rq, &facts));
	session_to_model(cx, rq, m, &facts.row);
	crumbs_of_course(rq, m);
	own_place(cx, rq, m, &facts);
	TRY(store_session_meetings(cx, facts.row.id, &meetings, &n));
	meetings_to_model(cx, rq, model_list(m, "meetings_list"), meetings, n);
	model_text(m, "note", *facts.note ? facts.note : NULL);
	model_bool(m, "runs_it", facts.row.teaches || request_is(rq, PLANNER));
	model_bool(m, "plans_it", request_is(rq, PLANNER));
	TRY(add_allotments(cx, rq, m, &facts));
	TRY(add_bring(cx, rq, m, &facts.row));
	TRY(add_surveys(cx, rq, m, facts.row.id));
	TRY(add_debrief(cx, rq, m, &facts));
	TRY(add_people(cx, rq, m, &facts.row));
	TRY(add_others(cx, rq, m, &facts.row));
	return add_history(cx, rq, m, &facts.row);
}

/* Show the page again with the sentence why it could not be done. */
static enum err refuse(struct ctx *cx, const struct request *rq,
		       struct reply *rp, enum booking_refusal why)
{
	TRY(show(cx, rq, rp));
	reply_problem(rp, "booking", refusal_text(rq, why));
	return OK;
}

static enum err book(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *notice = TEXT_KEY("session.done_booked");
	struct session_facts facts;
	struct booking_result r;

	TRY(find(cx, rq, &facts));
	TRY(store_booking_apply(cx, facts.row.id, rq->user->person_id,
				request_form(rq, "wheelchair") != NULL, &r));
	if (!booking_is_done(&r))
		return refuse(cx, rq, rp, r.refusal);
	if (r.state == BOOKING_WAITING)
		notice = TEXT_KEY("session.done_waiting");
	else if (r.state == BOOKING_APPLIED)
		notice = TEXT_KEY("session.done_applied");
	return reply_done(cx, rp, notice, "/sessions/%" PRId64, facts.row.id);
}

static enum err cancel(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	const struct booking_actor self = { rq->user->person_id, BY_SELF, "" };
	struct session_facts facts;
	struct booking_result r;

	TRY(find(cx, rq, &facts));
	TRY(store_booking_cancel(cx, facts.row.id, rq->user->person_id, &self,
				 &r));
	if (!booking_is_done(&r))
		return refuse(cx, rq, rp, r.refusal);
	return reply_done(cx, rp, TEXT_KEY("session.done_cancelled"),
			  "/sessions/%" PRId64, facts.row.id);
}

static enum err change_class(struct ctx *cx, const struct request *rq,
			     struct reply *rp)
{
	const char *typed = request_form(rq, "to");
	struct session_facts facts;
	struct booking_result r;
	int64_t to;

	TRY(find(cx, rq, &facts));
	if (!typed || !text_to_i64(typed, 1, INT64_MAX, &to))
		return FAIL(cx, ERR_BAD_REQUEST, "no session to go to");
	TRY(store_booking_change(cx, facts.row.id, to, rq->user->person_id,
				 &r));
	if (!booking_is_done(&r))
		return refuse(cx, rq, rp, r.refusal);
	return reply_done(cx, rp,
			  r.state == BOOKING_BOOKED
				  ? TEXT_KEY("session.done_changed")
				  : TEXT_KEY("session.done_changed_line"),
			  "/sessions/%" PRId64, to);
}

static enum err wheelchair(struct ctx *cx, const struct request *rq,
			   struct reply *rp)
{
	struct session_facts facts;

	TRY(find(cx, rq, &facts));
	TRY(store_booking_wheelchair(cx, facts.row.id, rq->user->person_id,
				     request_form(rq, "wheelchair") != NULL));
	return reply_done(cx, rp, TEXT_KEY("session.done_saved"),
			  "/sessions/%" PRId64, facts.row.id);
}

const struct route session_routes[] = {
	{ GET, "/sessions/:id", WHO_SIGNED_IN, show, "session" },
	{ POST, "/sessions/:id/book", WHO_SIGNED_IN, book, "session" },
	{ POST, "/sessions/:id/cancel", WHO_SIGNED_IN, cancel, "session" },
	{ POST, "/sessions/:id/change", WHO_SIGNED_IN, change_class,
	  "session" },
	{ POST, "/sessions/:id/wheelchair", WHO_SIGNED_IN, wheelchair, NULL },
	{ .page = NULL },
};
