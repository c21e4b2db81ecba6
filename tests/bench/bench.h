/*
 * bench.h: what the bench programs share.
 */
#ifndef BENCH_H
#define BENCH_H

#include "base/config.h"
#include "base/ctx.h"
#include "db/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double bench_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* End the program with what went wrong. */
static inline void bench_must(struct ctx *cx, enum err err)
{
	if (err == OK)
		return;
	fprintf(stderr, "%s:%d: %s\n", cx->fault.file, cx->fault.line,
		cx->fault.text);
	exit(1);
}

/* A connection as the product makes it, by DB_URL. */
static inline void bench_open(struct ctx *cx, struct config *config)
{
	static struct arena start_up;
	const char *problem = config_read(&start_up, config);

	if (problem) {
		fprintf(stderr, "%s\n", problem);
		exit(1);
	}
	cx->config = config;
	ctx_begin(cx);
	bench_must(cx, db_open(cx));
}

#endif
