/*
 * analysis_trend.c: the course of the figures and three years ahead. The
 * manual is analysis_trend.h.
 */
#include "analysis/analysis_trend.h"

#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"
#include "insight/session_view.h"

#include <math.h>

#define YEAR_DAYS 365.25

struct trend_ahead trend_ahead(int64_t year)
{
	struct trend_ahead a = { .year = year + 1 };

	for (size_t i = 0; i < PROJECTION_YEARS; i++)
		a.t[i] = (double)a.year + (double)i + TREND_MIDDLE;
	return a;
}

void trend_put_ahead(json_t *o, const struct projection *p,
		     const struct trend_ahead *ahead, double times)
{
	json_t *list = analysis_list(o, "ahead");

	for (size_t i = 0; i < PROJECTION_YEARS && p->status == AN_OK; i++) {
		const struct an_forecast *f = &p->year[i];
		json_t *row = analysis_row(list);

		analysis_int(row, "year", ahead->year + (int64_t)i);
		analysis_number(row, "value",
				p->within[i] ? times * f->value : (double)NAN);
		analysis_number(row, "lo50", times * f->lo50);
		analysis_number(row, "hi50", times * f->hi50);
		analysis_number(row, "lo80", times * f->lo80);
		analysis_number(row, "hi80", times * f->hi80);
	}
}

/* Counts are projected as logarithms, so that no band ends below none. */
static void back_to_counts(struct projection *p, double span, double most)
{
	const struct an_forecast *end = &p->year[PROJECTION_YEARS - 1];

	for (size_t i = 0; i < PROJECTION_YEARS; i++) {
		struct an_forecast *f = &p->year[i];
		double *const members[] = { &f->value, &f->lo50, &f->hi50,
					    &f->lo80, &f->hi80 };

		for (size_t k = 0; k < sizeof(members) / sizeof(members[0]);
		     k++)
			*members[k] = fmax(expm1(*members[k]), 0.0);
	}
	p->from = expm1(p->from);
	p->to = expm1(p->to);
	p->per_year = (p->to - p->from) / span;
	p->wide = end->hi80 - end->lo80 > most;
}

static struct projection projected(struct ctx *cx, const struct trend_line *l,
				   const struct trend_ahead *ahead)
{
	struct arena *a = &cx->arena;
	const size_t n = l->n - l->since;
	double *t = ARENA_ARRAY(a, double, n + 1);
	double *y = ARENA_ARRAY(a, double, n + 1);
	double *people = ARENA_ARRAY(a, double, n + 1);
	unsigned *quarter = ARENA_ARRAY(a, unsigned, n + 1);
	const bool counts = text_equals(l->unit, "count");
	/* A count is whole: no wave of it is surer than another. */
	const struct an_waves waves = { t, y, counts ? NULL : people, n,
					false };
	struct projection p;
	double most = 0.0;

	for (size_t i = 0; i < n; i++) {
		t[i] = l->waves[l->since + i].t;
		y[i] = l->waves[l->since + i].y;
		most = fmax(most, y[i]);
		y[i] = counts ? log1p(y[i]) : y[i];
		people[i] = l->waves[l->since + i].weight;
		quarter[i] = l->waves[l->since + i].quarter;
	}
	p = project(cx, &waves, n && l->waves[l->since].at ? quarter : NULL,
		    l->ends, ahead->t);
	if (counts && p.status == AN_OK)
		back_to_counts(&p, t[n - 1] - t[0], most);
	return p;
}

static void put_waves(json_t *o, const struct trend_line *l)
{
	json_t *list = analysis_list(o, "waves");

	for (size_t i = 0; i < l->n; i++) {
		json_t *row = analysis_row(list);

		if (l->waves[i].at)
			analysis_word(row, "at", l->waves[i].at);
		else
			analysis_int(row, "year",
				     (int64_t)floor(l->waves[i].t));
		analysis_number(row, "value", l->waves[i].y);
		analysis_int(row, "n", (int64_t)l->waves[i].n);
	}
}

struct projection trend_put(const struct analysis_work *w, json_t *lines,
			    const struct trend_line *l,
			    const struct trend_ahead *ahead)
{
	const struct projection p = projected(w->cx, l, ahead);
	json_t *o = analysis_row(lines);

	analysis_word(o, "what", l->what);
	analysis_word(o, "unit", l->unit);
	analysis_word(o, "skill", l->skill);
	analysis_word(o, "tier", l->tier);
	analysis_text(o, "name", l->name);
	analysis_text(o, "tier_name", l->tier_name);
	put_waves(o, l);
	analysis_number(o, "so_far", l->so_far);
	analysis_flag(o, "is_standard", l->is_standard);
	analysis_flag(o, "is_broken", l->since > 0);
	analysis_count(o, "since", l->since);
	analysis_word(o, "status", an_status_name(p.status));
	analysis_count(o, "n", p.n);
	if (p.status != AN_OK)
		return p;
	analysis_number(o, "per_year", p.per_year);
	analysis_word(o, "direction", p.direction);
	analysis_flag(o, "is_seasonal", p.is_seasonal);
	analysis_flag(o, "holt_differs", p.holt_differs);
	analysis_flag(o, "wide", p.wide);
	trend_put_ahead(o, &p, ahead, 1.0);
	return p;
}

/* ---- a course: its sessions --------------------------------------------- */

/* Which form a session was asked with at that moment; 0: none. */
static int64_t version_of(const struct answers_set *set, int64_t session_id,
			  const char *moment)
{
	for (size_t i = 0; i < set->ncollections; i++)
		if (set->collections[i].session_id == session_id &&
		    text_equals(set->collections[i].moment, moment))
			return set->collections[i].version_id;
	return 0;
}

/* A session as a wave: its day in years, and the quarter it lies in. */
static struct trend_wave wave_of(const char *instant, const struct figure *f)
{
	struct trend_wave w = { .y = f->value,
				.n = (double)f->n,
				.weight = (double)f->n,
				.at = instant };
	int64_t ms = 0;

	(void)instant_from_db(instant, &ms);
	w.t = 1970.0 + (double)ms / (double)DAY_MS / YEAR_DAYS;
	/* April to June is the first. */
	w.quarter = (unsigned)(date_in_japan(ms).month + 8) % 12 / 3;
	return w;
}

/* Another form before and after this session breaks the line. */
static void sessions_line(const struct analysis_work *w, json_t *lines,
			  const struct session_view *v, struct trend_line *l,
			  size_t at)
{
	const char *moment = text_equals(l->what, "before") ? "pre" : "post";
	const int64_t year = date_fiscal_year(date_in_japan(w->cx->now_ms));
	const struct trend_ahead ahead = trend_ahead(year);
	int64_t form = 0;

	l->waves = ARENA_ARRAY(&w->cx->arena, struct trend_wave, v->nparts + 1);
	l->so_far = NAN;
	for (size_t i = 0; i < v->nparts; i++) {
		const struct part_view *p = &v->parts[i];
		const struct figure *f =
			(const struct figure *)((const char *)p + at);
		const int64_t now = version_of(w->set, p->session_id, moment);

		if (!gate_has(f) || !p->starts_at)
			continue;
		if (form && now != form)
			l->since = l->n;
		form = now;
		l->waves[l->n++] = wave_of(p->starts_at, f);
	}
	(void)trend_put(w, lines, l, &ahead);
}

static enum err sessions(const struct analysis_work *w, json_t *out)
{
	static const struct {
		const char *what, *unit;
		struct scale_ends ends;
		size_t at;
	} figures[] = {
		{ "before",
		  "share",
		  { 0, 1 },
		  offsetof(struct part_view, before) },
		{ "after",
		  "share",
		  { 0, 1 },
		  offsetof(struct part_view, after) },
		{ "overall",
		  "points",
		  { 1, 5 },
		  offsetof(struct part_view, overall) },
	};
	struct session_view v;
	json_t *lines;

	TRY(session_view_read(w->cx, w->g, w->of, &v));
	if (!v.nparts)
		return analysis_nothing(out, AN_EMPTY, w->set->npairs, 0);
	analysis_ok(out, w->set->npairs);
	analysis_word(out, "by", "session");
	analysis_int(out, "least", PROJECTION_LEAST);
	lines = analysis_list(out, "lines");
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
		struct trend_line l = { .what = figures[i].what,
					.unit = figures[i].unit,
					.name = { "", "" },
					.tier_name = { "", "" },
					.ends = figures[i].ends };

		sessions_line(w, lines, &v, &l, figures[i].at);
	}
	return OK;
}

enum err analysis_trend(const struct analysis_work *w, json_t *out)
{
	return w->scope == ANALYSIS_YEAR ? trend_years(w, out)
					 : sessions(w, out);
}
