/*
 * plan_model.c: the manual is plan_model.h.
 */
#include "pages/plan_model.h"

#include "base/clock.h"
#include "base/text.h"
#include "document/csv.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>

const char *yen_text(const struct words *w, int64_t yen)
{
	return text_with_n(w, "plan.yen", yen);
}

void model_plan(const struct words *w, json_t *o, const struct plan *p)
{
	struct arena *a = &w->cx->arena;
	int64_t at = 0;

	model_int(o, "id", p->id);
	model_text(o, "href", arena_printf(a, "/plans/%" PRId64, p->id));
	model_text(o, "name", p->name);
	model_int(o, "version", p->version_no);
	model_int(o, "first_year", p->first_year);
	model_text(o, "state", p->state);
	model_text(o, "state_text",
		   request_text(w->rq,
				arena_printf(a, "plan.state_%s", p->state)));
	model_bool(o, "is_draft", text_equals(p->state, "draft"));
	model_int(o, "lines", p->lines);
	model_real(o, "show_rate", p->show_rate);
	model_text(o, "decider", p->decider);
	if (p->decided_at)
		instant_from_db(p->decided_at, &at);
	model_text(o, "decided_text",
		   p->decided_at
			   ? instant_to_text(a, at, w->rq->lang, DATE_BOTH)
			   : "");
}

static const char *line_title(const struct words *w, const struct plan_line *l)
{
	if (l->course_title)
		return either(w, l->course_title, l->course_title_en);
	return l->title;
}

static const char *tier_title(const struct words *w, const struct plan_line *l)
{
	if (l->tier_name)
		return either(w, l->tier_name, l->tier_name_en);
	return request_text(w->rq, "proposal.all_tiers");
}

static const char *need_href(const struct words *w, const struct plan_line *l)
{
	return arena_printf(&w->cx->arena,
			    "/needs?year=%" PRId64 "&skill=%s&tier=%s#ranking",
			    l->need_year, l->need_skill, l->need_tier);
}

/* "Need: data, FY2024" */
static const char *need_text(const struct words *w, const struct plan_line *l)
{
	return text_fill(&w->cx->arena, request_text(w->rq, "plan.need_origin"),
			 "skill",
			 l->need_name ? either(w, l->need_name, l->need_name_en)
				      : l->need_skill,
			 "year",
			 fiscal_year_to_text(&w->cx->arena, (int)l->need_year,
					     w->rq->lang),
			 NULL);
}

static void model_line(const struct words *w, json_t *o,
		       const struct plan_line *l)
{
	struct arena *a = &w->cx->arena;

	model_int(o, "id", l->id);
	model_text(o, "href",
		   arena_printf(a, "/plans/%" PRId64 "/lines/%" PRId64,
				l->plan_id, l->id));
	model_int(o, "people", l->people);
	model_int(o, "seats", l->seats);
	model_int(o, "runs", l->runs);
	model_bool(o, "runs_by_hand", l->runs_by_hand == 1);
	model_real(o, "show_rate", l->show_rate);
	model_int(o, "minutes", l->minutes);
	model_int(o, "cost", l->runs * l->cost_per_run);
	model_text(o, "cost_text", yen_text(w, l->runs * l->cost_per_run));
	model_text(o, "summary",
		   text_fill(a, request_text(w->rq, "plan.line_summary"),
			     "people", text_from_count(a, l->people), "seats",
			     text_from_count(a, l->seats), "runs",
			     text_from_count(a, l->runs), "rate",
			     arena_printf(a, "%.0f", 100.0 * l->show_rate),
			     NULL));
	model_text(o, "target", l->target);
	model_text(o, "note", l->note);
	model_text(o, "origin_href",
		   l->proposal_id != DB_NULL
			   ? arena_printf(a, "/proposals/%" PRId64,
					  l->proposal_id)
		   : l->need_skill            ? need_href(w, l)
		   : l->finding_id != DB_NULL ? "/findings?state=used"
					      : "");
	model_text(o, "origin",
		   l->proposal_title ? l->proposal_title
		   : l->need_skill   ? need_text(w, l)
		   : l->finding_id != DB_NULL
			   ? request_text(w->rq, "plan.from_need")
			   : request_text(w->rq, "plan.by_hand"));
}

static bool same_row(const struct plan_line *a, const struct plan_line *b)
{
	return a->course_id == b->course_id &&
	       text_equals(a->title, b->title) &&
	       text_equals(a->tier_code, b->tier_code);
}

static void add_row(const struct words *w, json_t *list, const struct plan *p,
		    const struct plan_line *lines, size_t n, size_t first)
{
	json_t *row = model_item(list), *years;

	model_text(row, "title", line_title(w, &lines[first]));
	model_text(row, "course_href",
		   lines[first].course_code
			   ? arena_printf(&w->cx->arena, "/courses/%s",
					  lines[first].course_code)
			   : "");
	model_text(row, "tier", tier_title(w, &lines[first]));
	years = model_list(row, "years");
	for (int y = 0; y < PLAN_YEARS; y++) {
		json_t *cell = model_item(years);
		json_t *in = model_list(cell, "lines");

		for (size_t i = first; i < n; i++)
			if (same_row(&lines[first], &lines[i]) &&
			    lines[i].fiscal_year == p->first_year + y)
				model_line(w, model_item(in), &lines[i]);
	}
}

static struct plan_sum_line *sums_of(struct ctx *cx,
				     const struct plan_line *lines, size_t n)
{
	struct plan_sum_line *sums =
		ARENA_ARRAY(&cx->arena, struct plan_sum_line, n + 1);

	for (size_t i = 0; i < n; i++)
		sums[i] = (struct plan_sum_line){ (int)lines[i].fiscal_year,
						  lines[i].people,
						  lines[i].seats,
						  lines[i].runs,
						  lines[i].show_rate,
						  lines[i].minutes,
						  lines[i].cost_per_run };
	return sums;
}

static void model_sum(const struct words *w, json_t *o, const char *label,
		      const struct plan_sum *s)
{
	struct arena *a = &w->cx->arena;

	model_text(o, "label", label);
	model_int(o, "lines", (int64_t)s->lines);
	model_int(o, "people", s->people);
	model_int(o, "reach", s->reach);
	model_int(o, "runs", s->runs);
	model_int(o, "seats", s->seats);
	model_int(o, "minutes", s->minutes);
	model_int(o, "cost", s->cost);
	model_text(o, "people_text", text_from_count(a, s->people));
	model_text(o, "reach_text", text_from_count(a, s->reach));
	model_text(o, "runs_text", text_from_count(a, s->runs));
	model_text(o, "seats_text", text_from_count(a, s->seats));
	model_text(o, "hours_text",
		   arena_printf(a, "%.1f", (double)s->minutes / 60.0));
	model_text(o, "cost_text", yen_text(w, s->cost));
}

static void totals(const struct words *w, json_t *m, const char *key,
		   const struct plan *p, const struct plan_sum_line *sums,
		   size_t n)
{
	json_t *list = model_list(m, key);

	for (int y = 0; y <= PLAN_YEARS; y++) {
		const int year = y < PLAN_YEARS ? (int)p->first_year + y : 0;
		const struct plan_sum s = plan_total(sums, n, year);

		model_sum(w, model_item(list),
			  year ? fiscal_year_to_text(&w->cx->arena, year,
						     w->rq->lang)
			       : request_text(w->rq, "plan.all_years"),
			  &s);
	}
}

void model_plan_table(const struct words *w, json_t *m, const struct plan *p,
		      const struct plan_line *lines, size_t n)
{
	json_t *years = model_list(m, "years"), *rows = model_list(m, "rows");

	for (int y = 0; y < PLAN_YEARS; y++) {
		json_t *o = model_item(years);
		const int year = (int)p->first_year + y;

		model_int(o, "year", year);
		model_text(o, "label",
			   fiscal_year_to_text(&w->cx->arena, year,
					       w->rq->lang));
	}
	for (size_t i = 0; i < n; i++) {
		bool again = false;

		for (size_t k = 0; k < i; k++)
			again |= same_row(&lines[k], &lines[i]);
		if (!again)
			add_row(w, rows, p, lines, n, i);
	}
	totals(w, m, "totals", p, sums_of(w->cx, lines, n), n);
}

void model_what_if(const struct words *w, json_t *m, const struct plan *p,
		   const struct plan_line *lines, size_t n,
		   struct what_if asked)
{
	const struct plan_sum_line *sums = sums_of(w->cx, lines, n);
	struct plan_sum_line *other =
		ARENA_ARRAY(&w->cx->arena, struct plan_sum_line, n + 1);
	bool *keep = ARENA_ARRAY(&w->cx->arena, bool, n + 1);

	for (size_t i = 0; i < n; i++)
		keep[i] = lines[i].runs_by_hand == 1;
	plan_what_if(sums, keep, n, asked.show_rate, asked.seats, other);
	totals(w, m, "what_if", p, other, n);
}

void plan_csv(struct buf *out, const struct plan *p,
	      const struct plan_line *lines, size_t n)
{
	static const char *const header[] = {
		"plan_id",
		"plan_name",
		"plan_version",
		"plan_state",
		"fiscal_year",
		"in_contract",
		"course_code",
		"course_title",
		"tier_code",
		"people",
		"seats",
		"show_rate",
		"runs",
		"runs_by_hand",
		"reach",
		"minutes",
		"cost_per_run_yen",
		"cost_yen",
		"target",
		"proposal_id",
		"finding_id",
		"need_skill",
		"need_tier",
		"need_year",
		"note",
	};
	struct csv_writer w;

	csv_begin(&w, out);
	for (size_t i = 0; i < sizeof(header) / sizeof(header[0]); i++)
		csv_cell_text(&w, header[i]);
	csv_end(&w);
	for (size_t i = 0; i < n; i++) {
		const struct plan_line *l = &lines[i];

		csv_cell_int(&w, p->id);
		csv_cell_text(&w, p->name);
		csv_cell_int(&w, p->version_no);
		csv_cell_text(&w, p->state);
		csv_cell_int(&w, l->fiscal_year);
		csv_cell_int(&w, l->fiscal_year == p->first_year ? 1 : 0);
		csv_cell_text(&w, l->course_code);
		csv_cell_text(&w, l->course_title ? l->course_title : l->title);
		csv_cell_text(&w, l->tier_code);
		csv_cell_int(&w, l->people);
		csv_cell_int(&w, l->seats);
		csv_cell_number(&w, l->show_rate, 4);
		csv_cell_int(&w, l->runs);
		csv_cell_int(&w, l->runs_by_hand);
		csv_cell_int(&w, plan_reach(l->runs, l->seats, l->show_rate));
		csv_cell_int(&w, l->minutes);
		csv_cell_int(&w, l->cost_per_run);
		csv_cell_int(&w, l->runs * l->cost_per_run);
		csv_cell_text(&w, l->target);
		if (l->proposal_id == DB_NULL)
			csv_cell_text(&w, NULL);
		else
			csv_cell_int(&w, l->proposal_id);
		if (l->finding_id == DB_NULL)
			csv_cell_text(&w, NULL);
		else
			csv_cell_int(&w, l->finding_id);
		csv_cell_text(&w, l->need_skill);
		csv_cell_text(&w, l->need_skill ? l->need_tier : NULL);
		if (l->need_skill)
			csv_cell_int(&w, l->need_year);
		else
			csv_cell_text(&w, NULL);
		csv_cell_text(&w, l->note);
		csv_end(&w);
	}
}
