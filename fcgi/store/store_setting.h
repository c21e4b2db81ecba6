/*
 * store_setting.h: what an administrator may change at run time.
 *
 * A setting is a text under a dotted name; the reader knows its unit. Every
 * reader names the value that counts where the row is missing, so an
 * installation that never touched the table works.
 */
#ifndef STORE_STORE_SETTING_H
#define STORE_STORE_SETTING_H

#include "db/db.h"

struct setting {
	const char *name;
	const char *value;
	int64_t is_default;     /* 1: shipped, nobody has decided it yet */
	const char *changed_at; /* UTC; NULL: never */
};

extern const struct db_query *const store_setting_queries[];

/*
 * The value, or otherwise where there is no row, it is no such number, or the
 * database is away (a page that needs the database will say so itself).
 */
const char *store_setting_text(struct ctx *cx, const char *name,
			       const char *otherwise);
int64_t store_setting_int(struct ctx *cx, const char *name, int64_t otherwise);
double store_setting_real(struct ctx *cx, const char *name, double otherwise);

/* All, by name. */
enum err store_setting_all(struct ctx *cx, struct setting **list,
			   size_t *n) MUST_USE;

/* Set, now, by decision of a person: no longer a default. */
enum err store_setting_set(struct ctx *cx, const char *name,
			   const char *value) MUST_USE;

#endif
