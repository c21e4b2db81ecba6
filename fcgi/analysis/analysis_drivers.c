/*
 * analysis_drivers.c: what overall satisfaction goes with.
 *
 * The kept object:
 *   portfolio  { status, n, least, items[] } by falling 改善度指数: key, text,
 *              mean, r (figures), x, y (deviation scores, 50 is the average
 *              of the items), index, quadrant, rank, p_rank3, act ("now",
 *              "soon", "later"; "" for one left out of the ranking)
 *   drivers    { status, n, least, missing, r2, adj_r2, explains, same_order,
 *              items[] } by falling share: key, text, share (figure of the
 *              share of R2, 0..1), johnson (0..1), beta, vif, rank; resamples
 * n and least stand where a status is too_few.
 */
#include "analysis/analysis.h"

#include "analytics/correlation.h"
#include "analytics/describe.h"
#include "analytics/drivers.h"
#include "analytics/number.h"

#include <math.h>
#include <stdlib.h>

#define PORTFOLIO_ITEMS 5 /* fewer say too little about each other */
#define RESAMPLES       2000u
#define PER_PREDICTOR   15  /* people a predictor needs */
#define EXPLAINS        0.1 /* adjusted R2 below which nothing is ranked */
#define TOP             3
#define ACT_NOW         10.0 /* 改善度指数 */
#define ACT_SOON        5.0

/* Satisfaction proper, then whether it will be used; people by item. */
struct ratings {
	const struct column **parts;
	size_t k, n;
	double *x, *overall;
};

static void add_parts(struct ctx *cx, const struct answers_set *set,
		      enum measures m, struct ratings *r)
{
	size_t n;
	const struct column *c = answers_columns(cx, set, MOMENT_POST, m, &n);

	for (size_t j = 0; j < n && r->k < AN_DRIVERS_MAX; j++)
		r->parts[r->k++] = &c[j];
}

static bool read_ratings(const struct analysis_work *w, struct ratings *r)
{
	struct arena *a = &w->cx->arena;
	const struct answers_set *set = w->set;
	size_t n;
	const struct column *whole =
		answers_columns(w->cx, set, MOMENT_POST, MEASURES_OVERALL, &n);

	r->parts = ARENA_ARRAY(a, const struct column *, AN_DRIVERS_MAX);
	add_parts(w->cx, set, MEASURES_SATISFACTION, r);
	add_parts(w->cx, set, MEASURES_INTENTION, r);
	if (!n || !r->k)
		return false;
	r->x = ARENA_ARRAY(a, double, set->nsheets * r->k + 1);
	r->overall = ARENA_ARRAY(a, double, set->nsheets + 1);
	for (size_t i = 0; i < set->nsheets; i++) {
		const struct sheet *s = &set->sheets[i];

		if (s->moment != MOMENT_POST)
			continue;
		for (size_t j = 0; j < r->k; j++)
			r->x[r->n * r->k + j] = column_points(r->parts[j], s);
		r->overall[r->n++] = column_points(&whole[0], s);
	}
	return true;
}

static double *column_of(struct ctx *cx, const struct ratings *r, size_t j)
{
	double *x = ARENA_ARRAY(&cx->arena, double, r->n + 1);

	for (size_t i = 0; i < r->n; i++)
		x[i] = r->x[i * r->k + j];
	return x;
}

/* ---- the portfolio ------------------------------------------------------ */

/* Rank among the items whose r is positive; 0 for the others. */
static size_t rank_in(const struct an_cs_item *items, size_t k, size_t j)
{
	size_t rank = 1;

	if (!(items[j].importance > 0.0))
		return 0;
	for (size_t m = 0; m < k; m++)
		rank += items[m].importance > 0.0 &&
			items[m].index > items[j].index;
	return rank;
}

static const char *act_of(double index)
{
	return index >= ACT_NOW ? "now" : index >= ACT_SOON ? "soon" : "later";
}

static void put_item(const struct analysis_work *w, const struct ratings *r,
		     json_t *o, const struct an_cs_item *items, size_t j)
{
	const struct an_cs_item *it = &items[j];
	const size_t rank = rank_in(items, r->k, j);
	const double *x = column_of(w->cx, r, j);
	const struct figure mean = gate_figure(w->g, GATE_OPINION,
					       an_mean_ci(x, r->n, 0.95), r->n);
	const struct figure cor = gate_figure(
		w->g, GATE_PORTFOLIO, an_pearson_ci(x, r->overall, r->n), r->n);

	analysis_word(o, "key", r->parts[j]->key);
	analysis_text(o, "text", r->parts[j]->text);
	analysis_figure(o, "mean", &mean);
	analysis_figure(o, "r", &cor);
	analysis_number(o, "x", it->t_importance);
	analysis_number(o, "y", it->t_satisfaction);
	analysis_number(o, "index", it->index);
	analysis_word(o, "quadrant", it->quadrant);
	analysis_count(o, "rank", rank);
	analysis_number(o, "p_rank3", rank ? it->p_rank3 : (double)NAN);
	analysis_word(o, "act", rank ? act_of(it->index) : "");
}

/* By rank; what is left out of the ranking comes last. */
static void put_items(const struct analysis_work *w, const struct ratings *r,
		      const struct an_cs_item *items, json_t *list)
{
	for (size_t rank = 1; rank <= r->k + 1; rank++)
		for (size_t j = 0; j < r->k; j++)
			if (rank_in(items, r->k, j) ==
			    (rank <= r->k ? rank : 0))
				put_item(w, r, analysis_row(list), items, j);
}

static void portfolio(const struct analysis_work *w, const struct ratings *r,
		      json_t *out)
{
	const struct an_table t = { r->x, r->n, r->k };
	const struct an_resampling how = { .resamples = RESAMPLES,
					   .seed = w->seed };
	struct an_cs_item *items =
		ARENA_ARRAY(&w->cx->arena, struct an_cs_item, r->k);
	const size_t least = gate_least(w->g, GATE_PORTFOLIO);
	enum an_status status = an_cs_portfolio(&t, r->overall, NAN, items);
	size_t n = r->n;

	for (size_t j = 0; j < r->k; j++)
		n = items[j].n < n ? items[j].n : n;
	if (r->k < PORTFOLIO_ITEMS) {
		analysis_nothing(out, AN_NOT_IDENTIFIED, n, 0);
		return;
	}
	if (n < least) {
		analysis_nothing(out, AN_TOO_FEW, n, least);
		return;
	}
	if (status != AN_OK) {
		analysis_nothing(out, status, n, 0);
		return;
	}
	an_cs_stability(&t, r->overall, NAN, &how, items);
	analysis_ok(out, n);
	put_items(w, r, items, analysis_list(out, "items"));
}

/* ---- the drivers -------------------------------------------------------- */

struct driver_row {
	size_t item;
	const struct an_driver *d;
	double lo, hi;
	enum an_status status; /* of the limits */
};

static int by_share(const void *a, const void *b)
{
	const double x = ((const struct driver_row *)a)->d->dominance;
	const double y = ((const struct driver_row *)b)->d->dominance;

	return x < y ? 1 : x > y ? -1 : 0;
}

/* The same with ranks for ratings, which are no distances. */
static void rank_people(struct ctx *cx, const struct ratings *r, double *rows,
			size_t n)
{
	const size_t k = r->k + 1;
	double *x = ARENA_ARRAY(&cx->arena, double, n + 1);
	double *rank = ARENA_ARRAY(&cx->arena, double, n + 1);

	for (size_t j = 0; j < k; j++) {
		for (size_t i = 0; i < n; i++)
			x[i] = rows[i * k + j];
		an_midranks(x, n, rank);
		for (size_t i = 0; i < n; i++)
			rows[i * k + j] = rank[i];
	}
}

/* Do ranks put the same items first, in the same order? */
static bool same_order(struct ctx *cx, const struct ratings *r,
		       const struct driver_row *order)
{
	struct arena *a = &cx->arena;
	const size_t k = r->k;
	double *rows = ARENA_ARRAY(a, double, r->n *(k + 1) + 1);
	double *x = ARENA_ARRAY(a, double, r->n *k + 1);
	double *y = ARENA_ARRAY(a, double, r->n + 1);
	struct an_driver *d = ARENA_ARRAY(a, struct an_driver, k);
	struct driver_row *other = ARENA_ARRAY(a, struct driver_row, k);
	struct an_table t = { rows, r->n, k + 1 };

	for (size_t i = 0; i < r->n; i++) {
		rows[i * (k + 1)] = r->overall[i];
		for (size_t j = 0; j < k; j++)
			rows[i * (k + 1) + j + 1] = r->x[i * k + j];
	}
	t.n = an_complete_rows(&t, rows);
	rank_people(cx, r, rows, t.n);
	for (size_t i = 0; i < t.n; i++) {
		y[i] = rows[i * (k + 1)];
		for (size_t j = 0; j < k; j++)
			x[i * k + j] = rows[i * (k + 1) + j + 1];
	}
	t = (struct an_table){ x, t.n, k };
	if (an_drivers(y, &t, d).status != AN_OK)
		return false;
	for (size_t j = 0; j < k; j++)
		other[j] = (struct driver_row){ j, &d[j], NAN, NAN, AN_OK };
	qsort(other, k, sizeof(*other), by_share);
	for (size_t j = 0; j < k && j < TOP; j++)
		if (other[j].item != order[j].item)
			return false;
	return true;
}

static void put_driver(const struct analysis_work *w, const struct ratings *r,
		       json_t *o, const struct driver_row *row, size_t n)
{
	const struct an_estimate e = {
		.value = row->d->dominance_pct / 100.0,
		.lo = row->lo / 100.0,
		.hi = row->hi / 100.0,
		.n = n,
		.status = row->status,
		.method = n >= AN_DRIVERS_BCA ? "lmg_bca" : "lmg_percentile",
	};
	const struct figure share = gate_figure(w->g, GATE_PORTFOLIO, e, r->n);

	analysis_word(o, "key", r->parts[row->item]->key);
	analysis_text(o, "text", r->parts[row->item]->text);
	analysis_figure(o, "share", &share);
	analysis_number(o, "johnson", row->d->johnson_pct / 100.0);
	analysis_number(o, "beta", row->d->beta);
	analysis_number(o, "vif", row->d->vif);
}

/* The items by their share, with its limits. */
static void rank_drivers(const struct analysis_work *w, const struct ratings *r,
			 const struct an_driver *d, size_t n, json_t *out)
{
	struct arena *a = &w->cx->arena;
	const struct an_table t = { r->x, r->n, r->k };
	const struct an_resampling how = { .resamples = RESAMPLES,
					   .seed = w->seed,
					   .level = 0.95 };
	struct driver_row *order = ARENA_ARRAY(a, struct driver_row, r->k);
	double *lo = ARENA_ARRAY(a, double, r->k);
	double *hi = ARENA_ARRAY(a, double, r->k);
	const enum an_status limits =
		n >= AN_DRIVERS_BCA
			? an_drivers_bca(r->overall, &t, &how, lo, hi)
			: an_drivers_ci(r->overall, &t, &how, lo, hi);
	json_t *list;

	for (size_t j = 0; j < r->k; j++)
		order[j] = (struct driver_row){ j, &d[j], lo[j], hi[j],
						isnan(lo[j]) ? limits : AN_OK };
	qsort(order, r->k, sizeof(*order), by_share);
	analysis_count(out, "resamples", RESAMPLES);
	analysis_flag(out, "same_order", same_order(w->cx, r, order));
	list = analysis_list(out, "items");
	for (size_t j = 0; j < r->k; j++) {
		json_t *o = analysis_row(list);

		put_driver(w, r, o, &order[j], n);
		analysis_count(o, "rank", j + 1);
	}
}

static void drivers(const struct analysis_work *w, const struct ratings *r,
		    json_t *out)
{
	const struct an_table t = { r->x, r->n, r->k };
	struct an_driver *d =
		ARENA_ARRAY(&w->cx->arena, struct an_driver, r->k);
	const struct an_drivers o = an_drivers(r->overall, &t, d);
	size_t least = gate_least(w->g, GATE_PORTFOLIO);

	if (PER_PREDICTOR * r->k > least)
		least = PER_PREDICTOR * r->k;
	if (o.n < least) {
		analysis_nothing(out, AN_TOO_FEW, o.n, least);
		return;
	}
	if (o.status != AN_OK) {
		analysis_nothing(out, o.status, o.n, 0);
		return;
	}
	analysis_ok(out, o.n);
	analysis_count(out, "missing", o.missing);
	analysis_number(out, "r2", o.r2);
	analysis_number(out, "adj_r2", o.adj_r2);
	analysis_flag(out, "explains", o.adj_r2 >= EXPLAINS);
	if (o.adj_r2 >= EXPLAINS)
		rank_drivers(w, r, d, o.n, out);
}

enum err analysis_drivers(const struct analysis_work *w, json_t *out)
{
	struct ratings r = { 0 };
	const size_t least = gate_least(w->g, GATE_PORTFOLIO);

	if (!read_ratings(w, &r))
		return analysis_nothing(out, AN_EMPTY, 0, 0);
	if (r.n < least)
		return analysis_nothing(out, AN_TOO_FEW, r.n, least);
	analysis_ok(out, r.n);
	portfolio(w, &r, analysis_object(out, "portfolio"));
	TRY(analysis_tell(w, 0.4));
	drivers(w, &r, analysis_object(out, "drivers"));
	return OK;
}
