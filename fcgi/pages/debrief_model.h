/* debrief_model.h: what pages say about a report after a training (復命). */
#ifndef PAGES_DEBRIEF_MODEL_H
#define PAGES_DEBRIEF_MODEL_H

#include "http/http.h"
#include "store/store_debrief.h"

/*
 * id (of the booking) person kana unit course run_text href day_text due
 * (ISO) due_text is_late is_written is_seen state_text state_tag learned
 * plans written_text seen_text (null: not yet). Defined in page_debrief.c.
 */
void debrief_to_model(struct ctx *cx, const struct request *rq, json_t *m,
		      const struct debrief_row *row);

#endif
