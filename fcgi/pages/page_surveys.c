/*
 * page_surveys.c: planners look after the surveys.
 *
 * GET  /surveys                        the surveys, and a form for a new one
 * POST /surveys                        _do=check looks for problems, by line;
 *                                      publish makes a version of it
 * GET  /surveys/:id/preview            a version as people see it
 * GET  /surveys/:id/definition         its definition as JSON
 * GET  /surveys/:id/document           the document it was made from
 *
 * The :id of the last three is a version's.
 */
#include "base/config.h"
#include "base/text.h"
#include "pages/pages.h"
#include "pages/survey_page.h"
#include "store/store_audit.h"
#include "store/store_survey.h"
#include "survey/survey_form.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

static enum err put_list(struct ctx *cx, const struct request *rq,
			 struct reply *rp)
{
	const struct survey_listed *rows;
	json_t *list = model_list(rp->model, "surveys");
	size_t n;

	model_text(rp->model, "title", request_text(rq, "survey.list_title"));
	model_null(rp->model, "checked");
	TRY(store_survey_list(cx, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *one = model_item(list);

		model_text(one, "code", rows[i].code);
		model_text(one, "name",
			   by_language(rq, rows[i].title, rows[i].title_en));
		model_int(one, "version_id", rows[i].version_id);
		model_int(one, "version_no", rows[i].version_no);
		model_int(one, "collections", rows[i].ncollections);
		model_text(one, "published_text",
			   utc_text(cx, rq, rows[i].published_at));
	}
	return OK;
}

static enum err list(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	return put_list(cx, rq, rp);
}

/* The sentence of a problem, with its line where there is one. */
static const char *said(struct ctx *cx, const struct request *rq,
			const struct problem *p)
{
	const char *text = request_text(rq, p->key);

	if (p->text[0])
		text = arena_printf(&cx->arena, "%s（%s）", text, p->text);
	if (p->line == 0)
		return text;
	return text_fill(&cx->arena, request_text(rq, "survey.line"), "n",
			 arena_printf(&cx->arena, "%d", p->line), "text", text,
			 NULL);
}

static enum err publish(struct ctx *cx, const struct request *rq,
			struct reply *rp, const struct survey *sv,
			const char *document)
{
	int64_t version_id;
	bool is_new;

	TRY(store_survey_publish(cx, sv, document, &version_id, &is_new));
	if (!is_new)
		return reply_done(cx, rp, TEXT_KEY("survey.publish_same"),
				  "/surveys");
	TRY(store_audit_add(
		cx, &(struct audit){
			    .person_id = rq->user->person_id,
			    .address = rq->address,
			    .action = "survey.publish",
			    .object = arena_printf(&cx->arena,
						   "survey_version:%" PRId64,
						   version_id) }));
	return reply_done(cx, rp, TEXT_KEY("survey.publish_done"), "/surveys");
}

static enum err upload(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	const struct field *file = request_file(rq, "document");
	const struct problem *problems;
	const struct survey *sv;
	json_t *good;

	if (!file || file->len == 0) {
		reply_problem(rp, "document",
			      request_text(rq, "survey.no_file"));
		return put_list(cx, rq, rp);
	}
	sv = survey_from_xml(&cx->arena,
			     arena_printf(&cx->arena, "%s/schema/survey.rng",
					  cx->config->content),
			     file->value, file->len, &problems);
	for (const struct problem *p = problems; p; p = p->next)
		reply_problem(rp, "document", said(cx, rq, p));
	if (sv && text_equals(request_form(rq, "_do"), "publish"))
		return publish(cx, rq, rp, sv,
			       arena_strndup(&cx->arena, file->value,
					     file->len));
	TRY(put_list(cx, rq, rp));
	if (!sv)
		return OK;
	good = model_object(rp->model, "checked");
	model_text(good, "name", survey_text(sv->title, rq->lang));
	model_text(good, "code", sv->code);
	model_int(good, "items", (int64_t)survey_count_items(sv));
	model_int(good, "slots", (int64_t)sv->nslots);
	model_int(good, "opens", sv->nopen);
	return OK;
}

static enum err preview(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	const struct survey_version_row *rows;
	const struct survey *sv;
	json_t *versions;
	size_t n;
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_survey_open(cx, id, &sv));
	TRY(store_survey_versions(cx, sv->code, &rows, &n));
	model_text(rp->model, "title", survey_text(sv->title, rq->lang));
	model_text(rp->model, "code", sv->code);
	model_text(rp->model, "intro", survey_text(sv->intro, rq->lang));
	model_text(rp->model, "purpose", survey_text(sv->purpose, rq->lang));
	model_bool(rp->model, "is_default", sv->is_default);
	model_int(rp->model, "version_id", id);
	versions = model_list(rp->model, "versions");
	for (size_t i = 0; i < n; i++) {
		json_t *one = model_item(versions);

		model_int(one, "version_id", rows[i].version_id);
		model_int(one, "version_no", rows[i].version_no);
		model_int(one, "collections", rows[i].ncollections);
		model_int(one, "submissions", rows[i].nsubmissions);
		model_bool(one, "current", rows[i].version_id == id);
		model_text(one, "published_text",
			   utc_text(cx, rq, rows[i].published_at));
	}
	survey_body(cx, rq, rp->model, survey_on_one_page(&cx->arena, sv),
		    &(struct survey_form){ .lang = rq->lang });
	return OK;
}

static enum err download(struct ctx *cx, const struct request *rq,
			 struct reply *rp, bool is_json)
{
	const char *definition, *document, *body;
	int64_t id;

	TRY(request_id(cx, rq, "id", &id));
	TRY(store_survey_texts(cx, id, &definition, &document));
	body = is_json ? definition : document;
	reply_file(rp,
		   is_json ? "application/json; charset=utf-8"
			   : "application/xml; charset=utf-8",
		   arena_printf(&cx->arena, "survey-%" PRId64 ".%s", id,
				is_json ? "json" : "xml"),
		   body, strlen(body));
	return OK;
}

static enum err definition(struct ctx *cx, const struct request *rq,
			   struct reply *rp)
{
	return download(cx, rq, rp, true);
}

static enum err document(struct ctx *cx, const struct request *rq,
			 struct reply *rp)
{
	return download(cx, rq, rp, false);
}

const struct route surveys_routes[] = {
	{ GET, "/surveys", PLANNER, list, "surveys" },
	{ POST, "/surveys", PLANNER, upload, "surveys" },
	{ GET, "/surveys/:id/preview", TRAINER | PLANNER, preview,
	  "survey_preview" },
	{ GET, "/surveys/:id/definition", PLANNER, definition, NULL },
	{ GET, "/surveys/:id/document", PLANNER, document, NULL },
	{ .page = NULL },
};
