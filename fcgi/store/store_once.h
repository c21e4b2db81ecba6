/*
 * store_once.h: forms that were sent a moment ago.
 *
 * Errors are those of db.h.
 */
#ifndef STORE_STORE_ONCE_H
#define STORE_STORE_ONCE_H

#include "db/db.h"

#define ONCE_KEY 32                /* bytes */
#define ONCE_MS  (2 * 60 * 1000LL) /* later the same is meant anew */

/*
 * In the transaction of what the form makes: ERR_CONFLICT when a form of this
 * key has been taken. One that is being taken at this moment is waited for.
 */
enum err store_once_add(struct ctx *cx, const unsigned char *key) MUST_USE;

/* Forget those that are older than ONCE_MS; outside of that transaction. */
enum err store_once_forget(struct ctx *cx) MUST_USE;

/* The page of what it made; in the same transaction. At most 200 bytes. */
enum err store_once_place(struct ctx *cx, const unsigned char *key,
			  const char *place) MUST_USE;

/* Where a form of this key led; *found says whether it has been taken. */
enum err store_once_find(struct ctx *cx, const unsigned char *key,
			 const char **place, bool *found) MUST_USE;

extern const struct db_query *const store_once_queries[];

#endif
