/*
 * analysis_ready.c: what a kept analysis says, made once per worker.
 *
 * Reading the JSON that is kept, making its sentences and rendering them is
 * nearly all that the page costs, and comes out the same for everybody (but
 * for links that planners have) until another result is kept, a comment is
 * found fit to be shown or the code book is checked. So it is kept ready under
 * the name of these.
 */
#include "pages/code_check.h"
#include "pages/comments_place.h"
#include "pages/ready.h"

#include "analysis/analysis_keep.h"
#include "base/buf.h"
#include "base/json_arena.h"
#include "base/text.h"
#include "store/store_code.h"
#include "store/store_comment.h"
#include "view/model.h"
#include "view/texts.h"
#include "view/view.h"

/* The parts in the order of the page. */
static const struct {
	const char *name, *label;
} sections[] = {
	{ "people", TEXT_KEY("analysis.h_people") },
	{ "summary", TEXT_KEY("analysis.h_summary") },
	{ "change", TEXT_KEY("analysis.h_change") },
	{ "items", TEXT_KEY("analysis.h_items") },
	{ "reliability", TEXT_KEY("analysis.h_reliability") },
	{ "ability", TEXT_KEY("analysis.h_ability") },
	{ "selfrating", TEXT_KEY("analysis.h_selfrating") },
	{ "fairness", TEXT_KEY("analysis.h_fairness") },
	{ "groups", TEXT_KEY("analysis.h_groups") },
	{ "needs", TEXT_KEY("analysis.h_needs") },
	{ "drivers", TEXT_KEY("analysis.h_drivers") },
	{ "texts", TEXT_KEY("analysis.h_texts") },
	{ "trend", TEXT_KEY("analysis.h_trend") },
};

#define SECTIONS (sizeof(sections) / sizeof(sections[0]))

/* The navigation of the page, and how long each part took. */
static void model_sections(const struct words *w, json_t *m,
			   const json_t *result)
{
	const json_t *ms = json_object_get(result, "ms");
	struct arena *a = &w->cx->arena;
	json_t *nav = model_list(m, "sections"),
	       *times = model_list(m, "times");
	int64_t all = 0;

	for (size_t i = 0; i < SECTIONS; i++) {
		const char *label = request_text(w->rq, sections[i].label);
		const json_t *part = analysis_part(result, sections[i].name);
		json_t *o;

		if (!part)
			continue;
		o = model_item(nav);
		model_text(o, "label", label);
		model_text(o, "href", arena_printf(a, "#%s", sections[i].name));
		model_bool(o, "shown", kept_is_ok(part));
		o = model_item(times);
		model_text(o, "part", sections[i].name);
		model_text(o, "label", label);
		model_int(o, "ms", kept_int(ms, sections[i].name));
		model_text(o, "ms_text",
			   text_from_count(a, kept_int(ms, sections[i].name)));
		all += kept_int(ms, sections[i].name);
	}
	model_text(m, "total_text", text_from_count(a, all));
}

/*
 * One part as the page shows it. Its model has memory of its own: those of
 * all parts of a year are several times what the page takes.
 */
static enum err render_part(const struct words *w, const char *name,
			    const char *path, const json_t *result,
			    struct buf *out)
{
	const struct view *view = view_find(w->rq->views, "analysis_parts");
	struct ctx own = *w->cx;
	const struct words inner = { &own, w->rq };
	json_t *model;
	enum err e;

	if (!view)
		return FAIL(w->cx, ERR_INTERNAL, "the parts cannot be shown");
	arena_init(&own.arena);
	json_arena_use(&own.arena);
	model = json_object();
	analysis_model_part(&inner, model, name, result);
	model_text(model, "data", path);
	e = view_render(view, model, w->rq->texts, w->rq->lang, out);
	json_arena_use(&w->cx->arena);
	arena_release(&own.arena);
	return e == OK ? OK : FAIL(w->cx, e, "part %s cannot be shown", name);
}

static enum err render(const struct words *w, json_t *m, const char *path,
		       const json_t *result)
{
	struct buf out = buf_new(&w->cx->arena);

	for (size_t i = 0; i < SECTIONS; i++)
		if (analysis_part(result, sections[i].name))
			TRY(render_part(w, sections[i].name, path, result,
					&out));
	json_object_set_new_nocheck(m, "parts_html",
				    json_stringn_nocheck(out.data, out.len));
	return OK;
}

/* What stands around the parts. */
static void frame(const struct words *w, json_t *m, const json_t *result)
{
	struct arena *a = &w->cx->arena;

	model_bool(m, "synthetic", kept_bool(result, "is_synthetic"));
	model_text(m, "base_text",
		   text_fill(a, request_text(w->rq, "analysis.base"), "sheets",
			     text_from_count(a, kept_int(result, "sheets")),
			     "pairs",
			     text_from_count(a, kept_int(result, "pairs")),
			     NULL));
	model_sections(w, m, result);
}

struct making {
	const struct words *w;
	const struct analysis_place *place;
};

/* To what planners do with comments; a sample has those of a course or a year
 * with enough of them. */
static void planner_links(const struct words *w, const struct analysis_place *p,
			  json_t *texts)
{
	analysis_word(texts, "screen", comments_href(w, p, "comments"));
	if (json_object_get(code_part(texts), "sample"))
		analysis_word(texts, "check", comments_href(w, p, "codes"));
}

/* For a view some members and the parts rendered; for JSON all as text. */
static enum err make(struct ctx *cx, json_t *m, void *arg)
{
	const struct making *making = arg;
	const struct words *w = making->w;
	const struct analysis_place *p = making->place;
	json_t *parts, *result;
	const char *text;
	json_t *texts;

	TRY(store_analysis_result(cx, analysis_scope_word(p->scope), p->id,
				  &text));
	result = json_loads(text, 0, NULL);
	if (!result)
		return FAIL(cx, ERR_INTERNAL, "what is kept is no JSON");
	texts = json_object_get(json_object_get(result, "parts"), "texts");
	TRY(texts_mark_fit(cx, texts));
	TRY(code_check_mark(cx, texts));
	if (texts && request_is(w->rq, PLANNER))
		planner_links(w, p, texts);
	if (!w->rq->wants_json) {
		frame(w, m, result);
		return render(w, m, p->path, result);
	}
	parts = json_object();
	frame(w, parts, result);
	analysis_model(w, parts, result);
	model_text(m, "members", json_dumps(parts, JSON_COMPACT));
	return OK;
}

enum err analysis_ready(const struct words *w, struct reply *rp,
			const struct analysis_place *p, const char *name)
{
	struct making making = { w, p };
	const struct request *rq = w->rq;
	struct comment_stamp fit;
	int64_t checked;
	json_t *m = rq->wants_json ? json_object() : rp->model;

	TRY(store_comment_stamp(w->cx, &fit));
	TRY(store_code_stamp(w->cx, &checked));
	TRY(ready_put(w->cx, m,
		      arena_printf(&w->cx->arena,
				   "analysis %s %s %d %s %s %lld %lld %lld",
				   name, p->path, (int)rq->lang,
				   rq->wants_json ? "json" : "html",
				   request_is(rq, PLANNER) ? "planner" : "",
				   (long long)fit.marks, (long long)fit.last_id,
				   (long long)checked),
		      make, &making));
	if (rq->wants_json)
		rp->members = json_string_value(json_object_get(m, "members"));
	return OK;
}
