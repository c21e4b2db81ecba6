/*
 * analysis_needs.h: the parts of the part "needs".
 *
 * The kept object of it:
 *   year       the fiscal year whose seats it compares with
 *   top        NEEDS_TOP
 *   resamples, tau, is_stable   of the order, as in insight/needs_order.h
 *   skills[]   greatest need first: code, name, importance, level, mwds, rds,
 *              rate (figures), p, p_holm, rank_biserial (signed-rank test of
 *              importance minus level; Holm over the skills), rank, rank_rds,
 *              mean_rank, rank_lo, rank_hi, p_top, tied, rds_differs, final,
 *              seats (of the year, a seat counted for every skill it raises)
 *   unmet[]    needs nobody meets, the greatest first: skill, name, tier (""
 *              for all), tier_name, mwds, rank
 * p of GATE_CROWD people or more are null. For a year besides
 *   tiers[]    code, name, people, is_stable, resamples, skills[] with skill,
 *              mwds, rate, rank, rank_lo, rank_hi, p_top, tied, final,
 *              p_bh (over tiers and skills)
 *   agreement  { tiers, units }: do they order the skills alike? Each has m,
 *              k, w, p, reading ("common", "mixed", "apart", "unclear"),
 *              status; m counts the rows that could be ranked
 *   seats      the same seats by need: total, capacity, tiers[] (code, name,
 *              people: staff), skills[] (skill, name, offered, proposed,
 *              runs, is_short, tiers[]: offered, proposed)
 */
#ifndef ANALYSIS_ANALYSIS_NEEDS_H
#define ANALYSIS_ANALYSIS_NEEDS_H

#include "analysis/analysis.h"
#include "analytics/needs.h"
#include "insight/needs_view.h"

/* What the parts share: the view, and the answers it was made of. */
struct needs_part {
	const struct analysis_work *w;
	const struct needs_view *v;
	const struct answers_set *set;
	struct needs_tables tables; /* of the set */
	/* ntiers x nskills, row after row: the tiers' figures, before the
	 * gate; only for a year */
	struct an_need *raw;
};

/* Read part->raw. */
enum err needs_part_tiers(struct needs_part *part) MUST_USE;

void needs_put_tiers(const struct needs_part *part, json_t *out);
void needs_put_agreement(const struct needs_part *part, json_t *out);
enum err needs_put_seats(const struct needs_part *part, json_t *out) MUST_USE;

/* The staff of each tier of v: as the city states, else as posted today. */
enum err needs_staff(struct ctx *cx, const struct needs_view *v,
		     const int64_t **staff) MUST_USE;

/* rank, mean_rank, rank_lo, rank_hi, p_top, tied, final of a place. */
void needs_put_rank(json_t *o, const struct needs_rank *r);

#endif
