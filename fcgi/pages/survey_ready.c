/*
 * survey_ready.c: empty forms kept ready.
 *
 * Sixty people open the same empty form within a minute. Its questions do
 * not depend on who looks, so a worker renders them once per survey version,
 * language and step (pages/ready.h). Versions never change.
 */
#include "pages/ready.h"
#include "pages/survey_page.h"

#include "survey/survey_form.h"

struct questions {
	const struct request *rq;
	const struct survey *sv;
	size_t page;
};

static enum err make(struct ctx *cx, json_t *part, void *arg)
{
	const struct questions *q = arg;
	const struct request *rq = q->rq;
	const struct survey_form form = { .lang = rq->lang, .page = q->page };
	json_t *model = json_object();

	survey_to_model(model, q->sv, &form,
			request_text(rq, "survey.dont_know"),
			request_text(rq, "survey.not_applicable"));
	return ready_render(cx, rq, "survey_sections", model, part);
}

bool survey_ready(struct ctx *cx, const struct request *rq, json_t *m,
		  const struct survey *sv, size_t page)
{
	struct questions q = { rq, sv, page };
	const char *key;

	/* Only a published version never changes. */
	if (rq->wants_json || !rq->views || !sv->version_id)
		return false;
	key = arena_printf(&cx->arena, "survey %lld %d %zu",
			   (long long)sv->version_id, (int)rq->lang, page);
	return ready_put(cx, m, key, make, &q) == OK;
}
