#include "jobs.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/json_arena.h"
#include "base/log.h"
#include "db/db.h"
#include "pages/job_analysis.h"
#include "store/store_audit.h"
#include "store/store_booking.h"
#include "store/store_job.h"
#include "store/store_session.h"
#include "store/store_setting.h"
#include "store/store_signin.h"
#include "store/store_unit.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#define PAUSE_MS     500             /* between looks at an empty queue */
#define STALE_MS     (5 * MINUTE_MS) /* without a sign of life: it died */
#define MAX_ATTEMPTS 5

/* What the minute's round remembers of the one before. */
struct round {
	int64_t next_ms;
	int64_t audit_last; /* -1: not known yet */
	bool away;          /* the database; said once, not each time */
	struct analysis_round analyses;
};

static sigset_t ending;

/* Wait so long, or until somebody asks us to end. */
static bool asked_to_end(int ms)
{
	const struct timespec wait = { .tv_sec = ms / 1000,
				       .tv_nsec = ms % 1000 * 1000000L };

	return sigtimedwait(&ending, NULL, &wait) > 0;
}

/* The signal stays: the loop ends by it when the job has left. */
bool jobs_asked_to_end(void)
{
	sigset_t came;

	return !sigpending(&came) && (sigismember(&came, SIGTERM) == 1 ||
				      sigismember(&came, SIGINT) == 1);
}

enum err job_progress(struct ctx *cx, const struct job_run *run, int percent)
{
	return store_job_progress(cx, run->id, percent);
}

static job_fn *find_kind(const char *name)
{
	for (const struct job_kind *k = job_kinds; k->name; k++)
		if (!strcmp(k->name, name))
			return k->function;
	return NULL;
}

/* 10 seconds, then six times as long each time: an hour by the fifth. */
static int64_t next_try(const struct ctx *cx, int64_t attempts)
{
	int64_t wait_ms = 10000;

	for (int64_t i = 1; i < attempts; i++)
		wait_ms *= 6;
	return cx->now_ms + wait_ms;
}

/* Write down how it went; err is what the function said. */
static enum err finish(struct ctx *cx, const struct job *job,
		       const struct job_run *run, enum err err)
{
	const bool again = (err == ERR_BUSY || err == ERR_INTERNAL) &&
			   job->attempts < MAX_ATTEMPTS;
	const char *why;

	if (err == OK)
		return store_job_done(cx, job->id,
				      run->result ? run->result : "{}");
	why = arena_strdup(&cx->arena, cx->fault.text);
	log_event("job_failed", "id=%s job=%" PRId64 " code=%s text=\"%s\"",
		  cx->request_id, job->id, err_name(err), why);
	ctx_forgive(cx);
	return store_job_failed(cx, job->id, why,
				again ? next_try(cx, job->attempts) : 0);
}

/* Take one job and do it. *found false: the queue is empty. */
static enum err do_one(struct ctx *cx, bool *found)
{
	const int64_t began = clock_real();
	struct job_run run;
	struct job job;
	job_fn *function;
	enum err err;

	TRY(store_job_take(cx, STALE_MS, &job, found));
	if (!*found)
		return OK;
	run = (struct job_run){ .id = job.id,
				.input = job.input,
				.created_by = job.created_by };
	function = find_kind(job.kind);
	err = function ? function(cx, &run) : ERR_NOT_FOUND;
	if (!function)
		(void)FAIL(cx, err, "no such kind of job: %s", job.kind);
	db_settle(cx);
	cx->now_ms = clock_now();
	err = finish(cx, &job, &run, err);
	log_event("job", "id=%s job=%" PRId64 " kind=%s ms=%" PRId64,
		  cx->request_id, job.id, job.kind, clock_real() - began);
	return err;
}

/* Ends the sign-ins that were idle, or are older, than settings allow. */
static enum err end_signins(struct ctx *cx, int64_t *ended)
{
	const struct signin_limits limits = {
		.idle_ms = store_setting_int(cx, "signin.idle_minutes", 30) *
			   MINUTE_MS,
		.age_ms = store_setting_int(cx, "signin.max_hours", 12) * 60 *
			  MINUTE_MS,
	};

	return store_signin_tidy(cx, &limits, ended);
}

/* What has come due: names of units that begin, sessions that are over, seats
 * no longer kept for units, reminders. */
static enum err do_due(struct ctx *cx)
{
	int64_t renamed = 0, held = 0, released = 0, told = 0;

	TRY(store_unit_names_apply(cx, &renamed));
	TRY(store_session_close_ended(cx, &held));
	TRY(store_booking_release_due(cx, &released));
	TRY(store_booking_remind(cx, &told));
	if (renamed || held || released || told)
		log_event("due",
			  "renamed=%" PRId64 " held=%" PRId64
			  " released=%" PRId64 " reminded=%" PRId64,
			  renamed, held, released, told);
	return OK;
}

/* Once a minute: the clock, the seal, sign-ins nobody uses any more, old jobs,
 * what has come due, analyses out of date. */
static enum err do_round(struct ctx *cx, struct round *round)
{
	int64_t last, sealed = 0, ended = 0, queued = 0, gone = 0;

	if (!cx->config->now_ms) {
		clock_set_offset(store_setting_int(cx, "clock.offset_ms", 0));
		cx->now_ms = clock_now();
	}
	TRY(store_audit_last(cx, &last));
	if (round->audit_last >= 0)
		TRY(store_audit_seal(cx, round->audit_last, &sealed));
	round->audit_last = last;
	TRY(end_signins(cx, &ended));
	TRY(store_job_tidy(cx, &gone));
	TRY(do_due(cx));
	TRY(job_analysis_round(cx, &round->analyses, &queued));
	if (sealed || ended || queued || gone)
		log_event("round",
			  "sealed=%" PRId64 " ended=%" PRId64
			  " analyses=%" PRId64 " forgotten=%" PRId64,
			  sealed, ended, queued, gone);
	return OK;
}

/* One look: the minute's round when it is due, then one job. */
static enum err look(struct ctx *cx, struct round *round, bool *found)
{
	*found = false;
	if (clock_real() >= round->next_ms) {
		TRY(do_round(cx, round));
		round->next_ms = clock_real() + MINUTE_MS;
	}
	return do_one(cx, found);
}

int jobs_run(const struct config *config)
{
	struct ctx cx = { .config = config };
	struct round round = { .audit_last = -1 };
	bool found = false;

	sigemptyset(&ending);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGINT);
	sigprocmask(SIG_BLOCK, &ending, NULL);
	json_arena_use(&cx.arena);
	log_event("jobs_ready", "text=\"waiting for work\"");
	while (!asked_to_end(found ? 0 : PAUSE_MS)) {
		enum err err;

		ctx_begin(&cx);
		err = cx.db ? look(&cx, &round, &found) : db_open(&cx);
		if (err != OK && !round.away)
			log_event("jobs", "code=%s text=\"%s\"", err_name(err),
				  cx.fault.text);
		round.away = err != OK;
		if (err != OK)
			found = false;
		db_settle(&cx);
		ctx_end(&cx);
	}
	json_arena_use(NULL);
	db_close(&cx);
	log_event("stopped", "jobs=0");
	return 0;
}
