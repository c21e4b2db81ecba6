#include "db/db_script.h"

#include "base/buf.h"
#include "base/config.h"
#include "db/db_inside.h"

#include <mysqld_error.h>
#include <string.h>

enum err db_script(struct ctx *cx, const char *name, const char *sql)
{
	MYSQL *mysql;
	int number = 0, rc;
	enum err e = OK;

	TRY(db_ready(cx));
	mysql = cx->db->mysql;
	if (mysql_set_server_option(mysql, MYSQL_OPTION_MULTI_STATEMENTS_ON))
		return FAIL(cx, ERR_BUSY, "%s: %s", name, mysql_error(mysql));
	rc = mysql_real_query(mysql, sql, strlen(sql));
	while (rc == 0) {
		MYSQL_RES *rows = mysql_store_result(mysql);

		number++;
		mysql_free_result(rows);
		rc = mysql_next_result(mysql);
	}
	if (rc > 0)
		e = FAIL(cx, ERR_INTERNAL, "%s, statement %d: %s", name,
			 number + 1, mysql_error(mysql));
	mysql_set_server_option(mysql, MYSQL_OPTION_MULTI_STATEMENTS_OFF);
	return e;
}

/* A connection without a database; NULL and a fault if there is none. */
static MYSQL *reach_server(struct ctx *cx, const struct db_address *to)
{
	MYSQL *mysql = mysql_init(NULL);

	if (!mysql)
		return NULL;
	mysql_optionsv(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (mysql_real_connect(mysql, to->host, to->user, to->password, NULL,
			       to->port, to->socket, 0))
		return mysql;
	ctx_fail(cx, ERR_BUSY, __FILE__, __LINE__, "database: %s",
		 mysql_error(mysql));
	mysql_close(mysql);
	return NULL;
}

static enum err read_address(struct ctx *cx, const char *url,
			     struct db_address *to)
{
	const char *wrong = db_address_read(&cx->arena, url, to);

	return wrong ? FAIL(cx, ERR_INTERNAL, "%s", wrong) : OK;
}

/* A name between quotes, with those inside it doubled. */
static void put_quoted(struct buf *b, const char *s, char quote)
{
	buf_putc(b, quote);
	for (; *s; s++) {
		if (*s == quote || *s == '\\')
			buf_putc(b, *s);
		buf_putc(b, *s);
	}
	buf_putc(b, quote);
}

enum err db_create_missing(struct ctx *cx)
{
	struct db_address to;
	struct buf sql;
	MYSQL *mysql;
	enum err e = OK;

	TRY(read_address(cx, cx->config->db_url, &to));
	mysql = reach_server(cx, &to);
	if (!mysql)
		return ERR_BUSY;
	if (mysql_select_db(mysql, to.name) &&
	    mysql_errno(mysql) == ER_BAD_DB_ERROR) {
		sql = buf_new(&cx->arena);
		buf_puts(&sql, "CREATE DATABASE ");
		put_quoted(&sql, to.name, '`');
		buf_puts(&sql, " CHARACTER SET utf8mb4"
			       " COLLATE utf8mb4_uca1400_as_ci");
		if (mysql_real_query(mysql, sql.data, sql.len))
			e = FAIL(cx, ERR_INTERNAL,
				 "there is no database \"%s\", and it could "
				 "not be made: %s",
				 to.name, mysql_error(mysql));
	}
	mysql_close(mysql);
	return e;
}

/* Over a network the server alone knows which of its accounts we are. */
static enum err ask_account(struct ctx *cx, const struct db_address *to,
			    const char **account)
{
	static const char ask[] =
		"SELECT CONCAT(QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', 1)),"
		" '@', QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)))";
	MYSQL_RES *rows = NULL;
	MYSQL_ROW row;
	MYSQL *mysql = reach_server(cx, to);

	if (!mysql)
		return ERR_BUSY;
	if (!mysql_real_query(mysql, ask, strlen(ask)) &&
	    (rows = mysql_store_result(mysql)) && (row = mysql_fetch_row(rows)))
		*account = arena_strdup(&cx->arena, row[0]);
	mysql_free_result(rows);
	mysql_close(mysql);
	return *account ? OK : FAIL(cx, ERR_INTERNAL, "no account name");
}

enum err db_account_of(struct ctx *cx, const char *url, const char **account)
{
	struct db_address to;
	struct buf name;

	*account = NULL;
	TRY(read_address(cx, url, &to));
	if (!to.socket)
		return ask_account(cx, &to, account);
	name = buf_new(&cx->arena);
	put_quoted(&name, to.user, '\'');
	buf_puts(&name, "@'localhost'");
	*account = name.data;
	return OK;
}
