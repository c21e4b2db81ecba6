/*
 * view_needs.c: what people need (importance against own level) and want.
 */
#include "analytics/needs.h"
#include "analytics/proportion.h"
#include "base/text.h"
#include "insight/memo.h"
#include "insight/needs_order.h"

#include <math.h>

struct need_columns {
	const struct column_need *list;
	size_t k;
	enum moment moment;
};

/* Asked before, as a rule; after, where a survey has it there. */
static struct need_columns choose(struct ctx *cx, const struct answers_set *set)
{
	struct need_columns c = { .moment = MOMENT_PRE };

	c.list = answers_needs(cx, set, c.moment, &c.k);
	if (c.k)
		return c;
	c.moment = MOMENT_POST;
	c.list = answers_needs(cx, set, c.moment, &c.k);
	return c;
}

struct needs_tables needs_tables_read(struct ctx *cx,
				      const struct answers_set *set)
{
	const struct need_columns c = choose(cx, set);
	const struct column **skills =
		ARENA_ARRAY(&cx->arena, const struct column *, c.k + 1);
	double *a, *b;
	size_t rows = 0;

	for (size_t j = 0; j < c.k; j++)
		skills[j] = c.list[j].importance;
	a = ARENA_ARRAY(&cx->arena, double, (set->nsheets + 1) * (c.k + 1));
	b = ARENA_ARRAY(&cx->arena, double, (set->nsheets + 1) * (c.k + 1));
	for (size_t i = 0; i < set->nsheets; i++) {
		if (set->sheets[i].moment != c.moment || !c.k)
			continue;
		for (size_t j = 0; j < c.k; j++) {
			a[rows * c.k + j] = column_points(c.list[j].importance,
							  &set->sheets[i]);
			b[rows * c.k + j] =
				column_points(c.list[j].level, &set->sheets[i]);
		}
		rows++;
	}
	return (struct needs_tables){
		c.moment, skills, { a, rows, c.k }, { b, rows, c.k }
	};
}

void need_hide(struct need_view *v)
{
	v->importance = v->level = v->mwds = v->rds = v->rate =
		figure_hidden("borich_jackknife");
	v->rank = v->rank_rds = 0;
}

static struct figure figure_of(const struct gate *g, const struct an_need *need,
			       double value, double half, const char *method)
{
	const struct an_estimate e = { .value = value,
				       .lo = value - half,
				       .hi = value + half,
				       .n = need->n,
				       .status = need->status,
				       .method = method };

	return gate_figure(g, GATE_OPINION, e, need->n + need->missing);
}

static void fill(const struct gate *g, const struct an_need *need,
		 struct need_view *v)
{
	const double half = (need->mwds_hi - need->mwds_lo) / 2.0;
	const size_t above =
		need->n ? (size_t)llround(need->need_rate * (double)need->n)
			: 0;

	v->importance = figure_of(g, need, need->importance, (double)NAN, "t");
	v->level = figure_of(g, need, need->proficiency, (double)NAN, "t");
	v->mwds = figure_of(g, need, need->mwds, half, "borich_jackknife");
	v->rds = figure_of(g, need, need->rds, (double)NAN, "rds");
	v->rate = gate_share(g, GATE_OPINION, an_wilson(above, need->n, 0.95),
			     need->n + need->missing);
	if (v->mwds.status == AN_OK) {
		v->rank = need->rank_mwds;
		v->rank_rds = need->rank_rds;
	}
}

struct need_view *view_needs_of(struct ctx *cx, const struct gate *g,
				const struct needs_tables *t)
{
	const size_t k = t->importance.k;
	struct an_need *needs = ARENA_ARRAY(&cx->arena, struct an_need, k + 1);
	struct need_view *out = ARENA_ARRAY(&cx->arena, struct need_view, k);

	if (t->importance.n && k)
		memo_needs(&t->importance, &t->level, needs);
	for (size_t j = 0; j < k; j++) {
		out[j].skill = t->skills[j]->skill;
		out[j].text = t->skills[j]->text;
		fill(g, &needs[j], &out[j]);
	}
	return out;
}

void view_needs(struct ctx *cx, const struct gate *g,
		const struct answers_set *set, struct need_view **out,
		size_t *n, size_t *people)
{
	const struct needs_tables t = needs_tables_read(cx, set);

	*n = t.importance.k;
	*people = t.importance.n;
	*out = view_needs_of(cx, g, &t);
}

/* Somebody who ticked at least one topic of the item. */
static bool has_ticked(const struct column *c, const struct sheet *s)
{
	return column_asked(c, s) && !slot_is_reserved(column_code(c, s));
}

void view_wants(struct ctx *cx, const struct gate *g,
		const struct answers_set *set, enum moment moment,
		struct want_view **out, size_t *n)
{
	const struct column *c =
		answers_columns(cx, set, moment, MEASURES_WANT, n);

	*out = ARENA_ARRAY(&cx->arena, struct want_view, *n);
	for (size_t j = 0; j < *n; j++) {
		struct want_view *v = &(*out)[j];
		size_t ticked = 0, people = 0, base = 0;

		for (size_t i = 0; i < set->nsheets; i++) {
			const struct sheet *s = &set->sheets[i];

			if (s->moment != moment || !column_asked(&c[j], s))
				continue;
			base++;
			if (!has_ticked(&c[j], s))
				continue;
			people++;
			ticked += column_code(&c[j], s) == SLOT_TICKED ? 1 : 0;
		}
		v->key = c[j].part;
		v->text = c[j].text;
		v->share = gate_share(g, GATE_OPINION,
				      an_wilson(ticked, people, 0.95), base);
		/* Nobody wants it: that no one asked for it is no secret. */
		if (!ticked && gate_may(g, GATE_OPINION, people)) {
			v->share.value = 0.0;
			v->share.status = AN_OK;
		}
		v->count = v->share.status == AN_OK ? ticked : 0;
	}
}
