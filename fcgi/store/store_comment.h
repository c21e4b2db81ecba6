/*
 * store_comment.h: comments that somebody found fit to be shown as typical.
 *
 * A comment is named by a hash of its masked text (analysis/analysis_texts.h),
 * never by who wrote it.
 */
#ifndef STORE_STORE_COMMENT_H
#define STORE_STORE_COMMENT_H

#include "db/db.h"

#define COMMENT_ID 32 /* characters of a text_id */

struct comment_fit {
	const char *text_id;
	const char *family, *given; /* who found it fit */
	int64_t marked_at;          /* milliseconds */
};

/* All of them by text_id, in the order of strcmp(). */
enum err store_comment_fits(struct ctx *cx, const struct comment_fit **rows,
			    size_t *n) MUST_USE;

/* Two numbers that are others when the marks are. */
struct comment_stamp {
	int64_t marks, last_id;
};
enum err store_comment_stamp(struct ctx *cx,
			     struct comment_stamp *stamp) MUST_USE;

/* A mark is set, or taken back; as it is already: nothing happens. */
struct comment_change {
	const char *text_id;
	bool fit;
	int64_t by;          /* person */
	const char *address; /* of the client */
	const char *object;  /* for the audit: "session:12", "year:2024" */
};
enum err store_comment_mark(struct ctx *cx,
			    const struct comment_change *change) MUST_USE;

extern const struct db_query *const store_comment_queries[];

#endif
