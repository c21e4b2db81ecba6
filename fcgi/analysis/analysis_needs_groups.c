/*
 * analysis_needs_groups.c: the needs of tiers, and whether tiers and units
 * agree about what comes first.
 */
#include "analysis/analysis_needs.h"

#include "analytics/adjust.h"
#include "base/text.h"

#include <math.h>

#define SURE   0.05 /* agreement that chance may have made has no reading */
#define APART  0.3
#define COMMON 0.7

/* The sheets of one tier. */
static struct answers_set of_tier(const struct needs_part *part,
				  const struct answers_tier *tiers, size_t n,
				  const char *code)
{
	struct answers_set set = *part->set;

	set.sheets =
		ARENA_ARRAY(&part->w->cx->arena, struct sheet, set.nsheets + 1);
	set.nsheets = set.npairs = 0;
	for (size_t i = 0; i < part->set->nsheets; i++) {
		const struct sheet *s = &part->set->sheets[i];
		bool is = false;

		for (size_t k = 0; k < n; k++)
			is |= tiers[k].id == s->tier_id &&
			      text_equals(tiers[k].code, code);
		if (is)
			set.sheets[set.nsheets++] = *s;
	}
	return set;
}

enum err needs_part_tiers(struct needs_part *part)
{
	const struct needs_view *v = part->v;
	const struct answers_tier *tiers;
	size_t n;

	TRY(store_answers_tiers(part->w->cx, &tiers, &n));
	part->raw = ARENA_ARRAY(&part->w->cx->arena, struct an_need,
				v->ntiers * v->nskills + 1);
	for (size_t t = 0; t < v->ntiers; t++) {
		const struct answers_set own =
			of_tier(part, tiers, n, v->tiers[t].tier_code);
		const struct needs_tables tab =
			needs_tables_read(part->w->cx, &own);

		if (tab.importance.n)
			an_needs(&tab.importance, &tab.level,
				 part->raw + t * v->nskills);
	}
	return OK;
}

/* p of the shown cells, adjusted over all of them. */
static const double *adjusted(const struct needs_part *part)
{
	const struct needs_view *v = part->v;
	const size_t cells = v->ntiers * v->nskills;
	double *p = ARENA_ARRAY(&part->w->cx->arena, double, cells + 1);

	for (size_t i = 0; i < cells; i++) {
		const struct need_view *c =
			&v->tiers[i / v->nskills].cells[i % v->nskills];

		p[i] = gate_has(&c->mwds) ? part->raw[i].p_gap : (double)NAN;
	}
	an_benjamini_hochberg(p, cells, p);
	return p;
}

static void put_tier(json_t *o, const struct needs_view *v,
		     const struct needs_group *g, const double *p)
{
	json_t *skills;

	analysis_word(o, "code", g->tier_code);
	analysis_text(o, "name",
		      (struct bilingual){ g->name,
					  g->name_en ? g->name_en : "" });
	analysis_count(o, "people", g->people);
	analysis_count(o, "resamples", g->order.resamples);
	analysis_flag(o, "is_stable", g->order.is_stable);
	skills = analysis_list(o, "skills");
	for (size_t i = 0; i < g->order.n; i++) {
		const struct needs_rank *r = &g->order.ranks[i];
		json_t *s = analysis_row(skills);

		analysis_word(s, "skill", v->skills[r->skill].code);
		analysis_text(s, "name", v->skills[r->skill].name);
		analysis_figure(s, "mwds", &r->mwds);
		analysis_figure(s, "rate", &g->cells[r->skill].rate);
		analysis_number(s, "p_bh", gate_p(p[r->skill], r->mwds.n));
		needs_put_rank(s, r);
	}
}

void needs_put_tiers(const struct needs_part *part, json_t *out)
{
	const struct needs_view *v = part->v;
	const double *p = adjusted(part);
	json_t *list = analysis_list(out, "tiers");

	for (size_t t = 0; t < v->ntiers; t++)
		if (v->tiers[t].shown)
			put_tier(analysis_row(list), v, &v->tiers[t],
				 p + t * v->nskills);
}

/* Is every skill of the group shown? Else it cannot be ranked. */
static bool is_whole(const struct needs_group *g, size_t nskills)
{
	for (size_t j = 0; j < nskills; j++)
		if (!gate_has(&g->cells[j].mwds))
			return false;
	return true;
}

static const char *reading_of(const struct an_concordance *c)
{
	if (!(c->p_f < SURE))
		return "unclear";
	return c->w < APART ? "apart" : c->w > COMMON ? "common" : "mixed";
}

static void agreement(const struct needs_part *part, json_t *o,
		      const struct needs_group *groups, size_t n)
{
	struct arena *a = &part->w->cx->arena;
	const size_t k = part->v->nskills;
	double *x = ARENA_ARRAY(a, double, n *k + 1);
	double *sums = ARENA_ARRAY(a, double, k + 1);
	struct an_table t = { x, 0, k };
	struct an_concordance c;

	for (size_t i = 0; i < n; i++) {
		if (!groups[i].shown || !is_whole(&groups[i], k))
			continue;
		for (size_t j = 0; j < k; j++)
			x[t.n * k + j] = -groups[i].cells[j].mwds.value;
		t.n++;
	}
	c = an_kendall_w(&t, sums);
	analysis_count(o, "m", t.n);
	analysis_count(o, "k", k);
	analysis_word(o, "status", an_status_name(c.status));
	if (c.status != AN_OK)
		return;
	analysis_number(o, "w", c.w);
	analysis_number(o, "p", c.p_f);
	analysis_word(o, "reading", reading_of(&c));
}

void needs_put_agreement(const struct needs_part *part, json_t *out)
{
	const struct needs_view *v = part->v;
	json_t *o = analysis_object(out, "agreement");

	agreement(part, analysis_object(o, "tiers"), v->tiers, v->ntiers);
	agreement(part, analysis_object(o, "units"), v->units, v->nunits);
}
