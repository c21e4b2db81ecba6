/*
 * needs_view.c: the whole, the ranking and what is offered.
 */
#include "insight/needs_view.h"

#include "analytics/bootstrap.h"
#include "analytics/number.h"
#include "base/text.h"
#include "store/store_funnel.h"

#include <math.h>
#include <stdlib.h>

#define TOP       3        /* places of the ranking that are acted on */
#define FINAL     0.8      /* share of resamples that makes it final */
#define RESAMPLES 2000u    /* for screens */
#define MAX_DRAWS 2000000u /* people x resamples, to stay under a second */
#define SEED      20240401u

static enum err read_offers(struct ctx *cx, struct needs_view *v)
{
	const struct funnel_seats *rows;
	size_t n;

	TRY(store_funnel_seats(cx, v->fiscal_year, &rows, &n));
	v->offers = ARENA_ARRAY(&cx->arena, struct needs_offer, n + 1);
	for (size_t i = 0; i < n; i++) {
		v->offers[v->noffers++] =
			(struct needs_offer){ rows[i].skill_code,
					      rows[i].tier_code,
					      rows[i].sessions, rows[i].seats };
		for (size_t k = 0; k < v->nskills; k++)
			if (text_equals(v->skills[k].code, rows[i].skill_code))
				v->skills[k].seats += rows[i].seats;
	}
	return OK;
}

static void read_all(const struct needs_work *w, struct needs_view *v)
{
	struct needs_group *all = &v->all;

	*all = (struct needs_group){ .unit_id = DB_NULL,
				     .name = "",
				     .name_en = "" };
	view_needs(w->cx, w->g, w->set, &all->cells, &v->nskills, &all->sheets);
	for (size_t i = 0; i < w->npeople; i++)
		all->people += (size_t)w->people[i].people;
	v->skills =
		ARENA_ARRAY(&w->cx->arena, struct needs_skill, v->nskills + 1);
	for (size_t j = 0; j < v->nskills; j++) {
		v->skills[j].code = all->cells[j].skill;
		v->skills[j].name = all->cells[j].text;
		all->shown |= all->cells[j].mwds.status == AN_OK;
	}
	if (!all->shown)
		all->people = all->sheets = 0;
}

static int by_need(const void *a, const void *b)
{
	const double x = ((const struct needs_rank *)a)->mwds.value;
	const double y = ((const struct needs_rank *)b)->mwds.value;

	if (isnan(x) || isnan(y))
		return (isnan(x) ? 1 : 0) - (isnan(y) ? 1 : 0);
	return x < y ? 1 : x > y ? -1 : 0;
}

/* Importance and level of everybody, person by skill. */
static size_t tables(const struct needs_work *w, size_t k, double *a, double *b)
{
	size_t ni, nl, rows = 0;
	const struct column *imp = answers_columns(
		w->cx, w->set, MOMENT_PRE, MEASURES_NEED_IMPORTANCE, &ni);
	const struct column *lev = answers_columns(w->cx, w->set, MOMENT_PRE,
						   MEASURES_NEED_LEVEL, &nl);

	if (ni != k || nl != k)
		return 0;
	for (size_t i = 0; i < w->set->nsheets; i++) {
		if (w->set->sheets[i].moment != MOMENT_PRE)
			continue;
		for (size_t j = 0; j < k; j++) {
			a[rows * k + j] =
				column_points(&imp[j], &w->set->sheets[i]);
			b[rows * k + j] =
				column_points(&lev[j], &w->set->sheets[i]);
		}
		rows++;
	}
	return rows;
}

static struct an_stability room(struct arena *a, size_t k)
{
	return (struct an_stability){ .rank = ARENA_ARRAY(a, double, k),
				      .mean_rank = ARENA_ARRAY(a, double, k),
				      .sd_rank = ARENA_ARRAY(a, double, k),
				      .rank_lo = ARENA_ARRAY(a, double, k),
				      .rank_hi = ARENA_ARRAY(a, double, k),
				      .p_top = ARENA_ARRAY(a, double, k) };
}

/* Intervals and the stability of the order, by resampling people. */
static void resample(const struct needs_work *w, struct needs_view *v)
{
	struct arena *arena = &w->cx->arena;
	const size_t k = v->nskills;
	double *a = ARENA_ARRAY(arena, double, (w->set->nsheets + 1) * k);
	double *b = ARENA_ARRAY(arena, double, (w->set->nsheets + 1) * k);
	const size_t rows = tables(w, k, a, b);
	const struct an_table imp = { a, rows, k }, lev = { b, rows, k };
	struct an_bca *bca = ARENA_ARRAY(arena, struct an_bca, k);
	struct an_stability s = room(arena, k);
	struct an_resampling how = {
		.resamples = RESAMPLES, .seed = SEED, .level = 0.95, .top = TOP
	};

	if (rows * how.resamples > MAX_DRAWS)
		how.resamples = MAX_DRAWS / rows;
	if (rows < 40 || how.resamples < 200 ||
	    an_needs_bca(&imp, &lev, &how, bca, &s) != AN_OK)
		return;
	v->resamples = how.resamples;
	v->order_is_stable = true;
	for (size_t i = 0; i < v->nranking; i++) {
		struct needs_rank *r = &v->ranking[i];
		const size_t j = r->skill;

		if (r->mwds.status != AN_OK)
			continue;
		r->mwds.lo = bca[j].lo;
		r->mwds.hi = bca[j].hi;
		r->mwds.method = "borich_bca";
		r->rank_lo = s.rank_lo[j];
		r->rank_hi = s.rank_hi[j];
		r->p_top = s.p_top[j];
		r->final = s.p_top[j] >= FINAL;
		if (i < TOP && !r->final)
			v->order_is_stable = false;
	}
}

void needs_ranking(const struct needs_work *w, struct needs_view *v)
{
	v->ranking =
		ARENA_ARRAY(&w->cx->arena, struct needs_rank, v->nskills + 1);
	for (size_t j = 0; j < v->nskills; j++) {
		const struct need_view *c = &v->all.cells[j];
		const size_t apart = c->rank > c->rank_rds
					     ? c->rank - c->rank_rds
					     : c->rank_rds - c->rank;

		v->ranking[v->nranking++] =
			(struct needs_rank){ .skill = j,
					     .mwds = c->mwds,
					     .rank_lo = NAN,
					     .rank_hi = NAN,
					     .p_top = NAN,
					     .rds_differs = apart > 2 };
	}
	if (v->nranking)
		qsort(v->ranking, v->nranking, sizeof(*v->ranking), by_need);
	if (v->nskills > 1 && gate_may(w->g, GATE_RANKING, v->all.people))
		resample(w, v);
}

enum err needs_view_read(struct ctx *cx, const struct gate *g,
			 int64_t fiscal_year, int64_t unit_id,
			 struct needs_view *v)
{
	const struct answers_of of = { .fiscal_year = fiscal_year };
	struct needs_work w = { .cx = cx, .g = g };
	struct answers_set set;

	*v = (struct needs_view){ .fiscal_year = fiscal_year,
				  .unit_id = unit_id,
				  .unit_parent = DB_NULL };
	TRY(answers_read(cx, &of, &set));
	w.set = &set;
	TRY(store_answers_tiers(cx, &w.tiers, &w.ntiers));
	TRY(store_answers_units(cx, &w.units, &w.nunits));
	TRY(store_answers_people(cx, fiscal_year, "pre", &w.people,
				 &w.npeople));
	v->is_synthetic = set.is_synthetic;
	read_all(&w, v);
	TRY(read_offers(cx, v));
	TRY(needs_tiers(&w, v));
	TRY(needs_units(&w, v));
	needs_ranking(&w, v);
	view_wants(cx, g, &set, MOMENT_PRE, &v->wants, &v->nwants);
	return OK;
}
