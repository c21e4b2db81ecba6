/*
 * view_score.c: the knowledge score of matched people, before and after.
 */
#include "insight/memo.h"
#include "insight/session_view.h"
#include "insight/smallest.h"

#include <math.h>

/* Mean points over the items that both sheets of the pair were asked. */
static void score_pair(const struct pair_scores *s, const struct sheet_pair *p,
		       double *pre, double *post)
{
	double sum_pre = 0.0, sum_post = 0.0;
	size_t n = 0;

	for (size_t j = 0; j < s->items.n; j++) {
		const double a = column_points(&s->items.pre[j], p->pre);
		const double b = column_points(&s->items.post[j], p->post);

		if (isnan(a) || isnan(b))
			continue;
		sum_pre += a;
		sum_post += b;
		n++;
	}
	*pre = n ? sum_pre / (double)n : (double)NAN;
	*post = n ? sum_post / (double)n : (double)NAN;
}

static struct an_estimate estimate(double value, double lo, double hi, size_t n,
				   const char *method)
{
	return (struct an_estimate){ .value = value,
				     .lo = lo,
				     .hi = hi,
				     .n = n,
				     .status = isnan(value) ? AN_ZERO_VARIANCE
							    : AN_OK,
				     .method = method };
}

static void effects(const struct gate *g, const struct an_paired *p,
		    struct an_estimate gain, struct score_view *out)
{
	const size_t n = p->n_pairs;

	out->dz =
		gate_figure(g, GATE_EFFECT,
			    estimate(p->t.dz, p->t.dz_lo, p->t.dz_hi, n, "dz"),
			    n);
	out->dav = gate_figure(
		g, GATE_EFFECT,
		estimate(p->t.dav, p->t.dav_lo, p->t.dav_hi, n, "dav"), n);
	out->gain = gate_figure(g, GATE_EFFECT, gain, n);
	out->at_ceiling =
		gate_may(g, GATE_EFFECT, n) && p->gain.status == AN_CEILING;
	out->p_value =
		gate_may(g, GATE_EFFECT, n) ? gate_p(p->t.p, n) : (double)NAN;
	out->within_noise =
		out->dz.lo > -SMALLEST_DZ && out->dz.hi < SMALLEST_DZ;
}

static void change(const struct gate *g, const struct pair_scores *s, size_t n,
		   struct score_view *out)
{
	const struct an_paired p = memo_paired_change(s->pre, s->post, n);
	struct an_estimate diff = estimate(p.t.mean_diff, p.t.diff_lo,
					   p.t.diff_hi, p.n_pairs, "paired_t");
	struct an_estimate shift =
		estimate(p.rank.hl, p.rank.hl_lo, p.rank.hl_hi, p.n_pairs,
			 "hodges_lehmann");

	/* Everybody changed by the same amount: known of each of them. */
	if (p.status == AN_ZERO_VARIANCE)
		diff.status = shift.status = AN_ZERO_VARIANCE;
	out->before = gate_figure(g, GATE_SCORE, memo_mean_ci(s->pre, n), n);
	out->after = gate_figure(g, GATE_SCORE, memo_mean_ci(s->post, n), n);
	out->change = gate_figure(g, GATE_SCORE, diff, n);
	out->median_shift = gate_figure(g, GATE_SCORE, shift, n);
	out->p_rank = gate_may(g, GATE_SCORE, p.n_pairs)
			      ? gate_p(p.rank.p_exact, p.n_pairs)
			      : (double)NAN;
	out->before = figure_rounded(out->before);
	out->after = figure_rounded(out->after);
	out->change = figure_rounded(out->change);
	out->median_shift = figure_rounded(out->median_shift);
	out->is_reference = gate_may(g, GATE_SCORE, p.n_pairs) &&
			    gate_is_reference(GATE_SCORE, p.n_pairs);
	effects(g, &p, memo_gain(s->pre, s->post, n), out);
	for (size_t i = 0; i < 4; i++) {
		struct figure *f = i == 0   ? &out->before
				   : i == 1 ? &out->after
				   : i == 2 ? &out->change
					    : &out->median_shift;

		/* Asked: everybody who answered at all. */
		f->base = n + out->only_pre + out->only_post;
		f->missing = f->base - f->n;
	}
	/* One of the two without a spread and the change would give it away. */
	if (out->before.status == AN_SUPPRESSED ||
	    out->after.status == AN_SUPPRESSED)
		out->before = out->after = out->change = out->median_shift =
			figure_hidden("paired_t");
	if (!gate_has(&out->change)) /* all one way would say it again */
		out->p_rank = NAN;
}

struct pair_scores view_pair_scores(struct ctx *cx,
				    const struct answers_set *set)
{
	struct pair_scores s = { 0 };

	s.items = answers_column_pairs(cx, set, MEASURES_KNOWLEDGE);
	s.pre = ARENA_ARRAY(&cx->arena, double, set->npairs + 1);
	s.post = ARENA_ARRAY(&cx->arena, double, set->npairs + 1);
	for (size_t i = 0; i < set->npairs; i++)
		score_pair(&s, &set->pairs[i], &s.pre[i], &s.post[i]);
	return s;
}

void view_score(struct ctx *cx, const struct gate *g,
		const struct answers_set *set, struct score_view *out)
{
	const size_t n = set->npairs;
	const struct pair_scores s = view_pair_scores(cx, set);
	double *table =
		ARENA_ARRAY(&cx->arena, double, (n + 1) * (s.items.n + 1));
	const struct an_table t = { table, n, s.items.n };
	size_t whole = 0;

	*out = (struct score_view){ .n_pairs = n,
				    .only_pre = set->n_pre - n,
				    .only_post = set->n_post - n,
				    .p_value = NAN,
				    .p_rank = NAN };
	out->n_items = s.items.n;
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < s.items.n; j++)
			table[i * s.items.n + j] = column_points(
				&s.items.post[j], set->pairs[i].post);
		whole += isnan(s.post[i]) ? 0 : 1;
	}
	change(g, &s, n, out);
	out->alpha = gate_figure(g, GATE_ALPHA, memo_alpha(&t), whole);
}
