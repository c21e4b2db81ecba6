/*
 * notices.h: what somebody was told and has not put away yet.
 */
#ifndef PAGES_NOTICES_H
#define PAGES_NOTICES_H

#include "http/http.h"

/*
 * The newest unseen notices, at most `limit`, as model.notices[] with text,
 * about, day_text, at_text, href; model.notices_last is the id that puts
 * them away. For the part _notices of a view.
 */
enum err notices_to_model(struct ctx *cx, const struct request *rq, json_t *m,
			  int64_t limit) MUST_USE;

#endif
