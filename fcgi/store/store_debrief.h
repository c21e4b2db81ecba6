/*
 * store_debrief.h: 復命, the report after a training.
 *
 * Who has a seat in a session that asks for it and was not absent owes one
 * from the end of the session; it is due so many open days later
 * (debrief_due_on()). The head of the unit of the booking reads it; from then
 * on it stays as it is. Instants are milliseconds. Everything returned lives
 * in cx->arena.
 */
#ifndef STORE_STORE_DEBRIEF_H
#define STORE_STORE_DEBRIEF_H

#include "base/date.h"
#include "db/db.h"

#define DEBRIEF_MAX 2000 /* characters of each text */

struct debrief_row {
	int64_t booking_id, session_id, person_id;
	const char *person_name, *kana;
	const char *unit_name, *unit_name_en; /* NULL: none */
	const char *title, *title_en;         /* of the course */
	int64_t run_no, starts_at, ends_at;
	int64_t debrief_days;        /* open days */
	const char *learned, *plans; /* NULL: not written yet */
	int64_t written_at, seen_at; /* DB_NULL: not yet */
	const char *seen_by;         /* name, NULL: not yet */
};

/* The last day for it. Pure. */
struct date debrief_due_on(int64_t ends_at, int64_t debrief_days);

/*
 * What this person owes or wrote for one session. ERR_NOT_FOUND: the session
 * asks for none, is not over, or the person was not there.
 */
enum err store_debrief_own(struct ctx *cx, int64_t session_id,
			   int64_t person_id, struct debrief_row *out) MUST_USE;

/* What this person still owes, of the last 400 days, the oldest first. */
enum err store_debriefs_owed(struct ctx *cx, int64_t person_id,
			     const struct debrief_row **rows,
			     size_t *n) MUST_USE;

/*
 * Write or change it; the heads of the unit are told the first time.
 * ERR_CONFLICT once the head has read it.
 */
enum err store_debrief_write(struct ctx *cx, const struct debrief_row *own,
			     const char *learned, const char *plans) MUST_USE;

enum debrief_which {
	DEBRIEFS_TO_READ, /* written, not read; the oldest first */
	DEBRIEFS_OWED,    /* not written, of the last 400 days */
	DEBRIEFS_READ     /* the last 100 */
};

/* Of the units whose head the person is today, without the own ones. */
enum err store_debrief_list(struct ctx *cx, int64_t head_id,
			    enum debrief_which which,
			    const struct debrief_row **rows,
			    size_t *n) MUST_USE;

/*
 * A head has read it; the writer is told, once. Read before: it stays so.
 * ERR_NOT_FOUND: no report of the own units.
 */
enum err store_debrief_seen(struct ctx *cx, int64_t booking_id,
			    int64_t head_id) MUST_USE;

/* Of a session, for planners: owed and written ones, by kana. */
enum err store_debrief_of_session(struct ctx *cx, int64_t session_id,
				  const struct debrief_row **rows,
				  size_t *n) MUST_USE;

extern const struct db_query *const store_debrief_queries[];

#endif
