/*
 * password.h: hash a password, check one against its hash.
 *
 * Argon2id by libsodium, with parameters that take about 60 ms of a core:
 * slow enough for guessing, fast enough for a class of 60 that signs in at
 * once. The memory of a computation goes back to the system at its end.
 */
#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define PASSWORD_MAX 200 /* bytes; longer ones are refused by the forms */

/* Hash for account.password_hash, with its parameters inside; lives in a. */
const char *password_hash(struct arena *a, const char *password);

/*
 * The password belongs to the hash. hash NULL (no such account, or one that
 * cannot sign in): the same time passes and the answer is no.
 */
bool password_matches(const char *hash, const char *password);

/* The hash was made at another cost than is asked now: make it again. */
bool password_is_outdated(const char *hash);

/* What an installation asks of a new password; counts of code points. */
struct password_policy {
	size_t min_length;
	int kinds; /* of lower, upper, digit, sign: at least so many */
};

/*
 * NULL if the password may be used, else the key of the text that says why
 * not: password.short, password.long, password.kinds, password.own (it holds
 * the staff number or the name part of the address), password.common.
 */
const char *password_problem(const struct password_policy *policy,
			     const char *password, const char *staff_number,
			     const char *email);

#endif
