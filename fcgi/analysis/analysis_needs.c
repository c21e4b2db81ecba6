/*
 * analysis_needs.c: needs with intervals, stability of their order, agreement.
 *
 * The year is that of /needs (needs_view_read), so that both say the same.
 */
#include "analysis/analysis_needs.h"

#include "insight/answers_parts.h"

#include <math.h>
#include <stdlib.h>

void needs_put_rank(json_t *o, const struct needs_rank *r)
{
	analysis_count(o, "rank", r->rank);
	analysis_number(o, "mean_rank", r->mean_rank);
	analysis_number(o, "rank_lo", r->rank_lo);
	analysis_number(o, "rank_hi", r->rank_hi);
	analysis_number(o, "p_top", r->p_top);
	analysis_count(o, "tied", r->tied);
	analysis_flag(o, "final", r->final);
}

/* The skills in their order. */
static void put_skills(const struct needs_part *part, json_t *out)
{
	const struct needs_view *v = part->v;
	const struct needs_order *order = &v->all.order;
	struct an_need *raw = ARENA_ARRAY(&part->w->cx->arena, struct an_need,
					  v->nskills + 1);
	const bool tested = an_needs(&part->tables.importance,
				     &part->tables.level, raw) == AN_OK;
	json_t *list = analysis_list(out, "skills");

	analysis_int(out, "top", NEEDS_TOP);
	analysis_count(out, "resamples", order->resamples);
	analysis_number(out, "tau", order->tau);
	analysis_flag(out, "is_stable", order->is_stable);
	for (size_t i = 0; i < order->n; i++) {
		const struct needs_rank *r = &order->ranks[i];
		const struct need_view *c = &v->all.cells[r->skill];
		const struct an_need *one = &raw[r->skill];
		const size_t n = r->mwds.n;
		const bool shown = tested && gate_has(&r->mwds);
		json_t *o = analysis_row(list);

		analysis_word(o, "code", v->skills[r->skill].code);
		analysis_text(o, "name", v->skills[r->skill].name);
		analysis_figure(o, "importance", &c->importance);
		analysis_figure(o, "level", &c->level);
		analysis_figure(o, "mwds", &r->mwds);
		analysis_figure(o, "rds", &c->rds);
		analysis_figure(o, "rate", &c->rate);
		analysis_number(o, "p",
				shown ? gate_p(one->p_gap, n) : (double)NAN);
		analysis_number(o, "p_holm",
				shown ? gate_p(one->p_gap_holm, n)
				      : (double)NAN);
		analysis_number(o, "rank_biserial",
				shown ? one->rank_biserial : (double)NAN);
		needs_put_rank(o, r);
		analysis_count(o, "rank_rds", r->rank_rds);
		analysis_flag(o, "rds_differs", r->rds_differs);
		analysis_int(o, "seats", v->skills[r->skill].seats);
	}
}

/* One need nobody meets. */
struct unmet {
	size_t skill, rank;
	const struct needs_group *tier; /* NULL: nobody anywhere */
	const struct figure *mwds;
};

static int by_size(const void *a, const void *b)
{
	const double x = ((const struct unmet *)a)->mwds->value;
	const double y = ((const struct unmet *)b)->mwds->value;

	return x < y ? 1 : x > y ? -1 : 0;
}

/* High, surely above the own level, and without a seat for this group. */
static bool is_unmet(const struct needs_view *v, const struct needs_group *g,
		     size_t skill)
{
	const struct need_view *c = &g->cells[skill];

	return c->mwds.status == AN_OK && c->mwds.lo > 0.0 &&
	       c->rank <= NEEDS_TOP &&
	       !needs_seats(v, v->skills[skill].code, g->tier_code);
}

static void put_unmet(const struct needs_part *part, json_t *out)
{
	const struct needs_view *v = part->v;
	struct unmet *u = ARENA_ARRAY(&part->w->cx->arena, struct unmet,
				      (v->ntiers + 1) * v->nskills + 1);
	json_t *list = analysis_list(out, "unmet");
	size_t n = 0;

	for (size_t j = 0; j < v->nskills; j++) {
		if (is_unmet(v, &v->all, j)) {
			u[n++] = (struct unmet){ j, v->all.cells[j].rank, NULL,
						 &v->all.cells[j].mwds };
			continue; /* its tiers would say the same again */
		}
		for (size_t t = 0; t < v->ntiers; t++)
			if (is_unmet(v, &v->tiers[t], j))
				u[n++] = (struct unmet){
					j, v->tiers[t].cells[j].rank,
					&v->tiers[t], &v->tiers[t].cells[j].mwds
				};
	}
	if (n)
		qsort(u, n, sizeof(*u), by_size);
	for (size_t i = 0; i < n; i++) {
		const struct needs_group *tier = u[i].tier;
		json_t *o = analysis_row(list);

		analysis_word(o, "skill", v->skills[u[i].skill].code);
		analysis_text(o, "name", v->skills[u[i].skill].name);
		analysis_word(o, "tier", tier ? tier->tier_code : "");
		analysis_text(o, "tier_name",
			      (struct bilingual){ tier ? tier->name : "",
						  tier && tier->name_en
							  ? tier->name_en
							  : "" });
		analysis_figure(o, "mwds", u[i].mwds);
		analysis_count(o, "rank", u[i].rank);
	}
}

/* The year's groups: tiers, units, and what follows for the seats. */
static enum err put_groups(struct needs_part *part, json_t *out)
{
	TRY(needs_part_tiers(part));
	needs_put_tiers(part, out);
	needs_put_agreement(part, out);
	return needs_put_seats(part, out);
}

enum err analysis_needs(const struct analysis_work *w, json_t *out)
{
	const bool is_year = w->scope == ANALYSIS_YEAR;
	struct answers_set all = *w->set;
	struct needs_part part = { .w = w, .set = &all };
	struct needs_view v;

	if (is_year) {
		TRY(answers_read(w->cx, w->of, &all));
		answers_countable_before(w->cx, w->g, &all);
		TRY(needs_view_read(w->cx, w->g, w->scope_id, DB_NULL, &v));
	} else {
		TRY(needs_view_of_set(w->cx, w->g, w->of, w->set, &v));
	}
	part.v = &v;
	part.tables = needs_tables_read(w->cx, &all);
	if (!v.nskills)
		return analysis_nothing(out, AN_EMPTY, all.nsheets, 0);
	if (!v.all.shown)
		return analysis_nothing(out, AN_TOO_FEW, v.answered,
					gate_least(w->g, GATE_OPINION));
	analysis_ok(out, v.all.people);
	analysis_int(out, "year", v.fiscal_year);
	put_skills(&part, out);
	TRY(analysis_tell(w, 0.5));
	put_unmet(&part, out);
	return is_year ? put_groups(&part, out) : OK;
}
