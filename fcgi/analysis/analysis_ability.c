/*
 * analysis_ability.c: ability on one scale, before and after.
 *
 * Course: { status n pairs scope:"course", nitems nused reliability
 *   model { chosen compared bic_1pl bic_2pl lr df p gradient }
 *   before after change  figures of all pairs (units of the scale)
 *   place                share of the people before above the mean after
 *   drift                "dif", "mcnemar" or "none": how items were watched
 *   items [{ text a se_a b(figure) drift share_change(figure) delta(figure) }]
 *     drift "moved", "fell", "steady"; "" where nothing can be said
 *   left_out [{ text why }]
 *   sessions [{ session_id starts_at run_no fiscal_year before after change
 *     is_reference }], hidden   sessions that are not shown
 *   curve [{ at information se }] }
 * Year: { status n scope:"year" common
 *   courses [{ title status n least nused model change logits place }] }
 *   common: items that two courses share.
 */
#include "analysis/analysis_ability.h"

#include "analytics/describe.h"
#include "analytics/dist.h"

#include <math.h>

/* Mean of scores; to 0.01, so that no pattern of answers comes back. */
static struct figure mean_of(const struct gate *g, const double *x, size_t n,
			     size_t base, const char *method)
{
	struct an_estimate e = an_mean_ci(x, n, 0.95);

	e.method = method;
	return figure_rounded(gate_figure(g, GATE_SCORE, e, base));
}

struct ability_three ability_three_of(const struct ability *k,
				      const double *before, const double *after,
				      size_t n, size_t base)
{
	double *d = ARENA_ARRAY(&k->w->cx->arena, double, n + 1);
	struct ability_three t;

	for (size_t i = 0; i < n; i++)
		d[i] = after[i] - before[i];
	t.before = mean_of(k->w->g, before, n, base, "wle_mean");
	t.after = mean_of(k->w->g, after, n, base, "wle_mean");
	t.change = mean_of(k->w->g, d, n, base, "wle_paired");
	if (t.before.status == AN_SUPPRESSED ||
	    t.after.status == AN_SUPPRESSED || t.change.status == AN_SUPPRESSED)
		t.before.status = AN_SUPPRESSED;
	return t;
}

bool ability_is_hidden(const struct ability_three *t)
{
	return t->before.status == AN_SUPPRESSED;
}

void ability_put_three(json_t *o, const struct ability_three *t)
{
	analysis_figure(o, "before", &t->before);
	analysis_figure(o, "after", &t->after);
	analysis_figure(o, "change", &t->change);
}

static void put_model(const struct scale *s, json_t *out)
{
	const struct scale_choice *c = &s->choice;
	json_t *o = analysis_object(out, "model");

	analysis_word(o, "chosen", c->model);
	analysis_flag(o, "compared", c->compared);
	analysis_number(o, "bic_1pl", c->bic_1pl);
	analysis_number(o, "bic_2pl", c->bic_2pl);
	analysis_number(o, "lr", c->lr);
	analysis_number(o, "df", c->lr_df);
	analysis_number(o, "p", gate_p(c->lr_p, s->n));
	analysis_number(o, "gradient", c->gradient);
}

static void fit(struct ability *k)
{
	struct ctx *cx = k->w->cx;

	scale_fit(cx, k->w->g, k->t, &k->s);
	if (k->s.status != AN_OK)
		return;
	k->before = scale_scores(cx, &k->s, k->set->npairs, false);
	k->after = scale_scores(cx, &k->s, k->set->npairs, true);
}

/* All pairs that have both scores. */
static struct ability_three whole(const struct ability *k)
{
	struct arena *a = &k->w->cx->arena;
	const size_t all = k->set->npairs;
	double *before = ARENA_ARRAY(a, double, all + 1);
	double *after = ARENA_ARRAY(a, double, all + 1);
	size_t n = 0;

	for (size_t i = 0; i < all; i++)
		if (!isnan(k->before[i]) && !isnan(k->after[i])) {
			before[n] = k->before[i];
			after[n++] = k->after[i];
		}
	return ability_three_of(k, before, after, n,
				k->set->n_pre + k->set->n_post - all);
}

/* Of a hundred like those before, how many stood above the mean after. */
static double place_of(const struct ability_three *t)
{
	return ability_is_hidden(t)
		       ? (double)NAN
		       : gate_round_share(an_normal_cdf(-t->after.value),
					  t->after.n);
}

static void hide(struct ability_three *t)
{
	t->before = t->after = t->change = figure_hidden("wle_mean");
}

static enum err course(const struct analysis_work *w, json_t *out)
{
	struct set_twice both;
	struct ability k = { .w = w, .t = &both, .set = &both.countable };
	struct ability_three t;

	TRY(set_read_twice(w, &both));
	fit(&k);
	if (k.s.status != AN_OK)
		return analysis_nothing(out, k.s.status, k.s.n,
					k.s.status == AN_TOO_FEW
						? gate_least(w->g, GATE_MODEL)
						: 0);
	analysis_ok(out, k.s.n);
	analysis_word(out, "scope", "course");
	analysis_count(out, "pairs", k.set->npairs);
	analysis_count(out, "nitems", k.s.nitems);
	analysis_count(out, "nused", k.s.nused);
	analysis_number(out, "reliability", k.s.reliability);
	put_model(&k.s, out);
	t = whole(&k);
	if (ability_is_hidden(&t))
		hide(&t);
	ability_put_three(out, &t);
	analysis_number(out, "place", place_of(&t));
	ability_put_items(&k, out);
	ability_put_curve(&k, out);
	return ability_put_sessions(&k, out);
}

/* Items that stand on the forms of two courses or more. */
static size_t common_items(const struct analysis_work *w,
			   const struct answers_set *set)
{
	size_t n, common = 0;
	const struct column *c =
		answers_columns(w->cx, set, MOMENT_PRE, MEASURES_KNOWLEDGE, &n);

	for (size_t j = 0; j < n; j++) {
		int64_t first = 0;
		bool several = false;

		for (size_t i = 0; i < set->nsheets; i++) {
			const struct sheet *s = &set->sheets[i];

			if (s->moment != MOMENT_PRE || !column_asked(&c[j], s))
				continue;
			several |= first && first != set_course_of(set, s);
			first = set_course_of(set, s);
		}
		common += several ? 1 : 0;
	}
	return common;
}

struct year {
	const struct analysis_work *w;
	struct set_twice t;
	json_t *list;
	size_t shown, people, most;
};

static void put_course(struct year *y, const struct set_course *c)
{
	const struct analysis_work *w = y->w;
	const struct set_twice own = {
		set_of_course(w->cx, &y->t.all, c->id),
		set_of_course(w->cx, &y->t.countable, c->id),
	};
	struct ability k = { .w = w, .t = &own, .set = &own.countable };
	json_t *o = analysis_row(y->list);
	struct figure logits;
	struct ability_three t;

	fit(&k);
	analysis_text(o, "title", c->title);
	analysis_word(o, "status", an_status_name(k.s.status));
	analysis_count(o, "n", k.s.n);
	analysis_count(o, "least", gate_least(w->g, GATE_MODEL));
	y->most = k.s.n > y->most ? k.s.n : y->most;
	if (k.s.status != AN_OK)
		return;
	t = whole(&k);
	if (ability_is_hidden(&t))
		hide(&t);
	logits = t.change;
	logits.value *= k.s.logit;
	logits.lo *= k.s.logit;
	logits.hi *= k.s.logit;
	logits = figure_rounded(logits);
	analysis_count(o, "nused", k.s.nused);
	analysis_word(o, "model", k.s.choice.model);
	analysis_number(o, "reliability", k.s.reliability);
	analysis_figure(o, "change", &t.change);
	analysis_figure(o, "logits", &logits);
	analysis_number(o, "place", place_of(&t));
	y->shown++;
	y->people += t.change.n;
}

static enum err year(const struct analysis_work *w, json_t *out)
{
	struct year y = { .w = w, .list = analysis_list(out, "courses") };
	const struct set_course *courses;
	size_t n;

	TRY(set_read_twice(w, &y.t));
	TRY(set_courses(w, &y.t.all, &courses, &n));
	for (size_t i = 0; i < n; i++) {
		put_course(&y, &courses[i]);
		TRY(analysis_tell(w, (double)(i + 1) / (double)n));
	}
	if (!y.shown)
		return analysis_nothing(out, n ? AN_TOO_FEW : AN_EMPTY, y.most,
					gate_least(w->g, GATE_MODEL));
	analysis_ok(out, y.people);
	analysis_word(out, "scope", "year");
	analysis_count(out, "common", common_items(w, &y.t.all));
	return OK;
}

enum err analysis_ability(const struct analysis_work *w, json_t *out)
{
	return w->scope == ANALYSIS_YEAR ? year(w, out) : course(w, out);
}
