/*
 * page_needs.c: what people need, by tier, by unit, by skill.
 *
 * GET /needs   ?year= a fiscal year, ?unit= the units below it
 *
 * The heat table, the ranking and their JSON are one projection
 * (insight/needs_view.h); hidden cells are marked as hidden.
 */
#include "pages/pages.h"

#include "base/text.h"
#include "insight/needs_view.h"
#include "pages/dashboard_model.h"
#include "pages/years.h"
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

static void ranking(const struct words *w, json_t *m,
		    const struct needs_view *v)
{
	json_t *list = model_list(m, "ranking");
	json_t *c = chart_new(model_object(m, "charts"), "ranking", "interval",
			      "", 2);
	struct chart_series s =
		chart_series(c, request_text(w->rq, "stat.mwds"), true);

	for (size_t i = 0; i < v->nranking; i++) {
		const struct needs_rank *r = &v->ranking[i];
		const struct needs_skill *skill = &v->skills[r->skill];
		json_t *o = model_item(list);

		model_text(o, "skill", skill->code);
		model_text(o, "name", bilingual_text(w, skill->name));
		model_int(o, "rank", gate_has(&r->mwds) ? (int64_t)i + 1 : 0);
		model_figure(w, o, "mwds", &r->mwds, UNIT_NUMBER);
		model_figure(w, o, "rds", &v->all.cells[r->skill].rds,
			     UNIT_SIGNED);
		model_figure(w, o, "rate", &v->all.cells[r->skill].rate,
			     UNIT_SHARE);
		model_real(o, "rank_lo", r->rank_lo);
		model_real(o, "rank_hi", r->rank_hi);
		model_text(o, "rank_text",
			   isnan(r->rank_lo)
				   ? "–"
				   : arena_printf(&w->cx->arena, "%.0f–%.0f",
						  r->rank_lo, r->rank_hi));
		model_real(o, "p_top", r->p_top);
		model_bool(o, "is_final", r->final);
		model_bool(o, "rds_differs", r->rds_differs);
		model_int(o, "seats", skill->seats);
		model_text(o, "seats_text",
			   text_from_count(&w->cx->arena, skill->seats));
		if (!gate_has(&r->mwds))
			continue;
		model_item_text(model_list(c, "categories"),
				bilingual_text(w, skill->name));
		chart_figure(&s, &r->mwds, false);
	}
	model_real(c, "reference", 0.0);
	if (v->all.shown && v->nranking)
		model_about(w, m, &v->ranking[0].mwds, UNIT_NUMBER);
	model_bool(m, "order_is_stable", v->order_is_stable);
	model_text(m, "resamples",
		   v->resamples ? text_with_n(w, "needs.resamples",
					      (int64_t)v->resamples)
				: "");
}

/* One sentence: the greatest need, or why there is none to name. */
static void statement(const struct words *w, json_t *m,
		      const struct needs_view *v)
{
	const struct needs_skill *first;

	if (!v->nranking || !gate_has(&v->ranking[0].mwds)) {
		model_text(m, "statement",
			   request_text(w->rq, "needs.statement_none"));
		return;
	}
	first = &v->skills[v->ranking[0].skill];
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
	heat_chart(&w, charts, "tiers", &v, v.tiers, v.ntiers);
	dashboard_wants(&w, rp->model, v.wants, v.nwants);
	model_int(rp->model, "people", (int64_t)v.all.people);
	model_bool(rp->model, "shown", v.all.shown);
	model_bool(rp->model, "synthetic", v.is_synthetic);
	model_text(rp->model, "data", unit_href(&w, &v, DB_NULL));
	model_title(rp->model, request_text(rq, "needs.title"));
	return OK;
}

const struct route needs_routes[] = {
	{ GET, "/needs", PLANNER, show, "needs" },
	{ .page = NULL },
};
