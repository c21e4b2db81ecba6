/*
 * analysis_change.c: how sure the change of the knowledge score is.
 *
 * {"status","n" (pairs),"k" (items),
 *  "before","after","change"   figures as on the dashboard
 *  "dz","dav","gain"           figures; gain: class g (an_hake_gain)
 *  "p"                         paired t; null from GATE_CROWD pairs on
 *  "p_rank"                    Wilcoxon's signed ranks, below 30 pairs
 *  "word":"up"|"down"|"same"|"unclear"|"small"|"even"|""  see word_of()
 *  "gain_band":"low"|"medium"|"high"|""   only if the interval lies in one
 *  "normalised","normalised_n" Marx and Cummings, mean of personal changes
 *  "is_reference","at_ceiling","full_before"(people with every point, or null)
 *  "power":{"sd" (of personal changes, share of points; null below the
 *    people of an effect),"detectable","rows":[{"dz","needed","is_seen"}]}
 *  "attrition","reliable"      change.h
 *  "items":[{"key","text","title"(of a year),"before","after","change",
 *    "learned","lost","p" (exact McNemar, BH over all items),"gain"}]}
 *
 * Without a comparison group all of this is observed change.
 */
#include "analysis/change.h"

#include "analysis/knowledge.h"
#include "analytics/adjust.h"
#include "analytics/paired.h"
#include "analytics/population.h"
#include "analytics/proportion.h"
#include "insight/smallest.h"

#include <math.h>

#define ALPHA     0.05 /* of the test that is planned */
#define POWER     0.8
#define SHAPELESS 30 /* pairs from which t needs no second opinion */
#define EXTREMES  20 /* people before the number at an end is told */

/*
 * A rise is named when its interval lies beyond the smallest effect that
 * matters; "small": surely there, but perhaps too small to matter; "same":
 * surely too small to matter. A fall that is surely there is told as soon as
 * it may be large enough to matter. "even": everybody changed by the same
 * amount, so nothing tells how sure it is.
 */
static const char *word_of(const struct figure *dz)
{
	if (dz->status == AN_ZERO_VARIANCE)
		return "even";
	if (!gate_has(dz))
		return "";
	if (dz->lo > -SMALLEST_DZ && dz->hi < SMALLEST_DZ)
		return "same";
	if (dz->lo >= SMALLEST_DZ)
		return "up";
	if (dz->hi < 0.0)
		return "down";
	return dz->lo > 0.0 ? "small" : "unclear";
}

static const char *gain_band(const struct figure *g)
{
	if (!gate_has(g) || g->status == AN_CEILING || isnan(g->lo))
		return "";
	if (g->hi < 0.3)
		return "low";
	if (g->lo >= 0.7)
		return "high";
	return g->lo >= 0.3 && g->hi < 0.7 ? "medium" : "";
}

static void write_gain(const struct analysis_work *w,
		       const struct score_view *v, const struct pair_scores *s,
		       json_t *out)
{
	static const struct an_paired_options options = { 1.0, NAN, 0.95 };
	const struct an_paired p = an_paired_change(
		s->pre, s->post, w->set->npairs, &options, NULL, NULL);
	const bool shown = gate_may(w->g, GATE_EFFECT, p.n_pairs);

	analysis_figure(out, "gain", &v->gain);
	analysis_word(out, "gain_band", gain_band(&v->gain));
	analysis_number(out, "normalised", shown ? p.gain.change_c_mean : NAN);
	analysis_count(out, "normalised_n", shown ? p.gain.change_c_n : 0);
	analysis_flag(out, "at_ceiling", v->at_ceiling);
	analysis_number(out, "full_before",
			shown && p.n_pairs >= EXTREMES
				? (double)p.gain.hake_n_at_ceiling
				: (double)NAN);
}

static void write_score(const struct analysis_work *w,
			const struct score_view *v, json_t *out)
{
	analysis_count(out, "k", v->n_items);
	analysis_figure(out, "before", &v->before);
	analysis_figure(out, "after", &v->after);
	analysis_figure(out, "change", &v->change);
	analysis_figure(out, "dz", &v->dz);
	analysis_figure(out, "dav", &v->dav);
	analysis_number(out, "p", v->p_value);
	analysis_number(out, "p_rank",
			w->set->npairs < SHAPELESS ? v->p_rank : NAN);
	analysis_word(out, "word", word_of(&v->dz));
	analysis_flag(out, "is_reference", v->is_reference);
}

static void power_row(json_t *rows, double dz, bool seen)
{
	const size_t needed = an_pairs_needed(fabs(dz), ALPHA, POWER);
	json_t *row = analysis_row(rows);

	analysis_number(row, "dz", fabs(dz));
	analysis_number(row, "needed", needed ? (double)needed : (double)NAN);
	analysis_flag(row, "is_seen", seen);
}

/* What this many pairs can find, and how many others would take. */
static void write_power(const struct analysis_work *w,
			const struct score_view *v, const struct pair_scores *s,
			json_t *out)
{
	static const double sizes[] = { 0.2, 0.5, 0.8 };
	json_t *o = analysis_object(out, "power"), *rows;

	analysis_number(o, "sd",
			gate_has(&v->dz) ? an_paired_means(s->pre, s->post,
							   w->set->npairs, 0.95)
						   .sd_diff
					 : (double)NAN);
	analysis_number(o, "detectable",
			an_detectable_dz(w->set->npairs, ALPHA, POWER));
	rows = analysis_list(o, "rows");
	for (size_t i = 0; i < 3; i++)
		power_row(rows, sizes[i], false);
	if (gate_has(&v->dz) && fabs(v->dz.value) > 1e-9)
		power_row(rows, v->dz.value, true);
}

static struct figure share(const struct analysis_work *w, double p, size_t n)
{
	const size_t x = n ? (size_t)llround(p * (double)n) : 0;

	return gate_share(w->g, GATE_ITEM, an_wilson(x, n, 0.95), n);
}

static enum err write_item(const struct analysis_work *w, const struct form *f,
			   size_t j, const struct an_mcnemar *m, json_t *row)
{
	const struct an_estimate diff = { .value = m->diff,
					  .lo = m->diff_lo,
					  .hi = m->diff_hi,
					  .n = m->n,
					  .status = AN_OK,
					  .method = "bonett_price" };
	const struct figure before = share(w, m->p_pre, m->n);
	const struct figure after = share(w, m->p_post, m->n);
	/* One of the two without the other's help: hidden together. So they
	 * are where a few more people were asked after (analysis_items.c). */
	const bool shown = gate_has(&before) && gate_has(&after) &&
			   gate_beside(w->g, GATE_ITEM, m->n, f->n);
	const struct figure change =
		shown ? figure_rounded(gate_figure(w->g, GATE_ITEM, diff, m->n))
		      : figure_hidden("bonett_price");

	analysis_word(row, "key", f->items[j]->key);
	analysis_text(row, "text", f->items[j]->text);
	TRY(form_write_title(w, f, row));
	analysis_figure(row, "before", shown ? &before : &change);
	analysis_figure(row, "after", shown ? &after : &change);
	analysis_figure(row, "change", &change);
	analysis_number(row, "learned", shown ? (double)m->b : (double)NAN);
	analysis_number(row, "lost", shown ? (double)m->c : (double)NAN);
	analysis_number(row, "p", shown ? gate_p(m->p_bh, m->n) : NAN);
	analysis_number(row, "gain", shown ? m->item_gain : NAN);
	return OK;
}

static size_t count_items(const struct forms *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->nforms; i++)
		n += all->list[i].k;
	return n;
}

/* Items of the forms that may be shown, p-values adjusted over all of them. */
static enum err write_items(const struct analysis_work *w, json_t *out)
{
	const struct forms all = knowledge_forms(w->cx, w->g, w->set);
	const size_t most = count_items(&all);
	struct an_mcnemar *m =
		ARENA_ARRAY(&w->cx->arena, struct an_mcnemar, most + 1);
	double *p = ARENA_ARRAY(&w->cx->arena, double, most + 1);
	json_t *items = analysis_list(out, "items");
	size_t n = 0, at = 0;

	for (size_t i = 0; i < all.nforms; i++)
		for (size_t j = 0; j < all.list[i].k; j++, n++) {
			m[n] = form_change(&all.list[i], j);
			p[n] = all.list[i].own[j] &&
					       gate_may(w->g, GATE_ITEM, m[n].n)
				       ? m[n].p_exact
				       : (double)NAN;
		}
	an_benjamini_hochberg(p, n, p);
	for (size_t i = 0; i < all.nforms; i++)
		for (size_t j = 0; j < all.list[i].k; j++, at++) {
			m[at].p_bh = p[at];
			if (!isnan(p[at]))
				TRY(write_item(w, &all.list[i], j, &m[at],
					       analysis_row(items)));
		}
	return OK;
}

enum err analysis_change(const struct analysis_work *w, json_t *out)
{
	const struct pair_scores s = view_pair_scores(w->cx, w->set);
	const size_t n = w->set->npairs;
	struct score_view v;

	if (!s.items.n || !n)
		return analysis_nothing(out, AN_EMPTY, n,
					s.items.n ? gate_least(w->g, GATE_SCORE)
						  : 0);
	if (!gate_may(w->g, GATE_SCORE, n))
		return analysis_nothing(out, AN_TOO_FEW, n,
					gate_least(w->g, GATE_SCORE));
	view_score(w->cx, w->g, w->set, &v);
	analysis_ok(out, n);
	write_score(w, &v, out);
	write_gain(w, &v, &s, out);
	write_power(w, &v, &s, out);
	change_attrition(w, &v, &s, out);
	TRY(change_reliable(w, out));
	return write_items(w, out);
}
