/*
 * analysis_ability_items.c: the items of a scale, watched for those that do
 * not keep their place from the first time to the second.
 */
#include "analysis/analysis_ability.h"

#include "analytics/dif.h"
#include "analytics/dist.h"
#include "analytics/mcnemar.h"
#include "insight/smallest.h"

#include <math.h>

#define CURVE_FROM   (-3.0)
#define CURVE_STEP   0.25
#define CURVE_POINTS 25

struct drift {
	const char *how; /* dif, mcnemar, none */
	struct an_mcnemar *change;
	size_t *after; /* people who were asked each item after */
	struct an_dif *dif;
	size_t dif_n; /* people of the smaller occasion in it */
};

/* Everybody before and after as two groups of equal ability: whose sheets of
 * an occasion are whole. *n: people of the smaller one. */
static struct an_dif *dif_by_occasion(const struct ability *k,
				      const struct an_table *pre,
				      const struct an_table *post, size_t *n)
{
	struct arena *a = &k->w->cx->arena;
	double *x = ARENA_ARRAY(a, double, 2 * pre->n * pre->k + 1);
	bool *focal = ARENA_ARRAY(a, bool, 2 * pre->n + 1);
	struct an_dif *out = ARENA_ARRAY(a, struct an_dif, pre->k + 1);
	struct an_table both = { x, 0, pre->k };
	size_t whole_pre = 0;

	for (size_t i = 0; i < 2 * pre->n; i++) {
		const struct an_table *t = i < pre->n ? pre : post;
		bool whole = true;

		focal[both.n] = t == post;
		for (size_t j = 0; j < t->k; j++) {
			x[both.n * t->k + j] = an_at(t, i % pre->n, j);
			whole &= !isnan(x[both.n * t->k + j]);
		}
		both.n += whole ? 1 : 0;
		whole_pre += whole && t == pre ? 1 : 0;
	}
	*n = whole_pre < both.n - whole_pre ? whole_pre : both.n - whole_pre;
	an_dif_items(&both, focal, out);
	return out;
}

/* How many people were asked each item of a table. */
static size_t *asked(struct ctx *cx, const struct an_table *t)
{
	size_t *people = ARENA_ARRAY(&cx->arena, size_t, t->k + 1);

	for (size_t j = 0; j < t->k; j++)
		for (size_t i = 0; i < t->n; i++)
			people[j] += isnan(an_at(t, i, j)) ? 0 : 1;
	return people;
}

static struct drift watch_items(const struct ability *k)
{
	struct ctx *cx = k->w->cx;
	const size_t n = k->set->npairs, m = k->s.nused;
	const struct an_table pre = { scale_table(cx, &k->s, k->set, false), n,
				      m };
	const struct an_table post = { scale_table(cx, &k->s, k->set, true), n,
				       m };
	struct drift d = { .how = "none" };

	if (!gate_may(k->w->g, GATE_ITEM, n))
		return d;
	d.how = "mcnemar";
	d.change = ARENA_ARRAY(&cx->arena, struct an_mcnemar, m + 1);
	an_mcnemar_items(&pre, &post, d.change);
	d.after = asked(cx, &post);
	d.dif = dif_by_occasion(k, &pre, &post, &d.dif_n);
	if (gate_may(k->w->g, GATE_FAIRNESS, d.dif_n))
		d.how = "dif";
	else
		d.dif = NULL;
	return d;
}

static const char *verdict(const struct gate *g, const struct drift *d,
			   size_t j)
{
	const struct an_mcnemar *m = d->change ? &d->change[j] : NULL;

	if (!m || !gate_may(g, GATE_ITEM, m->n))
		return "";
	if (d->dif && d->dif[j].status == AN_OK &&
	    fabs(d->dif[j].delta) - AN_Z975 * d->dif[j].delta_se >
		    AN_DIF_SMALLEST_DELTA)
		return "moved";
	if (m->diff_hi < -SMALLEST_SHARE && m->p_bh < 0.05)
		return "fell";
	return "steady";
}

static struct an_estimate with_se(double value, double se, size_t n,
				  const char *method)
{
	return (struct an_estimate){ .value = value,
				     .lo = value - AN_Z975 * se,
				     .hi = value + AN_Z975 * se,
				     .n = n,
				     .status = AN_OK,
				     .method = method };
}

static void put_drift(const struct ability *k, const struct drift *d, size_t j,
		      json_t *o)
{
	const struct gate *g = k->w->g;
	struct figure share = figure_none("bonett_price", AN_TOO_FEW);
	struct figure delta = figure_none("dif_mh", AN_TOO_FEW);

	if (d->change) {
		const struct an_mcnemar *m = &d->change[j];
		const struct an_estimate e = { .value = m->diff,
					       .lo = m->diff_lo,
					       .hi = m->diff_hi,
					       .n = m->n,
					       .status =
						       m->n ? AN_OK : AN_EMPTY,
					       .method = "bonett_price" };

		share = figure_rounded(
			gate_figure(g, GATE_ITEM, e, k->set->npairs));
		/* With the share before it would tell the few others'. */
		if (!gate_beside(g, GATE_ITEM, m->n, d->after[j]))
			share = figure_hidden("bonett_price");
	}
	if (d->dif && d->dif[j].status == AN_OK)
		delta = figure_rounded(
			gate_figure(g, GATE_FAIRNESS,
				    with_se(d->dif[j].delta, d->dif[j].delta_se,
					    d->dif_n, "dif_mh"),
				    k->set->npairs));
	analysis_word(o, "drift", verdict(g, d, j));
	analysis_figure(o, "share_change", &share);
	analysis_figure(o, "delta", &delta);
}

void ability_put_items(const struct ability *k, json_t *out)
{
	const struct drift d = watch_items(k);
	json_t *items = analysis_list(out, "items");
	json_t *left_out = analysis_list(out, "left_out");
	size_t used = 0;

	analysis_word(out, "drift", d.how);
	for (size_t j = 0; j < k->s.nitems; j++) {
		const struct scale_item *it = &k->s.item[j];
		const struct column *c = &k->s.columns.post[it->column];
		json_t *o = analysis_row(it->left_out ? left_out : items);
		struct figure b;

		analysis_text(o, "text", c->text);
		if (it->left_out) {
			analysis_word(o, "why", it->left_out);
			continue;
		}
		b = figure_rounded(gate_figure(
			k->w->g, GATE_MODEL,
			with_se(it->par.b, it->par.se_b, k->s.n,
				arena_printf(&k->w->cx->arena, "irt_%s",
					     k->s.choice.model)),
			k->s.n));
		analysis_number(o, "a", it->par.a);
		analysis_number(o, "se_a", it->par.se_a);
		analysis_figure(o, "b", &b);
		put_drift(k, &d, used++, o);
	}
}

void ability_put_curve(const struct ability *k, json_t *out)
{
	json_t *curve = analysis_list(out, "curve");

	for (int i = 0; i < CURVE_POINTS; i++) {
		const double at = CURVE_FROM + CURVE_STEP * i;
		double sum = 0.0;
		json_t *o = analysis_row(curve);

		for (size_t j = 0; j < k->s.nitems; j++)
			if (!k->s.item[j].left_out)
				sum += an_irt_information(&k->s.item[j].par,
							  at);
		analysis_number(o, "at", at);
		analysis_number(o, "information", sum);
		analysis_number(o, "se", 1.0 / sqrt(sum));
	}
}
