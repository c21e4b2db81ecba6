/*
 * analysis_needs_model.c: the part "needs" on the page.
 */
#include "pages/analysis_model.h"

#include "base/text.h"
#include "pages/needs_chart.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <math.h>

/* "What is this?" for the partial _what, in an object of its own. */
static void what(const struct words *w, json_t *m, const char *key,
		 const char *name)
{
	model_what(w, model_object(m, key), "what", name);
}

static const char *share_text(const struct words *w, double share)
{
	if (isnan(share))
		return "–";
	return arena_printf(&w->cx->arena, "%.0f%%", 100.0 * share);
}

static const char *count_text(const struct words *w, const json_t *o,
			      const char *key)
{
	return text_from_count(&w->cx->arena, kept_int(o, key));
}

static const char *range_of(const struct words *w, const json_t *o)
{
	return rank_range_text(w, kept_number(o, "rank_lo"),
			       kept_number(o, "rank_hi"));
}

/* What the lines of a skill have in common with those of a tier's. */
static void place(const struct words *w, json_t *m, const json_t *kept)
{
	const double p_top = kept_number(kept, "p_top");

	model_text(m, "name", kept_text(w, kept, "name"));
	model_int(m, "rank", kept_int(kept, "rank"));
	model_text(m, "rank_text", range_of(w, kept));
	model_real(m, "p_top", p_top);
	model_text(m, "p_top_text", share_text(w, p_top));
	model_text(m, "tied", tied_text(w, (size_t)kept_int(kept, "tied")));
	model_bool(m, "is_final", kept_bool(kept, "final"));
}

static void skill(const struct words *w, json_t *m, const json_t *kept)
{
	const struct figure mwds = kept_figure(kept, "mwds");
	const struct figure rate = kept_figure(kept, "rate");
	const struct figure rds = kept_figure(kept, "rds");
	const struct figure importance = kept_figure(kept, "importance");
	const struct figure level = kept_figure(kept, "level");

	place(w, m, kept);
	model_text(m, "skill", kept_word(kept, "code"));
	model_figure(w, m, "mwds", &mwds, UNIT_NUMBER);
	model_figure(w, m, "rate", &rate, UNIT_SHARE);
	model_figure(w, m, "rds", &rds, UNIT_SIGNED);
	model_figure(w, m, "importance", &importance, UNIT_POINTS);
	model_figure(w, m, "own_level", &level, UNIT_POINTS);
	model_text(m, "p_text", p_text(w, kept_number(kept, "p_holm")));
	model_text(m, "effect_text",
		   number_text(w, kept_number(kept, "rank_biserial"), 0,
			       UNIT_SIGNED));
	model_text(m, "rank_rds_text", count_text(w, kept, "rank_rds"));
	model_bool(m, "rds_differs", kept_bool(kept, "rds_differs"));
	model_text(m, "seats_text", count_text(w, kept, "seats"));
}

static void charts_of(const struct words *w, json_t *charts,
		      const json_t *skills)
{
	json_t *c = chart_new(charts, "needs_size", "interval", "", 2);
	struct chart_series s =
		chart_series(c, request_text(w->rq, "stat.mwds"), true);
	struct needs_point *points = ARENA_ARRAY(
		&w->cx->arena, struct needs_point, json_array_size(skills) + 1);
	const json_t *o;
	size_t i;

	json_array_foreach(skills, i, o) {
		const struct figure mwds = kept_figure(o, "mwds");

		points[i].label = kept_text(w, o, "name");
		points[i].importance = kept_figure(o, "importance");
		points[i].level = kept_figure(o, "level");
		if (!gate_has(&mwds))
			continue;
		model_item_text(model_list(c, "categories"), points[i].label);
		chart_figure(&s, &mwds, false);
	}
	model_real(c, "reference", 0.0);
	needs_quadrant(w, charts, "needs_quadrant", points,
		       json_array_size(skills));
}

/* The greatest need, with its number, as the title of the chart. */
static const char *statement(const struct words *w, const json_t *skills)
{
	const json_t *first = json_array_get(skills, 0);
	const struct figure mwds = kept_figure(first, "mwds");

	if (!gate_has(&mwds))
		return request_text(w->rq, "an_needs.size_title_none");
	return text_fill(&w->cx->arena,
			 request_text(w->rq, "an_needs.size_title"), "skill",
			 kept_text(w, first, "name"), "mwds",
			 figure_text(w, &mwds, UNIT_NUMBER), NULL);
}

/* How sure the first places of a list of kept skills are. */
static const char *sureness(const struct words *w, const json_t *skills,
			    bool has_places, bool is_stable, double top)
{
	struct needs_sure s = { has_places, is_stable, "", "" };
	const json_t *o;
	size_t i;

	json_array_foreach(skills, i, o) {
		if (!kept_int(o, "rank") || !(kept_number(o, "rank_lo") <= top))
			continue;
		if (kept_bool(o, "final"))
			s.sure = needs_name_added(w, s.sure,
						  kept_text(w, o, "name"));
		else
			s.open = needs_name_added(w, s.open,
						  kept_text(w, o, "name"));
	}
	return needs_sure_text(w, &s);
}

static void tier(const struct words *w, json_t *m, const json_t *kept,
		 double top)
{
	const json_t *skills = json_object_get(kept, "skills"), *o;
	json_t *places = model_list(m, "places");
	size_t i;

	model_text(m, "name", kept_text(w, kept, "name"));
	model_text(m, "n_text",
		   text_with_n(w, "stat.n", kept_int(kept, "people")));
	model_text(m, "sureness",
		   sureness(w, skills, kept_int(kept, "resamples") != 0,
			    kept_bool(kept, "is_stable"), top));
	json_array_foreach(skills, i, o) {
		const struct figure mwds = kept_figure(o, "mwds");
		json_t *p;

		if (!((double)i < top))
			break;
		p = model_item(places);
		place(w, p, o);
		model_figure(w, p, "mwds", &mwds, UNIT_NUMBER);
		model_text(p, "p_text", p_text(w, kept_number(o, "p_bh")));
		model_text(p, "note",
			   needs_place_text(w, &mwds, kept_number(o, "rank_lo"),
					    kept_number(o, "rank_hi")));
	}
}

/* "W = 0.61, ...": what the agreement says about the plan. */
static void agreement(const struct words *w, json_t *list, const json_t *kept,
		      const char *label)
{
	struct arena *a = &w->cx->arena;
	const char *reading = kept_word(kept, "reading");
	json_t *o = model_item(list);

	model_text(o, "label", label);
	model_text(o, "groups_text", count_text(w, kept, "m"));
	model_real(o, "w", kept_number(kept, "w"));
	model_text(o, "w_text",
		   number_text(w, kept_number(kept, "w"), 0, UNIT_NUMBER));
	model_text(o, "p_text", p_text(w, kept_number(kept, "p")));
	model_text(o, "reading", reading);
	model_text(o, "reading_text",
		   *reading ? request_text(w->rq,
					   arena_printf(a, "an_needs.agree_%s",
							reading))
			    : request_text(w->rq, "an_needs.agree_few"));
}

static void seats(const struct words *w, json_t *m, const json_t *kept)
{
	struct arena *a = &w->cx->arena;
	json_t *tiers = model_list(m, "tiers"), *rows = model_list(m, "rows");
	const json_t *o, *cell;
	const char *low = "";
	size_t i, t;

	json_array_foreach(json_object_get(kept, "tiers"), i, o) {
		json_t *head = model_item(tiers);

		model_text(head, "name", kept_text(w, o, "name"));
		model_text(head, "people_text",
			   text_with_n(w, "stat.people",
				       kept_int(o, "people")));
	}
	json_array_foreach(json_object_get(kept, "skills"), i, o) {
		json_t *row = model_item(rows), *cells;

		model_text(row, "name", kept_text(w, o, "name"));
		model_text(row, "offered_text", count_text(w, o, "offered"));
		model_text(row, "proposed_text", count_text(w, o, "proposed"));
		model_text(row, "runs_text", count_text(w, o, "runs"));
		model_bool(row, "is_short", kept_bool(o, "is_short"));
		if (kept_bool(o, "is_short"))
			low = needs_name_added(w, low, kept_text(w, o, "name"));
		cells = model_list(row, "cells");
		json_array_foreach(json_object_get(o, "tiers"), t, cell)
			model_text(model_item(cells), "text",
				   count_text(w, cell, "proposed"));
	}
	model_text(m, "statement",
		   text_fill(a,
			     *low ? request_text(w->rq, "an_needs.seats_short")
				  : request_text(w->rq, "an_needs.seats_title"),
			     "skills", low, NULL));
	model_text(m, "base",
		   text_fill(a, request_text(w->rq, "an_needs.seats_base"),
			     "total", count_text(w, kept, "total"), "capacity",
			     count_text(w, kept, "capacity"), NULL));
	what(w, m, "about_seats", "an_needs.what_seats");
}

static void unmet(const struct words *w, json_t *m, const json_t *part)
{
	json_t *list = model_list(m, "unmet");
	const json_t *o;
	size_t i;

	json_array_foreach(json_object_get(part, "unmet"), i, o) {
		const struct figure mwds = kept_figure(o, "mwds");
		const char *tier_name = kept_text(w, o, "tier_name");
		json_t *row = model_item(list);

		model_text(row, "skill", kept_word(o, "skill"));
		model_text(row, "tier", kept_word(o, "tier"));
		model_figure(w, row, "mwds", &mwds, UNIT_NUMBER);
		model_text(
			row, "sentence",
			text_fill(
				&w->cx->arena,
				*tier_name ? request_text(w->rq,
							  "an_needs.unmet_tier")
					   : request_text(w->rq,
							  "an_needs.unmet_all"),
				"tier", tier_name, "skill",
				kept_text(w, o, "name"), "mwds",
				figure_text(w, &mwds, UNIT_NUMBER), "interval",
				interval_text(w, &mwds, UNIT_NUMBER), "n",
				text_from_count(&w->cx->arena, (int64_t)mwds.n),
				NULL));
		model_text(row, "href",
			   arena_printf(&w->cx->arena, "/needs?year=%" PRId64,
					kept_int(part, "year")));
		model_text(row, "plan_href",
			   arena_printf(&w->cx->arena,
					"/needs?year=%" PRId64
					"&skill=%s&tier=%s#into-plan",
					kept_int(part, "year"),
					kept_word(o, "skill"),
					kept_word(o, "tier")));
	}
}

static void groups(const struct words *w, json_t *m, const json_t *part)
{
	const json_t *kept = json_object_get(part, "tiers"), *o;
	const json_t *agree = json_object_get(part, "agreement");
	json_t *list = model_list(m, "tiers"), *agreed;
	size_t i;

	json_array_foreach(kept, i, o)
		tier(w, model_item(list), o, kept_number(part, "top"));
	agreed = model_list(m, "agreement");
	if (agree) {
		agreement(w, agreed, json_object_get(agree, "tiers"),
			  request_text(w->rq, "an_needs.agree_tiers"));
		agreement(w, agreed, json_object_get(agree, "units"),
			  request_text(w->rq, "an_needs.agree_units"));
		what(w, m, "about_agreement", "an_needs.what_agreement");
	}
	if (json_object_get(part, "seats"))
		seats(w, model_object(m, "seats"),
		      json_object_get(part, "seats"));
}

void analysis_needs_model(const struct words *w, json_t *m, const json_t *part,
			  json_t *charts)
{
	const json_t *skills = json_object_get(part, "skills"), *o;
	const int64_t resamples = kept_int(part, "resamples");
	const double top = kept_number(part, "top");
	json_t *list = model_list(m, "skills");
	size_t i;

	json_array_foreach(skills, i, o)
		skill(w, model_item(list), o);
	charts_of(w, charts, skills);
	model_text(m, "statement", statement(w, skills));
	model_text(m, "sureness",
		   sureness(w, skills, resamples != 0,
			    kept_bool(part, "is_stable"), top));
	model_bool(m, "has_places", resamples != 0);
	model_text(m, "places_base",
		   text_fill(&w->cx->arena,
			     text_with_n(w, "an_needs.places_base", resamples),
			     "tau",
			     number_text(w, kept_number(part, "tau"), 0,
					 UNIT_NUMBER),
			     NULL));
	unmet(w, m, part);
	groups(w, m, part);
	what(w, m, "about_size", "an_needs.what_size");
	what(w, m, "about_places", "an_needs.what_places");
}
