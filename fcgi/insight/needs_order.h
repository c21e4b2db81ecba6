/*
 * needs_order.h: how the needs of a group rank, and how far the order can be
 * trusted.
 *
 * The order is by MWDS among the skills that may be shown. People are drawn
 * anew again and again (a bootstrap) and ranked each time; what the ranks do
 * then says which places are sure. Below GATE_RANKING people there is an
 * order, but nothing is said about its places.
 */
#ifndef INSIGHT_NEEDS_ORDER_H
#define INSIGHT_NEEDS_ORDER_H

#include "insight/session_view.h"

#include "analytics/number.h"

#define NEEDS_TOP 3 /* places of the order that are acted on */

/*
 * Importance and own level, sheet by skill, on the same anchors; NAN where
 * somebody did not answer. skills: the columns of importance; moment: of the
 * sheets.
 */
struct needs_tables {
	enum moment moment;
	const struct column **skills;
	struct an_table importance, level;
};

/* From the sheets before (after, where a survey asks it only there). */
struct needs_tables needs_tables_read(struct ctx *cx,
				      const struct answers_set *set);

/* No figure of this cell is shown. */
void need_hide(struct need_view *v);

/* view_needs() of tables that are read already; a cell a skill. */
struct need_view *view_needs_of(struct ctx *cx, const struct gate *g,
				const struct needs_tables *tables);

/*
 * One skill in the order.
 *
 * mwds                       BCa interval from 40 people on, else jackknife
 * rank, rank_rds             1 is the greatest need; 0: hidden
 * mean_rank, rank_lo, _hi    over the resamples, 95 %; NAN without them
 * p_top                      share of resamples among the first NEEDS_TOP
 * tied                       number of its group of equal rank (同順位群):
 *                            skills whose rank intervals overlap; 0: none
 * rds_differs                its rank by RDS is more than 2 places away
 * final                      p_top is .8 or more
 */
struct needs_rank {
	size_t skill; /* column of the tables */
	struct figure mwds;
	size_t rank, rank_rds;
	double mean_rank, rank_lo, rank_hi, p_top;
	size_t tied;
	bool rds_differs, final;
};

/* Greatest need first, hidden ones last. */
struct needs_order {
	struct needs_rank *ranks;
	size_t n;
	size_t resamples; /* behind the places; 0: none */
	double tau;       /* mean Kendall tau of a resample with the order */
	bool is_stable;   /* the first NEEDS_TOP are final */
};

/*
 * cells: what view_needs() says of the same people, after the gate; people:
 * how many different ones they are. Memory is cx->arena.
 */
struct needs_order needs_order(struct ctx *cx, const struct gate *g,
			       const struct needs_tables *tables,
			       const struct need_view *cells, size_t people);

#endif
