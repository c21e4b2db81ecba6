/*
 * store_notice.h: what people are told in the product (the outbox).
 *
 * Notices are written where things happen (booking_notice.c); here they are
 * read and put away. Instants are milliseconds, DB_NULL for NULL.
 */
#ifndef STORE_STORE_NOTICE_H
#define STORE_STORE_NOTICE_H

#include "db/db.h"

struct notice_row {
	int64_t id;
	const char *kind; /* text key, "notice.booked" ... */
	const char *link; /* path of the page it is about, may be empty */
	int64_t created_at;
	int64_t is_seen;
	const char *title, *title_en; /* of the course; NULL: none */
	const char *run_no;           /* as text; NULL: none */
	const char *starts_at;        /* ISO with Z; NULL: none */
};

/* Notices of a person, newest first, at most limit. */
enum err store_notice_list(struct ctx *cx, int64_t person_id, bool unseen_only,
			   int64_t limit, const struct notice_row **rows,
			   size_t *n) MUST_USE;

/* Put away all up to this one (so one that came meanwhile stays). */
enum err store_notice_seen(struct ctx *cx, int64_t person_id,
			   int64_t last_id) MUST_USE;

extern const struct db_query *const store_notice_queries[];

#endif
