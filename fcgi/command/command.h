/*
 * command.h: the subcommands of terakoya, one file each.
 *
 * Each gets the arguments behind its own name (argv[0] is the name) and
 * returns the process's exit status: 0 done, 1 it failed (one sentence on
 * standard error), 2 wrong usage or bad input. A new one gets a line here and
 * one in the table of main.c.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "base/config.h"
#include "base/ctx.h"

#include <stdbool.h>

int command_serve(int argc, char **argv);
int command_jobs(int argc, char **argv);
int command_migrate(int argc, char **argv);
int command_load(int argc, char **argv);
int command_analyse(int argc, char **argv);
int command_analysis(int argc, char **argv);
int command_render(int argc, char **argv);
int command_import(int argc, char **argv);
int command_export(int argc, char **argv);
int command_user(int argc, char **argv);
int command_backup(int argc, char **argv);
int command_check(int argc, char **argv);

/* What a command that needs the configuration works with. */
struct command {
	const char *name;
	struct arena arena; /* lives from begin to end */
	struct config config;
	struct ctx cx;
};

/*
 * Read the configuration, set the clock where TERAKOYA_NOW asks for it and
 * begin cx. False: the sentence is printed, the status is 1.
 */
bool command_begin(struct command *c, const char *name);

/*
 * The same, connected to the database, and with the product's clock moved by
 * the setting clock.offset_ms unless TERAKOYA_NOW has set it.
 */
bool command_begin_with_db(struct command *c, const char *name);

/*
 * Close everything. The exit status: 0 for OK; otherwise 1, after the fault
 * was printed as one sentence.
 */
int command_end(struct command *c, enum err e);

/* Print "terakoya NAME: sentence" on standard error; returns status. */
int command_say(const struct command *c, int status, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
