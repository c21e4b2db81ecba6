/*
 * analysis_scale.c: items calibrated before, people scored before and after.
 */
#include "analysis/analysis_scale.h"

#include "analytics/dist.h"
#include "analytics/items.h"

#include <math.h>

#define FEWEST_ITEMS 3
#define SD_LOG_A     0.5 /* priors of the MAP fit */
#define SD_D         3.0

/* Points of one person in the items that are still used. */
static void fill_row(const struct scale *s, const struct column *columns,
		     const struct sheet *sheet, double *row)
{
	size_t k = 0;

	for (size_t j = 0; j < s->nitems; j++)
		if (!s->item[j].left_out)
			row[k++] = column_points(&columns[s->item[j].column],
						 sheet);
}

static struct an_table before_table(struct ctx *cx, const struct scale *s,
				    const struct sheet *const *sheets)
{
	double *x = ARENA_ARRAY(&cx->arena, double, s->n * s->nused + 1);

	for (size_t i = 0; i < s->n; i++)
		fill_row(s, s->columns.pre, sheets[i], x + i * s->nused);
	return (struct an_table){ x, s->n, s->nused };
}

double *scale_table(struct ctx *cx, const struct scale *s,
		    const struct answers_set *set, bool after)
{
	double *x = ARENA_ARRAY(&cx->arena, double, set->npairs * s->nused + 1);

	for (size_t i = 0; i < set->npairs; i++)
		fill_row(s, after ? s->columns.post : s->columns.pre,
			 after ? set->pairs[i].post : set->pairs[i].pre,
			 x + i * s->nused);
	return x;
}

/*
 * Items that cannot carry the scale. One that works backwards would need a
 * slope below 0; it is a mistake in the key or the wording, not ability.
 */
static void leave_out(struct ctx *cx, const struct gate *g,
		      const struct sheet *const *sheets, struct scale *s)
{
	const struct an_table t = before_table(cx, s, sheets);
	struct an_item *quality =
		ARENA_ARRAY(&cx->arena, struct an_item, t.k + 1);

	an_item_analysis(&t, AN_LISTWISE, NULL, quality);
	for (size_t j = 0; j < s->nitems; j++) {
		const struct an_item *q = &quality[j];
		struct scale_item *it = &s->item[j];
		size_t right = 0;

		for (size_t i = 0; i < t.n; i++)
			right += an_at(&t, i, j) > 0.5 ? 1 : 0;
		if (!gate_may(g, GATE_FLAG, q->n_answered))
			it->left_out = "few";
		else if (!right || right == q->n_answered)
			it->left_out = "constant";
		else if (q->flags & AN_ITEM_KEY)
			it->left_out = "backwards";
	}
	s->nused = 0;
	for (size_t j = 0; j < s->nitems; j++)
		s->nused += s->item[j].left_out ? 0 : 1;
}

static bool has_fit(const struct an_irt_fit *f)
{
	return isfinite(f->loglik) && f->status != AN_NOT_CONVERGED;
}

/* Likelihood ratio and BIC of the 2PL against the 1PL. */
static bool prefers_2pl(const struct an_irt_fit *one,
			const struct an_irt_fit *two, size_t k,
			struct scale_choice *c)
{
	c->bic_1pl = one->bic;
	c->bic_2pl = c->lr = c->lr_df = c->lr_p = NAN;
	c->compared = has_fit(two);
	if (!c->compared)
		return false;
	c->bic_2pl = two->bic;
	c->lr = fmax(2.0 * (two->loglik - one->loglik), 0.0);
	c->lr_df = (double)k - 1.0;
	c->lr_p = an_chi2_upper(c->lr, c->lr_df);
	return two->bic < one->bic;
}

/*
 * 1PL unless a slope for each item is better by BIC. Then the slopes come
 * from plain likelihood only where the people are many and it gives usable
 * ones, else with priors.
 */
static struct an_irt_fit choose(struct ctx *cx, const struct gate *g,
				const struct an_table *t,
				struct scale_choice *c,
				struct an_irt_item *item)
{
	const struct an_irt_options one = { .model = AN_1PL };
	const struct an_irt_options two = { .model = AN_2PL };
	const struct an_irt_options map = { .model = AN_2PL,
					    .sd_log_a = SD_LOG_A,
					    .sd_d = SD_D };
	struct an_irt_item *own =
		ARENA_ARRAY(&cx->arena, struct an_irt_item, t->k + 1);
	struct an_irt_fit fit = an_irt_fit(t, NULL, &one, item);
	struct an_irt_fit free_fit;

	c->model = "1pl";
	if (!has_fit(&fit))
		return fit;
	free_fit = an_irt_fit(t, NULL, &two, own);
	if (prefers_2pl(&fit, &free_fit, t->k, c)) {
		c->model = "2pl";
		if (!gate_may(g, GATE_MODEL_ML, t->n) ||
		    free_fit.status != AN_OK) {
			c->model = "2pl_map";
			free_fit = an_irt_fit(t, NULL, &map, own);
		}
		for (size_t j = 0; j < t->k; j++)
			item[j] = own[j];
		fit = free_fit;
	}
	c->loglik = fit.loglik;
	c->gradient = fit.gradient;
	return fit;
}

static double mean_slope(const struct an_irt_item *item, size_t k)
{
	double sum = 0.0;

	for (size_t j = 0; j < k; j++)
		sum += log(item[j].a);
	return exp(sum / (double)k);
}

static void score(struct ctx *cx, const struct answers_set *set,
		  const struct an_table *before, const struct an_irt_item *item,
		  struct scale *s)
{
	const struct an_irt_options standard = { .model = AN_2PL };
	struct an_ability *people =
		ARENA_ARRAY(&cx->arena, struct an_ability, before->n + 1);
	struct an_table t = { NULL, set->npairs, s->nused };

	an_irt_score(before, item, &standard, people);
	s->reliability = an_eap_reliability(people, before->n);
	s->before = ARENA_ARRAY(&cx->arena, struct an_ability, t.n + 1);
	s->after = ARENA_ARRAY(&cx->arena, struct an_ability, t.n + 1);
	t.x = scale_table(cx, s, set, false);
	an_irt_score(&t, item, &standard, s->before);
	t.x = scale_table(cx, s, set, true);
	an_irt_score(&t, item, &standard, s->after);
}

void scale_fit(struct ctx *cx, const struct gate *g, const struct set_twice *t,
	       struct scale *out)
{
	const struct sheet **sheets = set_before(cx, g, t, &out->n);
	struct an_irt_item *item;
	struct an_irt_fit fit;
	struct an_table before;
	size_t k = 0;

	*out = (struct scale){ .n = out->n,
			       .reliability = NAN,
			       .logit = NAN,
			       .status = AN_TOO_FEW };
	out->columns = answers_column_pairs(cx, &t->all, MEASURES_KNOWLEDGE);
	out->nitems = out->nused = out->columns.n;
	out->item = ARENA_ARRAY(&cx->arena, struct scale_item, out->nitems + 1);
	for (size_t j = 0; j < out->nitems; j++)
		out->item[j].column = j;
	if (!gate_may(g, GATE_MODEL, out->n))
		return;
	leave_out(cx, g, sheets, out);
	out->status = AN_NOT_IDENTIFIED;
	if (out->nused < FEWEST_ITEMS)
		return;
	before = before_table(cx, out, sheets);
	item = ARENA_ARRAY(&cx->arena, struct an_irt_item, before.k + 1);
	fit = choose(cx, g, &before, &out->choice, item);
	out->status = fit.status;
	if (fit.status != AN_OK)
		return;
	for (size_t j = 0; j < out->nitems; j++)
		if (!out->item[j].left_out)
			out->item[j].par = item[k++];
	out->logit = mean_slope(item, before.k);
	score(cx, &t->countable, &before, item, out);
}

double *scale_scores(struct ctx *cx, const struct scale *s, size_t npairs,
		     bool after)
{
	const struct an_ability *a = after ? s->after : s->before;
	double *x = ARENA_ARRAY(&cx->arena, double, npairs + 1);

	for (size_t i = 0; i < npairs; i++)
		x[i] = a[i].wle;
	return x;
}
