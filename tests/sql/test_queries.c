/*
 * Every statement of store/ prepares against the migrated tables, with the
 * rights of the account that serves: a renamed column or a missing right
 * fails here and not in front of a visitor.
 */
#include "db/db_inside.h"
#include "db_test.h"
#include "store_queries.inc"

struct found {
	const char *file;
	const struct db_query *const *list;
	int made; /* statements defined in the file */
};

/* clang-format off */
static const struct found all[] = { FOUND_ALL { NULL, NULL, 0 } };
/* clang-format on */

/* Few enough tables, and only a read: else it would never be remembered. */
static bool can_remember(const struct db_query *q)
{
	const struct db_tables tables = db_tables_of(q->sql);

	return tables.n > 0 && !tables.too_many &&
	       (!strncmp(q->sql, "SELECT", 6) || !strncmp(q->sql, "WITH", 4) ||
		q->sql[0] == '(') &&
	       !strstr(q->sql, "FOR UPDATE");
}

int main(void)
{
	struct test_db serve, migrate;

	test_db_open(&serve, "DB_URL");
	test_db_open(&migrate, "MIGRATE_DB_URL");
	for (const struct found *f = all; f->file; f++) {
		const bool ddl = strstr(f->file, "migration") != NULL;
		struct ctx *cx = ddl ? &migrate.cx : &serve.cx;
		int listed = 0;

		for (; f->list[listed]; listed++) {
			const struct db_query *q = f->list[listed];
			const char *says =
				arena_printf(&cx->arena, "%s: %s prepares",
					     f->file,
					     q->name ? q->name : "(no name)");

			if (!CHECK_THAT(db_prepare_only(cx, q) == OK, says))
				printf("# %s\n", cx->fault.text);
			ctx_forgive(cx);
			if (q->remember)
				CHECK_THAT(can_remember(q), says);
		}
		CHECK_THAT(listed == f->made,
			   arena_printf(&cx->arena,
					"%s lists all its %d statements",
					f->file, f->made));
	}
	test_db_close(&migrate);
	test_db_close(&serve);
	return check_done();
}
