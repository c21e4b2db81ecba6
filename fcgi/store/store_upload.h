/*
 * store_upload.h: files between their dry run and their application.
 *
 * A file belongs to the person who sent it and goes away when it is applied,
 * given up, or a day old; its number stays and says which. Errors are those of
 * db.h.
 */
#ifndef STORE_STORE_UPLOAD_H
#define STORE_STORE_UPLOAD_H

#include "db/db.h"

struct upload {
	int64_t id;
	const char *kind, *name;
	struct bytes bytes;
	const char *ended;      /* applied, dropped, old; NULL: it is there */
	const char *created_at; /* UTC */
};

/* Keep a file; files of this kind that are over a day old go away. */
enum err store_upload_add(struct ctx *cx, const struct upload *upload,
			  int64_t person_id, int64_t *id) MUST_USE;

/*
 * ERR_NOT_FOUND also for a file of somebody else or of another kind. One that
 * has ended is found: without name and bytes.
 */
enum err store_upload_find(struct ctx *cx, int64_t id, const char *kind,
			   int64_t person_id, struct upload *upload) MUST_USE;

/* As store_upload_find(), with the row held: of two who end it the second
 * sees that. In a transaction. */
enum err store_upload_hold(struct ctx *cx, int64_t id, const char *kind,
			   int64_t person_id, struct upload *upload) MUST_USE;

/* The file goes; how: "applied" or "dropped". In the same transaction. */
enum err store_upload_end(struct ctx *cx, int64_t id, const char *how) MUST_USE;

extern const struct db_query *const store_upload_queries[];

#endif
