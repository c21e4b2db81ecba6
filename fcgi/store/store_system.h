/*
 * store_system.h: how the installation is, in figures that are true now.
 */
#ifndef STORE_STORE_SYSTEM_H
#define STORE_STORE_SYSTEM_H

#include "db/db.h"

struct system_facts {
	const char *database;  /* version of the server */
	int64_t bytes;         /* data and keys of all our tables, estimated */
	int64_t people;        /* in office today */
	int64_t signins;       /* open ones seen in the last 30 minutes */
	int64_t unsent;        /* notices that wait for the mail system */
	int64_t audit_rows;    /* estimated */
	const char *sealed_at; /* last seal of the audit log; NULL: none */
};

enum err store_system_facts(struct ctx *cx,
			    struct system_facts *facts) MUST_USE;

/*
 * Let the server count the tables that many rows went into, or it plans
 * statements by what they held before. Ends a transaction: never inside one.
 */
enum err store_system_measure(struct ctx *cx) MUST_USE;

extern const struct db_query *const store_system_queries[];

#endif
