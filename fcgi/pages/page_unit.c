/*
 * page_unit.c: one unit, its names, and its end.
 *
 * GET  /units/:id             names with their days, people, what it is part of
 * POST /units/:id/name        another name from a day on
 * POST /units/:id/take-back   the newest name was a mistake
 * POST /units/:id/end         the last day; empty: it does not end after all
 *
 * A unit that is renamed keeps its row, so people, seats and figures stay with
 * it. One whose work goes elsewhere ends, and another one begins by import.
 */
#include "pages/course_words.h"
#include "pages/form_read.h"
#include "pages/pages.h"
#include "store/store_audit.h"
#include "store/store_unit.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

#define NAME_MAX_LENGTH 100 /* characters, as the column has */

static const char *day_text(struct ctx *cx, const struct request *rq,
			    const char *day)
{
	struct date d;

	return day && date_parse(day, &d)
		       ? date_to_text(&cx->arena, d, rq->lang, DATE_LONG)
		       : NULL;
}

static void add_breadcrumb(const struct request *rq, json_t *model,
			   const char *name)
{
	json_t *crumbs = model_list(model, "breadcrumb"), *m;

	m = model_item(crumbs);
	model_text(m, "label", request_text(rq, "units.title"));
	model_text(m, "href", "/units");
	m = model_item(crumbs);
	model_text(m, "label", name);
	model_null(m, "href");
}

static enum err add_names(struct ctx *cx, const struct request *rq, json_t *m,
			  const struct unit *u)
{
	const char *today = date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
	json_t *list = model_list(m, "names");
	const struct unit_name *names;
	bool is_past = false;
	size_t n;

	TRY(store_unit_names(cx, u->id, &names, &n));
	for (size_t i = 0; i < n; i++) {
		const bool has_come = strcmp(names[i].valid_from, today) <= 0;
		json_t *item = model_item(list);

		model_text(item, "name",
			   by_language(rq, names[i].name, names[i].name_en));
		model_text(item, "valid_from", names[i].valid_from);
		model_text(item, "from_text",
			   day_text(cx, rq, names[i].valid_from));
		model_text(item, "by",
			   names[i].family ? arena_printf(&cx->arena, "%s %s",
							  names[i].family,
							  names[i].given)
					   : NULL);
		model_bool(item, "is_coming", !has_come);
		model_bool(item, "is_now", has_come && !is_past);
		model_bool(item, "can_go", i == 0 && n > 1);
		is_past = is_past || has_come;
	}
	return OK;
}

static enum err fill(struct ctx *cx, const struct request *rq, struct reply *rp,
		     const struct unit *u)
{
	json_t *m = model_object(rp->model, "unit"), *form;
	const char *name = by_language(rq, u->name, u->name_en);
	struct unit above;

	model_text(rp->model, "title", name);
	add_breadcrumb(rq, rp->model, name);
	model_int(m, "id", u->id);
	model_text(m, "code", u->code);
	model_text(m, "name", name);
	model_bool(m, "is_synthetic", u->is_synthetic);
	model_text(m, "from_text", day_text(cx, rq, u->valid_from));
	model_text(m, "to_text", day_text(cx, rq, u->valid_to));
	model_format(m, "people_href", "/people?unit=%" PRId64, u->id);
	model_null(m, "above");
	if (u->parent_id != DB_NULL) {
		TRY(store_unit_by_id(cx, u->parent_id, &above));
		model_text(m, "above",
			   by_language(rq, above.name, above.name_en));
		model_format(m, "above_href", "/units/%" PRId64, above.id);
	}
	form = model_object(rp->model, "form");
	model_text(form, "name", request_form(rq, "name"));
	model_text(form, "name_en", request_form(rq, "name_en"));
	model_text(form, "from", request_form(rq, "from"));
	model_text(form, "last_day",
		   request_form(rq, "last_day") ? request_form(rq, "last_day")
						: u->valid_to);
	return add_names(cx, rq, rp->model, u);
}

static enum err unit_of_path(struct ctx *cx, const struct request *rq,
			     struct unit *u)
{
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	return store_unit_by_id(cx, id, u);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct unit u;

	TRY(unit_of_path(cx, rq, &u));
	return fill(cx, rq, rp, &u);
}

/* One change, with its note in the audit log. */
struct change {
	const struct request *rq;
	const struct unit *unit;
	struct unit_rename rename; /* name NULL: none */
	struct unit_end end;       /* unit_id 0: none */
	const char *day;           /* of a name taken back; NULL: none */
	const char *action;
	bool done;
};

static enum err write_change(struct ctx *cx, void *arg)
{
	struct change *c = arg;
	const int64_t id = c->unit->id;
	const char *day = c->day;

	c->done = true;
	if (c->rename.name) {
		day = c->rename.valid_from;
		TRY(store_unit_rename(cx, &c->rename));
	} else if (c->end.unit_id) {
		day = c->end.last_day;
		TRY(store_unit_end(cx, &c->end));
		c->done = c->end.why == UNIT_END_FINE;
	} else {
		TRY(store_unit_take_back(cx, id, c->day, &c->done));
	}
	if (!c->done)
		return OK;
	return store_audit_add(
		cx,
		&(struct audit){
			.person_id = c->rq->user->person_id,
			.address = c->rq->address,
			.action = c->action,
			.object = arena_printf(&cx->arena, "unit:%" PRId64, id),
			.detail = day ? arena_printf(&cx->arena,
						     "{\"day\":\"%s\"}", day)
				      : "" });
}

/* The field as a day; false and a problem if it is none. */
static bool read_day(struct ctx *cx, const struct request *rq, struct reply *rp,
		     const char *field, const char **day)
{
	struct date d;

	*day = request_form(rq, field);
	if (*day && date_parse(*day, &d)) {
		*day = date_to_iso(&cx->arena, d);
		return true;
	}
	reply_problem(rp, field, request_text(rq, "units.bad_day"));
	return false;
}

static bool is_newest(const struct unit_rename *r,
		      const struct unit_name *names, size_t n)
{
	return n > 1 && !strcmp(r->name, names[0].name) &&
	       !strcmp(r->name_en, names[0].name_en) &&
	       !strcmp(r->valid_from, names[0].valid_from);
}

/* *again: the newest name is this one, as after a second press. */
static enum err read_rename(struct ctx *cx, const struct request *rq,
			    struct reply *rp, const struct unit *u,
			    struct unit_rename *r, bool *again)
{
	const struct words w = { cx, rq };
	const struct unit_name *names;
	bool good = true;
	size_t n;

	*r = (struct unit_rename){ .unit_id = u->id,
				   .by = rq->user->person_id };
	good &= form_read_text(&w, rp, "name", NAME_MAX_LENGTH, &r->name);
	good &= form_read_text(&w, rp, "name_en", NAME_MAX_LENGTH, &r->name_en);
	if (good && !*r->name)
		reply_problem(rp, "name", request_text(rq, "units.no_name"));
	if (!read_day(cx, rq, rp, "from", &r->valid_from))
		return OK;
	TRY(store_unit_names(cx, u->id, &names, &n));
	*again = is_newest(r, names, n);
	if (*again)
		return OK;
	if (strcmp(r->valid_from, n ? names[0].valid_from : u->valid_from) <= 0)
		reply_problem(rp, "from", request_text(rq, "units.not_later"));
	else if (u->valid_to && strcmp(r->valid_from, u->valid_to) > 0)
		reply_problem(rp, "from", request_text(rq, "units.after_end"));
	return OK;
}

static enum err rename_it(struct ctx *cx, const struct request *rq,
			  struct reply *rp)
{
	struct unit u;
	struct change c = { .rq = rq, .unit = &u, .action = "unit.rename" };
	const struct unit_name *names;
	bool again = false;
	size_t n;
	enum err e;

	TRY(unit_of_path(cx, rq, &u));
	TRY(read_rename(cx, rq, rp, &u, &c.rename, &again));
	if (rp->status == 422)
		return fill(cx, rq, rp, &u);
	e = again ? OK : db_transact(cx, write_change, &c);
	if (e == ERR_CONFLICT) {
		ctx_forgive(cx);
		TRY(store_unit_names(cx, u.id, &names, &n));
		if (!is_newest(&c.rename, names, n)) {
			TRY(fill(cx, rq, rp, &u));
			reply_conflict(
				rp, request_text(rq, "units.changed_by_now"));
			return OK;
		}
	} else {
		TRY(e);
	}
	return reply_done(cx, rp, TEXT_KEY("units.renamed"), "/units/%" PRId64,
			  u.id);
}

static enum err take_back(struct ctx *cx, const struct request *rq,
			  struct reply *rp)
{
	struct unit u;
	struct change c = { .rq = rq, .unit = &u, .action = "unit.take_back" };

	TRY(unit_of_path(cx, rq, &u));
	c.day = request_form(rq, "from");
	if (!c.day)
		return FAIL(cx, ERR_BAD_REQUEST, "no day");
	TRY(db_transact(cx, write_change, &c));
	if (!c.done)
		return reply_redirect(cx, rp, "/units/%" PRId64, u.id);
	return reply_done(cx, rp, TEXT_KEY("units.taken_back"),
			  "/units/%" PRId64, u.id);
}

static const char *refusal_text(struct ctx *cx, const struct request *rq,
				const struct unit_end *e)
{
	switch (e->why) {
	case UNIT_END_TOO_EARLY:
		return request_text(rq, "units.before_begin");
	case UNIT_END_NAME_COMES:
		return request_text(rq, "units.name_comes");
	case UNIT_END_PEOPLE_LEFT:
		return course_count_text(cx, rq, TEXT_KEY("units.people_left"),
					 e->left);
	case UNIT_END_UNITS_LEFT:
		return course_count_text(cx, rq, TEXT_KEY("units.units_left"),
					 e->left);
	case UNIT_END_ABOVE_ENDS:
		return request_text(rq, "units.above_ends");
	case UNIT_END_CODE_TAKEN:
		return request_text(rq, "units.code_taken");
	case UNIT_END_FINE:
		break;
	}
	return NULL;
}

static enum err end_it(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	const char *sent = request_form(rq, "last_day");
	struct unit u;
	struct change c = { .rq = rq, .unit = &u, .action = "unit.end" };

	TRY(unit_of_path(cx, rq, &u));
	c.end.unit_id = u.id;
	if (!sent || !*sent)
		c.action = "unit.go_on";
	else if (!read_day(cx, rq, rp, "last_day", &c.end.last_day))
		return fill(cx, rq, rp, &u);
	TRY(db_transact(cx, write_change, &c));
	if (!c.done) {
		reply_problem(rp, "last_day", refusal_text(cx, rq, &c.end));
		return fill(cx, rq, rp, &u);
	}
	return reply_done(cx, rp,
			  c.end.last_day ? TEXT_KEY("units.ended")
					 : TEXT_KEY("units.goes_on"),
			  "/units/%" PRId64, u.id);
}

const struct route unit_routes[] = {
	{ GET, "/units/:id", PLANNER | ADMIN, show, "unit" },
	{ POST, "/units/:id/name", PLANNER | ADMIN, rename_it, "unit" },
	{ POST, "/units/:id/take-back", PLANNER | ADMIN, take_back, NULL },
	{ POST, "/units/:id/end", PLANNER | ADMIN, end_it, "unit" },
	{ .page = NULL },
};
