/*
 * terakoya backup FOLDER: everything in the database, as one file.
 *
 * mariadb-dump reads one consistent moment without stopping anybody, by the
 * account that changes tables; gzip writes FOLDER/terakoya-DAY-TIME.sql.gz,
 * which gets its name only when it is whole and on disk. When it was is
 * written down for the page /admin/health, and in the audit log.
 * docs/install.md says how it is restored.
 */
#include "base/clock.h"
#include "command/command.h"
#include "db/db.h"
#include "db/db_address.h"
#include "store/store_audit.h"
#include "store/store_setting.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct dump {
	struct ctx *cx;
	const char *folder, *part, *path;
	int file;
};

static const char *option(struct arena *a, const char *name, const char *value)
{
	return arena_printf(a, "--%s=%s", name, value);
}

/*
 * Start a program that reads in and writes out. The password, if any, goes by
 * the environment: arguments are for everybody to see.
 */
static enum err start(struct ctx *cx, const char *const *args, int in, int out,
		      pid_t *pid)
{
	posix_spawn_file_actions_t files;
	int failed;

	posix_spawn_file_actions_init(&files);
	if (in >= 0)
		posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	failed = posix_spawnp(pid, args[0], &files, NULL,
			      (char **)(uintptr_t)args, environ);
	posix_spawn_file_actions_destroy(&files);
	if (failed == ENOENT)
		return FAIL(cx, ERR_INTERNAL,
			    "there is no %s; install mariadb-client and gzip",
			    args[0]);
	return failed ? FAIL(cx, ERR_INTERNAL, "cannot run %s: %s", args[0],
			     strerror(failed))
		      : OK;
}

static enum err start_dump(struct ctx *cx, int out, pid_t *pid)
{
	struct arena *a = &cx->arena;
	struct db_address at;
	const char *args[20] = {
		"mariadb-dump",         "--no-defaults",
		"--single-transaction", "--quick",
		"--skip-lock-tables",   "--no-tablespaces",
		"--triggers",           "--routines",
		"--hex-blob",           "--default-character-set=utf8mb4"
	};
	const char *wrong = db_address_read(a, cx->config->db_url, &at);
	size_t n = 10;

	if (wrong)
		return FAIL(cx, ERR_INTERNAL, "%s", wrong);
	if (*at.user)
		args[n++] = option(a, "user", at.user);
	if (at.host) {
		args[n++] = option(a, "host", at.host);
		args[n++] = "--protocol=tcp";
		args[n++] = option(a, "port", arena_printf(a, "%u", at.port));
	} else {
		args[n++] = option(a, "socket", at.socket);
	}
	args[n++] = at.name;
	args[n] = NULL;
	if (*at.password && setenv("MYSQL_PWD", at.password, 1))
		return FAIL(cx, ERR_INTERNAL, "no memory for the environment");
	return start(cx, args, -1, out, pid);
}

static enum err wait_for(struct ctx *cx, const char *name, pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return FAIL(cx, ERR_INTERNAL, "%s is lost: %s", name,
				    strerror(errno));
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return OK;
	return FAIL(cx, ERR_INTERNAL,
		    "%s failed, it says why above; nothing was kept", name);
}

/* mariadb-dump | gzip > the part. Both have to end well. */
static enum err write_dump(struct ctx *cx, int file)
{
	static const char *const gzip[] = { "gzip", "-c", NULL };
	pid_t dumper = 0, packer = 0;
	enum err e, packed;
	int pipes[2];

	if (pipe2(pipes, O_CLOEXEC))
		return FAIL(cx, ERR_INTERNAL, "no pipe: %s", strerror(errno));
	e = start_dump(cx, pipes[1], &dumper);
	if (e == OK)
		e = start(cx, gzip, pipes[0], file, &packer);
	close(pipes[0]);
	close(pipes[1]);
	/* A full disk stops gzip first, and that ends the other. */
	packed = packer ? wait_for(cx, "gzip", packer) : e;
	if (dumper)
		e = wait_for(cx, "mariadb-dump", dumper);
	return packed != OK ? packed : e;
}

/* On disk, then under its own name, and the folder knows it. */
static enum err keep(const struct dump *d)
{
	const int folder = open(d->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const bool good = folder >= 0 && !fsync(d->file) &&
			  !rename(d->part, d->path) && !fsync(folder);
	const int why = errno;

	if (folder >= 0)
		close(folder);
	return good ? OK
		    : FAIL(d->cx, ERR_INTERNAL, "cannot keep %s: %s", d->path,
			   strerror(why));
}

static enum err run_noting(struct ctx *cx, void *arg)
{
	const char *name = strrchr(arg, '/');

	TRY(store_setting_set(cx, "backup.last",
			      instant_to_db(&cx->arena, cx->now_ms)));
	return store_audit_add(cx, &(struct audit){ .action = "backup.made",
						    .object = name ? name + 1
								   : arg });
}

static enum err make(struct ctx *cx, const char *folder, const char **path)
{
	struct arena *a = &cx->arena;
	const char *at = instant_to_db(a, cx->now_ms);
	struct dump d = { .cx = cx, .folder = folder };
	enum err e;

	/* UTC, as everything in it. */
	d.path = arena_printf(a, "%s/terakoya-%.10s-%.2s%.2s%.2s.sql.gz",
			      folder, at, at + 11, at + 14, at + 17);
	d.part = arena_printf(a, "%s.part", d.path);
	d.file = open(d.part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (d.file < 0)
		return FAIL(cx, ERR_INTERNAL, "cannot write %s: %s", d.part,
			    strerror(errno));
	e = write_dump(cx, d.file);
	if (e == OK)
		e = keep(&d);
	if (e != OK)
		unlink(d.part);
	close(d.file);
	*path = d.path;
	return e;
}

int command_backup(int argc, char **argv)
{
	const char *path;
	struct command c;
	int64_t offset;
	enum err e;

	if (argc != 2 || argv[1][0] == '-') {
		fputs("usage: terakoya backup FOLDER\n", stderr);
		return 2;
	}
	if (!command_begin(&c, "backup"))
		return 1;
	c.config.db_url = c.config.migrate_url;
	e = db_open(&c.cx);
	if (e == OK && !c.config.now_ms) {
		offset = store_setting_int(&c.cx, "clock.offset_ms", 0);
		clock_set_offset(offset);
		c.cx.now_ms = clock_now();
	}
	if (e == OK)
		e = make(&c.cx, argv[1], &path);
	if (e == OK)
		e = db_transact(&c.cx, run_noting, (void *)(uintptr_t)path);
	if (e == OK)
		puts(path);
	return command_end(&c, e);
}
