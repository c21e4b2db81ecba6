/*
 * db_inside.h: what the files of db/ share. Nobody else includes it.
 *
 * db_connect.c keeps the connection, db_bind.c moves values between structs
 * and the wire, db_run.c runs statements, db_transact.c transactions. Only
 * LONGLONG, DOUBLE, STRING and BLOB are bound: the four types where the size
 * of the C variable cannot disagree with what the library writes into it.
 */
#ifndef DB_DB_INSIDE_H
#define DB_DB_INSIDE_H

#include "db/db.h"
#include "db/db_address.h"

#include <mysql.h>

/* Bytes of a column that arrive without a second call to the library. */
#define DB_DIRECT 1000

#define DB_BUCKETS 256

/* A statement as this connection has prepared it. */
struct db_stmt {
	const struct db_query *query; /* the key: its address */
	MYSQL_STMT *handle;           /* NULL: to be prepared (again) */
	struct db_stmt *next;         /* in the same bucket */
};

/* Where one column of the row at hand arrives. */
struct db_slot {
	int64_t i64;
	double f64;
	unsigned long len;
	my_bool is_null, is_cut;
	char *spill; /* for longer values while streaming; in cx->arena */
	size_t spill_cap;
	char direct[DB_DIRECT + 1];
};

struct db {
	struct arena arena; /* of this object and its statements */
	struct db_address address;
	MYSQL *mysql; /* NULL: not connected */
	bool in_transaction;
	bool is_doomed;    /* the transaction at hand can only be rolled back */
	bool is_streaming; /* between the rows of db_each() */
	unsigned error;    /* of the library or server, last failure */
	struct db_stmt *buckets[DB_BUCKETS];
	MYSQL_BIND *in; /* parameters of the statement at hand */
	size_t nin;
	/* One result at a time is read, so one row of slots is enough. */
	MYSQL_BIND out[DB_MAX_COLS];
	struct db_slot slots[DB_MAX_COLS];
};

/* Connected and alive, or reconnected, or ERR_BUSY. */
enum err db_ready(struct ctx *cx) MUST_USE;

/* Close the connection; the next db_ready() opens another. */
void db_drop(struct db *db);

/* The connection is gone for this error number. */
bool db_is_lost(unsigned error);

/* The statement never began for this error number: it may run again. */
bool db_never_ran(unsigned error);

/*
 * Record a failure of the server or library and give back its code. what:
 * name of the query or step. The log gets the server's sentence only where
 * it cannot hold a value that somebody typed.
 */
enum err db_fail(struct ctx *cx, const char *what, unsigned error,
		 const char *sentence) MUST_USE;

/* Parameters into db->in, and from there to the statement. */
bool db_bind_args(struct db *db, MYSQL_STMT *st, const struct db_arg *args,
		  size_t nargs);

/* Columns of q into db->slots. */
bool db_bind_row(struct db *db, MYSQL_STMT *st, const struct db_query *q);

/*
 * The row at hand into *row. copy: texts are copied to cx->arena; otherwise
 * they are valid until the next row.
 */
enum err db_land_row(struct ctx *cx, MYSQL_STMT *st, const struct db_query *q,
		     void *row, bool copy) MUST_USE;

#endif
