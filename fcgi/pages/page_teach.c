/*
 * page_teach.c: the trainer's desk.
 *
 * GET  /teach              own sessions by date (planners: all)
 * GET  /teach/:id          one session at a glance
 * GET  /teach/:id/live     counts alone, asked again every few seconds
 * GET  /teach/:id/code     the code for the projector, in huge type
 * POST /teach/:id/code     action=open makes a new code, close ends it
 * POST /teach/:id/held     the session is over
 * GET  /teach/:id/roster   people by name, by department, sheet to sign
 *
 * Answers of people are never here: counts only.
 */
#include "base/clock.h"
#include "pages/pages.h"
#include "pages/session_model.h"
#include "store/store_attendance.h"
#include "store/store_collection.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

#define PAST_DAYS 400 /* how far back the list goes */

static enum err list(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct session_filter filter = {
		.viewer = { request_is(rq, PLANNER) ? SESSION_ALL
						    : SESSION_TAUGHT,
			    rq->user->person_id },
		.from_ms = cx->now_ms - PAST_DAYS * DAY_MS,
		.to_ms = DB_NULL,
	};
	json_t *m = rp->model, *coming = model_list(m, "coming"),
	       *past = model_list(m, "past");
	const struct session_row *rows;
	size_t n;

	model_text(m, "title", request_text(rq, "session.teach"));
	model_bool(m, "plans_it", request_is(rq, PLANNER));
	TRY(store_session_list(cx, &filter, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].ends_at > cx->now_ms)
			session_to_model(cx, rq, model_item(coming), &rows[i]);
	for (size_t i = n; i-- > 0;)
		if (rows[i].ends_at <= cx->now_ms)
			session_to_model(cx, rq, model_item(past), &rows[i]);
	return OK;
}

static const char *share_text(struct ctx *cx, const struct request *rq,
			      int64_t part, int64_t all)
{
	return text_fill(&cx->arena, request_text(rq, "session.part_of"),
			 "part", arena_printf(&cx->arena, "%" PRId64, part),
			 "all", arena_printf(&cx->arena, "%" PRId64, all),
			 NULL);
}

static const char *moment_word_text(const struct request *rq,
				    const char *moment)
{
	if (!strcmp(moment, "pre"))
		return request_text(rq, "session.survey_pre");
	if (!strcmp(moment, "post"))
		return request_text(rq, "session.survey_post");
	return request_text(rq, "session.survey_followup");
}

static const char *collection_state_text(const struct request *rq,
					 const struct collection_counts *c)
{
	if (c->is_open)
		return request_text(rq, "session.survey_open");
	if (!strcmp(c->state, "planned"))
		return request_text(rq, "session.survey_planned");
	return request_text(rq, "session.survey_closed");
}

/* Who was asked and how many answered; also the body of /live. */
static enum err add_surveys(struct ctx *cx, const struct request *rq, json_t *m,
			    int64_t session_id)
{
	const struct collection_counts *rows;
	json_t *surveys = model_list(m, "surveys");
	size_t n;

	TRY(store_collection_counts(cx, session_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct collection_counts *c = &rows[i];
		json_t *item = model_item(surveys);

		model_int(item, "id", c->collection_id);
		model_text(item, "moment", c->moment);
		model_text(item, "moment_text",
			   moment_word_text(rq, c->moment));
		model_text(item, "title",
			   by_language(rq, c->title, c->title_en));
		model_text(item, "state_text", collection_state_text(rq, c));
		model_bool(item, "is_open", c->is_open);
		model_bool(item, "can_open",
			   !c->is_open && strcmp(c->moment, "pre") != 0);
		model_int(item, "invited", c->invited);
		model_int(item, "answered", c->answered);
		model_int(item, "percent",
			  c->invited > 0 ? 100 * c->answered / c->invited : 0);
		model_text(item, "answered_text",
			   share_text(cx, rq, c->answered, c->invited));
	}
	return OK;
}

static enum err add_attendance(struct ctx *cx, const struct request *rq,
			       json_t *m, int64_t session_id)
{
	const struct attendance_count *counts;
	const struct meeting_row *meetings;
	json_t *items = model_list(m, "attendance");
	size_t n, nmeetings;

	TRY(store_session_meetings(cx, session_id, &meetings, &nmeetings));
	meetings_to_model(cx, rq, items, meetings, nmeetings);
	TRY(store_attendance_counts(cx, session_id, &counts, &n));
	for (size_t i = 0; i < n && i < nmeetings; i++) {
		json_t *item = json_array_get(items, i);
		const int64_t all =
			counts[i].present + counts[i].absent + counts[i].open;

		model_int(item, "present", counts[i].present);
		model_int(item, "absent", counts[i].absent);
		model_int(item, "not_taken", counts[i].open);
		model_text(item, "present_text",
			   share_text(cx, rq, counts[i].present, all));
		model_int(item, "percent",
			  all > 0 ? 100 * counts[i].present / all : 0);
	}
	return OK;
}

static enum err live(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct session_facts facts;

	TRY(session_of_staff(cx, rq, &facts));
	session_to_model(cx, rq, rp->model, &facts.row);
	model_text(rp->model, "now_text", time_to_text(&cx->arena, cx->now_ms));
	TRY(add_surveys(cx, rq, rp->model, facts.row.id));
	return add_attendance(cx, rq, rp->model, facts.row.id);
}

static enum err desk(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct session_facts facts;
	json_t *m = rp->model;

	TRY(live(cx, rq, rp));
	TRY(session_of_staff(cx, rq, &facts));
	crumbs_of_desk(rq, m, NULL);
	model_text(m, "code", facts.attendance_code);
	model_text(m, "note", *facts.note ? facts.note : NULL);
	model_bool(m, "plans_it", request_is(rq, PLANNER));
	model_bool(m, "can_hold",
		   session_state_from(facts.row.state) == SESSION_OPEN &&
			   cx->now_ms >= facts.row.ends_at);
	return OK;
}

static enum err code(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct session_facts facts;
	const char *digits;

	TRY(session_of_staff(cx, rq, &facts));
	session_to_model(cx, rq, rp->model, &facts.row);
	digits = facts.attendance_code;
	model_text(rp->model, "code", digits);
	/* In two groups: easier to read from the last row, and to type. */
	model_text(rp->model, "code_text",
		   digits ? arena_printf(&cx->arena, "%.3s %s", digits,
					 digits + 3)
			  : NULL);
	return add_attendance(cx, rq, rp->model, facts.row.id);
}

static enum err set_code(struct ctx *cx, const struct request *rq,
			 struct reply *rp)
{
	const char *action = request_form(rq, "action"), *digits;
	struct session_facts facts;

	TRY(session_of_staff(cx, rq, &facts));
	if (action && !strcmp(action, "open")) {
		TRY(store_attendance_open(cx, facts.row.id, &digits));
		return reply_redirect(cx, rp, "/teach/%" PRId64 "/code",
				      facts.row.id);
	}
	TRY(store_attendance_close(cx, facts.row.id));
	return reply_done(cx, rp, TEXT_KEY("session.done_code_closed"),
			  "/teach/%" PRId64, facts.row.id);
}

static enum err held(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct session_facts facts;
	enum session_state state;
	enum err e;

	TRY(session_of_staff(cx, rq, &facts));
	e = store_session_close(cx, facts.row.id);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		TRY(session_of_staff(cx, rq, &facts));
		state = session_state_from(facts.row.state);
		if (state != SESSION_HELD) {
			TRY(desk(cx, rq, rp));
			reply_conflict(
				rp,
				state == SESSION_CANCELLED
					? request_text(rq, "session.off_by_now")
					: request_text(rq, "session.not_over"));
			return OK;
		}
	} else {
		TRY(e);
	}
	return reply_done(cx, rp, TEXT_KEY("session.done_held"),
			  "/teach/%" PRId64, facts.row.id);
}

static void person_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			    const struct booking_row *r)
{
	model_int(m, "booking_id", r->id);
	model_text(m, "staff_number", r->staff_number);
	model_text(m, "name", r->name);
	model_text(m, "kana", r->kana);
	model_text(m, "unit", by_language(rq, r->unit_name, r->unit_name_en));
	model_text(m, "department",
		   by_language(rq, r->department, r->department_en));
	model_text(m, "tier", by_language(rq, r->tier_name, r->tier_name_en));
	model_bool(m, "is_desktop", !strcmp(r->terminal, "desktop"));
	model_bool(m, "wheelchair", r->wheelchair);
	model_bool(m, "has_mail", r->email != NULL);
	model_text(m, "way_text", way_text(rq, r->way));
	model_text(m, "state_text", booking_text(rq, r->state));
	model_text(m, "state_tag", booking_tag(r->state));
	model_text(m, "changed_text", moment_text(cx, rq, r->changed_at));
}

/* The same people by department, for those who are told on paper. */
static void group_people(struct ctx *cx, const struct request *rq, json_t *list,
			 const struct booking_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *department = by_language(rq, rows[i].department,
						     rows[i].department_en),
			   *unit = by_language(rq, rows[i].unit_name,
					       rows[i].unit_name_en),
			   *name = department ? department
				   : unit     ? unit
					      : "";
		json_t *group = NULL, *each;
		size_t at;

		json_array_foreach(list, at, each) {
			const char *known = json_string_value(
				json_object_get(each, "department"));

			if (known && !strcmp(known, name))
				group = each;
		}
		if (!group) {
			group = model_item(list);
			model_text(group, "department", name);
		}
		person_to_model(cx, rq, model_item(model_list(group, "people")),
				&rows[i]);
	}
}

static enum err roster(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	struct session_facts facts;
	const struct booking_row *rows;
	json_t *m = rp->model;
	const char *view = request_query(rq, "sheet");
	size_t n;

	TRY(session_of_staff(cx, rq, &facts));
	session_to_model(cx, rq, m, &facts.row);
	crumbs_of_desk(rq, m, request_text(rq, "session.roster"));
	TRY(store_booking_list(cx, facts.row.id, BOOKINGS_BOOKED, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *person = model_item(model_list(m, "people"));

		model_int(person, "no", (int64_t)i + 1);
		person_to_model(cx, rq, person, &rows[i]);
	}
	model_list(m, "people");
	group_people(cx, rq, model_list(m, "departments"), rows, n);
	TRY(store_booking_list(cx, facts.row.id, BOOKINGS_LINE, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *person = model_item(model_list(m, "line"));

		model_int(person, "no", (int64_t)i + 1);
		person_to_model(cx, rq, person, &rows[i]);
	}
	model_list(m, "line");
	model_bool(m, "is_plates", view && !strcmp(view, "plates"));
	model_bool(m, "is_departments", view && !strcmp(view, "departments"));
	model_bool(m, "is_list",
		   !view || (strcmp(view, "plates") != 0 &&
			     strcmp(view, "departments") != 0));
	model_bool(m, "plans_it", request_is(rq, PLANNER));
	return OK;
}

const struct route teach_routes[] = {
	{ GET, "/teach", TRAINER | PLANNER, list, "teach" },
	{ GET, "/teach/:id", TRAINER | PLANNER, desk, "teach_desk" },
	{ GET, "/teach/:id/live", TRAINER | PLANNER, live, "teach_live" },
	{ GET, "/teach/:id/code", TRAINER | PLANNER, code, "teach_code" },
	{ POST, "/teach/:id/code", TRAINER | PLANNER, set_code, NULL },
	{ POST, "/teach/:id/held", TRAINER | PLANNER, held, "teach_desk" },
	{ GET, "/teach/:id/roster", TRAINER | PLANNER, roster, "roster" },
	{ .page = NULL },
};
