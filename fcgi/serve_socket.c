#include "serve.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 4096 /* the kernel cuts it to net.core.somaxconn */

/* The first descriptor that systemd passes; sd_listen_fds(3). */
#define PASSED 3

static bool is_listening(int fd)
{
	int value = 0;
	socklen_t size = sizeof(value);

	return !getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) &&
	       value;
}

static bool is_passed(void)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
	int64_t n;

	if (!pid || !text_to_i64(pid, 1, INT32_MAX, &n) || n != getpid())
		return false;
	return fds && text_to_i64(fds, 1, 64, &n) && is_listening(PASSED);
}

/* Somebody accepts connections there. */
static bool is_in_use(const struct sockaddr_un *address)
{
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool used;

	if (fd < 0)
		return false;
	used = !connect(fd, (const struct sockaddr *)address, sizeof(*address));
	close(fd);
	return used;
}

int socket_listen(const char *path, bool *opened, char *error, size_t n)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	*opened = false;
	if (is_passed())
		return PASSED;
	if (is_listening(STDIN_FILENO))
		return STDIN_FILENO;
	if (strlen(path) >= sizeof(address.sun_path)) {
		snprintf(error, n, "the socket's path is too long: %s", path);
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path));
	if (is_in_use(&address)) {
		snprintf(error, n, "another server is running on %s", path);
		return -1;
	}
	unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 ||
	    bind(fd, (const struct sockaddr *)&address, sizeof(address)) ||
	    chmod(path, 0660) || listen(fd, BACKLOG)) {
		snprintf(error, n, "cannot listen on %s: %s", path,
			 strerror(errno));
		return -1;
	}
	*opened = true;
	return fd;
}
