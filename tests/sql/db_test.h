/*
 * db_test.h: what every SQL test begins with.
 *
 * Run by tests/with-mariadb, which gives DB_URL and MIGRATE_DB_URL.
 */
#ifndef DB_TEST_H
#define DB_TEST_H

#include "base/config.h"
#include "base/json_arena.h"
#include "check.h"
#include "db/db.h"

#include <sodium.h>
#include <stdlib.h>

/* One context with a connection of its own. */
struct test_db {
	struct arena arena;
	struct config config;
	struct ctx cx;
};

/* variable: "DB_URL" to serve, "MIGRATE_DB_URL" to change tables. */
static inline void test_db_open(struct test_db *t, const char *variable)
{
	const char *wrong;

	memset(t, 0, sizeof(*t));
	if (sodium_init() < 0 || !getenv(variable)) {
		printf("Bail out! run me by tests/with-mariadb\n");
		exit(1);
	}
	wrong = config_read(&t->arena, &t->config);
	if (wrong) {
		printf("Bail out! %s\n", wrong);
		exit(1);
	}
	json_arena_install(); /* as in main(): nothing to free, no leaks */
	t->config.db_url = getenv(variable);
	t->cx.config = &t->config;
	ctx_begin(&t->cx);
	if (db_open(&t->cx) != OK) {
		printf("Bail out! %s\n", t->cx.fault.text);
		exit(1);
	}
}

static inline void test_db_close(struct test_db *t)
{
	db_close(&t->cx);
	arena_release(&t->cx.arena);
	arena_release(&t->arena);
}

/* The call gives OK; otherwise its fault is shown. */
#define CHECK_OK(cx, call)                                            \
	do {                                                          \
		if (!check_((call) == OK, #call, __FILE__, __LINE__)) \
			printf("# %s\n", (cx)->fault.text);           \
	} while (0)

/* The call gives this error; the fault is forgotten afterwards. */
#define CHECK_ERR(cx, call, code)                                         \
	do {                                                              \
		if (!check_((call) == (code), #call, __FILE__, __LINE__)) \
			printf("# %s\n", (cx)->fault.text);               \
		ctx_forgive(cx);                                          \
	} while (0)

#endif
