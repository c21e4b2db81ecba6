/*
 * page_people_of.c: who has a place in a session, and staff's hand in it.
 *
 * GET  /sessions/:id/people             every place; planners: its history, and
 *                                       who has reported to the head (復命)
 * POST /sessions/:id/people             planners enter people by staff number,
 *                                       one to a line: act=nominate|recommend
 * POST /sessions/:id/people/cancel      booking, reason
 * POST /sessions/:id/people/substitute  booking, number: the seat changes hands
 */
#include "base/text.h"
#include "pages/debrief_model.h"
#include "pages/pages.h"
#include "pages/session_model.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

#define MAX_LINES 300

static void place_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			   const struct booking_row *r)
{
	const enum booking_state state = booking_state_from(r->state);

	model_int(m, "booking_id", r->id);
	model_text(m, "name", r->name);
	model_text(m, "kana", r->kana);
	model_text(m, "staff_number", r->staff_number);
	model_text(m, "unit", by_language(rq, r->unit_name, r->unit_name_en));
	model_text(m, "state_text", booking_text(rq, r->state));
	model_text(m, "state_tag", booking_tag(r->state));
	model_text(m, "way_text", way_text(rq, r->way));
	model_int(m, "queue_no", r->queue_no);
	model_text(m, "changed_text", moment_text(cx, rq, r->changed_at));
	model_bool(m, "wheelchair", r->wheelchair);
	model_bool(m, "is_live",
		   state == BOOKING_APPLIED || state == BOOKING_WAITING ||
			   state == BOOKING_BOOKED);
	model_bool(m, "can_substitute",
		   request_is(rq, PLANNER) && (state == BOOKING_WAITING ||
					       state == BOOKING_BOOKED));
}

static enum err add_history(struct ctx *cx, const struct request *rq, json_t *m,
			    int64_t session_id)
{
	const struct booking_event_row *events;
	json_t *list = model_list(m, "history");
	size_t n;

	TRY(store_booking_events(cx, session_id, 0, &events, &n));
	for (size_t i = 0; i < n && i < 100; i++) {
		json_t *item = model_item(list);

		booking_event_to_model(cx, rq, item, &events[i]);
		model_text(item, "person", events[i].person_name);
		model_text(item, "from_text",
			   booking_text(rq, events[i].from_state));
	}
	return OK;
}

/* Who has reported, where reports are asked for; only that, not what. */
static enum err add_debriefs(struct ctx *cx, const struct request *rq,
			     json_t *m, const struct session_facts *facts)
{
	const struct debrief_row *rows;
	json_t *list = model_list(m, "debriefs");
	int64_t written = 0;
	size_t n;

	if (facts->debrief_days == DB_NULL || cx->now_ms < facts->row.ends_at)
		return OK;
	TRY(store_debrief_of_session(cx, facts->row.id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *item = model_item(list);

		debrief_to_model(cx, rq, item, &rows[i]);
		model_null(item, "learned");
		model_null(item, "plans");
		written += rows[i].written_at != DB_NULL;
	}
	model_text(m, "debriefs_text",
		   text_fill(&cx->arena, request_text(rq, "session.debriefs_n"),
			     "n", text_from_count(&cx->arena, written), "all",
			     text_from_count(&cx->arena, (int64_t)n), NULL));
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	json_t *m = rp->model, *list = model_list(m, "places");
	struct session_facts facts;
	const struct booking_row *rows;
	const char *typed = request_form(rq, "numbers");
	size_t n;

	TRY(session_of_staff(cx, rq, &facts));
	session_to_model(cx, rq, m, &facts.row);
	if (request_is(rq, PLANNER))
		crumbs_of_plan(rq, m, request_text(rq, "session.people_of"));
	else
		crumbs_of_desk(rq, m, request_text(rq, "session.people_of"));
	model_bool(m, "plans_it", request_is(rq, PLANNER));
	model_text(m, "numbers", typed ? typed : "");
	TRY(store_booking_list(cx, facts.row.id, BOOKINGS_ALL, &rows, &n));
	for (size_t i = 0; i < n; i++)
		place_to_model(cx, rq, model_item(list), &rows[i]);
	/* What is between people and their heads is no business of a trainer,
	 * who may come from elsewhere. */
	model_null(m, "debriefs_text");
	if (!request_is(rq, PLANNER))
		return OK;
	TRY(add_debriefs(cx, rq, m, &facts));
	return add_history(cx, rq, m, facts.row.id);
}

static struct booking_actor staff(struct ctx *cx, const struct request *rq)
{
	const char *reason = request_form(rq, "reason");

	return (struct booking_actor){
		.person_id = rq->user->person_id,
		.by = BY_STAFF,
		.reason = text_trim(&cx->arena, reason ? reason : ""),
	};
}

/* The lines that hold something, as staff numbers; how many. */
static size_t read_numbers(struct ctx *cx, const char *text,
			   const char *numbers[MAX_LINES])
{
	size_t n = 0;

	while (*text && n < MAX_LINES) {
		const size_t len = strcspn(text, "\n,、\t");
		const char *number = text_code(
			&cx->arena, arena_strndup(&cx->arena, text, len));

		if (*number)
			numbers[n++] = number;
		text += len + (text[len] != 0);
	}
	return n;
}

static void line_problem(struct ctx *cx, struct reply *rp, const char *number,
			 const char *why)
{
	reply_problem(rp, "numbers",
		      arena_printf(&cx->arena, "%s: %s", number, why));
}

/* All numbers are known, or nobody is entered. */
static bool all_known(struct ctx *cx, const struct request *rq,
		      struct reply *rp, const char *const *numbers,
		      const int64_t *ids, size_t n)
{
	bool good = n > 0;

	if (!n)
		reply_problem(rp, "numbers",
			      request_text(rq, "session.numbers_missing"));
	for (size_t i = 0; i < n; i++)
		if (ids[i] == DB_NULL) {
			line_problem(cx, rp, numbers[i],
				     request_text(rq,
						  "session.number_unknown"));
			good = false;
		}
	return good;
}

static enum err enter_each(struct ctx *cx, const struct request *rq,
			   struct reply *rp, const char *const *numbers,
			   const int64_t *ids, size_t n)
{
	const char *act = request_form(rq, "act");
	const struct booking_actor actor = staff(cx, rq);
	struct booking_result r;
	int64_t session_id;

	TRY(request_id(cx, rq, "id", &session_id));
	for (size_t i = 0; i < n; i++) {
		TRY(store_booking_enter(cx, session_id, ids[i],
					act && !strcmp(act, "recommend")
						? BOOKING_RECOMMEND
						: BOOKING_NOMINATE,
					&actor, &r));
		if (!booking_is_done(&r))
			line_problem(cx, rp, numbers[i],
				     refusal_text(rq, r.refusal));
	}
	return OK;
}

static enum err enter(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	const char *typed = request_form(rq, "numbers"), *numbers[MAX_LINES];
	struct session_facts facts;
	int64_t ids[MAX_LINES];
	size_t n;

	TRY(session_of_staff(cx, rq, &facts));
	n = read_numbers(cx, typed ? typed : "", numbers);
	TRY(store_booking_people(cx, numbers, n, ids));
	if (all_known(cx, rq, rp, numbers, ids, n))
		TRY(enter_each(cx, rq, rp, numbers, ids, n));
	if (rp->status == 422)
		return show(cx, rq, rp);
	return reply_done(cx, rp, TEXT_KEY("session.done_entered"),
			  "/sessions/%" PRId64 "/people", facts.row.id);
}

/* The booking named in the form, if it belongs to this session. */
static enum err find_booking(struct ctx *cx, const struct request *rq,
			     const struct booking_row **row)
{
	const char *typed = request_form(rq, "booking");
	const struct booking_row *rows;
	struct session_facts facts;
	int64_t id;
	size_t n;

	TRY(session_of_staff(cx, rq, &facts));
	if (!typed || !text_to_i64(typed, 1, INT64_MAX, &id))
		return FAIL(cx, ERR_BAD_REQUEST, "no booking");
	TRY(store_booking_list(cx, facts.row.id, BOOKINGS_ALL, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == id) {
			*row = &rows[i];
			return OK;
		}
	return FAIL(cx, ERR_NOT_FOUND, "booking of another session");
}

static enum err refuse(struct ctx *cx, const struct request *rq,
		       struct reply *rp, const char *where, const char *why)
{
	TRY(show(cx, rq, rp));
	reply_problem(rp, where, why);
	return OK;
}

static enum err cancel(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	const struct booking_actor actor = staff(cx, rq);
	const struct booking_row *row;
	struct booking_result r;

	TRY(find_booking(cx, rq, &row));
	TRY(store_booking_cancel(cx, row->session_id, row->person_id, &actor,
				 &r));
	if (!booking_is_done(&r))
		return refuse(cx, rq, rp, "", refusal_text(rq, r.refusal));
	return reply_done(cx, rp, TEXT_KEY("session.done_cancelled_for"),
			  "/sessions/%" PRId64 "/people", row->session_id);
}

static enum err substitute(struct ctx *cx, const struct request *rq,
			   struct reply *rp)
{
	const struct booking_actor actor = staff(cx, rq);
	const char *typed = request_form(rq, "number"), *number, *where;
	const struct booking_row *row;
	struct booking_result r;
	int64_t id;

	TRY(find_booking(cx, rq, &row));
	where = arena_printf(&cx->arena, "number-%" PRId64, row->id);
	number = text_code(&cx->arena, typed ? typed : "");
	TRY(store_booking_people(cx, &number, 1, &id));
	if (id == DB_NULL)
		return refuse(cx, rq, rp, where,
			      request_text(rq, "session.number_unknown"));
	TRY(store_booking_substitute(cx, row->id, id, &actor, &r));
	if (!booking_is_done(&r))
		return refuse(cx, rq, rp, where, refusal_text(rq, r.refusal));
	return reply_done(cx, rp, TEXT_KEY("session.done_substituted"),
			  "/sessions/%" PRId64 "/people", row->session_id);
}

const struct route people_of_routes[] = {
	{ GET, "/sessions/:id/people", TRAINER | PLANNER, show,
	  "session_people" },
	{ POST, "/sessions/:id/people", PLANNER, enter, "session_people" },
	{ POST, "/sessions/:id/people/cancel", TRAINER | PLANNER, cancel,
	  "session_people" },
	{ POST, "/sessions/:id/people/substitute", PLANNER, substitute,
	  "session_people" },
	{ .page = NULL },
};
