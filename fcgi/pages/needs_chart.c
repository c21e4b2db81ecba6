/*
 * needs_chart.c: the manual is needs_chart.h.
 */
#include "pages/needs_chart.h"

#include "view/model.h"
#include "view/texts.h"

#include <math.h>

void needs_quadrant(const struct words *w, json_t *charts, const char *name,
		    const struct needs_point *points, size_t n)
{
	static const char *const corners[] = {
		TEXT_KEY("needs.quad_learn"),
		TEXT_KEY("needs.quad_strength"),
		TEXT_KEY("needs.quad_enough"),
		TEXT_KEY("needs.quad_watch"),
	};
	json_t *c = chart_new(charts, name, "quadrant", "", 2);
	json_t *list = model_list(c, "points"), *split;
	double x = 0.0, y = 0.0, m = 0.0;

	model_text(model_object(c, "axis_x"), "name",
		   request_text(w->rq, "needs.axis_level"));
	model_text(model_object(c, "axis_y"), "name",
		   request_text(w->rq, "needs.axis_importance"));
	for (size_t i = 0; i < n; i++) {
		const struct needs_point *p = &points[i];
		json_t *o;

		if (!gate_has(&p->importance) || !gate_has(&p->level))
			continue;
		o = model_item(list);
		model_text(o, "label", p->label);
		model_real(o, "x", p->level.value);
		model_real(o, "y", p->importance.value);
		model_int(o, "n", (int64_t)p->level.n);
		x += p->level.value;
		y += p->importance.value;
		m += 1.0;
	}
	split = model_object(c, "split");
	model_real(split, "x", m > 0.0 ? x / m : (double)NAN);
	model_real(split, "y", m > 0.0 ? y / m : (double)NAN);
	for (size_t i = 0; i < 4; i++)
		model_item_text(model_list(c, "corners"),
				request_text(w->rq, corners[i]));
}

const char *rank_range_text(const struct words *w, double lo, double hi)
{
	if (isnan(lo) || isnan(hi))
		return "–";
	if (lo >= hi)
		return arena_printf(&w->cx->arena, "%.0f", lo);
	return arena_printf(&w->cx->arena, "%.0f–%.0f", lo, hi);
}

const char *tied_text(const struct words *w, size_t tied)
{
	if (!tied || tied > 26)
		return "";
	return arena_printf(&w->cx->arena, "%c", (int)('A' + (int)tied - 1));
}

const char *needs_place_text(const struct words *w, const struct figure *mwds,
			     double lo, double hi)
{
	return text_fill(&w->cx->arena, request_text(w->rq, "needs.place_text"),
			 "mwds", figure_text(w, mwds, UNIT_NUMBER), "range",
			 rank_range_text(w, lo, hi), NULL);
}

const char *needs_name_added(const struct words *w, const char *list,
			     const char *name)
{
	struct arena *a = &w->cx->arena;

	return arena_printf(a, "%s%s%s", list,
			    *list ? request_text(w->rq, "needs.list_join") : "",
			    text_fill(a, request_text(w->rq, "needs.quoted"),
				      "name", name, NULL));
}

const char *needs_sure_text(const struct words *w, const struct needs_sure *s)
{
	if (!s->has_places)
		return request_text(w->rq, "needs.sure_few");
	if (s->is_stable)
		return request_text(w->rq, "needs.sure_final");
	return text_fill(&w->cx->arena,
			 *s->sure ? request_text(w->rq, "needs.sure_partly")
				  : request_text(w->rq, "needs.sure_group"),
			 "sure", s->sure, "skills", s->open, NULL);
}
