/*
 * db_script.h: text of several SQL statements, for migrations only.
 */
#ifndef DB_DB_SCRIPT_H
#define DB_DB_SCRIPT_H

#include "base/ctx.h"

/*
 * Run statements separated by ";" one after the other (the server splits
 * them, so triggers, views and quoted semicolons are no special case). Stops
 * at the first that fails; the fault says which one and why, and those before
 * it stay done. Results of SELECTs are thrown away.
 */
enum err db_script(struct ctx *cx, const char *name, const char *sql) MUST_USE;

/*
 * Make the database that config->db_url names, when the server says that
 * there is none. Call before db_open().
 */
enum err db_create_missing(struct ctx *cx) MUST_USE;

/*
 * The account that url signs in to: "'terakoya'@'localhost'", ready for a
 * GRANT. Over a socket that is known, over a network the server is asked.
 * Lives in cx->arena.
 */
enum err db_account_of(struct ctx *cx, const char *url,
		       const char **account) MUST_USE;

#endif
