#include "store/store_upload.h"

#include "base/clock.h"

static const struct db_query add = {
	.name = "upload add",
	.sql = "INSERT INTO upload (kind, name, bytes, created_by, created_at)"
	       " VALUES (?, ?, ?, ?, ?)",
};

#define UPLOAD_OF                                                     \
	"SELECT id, kind, name, bytes, ended, created_at FROM upload" \
	" WHERE id = ? AND kind = ? AND created_by = ?"

#define UPLOAD_ROW                                                             \
	.row_size = sizeof(struct upload),                                     \
	.cols = { COL(struct upload, id),    COL(struct upload, kind),         \
		  COL(struct upload, name),  COL(struct upload, bytes),        \
		  COL(struct upload, ended), COL(struct upload, created_at) }, \
	.ncols = 6

static const struct db_query find = {
	.name = "upload find",
	.sql = UPLOAD_OF,
	UPLOAD_ROW,
};

static const struct db_query hold = {
	.name = "upload hold",
	.sql = UPLOAD_OF " FOR UPDATE",
	UPLOAD_ROW,
};

static const struct db_query end = {
	.name = "upload end",
	.sql = "UPDATE upload SET ended = ?, name = '', bytes = ''"
	       " WHERE id = ?",
};

static const struct db_query end_old = {
	.name = "upload end_old",
	.sql = "UPDATE upload SET ended = 'old', name = '', bytes = ''"
	       " WHERE kind = ? AND created_at < ? AND ended IS NULL",
};

const struct db_query *const store_upload_queries[] = { &add, &find,    &hold,
							&end, &end_old, NULL };

enum err store_upload_add(struct ctx *cx, const struct upload *u,
			  int64_t person_id, int64_t *id)
{
	struct arena *a = &cx->arena;

	TRY(db_exec(cx, &end_old,
		    ARGS(db_text(u->kind),
			 db_text(instant_to_db(a, cx->now_ms - DAY_MS))),
		    NULL));
	return db_insert(cx, &add,
			 ARGS(db_text(u->kind), db_text(u->name),
			      db_bytes(u->bytes.data, u->bytes.len),
			      db_i64(person_id),
			      db_text(instant_to_db(a, cx->now_ms))),
			 id);
}

enum err store_upload_find(struct ctx *cx, int64_t id, const char *kind,
			   int64_t person_id, struct upload *upload)
{
	return db_one(cx, &find,
		      ARGS(db_i64(id), db_text(kind), db_i64(person_id)),
		      upload);
}

enum err store_upload_hold(struct ctx *cx, int64_t id, const char *kind,
			   int64_t person_id, struct upload *upload)
{
	return db_one(cx, &hold,
		      ARGS(db_i64(id), db_text(kind), db_i64(person_id)),
		      upload);
}

enum err store_upload_end(struct ctx *cx, int64_t id, const char *how)
{
	return db_exec(cx, &end, ARGS(db_text(how), db_i64(id)), NULL);
}
