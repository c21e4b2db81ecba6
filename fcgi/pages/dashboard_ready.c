/*
 * dashboard_ready.c: what a dashboard says, made once for all who look now.
 *
 * It is computed from the answers, put into sentences and rendered, and comes
 * out the same for everybody who may see it until somebody answers, or
 * anything else that it rests on changes.
 */
#include "pages/dashboard_model.h"

#include "pages/finding_model.h"
#include "pages/ready.h"
#include "view/model.h"

struct making {
	const struct words *w;
	const struct answers_of *of;
	int64_t course_id;
};

/* Those of the course that are about this session or about no session. */
static enum err findings(const struct making *making, json_t *m)
{
	const struct words *w = making->w;
	const int64_t session_id = making->of->session_id;
	const struct finding_filter filter = { .course_id = making->course_id,
					       .limit = 20 };
	json_t *list = model_list(m, "findings");
	const struct finding *rows;
	size_t n;

	TRY(store_finding_list(w->cx, &filter, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (!session_id || rows[i].session_id == session_id ||
		    rows[i].session_id == DB_NULL)
			model_finding(w, list, &rows[i]);
	return OK;
}

static enum err fill(const struct making *making, json_t *m)
{
	const struct words *w = making->w;
	const struct gate g = gate_read(w->cx);
	struct session_view v;

	TRY(session_view_read(w->cx, &g, making->of, &v));
	dashboard_model(w, m, &v);
	model_text(m, "data", w->rq->path);
	return findings(making, m);
}

/* The sections as HTML, and of the others what stands around them. */
static enum err render(const struct words *w, const json_t *all, json_t *part)
{
	static const char *const around[] = { "statement", "statement_note",
					      "low_response", "headlines",
					      "findings" };

	for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++)
		json_object_set_nocheck(part, around[i],
					json_object_get(all, around[i]));
	return ready_render(w->cx, w->rq, "dashboard_parts", all, part);
}

static enum err make(struct ctx *cx, json_t *part, void *arg)
{
	const struct making *making = arg;
	json_t *all = json_object();

	(void)cx;
	TRY(fill(making, all));
	if (!making->w->rq->wants_json)
		return render(making->w, all, part);
	model_text(part, "members", json_dumps(all, JSON_COMPACT));
	return OK;
}

enum err dashboard_ready(const struct words *w, struct reply *rp,
			 const struct answers_of *of, int64_t course_id)
{
	struct making making = { w, of, course_id };
	const struct request *rq = w->rq;
	json_t *m = rq->wants_json ? json_object() : rp->model;

	TRY(ready_put_read(w->cx, m,
			   arena_printf(&w->cx->arena, "dashboard %s %d %s",
					rq->path, (int)rq->lang,
					rq->wants_json ? "json" : "html"),
			   make, &making));
	if (rq->wants_json)
		rp->members = json_string_value(json_object_get(m, "members"));
	model_bool(rp->model, "may_propose", request_is(rq, PLANNER));
	return OK;
}
