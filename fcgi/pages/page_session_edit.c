/*
 * page_session_edit.c: planners make and change sessions.
 *
 * GET  /sessions/new           empty form; ?course=CODE and ?hold=ID fill in
 * POST /sessions/new           a draft with its two surveys; 422 with problems
 * GET  /sessions/:id/edit      the form, what to look twice at, next steps
 * POST /sessions/:id/edit      change; people with a place are told
 * POST /sessions/:id/open      draft -> open for applications
 * POST /sessions/:id/call-off  everybody out, or over to another session
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/choices.h"
#include "pages/once.h"
#include "pages/pages.h"
#include "pages/session_form.h"
#include "pages/session_model.h"
#include "store/store_audit.h"
#include "store/store_collection.h"
#include "store/store_course.h"
#include "store/store_room.h"
#include "store/store_setting.h"
#include "store/store_survey.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

#define YEAR_MS (366 * DAY_MS)

static enum err audit(struct ctx *cx, const struct request *rq,
		      const char *action, int64_t session_id)
{
	return store_audit_add(
		cx, &(struct audit){ .person_id = rq->user->person_id,
				     .address = rq->address,
				     .action = action,
				     .object = arena_printf(&cx->arena,
							    "session:%" PRId64,
							    session_id) });
}

static enum err add_courses(struct ctx *cx, const struct request *rq, json_t *m,
			    const char *chosen)
{
	const struct course *courses;
	json_t *list = model_list(m, "courses");
	size_t n;

	TRY(store_course_all(cx, &courses, &n));
	for (size_t i = 0; i < n; i++) {
		const char *id =
			arena_printf(&cx->arena, "%" PRId64, courses[i].id);

		option_add(list, id,
			   by_language(rq, courses[i].title,
				       courses[i].title_en),
			   !strcmp(id, chosen) ||
				   !strcmp(courses[i].code, chosen));
	}
	return OK;
}

/* Date and room of a hold, over its whole length. */
static enum err fill_hold(struct ctx *cx, const struct request *rq,
			  struct session_form *form)
{
	const char *wanted = request_query(rq, "hold");
	const struct hold_row *holds;
	int64_t id;
	size_t n;

	if (!wanted || !text_to_i64(wanted, 1, INT64_MAX, &id))
		return OK;
	TRY(store_room_holds(cx, cx->now_ms - 2 * YEAR_MS,
			     cx->now_ms + 4 * YEAR_MS, &holds, &n));
	for (size_t i = 0; i < n; i++) {
		const char *from, *to;

		if (holds[i].id != id)
			continue;
		from = instant_to_local(cx, holds[i].starts_at);
		to = instant_to_local(cx, holds[i].ends_at);
		form->meetings[0].date = arena_strndup(&cx->arena, from, 10);
		form->meetings[0].from = from + 11;
		form->meetings[0].to = to + 11;
		form->meetings[0].room =
			arena_printf(&cx->arena, "%" PRId64, holds[i].room_id);
	}
	return OK;
}

/* What a course brings along: seats and who decides. */
static enum err fill_course(struct ctx *cx, const struct request *rq,
			    struct session_form *form)
{
	const char *code = request_query(rq, "course");
	struct course course;

	form->seats = arena_printf(
		&cx->arena, "%" PRId64,
		store_setting_int(cx, "session.default_seats", 60));
	form->approval = "none";
	if (!code || !*code)
		return OK;
	TRY(store_course_by_code(cx, code, &course));
	form->course = code;
	form->seats = arena_printf(&cx->arena, "%" PRId64, course.seats);
	form->approval = course.approval;
	return OK;
}

static enum err show_new(struct ctx *cx, const struct request *rq,
			 struct reply *rp, const struct session_form *form)
{
	model_text(rp->model, "title", request_text(rq, "session.new"));
	model_bool(rp->model, "is_new", true);
	TRY(add_courses(cx, rq, rp->model, form->course));
	return session_form_show(cx, rq, rp->model, form, 2);
}

static enum err blank(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	struct session_form form;

	session_form_read(cx, rq, &form); /* a GET has no fields: all empty */
	TRY(fill_course(cx, rq, &form));
	TRY(fill_hold(cx, rq, &form));
	return show_new(cx, rq, rp, &form);
}

/* The templates a course asks with: definition.surveys.pre and .post. */
static const char *template_of(const struct course *course, const char *moment)
{
	const json_t *def = json_loads(course->definition, 0, NULL);
	const char *name = json_string_value(
		json_object_get(json_object_get(def, "surveys"), moment));

	return name ? name : !strcmp(moment, "pre") ? "pre-all" : "post-all";
}

static enum err add_collection(struct ctx *cx, const struct course *course,
			       int64_t session_id, const char *word)
{
	const char *mode_name =
		store_setting_text(cx, "survey.default_mode", "paired");
	struct collection_new c = { .session_id = session_id,
				    .mode = MODE_PAIRED };
	int64_t id;
	enum err e;

	e = store_survey_current(cx,
				 arena_printf(&cx->arena, "%s.%s",
					      template_of(course, word),
					      course->code),
				 &c.version_id);
	if (e == ERR_NOT_FOUND) { /* a course may do without surveys */
		ctx_forgive(cx);
		return OK;
	}
	TRY(e);
	if (!moment_from_word(word, &c.moment) ||
	    !mode_from_word(mode_name, &c.mode))
		return FAIL(cx, ERR_INTERNAL, "no such moment or mode");
	/* The survey before is open as soon as somebody is booked; it ends when
	 * the session starts. The one after is opened by the trainer. */
	c.is_open = c.moment == MOMENT_PRE;
	return store_collection_create(cx, &c, &id);
}

struct making {
	const struct request *rq;
	const struct session_draft *draft;
	const struct course *course;
};

static enum err run_making(struct ctx *cx, void *arg, const char **place)
{
	const struct making *mk = arg;
	int64_t id;

	TRY(store_session_add(cx, mk->draft, &id));
	TRY(add_collection(cx, mk->course, id, "pre"));
	TRY(add_collection(cx, mk->course, id, "post"));
	*place = arena_printf(&cx->arena, "/sessions/%" PRId64 "/edit", id);
	return audit(cx, mk->rq, "session.add", id);
}

static enum err add(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct session_draft draft = { .nmeetings = 0 };
	struct session_form form;
	struct course course;
	struct making mk = { rq, &draft, &course };
	bool good;

	session_form_read(cx, rq, &form);
	TRY(session_form_check(cx, rq, rp, &form, &draft, &good));
	if (!text_to_i64(form.course, 1, INT64_MAX, &draft.course_id)) {
		reply_problem(rp, "course",
			      request_text(rq, "session.course_missing"));
		good = false;
	}
	if (!good)
		return show_new(cx, rq, rp, &form);
	TRY(store_course_by_id(cx, draft.course_id, &course));
	return once_run(cx, rq, rp,
			&(struct once){ run_making, &mk,
					TEXT_KEY("session.done_made") });
}

/* Other open sessions of the course, where people could go instead. */
static enum err add_others(struct ctx *cx, const struct request *rq, json_t *m,
			   const struct session_row *row)
{
	const struct session_row *rows;
	json_t *list = model_list(m, "others");
	size_t n;

	TRY(store_session_upcoming(cx, row->course_id, rq->user->person_id,
				   &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id != row->id)
			session_to_model(cx, rq, model_item(list), &rows[i]);
	return OK;
}

static enum err show_edit(struct ctx *cx, const struct request *rq,
			  struct reply *rp, const struct session_facts *facts,
			  const struct session_form *form)
{
	json_t *m = rp->model;

	session_to_model(cx, rq, m, &facts->row);
	crumbs_of_plan(rq, m, request_text(rq, "session.edit"));
	model_bool(m, "is_new", false);
	model_bool(m, "can_change",
		   session_state_from(facts->row.state) == SESSION_DRAFT ||
			   session_state_from(facts->row.state) ==
				   SESSION_OPEN);
	TRY(session_warnings(cx, rq, m, facts->row.id));
	TRY(add_others(cx, rq, m, &facts->row));
	return session_form_show(cx, rq, m, form,
				 (size_t)facts->row.meetings + 1);
}

static enum err edit(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct session_facts facts;
	struct session_form form;

	TRY(session_of_staff(cx, rq, &facts));
	TRY(session_form_load(cx, rq, &facts, &form));
	return show_edit(cx, rq, rp, &facts, &form);
}

/* What was typed, and why it is not saved. */
static enum err not_changed(struct ctx *cx, const struct request *rq,
			    struct reply *rp, struct session_form *form)
{
	const int64_t read = form->revision;
	struct session_facts facts;

	ctx_forgive(cx);
	TRY(session_of_staff(cx, rq, &facts));
	/* Saving again means: over what the other one wrote, knowingly. */
	form->revision = facts.revision;
	TRY(show_edit(cx, rq, rp, &facts, form));
	if (read && read != facts.revision)
		reply_conflict(rp, request_text(rq, "session.edited_by_now"));
	else
		reply_problem(rp, "", request_text(rq, "session.no_change"));
	return OK;
}

static enum err change(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	struct session_draft draft = { .nmeetings = 0 };
	struct session_facts facts;
	struct session_form form;
	bool good;
	enum err e;

	TRY(session_of_staff(cx, rq, &facts));
	session_form_read(cx, rq, &form);
	form.session_id = facts.row.id;
	TRY(session_form_check(cx, rq, rp, &form, &draft, &good));
	if (good && draft.seats < facts.row.booked) {
		reply_problem(rp, "seats",
			      count_text(cx, rq,
					 TEXT_KEY("session.seats_too_few"),
					 facts.row.booked));
		good = false;
	}
	if (!good)
		return show_edit(cx, rq, rp, &facts, &form);
	draft.revision = form.revision;
	draft.by = rq->user->person_id;
	e = store_session_change(cx, facts.row.id, &draft);
	if (e == ERR_CONFLICT)
		return not_changed(cx, rq, rp, &form);
	TRY(e);
	TRY(audit(cx, rq, "session.change", facts.row.id));
	return reply_done(cx, rp, TEXT_KEY("session.done_saved"),
			  "/sessions/%" PRId64 "/edit", facts.row.id);
}

static enum err open_it(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	struct session_facts facts;
	enum err e;

	TRY(session_of_staff(cx, rq, &facts));
	e = store_session_open(cx, facts.row.id);
	if (e == ERR_CONFLICT)
		return session_as_it_is(cx, rq, rp, SESSION_OPEN,
					TEXT_KEY("session.done_opened"));
	TRY(e);
	TRY(audit(cx, rq, "session.open", facts.row.id));
	return reply_done(cx, rp, TEXT_KEY("session.done_opened"),
			  "/sessions/%" PRId64, facts.row.id);
}

static enum err call_off(struct ctx *cx, const struct request *rq,
			 struct reply *rp)
{
	const char *reason = request_form(rq, "reason"),
		   *to_text = request_form(rq, "to");
	struct booking_actor actor = { rq->user->person_id, BY_STAFF, "" };
	struct session_facts facts;
	struct session_form form;
	int64_t to = 0, people;
	enum err e;

	TRY(session_of_staff(cx, rq, &facts));
	actor.reason = text_trim(&cx->arena, reason ? reason : "");
	if (!*actor.reason) {
		TRY(session_form_load(cx, rq, &facts, &form));
		TRY(show_edit(cx, rq, rp, &facts, &form));
		reply_problem(rp, "reason",
			      request_text(rq, "session.reason_missing"));
		return OK;
	}
	if (to_text && *to_text && !text_to_i64(to_text, 1, INT64_MAX, &to))
		return FAIL(cx, ERR_BAD_REQUEST, "no such session");
	e = store_booking_cancel_all(cx, facts.row.id, to, &actor, &people);
	if (e == ERR_CONFLICT)
		return session_as_it_is(cx, rq, rp, SESSION_CANCELLED,
					TEXT_KEY("session.was_called_off"));
	TRY(e);
	TRY(audit(cx, rq, "session.call_off", facts.row.id));
	return reply_done(cx, rp,
			  to ? TEXT_KEY("session.done_moved")
			     : TEXT_KEY("session.done_called_off"),
			  "/sessions/%" PRId64, to ? to : facts.row.id);
}

const struct route session_edit_routes[] = {
	{ GET, "/sessions/new", PLANNER, blank, "session_edit" },
	{ POST, "/sessions/new", PLANNER, add, "session_edit" },
	{ GET, "/sessions/:id/edit", PLANNER, edit, "session_edit" },
	{ POST, "/sessions/:id/edit", PLANNER, change, "session_edit" },
	{ POST, "/sessions/:id/open", PLANNER, open_it, "session_edit" },
	{ POST, "/sessions/:id/call-off", PLANNER, call_off, "session_edit" },
	{ .page = NULL },
};
