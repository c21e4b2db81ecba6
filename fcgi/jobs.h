/*
 * jobs.h: the process that does what nobody waits for.
 *
 * It takes queued jobs one by one. Each minute it seals the audit log, ends
 * sign-ins that timed out, forgets old jobs, does what has come due (sessions
 * that are over, seats no longer kept, reminders, new names of units) and
 * queues analyses that are out of date. Several may run side by side.
 */
#ifndef JOBS_H
#define JOBS_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stdint.h>

struct config;

/* A job while it runs; given to the function of its kind. */
struct job_run {
	int64_t id;
	const char *input;  /* JSON, as queued */
	int64_t created_by; /* person, DB_NULL: the product */
	const char *result; /* the function sets it: JSON; NULL is "{}" */
};

/*
 * Does the work. It may run again after a crash. A failure is tried again
 * later when it is ERR_BUSY or ERR_INTERNAL; other codes are final.
 */
typedef enum err job_fn(struct ctx *cx, struct job_run *run);

/* One row of the table of kinds in jobs_kinds.c, which ends with { NULL }. */
struct job_kind {
	const char *name;
	job_fn *function;
};

extern const struct job_kind job_kinds[];

/* How far it is, 0 to 100; also the sign of life that keeps the job ours. */
enum err job_progress(struct ctx *cx, const struct job_run *run,
		      int percent) MUST_USE;

/* SIGTERM or SIGINT came: a long job leaves by ERR_BUSY and is done later. */
bool jobs_asked_to_end(void);

/* Until SIGTERM or SIGINT, then to the end of the job in hand. */
int jobs_run(const struct config *config);

#endif
