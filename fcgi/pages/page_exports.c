/*
 * page_exports.c: データ用 files for planners.
 *
 * GET /exports                what there is
 * GET /exports/needs.csv      ?year=            also .json
 * GET /exports/results.csv    ?session= or ?course= (ids)   also .json
 * GET /exports/answers.csv    ?collection=      also .json
 * GET /exports/codes.csv      ?collection=      also .json
 *
 * CSV: ?encoding=cp932, and with &report=1 what does not fit (download.h).
 * Every file is a row of the audit log.
 */
#include "pages/pages.h"

#include "base/clock.h"
#include "base/text.h"
#include "pages/download.h"
#include "pages/export_csv.h"
#include "pages/years.h"
#include "store/store_plan.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

static enum err collections(const struct words *w, json_t *m, int64_t year,
			    const struct gate *g)
{
	const struct answers_exportable *rows;
	json_t *list = model_list(m, "collections");
	size_t n;

	TRY(store_answers_exportable(w->cx, year, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;
		int64_t at = 0;

		if (!rows[i].people)
			continue;
		o = model_item(list);
		instant_from_db(rows[i].starts_at, &at);
		model_int(o, "id", rows[i].id);
		model_text(o, "title",
			   either(w, rows[i].title, rows[i].title_en));
		model_text(o, "day_text",
			   date_to_text(&w->cx->arena, date_in_japan(at),
					w->rq->lang, DATE_LONG));
		model_text(o, "moment_text",
			   request_text(w->rq, arena_printf(&w->cx->arena,
							    "export.moment_%s",
							    rows[i].moment)));
		model_int(o, "people", rows[i].people);
		model_bool(o, "is_closed", rows[i].is_closed == 1);
		model_bool(o, "enough",
			   gate_may(g, GATE_OPINION, (size_t)rows[i].people));
		model_bool(o, "ready",
			   rows[i].is_closed == 1 &&
				   gate_may(g, GATE_OPINION,
					    (size_t)rows[i].people));
	}
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct gate g = gate_read(cx);
	const struct plan *plans;
	json_t *list = model_list(rp->model, "plans");
	int64_t year;
	size_t n;

	TRY(years_choose(&w, rp->model, &year));
	model_text(rp->model, "least_text",
		   text_with_n(&w, TEXT_KEY("export.answers_help"),
			       (int64_t)gate_least(&g, GATE_OPINION)));
	TRY(collections(&w, rp->model, year, &g));
	TRY(store_plan_list(cx, &plans, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o = model_item(list);

		model_text(o, "name", plans[i].name);
		model_int(o, "version", plans[i].version_no);
		model_text(o, "href",
			   arena_printf(&cx->arena, "/plans/%" PRId64,
					plans[i].id));
	}
	model_title(rp->model, request_text(rq, "export.title"));
	return OK;
}

/* A parameter that is a row id; 0 when it is absent. */
static enum err id_of(struct ctx *cx, const struct request *rq,
		      const char *name, int64_t *id)
{
	const char *text = request_query(rq, name);

	*id = 0;
	if (!text || !*text)
		return OK;
	if (!text_to_i64(text, 1, INT64_MAX, id))
		return FAIL(cx, ERR_NOT_FOUND, "%s is no number", name);
	return OK;
}

static enum err needs(struct ctx *cx, const struct request *rq, struct table *t,
		      const char **object)
{
	const struct words w = { cx, rq };
	const struct gate g = gate_read(cx);
	json_t *unused = json_object();
	struct needs_view v;
	int64_t year;

	TRY(years_choose(&w, unused, &year));
	TRY(needs_view_read(cx, &g, year, DB_NULL, &v));
	export_needs(cx, &v, t);
	*object = arena_printf(&cx->arena, "needs:%" PRId64, year);
	return OK;
}

static enum err results(struct ctx *cx, const struct request *rq,
			struct table *t, const char **object)
{
	const struct gate g = gate_read(cx);
	struct answers_of of = { 0 };
	struct session_view v;

	TRY(id_of(cx, rq, "session", &of.session_id));
	if (!of.session_id)
		TRY(id_of(cx, rq, "course", &of.course_id));
	if (!of.session_id && !of.course_id)
		return FAIL(cx, ERR_BAD_REQUEST, "no session or course named");
	TRY(session_view_read(cx, &g, &of, &v));
	export_results(cx, &v, t);
	*object = arena_printf(&cx->arena, "%s:%" PRId64,
			       of.session_id ? "session" : "course",
			       of.session_id ? of.session_id : of.course_id);
	return OK;
}

static enum err answers(struct ctx *cx, const struct request *rq,
			struct table *t, const char **object, bool codes)
{
	const struct gate g = gate_read(cx);
	struct raw_view v;
	int64_t id;

	TRY(id_of(cx, rq, "collection", &id));
	TRY(raw_view_read(cx, &g, id, &v));
	*object = arena_printf(&cx->arena, "collection:%" PRId64, id);
	if (codes) {
		export_codes(cx, &v, t);
		return OK;
	}
	if (!v.shown)
		return FAIL(cx, ERR_FORBIDDEN, "too few people or still open");
	export_answers(cx, &v, t);
	return OK;
}

static enum err make(struct ctx *cx, const struct request *rq, const char *name,
		     struct table *t, const char **object)
{
	if (text_equals(name, "needs"))
		return needs(cx, rq, t, object);
	if (text_equals(name, "results"))
		return results(cx, rq, t, object);
	if (text_equals(name, "answers"))
		return answers(cx, rq, t, object, false);
	if (text_equals(name, "codes"))
		return answers(cx, rq, t, object, true);
	return FAIL(cx, ERR_NOT_FOUND, "no such file");
}

static enum err as_json(struct ctx *cx, const struct request *rq,
			struct reply *rp, const char *name,
			const struct table *t)
{
	json_t *o = json_object();
	const char *text;

	json_object_set_new(o, "name", json_string(name));
	json_object_set_new(o, "demo", json_boolean(download_is_synthetic(cx)));
	json_object_set_new(o, "rows", t->rows);
	text = json_dumps(o, JSON_COMPACT);
	reply_file(rp, "application/json", download_name(cx, rq, name, ".json"),
		   text, strlen(text));
	return OK;
}

static enum err file(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *param = request_param(rq, "file");
	const char *dot = strrchr(param, '.');
	const char *name, *object = "";
	struct table t;

	if (!dot || (!text_equals(dot, ".csv") && !text_equals(dot, ".json")))
		return FAIL(cx, ERR_NOT_FOUND, "no such kind of file");
	name = arena_strndup(&cx->arena, param, (size_t)(dot - param));
	TRY(make(cx, rq, name, &t, &object));
	TRY(download_log(cx, rq, arena_printf(&cx->arena, "export.%s", name),
			 object, (int64_t)json_array_size(t.rows)));
	if (text_equals(dot, ".json"))
		return as_json(cx, rq, rp, name, &t);
	return download_csv(cx, rq, rp, &t.csv, name);
}

const struct route export_routes[] = {
	{ GET, "/exports", PLANNER, show, "exports" },
	{ GET, "/exports/:file", PLANNER, file, "export_report" },
	{ .page = NULL },
};
