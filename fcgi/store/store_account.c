#include "store/store_account.h"

#include "base/clock.h"
#include "base/date.h"

#define ACCOUNT_COLUMNS                                                 \
	"SELECT a.person_id, p.staff_number, p.email, a.password_hash," \
	" a.language, a.must_set,"                                      \
	" a.is_disabled OR COALESCE(p.left_on < ?, 0)"                  \
	" FROM account a JOIN person p ON p.id = a.person_id"

#define ACCOUNT_FIELDS                                \
	.row_size = sizeof(struct account),           \
	.cols = { COL(struct account, person_id),     \
		  COL(struct account, staff_number),  \
		  COL(struct account, email),         \
		  COL(struct account, password_hash), \
		  COL(struct account, language),      \
		  COL(struct account, must_set),      \
		  COL(struct account, is_disabled) }, \
	.ncols = 7

static const struct db_query account_by_login = {
	.name = "account_by_login",
	.sql = ACCOUNT_COLUMNS " WHERE p.staff_number = ? OR p.email = ?"
			       " ORDER BY p.staff_number <=> ? DESC LIMIT 1",
	ACCOUNT_FIELDS,
};

static const struct db_query account_find = {
	.name = "account_find",
	.sql = ACCOUNT_COLUMNS " WHERE a.person_id = ?",
	ACCOUNT_FIELDS,
};

/*
 * A lock that ran out starts the count again. MariaDB assigns from left to
 * right, so locked_until must come first: it looks at the old count.
 */
static const struct db_query account_bad = {
	.name = "account_bad",
	.sql = "UPDATE account SET locked_until = IF("
	       "IF(locked_until IS NULL, failures, 0) + 1 >= ?, ?, NULL),"
	       " failures = IF(failures >= ?, 1, failures + 1)"
	       " WHERE person_id = ?",
};

struct lock_row {
	int64_t is_locked;
};

static const struct db_query account_lock = {
	.name = "account_lock",
	.sql = "SELECT COALESCE(locked_until > ?, 0) FROM account"
	       " WHERE person_id = ? FOR UPDATE",
	.row_size = sizeof(struct lock_row),
	.cols = { COL(struct lock_row, is_locked) },
	.ncols = 1,
};

static const struct db_query account_good = {
	.name = "account_good",
	.sql = "UPDATE account SET failures = 0, locked_until = NULL"
	       " WHERE person_id = ?",
};

/* The first password of a person makes the account. */
static const struct db_query account_set_password = {
	.name = "account_set_password",
	.sql = "INSERT INTO account (person_id, password_hash, must_set,"
	       " password_at) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE"
	       " password_hash = VALUES(password_hash),"
	       " must_set = VALUES(must_set),"
	       " password_at = VALUES(password_at),"
	       " failures = 0, locked_until = NULL",
};

/* The password stays, and so does its age. */
static const struct db_query account_rehash = {
	.name = "account_rehash",
	.sql = "UPDATE account SET password_hash = ?"
	       " WHERE person_id = ? AND password_hash = ?",
};

static const struct db_query account_set_language = {
	.name = "account_set_language",
	.sql = "UPDATE account SET language = ? WHERE person_id = ?",
};

const struct db_query *const store_account_queries[] = {
	&account_by_login, &account_find,         &account_bad,
	&account_lock,     &account_good,         &account_set_password,
	&account_rehash,   &account_set_language, NULL,
};

static const char *today(struct ctx *cx)
{
	return date_to_iso(&cx->arena, date_in_japan(cx->now_ms));
}

enum err store_account_by_login(struct ctx *cx, const char *code,
				const char *email, struct account *account,
				bool *found)
{
	return db_maybe(cx, &account_by_login,
			ARGS(db_text(today(cx)), db_text(code), db_text(email),
			     db_text(code)),
			account, found);
}

enum err store_account_find(struct ctx *cx, int64_t person_id,
			    struct account *account)
{
	return db_one(cx, &account_find,
		      ARGS(db_text(today(cx)), db_i64(person_id)), account);
}

enum err store_account_lock(struct ctx *cx, int64_t person_id, bool *locked)
{
	struct lock_row row;
	bool found;

	TRY(db_maybe(cx, &account_lock,
		     ARGS(db_text(instant_to_db(&cx->arena, cx->now_ms)),
			  db_i64(person_id)),
		     &row, &found));
	*locked = !found || row.is_locked;
	return OK;
}

enum err store_account_bad(struct ctx *cx, int64_t person_id, int64_t failures,
			   int64_t lock_ms)
{
	const char *until = instant_to_db(&cx->arena, cx->now_ms + lock_ms);

	return db_exec(cx, &account_bad,
		       ARGS(db_i64(failures), db_text(until), db_i64(failures),
			    db_i64(person_id)),
		       NULL);
}

enum err store_account_good(struct ctx *cx, int64_t person_id)
{
	return db_exec(cx, &account_good, ARGS(db_i64(person_id)), NULL);
}

enum err store_account_set_password(struct ctx *cx, int64_t person_id,
				    const char *hash, bool must_set)
{
	return db_exec(cx, &account_set_password,
		       ARGS(db_i64(person_id), db_text(hash), db_i64(must_set),
			    db_text(instant_to_db(&cx->arena, cx->now_ms))),
		       NULL);
}

enum err store_account_rehash(struct ctx *cx, int64_t person_id,
			      const char *old, const char *hash)
{
	return db_exec(cx, &account_rehash,
		       ARGS(db_text(hash), db_i64(person_id), db_text(old)),
		       NULL);
}

enum err store_account_set_language(struct ctx *cx, int64_t person_id,
				    const char *language)
{
	return db_exec(cx, &account_set_language,
		       ARGS(db_text(language), db_i64(person_id)), NULL);
}
