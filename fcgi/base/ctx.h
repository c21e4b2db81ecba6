/*
 * ctx.h: what every function of one request (or one job) shares.
 */
#ifndef BASE_CTX_H
#define BASE_CTX_H

#include "base/arena.h"
#include "base/err.h"

#include <stdint.h>

struct db;
struct config;

struct ctx {
	struct arena arena; /* all memory of this request */
	struct db *db;      /* the worker's connection */
	const struct config *config;
	struct fault fault;  /* the first failure, for the log */
	int64_t now_ms;      /* the moment of this request; see clock.h */
	char request_id[17]; /* 16 hex digits, in log lines and on error pages
			      */
};

/* Begin a request: empty arena, no fault, a fresh id, the clock read once. */
void ctx_begin(struct ctx *cx);

/* End it: memory back. The connection and the configuration stay. */
void ctx_end(struct ctx *cx);

/* Forget a failure that was expected and handled. */
void ctx_forgive(struct ctx *cx);

#endif
