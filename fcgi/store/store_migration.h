/*
 * store_migration.h: which files of sql/ this database has had.
 *
 * Migrations run forward only, in the order of their numbers. A file that was
 * applied never changes: its SHA-256 is kept and compared.
 */
#ifndef STORE_STORE_MIGRATION_H
#define STORE_STORE_MIGRATION_H

#include "db/db.h"

/* A file of sql/: "0003_sessions.sql". */
struct migration {
	int64_t number; /* 3 */
	const char *name;
	const char *sql;    /* its text; NULL in rows of the database */
	const char *sha256; /* of the text, 64 hex digits */
};

/* For the test that prepares all; needs the account that may migrate. */
extern const struct db_query *const store_migration_queries[];

/*
 * The files of a folder by number; they live in a. NULL, or one sentence
 * saying what is wrong (unreadable, two of one number, a name without one).
 */
const char *migration_files(struct arena *a, const char *folder,
			    struct migration **list, size_t *n);

/*
 * Only one process migrates: hold the lock of this database, waiting for at
 * most a minute (ERR_BUSY), and make the table of migrations if need be. The
 * lock ends with the connection.
 */
enum err store_migration_begin(struct ctx *cx) MUST_USE;

/* What was applied, by number; none before the first store_migration_begin. */
enum err store_migration_all(struct ctx *cx, struct migration **list,
			     size_t *n) MUST_USE;

/* Run a file and write down that it was. */
enum err store_migration_apply(struct ctx *cx,
			       const struct migration *m) MUST_USE;

/*
 * Give the account of the serving processes ("'u'@'h'") what it needs and no
 * more: it reads and writes rows, never tables, and can only add to the audit
 * log. ERR_FORBIDDEN when the migrating account may not grant.
 */
enum err store_migration_grant(struct ctx *cx, const char *account) MUST_USE;

/* The highest number applied; 0 for none. Cheap: for /readyz. */
enum err store_migration_newest(struct ctx *cx, int64_t *number) MUST_USE;

#endif
