#include "db_test.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

struct row {
	int64_t id;
	const char *name;
	double number;
	const char *day;
	struct bytes raw;
};

struct one {
	int64_t n;
};

#define DDL(var, text)                                             \
	static const struct db_query var = { .name = "test " #var, \
					     .sql = (text) }

DDL(drop_parent, "DROP TABLE IF EXISTS test_db_child, test_db");
DDL(make_parent,
    "CREATE TABLE test_db (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
    " name MEDIUMTEXT NULL, code VARCHAR(20) NULL UNIQUE, number DOUBLE NULL,"
    " day DATE NULL, raw VARBINARY(2000) NULL,"
    " small DECIMAL(6,2) NOT NULL DEFAULT 1.50,"
    " CONSTRAINT test_db_number CHECK (number IS NULL OR number < 1000))");
DDL(make_child, "CREATE TABLE test_db_child (parent BIGINT NOT NULL,"
		" FOREIGN KEY (parent) REFERENCES test_db (id))");
DDL(add_row, "INSERT INTO test_db (name, number, day, raw)"
	     " VALUES (?, ?, ?, ?)");
DDL(add_code, "INSERT INTO test_db (code) VALUES (?)");
DDL(add_number, "INSERT INTO test_db (number) VALUES (?)");
DDL(add_child, "INSERT INTO test_db_child (parent) VALUES (?)");
DDL(set_number, "UPDATE test_db SET number = ? WHERE id = ?");
DDL(kill_other, "KILL ?");
DDL(add_many, "INSERT INTO test_db (number, raw)"
	      " SELECT seq MOD 1000, REPEAT(CHAR(seq MOD 250), 28)"
	      " FROM seq_1_to_200000");

static const struct db_query by_id = {
	.name = "test by_id",
	.sql = "SELECT id, name, number, day, raw FROM test_db WHERE id = ?",
	.row_size = sizeof(struct row),
	.cols = { COL(struct row, id), COL(struct row, name),
		  COL(struct row, number), COL(struct row, day),
		  COL(struct row, raw) },
	.ncols = 5,
};

#define ONE(var, text)                          \
	static const struct db_query var = {    \
		.name = "test " #var,           \
		.sql = (text),                  \
		.row_size = sizeof(struct one), \
		.cols = { COL(struct one, n) }, \
		.ncols = 1,                     \
	}

ONE(count, "SELECT COUNT(*) FROM test_db");
ONE(many, "SELECT id FROM test_db ORDER BY id");
ONE(my_id, "SELECT CONNECTION_ID()");
ONE(decimal, "SELECT small FROM test_db LIMIT 1");
ONE(lock_row, "SELECT id FROM test_db WHERE id = ? FOR UPDATE");
ONE(isolation, "SELECT @@tx_isolation = 'READ-COMMITTED'"
	       " AND @@time_zone = '+00:00'"
	       " AND @@sql_mode LIKE '%STRICT_ALL_TABLES%'");

static const struct db_query all_raw = {
	.name = "test all_raw",
	.sql = "SELECT id, name, number, day, raw FROM test_db ORDER BY id",
	.row_size = sizeof(struct row),
	.cols = { COL(struct row, id), COL(struct row, name),
		  COL(struct row, number), COL(struct row, day),
		  COL(struct row, raw) },
	.ncols = 5,
};

static int64_t add(struct ctx *cx, const char *name)
{
	int64_t id = 0;

	CHECK_OK(cx, db_insert(cx, &add_row,
			       ARGS(db_text(name), db_f64((double)NAN),
				    db_text(NULL), db_bytes(NULL, 0)),
			       &id));
	return id;
}

static void values_come_back_as_they_went(struct ctx *cx)
{
	static const char inject[] = "'); DROP TABLE person; -- \\' \" ?";
	static const char emoji[] =
		"研修🌸👩🏽‍💻 𠮷野家 髙﨑";
	static const unsigned char raw[] = { 0, 1, 255, 0, 254 };
	const size_t len = 60000;
	char *text = arena_alloc(&cx->arena, len + 1);
	int64_t id;
	struct row r;

	for (size_t i = 0; i < len; i++)
		text[i] = (char)('a' + i % 26);
	id = add(cx, text);
	CHECK_OK(cx, db_one(cx, &by_id, ARGS(db_i64(id)), &r));
	CHECK_THAT(r.name && !strcmp(r.name, text), "60 kB of text is whole");
	CHECK_THAT(isnan(r.number), "NULL number is NAN");
	CHECK_THAT(!r.day, "NULL date is NULL");
	CHECK_THAT(!r.raw.data && !r.raw.len, "NULL bytes are NULL and 0");

	for (size_t n = 999; n <= 1001; n++) {
		id = add(cx, arena_strndup(&cx->arena, text, n));
		CHECK_OK(cx, db_one(cx, &by_id, ARGS(db_i64(id)), &r));
		CHECK_THAT(strlen(r.name) == n, "text at the buffer's edge");
	}
	id = add(cx, emoji);
	CHECK_OK(cx, db_one(cx, &by_id, ARGS(db_i64(id)), &r));
	CHECK_TEXT(r.name, emoji);
	id = add(cx, inject);
	CHECK_OK(cx, db_one(cx, &by_id, ARGS(db_i64(id)), &r));
	CHECK_TEXT(r.name, inject);
	id = add(cx, "");
	CHECK_OK(cx, db_one(cx, &by_id, ARGS(db_i64(id)), &r));
	CHECK_TEXT(r.name, "");
	CHECK_OK(cx, db_insert(cx, &add_row,
			       ARGS(db_text(NULL), db_f64(-0.1),
				    db_text("2024-02-29"),
				    db_bytes(raw, sizeof(raw))),
			       &id));
	CHECK_OK(cx, db_one(cx, &by_id, ARGS(db_i64(id)), &r));
	CHECK_THAT(!r.name, "NULL text is NULL");
	CHECK_NEAR(r.number, -0.1, 0);
	CHECK_TEXT(r.day, "2024-02-29");
	CHECK_THAT(r.raw.len == sizeof(raw) &&
			   !memcmp(r.raw.data, raw, sizeof(raw)),
		   "bytes with zeros come back");
}

static void failures_have_their_code(struct ctx *cx)
{
	struct row r;
	struct one o;
	int64_t id, changed;
	bool found;

	CHECK_OK(cx, db_exec(cx, &add_code, ARGS(db_text("A1")), NULL));
	CHECK(db_exec(cx, &add_code, ARGS(db_text("A1")), NULL) ==
	      ERR_CONFLICT);
	CHECK_THAT(strstr(cx->fault.text, "code") &&
			   !strstr(cx->fault.text, "A1"),
		   "the log names the key and not the value");
	ctx_forgive(cx);
	CHECK_ERR(cx, db_exec(cx, &add_number, ARGS(db_f64(2000)), NULL),
		  ERR_BAD_REQUEST);
	CHECK_ERR(cx, db_exec(cx, &add_child, ARGS(db_i64(999999)), NULL),
		  ERR_BAD_REQUEST);
	CHECK_ERR(cx,
		  db_exec(cx, &add_code,
			  ARGS(db_text("longer than the twenty it may have")),
			  NULL),
		  ERR_BAD_REQUEST);
	CHECK_ERR(cx, db_one(cx, &by_id, ARGS(db_i64(-1)), &r), ERR_NOT_FOUND);
	CHECK_OK(cx, db_maybe(cx, &by_id, ARGS(db_i64(-1)), &r, &found));
	CHECK_THAT(!found, "db_maybe: no row is no error");
	CHECK_ERR(cx, db_one(cx, &by_id, NO_ARGS, &r), ERR_INTERNAL);
	CHECK_ERR(cx, db_one(cx, &many, NO_ARGS, &o), ERR_INTERNAL);
	CHECK_ERR(cx, db_one(cx, &decimal, NO_ARGS, &o), ERR_INTERNAL);
	CHECK_OK(cx, db_one(cx, &isolation, NO_ARGS, &o));
	CHECK_THAT(o.n == 1, "the session is strict, UTC, READ COMMITTED");

	id = add(cx, "twice");
	for (int i = 0; i < 2; i++) {
		CHECK_OK(cx, db_exec(cx, &set_number,
				     ARGS(db_f64(7), db_i64(id)), &changed));
		CHECK_THAT(changed == 1, "a matched row counts as changed");
	}
	CHECK_OK(cx, db_exec(cx, &set_number, ARGS(db_f64(7), db_i64(-1)),
			     &changed));
	CHECK_THAT(changed == 0, "no matched row counts as none");
}

/* --- transactions ------------------------------------------------------ */

struct step {
	int64_t first, second; /* rows to lock in this order */
	int runs;
	int64_t kill; /* connection to end in the first run, or 0 */
	struct ctx *killer;
	enum err end_with;
};

static enum err two_updates(struct ctx *cx, void *arg)
{
	struct step *s = arg;
	const struct timespec nap = { .tv_nsec = 150000000L };

	s->runs++;
	TRY(db_exec(cx, &set_number, ARGS(db_f64(s->runs), db_i64(s->first)),
		    NULL));
	if (s->kill && s->runs == 1)
		TRY(db_exec(s->killer, &kill_other, ARGS(db_i64(s->kill)),
			    NULL));
	if (s->runs == 1)
		nanosleep(&nap, NULL);
	TRY(db_exec(cx, &set_number, ARGS(db_f64(s->runs), db_i64(s->second)),
		    NULL));
	return s->end_with;
}

struct thread {
	struct ctx *cx;
	struct step step;
	enum err err;
};

static void *run_thread(void *arg)
{
	struct thread *t = arg;

	t->err = db_transact(t->cx, two_updates, &t->step);
	return NULL;
}

static void a_deadlock_is_run_again(struct ctx *a, struct ctx *b)
{
	const int64_t x = add(a, "x"), y = add(a, "y");
	struct thread one = { .cx = a, .step = { .first = x, .second = y } };
	struct thread two = { .cx = b, .step = { .first = y, .second = x } };
	pthread_t p, q;

	pthread_create(&p, NULL, run_thread, &one);
	pthread_create(&q, NULL, run_thread, &two);
	pthread_join(p, NULL);
	pthread_join(q, NULL);
	CHECK_THAT(one.err == OK && two.err == OK,
		   "both sides of a deadlock commit in the end");
	CHECK_THAT(one.step.runs + two.step.runs >= 3,
		   "one of them had to run again");
	CHECK_THAT(a->fault.code == OK && b->fault.code == OK,
		   "no fault is left behind");
}

static void a_failed_body_leaves_nothing(struct ctx *cx)
{
	const int64_t id = add(cx, "rollback");
	struct step s = { .first = id, .second = id, .end_with = ERR_CONFLICT };
	struct row r;

	CHECK(db_transact(cx, two_updates, &s) == ERR_CONFLICT);
	CHECK_THAT(s.runs == 1, "an error of the body is not run again");
	CHECK_OK(cx, db_one(cx, &by_id, ARGS(db_i64(id)), &r));
	CHECK_THAT(isnan(r.number), "its update was rolled back");
}

static void a_lost_connection_is_made_again(struct ctx *cx, struct ctx *other)
{
	const int64_t id = add(cx, "lost");
	struct step s = { .first = id, .second = id, .killer = other };
	struct one before, after;
	struct row r;

	CHECK_OK(cx, db_one(cx, &my_id, NO_ARGS, &before));
	CHECK_OK(other,
		 db_exec(other, &kill_other, ARGS(db_i64(before.n)), NULL));
	CHECK_OK(cx,
		 db_exec(cx, &set_number, ARGS(db_f64(1), db_i64(id)), NULL));
	CHECK_OK(cx, db_one(cx, &my_id, NO_ARGS, &after));
	CHECK_THAT(after.n != before.n, "an idle connection was replaced");

	s.kill = after.n;
	CHECK_OK(cx, db_transact(cx, two_updates, &s));
	CHECK_THAT(s.runs == 2, "the transaction ran again from its start");
	CHECK_OK(cx, db_one(cx, &by_id, ARGS(db_i64(id)), &r));
	CHECK_NEAR(r.number, 2, 0);
}

static enum err leave_open(struct ctx *cx, void *arg)
{
	struct one o;

	/* A transaction inside one is the same transaction. */
	if (!arg)
		return db_transact(cx, leave_open, cx);
	return db_one(cx, &count, NO_ARGS, &o);
}

static enum err lock_and_fail(struct ctx *cx, void *arg)
{
	const int64_t *id = arg;
	struct one o;

	TRY(db_one(cx, &lock_row, ARGS(db_i64(*id)), &o));
	return ERR_CONFLICT;
}

static void locks_end_with_the_transaction(struct ctx *a, struct ctx *b)
{
	int64_t id = add(a, "lock");

	CHECK_OK(a, db_transact(a, leave_open, NULL));
	CHECK(db_transact(a, lock_and_fail, &id) == ERR_CONFLICT);
	CHECK_OK(b, db_exec(b, &set_number, ARGS(db_f64(3), db_i64(id)), NULL));
}

/* --- streaming --------------------------------------------------------- */

struct scan {
	int64_t rows;
	size_t bytes;
	size_t longest;
	enum err nested;
	size_t stop_after;
};

static enum err see(struct ctx *cx, const void *row, void *arg)
{
	const struct row *r = row;
	struct scan *s = arg;
	struct one o;

	s->rows++;
	s->bytes += r->raw.len;
	if (r->name && strlen(r->name) > s->longest)
		s->longest = strlen(r->name);
	if (s->rows == 1) {
		const struct fault before = cx->fault;

		s->nested = db_one(cx, &count, NO_ARGS, &o);
		cx->fault = before;
	}
	return s->stop_after && (size_t)s->rows == s->stop_after ? ERR_TOO_LARGE
								 : OK;
}

static void rows_stream(struct ctx *cx)
{
	struct scan s = { 0 };
	size_t used;
	struct one n;

	CHECK_OK(cx, db_exec(cx, &add_many, NO_ARGS, NULL));
	CHECK_OK(cx, db_one(cx, &count, NO_ARGS, &n));
	used = cx->arena.used;
	CHECK_OK(cx, db_each(cx, &all_raw, NO_ARGS, see, &s));
	CHECK_THAT(s.rows == n.n, "every row was seen");
	CHECK_THAT(s.longest == 60000, "a long text streams whole");
	CHECK_THAT(s.bytes == 200000u * 28 + 5, "every byte was seen");
	CHECK_THAT(s.nested == ERR_INTERNAL, "no other statement in between");
	CHECK_THAT(cx->arena.used - used < 300000,
		   "memory does not grow with the rows");
	s = (struct scan){ .stop_after = 10 };
	CHECK_ERR(cx, db_each(cx, &all_raw, NO_ARGS, see, &s), ERR_TOO_LARGE);
	CHECK_OK(cx, db_one(cx, &count, NO_ARGS, &n));
}

int main(void)
{
	struct test_db a, b;

	test_db_open(&a, "MIGRATE_DB_URL");
	test_db_open(&b, "MIGRATE_DB_URL");
	CHECK_OK(&a.cx, db_exec(&a.cx, &drop_parent, NO_ARGS, NULL));
	CHECK_OK(&a.cx, db_exec(&a.cx, &make_parent, NO_ARGS, NULL));
	CHECK_OK(&a.cx, db_exec(&a.cx, &make_child, NO_ARGS, NULL));
	values_come_back_as_they_went(&a.cx);
	failures_have_their_code(&a.cx);
	a_failed_body_leaves_nothing(&a.cx);
	a_deadlock_is_run_again(&a.cx, &b.cx);
	a_lost_connection_is_made_again(&a.cx, &b.cx);
	locks_end_with_the_transaction(&a.cx, &b.cx);
	rows_stream(&a.cx);
	CHECK_OK(&a.cx, db_exec(&a.cx, &drop_parent, NO_ARGS, NULL));
	test_db_close(&b);
	test_db_close(&a);
	return check_done();
}
