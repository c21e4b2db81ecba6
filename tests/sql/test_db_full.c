/*
 * A disk without room has a sentence of its own in the log.
 */
#include "db_test.h"

#define DDL(var, text)                                             \
	static const struct db_query var = { .name = "test " #var, \
					     .sql = (text) }

/* A table in memory runs out of room as one of InnoDB does on a full disk. */
DDL(make_full, "CREATE TABLE test_db_full (name CHAR(250)) ENGINE=MEMORY");
DDL(fill, "INSERT INTO test_db_full SELECT 'x' FROM seq_1_to_200000");
DDL(drop_full, "DROP TABLE test_db_full");

static enum err fill_it(struct ctx *cx, void *arg)
{
	int *runs = arg;

	++*runs;
	return db_exec(cx, &fill, NO_ARGS, NULL);
}

int main(void)
{
	struct test_db t;
	int runs = 0;

	test_db_open(&t, "MIGRATE_DB_URL");
	CHECK_OK(&t.cx, db_exec(&t.cx, &make_full, NO_ARGS, NULL));
	CHECK_THAT(db_transact(&t.cx, fill_it, &runs) == ERR_BUSY,
		   "it is no fault of ours");
	CHECK_TEXT(t.cx.fault.text,
		   "the disk of the database is full (test fill: error 1114)");
	ctx_forgive(&t.cx);
	CHECK_THAT(runs == 1, "nobody tries again at once");
	CHECK_OK(&t.cx, db_exec(&t.cx, &drop_full, NO_ARGS, NULL));
	test_db_close(&t);
	return check_done();
}
