/*
 * proposal_log.h: what the pages of proposals share.
 */
#ifndef PAGES_PROPOSAL_LOG_H
#define PAGES_PROPOSAL_LOG_H

#include "http/http.h"

/* A row of the audit log about a proposal. */
enum err proposal_log(struct ctx *cx, const struct request *rq,
		      const char *action, int64_t id) MUST_USE;

/* The revision that the form was made from; 0 if it says none. */
int64_t proposal_revision(const struct request *rq);

#endif
