/*
 * store_finding.h: 所見, what the statistics say and somebody should decide.
 *
 * A finding is known by its fingerprint (kind and object): when the rule
 * holds again it is brought up to date, not repeated. What people did with it
 * (used, dismissed with a reason) stays. Errors are those of db.h.
 */
#ifndef STORE_STORE_FINDING_H
#define STORE_STORE_FINDING_H

#include "db/db.h"

struct finding {
	int64_t id;
	const char *kind; /* not_understood low_gain unmet_need
			   * low_satisfaction low_return bad_item */
	int64_t session_id, course_id, unit_id;        /* DB_NULL: not about */
	const char *item_key, *skill_code, *tier_code; /* NULL: not about */
	double strength;      /* 0 to 1, for ordering only */
	const char *evidence; /* JSON, see insight/findings.h */
	const char *link;     /* path of the page that shows the evidence */
	const char *state;    /* new, used, dismissed */
	const char *reason;   /* why it was dismissed */
	int64_t dismissed_by; /* person; DB_NULL: not, or not known */
	const char *dismisser, *dismissed_at; /* name, UTC; NULL likewise */
	const char *found_at;                 /* UTC */
	int64_t is_synthetic;
	/* Names for people; NULL: not about. */
	const char *course_code, *course_title, *course_title_en;
	int64_t run_no, fiscal_year;   /* of the session, DB_NULL */
	const char *session_starts_at; /* UTC */
	const char *unit_name, *unit_name_en;
	const char *skill_name, *skill_name_en;
	const char *tier_name, *tier_name_en;
	int64_t proposal_id; /* the newest that rests on it, or DB_NULL */
};

/* Which to list; NULL: any. */
struct finding_filter {
	const char *state; /* new, used, dismissed */
	const char *kind;
	int64_t session_id, course_id; /* 0: any */
	int64_t limit;
};

/* Strongest first. */
enum err store_finding_list(struct ctx *cx, const struct finding_filter *filter,
			    const struct finding **rows, size_t *n) MUST_USE;

enum err store_finding_by_id(struct ctx *cx, int64_t id,
			     struct finding *finding) MUST_USE;

/* Hold the row until the end of the transaction: of two who make something of
 * the finding the second sees what the first made. ERR_NOT_FOUND. */
enum err store_finding_hold(struct ctx *cx, int64_t id) MUST_USE;

/* Findings a proposal rests on. */
enum err store_finding_of_proposal(struct ctx *cx, int64_t proposal_id,
				   const struct finding **rows,
				   size_t *n) MUST_USE;

/*
 * Add, or bring up to date by fingerprint (16 bytes); found now. Reads kind,
 * the objects, strength, evidence, link, is_synthetic.
 */
enum err store_finding_put(struct ctx *cx, const struct finding *finding,
			   const unsigned char *fingerprint) MUST_USE;

/*
 * New findings whose rule held before, but not since `since` (UTC as in the
 * database), go; used and dismissed ones stay. *gone: how many.
 */
enum err store_finding_sweep(struct ctx *cx, const char *since,
			     int64_t *gone) MUST_USE;

/* by: person. ERR_CONFLICT when it is not new any more, or used already. */
enum err store_finding_dismiss(struct ctx *cx, int64_t id, int64_t by,
			       const char *reason) MUST_USE;

/* Dismissed by mistake: it is new again. */
enum err store_finding_restore(struct ctx *cx, int64_t id) MUST_USE;

/* How many of each state. */
struct finding_counts {
	int64_t fresh, used, dismissed;
};
enum err store_finding_counts(struct ctx *cx,
			      struct finding_counts *counts) MUST_USE;

extern const struct db_query *const store_finding_queries[];

#endif
