/*
 * page_needs.c: what people need, by tier, by unit, by skill.
 *
 * GET /needs   ?year= a fiscal year, ?unit= the units below it, ?skill= and
 *              ?tier= chosen in the form that takes a need into a plan
 *
 * The heat table, the ranking and their JSON are one projection
 * (insight/needs_view.h); hidden cells are marked as hidden.
 */
#include "pages/pages.h"

#include "base/text.h"
#include "insight/needs_view.h"
#include "pages/dashboard_model.h"
#include "pages/needs_chart.h"
#include "pages/years.h"
#include "store/store_plan.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

/* A shade for MWDS: 0 none ... 6 from a gap of about one and a half levels. */
static int level_of(double mwds)
{
	const double step = 1.0;

	if (isnan(mwds) || mwds <= 0.0)
		return 0;
	return (int)fmin(1.0 + floor(mwds / step), 6.0);
}

static void cell(const struct words *w, json_t *list, const struct need_view *c)
{
	json_t *o = model_item(list);

	model_figure(w, o, "mwds", &c->mwds, UNIT_NUMBER);
	model_figure(w, o, "rate", &c->rate, UNIT_SHARE);
	model_int(o, "level", level_of(c->mwds.value));
	model_bool(o, "empty", c->mwds.status == AN_EMPTY);
}

/* href: where the group is looked into, "" if nowhere. */
static void row(const struct words *w, json_t *list,
		const struct needs_group *g, size_t nskills, const char *href)
{
	json_t *o = model_item(list), *cells;
	const char *name = either(w, g->name, g->name_en);

	model_text(o, "name",
		   *name ? name : request_text(w->rq, "needs.direct"));
	model_text(o, "tier", g->tier_code);
	model_text(o, "href", href);
	model_bool(o, "shown", g->shown);
	model_int(o, "people", (int64_t)g->people);
	cells = model_list(o, "cells");
	for (size_t j = 0; j < nskills; j++)
		cell(w, cells, &g->cells[j]);
}

static void heat_chart(const struct words *w, json_t *charts, const char *name,
		       const struct needs_view *v,
		       const struct needs_group *groups, size_t n)
{
	json_t *c = chart_new(charts, name, "heat", "", 1);
	json_t *rows = model_list(c, "rows"), *cells = model_list(c, "cells");

	for (size_t j = 0; j < v->nskills; j++)
		model_item_text(model_list(c, "categories"),
				bilingual_text(w, v->skills[j].name));
	for (size_t i = 0; i < n; i++) {
		json_t *values = json_array();

		if (!groups[i].shown)
			continue;
		json_array_append_new(cells, values);
		model_item_text(rows,
				either(w, groups[i].name, groups[i].name_en));
		for (size_t j = 0; j < v->nskills; j++)
			chart_value(values, groups[i].cells[j].mwds.value,
				    false);
	}
}

/* One line of the ranking. */
static void ranked(const struct words *w, json_t *o, const struct needs_view *v,
		   const struct needs_rank *r)
{
	const struct needs_skill *skill = &v->skills[r->skill];
	const struct need_view *c = &v->all.cells[r->skill];

	model_text(o, "skill", skill->code);
	model_text(o, "name", bilingual_text(w, skill->name));
	model_int(o, "rank", (int64_t)r->rank);
	model_figure(w, o, "mwds", &r->mwds, UNIT_NUMBER);
	model_figure(w, o, "importance", &c->importance, UNIT_POINTS);
	model_figure(w, o, "own_level", &c->level, UNIT_POINTS);
	model_figure(w, o, "rds", &c->rds, UNIT_SIGNED);
	model_figure(w, o, "rate", &c->rate, UNIT_SHARE);
	model_real(o, "rank_lo", r->rank_lo);
	model_real(o, "rank_hi", r->rank_hi);
	model_text(o, "rank_text", rank_range_text(w, r->rank_lo, r->rank_hi));
	model_text(o, "tied", tied_text(w, r->tied));
	model_real(o, "p_top", r->p_top);
	model_bool(o, "is_final", r->final);
	model_bool(o, "rds_differs", r->rds_differs);
	model_int(o, "seats", skill->seats);
	model_text(o, "seats_text",
		   text_from_count(&w->cx->arena, skill->seats));
}

static void ranking_charts(const struct words *w, json_t *charts,
			   const struct needs_view *v)
{
	const struct needs_order *order = &v->all.order;
	json_t *c = chart_new(charts, "ranking", "interval", "", 2);
	struct chart_series s =
		chart_series(c, request_text(w->rq, "stat.mwds"), true);
	struct needs_point *points =
		ARENA_ARRAY(&w->cx->arena, struct needs_point, order->n + 1);

	for (size_t i = 0; i < order->n; i++) {
		const struct needs_rank *r = &order->ranks[i];
		const struct need_view *cell = &v->all.cells[r->skill];

		points[i].label = bilingual_text(w, v->skills[r->skill].name);
		points[i].importance = cell->importance;
		points[i].level = cell->level;
		if (!gate_has(&r->mwds))
			continue;
		model_item_text(model_list(c, "categories"), points[i].label);
		chart_figure(&s, &r->mwds, false);
	}
	model_real(c, "reference", 0.0);
	needs_quadrant(w, charts, "quadrant", points, order->n);
}

static void ranking(const struct words *w, json_t *m,
		    const struct needs_view *v)
{
	const struct needs_order *order = &v->all.order;
	json_t *list = model_list(m, "ranking");

	for (size_t i = 0; i < order->n; i++)
		ranked(w, model_item(list), v, &order->ranks[i]);
	if (v->all.shown && order->n)
		model_about(w, m, &order->ranks[0].mwds, UNIT_NUMBER);
	model_bool(m, "order_is_stable", order->is_stable);
	model_text(m, "resamples",
		   order->resamples ? text_with_n(w, "needs.resamples",
						  (int64_t)order->resamples)
				    : "");
}

static const char *sureness(const struct words *w, const struct needs_view *v,
			    const struct needs_order *order)
{
	struct needs_sure s = { order->resamples != 0, order->is_stable, "",
				"" };

	for (size_t i = 0; i < order->n; i++) {
		const struct needs_rank *r = &order->ranks[i];
		const char *name = bilingual_text(w, v->skills[r->skill].name);

		if (!r->rank || !(r->rank_lo <= NEEDS_TOP))
			continue;
		if (r->final)
			s.sure = needs_name_added(w, s.sure, name);
		else
			s.open = needs_name_added(w, s.open, name);
	}
	return needs_sure_text(w, &s);
}

/* The first places of one tier. */
static void tier_order(const struct words *w, json_t *o,
		       const struct needs_view *v, const struct needs_group *g)
{
	json_t *places = model_list(o, "places");

	model_text(o, "tier", g->tier_code);
	model_text(o, "name", either(w, g->name, g->name_en));
	model_text(o, "n_text", text_with_n(w, "stat.n", (int64_t)g->people));
	model_bool(o, "stable", g->order.is_stable);
	model_text(o, "sureness", sureness(w, v, &g->order));
	for (size_t i = 0; i < NEEDS_TOP && i < g->order.n; i++) {
		const struct needs_rank *r = &g->order.ranks[i];
		json_t *p = model_item(places);

		model_text(p, "skill", v->skills[r->skill].code);
		model_text(p, "name",
			   r->rank ? bilingual_text(w, v->skills[r->skill].name)
				   : request_text(w->rq, "stat.hidden"));
		model_figure(w, p, "mwds", &r->mwds, UNIT_NUMBER);
		model_real(p, "rank_lo", r->rank_lo);
		model_real(p, "rank_hi", r->rank_hi);
		model_real(p, "p_top", r->p_top);
		model_bool(p, "is_final", r->final);
		model_text(p, "note",
			   r->rank ? needs_place_text(w, &r->mwds, r->rank_lo,
						      r->rank_hi)
				   : "");
	}
}

static void tier_orders(const struct words *w, json_t *m,
			const struct needs_view *v)
{
	json_t *list = model_list(m, "tier_orders");

	for (size_t i = 0; i < v->ntiers; i++)
		if (v->tiers[i].shown)
			tier_order(w, model_item(list), v, &v->tiers[i]);
}

/* One sentence: the greatest need, or why there is none to name. */
static void statement(const struct words *w, json_t *m,
		      const struct needs_view *v)
{
	const struct needs_skill *first;

	if (!v->all.order.n || !gate_has(&v->all.order.ranks[0].mwds)) {
		model_text(m, "statement",
			   request_text(w->rq, "needs.statement_none"));
		return;
	}
	first = &v->skills[v->all.order.ranks[0].skill];
	model_text(m, "statement",
		   text_fill(&w->cx->arena,
			     request_text(w->rq, "needs.statement"), "skill",
			     bilingual_text(w, first->name), "n",
			     text_from_count(&w->cx->arena,
					     (int64_t)v->all.people),
			     NULL));
}

static const char *unit_href(const struct words *w, const struct needs_view *v,
			     int64_t unit)
{
	if (unit == DB_NULL)
		return arena_printf(&w->cx->arena, "/needs?year=%d",
				    (int)v->fiscal_year);
	return arena_printf(&w->cx->arena, "/needs?year=%d&unit=%lld#units",
			    (int)v->fiscal_year, (long long)unit);
}

static void groups(const struct words *w, json_t *m, const struct needs_view *v)
{
	json_t *tiers = model_list(m, "tiers"), *units = model_list(m, "units");
	json_t *skills = model_list(m, "skills");

	for (size_t j = 0; j < v->nskills; j++) {
		json_t *o = model_item(skills);

		model_text(o, "code", v->skills[j].code);
		model_text(o, "name", bilingual_text(w, v->skills[j].name));
	}
	for (size_t i = 0; i < v->ntiers; i++)
		row(w, tiers, &v->tiers[i], v->nskills, "");
	row(w, model_list(m, "whole"), &v->all, v->nskills, "");
	for (size_t i = 0; i < v->nunits; i++) {
		const struct needs_group *g = &v->units[i];
		bool some = g->shown;

		/* A group nobody belongs to is no line of the table. */
		for (size_t j = 0; j < v->nskills; j++)
			some |= g->cells[j].mwds.status == AN_SUPPRESSED;
		if (some)
			row(w, units, g, v->nskills,
			    g->shown && g->has_units
				    ? unit_href(w, v, g->unit_id)
				    : "");
	}
	model_text(m, "unit_name",
		   v->unit_name ? either(w, v->unit_name, v->unit_name_en)
				: "");
	model_text(m, "unit_up",
		   v->unit_id == DB_NULL ? ""
					 : unit_href(w, v, v->unit_parent));
}

static void option(json_t *list, const char *value, const char *label,
		   const char *chosen)
{
	json_t *o = model_item(list);

	model_text(o, "value", value);
	model_text(o, "label", label);
	model_bool(o, "chosen", chosen && text_equals(chosen, value));
}

/* The form that takes a need into a plan: what may be chosen. */
static enum err into_plan(const struct words *w, json_t *m,
			  const struct needs_view *v)
{
	const char *skill = request_query(w->rq, "skill");
	const char *tier = request_query(w->rq, "tier");
	json_t *plans = model_list(m, "plans"), *list = model_list(m, "needs");
	json_t *tiers = model_list(m, "plan_tiers");
	const struct plan *rows;
	bool is_first = true;
	size_t n;

	TRY(store_plan_list(w->cx, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;

		if (!text_equals(rows[i].state, "draft"))
			continue;
		o = model_item(plans);
		model_int(o, "id", rows[i].id);
		model_text(o, "name", rows[i].name);
		if (is_first)
			model_int(m, "plan", rows[i].id);
		is_first = false;
	}
	for (size_t i = 0; i < v->all.order.n; i++) {
		const size_t j = v->all.order.ranks[i].skill;

		if (gate_has(&v->all.cells[j].rate))
			option(list, v->skills[j].code,
			       bilingual_text(w, v->skills[j].name), skill);
	}
	option(tiers, "", request_text(w->rq, "proposal.all_tiers"), tier);
	for (size_t t = 0; t < v->ntiers; t++)
		if (v->tiers[t].shown)
			option(tiers, v->tiers[t].tier_code,
			       either(w, v->tiers[t].name, v->tiers[t].name_en),
			       tier);
	return OK;
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct words w = { cx, rq };
	const struct gate g = gate_read(cx);
	const char *unit = request_query(rq, "unit");
	int64_t year, unit_id = DB_NULL;
	struct needs_view v;
	json_t *charts = model_object(rp->model, "charts");

	TRY(years_choose(&w, rp->model, &year));
	if (unit && *unit && !text_to_i64(unit, 1, INT64_MAX, &unit_id))
		return FAIL(cx, ERR_NOT_FOUND, "unit is no number");
	TRY(needs_view_read(cx, &g, year, unit_id, &v));
	statement(&w, rp->model, &v);
	groups(&w, rp->model, &v);
	ranking(&w, rp->model, &v);
	ranking_charts(&w, charts, &v);
	tier_orders(&w, rp->model, &v);
	heat_chart(&w, charts, "tiers", &v, v.tiers, v.ntiers);
	dashboard_wants(&w, rp->model, v.wants, v.nwants);
	model_int(rp->model, "people", (int64_t)v.all.people);
	model_bool(rp->model, "shown", v.all.shown);
	model_bool(rp->model, "synthetic", v.is_synthetic);
	model_text(rp->model, "data", unit_href(&w, &v, DB_NULL));
	model_title(rp->model, request_text(rq, "needs.title"));
	return into_plan(&w, rp->model, &v);
}

const struct route needs_routes[] = {
	{ GET, "/needs", PLANNER, show, "needs" },
	{ .page = NULL },
};
