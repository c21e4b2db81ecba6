/*
 * analysis_keep.h: from computing an analysis to having one.
 *
 * A page never computes: it shows what is kept and says how old it is. The
 * job kind "analysis" and the command "terakoya analysis" compute and keep.
 */
#ifndef ANALYSIS_ANALYSIS_KEEP_H
#define ANALYSIS_ANALYSIS_KEEP_H

#include "analysis/analysis.h"
#include "store/store_analysis.h"

/*
 * Raise it when a part computes something else or writes it down otherwise:
 * results of older methods are not shown any more and are computed again.
 */
#define ANALYSIS_METHODS 25

/* "session", "course", "year", and back (false: no such word). */
const char *analysis_scope_word(enum analysis_scope scope);
bool analysis_scope_from(const char *word, enum analysis_scope *scope);

/* The answers of a scope, for the functions of store/. */
struct answers_of analysis_answers(enum analysis_scope scope, int64_t scope_id);

/* What a result depends on besides the answers: methods, numbers of people. */
const char *analysis_rules(struct ctx *cx, const struct gate *g);

/*
 * Compute a scope and keep the result in place of the one before. *ms (may be
 * NULL): milliseconds by part, as in the result. ERR_NOT_FOUND when there are
 * no answers; errors of analysis_run().
 */
enum err analysis_compute(struct ctx *cx, enum analysis_scope scope,
			  int64_t scope_id, analysis_progress *progress,
			  void *arg, json_t **ms) MUST_USE;

/*
 * Queue the scopes that store_analysis_due() finds; due.rules is filled in
 * here. How many jobs that added is added to *queued.
 */
enum err analysis_queue_due(struct ctx *cx, struct analysis_due due,
			    int64_t *queued) MUST_USE;

enum analysis_state {
	ANALYSIS_EMPTY,   /* nobody has answered yet */
	ANALYSIS_NEVER,   /* there are answers, nothing kept may be shown */
	ANALYSIS_WAITING, /* a job is queued */
	ANALYSIS_RUNNING, /* a job is at work */
	ANALYSIS_FAILED,  /* the newest job gave up */
	ANALYSIS_OLD,     /* kept, and there are newer answers */
	ANALYSIS_CURRENT  /* kept, and nothing has changed since */
};

/*
 * How things stand with a scope. While computed_ms is set, the kept result
 * (store_analysis_result) may be shown, also while a newer one is computed or
 * when that failed. It is not when nothing is kept, or when that follows other
 * rules: other numbers of people, older methods.
 */
struct analysis_standing {
	enum analysis_state state;
	struct analysis_stamp now; /* answers there are */
	int64_t newer;             /* answers the result does not have */
	int64_t computed_ms;       /* 0: nothing is kept to be shown */
	int64_t job_id;            /* 0: none */
	int64_t progress;          /* percent, while running */
	bool other_rules;          /* kept, but not to be shown */
	/*
	 * Names what is kept: scope, answers, rules and when it was computed.
	 * Another result of the same scope has another name. NULL: nothing is
	 * kept to be shown.
	 */
	const char *name;
};
enum err analysis_stand(struct ctx *cx, const struct gate *g,
			enum analysis_scope scope, int64_t scope_id,
			struct analysis_standing *s) MUST_USE;

#endif
