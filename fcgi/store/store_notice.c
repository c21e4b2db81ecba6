#include "store/store_notice.h"

#include "store/instant_sql.h"

#define NOTICE_COLS                                    \
	.row_size = sizeof(struct notice_row),         \
	.cols = { COL(struct notice_row, id),          \
		  COL(struct notice_row, kind),        \
		  COL(struct notice_row, link),        \
		  COL(struct notice_row, created_at),  \
		  COL(struct notice_row, is_seen),     \
		  COL(struct notice_row, title),       \
		  COL(struct notice_row, title_en),    \
		  COL(struct notice_row, run_no),      \
		  COL(struct notice_row, starts_at) }, \
	.ncols = 9

static const struct db_query list = {
	.name = "notice_list",
	.sql = "SELECT id, kind, link,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', created_at)"
	       " DIV 1000, seen_at IS NOT NULL,"
	       " JSON_VALUE(params, '$.title'),"
	       " JSON_VALUE(params, '$.title_en'),"
	       " JSON_VALUE(params, '$.run_no'),"
	       " JSON_VALUE(params, '$.starts_at') FROM outbox"
	       " WHERE person_id = ?"
	       " ORDER BY id DESC LIMIT ?",
	NOTICE_COLS,
};

static const struct db_query unseen = {
	.name = "notice_unseen",
	.sql = "SELECT id, kind, link,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', created_at)"
	       " DIV 1000, 0, JSON_VALUE(params, '$.title'),"
	       " JSON_VALUE(params, '$.title_en'),"
	       " JSON_VALUE(params, '$.run_no'),"
	       " JSON_VALUE(params, '$.starts_at') FROM outbox"
	       " WHERE person_id = ? AND seen_at IS NULL"
	       " ORDER BY id DESC LIMIT ?",
	NOTICE_COLS,
	.remember = true,
};

static const struct db_query put_away = {
	.name = "notice_put_away",
	.sql = "UPDATE outbox SET seen_at = ?"
	       " WHERE person_id = ? AND seen_at IS NULL AND id <= ?",
};

enum err store_notice_list(struct ctx *cx, int64_t person_id, bool unseen_only,
			   int64_t limit, const struct notice_row **rows,
			   size_t *n)
{
	return db_all(cx, unseen_only ? &unseen : &list,
		      ARGS(db_i64(person_id), db_i64(limit)), rows, n);
}

enum err store_notice_seen(struct ctx *cx, int64_t person_id, int64_t last_id)
{
	return db_exec(cx, &put_away,
		       ARGS(db_instant(cx, cx->now_ms), db_i64(person_id),
			    db_i64(last_id)),
		       NULL);
}

const struct db_query *const store_notice_queries[] = {
	&list,
	&unseen,
	&put_away,
	NULL,
};
