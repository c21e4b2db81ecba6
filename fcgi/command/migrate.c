/*
 * terakoya migrate: bring the database up to the files of sql/.
 *
 * Applied files are never touched: one that changed, went missing or would
 * have to be squeezed in before a later one stops the command, because the
 * tables would then differ from what anybody has tested.
 */
#include "command/command.h"
#include "db/db.h"
#include "db/db_script.h"
#include "store/store_migration.h"

#include <stdio.h>
#include <string.h>

struct lists {
	struct migration *files, *done;
	size_t nfiles, ndone;
};

/* The first ndone files are the ones that were applied, unchanged. */
static enum err compare(struct ctx *cx, const struct lists *l)
{
	for (size_t i = 0; i < l->ndone; i++) {
		const struct migration *done = &l->done[i];
		const struct migration *file =
			i < l->nfiles ? &l->files[i] : NULL;

		if (!file || file->number > done->number)
			return FAIL(cx, ERR_CONFLICT,
				    "%s was applied to this database, but the "
				    "file is missing",
				    done->name);
		if (file->number < done->number)
			return FAIL(cx, ERR_CONFLICT,
				    "%s comes before %s, which is already "
				    "applied; give it a higher number",
				    file->name, done->name);
		if (strcmp(file->sha256, done->sha256) != 0)
			return FAIL(cx, ERR_CONFLICT,
				    "%s has changed since it was applied to "
				    "this database; restore it and write a "
				    "new file",
				    file->name);
	}
	return OK;
}

static enum err apply(struct ctx *cx, struct lists *l)
{
	const char *wrong = migration_files(&cx->arena, cx->config->sql,
					    &l->files, &l->nfiles);

	if (wrong)
		return FAIL(cx, ERR_INTERNAL, "%s", wrong);
	TRY(db_create_missing(cx));
	TRY(db_open(cx));
	TRY(store_migration_begin(cx));
	TRY(store_migration_all(cx, &l->done, &l->ndone));
	TRY(compare(cx, l));
	for (size_t i = l->ndone; i < l->nfiles; i++) {
		TRY(store_migration_apply(cx, &l->files[i]));
		printf("applied %s\n", l->files[i].name);
	}
	return OK;
}

/* Two accounts: the one that serves gets its rights from the one here. */
static enum err grant(struct ctx *cx, const char *serving_url)
{
	const char *account;
	enum err e;

	if (!strcmp(serving_url, cx->config->db_url))
		return OK;
	TRY(db_account_of(cx, serving_url, &account));
	e = store_migration_grant(cx, account);
	if (e == ERR_FORBIDDEN) {
		ctx_forgive(cx);
		printf("rights of %s unchanged: this account may not grant; "
		       "docs/install.md has the statements\n",
		       account);
		return OK;
	}
	return e;
}

int command_migrate(int argc, char **argv)
{
	struct lists l = { 0 };
	const char *serving_url;
	struct command c;
	enum err e;

	if (argc > 1) {
		fprintf(stderr, "usage: terakoya %s\n", argv[0]);
		return 2;
	}
	if (!command_begin(&c, "migrate"))
		return 1;
	serving_url = c.config.db_url;
	c.config.db_url = c.config.migrate_url;
	e = apply(&c.cx, &l);
	if (e == OK)
		e = grant(&c.cx, serving_url);
	if (e == OK && l.ndone == l.nfiles)
		printf("nothing to do: %zu migrations, all applied\n", l.ndone);
	return command_end(&c, e);
}
