/*
 * store_draft.h: half-filled answers, kept on the server until submitted.
 *
 * A draft belongs to one person and one collection and is read by that
 * person only. It survives signing out, time-outs and closed browsers.
 */
#ifndef STORE_STORE_DRAFT_H
#define STORE_STORE_DRAFT_H

#include "db/db.h"

extern const struct db_query *const store_draft_queries[];

struct draft {
	const char *form_key; /* goes into the form, see store_submission.h */
	const char *fields;   /* JSON: [["name", "value"], ...] as typed */
	const char *saved_at; /* UTC */
};

enum err store_draft_find(struct ctx *cx, int64_t collection_id,
			  int64_t person_id, struct draft *d,
			  bool *found) MUST_USE;

/*
 * Keep fields (JSON text, at most 256 KiB: ERR_TOO_LARGE) in place of what
 * was kept. A person who has answered gets no draft: that is OK and *saved is
 * false.
 */
enum err store_draft_save(struct ctx *cx, int64_t collection_id,
			  int64_t person_id, const char *form_key,
			  const char *fields, bool *saved) MUST_USE;

enum err store_draft_drop(struct ctx *cx, int64_t collection_id,
			  int64_t person_id) MUST_USE;

#endif
