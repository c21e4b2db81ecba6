/*
 * instant_sql.h: instants between SQL (DATETIME(3), UTC) and C (milliseconds).
 *
 * In a SELECT list an instant is written
 *
 *	TIMESTAMPDIFF(MICROSECOND, '1970-01-01', s.starts_at) DIV 1000
 *
 * which lands in an int64_t; NULL becomes DB_NULL. It has no limit of years,
 * unlike UNIX_TIMESTAMP(). It stands in full in each statement, because a
 * macro inside a literal is beyond clang-format.
 */
#ifndef STORE_INSTANT_SQL_H
#define STORE_INSTANT_SQL_H

#include "base/clock.h"
#include "db/db.h"

/* A DATETIME(3) parameter; DB_NULL is SQL NULL. */
static inline struct db_arg db_instant(struct ctx *cx, int64_t ms)
{
	return db_text(ms == DB_NULL ? NULL : instant_to_db(&cx->arena, ms));
}

/*
 * Now, rounded down to step (in milliseconds), for statements whose result is
 * remembered: asked again within the step they are the same. Terms of people
 * are whole minutes, so a minute loses nothing there.
 */
static inline struct db_arg db_instant_to(struct ctx *cx, int64_t step)
{
	return db_instant(cx, cx->now_ms - cx->now_ms % step);
}

#endif
