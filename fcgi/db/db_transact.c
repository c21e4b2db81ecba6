#include "base/log.h"
#include "db/db_inside.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

#define ATTEMPTS 5

static enum err say(struct ctx *cx, const char *words)
{
	struct db *db = cx->db;

	if (!mysql_real_query(db->mysql, words, strlen(words)))
		return OK;
	db->error = mysql_errno(db->mysql);
	return db_fail(cx, words, db->error, mysql_error(db->mysql));
}

/* Back to no transaction, whatever state the connection is in. */
static void undo(struct db *db)
{
	if (db->mysql && (db_is_lost(db->error) || mysql_rollback(db->mysql)))
		db_drop(db);
	db->in_transaction = false;
	db->is_doomed = false;
	db_tell_changes(db);
}

/* Others' transactions end within milliseconds; no two wait equally long. */
static void wait_a_little(int attempt)
{
	const struct timespec t = {
		.tv_nsec = (long)(1 + randombytes_uniform(10u *
							  (unsigned)attempt)) *
			   1000000L
	};

	nanosleep(&t, NULL);
}

static void say_again(const struct ctx *cx, int attempt)
{
	log_event("db", "id=%s error=%u attempt=%d text=\"%s\"", cx->request_id,
		  cx->db->error, attempt, "transaction begins again");
}

static enum err begin(struct ctx *cx)
{
	struct db *db = cx->db;

	TRY(db_ready(cx));
	db->error = 0;
	TRY(say(cx, "START TRANSACTION"));
	db->in_transaction = true;
	db->is_doomed = false;
	return OK;
}

/* *unsure: the line broke while the server had the word; nobody knows. */
static enum err commit(struct ctx *cx, bool *unsure)
{
	struct db *db = cx->db;
	enum err e;

	if (db->is_doomed || !db->mysql)
		return FAIL(cx, ERR_BUSY, "transaction was lost");
	e = say(cx, "COMMIT");
	*unsure = e != OK && db_is_lost(db->error) && !db_never_ran(db->error);
	if (e == OK) {
		db->in_transaction = false;
		db_tell_changes(db);
	}
	return e;
}

enum err db_transact(struct ctx *cx,
		     enum err (*body)(struct ctx *cx, void *arg), void *arg)
{
	const struct fault before = cx->fault;
	struct db *db = cx->db;

	if (!db)
		return FAIL(cx, ERR_INTERNAL, "db_open was not called");
	if (db->in_transaction)
		return body(cx, arg);
	for (int attempt = 1;; attempt++) {
		bool unsure = false, again;
		enum err e;

		TRY(begin(cx));
		e = body(cx, arg);
		if (e == OK)
			e = commit(cx, &unsure);
		if (e == OK)
			return OK;
		again = (db->is_doomed || db_is_lost(db->error)) && !unsure &&
			attempt < ATTEMPTS;
		undo(db);
		if (!again)
			return e;
		say_again(cx, attempt);
		cx->fault = before;
		wait_a_little(attempt);
	}
}

bool db_in_transaction(const struct ctx *cx)
{
	return cx->db && cx->db->in_transaction;
}

enum err db_transact_one(struct ctx *cx, const struct db_query *q,
			 const struct db_arg *args, size_t nargs)
{
	const struct fault before = cx->fault;

	if (db_in_transaction(cx))
		return FAIL(cx, ERR_INTERNAL, "%s: in a transaction", q->name);
	for (int attempt = 1;; attempt++) {
		const enum err e = db_exec(cx, q, args, nargs, NULL);

		if (e != ERR_BUSY || db_is_lost(cx->db->error) ||
		    db_is_full(cx->db->error) || attempt == ATTEMPTS)
			return e;
		say_again(cx, attempt);
		cx->fault = before;
		wait_a_little(attempt);
	}
}

void db_settle(struct ctx *cx)
{
	if (!cx->db)
		return;
	db_make_room(cx->db);
	if (!cx->db->in_transaction)
		return;
	log_event("db", "id=%s text=\"a transaction was left open\"",
		  cx->request_id);
	cx->db->error = 0;
	undo(cx->db);
}
