/*
 * db_address.h: where a database is and as whom we go there.
 */
#ifndef DB_DB_ADDRESS_H
#define DB_DB_ADDRESS_H

#include "base/arena.h"

struct db_address {
	const char *user, *password; /* "" where the address has none */
	const char *host;            /* NULL: by socket */
	unsigned port;
	const char *socket; /* NULL: by host and port */
	const char *name;   /* of the database */
};

/*
 * Read "mariadb://user:password@host:port/name" or
 * "mariadb:///name?socket=/path&user=u&password=p"; %xx stands for a byte.
 * The strings of *out live in a. NULL, or one sentence saying what is wrong
 * with it, which never repeats the password.
 */
const char *db_address_read(struct arena *a, const char *url,
			    struct db_address *out);

#endif
