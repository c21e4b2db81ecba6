/* session_warnings.c: what a planner should look at before a session. */
#include "pages/session_model.h"
#include "store/store_room.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

static const char *const warning_keys[] = {
	[ROOM_TAKEN] = TEXT_KEY("session.warn_room_taken"),
	[ROOM_NOT_HELD] = TEXT_KEY("session.warn_room_not_held"),
	[ROOM_TOO_SMALL] = TEXT_KEY("session.warn_room_too_small"),
	[DAY_CLOSED] = TEXT_KEY("session.warn_day_closed"),
	[DAY_OUTSIDE] = TEXT_KEY("session.warn_day_outside"),
	[TRAINER_ELSEWHERE] = TEXT_KEY("session.warn_trainer_elsewhere"),
};

enum err session_warnings(struct ctx *cx, const struct request *rq, json_t *m,
			  int64_t session_id)
{
	const struct room_warning *rows;
	json_t *list = model_list(m, "warnings");
	size_t n;

	TRY(store_room_warnings(cx, session_id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *item = model_item(list);

		model_text(item, "kind", room_warning_word(rows[i].kind));
		model_text(
			item, "text",
			text_fill(&cx->arena,
				  request_text(rq, warning_keys[rows[i].kind]),
				  "day", day_text(cx, rq, rows[i].starts_at),
				  "what",
				  by_language(rq, rows[i].detail,
					      rows[i].detail_en),
				  NULL));
		if (rows[i].session_id != DB_NULL)
			model_format(item, "href", "/sessions/%" PRId64,
				     rows[i].session_id);
		else
			model_null(item, "href");
	}
	return OK;
}
