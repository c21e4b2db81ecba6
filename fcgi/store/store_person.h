/*
 * store_person.h: 職員 and external people, and their roles.
 *
 * Days are ISO text, Japan. Lists are ordered by kana. Errors are those of
 * db.h.
 */
#ifndef STORE_STORE_PERSON_H
#define STORE_STORE_PERSON_H

#include "db/db.h"

struct person {
	int64_t id;
	const char *staff_number; /* NULL: external */
	const char *family, *given;
	const char *family_kana, *given_kana;
	const char *former_family; /* "" if none */
	const char *email;         /* NULL: none */
	const char *terminal;      /* portable, desktop */
	int64_t is_external;
	const char *left_on; /* last day in office; NULL: in office */
	int64_t is_synthetic;
};

enum err store_person_by_id(struct ctx *cx, int64_t id,
			    struct person *person) MUST_USE;

/* found says whether there is one; left people are found as well. */
enum err store_person_by_staff_number(struct ctx *cx, const char *number,
				      struct person *person,
				      bool *found) MUST_USE;

/* Everybody, for the import: external people first, then by staff number. */
enum err store_person_all(struct ctx *cx, const struct person **people,
			  size_t *n) MUST_USE;

/* An entry of the list: the person with the main posting on the day. */
struct person_item {
	struct person person;
	int64_t unit_id; /* DB_NULL: no posting on the day */
	const char *unit_name, *unit_name_en;
	const char *tier_code, *tier_name, *tier_name_en;
	const char *post;
	int64_t total; /* entries of the whole result, for paging */
};

struct person_filter {
	const char *search;    /* as typed: name, kana or number; "": any */
	int64_t unit_id;       /* with the units below it; DB_NULL: any */
	const char *tier_code; /* "": any */
	const char *role;      /* "": any */
	bool with_left;        /* also people who left */
	const char *day;
	int64_t limit, offset;
};

/* limit and offset page it; at most two statements. */
enum err store_person_list(struct ctx *cx, const struct person_filter *filter,
			   const struct person_item **items,
			   size_t *n) MUST_USE;

/* Roles. */
struct person_role {
	int64_t person_id;
	const char *role; /* trainee trainer planner head admin */
	const char *granted_at;
	const char *granter; /* name; NULL: by import */
	const char *name;    /* of the person, where people are listed */
	const char *staff_number;
};
enum err store_person_roles(struct ctx *cx, int64_t person_id,
			    const struct person_role **rows,
			    size_t *n) MUST_USE;

/* Everybody with one of trainer, planner, admin, by role and kana. */
enum err store_role_holders(struct ctx *cx, const struct person_role **rows,
			    size_t *n) MUST_USE;

/* by: the granter, or DB_NULL. Granting twice changes nothing. */
enum err store_role_grant(struct ctx *cx, int64_t person_id, const char *role,
			  int64_t by) MUST_USE;

/*
 * ERR_CONFLICT when it would take away the last admin (of people in office
 * with a usable account). Runs in its own transaction.
 */
enum err store_role_revoke(struct ctx *cx, int64_t person_id,
			   const char *role) MUST_USE;

/* Add or correct a person; search_key is made here. id is not read by add. */
enum err store_person_add(struct ctx *cx, const struct person *person,
			  int64_t *id) MUST_USE;
enum err store_person_update(struct ctx *cx,
			     const struct person *person) MUST_USE;

extern const struct db_query *const store_person_queries[];
extern const struct db_query *const store_role_queries[]; /* store_role.c */

#endif
