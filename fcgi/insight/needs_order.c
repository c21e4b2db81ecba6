/*
 * needs_order.c: the manual is needs_order.h.
 */
#include "insight/needs_order.h"

#include "insight/memo.h"

#include <math.h>
#include <stdlib.h>

#define FINAL      0.8      /* share of resamples that makes a place final */
#define BCA_LEAST  40       /* below it the jackknife covers better */
#define RDS_APART  2        /* places that two indexes may differ */
#define RESAMPLES  2000u    /* for screens */
#define FEW        200u     /* fewer resamples say too little */
#define MAX_DRAWS  4000000u /* people x resamples, to stay under a second */
#define ORDER_SEED 20240401u

static int by_need(const void *a, const void *b)
{
	const double x = ((const struct needs_rank *)a)->mwds.value;
	const double y = ((const struct needs_rank *)b)->mwds.value;

	if (isnan(x) || isnan(y))
		return (isnan(x) ? 1 : 0) - (isnan(y) ? 1 : 0);
	return x < y ? 1 : x > y ? -1 : 0;
}

/* The rank of value among the shown cells, by the larger or smaller. */
static size_t rank_among(const struct need_view *cells, size_t k, double mwds,
			 double rds, bool by_rds)
{
	size_t rank = 1;

	for (size_t j = 0; j < k; j++)
		if (gate_has(&cells[j].mwds))
			rank += by_rds ? cells[j].rds.value < rds
				       : cells[j].mwds.value > mwds;
	return rank;
}

static struct needs_rank rank_of(const struct need_view *cells, size_t k,
				 size_t j)
{
	const struct need_view *c = &cells[j];
	struct needs_rank r = { .skill = j,
				.mwds = c->mwds,
				.mean_rank = NAN,
				.rank_lo = NAN,
				.rank_hi = NAN,
				.p_top = NAN };

	if (!gate_has(&c->mwds))
		return r;
	r.rank = rank_among(cells, k, c->mwds.value, c->rds.value, false);
	r.rank_rds = rank_among(cells, k, c->mwds.value, c->rds.value, true);
	r.rds_differs = r.rank > r.rank_rds + RDS_APART ||
			r.rank_rds > r.rank + RDS_APART;
	return r;
}

/* Only the skills that are shown: a hidden one must not push others. */
static struct an_table shown_of(struct ctx *cx, const struct an_table *t,
				const struct needs_order *o, size_t shown)
{
	double *x = ARENA_ARRAY(&cx->arena, double, t->n *shown + 1);

	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < shown; j++)
			x[i * shown + j] = an_at(t, i, o->ranks[j].skill);
	return (struct an_table){ x, t->n, shown };
}

/* Rank intervals that overlap, one after the other, are one group. */
static void tie(struct needs_order *o, size_t shown)
{
	double reach = -INFINITY;
	size_t group = 0;

	for (size_t i = 0; i < shown; i++) {
		double lo = o->ranks[i].rank_lo;

		/* A later one may begin before: then they are together. */
		for (size_t j = i + 1; j < shown; j++)
			lo = fmin(lo, o->ranks[j].rank_lo);
		group += lo > reach ? 1 : 0;
		o->ranks[i].tied = group;
		reach = fmax(reach, o->ranks[i].rank_hi);
	}
}

static void resample(struct ctx *cx, const struct needs_tables *t,
		     struct needs_order *o, size_t shown)
{
	const struct an_table imp = shown_of(cx, &t->importance, o, shown);
	const struct an_table lev = shown_of(cx, &t->level, o, shown);
	struct memo_rank *m = ARENA_ARRAY(&cx->arena, struct memo_rank, shown);
	struct an_resampling how = { .resamples = RESAMPLES,
				     .seed = ORDER_SEED,
				     .level = 0.95,
				     .top = NEEDS_TOP };

	if (imp.n * how.resamples > MAX_DRAWS)
		how.resamples = MAX_DRAWS / imp.n;
	if (how.resamples < FEW || memo_needs_order(&imp, &lev, &how, m))
		return;
	o->resamples = how.resamples;
	o->tau = m[0].tau;
	o->is_stable = true;
	for (size_t i = 0; i < shown; i++) {
		struct needs_rank *r = &o->ranks[i];

		if (r->mwds.n >= BCA_LEAST && isfinite(m[i].mwds_lo)) {
			r->mwds.lo = m[i].mwds_lo;
			r->mwds.hi = m[i].mwds_hi;
			r->mwds.method = "borich_bca";
		}
		r->mean_rank = m[i].mean_rank;
		r->rank_lo = m[i].rank_lo;
		r->rank_hi = m[i].rank_hi;
		r->p_top = m[i].p_top;
		r->final = r->p_top >= FINAL;
		if (i < NEEDS_TOP && !r->final)
			o->is_stable = false;
	}
	tie(o, shown);
}

struct needs_order needs_order(struct ctx *cx, const struct gate *g,
			       const struct needs_tables *tables,
			       const struct need_view *cells, size_t people)
{
	const size_t k = tables->importance.k;
	struct needs_order o = { .n = k, .tau = NAN };
	size_t shown = 0;

	o.ranks = ARENA_ARRAY(&cx->arena, struct needs_rank, k + 1);
	for (size_t j = 0; j < k; j++) {
		o.ranks[j] = rank_of(cells, k, j);
		shown += o.ranks[j].rank ? 1 : 0;
	}
	if (k)
		qsort(o.ranks, k, sizeof(*o.ranks), by_need);
	if (shown > 1 && gate_may(g, GATE_RANKING, people) &&
	    gate_may(g, GATE_RANKING, tables->importance.n))
		resample(cx, tables, &o, shown);
	return o;
}
