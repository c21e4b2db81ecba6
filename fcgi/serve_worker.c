#include "serve.h"

#include "base/config.h"
#include "base/json_arena.h"
#include "base/log.h"
#include "db/db.h"

#include <errno.h>
#include <fcgiapp.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * A request that takes longer than this is a loop of ours: the process ends
 * and the supervisor starts another. nginx has given up by then.
 */
#define SECONDS_PER_REQUEST 120

static volatile sig_atomic_t stopping;

static void stop(int signal)
{
	(void)signal;
	stopping = 1;
}

/* SIGTERM may come in while we wait for work, never in the middle of it. */
static void let_stop(int how)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(how, &set, NULL);
}

static void prepare_signals(void)
{
	struct sigaction action = { .sa_handler = stop };
	sigset_t all;

	sigaction(SIGTERM, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	sigemptyset(&all);
	sigaddset(&all, SIGTERM);
	sigprocmask(SIG_SETMASK, &all, NULL);
}

static size_t read_body(void *arg, char *to, size_t max)
{
	FCGX_Request *fr = arg;
	size_t got = 0;

	while (got < max) {
		const int n = FCGX_GetStr(to + got, (int)(max - got), fr->in);

		if (n <= 0)
			break;
		got += (size_t)n;
	}
	return got;
}

static void write_reply(void *arg, const char *bytes, size_t n)
{
	FCGX_Request *fr = arg;

	FCGX_PutStr(bytes, (int)n, fr->out);
}

/*
 * The next connection; -1 when it is time to end. The socket has a time-out,
 * so a SIGTERM between the check and accept() waits a second at most, and a
 * worker whose supervisor was killed notices.
 */
static int next_connection(int socket, pid_t parent)
{
	int fd = -1;

	let_stop(SIG_UNBLOCK);
	while (!stopping && getppid() == parent) {
		fd = accept4(socket, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0)
			break;
		if (errno != EINTR && errno != EAGAIN && errno != ECONNABORTED)
			break;
	}
	let_stop(SIG_BLOCK);
	return fd;
}

int worker_run(const struct site *site, int socket)
{
	struct ctx cx = { .config = site->config };
	const struct timeval second = { .tv_sec = 1 };
	const pid_t parent = getppid();
	FCGX_Request fr;
	int fd, left = site->config->requests;

	/* Workers that began together shall not retire together. */
	left += (int)randombytes_uniform((uint32_t)left / 8 + 1);
	prepare_signals();
	setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
	if (FCGX_Init() != 0 || FCGX_InitRequest(&fr, socket, 0) != 0) {
		log_event("worker", "text=\"libfcgi does not start\"");
		return 1;
	}
	json_arena_use(&cx.arena);
	/* A database that is away now is connected to by the first request. */
	if (db_open(&cx) != OK)
		log_event("worker", "text=\"%s\"", cx.fault.text);
	while (left-- > 0 && (fd = next_connection(socket, parent)) >= 0) {
		const struct sink sink = { write_reply, &fr };
		struct source source = { .read = read_body, .arg = &fr };

		/*
		 * libfcgi's own accept cannot be told when a signal may
		 * interrupt it, and one that comes while it reads the head
		 * would cost a request. So it is handed a connection.
		 */
		fr.ipcFd = fd;
		fr.keepConnection = 1;
		if (FCGX_Accept_r(&fr) != 0)
			break;
		source.env = (const char *const *)fr.envp;
		alarm(SECONDS_PER_REQUEST);
		serve_request(&cx, site, &source, &sink);
		FCGX_Finish_r(&fr);
		alarm(0);
	}
	db_close(&cx);
	return 0;
}
