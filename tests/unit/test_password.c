/*
 * Passwords are hashed, compared, and refused when they are too easy.
 */
#include "base/password.h"
#include "check.h"

#include <sodium.h>

static const char *problem(const char *password)
{
	const struct password_policy policy = { .min_length = 12, .kinds = 0 };

	return password_problem(&policy, password, "0012345",
				"hanako.sato@city.example");
}

static void test_hash(void)
{
	struct arena a = { 0 };
	const char *hash = password_hash(&a, "mado no hikari 7");

	CHECK(!strncmp(hash, "$argon2id$", 10));
	CHECK(strlen(hash) < 128);
	CHECK(password_matches(hash, "mado no hikari 7"));
	CHECK(!password_matches(hash, "mado no hikari 8"));
	CHECK(!password_matches(hash, ""));
	CHECK_THAT(!password_matches(NULL, "mado no hikari 7"),
		   "no account has no password");
	CHECK(!password_matches("nonsense", "x"));
	CHECK_THAT(strcmp(hash, password_hash(&a, "mado no hikari 7")) != 0,
		   "two hashes of one password differ");
	arena_release(&a);
}

static void test_outdated(void)
{
	char cheap[crypto_pwhash_STRBYTES];
	struct arena a = { 0 };

	CHECK(!crypto_pwhash_str(cheap, "mado no hikari 7", 16,
				 crypto_pwhash_OPSLIMIT_MIN,
				 crypto_pwhash_MEMLIMIT_MIN));
	CHECK(password_matches(cheap, "mado no hikari 7"));
	CHECK_THAT(password_is_outdated(cheap),
		   "a hash of a lower cost is to be made again");
	CHECK_THAT(!password_is_outdated(password_hash(&a, "x")),
		   "one of today is not");
	CHECK(!password_is_outdated("nonsense"));
	arena_release(&a);
}

static void test_policy(void)
{
	const struct password_policy kinds = { .min_length = 4, .kinds = 3 };

	CHECK_TEXT(problem("mado no hikari"), NULL);
	CHECK_TEXT(problem("窓の光は七つ星の夜に輝く"), NULL);
	CHECK_TEXT(problem("short"), "password.short");
	CHECK_TEXT(problem("窓の光"), "password.short");
	CHECK_TEXT(problem("aaaaaaaaaaaa"), "password.common");
	CHECK_TEXT(problem("123123123123"), "password.common");
	CHECK_TEXT(problem("123456789012"), "password.common");
	CHECK_TEXT(problem("abcdefghijkl"), "password.common");
	CHECK_TEXT(problem("Password1234"), "password.common");
	CHECK_TEXT(problem("x0012345yyzz"), "password.own");
	CHECK_TEXT(problem("x\xef\xbc\x90\xef\xbc\x90"
			   "12345yyzz"),
		   "password.own");
	CHECK_TEXT(problem("Hanako.Sato!!"), "password.own");
	CHECK_TEXT(password_problem(&kinds, "abcd1", NULL, NULL),
		   "password.kinds");
	CHECK_TEXT(password_problem(&kinds, "abC1e", NULL, NULL), NULL);
}

int main(void)
{
	if (sodium_init() < 0)
		return 1;
	test_hash();
	test_outdated();
	test_policy();
	return check_done();
}
