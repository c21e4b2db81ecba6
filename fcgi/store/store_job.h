/*
 * store_job.h: work that is done outside a request.
 *
 * A page adds a row; the jobs process takes it, does it and writes down how
 * it went. A job may run again after a crash, so it must come to the same
 * result when it does.
 */
#ifndef STORE_STORE_JOB_H
#define STORE_STORE_JOB_H

#include "db/db.h"

struct job {
	int64_t id;
	const char *kind;
	const char *input;  /* JSON */
	const char *state;  /* queued, running, done, failed */
	int64_t progress;   /* percent */
	const char *result; /* JSON; failed: the sentence for people */
	int64_t attempts;
	int64_t created_by;                /* person, DB_NULL: the product */
	const char *created_at, *ended_at; /* UTC */
};

/*
 * Queue a job to run at run_after_ms or later (0: at once). created_by 0:
 * the product itself.
 */
enum err store_job_add(struct ctx *cx, const char *kind, const char *input,
		       int64_t created_by, int64_t run_after_ms,
		       int64_t *id) MUST_USE;

/* One job of a person; ERR_NOT_FOUND also if it is somebody else's. */
enum err store_job_find(struct ctx *cx, int64_t id, int64_t person_id,
			struct job *job) MUST_USE;

/* How many wait, run and failed in the last day; for the health page. */
struct job_counts {
	int64_t queued, running, failed;
	const char *oldest_at; /* creation of the oldest waiting; NULL: none */
};
enum err store_job_counts(struct ctx *cx, struct job_counts *counts) MUST_USE;

/*
 * Take the next waiting job (FOR UPDATE SKIP LOCKED) and mark it running;
 * also one whose process died: running for over stale_ms without a sign.
 */
enum err store_job_take(struct ctx *cx, int64_t stale_ms, struct job *job,
			bool *found) MUST_USE;

/* A sign of life and how far it is, 0 to 100. */
enum err store_job_progress(struct ctx *cx, int64_t id,
			    int64_t percent) MUST_USE;

/* It ended well; result is JSON. */
enum err store_job_done(struct ctx *cx, int64_t id,
			const char *result) MUST_USE;

/* It did not: try again at run_after_ms, or never (0); sentence is kept. */
enum err store_job_failed(struct ctx *cx, int64_t id, const char *sentence,
			  int64_t run_after_ms) MUST_USE;

/* Jobs that ended a month ago are forgotten, at most 1000 at a time. */
enum err store_job_tidy(struct ctx *cx, int64_t *gone) MUST_USE;

extern const struct db_query *const store_job_queries[];

#endif
