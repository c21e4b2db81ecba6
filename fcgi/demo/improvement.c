/*
 * improvement.c: the manual is improvement.h.
 */
#include "demo/improvement.h"

#include "analysis/analysis_keep.h"
#include "base/clock.h"
#include "insight/plan.h"
#include "store/store_course.h"
#include "store/store_job.h"
#include "store/store_plan.h"

#define FIRST_YEAR 2024
#define SHOW_RATE  0.92 /* as people of the demo come */

/* Courses for whom, and how many people of the tier in each year. */
static const struct {
	const char *course, *tier, *target;
	int64_t people[PLAN_YEARS];
} lines[] = {
	{ "service-design-managers", "T2", "全員が受講する", { 124, 40, 40 } },
	{ "service-design-leaders", "T3", "全員が受講する", { 121, 60, 60 } },
	{ "bpr-practice",
	  "T3",
	  "課ごとに一つの業務を見直す",
	  { 121, 121, 60 } },
	{ "dx-basics", "T4", "三か年で全員に届ける", { 600, 1100, 1100 } },
	{ "generative-ai", "T4", "安全に使える人を増やす", { 300, 600, 900 } },
	{ "ebpm-data", "T2", "施策の評価に数字を使う", { 0, 124, 60 } },
};

static enum err add_line(struct ctx *cx, int64_t plan, size_t i, int year)
{
	const int64_t people = lines[i].people[year];
	struct plan_line l = { .plan_id = plan,
			       .title = "",
			       .tier_code = lines[i].tier,
			       .fiscal_year = FIRST_YEAR + year,
			       .people = people,
			       .show_rate = SHOW_RATE,
			       .target = lines[i].target,
			       .proposal_id = DB_NULL,
			       .finding_id = DB_NULL };
	struct course course;
	int64_t id;

	if (!people)
		return OK;
	TRY(store_course_by_code(cx, lines[i].course, &course));
	l.course_id = course.id;
	l.seats = course.seats;
	l.minutes = course.minutes;
	l.cost_per_run = course.cost_per_run;
	l.runs = plan_runs(people, l.seats, l.show_rate);
	return store_plan_line_add(cx, &l, &id);
}

/* For terakoya jobs: the small ones are there first. */
static enum err queue_analyses(struct ctx *cx)
{
	static const char *const scopes[] = { "session", "course", "year" };
	int64_t queued = 0;

	for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++) {
		const struct analysis_due due = { .scope = scopes[i],
						  .answered_ms = cx->now_ms,
						  .computed_ms = cx->now_ms,
						  .most = 1000 };

		TRY(analysis_queue_due(cx, due, &queued));
	}
	return OK;
}

static enum err add_all(struct ctx *cx, void *arg)
{
	int64_t plan, job;

	(void)arg;
	TRY(store_plan_add(cx, "三か年計画（令和6〜8年度）", FIRST_YEAR, true,
			   &plan));
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		for (int year = 0; year < PLAN_YEARS; year++)
			TRY(add_line(cx, plan, i, year));
	TRY(store_job_add(cx, "findings", "{}", 0, cx->now_ms, &job));
	return queue_analyses(cx);
}

enum err demo_improvement(struct ctx *cx)
{
	/* The demo plays on this day; so does what is written on it. */
	cx->now_ms = instant_from_japan(2024, 12, 2, 9, 0);
	return db_transact(cx, add_all, NULL);
}
