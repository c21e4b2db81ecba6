/*
 * store_proposal.h: 改善提案, from evidence to decision.
 *
 * States: draft 案, review 検討中, accepted 採用, rejected 見送り, done 実施,
 * measured 効果測定. Each change of state is a row of history with a reason.
 * revision grows with every change; who edits says which one was read, and an
 * older one is ERR_CONFLICT. Errors are those of db.h.
 */
#ifndef STORE_STORE_PROPOSAL_H
#define STORE_STORE_PROPOSAL_H

#include "db/db.h"

struct proposal {
	int64_t id;
	const char *title;
	int64_t course_id;     /* DB_NULL: a new course, or none */
	const char *tier_code; /* NULL: everybody */
	/* 現状 根拠 課題 提案 効果見込 時期 担当 */
	const char *current_text, *evidence_text, *issue_text, *proposal_text,
		*effect_text, *timing, *owner;
	int64_t cost;   /* yen, DB_NULL: not estimated */
	int64_t people; /* to reach, DB_NULL: not estimated */
	const char *state, *reason;
	int64_t revision;
	int64_t created_by;                  /* DB_NULL: nobody */
	const char *created_at, *changed_at; /* UTC */
	int64_t is_synthetic;
	/* Names for people; NULL where there is none. */
	const char *course_code, *course_title, *course_title_en;
	const char *tier_name, *tier_name_en;
	const char *author;
	int64_t findings;   /* how many it rests on */
	int64_t plan_lines; /* how many came of it */
	int64_t plan_id;    /* of the newest such line, DB_NULL */
};

/* By state in their order, newest change first; state NULL: all. */
enum err store_proposal_list(struct ctx *cx, const char *state,
			     const struct proposal **rows, size_t *n) MUST_USE;

enum err store_proposal_by_id(struct ctx *cx, int64_t id,
			      struct proposal *proposal) MUST_USE;

/*
 * Add a draft that rests on these findings, which become used. by: the
 * author. One transaction.
 */
enum err store_proposal_add(struct ctx *cx, const struct proposal *proposal,
			    const int64_t *finding_ids, size_t nfindings,
			    int64_t by, int64_t *id) MUST_USE;

/*
 * Change the texts and figures of a proposal read at proposal->revision.
 * ERR_CONFLICT when somebody changed it since.
 */
enum err store_proposal_change(struct ctx *cx,
			       const struct proposal *proposal) MUST_USE;

/*
 * Go from the state read at revision to another, with a reason; history is
 * written. ERR_CONFLICT when it was changed since, ERR_BAD_REQUEST when that
 * step does not exist (proposal_may_go). One transaction.
 */
struct proposal_step {
	int64_t id, revision;
	const char *to, *reason;
	int64_t by;
};
enum err store_proposal_go(struct ctx *cx,
			   const struct proposal_step *step) MUST_USE;

/* Does this step exist? draft-review-accepted/rejected-done-measured, and
 * back to review from accepted and rejected, to draft from review. Pure. */
bool proposal_may_go(const char *from, const char *to);

struct proposal_event {
	const char *at;                             /* UTC */
	int64_t actor_id;                           /* DB_NULL: nobody */
	const char *actor;                          /* name; NULL: nobody */
	const char *from_state, *to_state, *reason; /* from NULL: new */
};

/* Oldest first. */
enum err store_proposal_events(struct ctx *cx, int64_t id,
			       const struct proposal_event **rows,
			       size_t *n) MUST_USE;

extern const struct db_query *const store_proposal_queries[];

#endif
