/*
 * job_analysis.h: analyses as jobs, and when the product queues them itself.
 */
#ifndef PAGES_JOB_ANALYSIS_H
#define PAGES_JOB_ANALYSIS_H

#include "jobs.h"

/* The kind "analysis". */
enum err job_analysis(struct ctx *cx, struct job_run *run);

/* What the rounds remember of each other; all zero at the start. */
struct analysis_round {
	int64_t newest;  /* greatest submission id at the last look */
	int64_t next_ms; /* clock_real() of the next look without new answers */
};

/*
 * Queue what is out of date, a few scopes at a time, once nobody has answered
 * for ten minutes: the year at most once an hour. *queued: how many. Without
 * new answers it is one look into an index.
 */
enum err job_analysis_round(struct ctx *cx, struct analysis_round *round,
			    int64_t *queued) MUST_USE;

#endif
