#include "base/config.h"
#include "base/log.h"
#include "db/db_inside.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#define CONNECT_SECONDS 3
/* A scan of a jobs process may be silent for long before its first row. */
#define READ_SECONDS 300

/*
 * Every connection speaks the same: UTF-8 in kana order, UTC, strict. READ
 * COMMITTED, because a booking first locks the session's row and then counts:
 * each statement must see what was committed before the lock was had, not a
 * snapshot from before the wait. It also takes no gap locks, so two inserts
 * into one session's bookings do not deadlock. A lock is waited for briefly:
 * db_transact() tries again, and a visitor should not wait for longer.
 */
static const char *const session[] = {
	"SET NAMES utf8mb4 COLLATE utf8mb4_uca1400_as_ci",
	"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
	"SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,"
	"NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',"
	" time_zone = '+00:00', innodb_lock_wait_timeout = 3,"
	" autocommit = 1",
};

bool db_is_lost(unsigned error)
{
	switch (error) {
	case CR_CONNECTION_ERROR:
	case CR_CONN_HOST_ERROR:
	case CR_SERVER_GONE_ERROR:
	case CR_SERVER_LOST:
	case CR_SERVER_LOST_EXTENDED:
	case CR_UNKNOWN_HOST:
	case ER_SERVER_SHUTDOWN:
	case ER_CONNECTION_KILLED:
	case ER_CON_COUNT_ERROR:
	case ER_USER_LIMIT_REACHED:
	case ER_TOO_MANY_USER_CONNECTIONS:
		return true;
	default:
		return false;
	}
}

bool db_never_ran(unsigned error)
{
	/* Gone: the request could not even be written. */
	return error == CR_SERVER_GONE_ERROR || error == ER_NEED_REPREPARE ||
	       error == ER_UNKNOWN_STMT_HANDLER;
}

bool db_is_full(unsigned error)
{
	return error == ER_DISK_FULL || error == ER_RECORD_FILE_FULL;
}

static enum err code_of(unsigned error)
{
	if (db_is_lost(error) || db_is_full(error))
		return ERR_BUSY;
	switch (error) {
	case ER_DUP_ENTRY:
		return ERR_CONFLICT;
	case ER_ROW_IS_REFERENCED_2:
	case ER_NO_REFERENCED_ROW_2:
	case ER_CONSTRAINT_FAILED:
	case ER_DATA_TOO_LONG:
	case ER_WARN_DATA_OUT_OF_RANGE:
	case ER_BAD_NULL_ERROR:
		return ERR_BAD_REQUEST;
	case ER_LOCK_WAIT_TIMEOUT:
	case ER_LOCK_DEADLOCK:
	case ER_CHECKREAD:
		return ERR_BUSY;
	default:
		return ERR_INTERNAL;
	}
}

/* These sentences of the server quote what was in the row. */
static bool quotes_values(unsigned error)
{
	return error == ER_TRUNCATED_WRONG_VALUE ||
	       error == ER_TRUNCATED_WRONG_VALUE_FOR_FIELD ||
	       error == ER_WRONG_VALUE_FOR_TYPE || error == ER_WRONG_VALUE;
}

enum err db_fail(struct ctx *cx, const char *what, unsigned error,
		 const char *sentence)
{
	const enum err code = code_of(error);

	/* A full disk is as full a moment later. */
	if (db_is_full(error))
		return FAIL(cx, code,
			    "the disk of the database is full (%s: error %u)",
			    what, error);
	if (cx->db && cx->db->in_transaction && code == ERR_BUSY)
		cx->db->is_doomed = true;
	if (error == ER_DUP_ENTRY) {
		/* "Duplicate entry '...' for key 'name'": only the name. */
		const char *at = strstr(sentence, " for key "), *next = at;

		while (next) {
			at = next;
			next = strstr(at + 1, " for key ");
		}
		sentence = at ? at + 1 : "";
	} else if (quotes_values(error)) {
		sentence = "";
	}
	return FAIL(cx, code, "%s: error %u %s", what, error, sentence);
}

void db_drop(struct db *db)
{
	for (size_t i = 0; i < DB_BUCKETS; i++)
		for (struct db_stmt *s = db->buckets[i]; s; s = s->next) {
			if (s->handle)
				mysql_stmt_close(s->handle);
			s->handle = NULL;
		}
	if (db->mysql)
		mysql_close(db->mysql);
	db->mysql = NULL;
	db->is_streaming = false;
}

static enum err connect_now(struct ctx *cx)
{
	struct db *db = cx->db;
	const struct db_address *to = &db->address;
	const unsigned patience = CONNECT_SECONDS, silence = READ_SECONDS;
	const unsigned files = 0;
	MYSQL *mysql = mysql_init(NULL);
	enum err e;

	if (!mysql)
		return FAIL(cx, ERR_INTERNAL, "database: no memory");
	mysql_optionsv(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &patience);
	mysql_optionsv(mysql, MYSQL_OPT_READ_TIMEOUT, &silence);
	mysql_optionsv(mysql, MYSQL_OPT_WRITE_TIMEOUT, &silence);
	mysql_optionsv(mysql, MYSQL_OPT_LOCAL_INFILE, &files);
	mysql_optionsv(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	for (size_t i = 0; i < sizeof(session) / sizeof(*session); i++)
		mysql_optionsv(mysql, MYSQL_INIT_COMMAND, session[i]);

	/* FOUND_ROWS: an UPDATE to the same values counts its row as well. */
	if (mysql_real_connect(mysql, to->host, to->user, to->password,
			       to->name, to->port, to->socket,
			       CLIENT_FOUND_ROWS)) {
		db->mysql = mysql;
		return OK;
	}
	db->error = mysql_errno(mysql);
	e = FAIL(cx, ERR_BUSY, "database: error %u %s", db->error,
		 mysql_error(mysql));
	mysql_close(mysql);
	return e;
}

/*
 * Between statements the server has nothing to say; if it has, or if the line
 * is closed, the connection was ended while we were idle.
 */
static bool is_alive(MYSQL *mysql)
{
	struct pollfd line = { .fd = mysql_get_socket(mysql),
			       .events = POLLIN };

	return poll(&line, 1, 0) == 0;
}

enum err db_ready(struct ctx *cx)
{
	struct db *db = cx->db;

	if (!db)
		return FAIL(cx, ERR_INTERNAL, "db_open was not called");
	if (db->is_streaming)
		return FAIL(cx, ERR_INTERNAL, "database used in db_each");
	if (db->in_transaction) {
		if (db->is_doomed || !db->mysql)
			return FAIL(cx, ERR_BUSY, "transaction was lost");
		return OK;
	}
	if (db->mysql && is_alive(db->mysql))
		return OK;
	if (db->mysql)
		log_event("db", "text=\"connection ended, connecting again\"");
	db_drop(db);
	return connect_now(cx);
}

enum err db_open(struct ctx *cx)
{
	if (!cx->db) {
		struct arena own = { 0 };
		struct db *db = ARENA_NEW(&own, struct db);
		const char *wrong =
			db_address_read(&own, cx->config->db_url, &db->address);

		db->arena = own;
		cx->db = db;
		if (wrong) {
			const enum err e = FAIL(cx, ERR_INTERNAL, "%s", wrong);

			db_close(cx);
			return e;
		}
	}
	return db_ready(cx);
}

void db_close(struct ctx *cx)
{
	struct arena own;

	if (!cx->db)
		return;
	db_drop(cx->db);
	db_forget_all(cx->db);
	own = cx->db->arena; /* the object lives in its own arena */
	cx->db = NULL;
	arena_release(&own);
}
