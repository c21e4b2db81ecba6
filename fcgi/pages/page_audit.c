/*
 * page_audit.c: who did what.
 *
 * GET  /audit?action=&person=&from=&to=&before=   rows, newest first
 * POST /audit/csv                                 the same rows as a file
 */
#include "base/clock.h"
#include "base/text.h"
#include "document/csv.h"
#include "pages/audit_words.h"
#include "pages/choices.h"
#include "pages/download.h"
#include "pages/pages.h"
#include "store/store_audit.h"
#include "store/store_person.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

#define PAGE_SIZE 50
#define CSV_ROWS  20000

/* A condition from the address, or from the form of the export. */
static const char *given(const struct request *rq, const char *name)
{
	const char *value = rq->method == GET ? request_query(rq, name)
					      : request_form(rq, name);

	return value && text_length(value) <= 40 ? value : "";
}

/* One of our actions, or all. Never text of the visitor in a condition. */
static const char *action_of(const struct request *rq)
{
	for (size_t i = 0; audit_group(i); i++)
		if (text_equals(audit_group(i), given(rq, "action")))
			return audit_group(i);
	return NULL;
}

/* The start of a day in Japan, add days later; NULL: empty or no day. */
static const char *instant_of(struct ctx *cx, const struct request *rq,
			      struct reply *rp, const char *name, int add)
{
	const char *text = given(rq, name);
	struct date d;

	if (!*text)
		return NULL;
	if (!date_parse(text, &d)) {
		reply_problem(rp, name, request_text(rq, "audit.no_day"));
		return NULL;
	}
	d = date_add(d, add);
	return instant_to_db(&cx->arena,
			     instant_from_japan(d.year, d.month, d.day, 0, 0));
}

static enum err read_filter(struct ctx *cx, const struct request *rq,
			    struct reply *rp, struct audit_filter *f)
{
	const char *number = given(rq, "person");
	struct person p;
	bool found;

	f->action = action_of(rq);
	f->from = instant_of(cx, rq, rp, "from", 0);
	f->to = instant_of(cx, rq, rp, "to", 1);
	if (!text_to_i64(given(rq, "before"), 1, INT64_MAX, &f->before_id))
		f->before_id = 0;
	if (!*number)
		return OK;
	TRY(store_person_by_staff_number(cx, text_code(&cx->arena, number), &p,
					 &found));
	if (found)
		f->person_id = p.id;
	else
		reply_problem(rp, "person",
			      request_text(rq, "audit.no_person"));
	return OK;
}

static void add_filters(const struct request *rq, json_t *model)
{
	json_t *f = model_object(model, "filters");
	json_t *s = choice_list(f, "action", request_text(rq, "audit.action"));

	choice_add(s, "", request_text(rq, "audit.any"), given(rq, "action"));
	for (size_t i = 0; audit_group(i); i++)
		choice_add(s, audit_group(i),
			   audit_group_text(rq, audit_group(i)),
			   given(rq, "action"));
	model_text(f, "action_word", given(rq, "action"));
	model_text(f, "person", given(rq, "person"));
	model_text(f, "from", given(rq, "from"));
	model_text(f, "to", given(rq, "to"));
}

static const char *name_of(struct ctx *cx, const struct audit_row *row)
{
	return row->family ? arena_printf(&cx->arena, "%s %s", row->family,
					  row->given)
			   : NULL;
}

static void add_row(struct ctx *cx, const struct request *rq, json_t *list,
		    const struct audit_row *row)
{
	json_t *m = model_item(list);
	char iso[INSTANT_TEXT];
	const char *href;
	int64_t at = 0;

	instant_from_db(row->at, &at);
	model_int(m, "id", row->id);
	model_text(m, "at", instant_to_iso(at, iso));
	model_text(m, "at_text",
		   instant_to_text(&cx->arena, at, rq->lang, DATE_LONG));
	model_text(m, "name", name_of(cx, row));
	model_text(m, "staff_number", row->staff_number);
	model_text(m, "action", row->action);
	model_text(m, "action_text", audit_action_text(rq, row->action));
	model_text(m, "object", row->object);
	model_text(m, "object_text", audit_object_text(cx, rq, row, &href));
	model_text(m, "object_href", href);
	model_text(m, "detail", row->detail);
	model_text(m, "detail_text", audit_detail_text(cx, rq, row));
	model_text(m, "address", row->address);
	model_bool(m, "is_refused", row->is_ok == 0);
	model_text(m, "request_id", row->request_id);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct audit_filter f = { .limit = PAGE_SIZE };
	json_t *list = model_list(rp->model, "rows");
	const struct audit_row *rows;
	size_t n = 0;

	model_text(rp->model, "title", request_text(rq, "audit.title"));
	TRY(read_filter(cx, rq, rp, &f));
	add_filters(rq, rp->model);
	if (rp->status != 422)
		TRY(store_audit_list(cx, &f, &rows, &n));
	for (size_t i = 0; i < n; i++)
		add_row(cx, rq, list, &rows[i]);
	if (n == PAGE_SIZE)
		model_int(rp->model, "older", rows[n - 1].id);
	if (n == 0) {
		json_t *empty = model_object(rp->model, "empty");

		model_text(empty, "title", request_text(rq, "audit.none"));
		model_text(empty, "text", request_text(rq, "audit.none_text"));
		model_null(empty, "href");
	}
	return OK;
}

/* Machine readable: fixed English titles, ISO instants in UTC; what the codes
 * stand for comes last, in the reader's language. */
static void write_rows(struct ctx *cx, const struct request *rq,
		       struct buf *out, const struct audit_row *rows, size_t n)
{
	static const char *const titles[] = {
		"id",          "at_utc", "staff_number", "name",
		"action",      "object", "ok",           "address",
		"request_id",  "detail", "action_text",  "object_text",
		"detail_text",
	};
	const char *href;
	struct csv_writer w;
	char iso[INSTANT_TEXT];
	int64_t at;

	csv_begin(&w, out);
	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		csv_cell_text(&w, titles[i]);
	csv_end(&w);
	for (size_t i = 0; i < n; i++) {
		const struct audit_row *r = &rows[i];

		csv_cell_int(&w, r->id);
		csv_cell_text(&w, instant_from_db(r->at, &at)
					  ? instant_to_iso(at, iso)
					  : r->at);
		csv_cell_text(&w, r->staff_number);
		csv_cell_text(&w, name_of(cx, r));
		csv_cell_text(&w, r->action);
		csv_cell_text(&w, r->object);
		csv_cell_int(&w, r->is_ok);
		csv_cell_text(&w, r->address);
		csv_cell_text(&w, r->request_id);
		csv_cell_text(&w, r->detail);
		csv_cell_text(&w, audit_action_text(rq, r->action));
		csv_cell_text(&w, audit_object_text(cx, rq, r, &href));
		csv_cell_text(&w, audit_detail_text(cx, rq, r));
		csv_end(&w);
	}
}

static enum err save(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct audit_filter f = { .limit = CSV_ROWS };
	struct buf out = buf_new(&cx->arena);
	const struct audit_row *rows;
	size_t n;

	TRY(read_filter(cx, rq, rp, &f));
	if (rp->status == 422)
		return FAIL(cx, ERR_BAD_REQUEST, "the conditions do not fit");
	f.before_id = 0;
	TRY(store_audit_list(cx, &f, &rows, &n));
	TRY(store_audit_add(
		cx, &(struct audit){ .person_id = rq->user->person_id,
				     .address = rq->address,
				     .action = "export.audit",
				     .detail = arena_printf(&cx->arena,
							    "{\"rows\":%zu}",
							    n) }));
	write_rows(cx, rq, &out, rows, n);
	reply_file(rp, "text/csv; charset=utf-8",
		   download_name(cx, rq, "audit", ".csv"), out.data, out.len);
	return OK;
}

const struct route audit_routes[] = {
	{ GET, "/audit", PLANNER | ADMIN, show, "audit" },
	{ POST, "/audit/csv", PLANNER | ADMIN, save, NULL },
	{ .page = NULL },
};
