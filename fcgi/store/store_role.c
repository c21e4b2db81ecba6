/*
 * store_role.c: the part of store_person.h about roles.
 */
#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"
#include "store/store_person.h"

#define ROLE_COLS                                          \
	.row_size = sizeof(struct person_role),            \
	.cols = { COL(struct person_role, person_id),      \
		  COL(struct person_role, role),           \
		  COL(struct person_role, granted_at),     \
		  COL(struct person_role, granter),        \
		  COL(struct person_role, name),           \
		  COL(struct person_role, staff_number) }, \
	.ncols = 6

#define ROLE_COLUMNS                                              \
	"SELECT r.person_id, r.role, r.granted_at,"               \
	" CONCAT(g.family, ' ', g.given),"                        \
	" CONCAT(p.family, ' ', p.given), p.staff_number"         \
	" FROM person_role r JOIN person p ON p.id = r.person_id" \
	" LEFT JOIN person g ON g.id = r.granted_by"

static const struct db_query of_person = {
	.name = "role of_person",
	.sql = ROLE_COLUMNS " WHERE r.person_id = ? ORDER BY r.role",
	ROLE_COLS,
};

static const struct db_query holders = {
	.name = "role holders",
	.sql = ROLE_COLUMNS
	" WHERE r.role IN ('trainer', 'planner', 'admin')"
	" ORDER BY r.role DESC, p.family_kana, p.given_kana, p.id",
	ROLE_COLS,
};

static const struct db_query grant = {
	.name = "role grant",
	.sql = "INSERT INTO person_role (person_id, role, granted_by,"
	       " granted_at) VALUES (?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE role = VALUES(role)",
};

static const struct db_query revoke = {
	.name = "role revoke",
	.sql = "DELETE FROM person_role WHERE person_id = ? AND role = ?",
};

struct id_row {
	int64_t id;
};

/* Admins who can act today; locked, so that two do not remove each other. */
static const struct db_query admins = {
	.name = "role admins",
	.sql = "SELECT r.person_id FROM person_role r"
	       " JOIN person p ON p.id = r.person_id"
	       " JOIN account a ON a.person_id = r.person_id"
	       " WHERE r.role = 'admin' AND a.is_disabled = 0"
	       " AND (p.left_on IS NULL OR p.left_on >= ?) FOR UPDATE",
	.row_size = sizeof(struct id_row),
	.cols = { COL(struct id_row, id) },
	.ncols = 1,
};

const struct db_query *const store_role_queries[] = { &of_person, &holders,
						      &grant,     &revoke,
						      &admins,    NULL };

enum err store_person_roles(struct ctx *cx, int64_t person_id,
			    const struct person_role **rows, size_t *n)
{
	return db_all(cx, &of_person, ARGS(db_i64(person_id)), rows, n);
}

enum err store_role_holders(struct ctx *cx, const struct person_role **rows,
			    size_t *n)
{
	return db_all(cx, &holders, NO_ARGS, rows, n);
}

enum err store_role_grant(struct ctx *cx, int64_t person_id, const char *role,
			  int64_t by)
{
	return db_exec(cx, &grant,
		       ARGS(db_i64(person_id), db_text(role), db_i64(by),
			    db_text(instant_to_db(&cx->arena, cx->now_ms))),
		       NULL);
}

struct revocation {
	int64_t person_id;
	const char *role;
};

static enum err revoke_body(struct ctx *cx, void *arg)
{
	const struct revocation *r = arg;
	const char *today = date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
	const struct id_row *rows;
	size_t n, others = 0;

	if (text_equals(r->role, "admin")) {
		TRY(db_all(cx, &admins, ARGS(db_text(today)), &rows, &n));
		for (size_t i = 0; i < n; i++)
			others += rows[i].id != r->person_id;
		if (others == 0)
			return FAIL(cx, ERR_CONFLICT, "the last admin stays");
	}
	return db_exec(cx, &revoke,
		       ARGS(db_i64(r->person_id), db_text(r->role)), NULL);
}

enum err store_role_revoke(struct ctx *cx, int64_t person_id, const char *role)
{
	struct revocation r = { .person_id = person_id, .role = role };

	return db_transact(cx, revoke_body, &r);
}
