/*
 * distractors.c: options counted, judged and written; manual: distractors.h.
 */
#include "analysis/distractors.h"

#include "analysis/verdict.h"
#include "analytics/adjust.h"
#include "analytics/dist.h"

#include <math.h>

#define SURE 0.025 /* one-sided, as one side of a 95 % interval */

static size_t at(const struct form_options *fo, size_t j, size_t option)
{
	return j * (fo->options + 1) + option;
}

bool form_has(const struct form_options *fo, const bool *mark, size_t j)
{
	for (size_t o = 0; o < fo->options; o++)
		if (mark[at(fo, j, o)])
			return true;
	return false;
}

static void count_options(struct ctx *cx, const struct form *f,
			  struct form_options *fo)
{
	size_t *choice = ARENA_ARRAY(&cx->arena, size_t, f->n * f->k + 1);
	size_t *key = ARENA_ARRAY(&cx->arena, size_t, f->k + 1);

	for (size_t j = 0; j < f->k; j++) {
		key[j] = knowledge_right(f->items[j]->item);
		for (size_t i = 0; i < f->n; i++)
			choice[i * f->k + j] =
				column_option(f->items[j], f->people[i].post);
	}
	an_distractors(choice, f->n, f->k, key, fo->options, fo->option);
}

/* Wrong options with which people surely did better elsewhere. */
static void find_rivals(struct ctx *cx, const struct gate *g,
			const struct form *f, struct form_options *fo)
{
	const size_t places = f->k * (fo->options + 1);
	double *p = ARENA_ARRAY(&cx->arena, double, places + 1);

	for (size_t i = 0; i < places; i++) {
		const struct an_option *o = &fo->option[i];
		const bool wrong =
			!o->is_key && i % (fo->options + 1) != fo->options;

		p[i] = NAN;
		if (wrong && fabs(o->r) < 1.0 &&
		    gate_two(g, GATE_FLAG, o->n, f->n - o->n))
			p[i] = an_normal_cdf(-atanh(o->r) *
					     sqrt((double)f->n - 3.0));
	}
	an_benjamini_hochberg(p, places, p);
	for (size_t i = 0; i < places; i++)
		fo->rival[i] = gate_may(g, GATE_FLAG, f->n) && p[i] < SURE;
}

/* How many of the form's people chose each option of item j before. */
static size_t count_before(const struct form *f, size_t j, size_t *count,
			   size_t options)
{
	size_t n = 0;

	for (size_t o = 0; o < options; o++)
		count[o] = 0;
	for (size_t i = 0; i < f->n && f->before[j]; i++) {
		const struct sheet *pre = f->people[i].pre;
		size_t option;

		if (!pre || !column_asked(f->before[j], pre))
			continue;
		n++;
		option = column_option(f->before[j], pre);
		if (option < options)
			count[option]++;
	}
	return n;
}

static size_t sum_but(const size_t *count, size_t options, size_t but)
{
	size_t sum = 0;

	for (size_t o = 0; o < options; o++)
		sum += o == but ? 0 : count[o];
	return sum;
}

static void find_dead(const struct gate *g, const struct form *f, size_t j,
		      struct form_options *fo)
{
	const struct survey_item *it = f->items[j]->item;
	const size_t right = knowledge_right(it), wrong = it->noptions - 1;
	size_t after[SURVEY_MAX_OPTIONS], before[SURVEY_MAX_OPTIONS], n_before;

	n_before = count_before(f, j, before, it->noptions);
	for (size_t o = 0; o < it->noptions; o++)
		after[o] = fo->option[at(fo, j, o)].n;
	for (size_t o = 0; o < it->noptions; o++) {
		const int now =
			option_is_dead(after[o], f->n,
				       sum_but(after, it->noptions, right),
				       wrong);
		const int then =
			gate_may(g, GATE_FLAG, n_before)
				? option_is_dead(before[o], n_before,
						 sum_but(before, it->noptions,
							 right),
						 wrong)
				: -1;

		fo->dead[at(fo, j, o)] =
			o != right && gate_may(g, GATE_FLAG, f->n) &&
			now != 0 && then != 0 && (now == 1 || then == 1);
	}
}

struct form_options form_options(struct ctx *cx, const struct gate *g,
				 const struct form *f)
{
	struct form_options fo = { 0 };
	size_t places;

	for (size_t j = 0; j < f->k; j++)
		if (f->items[j]->item->noptions > fo.options)
			fo.options = f->items[j]->item->noptions;
	places = f->k * (fo.options + 1);
	fo.option = ARENA_ARRAY(&cx->arena, struct an_option, places + 1);
	fo.rival = ARENA_ARRAY(&cx->arena, bool, places + 1);
	fo.dead = ARENA_ARRAY(&cx->arena, bool, places + 1);
	count_options(cx, f, &fo);
	find_rivals(cx, g, f, &fo);
	for (size_t j = 0; j < f->k; j++)
		find_dead(g, f, j, &fo);
	return fo;
}

static void write_option(const struct form *f, const struct an_option *o,
			 bool shown, json_t *row)
{
	const double others = (double)f->k - 1.0;

	analysis_flag(row, "right", o->is_key);
	analysis_count(row, "n", o->n);
	analysis_number(row, "share", gate_round_share(o->share, f->n));
	analysis_flag(row, "shown", shown);
	analysis_number(row, "rest",
			shown && f->k > 1
				? gate_round_share(o->mean_rest / others, o->n)
				: NAN);
	analysis_number(row, "r", shown && o->n < f->n ? o->r : NAN);
}

/* Shares before, where the form's people were asked it and are enough. */
static void write_before(const struct analysis_work *w, const struct form *f,
			 size_t j, json_t *rows)
{
	const size_t options = f->items[j]->item->noptions;
	size_t count[SURVEY_MAX_OPTIONS + 1];
	const size_t n = count_before(f, j, count, options);
	bool shown;

	count[options] = n - sum_but(count, options, SIZE_MAX);
	shown = gate_distribution(w->g, GATE_ITEM, count, options + 1);
	for (size_t o = 0; o <= options; o++)
		analysis_number(json_array_get(rows, o), "share_before",
				shown ? gate_round_share(
						(double)count[o] / (double)n, n)
				      : (double)NAN);
}

void distractors_write(const struct analysis_work *w, const struct form *f,
		       const struct form_options *fo, size_t j, json_t *item)
{
	const struct survey_item *it = f->items[j]->item;
	const size_t n = it->noptions;
	json_t *rows = analysis_list(item, "options");
	size_t people[SURVEY_MAX_OPTIONS + 1];
	bool shown[SURVEY_MAX_OPTIONS + 1];
	const bool judged = gate_may(w->g, GATE_FLAG, f->n);
	bool all;

	/* The last place of the item is "nothing chosen". */
	for (size_t o = 0; o <= n; o++)
		people[o] = fo->option[at(fo, j, o < n ? o : fo->options)].n;
	all = gate_distribution(w->g, GATE_ITEM, people, n + 1);
	analysis_flag(item, "options_shown", all);
	gate_groups(w->g, GATE_SCORE, people, n + 1, shown);
	for (size_t o = 0; all && o <= n; o++) {
		const size_t place = at(fo, j, o < n ? o : fo->options);
		json_t *row = analysis_row(rows);

		if (o < n)
			analysis_text(row, "label", it->options[o].label);
		else
			json_object_set_new(row, "label", json_null());
		write_option(f, &fo->option[place], judged && shown[o], row);
		analysis_flag(row, "functioning",
			      judged && fo->option[place].functioning);
		analysis_flag(row, "rival", o < n && fo->rival[place]);
		analysis_flag(row, "dead", o < n && fo->dead[place]);
		analysis_flag(row, "backwards",
			      judged && shown[o] &&
				      fo->option[place].backwards);
	}
	if (all)
		write_before(w, f, j, rows);
}
