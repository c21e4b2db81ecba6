/*
 * store_account.h: what is needed to sign in.
 */
#ifndef STORE_STORE_ACCOUNT_H
#define STORE_STORE_ACCOUNT_H

#include "db/db.h"

struct account {
	int64_t person_id;
	const char *staff_number, *email; /* NULL where there is none */
	const char *password_hash;        /* NULL: cannot sign in */
	const char *language;             /* "ja", "en" or NULL */
	int64_t must_set;
	int64_t is_disabled; /* also 1 for somebody who left */
};

/*
 * The account of a staff number (as text_code() writes it) or of an e-mail
 * address in lower case. *found false: none, which a visitor must not learn.
 */
enum err store_account_by_login(struct ctx *cx, const char *code,
				const char *email, struct account *account,
				bool *found) MUST_USE;
enum err store_account_find(struct ctx *cx, int64_t person_id,
			    struct account *account) MUST_USE;

/*
 * Look at an account for one attempt to sign in and keep its row until the
 * transaction ends, so that attempts on one account come one after the other
 * and none slips past the limit. *locked is true when it may not be tried
 * now, also for person_id 0 (nobody), which costs the same time.
 */
enum err store_account_lock(struct ctx *cx, int64_t person_id,
			    bool *locked) MUST_USE;

/* A wrong password: the failures-th in a row locks the account for lock_ms. */
enum err store_account_bad(struct ctx *cx, int64_t person_id, int64_t failures,
			   int64_t lock_ms) MUST_USE;

/* A right one: nothing counts against the account any more. */
enum err store_account_good(struct ctx *cx, int64_t person_id) MUST_USE;

/*
 * Set a password; must_set asks for a new one at the next sign-in. Somebody
 * who had no account has one now.
 */
enum err store_account_set_password(struct ctx *cx, int64_t person_id,
				    const char *hash, bool must_set) MUST_USE;

/*
 * Keep a hash of the same password, made at another cost, in the place of old.
 * Nothing happens where old is not the hash any more: the password was changed
 * meanwhile.
 */
enum err store_account_rehash(struct ctx *cx, int64_t person_id,
			      const char *old, const char *hash) MUST_USE;

/* "ja" or "en". */
enum err store_account_set_language(struct ctx *cx, int64_t person_id,
				    const char *language) MUST_USE;

extern const struct db_query *const store_account_queries[];

#endif
