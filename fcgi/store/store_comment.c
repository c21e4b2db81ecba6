/*
 * store_comment.c: the manual is store_comment.h.
 */
#include "store/store_comment.h"

#include "base/clock.h"
#include "store/store_audit.h"

static const struct db_query comment_fits = {
	.name = "comment_fits",
	.sql = "SELECT f.text_id, p.family, p.given,"
	       " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', f.marked_at) DIV"
	       " 1000 FROM comment_fit f JOIN person p ON p.id = f.marked_by"
	       " ORDER BY f.text_id",
	.row_size = sizeof(struct comment_fit),
	.cols = { COL(struct comment_fit, text_id),
		  COL(struct comment_fit, family),
		  COL(struct comment_fit, given),
		  COL(struct comment_fit, marked_at) },
	.ncols = 4,
};

static const struct db_query comment_stamp = {
	.name = "comment_stamp",
	.sql = "SELECT COUNT(*), COALESCE(MAX(id), 0) FROM comment_fit",
	.row_size = sizeof(struct comment_stamp),
	.cols = { COL(struct comment_stamp, marks),
		  COL(struct comment_stamp, last_id) },
	.ncols = 2,
	.remember = true,
};

/* The first who found it fit stays. */
static const struct db_query comment_mark = {
	.name = "comment_mark",
	.sql = "INSERT IGNORE INTO comment_fit (text_id, marked_by, marked_at)"
	       " VALUES (?, ?, ?)",
};

static const struct db_query comment_take_back = {
	.name = "comment_take_back",
	.sql = "DELETE FROM comment_fit WHERE text_id = ?",
};

const struct db_query *const store_comment_queries[] = {
	&comment_fits, &comment_stamp, &comment_mark, &comment_take_back, NULL,
};

enum err store_comment_fits(struct ctx *cx, const struct comment_fit **rows,
			    size_t *n)
{
	return db_all(cx, &comment_fits, NO_ARGS, rows, n);
}

enum err store_comment_stamp(struct ctx *cx, struct comment_stamp *stamp)
{
	return db_one(cx, &comment_stamp, NO_ARGS, stamp);
}

static enum err mark(struct ctx *cx, void *arg)
{
	const struct comment_change *c = arg;
	const struct audit row = { .person_id = c->by,
				   .address = c->address,
				   .action = c->fit ? "comment.fit"
						    : "comment.unfit",
				   .object = c->object };
	int64_t changed;

	if (c->fit)
		TRY(db_exec(
			cx, &comment_mark,
			ARGS(db_text(c->text_id), db_i64(c->by),
			     db_text(instant_to_db(&cx->arena, cx->now_ms))),
			&changed));
	else
		TRY(db_exec(cx, &comment_take_back, ARGS(db_text(c->text_id)),
			    &changed));
	return changed ? store_audit_add(cx, &row) : OK;
}

enum err store_comment_mark(struct ctx *cx, const struct comment_change *change)
{
	struct comment_change c = *change;

	return db_transact(cx, mark, &c);
}
