/*
 * terakoya jobs: do queued work, seal the audit log, until SIGTERM.
 */
#include "jobs.h"
#include "command/command.h"

#include <stdio.h>

int command_jobs(int argc, char **argv)
{
	struct command c;
	int status;

	if (argc != 1) {
		fprintf(stderr, "usage: terakoya %s\n", argv[0]);
		return 2;
	}
	if (!command_begin(&c, argv[0]))
		return 1;
	status = jobs_run(&c.config);
	command_end(&c, OK);
	return status;
}
