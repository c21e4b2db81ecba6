/*
 * page_overview.c: the programme of a fiscal year in numbers.
 *
 * GET /overview       ?year= sessions, months, units, themes
 * GET /overview.csv   the sessions, データ用
 *
 * Counts of bookings, attendance and answers; what was answered is nowhere.
 */
#include "pages/pages.h"

#include "base/clock.h"
#include "base/text.h"
#include "document/csv.h"
#include "pages/coverage_model.h"
#include "pages/download.h"
#include "pages/years.h"
#include "store/store_funnel.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>

struct sum {
	int64_t sessions, seats, applied, booked, attended, pre, post;
};

static void add(struct sum *s, const struct funnel_session *r)
{
	if (text_equals(r->state, "cancelled"))
		return;
	s->sessions++;
	s->seats += r->seats;
	s->applied += r->applied;
	s->booked += r->booked;
	s->attended += r->attended;
	s->pre += r->pre;
	s->post += r->post;
}

static int percent(int64_t part, int64_t all)
{
	return all > 0 ? (int)lround(100.0 * (double)part / (double)all) : 0;
}

static void model_sum(const struct words *w, json_t *o, const char *label,
		      const struct sum *s)
{
	struct arena *a = &w->cx->arena;

	model_text(o, "label", label);
	model_int(o, "sessions", s->sessions);
	model_int(o, "seats", s->seats);
	model_int(o, "applied", s->applied);
	model_int(o, "booked", s->booked);
	model_int(o, "attended", s->attended);
	model_int(o, "pre", s->pre);
	model_int(o, "post", s->post);
	model_text(o, "seats_text", text_from_count(a, s->seats));
	model_text(o, "applied_text", text_from_count(a, s->applied));
	model_text(o, "booked_text", text_from_count(a, s->booked));
	model_text(o, "attended_text", text_from_count(a, s->attended));
	model_text(o, "pre_text", text_from_count(a, s->pre));
	model_text(o, "post_text", text_from_count(a, s->post));
}

static void session_row(const struct words *w, json_t *list,
			const struct funnel_session *r)
{
	struct arena *a = &w->cx->arena;
	json_t *o = model_item(list);
	int64_t at = 0;

	instant_from_db(r->starts_at, &at);
	model_int(o, "id", r->session_id);
	model_text(o, "title", either(w, r->title, r->title_en));
	model_text(o, "run_text", text_with_n(w, "dash.run", r->run_no));
	model_text(o, "href",
		   arena_printf(a, "/sessions/%" PRId64, r->session_id));
	model_text(o, "results_href",
		   r->post ? arena_printf(a, "/sessions/%" PRId64 "/dashboard",
					  r->session_id)
			   : "");
	model_text(o, "day", date_to_iso(a, date_in_japan(at)));
	model_text(o, "day_text",
		   date_to_text(a, date_in_japan(at), w->rq->lang, DATE_SHORT));
	model_text(o, "state", r->state);
	model_text(o, "state_text",
		   request_text(w->rq, arena_printf(a, "overview.state_%s",
						    r->state)));
	model_bool(o, "is_cancelled", text_equals(r->state, "cancelled"));
	model_int(o, "seats", r->seats);
	model_int(o, "applied", r->applied);
	model_int(o, "booked", r->booked);
	model_int(o, "waiting", r->waiting);
	model_int(o, "attended", r->attended);
	model_int(o, "pre", r->pre);
	model_int(o, "post", r->post);
	model_int(o, "percent", percent(r->booked, r->seats));
}

static void by_month(const struct words *w, json_t *m,
		     const struct funnel_session *rows, size_t n)
{
	json_t *list = model_list(m, "months");
	size_t i = 0;

	while (i < n) {
		struct sum s = { 0 };
		int64_t at = 0;
		struct date first;
		json_t *o;

		instant_from_db(rows[i].starts_at, &at);
		first = date_in_japan(at);
		for (; i < n; i++) {
			struct date d;

			instant_from_db(rows[i].starts_at, &at);
			d = date_in_japan(at);
			if (d.year != first.year || d.month != first.month)
				break;
			add(&s, &rows[i]);
		}
		o = model_item(list);
		model_sum(w, o,
			  date_to_text(&w->cx->arena, first, w->rq->lang,
				       DATE_MONTH),
			  &s);
		model_int(o, "percent", percent(s.booked, s.seats));
	}
}

static enum err units(const struct words *w, json_t *m, int64_t year)
{
	const struct funnel_unit *rows;
	json_t *list = model_list(m, "units");
	size_t n;

	TRY(store_funnel_units(w->cx, year, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o = model_item(list);

		model_text(o, "name", either(w, rows[i].name, rows[i].name_en));
		model_int(o, "booked", rows[i].booked);
		model_int(o, "answered", rows[i].answered);
		model_int(o, "percent",
			  percent(rows[i].answered, rows[i].booked));
	}
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct funnel_session *rows;
	json_t *list = model_list(rp->model, "sessions");
	struct sum all = { 0 };
	bool synthetic = false;
	int64_t year;
	size_t n;

	TRY(years_choose(&w, rp->model, &year));
	TRY(store_funnel_sessions(cx, year, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		session_row(&w, list, &rows[i]);
		add(&all, &rows[i]);
		synthetic |= rows[i].is_synthetic == 1;
	}
	model_sum(&w, model_item(model_list(rp->model, "total")),
		  request_text(rq, "overview.total"), &all);
	by_month(&w, rp->model, rows, n);
	TRY(units(&w, rp->model, year));
	TRY(coverage_to_model(&w, rp->model, year));
	model_bool(rp->model, "synthetic", synthetic);
	model_title(rp->model, request_text(rq, "overview.title"));
	return OK;
}

static void csv_row(struct csv_writer *w, struct arena *a,
		    const struct funnel_session *r)
{
	int64_t at = 0;

	instant_from_db(r->starts_at, &at);
	csv_cell_int(w, r->session_id);
	csv_cell_text(w, r->course_code);
	csv_cell_text(w, r->title);
	csv_cell_int(w, r->fiscal_year);
	csv_cell_int(w, r->run_no);
	csv_cell_text(w, date_to_iso(a, date_in_japan(at)));
	csv_cell_text(w, r->state);
	csv_cell_int(w, r->seats);
	csv_cell_int(w, r->applied);
	csv_cell_int(w, r->booked);
	csv_cell_int(w, r->waiting);
	csv_cell_int(w, r->attended);
	csv_cell_int(w, r->pre);
	csv_cell_int(w, r->post);
	csv_end(w);
}

static enum err as_csv(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	static const char *const header[] = {
		"session_id",   "course_code",   "course_title", "fiscal_year",
		"run_no",       "first_day",     "state",        "seats",
		"applied",      "booked",        "waiting",      "attended",
		"answered_pre", "answered_post",
	};
	const struct words words = { cx, rq };
	const struct funnel_session *rows;
	struct buf out = buf_new(&cx->arena);
	struct csv_writer w;
	int64_t year;
	size_t n;

	TRY(years_choose(&words, json_object(), &year));
	TRY(store_funnel_sessions(cx, year, &rows, &n));
	csv_begin(&w, &out);
	for (size_t i = 0; i < sizeof(header) / sizeof(header[0]); i++)
		csv_cell_text(&w, header[i]);
	csv_end(&w);
	for (size_t i = 0; i < n; i++)
		csv_row(&w, &cx->arena, &rows[i]);
	TRY(download_log(cx, rq, "export.overview",
			 arena_printf(&cx->arena, "year:%" PRId64, year),
			 (int64_t)n));
	return download_csv(cx, rq, rp, &out,
			    arena_printf(&cx->arena, "overview-%" PRId64,
					 year));
}

const struct route overview_routes[] = {
	{ GET, "/overview", PLANNER, show, "overview" },
	{ GET, "/overview.csv", PLANNER, as_csv, "export_report" },
	{ .page = NULL },
};
