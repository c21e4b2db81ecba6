/*
 * dimension.c: the residual correlations of the one-factor model.
 */
#include "analysis/dimension.h"

#include "analytics/adjust.h"
#include "analytics/dist.h"

#include <math.h>
#include <stdlib.h>

#define LARGE 0.2  /* residual correlation that is worth a look */
#define SURE  0.05 /* adjusted p below which it is no chance */
#define FREE  4    /* items from which one factor can be wrong */

/* Two items and what the factor leaves of their correlation. */
struct pair {
	size_t a, b;
	double residual, p;
};

/* As many digits as are read: more would tell about single answers. */
static double rounded(double x)
{
	return round(100.0 * x) / 100.0;
}

static int by_size(const void *a, const void *b)
{
	const double x = fabs(((const struct pair *)a)->residual);
	const double y = fabs(((const struct pair *)b)->residual);

	return x < y ? 1 : x > y ? -1 : 0;
}

/* May a number be told that sets people who have item j right against the
 * others? */
static bool item_shown(const struct analysis_work *w, const struct dimension *d,
		       size_t j)
{
	size_t right = 0;

	if (!d->divides)
		return true;
	for (size_t i = 0; i < d->points->n; i++)
		right += an_at(d->points, i, j) > 0.5 ? 1 : 0;
	return gate_two(w->g, GATE_ITEM, right, d->points->n - right);
}

/*
 * All pairs of items that may be shown, p adjusted. The error of a residual
 * correlation is below that of a correlation, because the factor follows it,
 * so this rather says too seldom that one is sure.
 */
static size_t compare(const struct analysis_work *w, const struct dimension *d,
		      const double *residual, struct pair *pairs)
{
	const size_t k = d->points->k;
	const double reach = sqrt((double)d->points->n - 3.0);
	double *p = ARENA_ARRAY(&w->cx->arena, double, k *k);
	size_t n = 0;

	for (size_t a = 0; a < k; a++)
		for (size_t b = a + 1; b < k; b++) {
			const double r = residual[a * k + b];

			if (!item_shown(w, d, a) || !item_shown(w, d, b))
				continue;
			p[n] = an_normal_p2(atanh(an_within_1(r)) * reach);
			pairs[n++] = (struct pair){ a, b, r, NAN };
		}
	an_benjamini_hochberg(p, n, p);
	for (size_t i = 0; i < n; i++)
		pairs[i].p = p[i];
	qsort(pairs, n, sizeof(*pairs), by_size);
	return n;
}

static void put_items(const struct analysis_work *w, const struct dimension *d,
		      const double *loading, json_t *o)
{
	json_t *list = analysis_list(o, "items");

	for (size_t j = 0; j < d->points->k; j++) {
		json_t *item = analysis_row(list);

		analysis_text(item, "text", d->items[j]->text);
		analysis_number(item, "loading",
				item_shown(w, d, j) ? rounded(loading[j])
						    : (double)NAN);
	}
}

static void put_pairs(const struct dimension *d, const struct pair *pairs,
		      size_t n, json_t *o)
{
	json_t *list = analysis_list(o, "pairs");

	for (size_t i = 0; i < n && fabs(pairs[i].residual) > LARGE; i++) {
		json_t *row = analysis_row(list);

		analysis_text(row, "a", d->items[pairs[i].a]->text);
		analysis_text(row, "b", d->items[pairs[i].b]->text);
		analysis_number(row, "residual", rounded(pairs[i].residual));
		analysis_flag(row, "sure", pairs[i].p < SURE);
	}
}

void dimension_write(const struct analysis_work *w, const struct dimension *d,
		     json_t *o)
{
	struct arena *a = &w->cx->arena;
	const size_t k = d->points->k, n = d->points->n;
	const struct an_reliability_factor f = {
		.loadings = ARENA_ARRAY(a, double, k + 1),
		.residual = ARENA_ARRAY(a, double, k *k + 1),
	};
	struct pair *pairs = ARENA_ARRAY(a, struct pair, k * k + 1);
	json_t *out = analysis_object(o, "dimension");
	enum an_status status = AN_NOT_IDENTIFIED;
	size_t compared;

	if (!gate_may(w->g, d->what, n)) {
		analysis_nothing(out, AN_TOO_FEW, n, gate_least(w->g, d->what));
		return;
	}
	if (k >= FREE)
		status = an_reliability(d->points, AN_LISTWISE, 0.95, &f)
				 .omega_status;
	if (status != AN_OK) {
		analysis_nothing(out, status, n, 0);
		return;
	}
	compared = compare(w, d, f.residual, pairs);
	analysis_ok(out, n);
	put_items(w, d, f.loadings, out);
	analysis_count(out, "compared", compared);
	put_pairs(d, pairs, compared, out);
}
