/*
 * main.c: terakoya SUBCOMMAND. Finds the subcommand and runs it.
 */
#include "base/json_arena.h"
#include "command/command.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static int command_help(int argc, char **argv);

/* One line per subcommand, in the order of "terakoya help". */
static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *what;
} commands[] = {
	{ "help", command_help, "this list" },
	{ "migrate", command_migrate, "bring the database up to sql/" },
	{ "load", command_load, "read content/ or a file of people" },
	{ "user", command_user, "accounts and roles, by hand" },
	{ "serve", command_serve, "answer requests on the FastCGI socket" },
	{ "jobs", command_jobs, "do queued work, seal the audit log" },
	{ "backup", command_backup, "the whole database as one file" },
	{ "check", command_check, "is this installation sound?" },
	{ "render", command_render, "a template with a model, as HTML" },
	{ "analysis", command_analysis, "all statistics of a session, kept" },
	{ "analyse", command_analyse, "a statistic of CSV files, as JSON" },
};

static int command_help(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("usage: terakoya COMMAND [ARGUMENT...]\n");
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		printf("  %-9s %s\n", commands[i].name, commands[i].what);
	return 0;
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "help";

	/*
	 * No setlocale() anywhere: numbers keep their point. A reader who
	 * goes away is a failed write, not a signal.
	 */
	signal(SIGPIPE, SIG_IGN);
	if (sodium_init() < 0) {
		fputs("terakoya: no source of random numbers\n", stderr);
		return 1;
	}
	json_arena_install();
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(name, commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "terakoya: no command \"%s\"; see terakoya help\n",
		name);
	return 2;
}
