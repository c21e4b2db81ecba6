/*
 * page_plan_needs.c: from a need to lines of the plan.
 *
 * POST /plans/lines-from-need   plan, year, skill, tier ("": all tiers)
 *
 * People to reach are the staff of the tier times the share that has the
 * need, spread over the years of the plan that remain. The course is one that
 * raises the skill and nothing or little else, else a new one. The line keeps
 * which need it came from, and its figures stand in its note.
 */
#include "pages/pages.h"

#include "analysis/analysis_needs.h"
#include "base/text.h"
#include "pages/download.h"
#include "pages/plan_model.h"
#include "store/store_course.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>

/* A need as it was asked for, and what is known of it. */
struct need {
	int64_t year;
	const char *skill, *tier;
	struct bilingual name;
	struct figure rate, mwds;
	int64_t people; /* to reach */
};

/* Staff with the need; a tier that is hidden counts with the whole's rate. */
static enum err people_with(struct ctx *cx, const struct needs_view *v,
			    size_t skill, struct need *need)
{
	const int64_t *staff;
	double people = 0.0;

	TRY(needs_staff(cx, v, &staff));
	for (size_t t = 0; t < v->ntiers; t++) {
		const struct figure *own = &v->tiers[t].cells[skill].rate;

		if (*need->tier &&
		    !text_equals(v->tiers[t].tier_code, need->tier))
			continue;
		people += (double)staff[t] *
			  (gate_has(own) ? own->value : need->rate.value);
	}
	need->people = llround(people);
	return OK;
}

/* What the answers of the year say; a hidden need is none to plan by. */
static enum err read_need(struct ctx *cx, struct need *need)
{
	const struct gate g = gate_read(cx);
	const struct needs_group *group;
	struct needs_view v;
	size_t j = 0;

	TRY(needs_view_read(cx, &g, need->year, DB_NULL, &v));
	group = *need->tier ? NULL : &v.all;
	for (size_t t = 0; t < v.ntiers; t++)
		if (*need->tier &&
		    text_equals(v.tiers[t].tier_code, need->tier))
			group = &v.tiers[t];
	while (j < v.nskills && !text_equals(v.skills[j].code, need->skill))
		j++;
	if (!group || j == v.nskills || !gate_has(&group->cells[j].rate))
		return FAIL(cx, ERR_NOT_FOUND, "no such need is shown");
	need->name = v.skills[j].name;
	need->rate = group->cells[j].rate;
	need->mwds = group->cells[j].mwds;
	return people_with(cx, &v, j, need);
}

static enum err read_form(struct ctx *cx, const struct request *rq,
			  struct need *need, int64_t *plan_id)
{
	const char *plan = request_form(rq, "plan");
	const char *year = request_form(rq, "year");

	need->skill = request_form(rq, "skill");
	need->tier = request_form(rq, "tier");
	if (!need->tier)
		need->tier = "";
	if (!need->skill || !plan ||
	    !text_to_i64(plan, 1, INT64_MAX, plan_id) || !year ||
	    !text_to_i64(year, 2000, 2100, &need->year))
		return FAIL(cx, ERR_BAD_REQUEST, "no need or plan named");
	return OK;
}

/* A second press of the button adds nothing. */
static bool is_planned(const struct plan_line *lines, size_t n,
		       const struct need *need)
{
	for (size_t i = 0; i < n; i++)
		if (lines[i].need_skill && lines[i].need_year == need->year &&
		    text_equals(lines[i].need_skill, need->skill) &&
		    text_equals(lines[i].need_tier, need->tier))
			return true;
	return false;
}

static const char *fill(const struct words *w, const char *key,
			const struct need *need)
{
	return text_fill(&w->cx->arena, request_text(w->rq, key), "skill",
			 bilingual_text(w, need->name), "year",
			 fiscal_year_to_text(&w->cx->arena, (int)need->year,
					     w->rq->lang),
			 "rate", figure_text(w, &need->rate, UNIT_SHARE),
			 "mwds", figure_text(w, &need->mwds, UNIT_NUMBER), "n",
			 text_from_count(&w->cx->arena, (int64_t)need->rate.n),
			 NULL);
}

/* All lines or none. */
struct planning {
	const struct plan *plan;
	const struct plan_line *line;
	const struct need *need;
	enum plan_added *what;
};

static enum err add_lines(struct ctx *cx, void *arg)
{
	const struct planning *p = arg;
	const struct plan_line *lines;
	size_t n;

	TRY(store_plan_lock(cx, p->plan->id));
	TRY(store_plan_lines(cx, p->plan->id, &lines, &n));
	if (is_planned(lines, n, p->need)) {
		*p->what = PLAN_LINES_THERE;
		return OK;
	}
	return plan_spread_lines(cx, p->plan, p->line, p->need->people,
				 p->what);
}

static enum err plan_need(const struct words *w, const struct plan *plan,
			  const struct need *need, enum plan_added *what)
{
	struct ctx *cx = w->cx;
	const struct course_skill *courses;
	struct plan_line l;
	size_t n;

	TRY(store_course_for_skill(cx, need->skill, need->tier, &courses, &n));
	TRY(plan_line_usual(cx, plan, n ? courses[0].course_id : DB_NULL, &l));
	if (!n)
		l.title = fill(w, "plan.need_title", need);
	l.tier_code = need->tier;
	l.note = fill(w, "plan.need_note", need);
	l.need_skill = need->skill;
	l.need_tier = need->tier;
	l.need_year = need->year;
	return db_transact(cx, add_lines,
			   &(struct planning){ plan, &l, need, what });
}

static enum err from_need(struct ctx *cx, const struct request *rq,
			  struct reply *rp)
{
	const struct words w = { cx, rq };
	struct need need;
	struct plan plan;
	int64_t plan_id;
	enum plan_added what;

	TRY(read_form(cx, rq, &need, &plan_id));
	TRY(store_plan_by_id(cx, plan_id, &plan));
	TRY(read_need(cx, &need));
	TRY(plan_need(&w, &plan, &need, &what));
	if (what == PLAN_LINES_ADDED)
		TRY(download_log(cx, rq, "plan.need",
				 arena_printf(&cx->arena, "plan:%" PRId64,
					      plan_id),
				 need.people));
	return plan_added_reply(cx, rp, plan_id, what);
}

const struct route plan_need_routes[] = {
	{ POST, "/plans/lines-from-need", PLANNER, from_need, NULL },
	{ .page = NULL },
};
