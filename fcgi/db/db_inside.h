/*
 * db_inside.h: what the files of db/ share. Nobody else includes it.
 *
 * db_connect.c keeps the connection, db_bind.c moves values between structs
 * and the wire, db_run.c runs statements, db_transact.c transactions,
 * db_changes.c knows what was written, db_remember.c what was read,
 * db_reads.c what a piece of work rests on. Only LONGLONG, DOUBLE, STRING and
 * BLOB are bound: the four types where the size of the C variable cannot
 * disagree with what the library writes into it.
 */
#ifndef DB_DB_INSIDE_H
#define DB_DB_INSIDE_H

#include "db/db.h"
#include "db/db_address.h"

#include <mysql.h>

/* Bytes of a column that arrive without a second call to the library. */
#define DB_DIRECT 1000

#define DB_BUCKETS 256

/* Tables share this many counters; two of one counter is no harm. */
#define DB_COUNTERS   256
#define DB_MAX_TABLES 24 /* that one statement names */

/* The tables that a statement names, as numbers of counters. */
struct db_tables {
	unsigned char list[DB_MAX_TABLES];
	size_t n;
	bool too_many;
};

/* A statement as this connection has prepared it. */
struct db_stmt {
	const struct db_query *query; /* the key: its address */
	MYSQL_STMT *handle;           /* NULL: to be prepared (again) */
	struct db_tables tables;
	bool only_reads;
	struct db_stmt *next; /* in the same bucket */
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
	struct db_memory *memory;  /* remembered results; NULL: none */
	struct db_reads *reads;    /* of the work at hand; NULL: no matter */
	bool has_changed;          /* the transaction at hand wrote */
	bool changed[DB_COUNTERS]; /* to these */
	MYSQL_BIND *in;            /* parameters of the statement at hand */
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
/* InnoDB says of a disk without room that the table is full. */
bool db_is_full(unsigned error);

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

/* The connection's place for q; made at the first use. */
struct db_stmt *db_stmt_of(struct db *db, const struct db_query *q);

/* The tables behind FROM, JOIN, INTO and UPDATE, and other words: no harm. */
struct db_tables db_tables_of(const char *sql);

/* Changes are shared, so results can be remembered. */
bool db_shares_changes(void);

/* A number that grows with every change of one of the tables. */
uint64_t db_stamp(const struct db_tables *tables);

/* The same of one counter. */
uint64_t db_counter(size_t i);

/* Tables were written: told at once, or when the transaction has ended. */
void db_note_change(struct db *db, const struct db_tables *tables);
void db_tell_changes(struct db *db);

/* What is asked: made before the read, so that a change meanwhile counts. */
struct db_question {
	const struct db_query *q;
	const struct db_arg *args;
	size_t nargs;
	bool is_kept; /* the result may be remembered */
	uint64_t hash, stamp;
	int64_t now_ms; /* of the machine's clock */
};

struct db_question db_question(struct ctx *cx, const struct db_query *q,
			       const struct db_arg *args, size_t nargs);

/*
 * The result from memory, if it is there and holds: rows, copied to cx->arena;
 * their texts stay in the memory until db_settle().
 */
bool db_recall(struct ctx *cx, const struct db_question *ask, char **rows,
	       size_t *n);
void db_remember(struct ctx *cx, const struct db_question *ask,
		 const void *rows, size_t n);

/* What was read then still holds now, if nothing was written. */
bool db_is_recent(int64_t read_ms, int64_t now_ms);

/* The work at hand reads these tables now, or gets what was read then. */
void db_note_reads(struct db *db, const struct db_tables *tables,
		   int64_t read_ms);

/* The work at hand does what nobody can follow. */
void db_lose_reads(struct db *db);

/* Forget everything when it is too much; at the end of a request. */
void db_make_room(struct db *db);
size_t db_remembered(const struct db *db); /* bytes */
void db_forget_all(struct db *db);

/*
 * The row at hand into *row. copy: texts are copied to cx->arena; otherwise
 * they are valid until the next row.
 */
enum err db_land_row(struct ctx *cx, MYSQL_STMT *st, const struct db_query *q,
		     void *row, bool copy) MUST_USE;

#endif
