/*
 * store_audit.h: who did what, in rows that are only added.
 *
 * Written for sign-ins, exports, permission changes, imports, settings and
 * reads of named answers; never what somebody answered or typed. The jobs
 * process seals the rows each minute with a chain of hashes, so a row that
 * was changed or taken out behind our back is found by store_audit_verify().
 */
#ifndef STORE_STORE_AUDIT_H
#define STORE_STORE_AUDIT_H

#include "db/db.h"

/* One row to add. Left out ({ 0 } or NULL) means nobody, empty, allowed. */
struct audit {
	int64_t person_id;   /* who; 0 or DB_NULL: nobody, or the product */
	const char *address; /* client address */
	const char *action;  /* "signin.ok", "export.raw", "role.grant" ... */
	const char *object;  /* "person:12", at most 100 ASCII characters */
	const char *detail;  /* JSON: before, after, counts */
	bool refused;        /* it was tried and not allowed */
};

/*
 * Add a row at cx->now_ms with the request id. Call it inside the
 * transaction of the change it tells of, so both are there or neither is.
 *
 *	TRY(store_audit_add(cx, &(struct audit){
 *			.person_id = rq->user->person_id,
 *			.address = rq->address,
 *			.action = "role.grant",
 *			.object = arena_printf(&cx->arena, "person:%" PRId64,
 *					       id) }));
 */
enum err store_audit_add(struct ctx *cx, const struct audit *row) MUST_USE;

/* A row as it is read. Text is NULL where the column is. */
struct audit_row {
	int64_t id;
	const char *at;                            /* UTC */
	int64_t person_id;                         /* DB_NULL: nobody */
	const char *family, *given, *staff_number; /* NULL: nobody */
	const char *address, *action, *object, *detail;
	int64_t is_ok;
	const char *request_id;
	/* What a person, unit, session, survey, proposal or plan is called now;
	 * NULL: nothing by a name, or gone. _en may be empty. */
	const char *object_name, *object_name_en;
	const char *object_code; /* in the address of a course; else NULL */
};

/* Which rows to list; left out means all. */
struct audit_filter {
	const char *action;    /* the action, or its beginning: "signin" */
	int64_t person_id;     /* 0: anybody */
	const char *from, *to; /* UTC instants [from, to), NULL: open */
	int64_t before_id;     /* 0: from the newest; for the next page */
	int64_t limit;
};

/* Newest first. */
enum err store_audit_list(struct ctx *cx, const struct audit_filter *filter,
			  const struct audit_row **rows, size_t *n) MUST_USE;

/* The newest row's id, 0 without one. */
enum err store_audit_last(struct ctx *cx, int64_t *id) MUST_USE;

/*
 * Seal what was added since the last seal, up to that row. *sealed: rows, 0
 * is fine. A transaction may commit a row behind a newer one, so upto is what
 * store_audit_last() said a minute ago: by then each number before it is
 * either used or waited for.
 */
enum err store_audit_seal(struct ctx *cx, int64_t upto,
			  int64_t *sealed) MUST_USE;

/*
 * Compute the chain again. *broken is the last row id of the first seal that
 * no longer fits, or 0 when all do; *seals says how many there are.
 */
enum err store_audit_verify(struct ctx *cx, int64_t *seals,
			    int64_t *broken) MUST_USE;

extern const struct db_query *const store_audit_queries[];

#endif
