/*
 * store_analysis.h: kept analyses of sessions, courses and fiscal years.
 *
 * What is kept is a text to this layer; fcgi/analysis/ makes it. A scope is a
 * word ("session", "course", "year") and a number (session or course id, the
 * fiscal year itself) and has one row at most. The stamp says from which
 * answers the result was computed, so that newer ones are seen.
 */
#ifndef STORE_STORE_ANALYSIS_H
#define STORE_STORE_ANALYSIS_H

#include "store/store_answers.h"

/*
 * The answers of a scope as they are now. Submissions are never changed nor
 * deleted, so a greater id tells that there are others. Counting reads an
 * index entry per submission of the scope.
 */
struct analysis_stamp {
	int64_t sheets;  /* submissions */
	int64_t last_id; /* greatest submission id, 0: none */
};
enum err store_analysis_stamp(struct ctx *cx, const struct answers_of *of,
			      struct analysis_stamp *stamp) MUST_USE;

/* Only the greatest id, 0: none. One look into an index per collection. */
enum err store_analysis_last(struct ctx *cx, const struct answers_of *of,
			     int64_t *id) MUST_USE;

/* A row without its result, and the newest job that computes it. */
struct analysis_row {
	int64_t sheets, last_id; /* the stamp it was computed from */
	const char *rules;
	const char *computed_at;  /* UTC; NULL: not computed yet */
	int64_t job_id;           /* DB_NULL: never queued */
	const char *job_state;    /* queued running done failed; NULL: no job */
	int64_t job_progress;     /* percent */
	const char *job_ended_at; /* UTC; NULL: has not begun */
};
enum err store_analysis_find(struct ctx *cx, const char *scope,
			     int64_t scope_id, struct analysis_row *row,
			     bool *found) MUST_USE;

/* The kept JSON; ERR_NOT_FOUND when nothing is kept. */
enum err store_analysis_result(struct ctx *cx, const char *scope,
			       int64_t scope_id, const char **json) MUST_USE;

/* Keep a result in place of the one before. */
struct analysis_kept {
	const char *scope;
	int64_t scope_id;
	struct analysis_stamp stamp; /* read before the answers were */
	const char *rules;
	const char *result;  /* JSON */
	int64_t computed_ms; /* when the answers were read */
};
enum err store_analysis_keep(struct ctx *cx,
			     const struct analysis_kept *kept) MUST_USE;

/*
 * Queue the job that computes a scope, unless one waits or runs already.
 * by: the person who asks and does not want to stand in line behind what the
 * product computes by itself; 0: the product. job_id (may be NULL) is the
 * new or the waiting job, added whether it is new.
 */
struct analysis_wish {
	const char *scope;
	int64_t scope_id;
	int64_t by;
};
enum err store_analysis_queue(struct ctx *cx, const struct analysis_wish *wish,
			      int64_t *job_id, bool *added) MUST_USE;

/* The greatest submission id of all, 0: none. One look into an index. */
enum err store_analysis_newest(struct ctx *cx, int64_t *id) MUST_USE;

/*
 * Scopes of a kind whose answers or rules are others than those of the kept
 * result, newest answers first, at most so many: answered before answered_ms,
 * computed (if ever) before computed_ms, not waiting, not running, not failed
 * within the last day. Of sessions only those that were held. It looks up one
 * index entry per collection and reads one submission per scope, the newest.
 */
struct analysis_due {
	const char *scope;
	const char *rules;
	int64_t answered_ms, computed_ms;
	int64_t most;
};
enum err store_analysis_due(struct ctx *cx, const struct analysis_due *due,
			    const int64_t **ids, size_t *n) MUST_USE;

/*
 * Scopes to link to, with a result or without one yet: the held sessions of a
 * course by date, the courses held in a year by code; 500 at most.
 */
struct analysis_link {
	int64_t id;                          /* session or course */
	const char *code, *title, *title_en; /* of the course */
	int64_t fiscal_year, run_no;         /* of a session */
	const char *starts_at;               /* UTC, of a session */
	const char *computed_at;             /* UTC; NULL: no result is kept */
};
enum err store_analysis_of_course(struct ctx *cx, int64_t course_id,
				  const struct analysis_link **rows,
				  size_t *n) MUST_USE;
enum err store_analysis_of_year(struct ctx *cx, int64_t fiscal_year,
				const struct analysis_link **rows,
				size_t *n) MUST_USE;

extern const struct db_query *const store_analysis_queries[];

#endif
