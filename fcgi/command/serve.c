/*
 * terakoya serve: answer requests on the FastCGI socket until SIGTERM.
 *
 * SIGHUP reads configuration, texts and views again and replaces the workers
 * without a failed request.
 */
#include "serve.h"

#include "base/clock.h"
#include "base/config.h"
#include "command/command.h"

#include <stdio.h>
#include <unistd.h>

int command_serve(int argc, char **argv)
{
	char error[400] = "";
	struct site *site;
	bool opened;
	int fd, status;

	if (argc != 1) {
		fprintf(stderr, "usage: terakoya %s\n", argv[0]);
		return 2;
	}
	site = site_load(error, sizeof(error));
	if (!site) {
		fprintf(stderr, "terakoya serve: %s\n", error);
		return 1;
	}
	if (site->config->now_ms)
		clock_set_offset(site->config->now_ms - clock_real());
	fd = socket_listen(site->config->socket, &opened, error, sizeof(error));
	if (fd < 0) {
		fprintf(stderr, "terakoya serve: %s\n", error);
		return 1;
	}
	status = supervisor_run(site, fd);
	if (opened)
		unlink(site->config->socket);
	return status;
}
