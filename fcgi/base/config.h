/*
 * config.h: what an installation sets, read once at start-up.
 *
 * Values come from the environment (names below) or from the file named by
 * TERAKOYA_CONFIG ("NAME=value" lines, # comments); the environment wins.
 * Settings that people change at run time (k, windows, policies) are rows of
 * the table "setting", not configuration.
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct config {
	const char *var;     /* VAR: data and sockets; "var" */
	const char *content; /* CONTENT: content folder; "content" */
	const char *assets;  /* ASSETS: built static files; "build/static" */
	const char *sql;     /* SQL: migrations folder; "sql" */
	/*
	 * DB_URL: "mariadb://user:password@host:port/name" or
	 * "mariadb:///name?socket=/path&user=u"; default the private server
	 * at VAR/mariadb/sock, database terakoya.
	 */
	const char *db_url;
	/*
	 * MIGRATE_DB_URL: the account that may change tables; default the
	 * private server's, or DB_URL where that is set.
	 */
	const char *migrate_url;
	const char *socket;     /* SOCKET: FastCGI socket; VAR/terakoya.sock */
	const char *dictionary; /* DICTIONARY: folder of MeCab's; NULL: the
				   one of Debian's mecab-ipadic-utf8 */
	int workers;            /* WORKERS: 0 = 2 x cores, at least 4 */
	int requests;           /* REQUESTS: a worker retires after; 10000 */
	bool secure_cookies;    /* SECURE_COOKIES: 1 behind TLS; 0 */
	const unsigned char *secret; /* 32 bytes of VAR/secret, made once */
	int64_t now_ms; /* TERAKOYA_NOW (ISO, tests only): clock set here; 0 */
};

/*
 * Read environment and file into c; strings live in a. Makes VAR/secret
 * (mode 0600) when it is not there. NULL, or one sentence saying what is
 * wrong (lives in a).
 */
const char *config_read(struct arena *a, struct config *c);

#endif
