/*
 * view_items.c: knowledge items one by one, of matched people.
 */
#include "analytics/items.h"
#include "analytics/mcnemar.h"
#include "analytics/proportion.h"
#include "insight/memo.h"
#include "insight/session_view.h"

#include <math.h>

static bool counts(const struct sheet *s, enum moment moment, bool matched)
{
	return s->moment == moment && (!matched || s->is_matched);
}

struct spread view_spread(const struct gate *g, enum gate_what what,
			  const struct answers_set *set, enum moment moment,
			  const struct column *c, bool matched)
{
	struct spread out = { .noptions = c->item->noptions };

	if (out.noptions > VIEW_MAX_OPTIONS)
		out.noptions = VIEW_MAX_OPTIONS;
	for (size_t i = 0; i < set->nsheets; i++) {
		const struct sheet *s = &set->sheets[i];
		const unsigned char code = column_code(c, s);
		const size_t option = column_option(c, s);

		if (!counts(s, moment, matched))
			continue;
		out.dont_know += code == SLOT_DONT_KNOW ? 1 : 0;
		out.not_applicable += code == SLOT_NOT_APPLICABLE ? 1 : 0;
		out.skipped += code == SLOT_SKIPPED ? 1 : 0;
		if (option < out.noptions) {
			out.count[option]++;
			out.n++;
		}
	}
	out.shown = gate_distribution(g, what, out.count, out.noptions) &&
		    gate_may(g, what, out.n);
	if (!out.shown)
		for (size_t i = 0; i < out.noptions; i++)
			out.count[i] = 0;
	if (!out.shown)
		out.dont_know = out.not_applicable = out.skipped = 0;
	return out;
}

static size_t right_option(const struct survey_item *it)
{
	for (size_t i = 0; i < it->noptions; i++)
		if (it->options[i].points > 0.0)
			return i;
	return SIZE_MAX;
}

struct work {
	struct column_pairs items;
	size_t n; /* items.n */
	size_t npairs;
	double *pre, *post; /* points, pair by item */
};

static void collect(struct ctx *cx, const struct answers_set *set,
		    struct work *w)
{
	w->items = answers_column_pairs(cx, set, MEASURES_KNOWLEDGE);
	w->n = w->items.n;
	w->npairs = set->npairs;
	w->pre = ARENA_ARRAY(&cx->arena, double, (w->npairs + 1) * (w->n + 1));
	w->post = ARENA_ARRAY(&cx->arena, double, (w->npairs + 1) * (w->n + 1));
	for (size_t i = 0; i < w->npairs; i++)
		for (size_t j = 0; j < w->n; j++) {
			w->pre[i * w->n + j] = column_points(&w->items.pre[j],
							     set->pairs[i].pre);
			w->post[i * w->n + j] = column_points(
				&w->items.post[j], set->pairs[i].post);
		}
}

/* Share right of the pairs that have both values. */
static struct an_estimate share(const struct an_mcnemar *m, double p)
{
	const size_t right = m->n ? (size_t)llround(p * (double)m->n) : 0;

	return an_wilson(right, m->n, 0.95);
}

/* How many of n pairs have a value in this column of a table. */
static size_t answered(const struct an_table *t, size_t column)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += isnan(t->x[i * t->k + column]) ? 0 : 1;
	return n;
}

/* Shares of those asked both times, beside the options of all asked once. */
static void hide_few(const struct gate *g, size_t all, struct figure *f)
{
	if (!gate_beside(g, GATE_ITEM, f->n, all))
		*f = figure_hidden(f->method);
}

static void fill_change(const struct gate *g, const struct an_mcnemar *m,
			const struct an_table *pre, const struct an_table *post,
			size_t column, struct item_view *v)
{
	const size_t base = pre->n;
	const struct an_estimate diff = {
		.value = m->diff,
		.lo = m->diff_lo,
		.hi = m->diff_hi,
		.n = m->n,
		.status = m->status == AN_EMPTY ? AN_EMPTY : AN_OK,
		.method = "bonett_price",
	};

	v->before = gate_share(g, GATE_ITEM, share(m, m->p_pre), base);
	v->after = gate_share(g, GATE_ITEM, share(m, m->p_post), base);
	v->change = figure_rounded(gate_figure(g, GATE_ITEM, diff, base));
	hide_few(g, answered(pre, column), &v->before);
	hide_few(g, answered(post, column), &v->after);
	/* Beside a hidden one the change would tell it. */
	if (m->n && (!gate_has(&v->before) || !gate_has(&v->after)))
		v->change = figure_hidden(diff.method);
	v->p_value = gate_has(&v->change) ? gate_p(m->p_bh, m->n) : (double)NAN;
	v->gain = gate_has(&v->change) ? m->item_gain : (double)NAN;
}

/* A correlation with two wrong answers says how those two did elsewhere. */
static bool may_correlate(const struct gate *g, const struct an_item *it,
			  size_t n)
{
	const size_t right =
		it->status == AN_OK ? (size_t)llround(it->mean * (double)n) : 0;

	return it->status != AN_OK || gate_two(g, GATE_FLAG, right, n - right);
}

static void fill_quality(const struct gate *g, const struct an_item *it,
			 size_t n, size_t base, struct item_view *v)
{
	const struct an_estimate r = { .value = it->r_rest,
				       .lo = it->r_rest_lo,
				       .hi = it->r_rest_hi,
				       .n = n,
				       .status = it->status,
				       .method = "item_rest_r" };

	v->discrimination = may_correlate(g, it, n)
				    ? gate_figure(g, GATE_FLAG, r, base)
				    : figure_hidden("item_rest_r");
	v->flags = gate_may(g, GATE_FLAG, n) ? it->flags : 0;
	/* What a hidden correlation says is hidden with it. */
	if (!may_correlate(g, it, n))
		v->flags &= ~(unsigned)(AN_ITEM_WEAK | AN_ITEM_KEY);
}

void view_items(struct ctx *cx, const struct gate *g,
		const struct answers_set *set, struct item_view **out,
		size_t *n)
{
	struct work w = { 0 };
	struct an_mcnemar *change;
	struct an_item *quality;
	struct an_items test = { 0 };
	struct an_table pre, post;

	collect(cx, set, &w);
	change = ARENA_ARRAY(&cx->arena, struct an_mcnemar, w.n);
	quality = ARENA_ARRAY(&cx->arena, struct an_item, w.n);
	pre = (struct an_table){ w.pre, w.npairs, w.n };
	post = (struct an_table){ w.post, w.npairs, w.n };
	*out = ARENA_ARRAY(&cx->arena, struct item_view, w.n);
	*n = w.n;
	if (w.npairs && w.n) {
		an_mcnemar_items(&pre, &post, change);
		test = an_item_analysis(&post, AN_LISTWISE, NULL, quality);
	}
	for (size_t j = 0; j < w.n; j++) {
		struct item_view *v = &(*out)[j];

		v->key = w.items.post[j].key;
		v->text = w.items.post[j].text;
		v->item = w.items.post[j].item;
		v->right = right_option(v->item);
		fill_change(g, &change[j], &pre, &post, j, v);
		fill_quality(g, &quality[j], test.n_used, w.npairs, v);
		v->spread_before = view_spread(g, GATE_ITEM, set, MOMENT_PRE,
					       &w.items.pre[j], true);
		v->spread_after = view_spread(g, GATE_ITEM, set, MOMENT_POST,
					      &w.items.post[j], true);
	}
}

/* Share of the asked who are right, of everybody who answered before. */
static struct an_estimate right_before(const struct answers_set *set,
				       const struct column *c)
{
	size_t right = 0, n = 0;

	for (size_t i = 0; i < set->nsheets; i++) {
		double points;

		if (set->sheets[i].moment != MOMENT_PRE)
			continue;
		points = column_points(c, &set->sheets[i]);
		if (isnan(points))
			continue;
		right += points > 0.5 ? 1 : 0;
		n++;
	}
	return an_wilson(right, n, 0.95);
}

void view_items_before(struct ctx *cx, const struct gate *g,
		       const struct answers_set *set, struct figure *score,
		       struct item_view **out, size_t *n)
{
	const struct column *columns =
		answers_columns(cx, set, MOMENT_PRE, MEASURES_KNOWLEDGE, n);
	double *shares = ARENA_ARRAY(&cx->arena, double, set->nsheets + 1);
	size_t people = 0;

	*out = ARENA_ARRAY(&cx->arena, struct item_view, *n);
	for (size_t i = 0; i < set->nsheets; i++)
		if (set->sheets[i].moment == MOMENT_PRE)
			shares[people++] =
				columns_points(columns, *n, &set->sheets[i]);
	*score = gate_figure(g, GATE_SCORE, memo_mean_ci(shares, people),
			     people);
	for (size_t j = 0; j < *n; j++) {
		struct item_view *v = &(*out)[j];

		v->key = columns[j].key;
		v->text = columns[j].text;
		v->item = columns[j].item;
		v->right = right_option(v->item);
		v->before = gate_share(g, GATE_ITEM,
				       right_before(set, &columns[j]), people);
		v->after = v->change = figure_none("wilson", AN_EMPTY);
		v->discrimination = figure_none("item_rest_r", AN_EMPTY);
		v->p_value = v->gain = NAN;
		v->spread_before = view_spread(g, GATE_ITEM, set, MOMENT_PRE,
					       &columns[j], false);
	}
}
