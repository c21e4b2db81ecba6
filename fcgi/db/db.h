/*
 * db.h: prepared statements and rows as plain structs.
 *
 * A statement is a static const struct db_query whose SQL is a literal. Its
 * columns land in fields of a struct; the column type follows from the
 * field's type, so they cannot disagree:
 *
 *   int64_t       BIGINT and every integer; NULL becomes DB_NULL
 *   double        DOUBLE, DECIMAL; NULL becomes NAN
 *   const char *  text, dates, JSON; NULL becomes NULL
 *   struct bytes  VARBINARY, BLOB; NULL becomes { NULL, 0 }
 *
 * Results live in cx->arena. Errors: ERR_NOT_FOUND no row where one is
 * needed, ERR_CONFLICT a unique key is taken, ERR_BAD_REQUEST a check or
 * foreign key refuses the row, ERR_BUSY the database is away or a lock was
 * not had in time, ERR_INTERNAL anything else.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DB_NULL     INT64_MIN
#define DB_MAX_COLS 40

struct bytes {
	const unsigned char *data;
	size_t len;
};

enum db_type { DB_I64, DB_F64, DB_TEXT, DB_BYTES };

struct db_col {
	enum db_type type;
	size_t offset; /* of the field in the row struct */
};

#define DB_TYPE_OF(x) \
	_Generic((x), int64_t           \
		 : DB_I64, double       \
		 : DB_F64, const char * \
		 : DB_TEXT, struct bytes \
		 : DB_BYTES)

/* A column lands in this field of struct T. */
#define COL(T, field)                                           \
	{                                                       \
		DB_TYPE_OF(((T *)0)->field), offsetof(T, field) \
	}

/* One SQL statement. Always static const; the SQL is always a literal. */
struct db_query {
	const char *name; /* for logs and for the test that prepares all */
	const char *sql;
	size_t row_size; /* 0 for statements without a result */
	struct db_col cols[DB_MAX_COLS];
	size_t ncols;
	/*
	 * A read whose result is the same for whoever asks with the same
	 * arguments: a worker keeps it for a second at most, and no longer
	 * than until one of the tables it names is written by this server.
	 * Times among the arguments are rounded down by the caller, or no two
	 * calls are the same. Never used inside transactions.
	 */
	bool remember;
};

/* A parameter. */
struct db_arg {
	enum db_type type;
	bool is_null;
	int64_t i64;
	double f64;
	struct bytes bytes; /* also text */
};

struct db_arg db_i64(int64_t value);      /* DB_NULL is SQL NULL */
struct db_arg db_f64(double value);       /* NAN is SQL NULL */
struct db_arg db_text(const char *value); /* NULL is SQL NULL */
struct db_arg db_bytes(const void *data, size_t len);

/* The parameters of one call: ARGS(db_i64(id), db_text(name)). */
#define ARGS(...)                                                \
	(const struct db_arg[]){ __VA_ARGS__ },                  \
		sizeof((const struct db_arg[]){ __VA_ARGS__ }) / \
			sizeof(struct db_arg)
#define NO_ARGS NULL, 0

/*
 * Connect by config->db_url. The connection object lives until db_close();
 * a server that goes away later is reconnected by itself, outside
 * transactions. ERR_BUSY if the server cannot be reached now; the object is
 * there all the same, and the next statement tries to connect again.
 */
enum err db_open(struct ctx *cx) MUST_USE;
void db_close(struct ctx *cx);

/* All rows into *rows (an array of q->row_size structs), their number in *n. */
enum err db_all(struct ctx *cx, const struct db_query *q,
		const struct db_arg *args, size_t nargs, void *rows,
		size_t *n) MUST_USE;

/* Exactly one row into *row; ERR_NOT_FOUND if there is none. */
enum err db_one(struct ctx *cx, const struct db_query *q,
		const struct db_arg *args, size_t nargs, void *row) MUST_USE;

/* As db_one, but no row is no error: *found says. */
enum err db_maybe(struct ctx *cx, const struct db_query *q,
		  const struct db_arg *args, size_t nargs, void *row,
		  bool *found) MUST_USE;

/*
 * Row by row as the server sends them, never all in memory. The row and what
 * it points to are valid during the call of each() only. each() must not
 * use the database. Used for scans over many submissions.
 */
enum err db_each(struct ctx *cx, const struct db_query *q,
		 const struct db_arg *args, size_t nargs,
		 enum err (*each)(struct ctx *cx, const void *row, void *arg),
		 void *arg) MUST_USE;

/*
 * A statement without a result. *changed: the rows it inserted or deleted, or
 * that an UPDATE's WHERE matched, also where they already had the new values
 * (ON DUPLICATE KEY UPDATE counts 2 for a changed row). changed may be NULL.
 */
enum err db_exec(struct ctx *cx, const struct db_query *q,
		 const struct db_arg *args, size_t nargs,
		 int64_t *changed) MUST_USE;

/* INSERT; the new AUTO_INCREMENT value in *id. */
enum err db_insert(struct ctx *cx, const struct db_query *q,
		   const struct db_arg *args, size_t nargs,
		   int64_t *id) MUST_USE;

/*
 * Run body in one transaction: committed when it returns OK, rolled back
 * otherwise. body may run again from the start after a deadlock, a lock not
 * had in time or a lost connection before commit (at most 5 times), so it
 * must not have effects outside the database. Transactions do not nest:
 * inside one, db_transact() just calls body.
 *
 * When the connection breaks while the server has the COMMIT, nobody knows
 * whether it happened. That is ERR_BUSY, and body does not run again: what
 * must happen exactly once carries a key of its own (a form key), so that the
 * visitor can send it again and find what is already there.
 */
enum err db_transact(struct ctx *cx,
		     enum err (*body)(struct ctx *cx, void *arg),
		     void *arg) MUST_USE;

/*
 * A block of statements (BEGIN NOT ATOMIC ... END) that begins and commits a
 * transaction of its own and rolls it back at any error: as db_transact(),
 * in one way to the server. Never inside a transaction, which it would end.
 */
enum err db_transact_one(struct ctx *cx, const struct db_query *q,
			 const struct db_arg *args, size_t nargs) MUST_USE;

/* Inside db_transact(). */
bool db_in_transaction(const struct ctx *cx);

/*
 * Step 8 of every request: whatever is still open is rolled back, and
 * remembered results make room when they take too much.
 */
void db_settle(struct ctx *cx);

/*
 * From now on this process and its children tell each other which tables they
 * wrote, and results are remembered. Without it (commands, jobs, tests)
 * nothing is. Called once, before the first fork; false: no memory for it.
 */
bool db_share_changes(void);

#define DB_READS_TABLES 64

/*
 * What a piece of work rests on: all that it read. Which tables that is comes
 * from the SQL of its statements, so nothing can be forgotten. To the caller
 * its members mean nothing.
 */
struct db_reads {
	unsigned char tables[DB_READS_TABLES]; /* numbers of counters */
	size_t n;
	uint64_t stamp;
	int64_t oldest_ms; /* of the machine's clock */
	bool is_known;     /* false: it wrote, say, or too much was read */
};

/* Note in r what is read from here on, until db_reads_end(). Not nested. */
void db_reads_begin(struct ctx *cx, struct db_reads *r);
void db_reads_end(struct ctx *cx);

/*
 * What came of it holds as long as a remembered result does: the oldest
 * read is less than a second old, and no table was written by this server
 * since. False where nothing is remembered.
 */
bool db_reads_hold(const struct db_reads *r);

/* Prepare q without running it: for the test that prepares every statement. */
enum err db_prepare_only(struct ctx *cx, const struct db_query *q) MUST_USE;

#endif
