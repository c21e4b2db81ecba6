/*
 * store_upload.h: files between their dry run and their application.
 *
 * A file belongs to the person who sent it and goes away when it is applied,
 * given up, or a day old. Errors are those of db.h.
 */
#ifndef STORE_STORE_UPLOAD_H
#define STORE_STORE_UPLOAD_H

#include "db/db.h"

struct upload {
	int64_t id;
	const char *kind, *name;
	struct bytes bytes;
	const char *created_at; /* UTC */
};

/* Keep a file; files of this kind that are over a day old go away. */
enum err store_upload_add(struct ctx *cx, const struct upload *upload,
			  int64_t person_id, int64_t *id) MUST_USE;

/* ERR_NOT_FOUND also for a file of somebody else or of another kind. */
enum err store_upload_find(struct ctx *cx, int64_t id, const char *kind,
			   int64_t person_id, struct upload *upload) MUST_USE;

enum err store_upload_drop(struct ctx *cx, int64_t id) MUST_USE;

extern const struct db_query *const store_upload_queries[];

#endif
