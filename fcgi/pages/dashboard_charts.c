/*
 * dashboard_charts.c: the charts of the dashboard and the class profile.
 */
#include "base/clock.h"
#include "base/text.h"
#include "pages/dashboard_model.h"
#include "view/model.h"
#include "view/texts.h"

#include <math.h>

static const char *label(const struct words *w, struct bilingual text)
{
	return short_label(w, bilingual_text(w, text));
}

void funnel_steps(const struct words *w, const struct funnel *f,
		  struct funnel_step steps[FUNNEL_STEPS])
{
	static const char *const keys[FUNNEL_STEPS] = {
		TEXT_KEY("dash.applied"),  TEXT_KEY("dash.booked"),
		TEXT_KEY("dash.attended"), TEXT_KEY("dash.pre"),
		TEXT_KEY("dash.post"),     TEXT_KEY("dash.matched"),
	};
	const int64_t people[FUNNEL_STEPS] = { f->applied,  f->booked,
					       f->attended, f->pre,
					       f->post,     f->matched };

	for (size_t i = 0; i < FUNNEL_STEPS; i++)
		steps[i] = (struct funnel_step){ request_text(w->rq, keys[i]),
						 people[i] };
}

void funnel_low_response(const struct words *w, json_t *m,
			 const struct funnel *f, bool is_course)
{
	struct arena *a = &w->cx->arena;
	const double share = (double)f->post / (double)f->booked;

	model_text(
		m, "low_response",
		is_course || !f->post || 2 * f->post >= f->booked
			? ""
			: text_fill(a, request_text(w->rq, "dash.low_response"),
				    "n", text_from_count(a, f->post), "booked",
				    text_from_count(a, f->booked), "rate",
				    number_text(w, share, (size_t)f->booked,
						UNIT_SHARE),
				    NULL));
}

static void funnel_chart(const struct words *w, json_t *charts,
			 const struct funnel *f)
{
	struct funnel_step steps[FUNNEL_STEPS];
	json_t *c = chart_new(charts, "funnel", "funnel",
			      request_text(w->rq, "stat.unit_people"), 0);
	struct chart_series s =
		chart_series(c, request_text(w->rq, "dash.people"), false);

	funnel_steps(w, f, steps);
	for (size_t i = 0; i < FUNNEL_STEPS; i++) {
		model_item_text(model_list(c, "categories"), steps[i].label);
		model_item_int(s.values, steps[i].people);
	}
}

static void items_chart(const struct words *w, json_t *charts,
			const struct item_view *items, size_t n)
{
	json_t *c = chart_new(charts, "items", "dumbbell", "%", 0);
	struct chart_series before =
		chart_series(c, request_text(w->rq, "dash.before"), true);
	struct chart_series after =
		chart_series(c, request_text(w->rq, "dash.after"), true);

	for (size_t i = 0; i < n; i++) {
		model_item_text(model_list(c, "categories"),
				label(w, items[i].text));
		chart_figure(&before, &items[i].before, true);
		chart_figure(&after, &items[i].after, true);
	}
}

static void self_chart(const struct words *w, json_t *charts,
		       const struct scale_pair_view *list, size_t n)
{
	json_t *c = chart_new(charts, "self", "dumbbell",
			      request_text(w->rq, "stat.unit_points"), 2);
	struct chart_series before =
		chart_series(c, request_text(w->rq, "dash.before"), false);
	struct chart_series after =
		chart_series(c, request_text(w->rq, "dash.after"), false);

	for (size_t i = 0; i < n; i++) {
		model_item_text(model_list(c, "categories"),
				label(w, list[i].text));
		chart_figure(&before, &list[i].before, false);
		chart_figure(&after, &list[i].after, false);
	}
}

/* Five-point questions: a series per option, in percent of the answers. */
static void diverging(const struct words *w, json_t *charts, const char *name,
		      const struct scale_view *const *list, size_t n)
{
	json_t *c = chart_new(charts, name, "diverging", "%", 0);
	const struct survey_item *it = n ? list[0]->item : NULL;

	for (size_t i = 0; i < n; i++)
		model_item_text(model_list(c, "categories"),
				label(w, list[i]->text));
	for (size_t k = 0; it && k < it->noptions; k++) {
		struct chart_series s = chart_series(
			c, bilingual_text(w, it->options[k].label), false);

		for (size_t i = 0; i < n; i++) {
			const struct spread *p = &list[i]->spread;
			const double share =
				p->shown && k < p->noptions && p->n
					? (double)p->count[k] / (double)p->n
					: (double)NAN;

			chart_value(s.values, gate_round_share(share, p->n),
				    true);
		}
	}
}

static void satisfaction_chart(const struct words *w, json_t *charts,
			       const struct session_view *v)
{
	const struct scale_view **list = ARENA_ARRAY(
		&w->cx->arena, const struct scale_view *, v->nsatisfaction + 1);
	size_t n = 0;

	for (size_t i = 0; i < v->nsatisfaction; i++)
		list[n++] = &v->satisfaction[i];
	if (v->overall.key)
		list[n++] = &v->overall;
	diverging(w, charts, "satisfaction", list, n);
}

static json_t *axis(json_t *c, const char *key, const char *name)
{
	json_t *o = model_object(c, key);

	model_text(o, "name", name);
	return o;
}

/* Importance (r) across, satisfaction up; split at the averages. */
static void portfolio_chart(const struct words *w, json_t *charts,
			    const struct session_view *v)
{
	static const char *const corners[] = {
		TEXT_KEY("dash.quad_keep"),
		TEXT_KEY("dash.quad_priority_keep"),
		TEXT_KEY("dash.quad_priority_improve"),
		TEXT_KEY("dash.quad_improve"),
	};
	json_t *c = chart_new(charts, "portfolio", "quadrant", "", 2);
	json_t *points = model_list(c, "points"), *split;
	double x = 0.0, y = 0.0;
	size_t n = 0;

	axis(c, "axis_x", request_text(w->rq, "dash.importance"));
	axis(c, "axis_y", request_text(w->rq, "dash.satisfaction"));
	for (size_t i = 0; i < v->nsatisfaction; i++) {
		const struct scale_view *s = &v->satisfaction[i];
		json_t *o;

		if (!s->quadrant)
			continue;
		o = model_item(points);
		model_text(o, "label", label(w, s->text));
		model_real(o, "x", s->importance.value);
		model_real(o, "y", s->mean.value);
		model_int(o, "n", (int64_t)s->mean.n);
		x += s->importance.value;
		y += s->mean.value;
		n++;
	}
	split = model_object(c, "split");
	model_real(split, "x", n ? x / (double)n : (double)NAN);
	model_real(split, "y", n ? y / (double)n : (double)NAN);
	for (size_t i = 0; i < 4; i++)
		model_item_text(model_list(c, "corners"),
				request_text(w->rq, corners[i]));
}

static void needs_chart(const struct words *w, json_t *charts,
			const struct need_view *needs, size_t n)
{
	json_t *c = chart_new(charts, "needs", "interval", "", 2);
	struct chart_series s =
		chart_series(c, request_text(w->rq, "stat.mwds"), true);

	for (size_t rank = 1; rank <= n; rank++)
		for (size_t i = 0; i < n; i++) {
			if (needs[i].rank != rank)
				continue;
			model_item_text(model_list(c, "categories"),
					label(w, needs[i].text));
			chart_figure(&s, &needs[i].mwds, false);
		}
	model_real(c, "reference", 0.0);
}

static void parts_chart(const struct words *w, json_t *charts,
			const struct session_view *v)
{
	json_t *c = chart_new(charts, "parts", "trend", "%", 0);
	struct chart_series before =
		chart_series(c, request_text(w->rq, "dash.before"), false);
	struct chart_series after =
		chart_series(c, request_text(w->rq, "dash.after"), false);

	for (size_t i = 0; i < v->nparts; i++) {
		int64_t at = 0;

		if (v->parts[i].starts_at)
			instant_from_db(v->parts[i].starts_at, &at);
		model_item_text(model_list(c, "categories"),
				date_to_text(&w->cx->arena, date_in_japan(at),
					     w->rq->lang, DATE_SHORT));
		chart_figure(&before, &v->parts[i].before, true);
		chart_figure(&after, &v->parts[i].after, true);
	}
}

void dashboard_charts(const struct words *w, json_t *m,
		      const struct session_view *v)
{
	json_t *charts = model_object(m, "charts");
	json_t *has = model_object(m, "has");

	funnel_chart(w, charts, &v->funnel);
	items_chart(w, charts, v->items, v->nitems);
	satisfaction_chart(w, charts, v);
	self_chart(w, charts, v->self, v->nself);
	portfolio_chart(w, charts, v);
	needs_chart(w, charts, v->needs, v->nneeds);
	parts_chart(w, charts, v);
	model_bool(has, "items", v->nitems && gate_has(&v->items[0].after));
	model_bool(has, "satisfaction",
		   v->overall.key && gate_has(&v->overall.mean));
	model_bool(has, "self", v->nself && gate_has(&v->self[0].after));
	model_bool(has, "portfolio",
		   v->nsatisfaction && v->satisfaction[0].quadrant);
	model_bool(has, "needs", v->nneeds && gate_has(&v->needs[0].mwds));
	model_bool(has, "parts", v->nparts > 1);
	model_least(w, m);
}

void profile_charts(const struct words *w, json_t *m,
		    const struct profile_view *v)
{
	json_t *charts = model_object(m, "charts");
	json_t *has = model_object(m, "has");
	json_t *c = chart_new(charts, "items", "interval", "%", 0);
	struct chart_series s =
		chart_series(c, request_text(w->rq, "dash.before"), true);
	const struct scale_view **list = ARENA_ARRAY(
		&w->cx->arena, const struct scale_view *, v->nself + 1);

	for (size_t i = 0; i < v->nitems; i++) {
		model_item_text(model_list(c, "categories"),
				label(w, v->items[i].text));
		chart_figure(&s, &v->items[i].before, true);
	}
	for (size_t i = 0; i < v->nself; i++)
		list[i] = &v->self[i];
	diverging(w, charts, "self", list, v->nself);
	needs_chart(w, charts, v->needs, v->nneeds);
	model_bool(has, "items", v->nitems && gate_has(&v->items[0].before));
	model_bool(has, "self", v->nself && gate_has(&v->self[0].mean));
	model_least(w, m);
	model_bool(has, "needs", v->nneeds && gate_has(&v->needs[0].mwds));
}
