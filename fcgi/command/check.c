/*
 * terakoya check          is this installation sound? one line per point
 * terakoya check --empty  status 0 when nobody is in the register yet, else
 *                         1: tools/run asks before it loads the demo
 * terakoya check routes   every address and who may use it, as JSON
 */
#include "command/check.h"

#include "command/command.h"
#include "db/db.h"
#include "store/store_audit.h"
#include "store/store_migration.h"
#include "store/store_summary.h"
#include "view/texts.h"
#include "view/view.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool all_good;

/* "ok   what: more" or "BAD  what: more" */
static void point(bool good, const char *what, const char *more)
{
	printf("%s %s: %s\n", good ? "ok  " : "BAD ", what, more);
	all_good = all_good && good;
}

static void check_folder(struct ctx *cx, const char *what, const char *path,
			 int mode)
{
	const bool good = !access(path, mode);

	point(good, what,
	      good ? path
		   : arena_printf(&cx->arena, "%s: %s", path, strerror(errno)));
}

static void check_migrations(struct ctx *cx)
{
	struct arena *a = &cx->arena;
	struct migration *files;
	const char *wrong;
	int64_t newest;
	size_t n;

	wrong = migration_files(a, cx->config->sql, &files, &n);
	if (wrong) {
		point(false, "migrations", wrong);
		return;
	}
	if (store_migration_newest(cx, &newest) != OK) {
		point(false, "migrations", "none; run terakoya migrate");
		ctx_forgive(cx);
		return;
	}
	point(n > 0 && newest == files[n - 1].number, "migrations",
	      n > 0 && newest < files[n - 1].number
		      ? arena_printf(a,
				     "at %" PRId64 " of %" PRId64
				     "; run terakoya migrate",
				     newest, files[n - 1].number)
		      : arena_printf(a, "at %" PRId64, newest));
}

/* The chain of hashes over the audit log, computed again. */
static void check_audit(struct ctx *cx)
{
	struct arena *a = &cx->arena;
	int64_t seals, broken;

	if (store_audit_verify(cx, &seals, &broken) != OK) {
		point(false, "audit log", cx->fault.text);
		ctx_forgive(cx);
		return;
	}
	point(broken == 0, "audit log",
	      broken ? arena_printf(a,
				    "rows up to %" PRId64
				    " are not what was sealed",
				    broken)
		     : arena_printf(a, "%" PRId64 " seals fit", seals));
}

static void check_data(struct ctx *cx)
{
	struct arena *a = &cx->arena;
	struct summary s;

	if (store_summary(cx, &s) != OK) {
		point(false, "data", cx->fault.text);
		ctx_forgive(cx);
		return;
	}
	point(true, "data",
	      arena_printf(a,
			   "%" PRId64 " people%s, %" PRId64 " courses, %" PRId64
			   " sessions, about %" PRId64 " submissions",
			   s.people, s.is_synthetic ? " (synthetic)" : "",
			   s.courses, s.sessions, s.submissions));
	point(s.admins > 0, "administrators",
	      s.admins > 0 ? arena_printf(a, "%" PRId64, s.admins)
			   : "none; make one with terakoya user add");
	point(s.courses > 0, "catalogue",
	      s.courses > 0 ? "loaded" : "empty; run terakoya load content");
}

/* What a visitor would trip over: views that do not compile, lost texts. */
static void check_content(struct ctx *cx)
{
	struct arena *a = &cx->arena;
	const char *views = arena_printf(a, "%s/views", cx->config->content);
	char wrong[400] = "";

	bool good = views_load(a, views, wrong, sizeof(wrong));

	point(good, "views", good ? "compile" : wrong);
	*wrong = '\0';
	good = texts_load(a, cx->config->content, wrong, sizeof(wrong));
	point(good, "texts", good ? "read" : wrong);
}

static int check_empty(void)
{
	struct summary s = { 0 };
	struct command c;
	enum err e;

	if (!command_begin_with_db(&c, "check"))
		return 1;
	e = store_summary(&c.cx, &s);
	return command_end(&c, e) || s.people > 0;
}

int command_check(int argc, char **argv)
{
	struct command c;
	struct ctx *cx = &c.cx;

	if (argc == 2 && !strcmp(argv[1], "--empty"))
		return check_empty();
	if (argc == 2 && !strcmp(argv[1], "routes"))
		return check_routes();
	if (argc > 1) {
		fputs("usage: terakoya check [--empty | routes]\n", stderr);
		return 2;
	}
	if (!command_begin(&c, "check"))
		return 1;
	all_good = true;
	point(true, "configuration", "read");
	check_folder(cx, "data folder", c.config.var, R_OK | W_OK | X_OK);
	check_folder(cx, "content", c.config.content, R_OK | X_OK);
	check_folder(cx, "assets", c.config.assets, R_OK | X_OK);
	check_content(cx);
	if (db_open(cx) == OK) {
		point(true, "database", "answers");
		check_migrations(cx);
		check_data(cx);
		check_audit(cx);
	} else {
		point(false, "database", cx->fault.text);
		ctx_forgive(cx);
	}
	command_end(&c, OK);
	return all_good ? 0 : 1;
}
