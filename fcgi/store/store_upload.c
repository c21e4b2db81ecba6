#include "store/store_upload.h"

#include "base/clock.h"

static const struct db_query add = {
	.name = "upload add",
	.sql = "INSERT INTO upload (kind, name, bytes, created_by, created_at)"
	       " VALUES (?, ?, ?, ?, ?)",
};

static const struct db_query find = {
	.name = "upload find",
	.sql = "SELECT id, kind, name, bytes, created_at FROM upload"
	       " WHERE id = ? AND kind = ? AND created_by = ?",
	.row_size = sizeof(struct upload),
	.cols = { COL(struct upload, id), COL(struct upload, kind),
		  COL(struct upload, name), COL(struct upload, bytes),
		  COL(struct upload, created_at) },
	.ncols = 5,
};

static const struct db_query drop = {
	.name = "upload drop",
	.sql = "DELETE FROM upload WHERE id = ?",
};

static const struct db_query drop_old = {
	.name = "upload drop_old",
	.sql = "DELETE FROM upload WHERE kind = ? AND created_at < ?",
};

const struct db_query *const store_upload_queries[] = { &add, &find, &drop,
							&drop_old, NULL };

enum err store_upload_add(struct ctx *cx, const struct upload *u,
			  int64_t person_id, int64_t *id)
{
	struct arena *a = &cx->arena;

	TRY(db_exec(cx, &drop_old,
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

enum err store_upload_drop(struct ctx *cx, int64_t id)
{
	return db_exec(cx, &drop, ARGS(db_i64(id)), NULL);
}
