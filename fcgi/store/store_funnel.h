/*
 * store_funnel.h: from application to attendance, in numbers of people.
 *
 * Counts of bookings and attendance say nothing about what anybody answered;
 * they are not hidden. Errors are those of db.h.
 */
#ifndef STORE_STORE_FUNNEL_H
#define STORE_STORE_FUNNEL_H

#include "db/db.h"
#include "store/store_answers.h"

/* applied: everybody who ever asked for a place; booked: who has one;
 * attended: who was there at one meeting or more. */
struct funnel_row {
	int64_t applied, booked, attended;
};
enum err store_funnel(struct ctx *cx, const struct answers_of *of,
		      struct funnel_row *row) MUST_USE;

/* One session of the overview. */
struct funnel_session {
	int64_t session_id, course_id;
	const char *course_code, *title, *title_en;
	int64_t fiscal_year, run_no, seats;
	const char *state;
	const char *starts_at; /* UTC */
	int64_t applied, booked, waiting, attended, pre, post;
	int64_t is_synthetic;
};

/* Sessions of a fiscal year that are no drafts, by start. */
enum err store_funnel_sessions(struct ctx *cx, int64_t fiscal_year,
			       const struct funnel_session **rows,
			       size_t *n) MUST_USE;

/* Sessions of a course, by start: only ids, year, run, state and start. */
enum err store_funnel_sessions_of_course(struct ctx *cx, int64_t course_id,
					 const struct funnel_session **rows,
					 size_t *n) MUST_USE;

/* Years that have sessions, newest first. */
struct funnel_year {
	int64_t fiscal_year;
};
enum err store_funnel_years(struct ctx *cx, const struct funnel_year **rows,
			    size_t *n) MUST_USE;

/* Applications of a fiscal year, and different people who came, by tier of
 * the day they booked (NULL: unknown). Cancelled sessions do not count. */
struct funnel_tier {
	int64_t fiscal_year;
	const char *tier_code;
	int64_t applied, came;
};
enum err store_funnel_tiers(struct ctx *cx, int64_t first_year,
			    int64_t last_year, const struct funnel_tier **rows,
			    size_t *n) MUST_USE;

/* Answered against booked by unit, over sessions of a year whose post-survey
 * was opened: people who came and people who answered. */
struct funnel_unit {
	int64_t unit_id;
	const char *name, *name_en;
	int64_t booked, answered; /* seats, and answers of their holders */
};
enum err store_funnel_units(struct ctx *cx, int64_t fiscal_year,
			    const struct funnel_unit **rows,
			    size_t *n) MUST_USE;

/* The same over a year, or over a course without names; of a session none. */
enum err store_funnel_units_of(struct ctx *cx, const struct answers_of *of,
			       const struct funnel_unit **rows,
			       size_t *n) MUST_USE;

/*
 * Who was asked after a session that is over and whose survey after was opened,
 * and who of them answered, by tier of the day they booked (DB_NULL: unknown).
 * Over several sessions a place is counted, not a person.
 */
struct funnel_asked {
	int64_t tier_id;
	int64_t booked, answered;
};
enum err store_funnel_asked(struct ctx *cx, const struct answers_of *of,
			    const struct funnel_asked **rows,
			    size_t *n) MUST_USE;

/* Seats offered by skill in a fiscal year, sessions that are not cancelled,
 * by tier for whom the course is. A seat of a course that raises two skills
 * counts for both; in share it counts half for each, and so by tier: the
 * shares of all rows sum to the seats there are. */
struct funnel_seats {
	const char *skill_code, *tier_code;
	int64_t sessions, seats;
	double share;
};
enum err store_funnel_seats(struct ctx *cx, int64_t fiscal_year,
			    const struct funnel_seats **rows,
			    size_t *n) MUST_USE;

/* Places that people of a unit hold in sessions of the year whose course
 * raises a skill. */
struct funnel_unit_skill {
	int64_t unit_id;
	const char *skill_code;
	int64_t booked;
};
enum err store_funnel_unit_skills(struct ctx *cx, int64_t fiscal_year,
				  const struct funnel_unit_skill **rows,
				  size_t *n) MUST_USE;

/* Courses that have answers in a fiscal year, and in how many sessions. */
struct funnel_course {
	int64_t course_id;
	const char *code;
	int64_t sessions, session_id; /* session_id: one of them */
};
enum err store_funnel_courses(struct ctx *cx, int64_t fiscal_year,
			      const struct funnel_course **rows,
			      size_t *n) MUST_USE;

extern const struct db_query *const store_funnel_queries[];

#endif
