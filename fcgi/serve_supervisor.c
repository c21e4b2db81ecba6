#include "serve.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"
#include "db/db.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_WORKERS  256
#define MAX_CHILDREN (4 * MAX_WORKERS) /* reloads may overlap */
#define FIRST_DELAY  100 /* ms before a worker that died at once is replaced */
#define LAST_DELAY   10000 /* ms; the delay doubles up to here */
#define AT_ONCE      1000  /* ms of life that count as "at once" */
#define GRACE        30000 /* ms a worker may take to end its request */
#define TICK         100   /* ms between looks while something is under way */

struct child {
	pid_t pid; /* 0: free place */
	int64_t started_ms;
	int64_t told_ms; /* when it was first told to end; 0: it was not */
};

struct crew {
	struct site *site;
	int socket;
	int wanted;
	struct child children[MAX_CHILDREN];
	int64_t delay_ms; /* before the next start */
	int64_t next_ms;  /* no start before then */
	bool stopping;
};

static int worker_count(const struct config *c)
{
	const long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int n = c->workers > 0 ? c->workers : 2 * (int)cores;

	if (c->workers <= 0 && n < 4)
		n = 4;
	return n > MAX_WORKERS ? MAX_WORKERS : n;
}

static int count(const struct crew *crew, bool told)
{
	int n = 0;

	for (int i = 0; i < MAX_CHILDREN; i++)
		n += crew->children[i].pid &&
		     (crew->children[i].told_ms != 0) == told;
	return n;
}

static struct child *free_place(struct crew *crew)
{
	for (int i = 0; i < MAX_CHILDREN; i++)
		if (!crew->children[i].pid)
			return &crew->children[i];
	return NULL;
}

/* Start one worker. false: it could not be done now. */
static bool start_one(struct crew *crew)
{
	struct child *child = free_place(crew);
	pid_t pid;

	if (!child)
		return false;
	pid = fork();
	if (pid == 0)
		_exit(worker_run(crew->site, crew->socket));
	if (pid < 0) {
		log_event("fork", "text=\"%s\"", strerror(errno));
		return false;
	}
	*child = (struct child){ .pid = pid, .started_ms = clock_real() };
	return true;
}

/* Workers up to the number wanted, unless they keep dying. */
static void start_missing(struct crew *crew)
{
	const int64_t now = clock_real();

	if (crew->stopping || now < crew->next_ms)
		return;
	while (count(crew, false) < crew->wanted)
		if (!start_one(crew)) {
			crew->next_ms = now + LAST_DELAY;
			return;
		}
}

static void note_end(struct crew *crew, struct child *child, int status)
{
	const int64_t now = clock_real();
	const bool good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	const bool at_once = now - child->started_ms < AT_ONCE;

	child->pid = 0;
	if (good || child->told_ms) {
		crew->delay_ms = 0;
		return;
	}
	log_event("worker_died", "signal=%d status=%d lived_ms=%lld",
		  WIFSIGNALED(status) ? WTERMSIG(status) : 0,
		  WIFEXITED(status) ? WEXITSTATUS(status) : 0,
		  (long long)(now - child->started_ms));
	if (!at_once) {
		crew->delay_ms = 0;
		return;
	}
	crew->delay_ms = crew->delay_ms ? crew->delay_ms * 2 : FIRST_DELAY;
	if (crew->delay_ms > LAST_DELAY)
		crew->delay_ms = LAST_DELAY;
	crew->next_ms = now + crew->delay_ms;
}

static void reap(struct crew *crew)
{
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < MAX_CHILDREN; i++)
			if (crew->children[i].pid == pid)
				note_end(crew, &crew->children[i], status);
}

/* Tell every worker of today to end after its request. */
static void tell_all(struct crew *crew)
{
	const int64_t now = clock_real();

	for (int i = 0; i < MAX_CHILDREN; i++)
		if (crew->children[i].pid && !crew->children[i].told_ms) {
			crew->children[i].told_ms = now;
			kill(crew->children[i].pid, SIGTERM);
		}
}

/* Those who do not end in time are ended. */
static void press(struct crew *crew)
{
	const int64_t now = clock_real();

	for (int i = 0; i < MAX_CHILDREN; i++) {
		const struct child *child = &crew->children[i];

		if (child->pid && child->told_ms &&
		    now - child->told_ms > GRACE)
			kill(child->pid, SIGKILL);
	}
}

/*
 * A new generation with everything read again. The socket stays open, the old
 * ones end what they have in hand, so no request fails. What does not load
 * leaves things as they are.
 */
static void reload(struct crew *crew)
{
	char error[400];
	struct site *site = site_load(error, sizeof(error));

	if (!site) {
		log_event("reload_refused", "text=\"%s\"", error);
		return;
	}
	site_free(crew->site);
	crew->site = site;
	crew->wanted = worker_count(site->config);
	crew->delay_ms = crew->next_ms = 0;
	tell_all(crew);
	start_missing(crew);
	log_event("reloaded", "workers=%d", crew->wanted);
}

static void handle(struct crew *crew, int signal)
{
	if (signal == SIGHUP && !crew->stopping) {
		reload(crew);
	} else if (signal == SIGTERM || signal == SIGINT) {
		crew->stopping = true;
		tell_all(crew);
	}
}

int supervisor_run(struct site *site, int socket)
{
	static const int caught[] = { SIGTERM, SIGINT, SIGHUP, SIGCHLD };
	struct crew crew = { .site = site, .socket = socket };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		sigaddset(&set, caught[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	crew.wanted = worker_count(site->config);
	if (!db_share_changes())
		log_event("memory", "text=\"results are not remembered\"");
	start_missing(&crew);
	log_event("ready", "workers=%d socket=%s", crew.wanted,
		  site->config->socket);
	while (!crew.stopping || count(&crew, true) > 0) {
		const bool busy = crew.stopping || count(&crew, true) > 0 ||
				  count(&crew, false) < crew.wanted;
		const struct timespec wait = { .tv_sec = busy ? 0 : 60,
					       .tv_nsec = busy ? TICK * 1000000L
							       : 0 };

		handle(&crew, sigtimedwait(&set, NULL, &wait));
		reap(&crew);
		press(&crew);
		start_missing(&crew);
	}
	log_event("stopped", "workers=0");
	return 0;
}
