#include "store/store_migration.h"

#include "base/buf.h"
#include "base/clock.h"
#include "db/db_script.h"

#include <string.h>

struct number_row {
	int64_t number;
};

struct text_row {
	const char *text;
};

static const struct db_query take_lock = {
	.name = "migration take_lock",
	.sql = "SELECT GET_LOCK(CONCAT('terakoya.migrate.', DATABASE()), 60)",
	.row_size = sizeof(struct number_row),
	.cols = { COL(struct number_row, number) },
	.ncols = 1,
};

static const struct db_query make_table = {
	.name = "migration make_table",
	.sql = "CREATE TABLE IF NOT EXISTS schema_migration ("
	       " number INT NOT NULL PRIMARY KEY COMMENT 'of the file',"
	       " name VARCHAR(100) NOT NULL COMMENT 'of the file',"
	       " sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin"
	       "  NOT NULL COMMENT 'of its text, hex',"
	       " applied_at DATETIME(3) NOT NULL COMMENT 'UTC'"
	       ") COMMENT 'files of sql/ that this database has had'",
};

static const struct db_query is_there = {
	.name = "migration is_there",
	.sql = "SELECT COUNT(*) FROM information_schema.tables"
	       " WHERE table_schema = DATABASE()"
	       " AND table_name = 'schema_migration'",
	.row_size = sizeof(struct number_row),
	.cols = { COL(struct number_row, number) },
	.ncols = 1,
};

static const struct db_query all = {
	.name = "migration all",
	.sql = "SELECT number, name, sha256 FROM schema_migration"
	       " ORDER BY number",
	.row_size = sizeof(struct migration),
	.cols = { COL(struct migration, number), COL(struct migration, name),
		  COL(struct migration, sha256) },
	.ncols = 3,
};

static const struct db_query add = {
	.name = "migration add",
	.sql = "INSERT INTO schema_migration (number, name, sha256,"
	       " applied_at) VALUES (?, ?, ?, ?)",
};

static const struct db_query newest = {
	.name = "migration newest",
	.sql = "SELECT COALESCE(MAX(number), 0) FROM schema_migration",
	.row_size = sizeof(struct number_row),
	.cols = { COL(struct number_row, number) },
	.ncols = 1,
};

/*
 * The server writes and quotes the statements; ? is the account. Rows of the
 * audit log and its seals are only added; views and the list of migrations
 * are only read. Functions run with the rights of whoever calls them.
 */
static const struct db_query grants = {
	.name = "migration grants",
	.sql = "SELECT CONCAT('GRANT ',"
	       " CASE WHEN table_type = 'VIEW'"
	       "       OR table_name = 'schema_migration' THEN 'SELECT'"
	       "      WHEN table_name IN ('audit', 'audit_seal')"
	       "       THEN 'SELECT, INSERT'"
	       "      ELSE 'SELECT, INSERT, UPDATE, DELETE' END,"
	       " ' ON `', table_schema, '`.`', table_name, '` TO ', ?)"
	       " FROM information_schema.tables"
	       " WHERE table_schema = DATABASE()"
	       " UNION ALL"
	       " SELECT CONCAT('GRANT EXECUTE ON FUNCTION `', routine_schema,"
	       " '`.`', routine_name, '` TO ', ?)"
	       " FROM information_schema.routines"
	       " WHERE routine_schema = DATABASE()",
	.row_size = sizeof(struct text_row),
	.cols = { COL(struct text_row, text) },
	.ncols = 1,
};

const struct db_query *const store_migration_queries[] = {
	&take_lock, &make_table, &is_there, &all, &add, &newest, &grants, NULL
};

enum err store_migration_begin(struct ctx *cx)
{
	struct number_row row;

	TRY(db_one(cx, &take_lock, NO_ARGS, &row));
	if (row.number != 1)
		return FAIL(cx, ERR_BUSY,
			    "another process is migrating this database");
	return db_exec(cx, &make_table, NO_ARGS, NULL);
}

enum err store_migration_all(struct ctx *cx, struct migration **list, size_t *n)
{
	struct number_row row;

	*list = NULL;
	*n = 0;
	TRY(db_one(cx, &is_there, NO_ARGS, &row));
	return row.number ? db_all(cx, &all, NO_ARGS, list, n) : OK;
}

enum err store_migration_apply(struct ctx *cx, const struct migration *m)
{
	TRY(db_script(cx, m->name, m->sql));
	return db_exec(cx, &add,
		       ARGS(db_i64(m->number), db_text(m->name),
			    db_text(m->sha256),
			    db_text(instant_to_db(&cx->arena, clock_real()))),
		       NULL);
}

enum err store_migration_grant(struct ctx *cx, const char *account)
{
	struct buf script = buf_new(&cx->arena);
	struct text_row *rows;
	enum err e;
	size_t n;

	TRY(db_all(cx, &grants, ARGS(db_text(account), db_text(account)), &rows,
		   &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(&script, "%s%s", i ? ";\n" : "", rows[i].text);
	if (!n)
		return OK;
	e = db_script(cx, "grants", script.data);
	if (e != OK && strstr(cx->fault.text, "denied"))
		return ERR_FORBIDDEN;
	return e;
}

enum err store_migration_newest(struct ctx *cx, int64_t *number)
{
	struct number_row row;

	TRY(db_one(cx, &newest, NO_ARGS, &row));
	*number = row.number;
	return OK;
}
