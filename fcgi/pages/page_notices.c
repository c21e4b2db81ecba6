/*
 * page_notices.c: what people were told.
 *
 * GET  /notices       the last hundred
 * POST /notices/seen  put away all up to last=ID; back to the home page
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/notices.h"
#include "pages/pages.h"
#include "pages/session_model.h"
#include "store/store_notice.h"
#include "view/model.h"
#include "view/texts.h"

#include <string.h>

#define LAST 100

/* Every kind of notice there is. */
static const char *const kinds[] = {
	TEXT_KEY("notice.booked"),
	TEXT_KEY("notice.changed"),
	TEXT_KEY("notice.reminder"),
	TEXT_KEY("notice.promoted"),
	TEXT_KEY("notice.waiting"),
	TEXT_KEY("notice.applied"),
	TEXT_KEY("notice.declined"),
	TEXT_KEY("notice.cancelled"),
	TEXT_KEY("notice.substituted"),
	TEXT_KEY("notice.to_decide"),
	TEXT_KEY("notice.session_changed"),
	TEXT_KEY("notice.session_cancelled"),
	TEXT_KEY("notice.session_moved"),
	TEXT_KEY("notice.debrief"),
	TEXT_KEY("notice.debrief_seen"),
};

static const char *kind_text(const struct request *rq, const char *kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i], kind))
			return request_text(rq, kinds[i]);
	return request_text(rq, "notice.other");
}

static const char *about_text(struct ctx *cx, const struct request *rq,
			      const struct notice_row *row)
{
	const char *title =
		row->title ? by_language(rq, row->title, row->title_en) : NULL;

	if (!title || !row->run_no)
		return title;
	return arena_printf(&cx->arena, "%s %s", title,
			    text_fill(&cx->arena,
				      request_text(rq, "session.run"), "n",
				      row->run_no, NULL));
}

/* The outbox keeps ISO ("2024-12-20T00:00:00.000Z"); NULL if it is none. */
static const char *start_text(struct ctx *cx, const struct request *rq,
			      const char *iso)
{
	char text[INSTANT_TEXT] = "";
	int64_t ms;

	if (!iso || strlen(iso) != 24)
		return NULL;
	memcpy(text, iso, 23);
	text[10] = ' ';
	return instant_from_db(text, &ms) ? moment_text(cx, rq, ms) : NULL;
}

static void row_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			 const struct notice_row *row)
{
	model_text(m, "text", kind_text(rq, row->kind));
	model_text(m, "about", about_text(cx, rq, row));
	model_text(m, "start_text", start_text(cx, rq, row->starts_at));
	model_text(m, "at_text", moment_text(cx, rq, row->created_at));
	model_text(m, "href", *row->link ? row->link : NULL);
	model_bool(m, "is_new", !row->is_seen);
}

enum err notices_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			  int64_t limit)
{
	const struct notice_row *rows;
	json_t *list = model_list(m, "notices");
	size_t n;

	TRY(store_notice_list(cx, rq->user->person_id, true, limit, &rows, &n));
	for (size_t i = 0; i < n; i++)
		row_to_model(cx, rq, model_item(list), &rows[i]);
	if (n > 0)
		model_int(m, "notices_last", rows[0].id);
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct notice_row *rows;
	json_t *list = model_list(rp->model, "notices");
	size_t n;

	model_text(rp->model, "title", request_text(rq, "notice.title"));
	TRY(store_notice_list(cx, rq->user->person_id, false, LAST, &rows, &n));
	for (size_t i = 0; i < n; i++)
		row_to_model(cx, rq, model_item(list), &rows[i]);
	if (n > 0)
		model_int(rp->model, "notices_last", rows[0].id);
	return OK;
}

static enum err seen(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *last = request_form(rq, "last");
	int64_t id;

	if (!last || !text_to_i64(last, 1, INT64_MAX, &id))
		return FAIL(cx, ERR_BAD_REQUEST, "no notice");
	TRY(store_notice_seen(cx, rq->user->person_id, id));
	return reply_redirect(cx, rp, "/");
}

const struct route notice_routes[] = {
	{ GET, "/notices", WHO_SIGNED_IN, show, "notices" },
	{ POST, "/notices/seen", WHO_SIGNED_IN, seen, NULL },
	{ .page = NULL },
};
