/*
 * store_draft.c: half-filled answers; see store_draft.h.
 */
#include "store/store_draft.h"

#include "base/clock.h"

#include <string.h>

#define FIELDS_MAX (256 * 1024)

static const struct db_query draft_find = {
	.name = "draft_find",
	.sql = "SELECT form_key, fields, saved_at FROM draft"
	       " WHERE collection_id = ? AND person_id = ?",
	.row_size = sizeof(struct draft),
	.cols = { COL(struct draft, form_key), COL(struct draft, fields),
		  COL(struct draft, saved_at) },
	.ncols = 3,
};

/* The form key of the first save stays: it is in every open tab. */
static const struct db_query draft_save = {
	.name = "draft_save",
	.sql = "INSERT INTO draft (collection_id, person_id, form_key, fields,"
	       " saved_at) SELECT ?, ?, ?, ?, ? FROM DUAL"
	       " WHERE NOT EXISTS (SELECT 1 FROM completion"
	       "  WHERE collection_id = ? AND person_id = ?)"
	       " ON DUPLICATE KEY UPDATE fields = VALUES(fields),"
	       " saved_at = VALUES(saved_at)",
};

static const struct db_query draft_drop = {
	.name = "draft_drop",
	.sql = "DELETE FROM draft WHERE collection_id = ? AND person_id = ?",
};

enum err store_draft_find(struct ctx *cx, int64_t collection_id,
			  int64_t person_id, struct draft *d, bool *found)
{
	return db_maybe(cx, &draft_find,
			ARGS(db_i64(collection_id), db_i64(person_id)), d,
			found);
}

enum err store_draft_save(struct ctx *cx, int64_t collection_id,
			  int64_t person_id, const char *form_key,
			  const char *fields, bool *saved)
{
	int64_t changed;

	if (strlen(fields) > FIELDS_MAX)
		return FAIL(cx, ERR_TOO_LARGE, "draft of %zu bytes",
			    strlen(fields));
	TRY(db_exec(cx, &draft_save,
		    ARGS(db_i64(collection_id), db_i64(person_id),
			 db_text(form_key), db_text(fields),
			 db_text(instant_to_db(&cx->arena, cx->now_ms)),
			 db_i64(collection_id), db_i64(person_id)),
		    &changed));
	*saved = changed > 0;
	return OK;
}

enum err store_draft_drop(struct ctx *cx, int64_t collection_id,
			  int64_t person_id)
{
	return db_exec(cx, &draft_drop,
		       ARGS(db_i64(collection_id), db_i64(person_id)), NULL);
}

const struct db_query *const store_draft_queries[] = {
	&draft_find,
	&draft_save,
	&draft_drop,
	NULL,
};
