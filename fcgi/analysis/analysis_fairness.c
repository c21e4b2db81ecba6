/*
 * analysis_fairness.c: items that are easier for one tier at the same ability.
 *
 * { status n groups_from classes_from
 *   courses [{ title n
 *     comparisons [{ name n others classes
 *       items [{ text, delta(figure) class favours }] }] }] }
 *   groups_from   people that the tier and its others need each
 *   classes_from  people of both that classes need
 *   courses       only those with a comparison; n: people of a known tier
 *                 who were asked every item
 *   name, n, others  the tier, its people, those of all other tiers
 *   classes       items have a class
 *   delta         ETS scale; above 0 the item is easier for the tier
 *   class         "A", "B", "C"; "" where items have none
 *   favours       "tier", "others": somebody should look at the item (class
 *                 C, or without classes the whole interval beyond what
 *                 matters); "slightly_tier", "slightly_others": class B,
 *                 nothing to do; "none": no difference that matters;
 *                 "unclear"
 * Without any comparison: status "too_few", and n the people of the smaller
 * side that came nearest (0: so few that they would show).
 * Answers before the sessions: what people bring along, no training yet.
 */
#include "analysis/analysis_grouping.h"
#include "analysis/analysis_sets.h"
#include "analytics/dif.h"
#include "insight/smallest.h"

#include <math.h>

/* Points before of those who were asked every item, and their tiers. */
struct work {
	const struct analysis_work *w;
	const struct org *org;
	const struct grouping *tiers;
	const struct column *items;
	size_t k, n;
	double *points;
	size_t *tier;
	size_t *people; /* per tier */
};

/* The whole sheet or nothing: scores over different items are not alike. */
static bool take(struct work *k, const struct sheet *s)
{
	double *row = k->points + k->n * k->k;

	for (size_t j = 0; j < k->k; j++) {
		row[j] = column_points(&k->items[j], s);
		if (isnan(row[j]))
			return false;
	}
	k->tier[k->n] =
		k->tiers->find(k->org, k->tiers, s->tier_id, s->unit_id);
	return k->tier[k->n] != NO_GROUP;
}

static void read(struct work *k, const struct set_twice *t)
{
	struct ctx *cx = k->w->cx;
	const struct sheet **sheets;
	size_t n;

	k->items = answers_columns(cx, &t->all, MOMENT_PRE, MEASURES_KNOWLEDGE,
				   &k->k);
	sheets = set_before(cx, k->w->g, t, &n);
	k->points = ARENA_ARRAY(&cx->arena, double, (n + 1) * (k->k + 1));
	k->tier = ARENA_ARRAY(&cx->arena, size_t, n + 1);
	k->people = ARENA_ARRAY(&cx->arena, size_t, k->tiers->n + 1);
	for (size_t i = 0; i < n; i++)
		if (take(k, sheets[i]))
			k->people[k->tier[k->n++]]++;
}

static const char *favours(const struct figure *f)
{
	static const char *const words[] = {
		[SIZE_NOTHING] = "unclear", [SIZE_ABOVE] = "tier",
		[SIZE_BELOW] = "others",    [SIZE_SAME] = "none",
		[SIZE_SMALL] = "unclear",   [SIZE_UNCLEAR] = "unclear",
	};

	return words[size_of(f, AN_DIF_SMALLEST_DELTA)];
}

/* Only class C is to be looked at. */
static const char *favours_by_class(const struct an_dif *d)
{
	const bool tier = d->delta > 0.0;

	if (*d->ets_class == 'A')
		return "none";
	if (*d->ets_class == 'B')
		return tier ? "slightly_tier" : "slightly_others";
	return tier ? "tier" : "others";
}

static void put_item(const struct work *k, const struct column *c,
		     const struct an_dif *d, bool classes, json_t *list)
{
	const struct an_estimate e = {
		.value = d->delta,
		.lo = d->delta - AN_Z975 * d->delta_se,
		.hi = d->delta + AN_Z975 * d->delta_se,
		.n = k->n,
		.status = d->status,
		.method = "dif_mh",
	};
	const struct figure f =
		figure_rounded(gate_figure(k->w->g, GATE_FAIRNESS, e, k->n));
	const bool judged = classes && d->status == AN_OK;
	json_t *o = analysis_row(list);

	analysis_text(o, "text", c->text);
	analysis_figure(o, "delta", &f);
	analysis_word(o, "class", judged ? d->ets_class : "");
	analysis_word(o, "favours", judged ? favours_by_class(d) : favours(&f));
}

/* One tier (focal) against everybody else. */
static void compare(const struct work *k, size_t tier, json_t *list)
{
	struct arena *a = &k->w->cx->arena;
	const struct an_table t = { k->points, k->n, k->k };
	const bool classes = gate_may(k->w->g, GATE_FAIRNESS_CLASS, k->n);
	bool *focal = ARENA_ARRAY(a, bool, k->n + 1);
	struct an_dif *d = ARENA_ARRAY(a, struct an_dif, k->k + 1);
	json_t *o = analysis_row(list), *items;

	for (size_t i = 0; i < k->n; i++)
		focal[i] = k->tier[i] == tier;
	an_dif_items(&t, focal, d);
	analysis_text(o, "name", k->tiers->name[tier]);
	analysis_count(o, "n", k->people[tier]);
	analysis_count(o, "others", k->n - k->people[tier]);
	analysis_flag(o, "classes", classes);
	items = analysis_list(o, "items");
	for (size_t j = 0; j < k->k; j++)
		put_item(k, &k->items[j], &d[j], classes, items);
}

/* The others are one tier that was compared: the same seen from its side. */
static bool is_mirror(const struct work *k, size_t tier)
{
	for (size_t t = 0; t < tier; t++)
		if (k->people[t] == k->n - k->people[tier])
			return true;
	return false;
}

/* Every tier that, like its others, has enough people; how many were. */
static size_t compare_tiers(const struct work *k, json_t *list)
{
	size_t compared = 0;

	for (size_t t = 0; t < k->tiers->n && k->k > 1; t++) {
		const size_t n = k->people[t];

		if (!gate_may(k->w->g, GATE_FAIRNESS, n) ||
		    !gate_may(k->w->g, GATE_FAIRNESS, k->n - n) ||
		    (compared && is_mirror(k, t)))
			continue;
		compare(k, t, list);
		compared++;
	}
	return compared;
}

/* The smaller side of the comparison that comes nearest. */
static size_t nearest(const struct work *k)
{
	size_t best = 0;

	for (size_t t = 0; t < k->tiers->n; t++) {
		const size_t n = k->people[t], rest = k->n - n;
		const size_t side = n < rest ? n : rest;

		best = side > best ? side : best;
	}
	return best;
}

struct all {
	const struct analysis_work *w;
	struct set_twice t;
	struct org org;
	struct grouping tiers;
	json_t *list;
	size_t people, nearest, compared;
};

static void of_course(struct all *a, const struct set_course *c)
{
	struct ctx *cx = a->w->cx;
	const struct set_twice own = {
		set_of_course(cx, &a->t.all, c->id),
		set_of_course(cx, &a->t.countable, c->id),
	};
	struct work k = { .w = a->w, .org = &a->org, .tiers = &a->tiers };
	json_t *o = json_object(), *list;
	size_t side, compared;

	read(&k, &own);
	analysis_text(o, "title", c->title);
	list = analysis_list(o, "comparisons");
	compared = compare_tiers(&k, list);
	side = nearest(&k);
	a->nearest = side > a->nearest ? side : a->nearest;
	if (!compared)
		return;
	analysis_count(o, "n", k.n);
	json_array_append_new(a->list, o);
	a->compared += compared;
	a->people += k.n;
}

enum err analysis_fairness(const struct analysis_work *w, json_t *out)
{
	struct all a = { .w = w, .list = analysis_list(out, "courses") };
	const struct set_course *courses;
	size_t n;

	TRY(set_read_twice(w, &a.t));
	TRY(org_read(w->cx, &a.org));
	a.tiers = grouping_tiers(w->cx, &a.org);
	TRY(set_courses(w, &a.t.all, &courses, &n));
	for (size_t i = 0; i < n; i++) {
		of_course(&a, &courses[i]);
		TRY(analysis_tell(w, (double)(i + 1) / (double)n));
	}
	analysis_count(out, "groups_from", gate_least(w->g, GATE_FAIRNESS));
	analysis_count(out, "classes_from",
		       gate_least(w->g, GATE_FAIRNESS_CLASS));
	if (!a.compared)
		/* How near it is: not where few people would show. */
		return analysis_nothing(
			out, AN_TOO_FEW,
			gate_may(w->g, GATE_OPINION, a.nearest) ? a.nearest : 0,
			0);
	analysis_ok(out, a.people);
	return OK;
}
