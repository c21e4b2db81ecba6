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
#include "analysis/analysis.h"

#include "analysis/analysis_scale.h"
#include "analysis/analysis_sets.h"
#include "analytics/describe.h"
#include "analytics/dif.h"
#include "analytics/dist.h"
#include "analytics/mcnemar.h"
#include "store/store_funnel.h"

#include <math.h>

#define SMALLEST_DELTA 0.9528543 /* 2.35 ln 1.5: odds ratio that matters */
#define CURVE_FROM     (-3.0)
#define CURVE_STEP     0.25
#define CURVE_POINTS   25

struct work {
	const struct analysis_work *w;
	const struct set_twice *t;     /* of one course */
	const struct answers_set *set; /* what may be counted of it */
	struct scale s;
	double *before, *after; /* weighted likelihood, per pair */
};

static void put_text(json_t *o, const char *key, const char *word)
{
	json_object_set_new(o, key, json_string(word));
}

static void put_count(json_t *o, const char *key, size_t n)
{
	json_object_set_new(o, key, json_integer((json_int_t)n));
}

/* Mean of scores; to 0.01, so that no pattern of answers comes back. */
static struct figure mean_of(const struct gate *g, const double *x, size_t n,
			     size_t base, const char *method)
{
	struct an_estimate e = an_mean_ci(x, n, 0.95);

	e.method = method;
	return figure_rounded(gate_figure(g, GATE_SCORE, e, base));
}

/* Before, after and change of the pairs; all of them or none. */
struct three {
	struct figure before, after, change;
};

static struct three three_of(struct ctx *cx, const struct gate *g,
			     const double *before, const double *after,
			     size_t n, size_t base)
{
	double *d = ARENA_ARRAY(&cx->arena, double, n + 1);
	struct three t;

	for (size_t i = 0; i < n; i++)
		d[i] = after[i] - before[i];
	t.before = mean_of(g, before, n, base, "wle_mean");
	t.after = mean_of(g, after, n, base, "wle_mean");
	t.change = mean_of(g, d, n, base, "wle_paired");
	if (t.before.status == AN_SUPPRESSED ||
	    t.after.status == AN_SUPPRESSED || t.change.status == AN_SUPPRESSED)
		t.before.status = AN_SUPPRESSED;
	return t;
}

static bool is_hidden(const struct three *t)
{
	return t->before.status == AN_SUPPRESSED;
}

static void put_three(json_t *o, const struct three *t)
{
	analysis_figure(o, "before", &t->before);
	analysis_figure(o, "after", &t->after);
	analysis_figure(o, "change", &t->change);
}

/* ---- items ---------------------------------------------------------------
 */

struct drift {
	const char *how; /* dif, mcnemar, none */
	struct an_mcnemar *change;
	struct an_dif *dif;
};

/* Everybody before and after as two groups of equal ability. */
static struct an_dif *dif_by_occasion(const struct work *k,
				      const struct an_table *pre,
				      const struct an_table *post)
{
	struct arena *a = &k->w->cx->arena;
	double *x = ARENA_ARRAY(a, double, 2 * pre->n * pre->k + 1);
	bool *focal = ARENA_ARRAY(a, bool, 2 * pre->n + 1);
	struct an_dif *out = ARENA_ARRAY(a, struct an_dif, pre->k + 1);
	struct an_table both = { x, 0, pre->k };

	for (size_t i = 0; i < 2 * pre->n; i++) {
		const struct an_table *t = i < pre->n ? pre : post;
		bool whole = true;

		focal[both.n] = t == post;
		for (size_t j = 0; j < t->k; j++) {
			x[both.n * t->k + j] = an_at(t, i % pre->n, j);
			whole &= !isnan(x[both.n * t->k + j]);
		}
		both.n += whole ? 1 : 0;
	}
	an_dif_items(&both, focal, out);
	return out;
}

static struct drift watch_items(const struct work *k)
{
	struct ctx *cx = k->w->cx;
	const size_t n = k->set->npairs, m = k->s.nused;
	const struct an_table pre = { scale_table(cx, &k->s, k->set, false), n,
				      m };
	const struct an_table post = { scale_table(cx, &k->s, k->set, true), n,
				       m };
	struct drift d = { "none", NULL, NULL };

	if (!gate_may(k->w->g, GATE_ITEM, n))
		return d;
	d.how = "mcnemar";
	d.change = ARENA_ARRAY(&cx->arena, struct an_mcnemar, m + 1);
	an_mcnemar_items(&pre, &post, d.change);
	if (!gate_may(k->w->g, GATE_FAIRNESS, n))
		return d;
	d.how = "dif";
	d.dif = dif_by_occasion(k, &pre, &post);
	return d;
}

static const char *verdict(const struct drift *d, size_t j)
{
	const struct an_mcnemar *m = d->change ? &d->change[j] : NULL;

	if (!m)
		return "";
	if (d->dif && d->dif[j].status == AN_OK &&
	    fabs(d->dif[j].delta) - AN_Z975 * d->dif[j].delta_se >
		    SMALLEST_DELTA)
		return "moved";
	if (m->diff < 0.0 && m->p_bh < 0.05)
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

static void put_drift(const struct work *k, const struct drift *d, size_t j,
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
	}
	if (d->dif && d->dif[j].status == AN_OK)
		delta = figure_rounded(
			gate_figure(g, GATE_FAIRNESS,
				    with_se(d->dif[j].delta, d->dif[j].delta_se,
					    k->set->npairs, "dif_mh"),
				    k->set->npairs));
	put_text(o, "drift", verdict(d, j));
	analysis_figure(o, "share_change", &share);
	analysis_figure(o, "delta", &delta);
}

static void put_items(const struct work *k, json_t *out)
{
	const struct drift d = watch_items(k);
	json_t *items = analysis_list(out, "items");
	json_t *left_out = analysis_list(out, "left_out");
	size_t used = 0;

	put_text(out, "drift", d.how);
	for (size_t j = 0; j < k->s.nitems; j++) {
		const struct scale_item *it = &k->s.item[j];
		const struct column *c = &k->s.columns.post[it->column];
		json_t *o = analysis_row(it->left_out ? left_out : items);
		struct figure b;

		analysis_text(o, "text", c->text);
		if (it->left_out) {
			put_text(o, "why", it->left_out);
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

/* How much an answer tells about people at each place of the scale. */
static void put_curve(const struct work *k, json_t *out)
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

/* ---- sessions ------------------------------------------------------------
 */

struct sessions {
	const struct funnel_session *row; /* by start */
	size_t n;
	struct three *three;
	size_t *pairs;
	bool *refused, *shown;
};

static size_t answered_in(const struct answers_set *set, int64_t session_id)
{
	size_t n = 0;

	for (size_t i = 0; i < set->nsheets; i++)
		n += set->sheets[i].session_id == session_id &&
				     (set->sheets[i].moment == MOMENT_PRE ||
				      set->sheets[i].moment == MOMENT_POST)
			     ? 1
			     : 0;
	return n;
}

static void fill_session(const struct work *k, struct sessions *s, size_t at)
{
	struct arena *a = &k->w->cx->arena;
	const size_t room = k->set->npairs + 1;
	double *before = ARENA_ARRAY(a, double, room);
	double *after = ARENA_ARRAY(a, double, room);
	const int64_t id = s->row[at].session_id;
	size_t n = 0, pairs = 0;

	for (size_t i = 0; i < k->set->npairs; i++) {
		if (k->set->pairs[i].pre->session_id != id)
			continue;
		pairs++;
		if (isnan(k->before[i]) || isnan(k->after[i]))
			continue;
		before[n] = k->before[i];
		after[n++] = k->after[i];
	}
	s->pairs[at] = n;
	s->three[at] = three_of(k->w->cx, k->w->g, before, after, n,
				answered_in(k->set, id) - pairs);
	s->refused[at] = is_hidden(&s->three[at]);
}

static enum err read_sessions(const struct work *k, struct sessions *s)
{
	struct arena *a = &k->w->cx->arena;
	size_t *protected;

	TRY(store_funnel_sessions_of_course(k->w->cx, k->w->scope_id, &s->row,
					    &s->n));
	s->three = ARENA_ARRAY(a, struct three, s->n + 1);
	s->pairs = ARENA_ARRAY(a, size_t, s->n + 1);
	s->refused = ARENA_ARRAY(a, bool, s->n + 1);
	s->shown = ARENA_ARRAY(a, bool, s->n + 1);
	protected = ARENA_ARRAY(a, size_t, s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		fill_session(k, s, i);
		protected[i] = s->pairs[i];
	}
	set_refuse(protected, s->refused, s->n);
	gate_groups(k->w->g, GATE_SCORE, protected, s->n, s->shown);
	return OK;
}

/* The course of the sessions; what may not be shown is only counted. */
static enum err put_sessions(const struct work *k, json_t *out)
{
	struct sessions s = { 0 };
	json_t *list = analysis_list(out, "sessions");
	size_t hidden = 0;

	TRY(read_sessions(k, &s));
	for (size_t i = 0; i < s.n; i++) {
		json_t *o;

		if (!s.pairs[i])
			continue;
		if (!s.shown[i]) {
			hidden++;
			continue;
		}
		o = analysis_row(list);
		json_object_set_new(o, "session_id",
				    json_integer(s.row[i].session_id));
		json_object_set_new(o, "run_no", json_integer(s.row[i].run_no));
		json_object_set_new(o, "fiscal_year",
				    json_integer(s.row[i].fiscal_year));
		put_text(o, "starts_at", s.row[i].starts_at);
		json_object_set_new(o, "is_reference",
				    json_boolean(gate_is_reference(
					    GATE_SCORE, s.pairs[i])));
		put_three(o, &s.three[i]);
	}
	put_count(out, "hidden", hidden);
	return OK;
}

/* ---- the whole -----------------------------------------------------------
 */

static void put_model(const struct scale_choice *c, json_t *out)
{
	json_t *o = analysis_object(out, "model");

	put_text(o, "chosen", c->model);
	json_object_set_new(o, "compared", json_boolean(c->compared));
	analysis_number(o, "bic_1pl", c->bic_1pl);
	analysis_number(o, "bic_2pl", c->bic_2pl);
	analysis_number(o, "lr", c->lr);
	analysis_number(o, "df", c->lr_df);
	analysis_number(o, "p", c->lr_p);
	analysis_number(o, "gradient", c->gradient);
}

static void fit(struct work *k)
{
	struct ctx *cx = k->w->cx;

	scale_fit(cx, k->w->g, k->t, &k->s);
	if (k->s.status != AN_OK)
		return;
	k->before = scale_scores(cx, &k->s, k->set->npairs, false);
	k->after = scale_scores(cx, &k->s, k->set->npairs, true);
}

/* All pairs that have both scores. */
static struct three whole(const struct work *k)
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
	return three_of(k->w->cx, k->w->g, before, after, n,
			k->set->n_pre + k->set->n_post - all);
}

/* Of a hundred like those before, how many stood above the mean after. */
static double place_of(const struct three *t)
{
	return is_hidden(t) ? (double)NAN
			    : gate_round_share(an_normal_cdf(-t->after.value),
					       t->after.n);
}

static void hide(struct three *t)
{
	t->before = t->after = t->change = figure_hidden("wle_mean");
}

static enum err course(const struct analysis_work *w, json_t *out)
{
	struct set_twice both;
	struct work k = { .w = w, .t = &both, .set = &both.countable };
	struct three t;

	TRY(set_read_twice(w, &both));
	fit(&k);
	if (k.s.status != AN_OK)
		return analysis_nothing(out, k.s.status, k.s.n,
					k.s.status == AN_TOO_FEW
						? gate_least(w->g, GATE_MODEL)
						: 0);
	analysis_ok(out, k.s.n);
	put_text(out, "scope", "course");
	put_count(out, "pairs", k.set->npairs);
	put_count(out, "nitems", k.s.nitems);
	put_count(out, "nused", k.s.nused);
	analysis_number(out, "reliability", k.s.reliability);
	put_model(&k.s.choice, out);
	t = whole(&k);
	if (is_hidden(&t))
		hide(&t);
	put_three(out, &t);
	analysis_number(out, "place", place_of(&t));
	put_items(&k, out);
	put_curve(&k, out);
	return put_sessions(&k, out);
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
	struct work k = { .w = w, .t = &own, .set = &own.countable };
	json_t *o = analysis_row(y->list);
	struct figure logits;
	struct three t;

	fit(&k);
	analysis_text(o, "title", c->title);
	put_text(o, "status", an_status_name(k.s.status));
	put_count(o, "n", k.s.n);
	put_count(o, "least", gate_least(w->g, GATE_MODEL));
	y->most = k.s.n > y->most ? k.s.n : y->most;
	if (k.s.status != AN_OK)
		return;
	t = whole(&k);
	if (is_hidden(&t))
		hide(&t);
	logits = t.change;
	logits.value *= k.s.logit;
	logits.lo *= k.s.logit;
	logits.hi *= k.s.logit;
	logits = figure_rounded(logits);
	put_count(o, "nused", k.s.nused);
	put_text(o, "model", k.s.choice.model);
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
	put_text(out, "scope", "year");
	put_count(out, "common", common_items(w, &y.t.all));
	return OK;
}

enum err analysis_ability(const struct analysis_work *w, json_t *out)
{
	return w->scope == ANALYSIS_YEAR ? year(w, out) : course(w, out);
}
