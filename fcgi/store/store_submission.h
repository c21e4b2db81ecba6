/*
 * store_submission.h: what people sent in.
 *
 * The only place that writes answers, and the only one that knows what each
 * anonymity mode keeps: named keeps the person, paired the pairing key,
 * unlinked neither, no unit, and of the time only the day. In every mode the
 * mark that somebody has answered (completion) is made in the same transaction;
 * its primary key is what makes a resend harmless.
 */
#ifndef STORE_STORE_SUBMISSION_H
#define STORE_STORE_SUBMISSION_H

#include "db/db.h"
#include "store/store_collection.h"
#include "survey/survey.h"

extern const struct db_query *const store_submission_queries[];

struct submission_new {
	int64_t collection_id;
	enum mode mode;
	int64_t person_id;        /* the respondent; kept in mode named only */
	int64_t booking_id;       /* DB_NULL: at large */
	int64_t tier_id, unit_id; /* of the respondent's day; DB_NULL: none */
	int64_t entered_by;   /* who typed in a paper form; DB_NULL: nobody */
	const char *form_key; /* from the form; replaced in mode unlinked */
	const struct answers *answers;
	bool at_any_time; /* demo and paper: the window does not bind */
	int64_t at_ms;    /* when it was answered; 0: now */
};

/*
 * Store once: completion, submission, open answers, and the draft goes, in
 * one transaction. *is_new is false when this person has answered before
 * (double click, resend, second tab): nothing is written and that is no
 * error. ERR_CONFLICT: the collection takes no answers (any more).
 */
enum err store_submission_add(struct ctx *cx, const struct submission_new *s,
			      bool *is_new) MUST_USE;

/* One submission as counts need it. */
struct submission_slots {
	int64_t tier_id, unit_id; /* DB_NULL: unknown */
	struct bytes slots;
};

/*
 * Every submission of these collections, streamed in no order that says
 * anything; the row is valid during the call only and each() must not use
 * the database. For counts over many: insight/ hides small groups.
 */
enum err store_slots_each(struct ctx *cx, const int64_t *collection_ids,
			  size_t n,
			  enum err (*each)(struct ctx *cx,
					   const struct submission_slots *row,
					   void *arg),
			  void *arg) MUST_USE;

/* A survey this person has answered, newest session first. */
struct submission_own {
	int64_t collection_id, version_id, session_id, booking_id;
	const char *moment, *mode;
	const char *title, *title_en;
	const char *course_code, *course_title, *course_title_en; /* or NULL */
	const char *session_starts_at; /* UTC or NULL */
};

/* What this person has answered; no answers in it. */
enum err store_submissions_own(struct ctx *cx, int64_t person_id,
			       const struct submission_own **rows,
			       size_t *n) MUST_USE;

/*
 * The own answers behind such a row, found by person or by the own pairing
 * key. *found is false in mode unlinked: nobody can find those again.
 */
enum err store_submission_own(struct ctx *cx, int64_t person_id,
			      const struct submission_own *of,
			      struct answers *answers, bool *found) MUST_USE;

#endif
