/*
 * analysis_sets.h: parts of the answers that an analysis works on, chosen so
 * that what is shown of them gives nobody away.
 */
#ifndef ANALYSIS_ANALYSIS_SETS_H
#define ANALYSIS_ANALYSIS_SETS_H

#include "analysis/analysis.h"

/* A course with answers in the set, in the order of its first session. */
struct set_course {
	int64_t id;
	struct bilingual title;
	size_t sessions; /* with answers that count */
};
enum err set_courses(const struct analysis_work *w,
		     const struct answers_set *set,
		     const struct set_course **courses, size_t *n) MUST_USE;

/* The answers of one course of the set, as a set of its own. */
struct answers_set set_of_course(struct ctx *cx, const struct answers_set *set,
				 int64_t course_id);

/* Course of a sheet, and of a session (0: not in the set). */
int64_t set_course_of(const struct answers_set *set, const struct sheet *s);
int64_t set_course_of_session(const struct answers_set *set,
			      int64_t session_id);
int64_t set_year_of_session(const struct answers_set *set, int64_t session_id);

/*
 * The answers of the scope twice: all, and only those of sessions that may be
 * counted (answers_countable). Both are of one reading, so that columns of
 * one fit sheets of the other. Sessions to come have answers before only in
 * the first.
 */
struct set_twice {
	struct answers_set all, countable;
};
enum err set_read_twice(const struct analysis_work *w,
			struct set_twice *out) MUST_USE;

/*
 * The sheets before the session that a statistic over all people may use:
 * those of sessions that count, and of sessions to come where enough people
 * answered. Of the first only the matched people's when very few answered
 * only before: what is shown of the matched would give those few away.
 */
const struct sheet **set_before(struct ctx *cx, const struct gate *g,
				const struct set_twice *t, size_t *n);

/*
 * Before gate_groups(): groups that must not be shown for another reason than
 * their size (everybody the same value) count as one person each, so that
 * such a group never is the only hidden one.
 */
void set_refuse(size_t *people, const bool *refused, size_t ngroups);

#endif
