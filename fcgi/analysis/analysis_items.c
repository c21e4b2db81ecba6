/*
 * analysis_items.c: how well each knowledge item works, and what to do with it.
 *
 * {"status","n","is_matched",
 *  "verdicts":{"keep":3,"revise":1,"drop":0,"undecided":0},
 *  "forms":[{"title"(of a year: the course),"n","least"(people a verdict
 * needs), "alpha", "items":[{"key","text","verdict","reasons":["key",..],
 *      "rivals":[{ja,en}],"dead":[{ja,en}],
 *      "after","before","change"   figures, shares of people (mcnemar); the
 *                                  change is hidden where it would tell a
 *                                  hidden one of the others, or how those
 *                                  few did who were not asked before
 *      "r"                         figure, item-rest correlation
 *      "d27","alpha_deleted","gain" numbers
 *      and what distractors.h writes}]}]}
 *
 * verdict and reasons: verdict.h. A form of too few people is left out.
 */
#include "analysis/analysis.h"

#include "analysis/distractors.h"
#include "analysis/knowledge.h"
#include "analysis/verdict.h"
#include "analytics/items.h"
#include "analytics/mcnemar.h"
#include "analytics/proportion.h"

#include <math.h>

/* One form while it is examined; arrays of its k items. */
struct exam {
	const struct form *form;
	struct an_items test;
	struct an_item *item;
	struct an_mcnemar *change; /* n is 0 where nobody was asked before */
	struct form_options options;
};

static struct exam examine(const struct analysis_work *w, const struct form *f)
{
	struct arena *a = &w->cx->arena;
	struct exam e = { .form = f };

	e.item = ARENA_ARRAY(a, struct an_item, f->k + 1);
	e.change = ARENA_ARRAY(a, struct an_mcnemar, f->k + 1);
	e.test = an_item_analysis(&f->points, AN_LISTWISE, NULL, e.item);
	for (size_t j = 0; j < f->k; j++)
		e.change[j] = form_change(f, j);
	e.options = form_options(w->cx, w->g, f);
	return e;
}

static struct an_estimate share(double p, size_t n)
{
	return an_wilson(n ? (size_t)llround(p * (double)n) : 0, n, 0.95);
}

/* Not with a handful right or wrong: it would tell how these few did. */
static bool may_correlate(const struct analysis_work *w, const struct exam *e,
			  size_t j)
{
	const size_t n = e->form->n;
	const size_t right = (size_t)llround(e->item[j].mean * (double)n);

	return gate_may(w->g, GATE_FLAG, n) &&
	       gate_two(w->g, GATE_FLAG, right, n - right);
}

static struct judgement judge(const struct analysis_work *w,
			      const struct exam *e, size_t j)
{
	const struct an_item *it = &e->item[j];
	const struct an_mcnemar *m = &e->change[j];
	const bool known = gate_may(w->g, GATE_FLAG, m->n);
	const struct an_estimate before = share(m->p_pre, m->n);
	const struct item_facts facts = {
		.n = e->form->n,
		.least = gate_least(w->g, GATE_FLAG),
		.after = it->difficulty,
		.after_hi = it->difficulty_hi,
		.before = known ? before.value : (double)NAN,
		.before_lo = known ? before.lo : (double)NAN,
		.change_hi = known ? m->diff_hi : (double)NAN,
		.r = it->r_rest,
		.r_lo = may_correlate(w, e, j) ? it->r_rest_lo : (double)NAN,
		.alpha = e->test.alpha,
		.alpha_without = it->alpha_deleted,
		.is_weak = may_correlate(w, e, j) && (it->flags & AN_ITEM_WEAK),
		.has_rival = form_has(&e->options, e->options.rival, j),
		.has_dead = form_has(&e->options, e->options.dead, j),
	};

	return item_judge(&facts);
}

static void write_options(json_t *row, const char *key, const struct exam *e,
			  size_t j, const bool *mark)
{
	const struct survey_item *it = e->form->items[j]->item;
	json_t *list = analysis_list(row, key);

	for (size_t o = 0; o < it->noptions; o++)
		if (mark[j * (e->options.options + 1) + o]) {
			json_t *both = analysis_row(list);

			analysis_word(both, "ja", it->options[o].label.ja);
			analysis_word(both, "en", it->options[o].label.en);
		}
}

static void write_judgement(const struct judgement *v, json_t *row)
{
	json_t *reasons = analysis_list(row, "reasons");

	analysis_word(row, "verdict", verdict_word(v->verdict));
	for (int r = 0; r < REASONS; r++)
		if (v->reasons & 1u << r)
			json_array_append_new(reasons, json_string(reason_word((
							       enum reason)r)));
}

/*
 * Before plus change is after, of those who were asked both times: not beside
 * a hidden one, nor where a few more people were asked after.
 */
static bool may_tell_change(const struct analysis_work *w,
			    const struct figure *after,
			    const struct figure *before)
{
	return gate_has(after) && gate_has(before) &&
	       gate_beside(w->g, GATE_ITEM, before->n, after->n);
}

static void write_shares(const struct analysis_work *w, const struct exam *e,
			 size_t j, json_t *row)
{
	const struct an_mcnemar *m = &e->change[j];
	const struct an_estimate diff = {
		.value = m->diff,
		.lo = m->diff_lo,
		.hi = m->diff_hi,
		.n = m->n,
		.status = m->status == AN_EMPTY ? AN_EMPTY : AN_OK,
		.method = "bonett_price",
	};
	const size_t n = e->form->n;
	const struct figure after =
		gate_share(w->g, GATE_ITEM, share(e->item[j].difficulty, n), n);
	const struct figure before =
		gate_share(w->g, GATE_ITEM, share(m->p_pre, m->n), n);
	struct figure f = figure_rounded(gate_figure(w->g, GATE_ITEM, diff, n));

	if (m->n && !may_tell_change(w, &after, &before))
		f = figure_hidden(diff.method);
	analysis_figure(row, "after", &after);
	analysis_figure(row, "before", &before);
	analysis_figure(row, "change", &f);
	analysis_number(row, "gain", gate_has(&f) ? m->item_gain : NAN);
}

static void write_quality(const struct analysis_work *w, const struct exam *e,
			  size_t j, json_t *row)
{
	const struct an_item *it = &e->item[j];
	const size_t n = e->form->n;
	const struct an_estimate r = { .value = it->r_rest,
				       .lo = it->r_rest_lo,
				       .hi = it->r_rest_hi,
				       .n = n,
				       .status = isnan(it->r_rest)
							 ? AN_ZERO_VARIANCE
							 : AN_OK,
				       .method = "item_rest_r" };
	const bool shown = may_correlate(w, e, j);
	const bool constant = it->difficulty <= 0.0 || it->difficulty >= 1.0;
	struct figure f = gate_figure(w->g, GATE_FLAG, r, n);

	if (!shown && !constant)
		f = figure_hidden("item_rest_r");
	analysis_figure(row, "r", &f);
	analysis_number(row, "d27", shown ? it->d27 : NAN);
	analysis_number(row, "alpha_deleted", shown ? it->alpha_deleted : NAN);
}

static enum verdict write_item(const struct analysis_work *w,
			       const struct exam *e, size_t j, json_t *row)
{
	const struct column *c = e->form->items[j];
	const struct judgement v = judge(w, e, j);

	analysis_word(row, "key", c->key);
	analysis_text(row, "text", c->text);
	write_judgement(&v, row);
	write_options(row, "rivals", e, j, e->options.rival);
	write_options(row, "dead", e, j, e->options.dead);
	write_shares(w, e, j, row);
	write_quality(w, e, j, row);
	/* A year has many items: only those that need something in full. */
	if (w->scope != ANALYSIS_YEAR || v.verdict == VERDICT_REVISE ||
	    v.verdict == VERDICT_DROP)
		distractors_write(w, e->form, &e->options, j, row);
	return v.verdict;
}

static enum err write_form(const struct analysis_work *w, const struct form *f,
			   json_t *forms, size_t *count)
{
	const struct exam e = examine(w, f);
	json_t *o = analysis_row(forms), *items;

	TRY(form_write_title(w, f, o));
	analysis_count(o, "n", f->n);
	analysis_count(o, "least", gate_least(w->g, GATE_FLAG));
	analysis_number(o, "alpha",
			gate_may(w->g, GATE_FLAG, f->n) ? e.test.alpha : NAN);
	items = analysis_list(o, "items");
	for (size_t j = 0; j < f->k; j++)
		if (f->own[j])
			count[write_item(w, &e, j, analysis_row(items))]++;
	return OK;
}

enum err analysis_items(const struct analysis_work *w, json_t *out)
{
	const struct forms all = knowledge_forms(w->cx, w->g, w->set);
	size_t count[VERDICTS] = { 0 }, most = 0;
	json_t *forms, *verdicts;

	for (size_t i = 0; i < all.nforms; i++)
		most = all.list[i].n > most ? all.list[i].n : most;
	if (!all.nforms)
		return analysis_nothing(out, AN_EMPTY, 0, 0);
	if (!gate_may(w->g, GATE_ITEM, most))
		return analysis_nothing(out, AN_TOO_FEW, most,
					gate_least(w->g, GATE_ITEM));
	analysis_ok(out, all.n);
	analysis_flag(out, "is_matched", all.is_matched);
	verdicts = analysis_object(out, "verdicts");
	forms = analysis_list(out, "forms");
	for (size_t i = 0; i < all.nforms; i++)
		if (gate_may(w->g, GATE_ITEM, all.list[i].n))
			TRY(write_form(w, &all.list[i], forms, count));
	for (int v = 0; v < VERDICTS; v++)
		analysis_count(verdicts, verdict_word((enum verdict)v),
			       count[v]);
	return OK;
}
