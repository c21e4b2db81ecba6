/*
 * analysis_needs_seats.c: the seats of a year, shared by need.
 *
 *   weight of a tier and skill = staff of the tier x shrunken need rate
 *
 * and the largest remainder of the weights. A tier whose rate is hidden or
 * too few for shrinking counts with the rate of all.
 */
#include "analysis/analysis_needs.h"

#include "analytics/shrink.h"
#include "base/text.h"
#include "store/store_setting.h"
#include "store/store_tier.h"
#include "store/store_unit.h"

#include <math.h>

#define SHRINK_LEAST 5 /* groups, to say how much groups differ */
#define SHORT        2 /* times the seats offered make a skill short */

/* ntiers x nskills of each, row after row. */
struct sharing {
	const struct needs_view *v;
	const int64_t *staff; /* of each tier */
	double *offered, *weight;
	uint64_t *proposed;
	int64_t capacity;
	uint64_t total;
};

enum err needs_staff(struct ctx *cx, const struct needs_view *v,
		     const int64_t **out)
{
	const struct date today = date_in_japan(cx->now_ms);
	const struct unit_tier_count *posted;
	const struct tier *tiers;
	int64_t *staff;
	size_t n, ntiers;

	*out = staff = ARENA_ARRAY(&cx->arena, int64_t, v->ntiers + 1);
	TRY(store_unit_tiers_on(cx, date_to_iso(&cx->arena, today), &posted,
				&n));
	TRY(store_tiers(cx, date_fiscal_year(today), &tiers, &ntiers));
	for (size_t t = 0; t < v->ntiers; t++) {
		const char *code = v->tiers[t].tier_code;

		for (size_t i = 0; i < n; i++)
			if (text_equals(posted[i].tier_code, code))
				staff[t] += posted[i].people;
		for (size_t i = 0; i < ntiers; i++)
			if (text_equals(tiers[i].code, code) &&
			    tiers[i].headcount != DB_NULL)
				staff[t] = tiers[i].headcount;
	}
	return OK;
}

static void read_offered(struct sharing *s)
{
	const struct needs_view *v = s->v;
	double sum = 0.0;

	for (size_t i = 0; i < v->noffers; i++)
		for (size_t t = 0; t < v->ntiers; t++)
			for (size_t j = 0; j < v->nskills; j++) {
				const struct needs_offer *o = &v->offers[i];

				if (!text_equals(o->tier_code,
						 v->tiers[t].tier_code) ||
				    !text_equals(o->skill_code,
						 v->skills[j].code))
					continue;
				s->offered[t * v->nskills + j] += o->share;
				sum += o->share;
			}
	s->total = (uint64_t)llround(sum);
}

/* Need rate of one skill in every tier. */
static void rates(const struct needs_part *part, size_t skill, double *rate)
{
	struct arena *a = &part->w->cx->arena;
	const struct needs_view *v = part->v;
	size_t *x = ARENA_ARRAY(a, size_t, v->ntiers + 1);
	size_t *n = ARENA_ARRAY(a, size_t, v->ntiers + 1);
	size_t *at = ARENA_ARRAY(a, size_t, v->ntiers + 1), k = 0;
	struct an_shrunk *out = ARENA_ARRAY(a, struct an_shrunk, v->ntiers + 1);
	const double whole = v->all.cells[skill].rate.value;

	for (size_t t = 0; t < v->ntiers; t++) {
		const struct an_need *raw = &part->raw[t * v->nskills + skill];

		rate[t] = isnan(whole) ? 0.0 : whole;
		if (!gate_has(&v->tiers[t].cells[skill].mwds))
			continue;
		at[k] = t;
		n[k] = raw->n;
		x[k++] = (size_t)llround(raw->need_rate * (double)raw->n);
	}
	if (k < SHRINK_LEAST)
		return;
	(void)an_shrink_shares(x, n, k, out);
	for (size_t i = 0; i < k; i++)
		if (isfinite(out[i].value))
			rate[at[i]] = out[i].value;
}

static void weigh(const struct needs_part *part, struct sharing *s)
{
	const struct needs_view *v = s->v;
	double *rate = ARENA_ARRAY(&part->w->cx->arena, double, v->ntiers + 1);

	for (size_t j = 0; j < v->nskills; j++) {
		rates(part, j, rate);
		for (size_t t = 0; t < v->ntiers; t++)
			s->weight[t * v->nskills + j] =
				(double)s->staff[t] * rate[t];
	}
}

static void put_tiers(const struct sharing *s, json_t *out)
{
	json_t *list = analysis_list(out, "tiers");

	for (size_t t = 0; t < s->v->ntiers; t++) {
		const struct needs_group *g = &s->v->tiers[t];
		json_t *o = analysis_row(list);

		analysis_word(o, "code", g->tier_code);
		analysis_text(o, "name",
			      (struct bilingual){
				      g->name, g->name_en ? g->name_en : "" });
		analysis_int(o, "people", s->staff[t]);
	}
}

/* May the skill be among the first? Without resamples: is it? */
static bool is_high(const struct needs_rank *r)
{
	return r->rank && (isnan(r->rank_lo) ? r->rank <= NEEDS_TOP
					     : r->rank_lo <= NEEDS_TOP);
}

static void put_skill(const struct sharing *s, json_t *o,
		      const struct needs_rank *r)
{
	const struct needs_view *v = s->v;
	json_t *tiers;
	double offered = 0.0;
	uint64_t proposed = 0;

	analysis_word(o, "skill", v->skills[r->skill].code);
	analysis_text(o, "name", v->skills[r->skill].name);
	tiers = analysis_list(o, "tiers");
	for (size_t t = 0; t < v->ntiers; t++) {
		const size_t at = t * v->nskills + r->skill;
		json_t *cell = analysis_row(tiers);

		analysis_int(cell, "offered", llround(s->offered[at]));
		analysis_count(cell, "proposed", s->proposed[at]);
		offered += s->offered[at];
		proposed += s->proposed[at];
	}
	analysis_int(o, "offered", llround(offered));
	analysis_count(o, "proposed", proposed);
	analysis_int(o, "runs",
		     ((json_int_t)proposed + s->capacity - 1) / s->capacity);
	analysis_flag(o, "is_short",
		      is_high(r) && (double)proposed > SHORT * offered);
}

enum err needs_put_seats(const struct needs_part *part, json_t *out)
{
	struct ctx *cx = part->w->cx;
	const struct needs_view *v = part->v;
	const size_t cells = v->ntiers * v->nskills;
	struct sharing s = { .v = v };
	json_t *o, *list;

	s.offered = ARENA_ARRAY(&cx->arena, double, cells + 1);
	s.weight = ARENA_ARRAY(&cx->arena, double, cells + 1);
	s.proposed = ARENA_ARRAY(&cx->arena, uint64_t, cells + 1);
	s.capacity = store_setting_int(cx, "session.default_seats", 60);
	s.capacity = s.capacity > 0 ? s.capacity : 1;
	TRY(needs_staff(cx, v, &s.staff));
	read_offered(&s);
	weigh(part, &s);
	if (!s.total ||
	    an_largest_remainder(s.weight, cells, s.total, s.proposed) != AN_OK)
		return OK;
	o = analysis_object(out, "seats");
	analysis_count(o, "total", s.total);
	analysis_int(o, "capacity", s.capacity);
	put_tiers(&s, o);
	list = analysis_list(o, "skills");
	for (size_t i = 0; i < v->all.order.n; i++)
		put_skill(&s, analysis_row(list), &v->all.order.ranks[i]);
	return OK;
}
