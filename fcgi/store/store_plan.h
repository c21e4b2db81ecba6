/*
 * store_plan.h: 計画 and its lines.
 *
 * A plan covers three fiscal years. Deciding it freezes the version; changing
 * a decided plan means to start its next version, a copy in state draft.
 * Every change of a frozen plan is ERR_CONFLICT. Errors are those of db.h.
 */
#ifndef STORE_STORE_PLAN_H
#define STORE_STORE_PLAN_H

#include "db/db.h"

struct plan {
	int64_t id;
	const char *name;
	int64_t first_year, version_no;
	const char *state;      /* draft, decided */
	double show_rate;       /* NAN: from own attendance */
	const char *decided_at; /* UTC, NULL */
	int64_t decided_by;     /* DB_NULL */
	const char *decider;    /* name, NULL */
	const char *created_at; /* UTC */
	int64_t is_synthetic;
	int64_t lines; /* how many it has */
};

struct plan_line {
	int64_t id, plan_id;
	int64_t course_id;             /* DB_NULL: a new one named by title */
	const char *title, *tier_code; /* "": see course; all tiers */
	int64_t fiscal_year, people, seats;
	double show_rate;
	int64_t runs, runs_by_hand;
	int64_t minutes, cost_per_run; /* of a run; yen */
	const char *target;
	int64_t proposal_id, finding_id; /* DB_NULL: by hand */
	/* The need it came from, by skill; NULL: from no need. tier "": all. */
	const char *need_skill, *need_tier;
	int64_t need_year; /* whose answers; only with need_skill */
	const char *note;
	int64_t sort;
	const char *changed_at; /* UTC */
	/* Names for people; NULL where there is none. */
	const char *course_code, *course_title, *course_title_en;
	const char *tier_name, *tier_name_en;
	const char *proposal_title;
	const char *need_name, *need_name_en; /* of the skill */
};

/* Newest version first. */
enum err store_plan_list(struct ctx *cx, const struct plan **rows,
			 size_t *n) MUST_USE;
enum err store_plan_by_id(struct ctx *cx, int64_t id,
			  struct plan *plan) MUST_USE;

/* The draft to work on: the newest one; found says whether there is one. */
enum err store_plan_current(struct ctx *cx, struct plan *plan,
			    bool *found) MUST_USE;

/* A new, empty draft. ERR_CONFLICT if the name is taken. */
enum err store_plan_add(struct ctx *cx, const char *name, int64_t first_year,
			bool is_synthetic, int64_t *id) MUST_USE;

/* NAN: from own attendance. */
enum err store_plan_set_show_rate(struct ctx *cx, int64_t id,
				  double show_rate) MUST_USE;

/* Freeze. */
enum err store_plan_decide(struct ctx *cx, int64_t id, int64_t by) MUST_USE;

/*
 * A draft of the next version with copies of all lines. When there is a later
 * draft already, that one, and *made is false. One transaction.
 */
enum err store_plan_next_version(struct ctx *cx, int64_t id, int64_t *new_id,
				 bool *made) MUST_USE;

/* By year, order, course. */
enum err store_plan_lines(struct ctx *cx, int64_t plan_id,
			  const struct plan_line **rows, size_t *n) MUST_USE;
enum err store_plan_line_by_id(struct ctx *cx, int64_t id,
			       struct plan_line *line) MUST_USE;

/* The line when the plan has it; *there says. */
enum err store_plan_line_maybe(struct ctx *cx, int64_t plan_id, int64_t id,
			       struct plan_line *line, bool *there) MUST_USE;

/* plan_id says where to; sort is put at the end. */
enum err store_plan_line_add(struct ctx *cx, const struct plan_line *line,
			     int64_t *id) MUST_USE;
/* line->changed_at: of what was read (NULL: whatever it is). ERR_CONFLICT when
 * it was changed since, as when the plan is decided. */
enum err store_plan_line_change(struct ctx *cx,
				const struct plan_line *line) MUST_USE;
enum err store_plan_line_delete(struct ctx *cx, int64_t plan_id,
				int64_t line_id) MUST_USE;

/* Booked people and those of them who came, over sessions that are over:
 * the own show rate. */
enum err store_plan_attendance(struct ctx *cx, int64_t *booked,
			       int64_t *present) MUST_USE;

extern const struct db_query *const store_plan_queries[];
extern const struct db_query *const store_plan_line_queries[];

/* In a transaction: nobody else changes the plan's lines until its end.
 * ERR_CONFLICT: it is decided. */
enum err store_plan_lock(struct ctx *cx, int64_t plan_id) MUST_USE;

#endif
