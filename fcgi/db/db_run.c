#include "base/clock.h"
#include "db/db_inside.h"

#include <string.h>
#include <strings.h>

static bool only_reads(const struct db_query *q)
{
	return !strncasecmp(q->sql, "SELECT", 6) ||
	       !strncasecmp(q->sql, "WITH", 4) || q->sql[0] == '(';
}

struct db_stmt *db_stmt_of(struct db *db, const struct db_query *q)
{
	const size_t bucket = (uintptr_t)q / sizeof(void *) % DB_BUCKETS;
	struct db_stmt *s = db->buckets[bucket];

	while (s && s->query != q)
		s = s->next;
	if (!s) {
		s = ARENA_NEW(&db->arena, struct db_stmt);
		s->query = q;
		s->tables = db_tables_of(q->sql);
		s->only_reads = only_reads(q);
		s->next = db->buckets[bucket];
		db->buckets[bucket] = s;
	}
	return s;
}

static void forget(struct db_stmt *s)
{
	if (s->handle)
		mysql_stmt_close(s->handle);
	s->handle = NULL;
}

/* 0, or the error number of the server. */
static unsigned prepare(struct db *db, struct db_stmt *s)
{
	unsigned error;

	if (s->handle)
		return 0;
	s->handle = mysql_stmt_init(db->mysql);
	if (!s->handle)
		return mysql_errno(db->mysql);
	if (!mysql_stmt_prepare(s->handle, s->query->sql,
				strlen(s->query->sql)))
		return 0;
	error = mysql_stmt_errno(s->handle);
	return error;
}

/* The C side of a statement agrees with its SQL. */
static enum err check_shape(struct ctx *cx, const struct db_stmt *s,
			    size_t nargs)
{
	const struct db_query *q = s->query;

	if (mysql_stmt_param_count(s->handle) != nargs)
		return FAIL(cx, ERR_INTERNAL, "%s: %zu arguments for %lu ?",
			    q->name, nargs, mysql_stmt_param_count(s->handle));
	if (mysql_stmt_field_count(s->handle) != q->ncols ||
	    q->ncols > DB_MAX_COLS)
		return FAIL(cx, ERR_INTERNAL, "%s: %zu fields for %u columns",
			    q->name, q->ncols,
			    mysql_stmt_field_count(s->handle));
	return OK;
}

/* One attempt at a statement. */
struct attempt {
	struct db_stmt *stmt;
	unsigned error; /* 0: executed, rows wait to be fetched */
	bool was_sent;  /* the server may have begun it */
};

static enum err attempt(struct ctx *cx, const struct db_query *q,
			const struct db_arg *args, size_t nargs,
			struct attempt *at)
{
	struct db *db = cx->db;

	at->stmt = db_stmt_of(db, q);
	at->was_sent = false;
	at->error = prepare(db, at->stmt);
	if (at->error)
		return OK;
	TRY(check_shape(cx, at->stmt, nargs));
	/* Before the read, so that a change meanwhile counts. */
	if (at->stmt->only_reads && !db->in_transaction)
		db_note_reads(db, &at->stmt->tables, clock_real());
	else
		db_lose_reads(db);
	at->was_sent = true;
	if (!db_bind_args(db, at->stmt->handle, args, nargs) ||
	    mysql_stmt_execute(at->stmt->handle))
		at->error = mysql_stmt_errno(at->stmt->handle);
	/* Also after an error: it may have happened all the same. */
	if (!at->stmt->only_reads)
		db_note_change(db, &at->stmt->tables);
	return OK;
}

/* Sending it once more cannot make it happen twice. */
static bool may_repeat(const struct db *db, const struct attempt *at)
{
	if (!db_is_lost(at->error))
		return db_never_ran(at->error);
	if (db->in_transaction)
		return false; /* its earlier statements are lost as well */
	return !at->was_sent || db_never_ran(at->error) || at->stmt->only_reads;
}

/*
 * Prepared, bound and executed; rows, if any, wait to be fetched. A
 * connection that was lost before the statement began is opened again and the
 * statement sent once more; so is a read that was interrupted.
 */
static enum err start(struct ctx *cx, const struct db_query *q,
		      const struct db_arg *args, size_t nargs, MYSQL_STMT **out)
{
	struct attempt at;
	enum err e = OK;

	for (int n = 1; n <= 2; n++) {
		bool again;

		TRY(db_ready(cx));
		TRY(attempt(cx, q, args, nargs, &at));
		if (!at.error) {
			*out = at.stmt->handle;
			return OK;
		}
		cx->db->error = at.error;
		again = n == 1 && may_repeat(cx->db, &at);
		if (!again)
			e = db_fail(cx, q->name, at.error,
				    at.stmt->handle
					    ? mysql_stmt_error(at.stmt->handle)
					    : "");
		if (again || !at.was_sent)
			forget(at.stmt);
		if (db_is_lost(at.error))
			db_drop(cx->db);
		if (!again)
			break;
	}
	return e;
}

/* The next row, if there is one, into the slots. */
static enum err fetch(struct ctx *cx, MYSQL_STMT *st, const struct db_query *q,
		      bool *found)
{
	const int rc = mysql_stmt_fetch(st);
	enum err e;

	*found = rc == 0 || rc == MYSQL_DATA_TRUNCATED;
	if (*found || rc == MYSQL_NO_DATA)
		return OK;
	cx->db->error = mysql_stmt_errno(st);
	e = db_fail(cx, q->name, cx->db->error, mysql_stmt_error(st));
	if (db_is_lost(cx->db->error))
		db_drop(cx->db);
	return e;
}

/* Whatever rows are left are thrown away, so the line is free again. */
static enum err finish(struct ctx *cx, MYSQL_STMT *st, enum err e)
{
	if (cx->db->mysql)
		mysql_stmt_free_result(st);
	return e;
}

static enum err begin_rows(struct ctx *cx, const struct db_query *q,
			   const struct db_arg *args, size_t nargs,
			   MYSQL_STMT **st)
{
	if (!q->row_size)
		return FAIL(cx, ERR_INTERNAL, "%s: has no rows", q->name);
	TRY(start(cx, q, args, nargs, st));
	if (!db_bind_row(cx->db, *st, q))
		return finish(cx, *st,
			      db_fail(cx, q->name, mysql_stmt_errno(*st),
				      mysql_stmt_error(*st)));
	return OK;
}

static enum err read_all(struct ctx *cx, MYSQL_STMT *st,
			 const struct db_query *q, char **rows, size_t *n)
{
	size_t cap = 16;
	bool found;

	*rows = arena_calloc(&cx->arena, cap, q->row_size);
	for (*n = 0;; ++*n) {
		TRY(fetch(cx, st, q, &found));
		if (!found)
			return OK;
		if (*n == cap) {
			char *more =
				arena_calloc(&cx->arena, cap * 2, q->row_size);

			memcpy(more, *rows, cap * q->row_size);
			*rows = more;
			cap *= 2;
		}
		TRY(db_land_row(cx, st, q, *rows + *n * q->row_size, true));
	}
}

enum err db_all(struct ctx *cx, const struct db_query *q,
		const struct db_arg *args, size_t nargs, void *rows, size_t *n)
{
	const struct db_question ask = db_question(cx, q, args, nargs);
	MYSQL_STMT *st = NULL;
	char *list = NULL;
	enum err e = OK;

	if (!db_recall(cx, &ask, &list, n)) {
		TRY(begin_rows(cx, q, args, nargs, &st));
		e = finish(cx, st, read_all(cx, st, q, &list, n));
		if (e == OK)
			db_remember(cx, &ask, list, *n);
	}
	memcpy(rows, &list, sizeof(list));
	return e;
}

static enum err read_single(struct ctx *cx, MYSQL_STMT *st,
			    const struct db_query *q, void *row, bool *found)
{
	bool second = false;

	TRY(fetch(cx, st, q, found));
	if (!*found)
		return OK;
	TRY(db_land_row(cx, st, q, row, true));
	TRY(fetch(cx, st, q, &second));
	if (second)
		return FAIL(cx, ERR_INTERNAL, "%s: more than one row", q->name);
	return OK;
}

enum err db_maybe(struct ctx *cx, const struct db_query *q,
		  const struct db_arg *args, size_t nargs, void *row,
		  bool *found)
{
	const struct db_question ask = db_question(cx, q, args, nargs);
	MYSQL_STMT *st = NULL;
	char *list = NULL;
	size_t n;

	*found = false;
	if (db_recall(cx, &ask, &list, &n)) {
		*found = n > 0;
		if (n > 0)
			memcpy(row, list, q->row_size);
		return OK;
	}
	TRY(begin_rows(cx, q, args, nargs, &st));
	TRY(finish(cx, st, read_single(cx, st, q, row, found)));
	db_remember(cx, &ask, row, *found);
	return OK;
}

enum err db_one(struct ctx *cx, const struct db_query *q,
		const struct db_arg *args, size_t nargs, void *row)
{
	bool found;

	TRY(db_maybe(cx, q, args, nargs, row, &found));
	if (!found)
		return FAIL(cx, ERR_NOT_FOUND, "%s: no row", q->name);
	return OK;
}

enum err db_each(struct ctx *cx, const struct db_query *q,
		 const struct db_arg *args, size_t nargs,
		 enum err (*each)(struct ctx *cx, const void *row, void *arg),
		 void *arg)
{
	MYSQL_STMT *st = NULL;
	void *row = arena_alloc(&cx->arena, q->row_size);
	bool found = true;
	enum err e = OK;

	TRY(begin_rows(cx, q, args, nargs, &st));
	cx->db->is_streaming = true;
	while (e == OK) {
		e = fetch(cx, st, q, &found);
		if (e != OK || !found)
			break;
		e = db_land_row(cx, st, q, row, false);
		if (e == OK)
			e = each(cx, row, arg);
	}
	cx->db->is_streaming = false;
	return finish(cx, st, e);
}

enum err db_exec(struct ctx *cx, const struct db_query *q,
		 const struct db_arg *args, size_t nargs, int64_t *changed)
{
	MYSQL_STMT *st = NULL;

	TRY(start(cx, q, args, nargs, &st));
	if (changed)
		*changed = (int64_t)mysql_stmt_affected_rows(st);
	return OK;
}

enum err db_insert(struct ctx *cx, const struct db_query *q,
		   const struct db_arg *args, size_t nargs, int64_t *id)
{
	MYSQL_STMT *st = NULL;

	TRY(start(cx, q, args, nargs, &st));
	*id = (int64_t)mysql_stmt_insert_id(st);
	return OK;
}

enum err db_prepare_only(struct ctx *cx, const struct db_query *q)
{
	struct db_stmt *s;
	enum err e;

	TRY(db_ready(cx));
	s = db_stmt_of(cx->db, q);
	cx->db->error = prepare(cx->db, s);
	if (cx->db->error)
		e = db_fail(cx, q->name, cx->db->error,
			    s->handle ? mysql_stmt_error(s->handle) : "");
	else
		e = check_shape(cx, s, mysql_stmt_param_count(s->handle));
	forget(s);
	return e;
}
