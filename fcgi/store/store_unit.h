/*
 * store_unit.h: 所属, the organisation on a given day.
 *
 * A unit keeps its row and its code when it is renamed; each name has its first
 * day, and none is lost. Days are ISO text ("2024-04-01"), Japan. Errors are
 * those of db.h.
 */
#ifndef STORE_STORE_UNIT_H
#define STORE_STORE_UNIT_H

#include "db/db.h"

struct unit {
	int64_t id;
	const char *code; /* text with leading zeros */
	const char *kind; /* bureau, department, section */
	const char *name, *name_en;
	int64_t parent_id; /* DB_NULL at the top */
	int64_t sort;
	int64_t depth;  /* 0 at the top */
	int64_t people; /* people with a main posting on the day, units below
			 * not counted; 0 where not asked for */
	int64_t is_synthetic;
	const char *valid_from, *valid_to; /* valid_to: last day, or NULL */
};

/*
 * Units valid on day in the order of the organisation chart, with people and
 * under the names of that day.
 */
enum err store_units_on(struct ctx *cx, const char *day,
			const struct unit **units, size_t *n) MUST_USE;

enum err store_unit_by_id(struct ctx *cx, int64_t id,
			  struct unit *unit) MUST_USE;

/* The unit of this code on day; found says whether there is one. */
enum err store_unit_by_code(struct ctx *cx, const char *code, const char *day,
			    struct unit *unit, bool *found) MUST_USE;

/* People of a unit on a day by tier: for /units/:id and needs. */
struct unit_tier_count {
	int64_t unit_id;
	const char *tier_code;
	int64_t people;
};
enum err store_unit_tiers_on(struct ctx *cx, const char *day,
			     const struct unit_tier_count **rows,
			     size_t *n) MUST_USE;

/* Add a unit valid from day; parent_id may be DB_NULL. */
struct unit_new {
	const char *code, *kind, *name, *name_en;
	int64_t parent_id, sort;
	const char *valid_from;
	bool is_synthetic;
};
enum err store_unit_add(struct ctx *cx, const struct unit_new *unit,
			int64_t *id) MUST_USE;

/* One of the names of a unit. */
struct unit_name {
	const char *name, *name_en, *valid_from;
	const char *family, *given; /* who entered it; NULL: its first name */
};

/* Newest first, coming ones included; none where it was never renamed. */
enum err store_unit_names(struct ctx *cx, int64_t unit_id,
			  const struct unit_name **names, size_t *n) MUST_USE;

/*
 * Another name from a day on, which is later than that of every name so far
 * and not after the last day of the unit (ERR_CONFLICT). Counts at once where
 * the day has come. In a transaction.
 */
struct unit_rename {
	int64_t unit_id;
	const char *name, *name_en, *valid_from;
	int64_t by;
};
enum err store_unit_rename(struct ctx *cx,
			   const struct unit_rename *r) MUST_USE;

/*
 * The newest name, which begins on that day, was a mistake: the one before it
 * counts again. *done is false when it is not the newest, or the only one.
 */
enum err store_unit_take_back(struct ctx *cx, int64_t unit_id,
			      const char *valid_from, bool *done) MUST_USE;

/* Names whose day has come become the name of their unit; how many did. */
enum err store_unit_names_apply(struct ctx *cx, int64_t *n) MUST_USE;

/*
 * Hold the unit until the end of the transaction, so that nobody ends it
 * meanwhile. *valid_to: its last day as it is now, whatever this transaction
 * has read before; NULL: none. Others may hold it too. ERR_NOT_FOUND.
 */
enum err store_unit_hold(struct ctx *cx, int64_t unit_id,
			 const char **valid_to) MUST_USE;

/* Why the last day of a unit cannot be that one. */
enum unit_end_refusal {
	UNIT_END_FINE,
	UNIT_END_TOO_EARLY,   /* before its first day */
	UNIT_END_NAME_COMES,  /* before its newest name begins */
	UNIT_END_PEOPLE_LEFT, /* posted in it after that day: left of them */
	UNIT_END_UNITS_LEFT,  /* below it and there after that day: left */
	UNIT_END_ABOVE_ENDS,  /* the unit above is there no longer than so */
	UNIT_END_CODE_TAKEN   /* another unit has its code by then */
};

struct unit_end {
	int64_t unit_id;
	const char *last_day;      /* NULL: it does not end after all */
	enum unit_end_refusal why; /* out; but for FINE nothing is written */
	int64_t left;              /* out */
};

/*
 * Set the last day, if nobody and nothing is left behind by it, and the unit
 * is there no longer than the one above it and no longer than until the next
 * one of its code begins, and its newest name has begun by then. Checked with
 * the row held. In a transaction.
 */
enum err store_unit_end(struct ctx *cx, struct unit_end *e) MUST_USE;

extern const struct db_query *const store_unit_queries[];
extern const struct db_query *const store_unit_change_queries[];

#endif
