/*
 * page_calendar.c: rooms and days, for planners.
 *
 * GET  /calendar                    a month (?month=2024-12) or, with
 *                                   ?view=list, a fiscal year (?year=2024)
 * POST /calendar/holds              hold a room: date, from, to, room, note
 * POST /calendar/holds/:id/release  give it back
 *
 * Conflicts, closed days and days outside the contract are marked, not refused.
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/choices.h"
#include "pages/once.h"
#include "pages/pages.h"
#include "pages/session_form.h"
#include "pages/session_model.h"
#include "store/store_room.h"
#include "store/store_setting.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

/* What is known of the time shown. */
struct period {
	struct date first, last; /* days in Japan, both shown */
	const struct hold_row *holds;
	const struct room_use *uses;
	size_t nholds, nuses;
	struct date contract_first, contract_last;
	bool has_contract;
};

static int64_t start_of(struct date d)
{
	return instant_from_japan(d.year, d.month, d.day, 0, 0);
}

static bool is_on(int64_t ms, struct date d)
{
	return date_compare(date_in_japan(ms), d) == 0;
}

static enum err read_period(struct ctx *cx, struct period *p)
{
	const int64_t from = start_of(p->first),
		      to = start_of(date_add(p->last, 1));

	p->has_contract =
		date_parse(store_setting_text(cx, "contract.first_day", ""),
			   &p->contract_first) &&
		date_parse(store_setting_text(cx, "contract.last_day", ""),
			   &p->contract_last);
	TRY(store_room_holds(cx, from, to, &p->holds, &p->nholds));
	return store_room_uses(cx, from, to, &p->uses, &p->nuses);
}

static bool is_outside(const struct period *p, struct date d)
{
	return p->has_contract && (date_compare(d, p->contract_first) < 0 ||
				   date_compare(d, p->contract_last) > 0);
}

static bool is_held(const struct period *p, const struct room_use *u)
{
	for (size_t i = 0; i < p->nholds; i++)
		if (p->holds[i].room_id == u->room_id &&
		    p->holds[i].starts_at <= u->starts_at &&
		    p->holds[i].ends_at >= u->ends_at)
			return true;
	return false;
}

static bool is_taken(const struct period *p, const struct room_use *u)
{
	for (size_t i = 0; i < p->nuses; i++)
		if (p->uses[i].room_id == u->room_id &&
		    p->uses[i].session_id != u->session_id &&
		    p->uses[i].starts_at < u->ends_at &&
		    p->uses[i].ends_at > u->starts_at)
			return true;
	return false;
}

static bool is_free(const struct period *p, const struct hold_row *h)
{
	for (size_t i = 0; i < p->nuses; i++)
		if (p->uses[i].room_id == h->room_id &&
		    p->uses[i].starts_at < h->ends_at &&
		    p->uses[i].ends_at > h->starts_at)
			return false;
	return true;
}

/* What painting a day needs. */
struct paint {
	struct ctx *cx;
	const struct request *rq;
	const struct period *p;
	const struct room_row *rooms;
	size_t nrooms;
};

static const char *room_name(const struct paint *t, int64_t room_id)
{
	for (size_t i = 0; i < t->nrooms; i++)
		if (t->rooms[i].id == room_id)
			return by_language(t->rq, t->rooms[i].name,
					   t->rooms[i].name_en);
	return NULL;
}

static void hold_to_model(const struct paint *t, json_t *m,
			  const struct hold_row *h)
{
	model_int(m, "id", h->id);
	model_text(m, "room",
		   by_language(t->rq, h->room_name, h->room_name_en));
	model_text(m, "hours_text",
		   hours_text(t->cx, t->rq, h->starts_at, h->ends_at));
	model_text(m, "note", *h->note ? h->note : NULL);
	model_bool(m, "is_free", is_free(t->p, h));
}

static void use_to_model(const struct paint *t, json_t *m,
			 const struct room_use *u)
{
	const bool has_room = u->room_id != DB_NULL;
	const char *room = room_name(t, u->room_id);

	model_format(m, "href", "/sessions/%" PRId64 "/edit", u->session_id);
	model_text(m, "title", by_language(t->rq, u->title, u->title_en));
	model_text(m, "run_text",
		   count_text(t->cx, t->rq, TEXT_KEY("session.run"),
			      u->run_no));
	model_text(m, "room",
		   room ? room : request_text(t->rq, "session.elsewhere"));
	model_text(m, "hours_text",
		   hours_text(t->cx, t->rq, u->starts_at, u->ends_at));
	model_int(m, "booked", u->booked);
	model_int(m, "seats", u->seats);
	model_bool(m, "is_draft", !strcmp(u->state, "draft"));
	model_bool(m, "is_taken", has_room && is_taken(t->p, u));
	model_bool(m, "not_held", has_room && !is_held(t->p, u));
	model_bool(m, "conflict",
		   has_room && (is_taken(t->p, u) || !is_held(t->p, u)));
}

static void day_to_model(const struct paint *t, json_t *m, struct date d)
{
	json_t *holds = model_list(m, "holds"), *uses = model_list(m, "uses");

	model_text(m, "date", date_to_iso(&t->cx->arena, d));
	model_int(m, "day", d.day);
	model_text(m, "day_text",
		   date_to_text(&t->cx->arena, d, t->rq->lang, DATE_LONG));
	model_bool(m, "is_closed", !date_is_open(d));
	model_bool(m, "is_holiday", date_is_holiday(d));
	model_bool(m, "is_today",
		   !date_compare(d, date_in_japan(t->cx->now_ms)));
	model_bool(m, "is_blank", false);
	for (size_t i = 0; i < t->p->nholds; i++)
		if (is_on(t->p->holds[i].starts_at, d))
			hold_to_model(t, model_item(holds), &t->p->holds[i]);
	for (size_t i = 0; i < t->p->nuses; i++)
		if (is_on(t->p->uses[i].starts_at, d))
			use_to_model(t, model_item(uses), &t->p->uses[i]);
	model_bool(m, "is_outside",
		   is_outside(t->p, d) && (json_array_size(holds) > 0 ||
					   json_array_size(uses) > 0));
}

static void blank_days(json_t *week, int n)
{
	while (n-- > 0)
		model_bool(model_item(week), "is_blank", true);
}

/* Weeks from Monday; days of other months stay blank. */
static void weeks_to_model(const struct paint *t, json_t *m)
{
	json_t *weeks = model_list(m, "weeks"), *week = NULL;

	for (struct date d = t->p->first; date_compare(d, t->p->last) <= 0;
	     d = date_add(d, 1)) {
		const int column = (date_weekday(d) + 6) % 7;

		if (!week || column == 0) {
			week = model_list(model_item(weeks), "days");
			blank_days(week, column);
		}
		day_to_model(t, model_item(week), d);
	}
	blank_days(week, 6 - (date_weekday(t->p->last) + 6) % 7);
}

/* Only days where something is. */
static void days_to_model(const struct paint *t, json_t *m)
{
	json_t *days = model_list(m, "days");

	for (struct date d = t->p->first; date_compare(d, t->p->last) <= 0;
	     d = date_add(d, 1)) {
		bool used = false;

		for (size_t i = 0; i < t->p->nholds && !used; i++)
			used = is_on(t->p->holds[i].starts_at, d);
		for (size_t i = 0; i < t->p->nuses && !used; i++)
			used = is_on(t->p->uses[i].starts_at, d);
		if (used)
			day_to_model(t, model_item(days), d);
	}
}

static struct date next_month(struct date d, int by)
{
	const int n = d.year * 12 + d.month - 1 + by;

	return (struct date){ n / 12, n % 12 + 1, 1 };
}

/* "2024-12", or the month of today. */
static struct date month_of(struct ctx *cx, const struct request *rq)
{
	const char *text = request_query(rq, "month");
	struct date d = date_in_japan(cx->now_ms);

	if (text && strlen(text) == 7)
		date_parse(arena_printf(&cx->arena, "%s-01", text), &d);
	d.day = 1;
	return d;
}

static void month_link(struct ctx *cx, json_t *m, const char *key,
		       struct date d)
{
	model_text(m, key,
		   arena_printf(&cx->arena, "/calendar?month=%04d-%02d", d.year,
				d.month));
}

static void set_month(struct ctx *cx, const struct request *rq, json_t *m,
		      struct period *p)
{
	const struct date first = month_of(cx, rq);

	p->first = first;
	p->last = date_add(next_month(first, 1), -1);
	model_text(m, "period_text",
		   date_to_text(&cx->arena, first, rq->lang, DATE_MONTH));
	month_link(cx, m, "previous", next_month(first, -1));
	month_link(cx, m, "next", next_month(first, 1));
}

static void set_year(struct ctx *cx, const struct request *rq, json_t *m,
		     struct period *p)
{
	const char *text = request_query(rq, "year");
	int64_t year = date_fiscal_year(date_in_japan(cx->now_ms));

	if (text)
		(void)text_to_i64(text, 2000, 2100, &year);
	p->first = (struct date){ (int)year, 4, 1 };
	p->last = (struct date){ (int)year + 1, 3, 31 };
	model_text(m, "period_text",
		   fiscal_year_to_text(&cx->arena, (int)year, rq->lang));
	model_format(m, "previous", "/calendar?view=list&year=%" PRId64,
		     year - 1);
	model_format(m, "next", "/calendar?view=list&year=%" PRId64, year + 1);
}

static void form_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			  const struct room_row *rooms, size_t nrooms)
{
	const char *room = request_form(rq, "room"),
		   *date = request_form(rq, "date"),
		   *from = request_form(rq, "from"),
		   *to = request_form(rq, "to"),
		   *note = request_form(rq, "note");
	json_t *f = model_object(m, "form"), *list = model_list(f, "rooms");

	model_text(f, "date", date ? date : "");
	model_text(f, "from",
		   from ? from
			: store_setting_text(cx, "room.day_start", "08:00"));
	model_text(f, "to",
		   to ? to : store_setting_text(cx, "room.day_end", "17:30"));
	model_text(f, "note", note ? note : "");
	for (size_t i = 0; i < nrooms; i++) {
		const char *id =
			arena_printf(&cx->arena, "%" PRId64, rooms[i].id);

		option_add(list, id,
			   by_language(rq, rooms[i].name, rooms[i].name_en),
			   text_equals(room, id));
	}
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *view = request_query(rq, "view");
	const bool is_list = view && !strcmp(view, "list");
	struct paint t = { .cx = cx, .rq = rq };
	struct period p = { .nholds = 0 };
	json_t *m = rp->model;

	t.p = &p;
	model_text(m, "title", request_text(rq, "session.calendar"));
	model_bool(m, "is_list", is_list);
	if (is_list)
		set_year(cx, rq, m, &p);
	else
		set_month(cx, rq, m, &p);
	TRY(read_period(cx, &p));
	TRY(store_room_all(cx, &t.rooms, &t.nrooms));
	if (is_list)
		days_to_model(&t, m);
	else
		weeks_to_model(&t, m);
	form_to_model(cx, rq, m, t.rooms, t.nrooms);
	return OK;
}

static enum err refuse(struct ctx *cx, const struct request *rq,
		       struct reply *rp, const char *where, const char *why)
{
	TRY(show(cx, rq, rp));
	reply_problem(rp, where, why);
	return OK;
}

struct holding {
	int64_t room_id, starts, ends;
	const char *note, *month;
};

static enum err hold_it(struct ctx *cx, void *arg, const char **place)
{
	const struct holding *h = arg;

	*place = arena_printf(&cx->arena, "/calendar?month=%.7s", h->month);
	return store_room_hold_add(cx, h->room_id, h->starts, h->ends, h->note);
}

static enum err hold(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *date = request_form(rq, "date"),
		   *from = request_form(rq, "from"),
		   *to = request_form(rq, "to"),
		   *room = request_form(rq, "room"),
		   *note = request_form(rq, "note");
	struct holding h = { .month = date };
	enum err e;

	if (!date || !from || !to || strlen(date) != 10 ||
	    !local_to_instant(arena_printf(&cx->arena, "%sT%s", date, from),
			      &h.starts) ||
	    !local_to_instant(arena_printf(&cx->arena, "%sT%s", date, to),
			      &h.ends))
		return refuse(cx, rq, rp, "date",
			      request_text(rq, "session.date_wrong"));
	if (h.ends <= h.starts)
		return refuse(cx, rq, rp, "to",
			      request_text(rq, "session.end_before_start"));
	if (!room || !text_to_i64(room, 1, INT64_MAX, &h.room_id))
		return refuse(cx, rq, rp, "room",
			      request_text(rq, "session.room_wrong"));
	h.note = text_trim(&cx->arena, note ? note : "");
	if (text_length(h.note) > 200)
		return refuse(cx, rq, rp, "note",
			      request_text(rq, "session.note_long"));
	e = once_run(cx, rq, rp,
		     &(struct once){ hold_it, &h,
				     TEXT_KEY("session.done_held_room") });
	if (e != ERR_CONFLICT)
		return e;
	ctx_forgive(cx);
	return refuse(cx, rq, rp, "room",
		      request_text(rq, "session.held_already"));
}

static enum err release(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_room_hold_release(cx, id));
	return reply_done(cx, rp, TEXT_KEY("session.done_released"),
			  "/calendar?view=list");
}

const struct route calendar_routes[] = {
	{ GET, "/calendar", PLANNER, show, "calendar" },
	{ POST, "/calendar/holds", PLANNER, hold, "calendar" },
	{ POST, "/calendar/holds/:id/release", PLANNER, release, NULL },
	{ .page = NULL },
};
