/*
 * The audit log is sealed, and a seal tells when a row was touched.
 */
#include "db/db_script.h"
#include "db_test.h"
#include "store/store_audit.h"

static int64_t sealed, seals, broken, last;

static enum err add(struct ctx *cx, const char *action)
{
	return store_audit_add(cx, &(struct audit){ .address = "192.0.2.1",
						    .action = action,
						    .object = "person:1",
						    .detail = "{}" });
}

static void test_seal(struct ctx *cx)
{
	CHECK_OK(cx, store_audit_last(cx, &last));
	CHECK_OK(cx, store_audit_seal(cx, last, &sealed));
	CHECK(sealed == 0);
	CHECK_OK(cx, add(cx, "test.one"));
	CHECK_OK(cx, add(cx, "test.two"));
	CHECK_OK(cx, store_audit_last(cx, &last));
	CHECK_OK(cx, add(cx, "test.three"));
	CHECK_OK(cx, store_audit_seal(cx, last, &sealed));
	CHECK_THAT(sealed == 2, "rows up to the given one are sealed");
	CHECK_OK(cx, store_audit_last(cx, &last));
	CHECK_OK(cx, store_audit_seal(cx, last, &sealed));
	CHECK_THAT(sealed == 1, "and the next ones later");
	CHECK_OK(cx, store_audit_seal(cx, last, &sealed));
	CHECK(sealed == 0);
	CHECK_OK(cx, store_audit_verify(cx, &seals, &broken));
	CHECK(seals == 2 && broken == 0);
}

static void test_list(struct ctx *cx)
{
	const struct audit_row *rows;
	size_t n;

	CHECK_OK(cx, store_audit_list(cx,
				      &(struct audit_filter){ .action = "test",
							      .limit = 2 },
				      &rows, &n));
	CHECK(n == 2);
	CHECK_TEXT(rows[0].action, "test.three");
	CHECK(rows[0].person_id == DB_NULL && rows[0].is_ok == 1);
	CHECK_OK(cx, store_audit_list(
			     cx,
			     &(struct audit_filter){ .action = "test",
						     .before_id = rows[1].id,
						     .limit = 9 },
			     &rows, &n));
	CHECK(n == 1);
	CHECK_TEXT(rows[0].action, "test.one");
	CHECK_OK(cx, store_audit_list(cx,
				      &(struct audit_filter){ .action = "tes%",
							      .limit = 9 },
				      &rows, &n));
	CHECK_THAT(n == 0, "an action is no pattern");
}

/* What is written in each column, put back afterwards. */
static void touch_column(struct ctx *cx, struct ctx *strong, const char *column,
			 const char *value)
{
	struct arena *a = &cx->arena;
	int64_t after;

	CHECK_OK(strong,
		 db_script(strong, "touch",
			   arena_printf(a,
					"CREATE TABLE kept AS SELECT * FROM"
					" audit;\nUPDATE audit SET %s = %s"
					" WHERE action = 'test.two'",
					column, value)));
	CHECK_OK(cx, store_audit_verify(cx, &seals, &after));
	CHECK_THAT(after > 0, arena_printf(a, "%s is sealed", column));
	CHECK_OK(strong,
		 db_script(strong, "touch",
			   arena_printf(a,
					"UPDATE audit a JOIN kept k ON k.id ="
					" a.id SET a.%s = k.%s;\n"
					"DROP TABLE kept",
					column, column)));
	CHECK_OK(cx, store_audit_verify(cx, &seals, &after));
	CHECK(after == 0);
}

static void test_columns(struct ctx *cx, struct ctx *strong)
{
	touch_column(cx, strong, "at", "at + INTERVAL 1 SECOND");
	touch_column(cx, strong, "address", "'192.0.2.2'");
	touch_column(cx, strong, "action", "CONCAT(action, 'x')");
	touch_column(cx, strong, "object", "'person:2'");
	touch_column(cx, strong, "detail", "'{\"a\":1}'");
	touch_column(cx, strong, "is_ok", "0");
	touch_column(cx, strong, "request_id", "'other'");
}

/* Somebody with the rights of the migrating account changes history. */
static void test_touched(struct ctx *cx, struct ctx *strong)
{
	CHECK_THAT(db_script(cx, "touch", "UPDATE audit SET detail = 'x'") !=
			   OK,
		   "the serving account cannot change audit rows");
	ctx_forgive(cx);
	CHECK_THAT(db_script(cx, "touch", "DELETE FROM audit_seal") != OK,
		   "nor take seals away");
	ctx_forgive(cx);
	CHECK_THAT(db_script(strong, "touch", "DELETE FROM audit") != OK,
		   "the trigger stops the migrating one as well");
	ctx_forgive(strong);
	CHECK_OK(strong, db_script(strong, "touch",
				   "DROP TRIGGER audit_never_changes;\n"
				   "UPDATE audit SET is_ok = 0"
				   " WHERE action = 'test.two'"));
	CHECK_OK(cx, store_audit_verify(cx, &seals, &broken));
	CHECK_THAT(broken > 0, "a changed row breaks its seal");
	CHECK_OK(strong, db_script(strong, "touch",
				   "UPDATE audit SET is_ok = 1"
				   " WHERE action = 'test.two'"));
	CHECK_OK(cx, store_audit_verify(cx, &seals, &broken));
	CHECK_THAT(broken == 0, "changed back it fits again");
	test_columns(cx, strong);
	CHECK_OK(strong,
		 db_script(strong, "touch",
			   "DROP TRIGGER audit_never_shrinks;\n"
			   "DELETE FROM audit WHERE action = 'test.one'"));
	CHECK_OK(cx, store_audit_verify(cx, &seals, &broken));
	CHECK_THAT(broken > 0, "a row that was taken out breaks it too");
}

int main(void)
{
	struct test_db serve, migrate;

	test_db_open(&serve, "DB_URL");
	test_db_open(&migrate, "MIGRATE_DB_URL");
	/* The tables go back to what the migrations made of them. */
	test_seal(&serve.cx);
	test_list(&serve.cx);
	test_touched(&serve.cx, &migrate.cx);
	CHECK_OK(&migrate.cx,
		 db_script(&migrate.cx, "restore",
			   "DELETE FROM audit; DELETE FROM audit_seal;\n"
			   "CREATE TRIGGER audit_never_changes BEFORE UPDATE ON"
			   " audit FOR EACH ROW SIGNAL SQLSTATE '45000' SET"
			   " MESSAGE_TEXT = 'audit rows never change';\n"
			   "CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON"
			   " audit FOR EACH ROW SIGNAL SQLSTATE '45000' SET"
			   " MESSAGE_TEXT = 'audit rows are never deleted'"));
	test_db_close(&migrate);
	test_db_close(&serve);
	return check_done();
}
