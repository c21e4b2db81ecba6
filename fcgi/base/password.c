#include "base/password.h"

#include "base/text.h"

#include <sodium.h>
#include <string.h>

/*
 * libsodium's interactive parameters: about 60 ms of a core, measured. A hash
 * carries its parameters, so old ones stay valid when these change, and are
 * made again when their owner signs in.
 */
#define OPS    crypto_pwhash_OPSLIMIT_INTERACTIVE
#define MEMORY crypto_pwhash_MEMLIMIT_INTERACTIVE

const char *password_hash(struct arena *a, const char *password)
{
	char *out = arena_alloc(a, crypto_pwhash_STRBYTES);

	/* It fails only for want of memory; see arena.h for what follows. */
	if (crypto_pwhash_str(out, password, strlen(password), OPS, MEMORY))
		arena_alloc(a, SIZE_MAX);
	return out;
}

bool password_matches(const char *hash, const char *password)
{
	/* The hash of 32 random bytes: nobody knows a password for it. */
	static char dummy[crypto_pwhash_STRBYTES];
	bool good;

	if (!hash && !*dummy) {
		unsigned char bytes[32];

		randombytes_buf(bytes, sizeof(bytes));
		if (crypto_pwhash_str(dummy, (const char *)bytes, sizeof(bytes),
				      OPS, MEMORY))
			return false;
	}
	good = !crypto_pwhash_str_verify(hash ? hash : dummy, password,
					 strlen(password));
	return hash && good;
}

bool password_is_outdated(const char *hash)
{
	/* Below 0 it is no hash at all, and nobody signs in by it. */
	return crypto_pwhash_str_needs_rehash(hash, OPS, MEMORY) > 0;
}

/* How many of lower, upper, digit and other are there. */
static int count_kinds(const char *s)
{
	bool has[4] = { false };

	for (; *s; s++) {
		if (*s >= 'a' && *s <= 'z')
			has[0] = true;
		else if (*s >= 'A' && *s <= 'Z')
			has[1] = true;
		else if (*s >= '0' && *s <= '9')
			has[2] = true;
		else
			has[3] = true;
	}
	return has[0] + has[1] + has[2] + has[3];
}

/* One character or a short run over and over: "aaaa", "12341234". */
static bool is_repeated(const char *s)
{
	const size_t n = strlen(s);

	for (size_t run = 1; run <= 4 && run * 2 <= n; run++)
		if (!memcmp(s, s + run, n - run))
			return true;
	return false;
}

/* Steps of one all the way: "123456789012", "abcdefghijkl". */
static bool is_row(const char *s)
{
	int same = 0, steps = 0;

	for (; s[0] && s[1]; s++, steps++)
		same += s[1] - s[0] == 1 || s[1] - s[0] == -1 ||
			(s[0] == '9' && s[1] == '0');
	return steps > 0 && same == steps;
}

/* What everybody tries first, inside a longer password too. */
static bool is_common(struct arena *a, const char *password)
{
	static const char *const words[] = {
		"password", "passw0rd", "qwerty",   "terakoya",
		"letmein",  "admin123", "iloveyou",
	};
	const char *key = text_search_key(a, password);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(key, words[i]) && strlen(key) < strlen(words[i]) + 5)
			return true;
	return is_repeated(password) || is_row(password);
}

/* The password holds that word, in whatever case. */
static bool holds(struct arena *a, const char *password, const char *word,
		  size_t n)
{
	const char *key;

	if (!word || n < 4)
		return false;
	key = text_search_key(a, arena_strndup(a, word, n));
	return *key && strstr(text_search_key(a, password), key);
}

const char *password_problem(const struct password_policy *policy,
			     const char *password, const char *staff_number,
			     const char *email)
{
	struct arena a = { 0 };
	const char *key = NULL;

	if (text_length(password) < policy->min_length)
		key = "password.short";
	else if (strlen(password) > PASSWORD_MAX)
		key = "password.long";
	else if (count_kinds(password) < policy->kinds)
		key = "password.kinds";
	else if (holds(&a, password, staff_number,
		       staff_number ? strlen(staff_number) : 0) ||
		 holds(&a, password, email, email ? strcspn(email, "@") : 0))
		key = "password.own";
	else if (is_common(&a, password))
		key = "password.common";
	arena_release(&a);
	return key;
}
