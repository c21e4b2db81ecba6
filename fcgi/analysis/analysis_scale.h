/*
 * analysis_scale.h: the knowledge of a course's people on one scale.
 *
 * The items' parameters come from the answers before the sessions, where
 * nobody was trained yet; then both before and after are scored with them.
 * The unit is the spread of the people before: 0 is their average, 1 one
 * standard deviation, so that sessions with stronger and weaker people and
 * the two moments stand on one scale.
 */
#ifndef ANALYSIS_ANALYSIS_SCALE_H
#define ANALYSIS_ANALYSIS_SCALE_H

#include "analysis/analysis_sets.h"
#include "analytics/irt.h"

/* An item asked before and after. */
struct scale_item {
	size_t column;          /* place in scale.columns */
	struct an_irt_item par; /* unless it is left out */
	/* why it carries no parameters: "constant" (all right or all wrong),
	 * "backwards" (the able are wrong), "few" (too few were asked); NULL */
	const char *left_out;
};

/* How the model was chosen. */
struct scale_choice {
	const char *model;       /* 1pl, 2pl, 2pl_map */
	bool compared;           /* the 2PL could be fitted at all */
	double bic_1pl, bic_2pl; /* NAN when not compared */
	double lr, lr_df, lr_p;  /* likelihood-ratio test 1PL in 2PL */
	double loglik, gradient; /* of the chosen fit */
};

/*
 * n           people before, who carry the parameters
 * item        all items asked before and after, nitems; nused of them on the
 *             scale
 * before, after   ability of every countable pair, in its order
 * reliability of the EAP scores before
 * logit       what one unit of the scale is in logits: the (geometric mean)
 *             slope
 * status      AN_TOO_FEW: fewer people than GATE_MODEL; AN_NOT_IDENTIFIED
 *             (also: fewer than three usable items), AN_NOT_CONVERGED: no
 *             scores
 */
struct scale {
	struct column_pairs columns;
	struct scale_item *item;
	size_t nitems, nused, n;
	struct scale_choice choice;
	struct an_ability *before, *after;
	double reliability, logit;
	enum an_status status;
};

/* t: the answers of one course. Memory is cx->arena. */
void scale_fit(struct ctx *cx, const struct gate *g, const struct set_twice *t,
	       struct scale *out);

/* Weighted likelihood scores of the pairs (after or before), NAN for who
 * answered none of the items. */
double *scale_scores(struct ctx *cx, const struct scale *s, size_t npairs,
		     bool after);

/* Points of the used items, pair by item: pre or post of every pair. */
double *scale_table(struct ctx *cx, const struct scale *s,
		    const struct answers_set *set, bool after);

#endif
