/*
 * plan_model.h: a plan as tables, totals and CSV.
 */
#ifndef PAGES_PLAN_MODEL_H
#define PAGES_PLAN_MODEL_H

#include "base/buf.h"
#include "insight/plan.h"
#include "pages/insight_model.h"
#include "store/store_plan.h"

/* Name, years, state, whether it can be changed. */
void model_plan(const struct words *w, json_t *o, const struct plan *p);

/*
 * rows[]: course and tier with a cell per year (lines of it); totals[]: a
 * column per year and one for all.
 */
void model_plan_table(const struct words *w, json_t *m, const struct plan *p,
		      const struct plan_line *lines, size_t n);

/* Totals under another show rate and other seats, beside today's. */
struct what_if {
	double show_rate; /* 0..1 */
	int64_t seats;    /* of a run; 0: each line's own */
};
void model_what_if(const struct words *w, json_t *m, const struct plan *p,
		   const struct plan_line *lines, size_t n,
		   struct what_if asked);

/* データ用: a row a line, ISO names, no totals. */
void plan_csv(struct buf *out, const struct plan *p,
	      const struct plan_line *lines, size_t n);

/* The show rate a new line gets, and where it comes from. */
enum err plan_rate(struct ctx *cx, const struct plan *p, double *rate,
		   bool *from_own) MUST_USE;

/* A line with the usual values of its course (DB_NULL: none) and plan. */
enum err plan_line_usual(struct ctx *cx, const struct plan *p,
			 int64_t course_id, struct plan_line *l) MUST_USE;

/* What became of lines asked for with one press of a button. */
enum plan_added {
	PLAN_LINES_ADDED,
	PLAN_LINES_THERE, /* they were there already */
	PLAN_NOBODY,      /* it comes to 0 people */
	PLAN_YEARS_OVER   /* no year of the plan remains */
};

/* The answer to it: the page of the plan, with words on what happened. */
enum err plan_added_reply(struct ctx *cx, struct reply *rp, int64_t plan_id,
			  enum plan_added what) MUST_USE;

/*
 * People spread over the years that remain from usual->fiscal_year on: a line
 * for each, runs worked out; and how many runs that makes.
 */
enum err plan_spread_lines(struct ctx *cx, const struct plan *p,
			   const struct plan_line *usual, int64_t people,
			   enum plan_added *what) MUST_USE;
int64_t plan_spread_runs(const struct plan *p, const struct plan_line *l,
			 int64_t people);

/* "54 千円" style money is for paper; screens show yen. */
const char *yen_text(const struct words *w, int64_t yen);

#endif
