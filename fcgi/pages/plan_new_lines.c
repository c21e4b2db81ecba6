/*
 * plan_new_lines.c: what a new line of a plan gets, and lines over several
 * years. The manual is plan_model.h.
 */
#include "pages/plan_model.h"

#include "store/store_course.h"
#include "store/store_setting.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>

#define USUAL_MINUTES 180

enum err plan_rate(struct ctx *cx, const struct plan *p, double *rate,
		   bool *from_own)
{
	int64_t booked, present;

	*from_own = false;
	*rate = p->show_rate;
	if (!isnan(*rate))
		return OK;
	TRY(store_plan_attendance(cx, &booked, &present));
	*rate = plan_show_rate(booked, present, from_own);
	return OK;
}

enum err plan_line_usual(struct ctx *cx, const struct plan *p,
			 int64_t course_id, struct plan_line *l)
{
	const int year = date_fiscal_year(date_in_japan(cx->now_ms));
	struct course course;
	bool own;

	*l = (struct plan_line){
		.plan_id = p->id,
		.course_id = course_id,
		.title = "",
		.tier_code = "",
		.fiscal_year = year < p->first_year ? p->first_year : year,
		.seats = store_setting_int(cx, "session.default_seats", 60),
		.minutes = USUAL_MINUTES,
		.target = "",
		.proposal_id = DB_NULL,
		.finding_id = DB_NULL,
		.note = "",
	};
	TRY(plan_rate(cx, p, &l->show_rate, &own));
	if (course_id == DB_NULL)
		return OK;
	TRY(store_course_by_id(cx, course_id, &course));
	l->seats = course.seats;
	l->minutes = course.minutes;
	l->cost_per_run = course.cost_per_run;
	return OK;
}

int64_t plan_spread_runs(const struct plan *p, const struct plan_line *l,
			 int64_t people)
{
	int64_t share[PLAN_YEARS], runs = 0;

	plan_spread(people, (int)p->first_year, (int)l->fiscal_year, share);
	for (int y = 0; y < PLAN_YEARS; y++)
		runs += plan_runs(share[y], l->seats, l->show_rate);
	return runs;
}

enum err plan_spread_lines(struct ctx *cx, const struct plan *p,
			   const struct plan_line *usual, int64_t people,
			   enum plan_added *what)
{
	struct plan_line l = *usual;
	int64_t share[PLAN_YEARS], id;

	*what = usual->fiscal_year >= p->first_year + PLAN_YEARS
			? PLAN_YEARS_OVER
		: people <= 0 ? PLAN_NOBODY
			      : PLAN_LINES_ADDED;
	if (*what != PLAN_LINES_ADDED)
		return OK;
	plan_spread(people, (int)p->first_year, (int)usual->fiscal_year, share);
	for (int y = 0; y < PLAN_YEARS; y++) {
		if (!share[y])
			continue;
		l.fiscal_year = p->first_year + y;
		l.people = share[y];
		l.runs = plan_runs(l.people, l.seats, l.show_rate);
		TRY(store_plan_line_add(cx, &l, &id));
	}
	return OK;
}

enum err plan_added_reply(struct ctx *cx, struct reply *rp, int64_t plan_id,
			  enum plan_added what)
{
	static const char *const said[] = {
		[PLAN_LINES_ADDED] = TEXT_KEY("plan.line_added"),
		[PLAN_LINES_THERE] = TEXT_KEY("plan.lines_there"),
		[PLAN_NOBODY] = TEXT_KEY("plan.nobody"),
		[PLAN_YEARS_OVER] = TEXT_KEY("plan.years_over"),
	};

	return reply_done(cx, rp, said[what], "/plans/%" PRId64, plan_id);
}
