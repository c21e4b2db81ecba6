/*
 * store_unit.h: 所属, the organisation on a given day.
 *
 * Days are ISO text ("2024-04-01"), Japan. Errors are those of db.h.
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
};

/* Units valid on day in the order of the organisation chart, with people. */
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

extern const struct db_query *const store_unit_queries[];

#endif
