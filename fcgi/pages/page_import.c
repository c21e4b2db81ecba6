/*
 * page_import.c: people from the personnel system's file.
 *
 * GET  /admin/import               send a file; a sample to start from
 * GET  /admin/import/sample        the sample
 * POST /admin/import               keep the file, show what would change
 * GET  /admin/import/:id?as_of=    what would change (the dry run)
 * POST /admin/import/:id/apply     change it
 * POST /admin/import/:id/drop      throw the file away
 */
#include "base/clock.h"
#include "base/text.h"
#include "load/load.h"
#include "pages/course_words.h"
#include "pages/pages.h"
#include "store/store_audit.h"
#include "store/store_upload.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

#define LINES_MAX 200 /* of the report on the page */

static const struct {
	const char *word, *text, *tag;
} changes[PEOPLE_CHANGES] = {
	[PEOPLE_NEW] = { "new", TEXT_KEY("import.new"), "ok" },
	[PEOPLE_MOVED] = { "moved", TEXT_KEY("import.moved"), "should" },
	[PEOPLE_CHANGED] = { "changed", TEXT_KEY("import.changed"), "should" },
	[PEOPLE_LEFT] = { "left", TEXT_KEY("import.left"), "warn" },
	[PEOPLE_SAME] = { "same", TEXT_KEY("import.same"), "quiet" },
};

static enum err form(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *day = request_form(rq, "as_of");

	model_text(rp->model, "title", request_text(rq, "import.title"));
	model_text(rp->model, "as_of",
		   day ? day
		       : date_to_iso(&cx->arena, date_in_japan(cx->now_ms)));
	return OK;
}

static enum err sample(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	size_t len;
	const char *bytes = load_people_sample(cx, &len);

	(void)rq;
	reply_file(rp, "text/csv; charset=utf-8", "people.csv", bytes, len);
	return OK;
}

static enum err keep(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct field *file = request_file(rq, "file");
	const char *day = request_form(rq, "as_of");
	struct upload upload = { .kind = "people" };
	struct date d = { 0, 0, 0 };
	const bool has_file = file && file->len > 0;
	const bool has_day = day && date_parse(day, &d);
	int64_t id;

	if (!has_file)
		reply_problem(rp, "file", request_text(rq, "import.no_file"));
	if (!has_day)
		reply_problem(rp, "as_of", request_text(rq, "import.no_day"));
	if (!has_file || !has_day)
		return form(cx, rq, rp);
	upload.name = file->filename && text_length(file->filename) <= 200
			      ? file->filename
			      : "people.csv";
	upload.bytes.data = (const unsigned char *)file->value;
	upload.bytes.len = file->len;
	TRY(store_upload_add(cx, &upload, rq->user->person_id, &id));
	return reply_redirect(cx, rp, "/admin/import/%" PRId64 "?as_of=%s", id,
			      date_to_iso(&cx->arena, d));
}

static void add_problems(struct ctx *cx, const struct request *rq, json_t *m,
			 const struct load_people_report *r)
{
	json_t *list = model_list(m, "wrongs");

	for (size_t i = 0; i < r->nproblems; i++) {
		const struct load_problem *p = &r->problems[i];
		json_t *row = model_item(list);

		model_int(row, "line", (int64_t)p->line);
		model_text(row, "where", p->where);
		model_text(row, "value", p->value);
		model_text(row, "text", request_text(rq, p->text));
	}
	model_text(m, "wrongs_text",
		   course_count_text(cx, rq, TEXT_KEY("import.wrongs"),
				     (int64_t)r->nproblems));
}

static void add_counts(struct ctx *cx, const struct request *rq, json_t *m,
		       const struct load_people_report *r)
{
	json_t *list = model_list(m, "counts");

	for (int c = 0; c < PEOPLE_CHANGES; c++) {
		json_t *f = model_item(list);

		model_text(f, "change", changes[c].word);
		model_text(f, "label", request_text(rq, changes[c].text));
		model_int(f, "value", (int64_t)r->counts[c]);
		model_text(f, "value_text",
			   text_from_count(&cx->arena, (int64_t)r->counts[c]));
		model_text(f, "unit", request_text(rq, "import.people"));
		model_null(f, "note");
		model_null(f, "n_text");
	}
	model_text(m, "units_text",
		   r->new_units
			   ? course_count_text(cx, rq, TEXT_KEY("import.units"),
					       (int64_t)r->new_units)
			   : NULL);
}

static void add_lines(struct ctx *cx, const struct request *rq, json_t *m,
		      const struct load_people_report *r)
{
	json_t *list = model_list(m, "lines");
	size_t changed = 0;

	for (size_t i = 0; i < r->nlines; i++) {
		const struct people_line *l = &r->lines[i];
		json_t *row;

		if (l->change == PEOPLE_SAME || ++changed > LINES_MAX)
			continue;
		row = model_item(list);
		model_int(row, "line", (int64_t)l->line);
		model_text(row, "staff_number", l->staff_number);
		model_text(row, "name", l->name);
		model_text(row, "change", changes[l->change].word);
		model_text(row, "change_text",
			   request_text(rq, changes[l->change].text));
		model_text(row, "change_tag", changes[l->change].tag);
		model_text(row, "before", l->before);
		model_text(row, "after", l->after);
	}
	model_text(m, "more_text",
		   changed > LINES_MAX
			   ? course_count_text(cx, rq, TEXT_KEY("import.more"),
					       (int64_t)(changed - LINES_MAX))
			   : NULL);
	model_bool(m, "has_changes", changed > 0);
}

/* The file and the day it takes effect, run dry or for real. */
static enum err run(struct ctx *cx, const struct request *rq, bool dry_run,
		    const struct upload *upload,
		    struct load_people_report *report)
{
	struct load_people_options options = { .dry_run = dry_run };
	const char *day = rq->method == GET ? request_query(rq, "as_of")
					    : request_form(rq, "as_of");

	if (!day || !date_parse(day, &options.as_of))
		return FAIL(cx, ERR_BAD_REQUEST, "as_of is no day");
	return load_people(cx, (const char *)upload->bytes.data,
			   upload->bytes.len, &options, report);
}

static enum err report_to_model(struct ctx *cx, const struct request *rq,
				json_t *m, const struct upload *upload,
				const struct load_people_report *r)
{
	json_t *ignored = model_list(m, "ignored");

	model_text(m, "title", request_text(rq, "import.report"));
	model_null(m, "ended");
	model_int(m, "id", upload->id);
	model_text(m, "file", upload->name);
	model_text(m, "as_of",
		   rq->method == GET ? request_query(rq, "as_of")
				     : request_form(rq, "as_of"));
	model_text(m, "rows_text",
		   course_count_text(cx, rq, TEXT_KEY("import.rows"),
				     (int64_t)r->rows));
	model_text(m, "encoding", r->was_cp932 ? "CP932" : "UTF-8");
	for (size_t i = 0; i < r->nunknown; i++)
		model_item_text(ignored, r->unknown[i]);
	if (r->nproblems > 0) {
		add_problems(cx, rq, m, r);
		model_bool(m, "is_good", false);
		return OK;
	}
	model_bool(m, "is_good", true);
	add_counts(cx, rq, m, r);
	add_lines(cx, rq, m, r);
	return OK;
}

/* A file that is gone: what became of it, and where to go on. */
static enum err ended_to_model(const struct request *rq, json_t *m,
			       const struct upload *upload)
{
	const bool applied = !strcmp(upload->ended, "applied");
	const char *why = applied ? request_text(rq, "import.was_applied")
			  : !strcmp(upload->ended, "dropped")
				  ? request_text(rq, "import.was_dropped")
				  : request_text(rq, "import.was_old");

	model_text(m, "title", request_text(rq, "import.over"));
	model_int(m, "id", upload->id);
	model_text(m, "ended", upload->ended);
	model_text(m, "ended_text", why);
	model_bool(m, "was_applied", applied);
	return OK;
}

static enum err dry_run(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	struct load_people_report report;
	struct upload upload;
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_upload_find(cx, id, "people", rq->user->person_id, &upload));
	if (upload.ended)
		return ended_to_model(rq, rp->model, &upload);
	TRY(run(cx, rq, true, &upload, &report));
	return report_to_model(cx, rq, rp->model, &upload, &report);
}

struct application {
	const struct request *rq;
	int64_t id;
	struct upload upload; /* as it was before */
	struct load_people_report report;
};

/* People, audit row and the end of the file: all or nothing. */
static enum err apply_all(struct ctx *cx, void *arg)
{
	struct application *a = arg;
	const struct load_people_report *r = &a->report;

	TRY(store_upload_hold(cx, a->id, "people", a->rq->user->person_id,
			      &a->upload));
	if (a->upload.ended)
		return OK;
	TRY(run(cx, a->rq, false, &a->upload, &a->report));
	if (r->nproblems > 0)
		return OK;
	TRY(store_audit_add(
		cx,
		&(struct audit){
			.person_id = a->rq->user->person_id,
			.address = a->rq->address,
			.action = "import.people",
			.object = arena_printf(&cx->arena, "upload:%" PRId64,
					       a->upload.id),
			.detail = arena_printf(
				&cx->arena,
				"{\"rows\":%zu,\"new\":%zu,\"moved\":%zu,"
				"\"changed\":%zu,\"left\":%zu,\"units\":%zu}",
				r->rows, r->counts[PEOPLE_NEW],
				r->counts[PEOPLE_MOVED],
				r->counts[PEOPLE_CHANGED],
				r->counts[PEOPLE_LEFT], r->new_units) }));
	return store_upload_end(cx, a->upload.id, "applied");
}

static enum err apply(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	struct application a = { .rq = rq };

	TRY(request_id(cx, rq, "id", &a.id));
	TRY(db_transact(cx, apply_all, &a));
	if (a.upload.ended && strcmp(a.upload.ended, "applied") != 0)
		return reply_redirect(cx, rp, "/admin/import/%" PRId64, a.id);
	if (a.report.nproblems > 0) {
		/* Somebody else has changed people since the dry run. */
		rp->status = 422;
		return report_to_model(cx, rq, rp->model, &a.upload, &a.report);
	}
	/* A second press ends where the first did. */
	return reply_done(cx, rp, "import.done", "/people");
}

static enum err drop_it(struct ctx *cx, void *arg)
{
	struct application *a = arg;

	TRY(store_upload_hold(cx, a->id, "people", a->rq->user->person_id,
			      &a->upload));
	return a->upload.ended ? OK : store_upload_end(cx, a->id, "dropped");
}

static enum err drop(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	struct application a = { .rq = rq };

	TRY(request_id(cx, rq, "id", &a.id));
	TRY(db_transact(cx, drop_it, &a));
	if (a.upload.ended && !strcmp(a.upload.ended, "applied"))
		return reply_redirect(cx, rp, "/admin/import/%" PRId64, a.id);
	return reply_done(cx, rp, "import.dropped", "/admin/import");
}

const struct route import_routes[] = {
	{ GET, "/admin/import", ADMIN, form, "import" },
	{ POST, "/admin/import", ADMIN, keep, "import" },
	{ GET, "/admin/import/sample", ADMIN, sample, NULL },
	{ GET, "/admin/import/:id", ADMIN, dry_run, "import_report" },
	{ POST, "/admin/import/:id/apply", ADMIN, apply, "import_report" },
	{ POST, "/admin/import/:id/drop", ADMIN, drop, NULL },
	{ .page = NULL },
};
