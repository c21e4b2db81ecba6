/*
 * store_summary.h: how much of what a database holds.
 */
#ifndef STORE_STORE_SUMMARY_H
#define STORE_STORE_SUMMARY_H

#include "db/db.h"

struct summary {
	int64_t people;       /* in the register, also those who left */
	int64_t admins;       /* administrators with an account */
	int64_t courses;      /* in the catalogue */
	int64_t sessions;     /* of any state */
	int64_t submissions;  /* received; estimated where there are many */
	int64_t is_synthetic; /* 1: some of the people are 合成データ */
};

extern const struct db_query *const store_summary_queries[];

enum err store_summary(struct ctx *cx, struct summary *s) MUST_USE;

#endif
