/*
 * Remembered results: kept for a second, given up as soon as this server
 * writes a table they name, and never used where somebody is about to write.
 * What was made of them, parts of pages, holds as long as they do.
 */
#include "base/json_arena.h"
#include "db/db_inside.h"
#include "db_test.h"
#include "pages/ready.h"
#include "store/store_setting.h"
#include "view/model.h"

#include <time.h>

struct one {
	int64_t n;
};

#define DDL(var, text)                                             \
	static const struct db_query var = { .name = "test " #var, \
					     .sql = (text) }

DDL(drop, "DROP TABLE IF EXISTS test_remember, test_other");
DDL(make, "CREATE TABLE test_remember (id BIGINT NOT NULL PRIMARY KEY,"
	  " n BIGINT NULL, t TEXT NULL)");
DDL(make_other, "CREATE TABLE test_other (n BIGINT NOT NULL)");
DDL(fill, "INSERT INTO test_remember (id, n, t) VALUES (1, 10, 'one'),"
	  " (2, 20, NULL)");
DDL(set, "UPDATE test_remember SET n = ? WHERE id = 1");
DDL(set_other, "INSERT INTO test_other (n) VALUES (1)");
/* As another server does it: nobody here is told. */
DDL(set_elsewhere, "UPDATE/**/test_remember SET n = ? WHERE id = 1");

static const struct db_query number = {
	.name = "test number",
	.sql = "SELECT n FROM test_remember WHERE id = ? AND n IS NOT NULL",
	.row_size = sizeof(struct one),
	.cols = { COL(struct one, n) },
	.ncols = 1,
	.remember = true,
};

struct words {
	const char *t;
	int64_t n;
};

static const struct db_query words = {
	.name = "test words",
	.sql = "SELECT t, n FROM test_remember ORDER BY id",
	.row_size = sizeof(struct words),
	.cols = { COL(struct words, t), COL(struct words, n) },
	.ncols = 2,
	.remember = true,
};

static int64_t read_number(struct ctx *cx, int64_t id)
{
	struct one row = { -1 };
	bool found;

	if (db_maybe(cx, &number, ARGS(db_i64(id)), &row, &found) != OK)
		return -2;
	return found ? row.n : -1;
}

static bool run(struct ctx *cx, const struct db_query *q, int64_t n)
{
	return db_exec(cx, q, ARGS(db_i64(n)), NULL) == OK;
}

static void test_not_shared(struct ctx *a)
{
	CHECK(read_number(a, 1) == 10);
	CHECK(run(a, &set_elsewhere, 11));
	CHECK_THAT(read_number(a, 1) == 11,
		   "without a server nothing is remembered");
}

static void test_holds(struct ctx *a, struct ctx *b)
{
	const struct timespec second = { .tv_sec = 1, .tv_nsec = 50000000 };

	CHECK(read_number(a, 1) == 11);
	CHECK(run(b, &set_elsewhere, 12));
	CHECK_THAT(read_number(a, 1) == 11, "the same question, from memory");
	CHECK_THAT(read_number(b, 1) == 12, "each worker has a memory");
	CHECK_THAT(read_number(a, 2) == 20, "another argument is another one");
	nanosleep(&second, NULL);
	CHECK_THAT(read_number(a, 1) == 12, "after a second it is read again");
}

static void test_told(struct ctx *a, struct ctx *b)
{
	const struct words *rows;
	size_t n;

	CHECK(read_number(a, 1) == 12);
	CHECK(run(b, &set, 13));
	CHECK_THAT(read_number(a, 1) == 13, "a change is seen at once");
	CHECK(read_number(a, 3) == -1);
	CHECK_THAT(read_number(a, 3) == -1, "no row is remembered as well");
	CHECK(db_all(a, &words, NO_ARGS, &rows, &n) == OK && n == 2);
	CHECK(run(b, &set_elsewhere, 14));
	CHECK(db_exec(b, &set_other, NO_ARGS, NULL) == OK);
	CHECK(db_all(a, &words, NO_ARGS, &rows, &n) == OK && n == 2);
	CHECK_THAT(rows[0].n == 13, "another table's change is no matter");
	CHECK_TEXT(rows[0].t, "one");
	CHECK_TEXT(rows[1].t, NULL);
}

struct steps {
	struct ctx *other;
	enum err end;
};

static enum err write_slowly(struct ctx *cx, void *arg)
{
	const struct steps *s = arg;

	CHECK(run(cx, &set, 15));
	CHECK_THAT(read_number(cx, 1) == 15,
		   "a transaction sees what it wrote");
	CHECK_THAT(read_number(s->other, 1) == 14, "the others not yet");
	return s->end;
}

static enum err read_inside(struct ctx *cx, void *arg)
{
	struct ctx *other = arg;

	CHECK(run(other, &set_elsewhere, 16));
	CHECK_THAT(read_number(cx, 1) == 16,
		   "a transaction reads the database, not the memory");
	return OK;
}

static void test_transactions(struct ctx *a, struct ctx *b)
{
	struct steps s = { .other = b, .end = ERR_CONFLICT };

	CHECK(run(a, &set, 14));
	CHECK(db_transact(a, write_slowly, &s) == ERR_CONFLICT);
	CHECK_THAT(read_number(b, 1) == 14, "nor after it was undone");
	s.end = OK;
	CHECK(db_transact(a, write_slowly, &s) == OK);
	CHECK_THAT(read_number(b, 1) == 15, "but when it is committed");
	CHECK(read_number(a, 1) == 15);
	CHECK(db_transact(a, read_inside, b) == OK);
}

static void test_setting(struct ctx *a, struct ctx *b)
{
	CHECK(store_setting_set(a, "test.remember", "5") == OK);
	CHECK(store_setting_int(b, "test.remember", 0) == 5);
	CHECK(store_setting_set(a, "test.remember", "6") == OK);
	CHECK_THAT(store_setting_int(b, "test.remember", 0) == 6,
		   "a setting counts for every worker at once");
}

static void test_room(struct ctx *a)
{
	bool good = true;

	for (int64_t id = 100; id < 20000; id++) {
		good &= read_number(a, id) == -1;
		db_settle(a);
	}
	CHECK_THAT(good, "a full memory begins anew between requests");
	CHECK_THAT(db_remembered(a->db) <= 2u * 1024u * 1024u,
		   "what is remembered stays small");
}

/* Work that reads one number from memory or anew, and what it rests on. */
static struct db_reads work(struct ctx *cx)
{
	struct db_reads reads;

	db_reads_begin(cx, &reads);
	CHECK(read_number(cx, 1) > 0);
	db_reads_end(cx);
	return reads;
}

static enum err work_inside(struct ctx *cx, void *arg)
{
	*(struct db_reads *)arg = work(cx);
	return OK;
}

static void test_reads(struct ctx *a, struct ctx *b)
{
	const struct timespec most = { .tv_nsec = 700000000 };
	struct db_reads reads, later;

	CHECK(run(b, &set, 21));
	reads = work(a);
	CHECK_THAT(db_reads_hold(&reads), "what was read a moment ago holds");
	CHECK(db_exec(b, &set_other, NO_ARGS, NULL) == OK);
	CHECK_THAT(db_reads_hold(&reads), "whatever other tables do");
	CHECK(run(b, &set, 22));
	CHECK_THAT(!db_reads_hold(&reads), "not when its table was written");
	reads = work(a);
	nanosleep(&most, NULL);
	later = work(a);
	CHECK(db_reads_hold(&reads) && db_reads_hold(&later));
	nanosleep(&most, NULL);
	CHECK_THAT(!db_reads_hold(&reads), "nor when a second is over");
	CHECK_THAT(!db_reads_hold(&later),
		   "work is as old as the oldest result from memory in it");
	CHECK(db_transact(a, work_inside, &reads) == OK);
	CHECK_THAT(!db_reads_hold(&reads), "a transaction may see the past");
	db_reads_begin(a, &reads);
	CHECK(run(a, &set_elsewhere, 23));
	db_reads_end(a);
	CHECK_THAT(!db_reads_hold(&reads), "what writes is not kept");
}

/* A part of a page that says a number of the database. */
static enum err make_part(struct ctx *cx, json_t *part, void *arg)
{
	*(int *)arg += 1;
	model_int(part, "n", read_number(cx, 1));
	return OK;
}

static int64_t ask(struct ctx *cx, int *made)
{
	int64_t n;
	json_t *m;

	ctx_begin(cx);
	json_arena_use(&cx->arena);
	m = json_object();
	CHECK(ready_put_read(cx, m, "number", make_part, made) == OK);
	n = json_integer_value(json_object_get(m, "n"));
	ready_settle();
	return n;
}

static void test_ready(struct ctx *a, struct ctx *b)
{
	const struct timespec second = { .tv_sec = 1, .tv_nsec = 50000000 };
	size_t parts;
	int made = 0;

	CHECK(run(b, &set, 31));
	CHECK(ask(a, &made) == 31 && ask(a, &made) == 31);
	CHECK_THAT(made == 1, "a part is made once of the same rows");
	CHECK(run(b, &set, 32));
	CHECK_THAT(ask(a, &made) == 32, "a change is in it at once");
	CHECK(run(b, &set_elsewhere, 33));
	nanosleep(&second, NULL);
	CHECK_THAT(ask(a, &made) == 33, "one from elsewhere after a second");
	CHECK(made == 3);
	CHECK(run(b, &set, 34));
	ready_settle();
	ready_bytes(&parts);
	CHECK_THAT(parts == 0, "and what is out of date takes no memory");
}

static bool names(const char *sql, size_t n)
{
	return db_tables_of(sql).n == n;
}

static void test_tables(void)
{
	CHECK(names("SELECT 1", 0));
	CHECK(names("SELECT a, b FROM course WHERE c IN (1, 2)", 1));
	CHECK(names("SELECT x FROM course c, unit AS u, tier WHERE 1", 3));
	CHECK(names("SELECT x FROM course c JOIN (SELECT y FROM unit) z", 2));
	CHECK(names("UPDATE booking b JOIN session s ON s.id = 1 SET a = 1",
		    2));
	CHECK(names("INSERT INTO course (id) VALUES (?)", 1));
	CHECK(names("DELETE FROM draft WHERE a = ?", 1));
	CHECK(names("(SELECT 1 FROM a1) UNION (SELECT 1 FROM b1)", 2));
	CHECK(names("BEGIN NOT ATOMIC START TRANSACTION; INSERT INTO mark (a)"
		    " VALUES (?); DELETE FROM draft WHERE a = ?; COMMIT; END",
		    2));
}

int main(void)
{
	struct test_db ddl, one, two;
	struct ctx *a = &one.cx, *b = &two.cx;

	test_db_open(&ddl, "MIGRATE_DB_URL");
	test_db_open(&one, "MIGRATE_DB_URL");
	test_db_open(&two, "MIGRATE_DB_URL");
	CHECK(db_exec(&ddl.cx, &drop, NO_ARGS, NULL) == OK);
	CHECK(db_exec(&ddl.cx, &make, NO_ARGS, NULL) == OK);
	CHECK(db_exec(&ddl.cx, &make_other, NO_ARGS, NULL) == OK);
	CHECK(db_exec(&ddl.cx, &fill, NO_ARGS, NULL) == OK);
	test_tables();
	test_not_shared(a);
	CHECK(db_share_changes());
	test_holds(a, b);
	test_told(a, b);
	test_transactions(a, b);
	test_setting(a, b);
	test_reads(a, b);
	test_ready(a, b);
	test_room(a);
	CHECK(db_exec(&ddl.cx, &drop, NO_ARGS, NULL) == OK);
	test_db_close(&two);
	test_db_close(&one);
	test_db_close(&ddl);
	return check_done();
}
