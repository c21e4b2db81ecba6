/*
 * mcnemar.h: the same yes-or-no item answered twice by the same people.
 */
#ifndef ANALYTICS_MCNEMAR_H
#define ANALYTICS_MCNEMAR_H

#include "analytics/number.h"
#include "analytics/status.h"

/*
 * Change of one item from before to after.
 *
 * n            pairs; b went from wrong to right, c from right to wrong
 * p_pre, p_post, diff   share right before and after, and (b-c)/n
 * p_exact      min(1, 2 P(Bin(b+c, 1/2) <= min(b,c))); p_mid the mid-p
 * diff_adj, diff_lo, diff_hi   Bonett-Price adjusted difference and limits
 * odds_ratio   b/c with the Clopper-Pearson limits of b/(b+c) turned into
 *              odds; NAN for c = 0, as is then the upper limit; the lower
 *              one is 0 for b = 0
 * cohen_g      b/(b+c) - 1/2
 * item_gain    (p_post - p_pre)/(1 - p_pre); NAN when everybody was right
 *
 * When nobody changed (b + c = 0) p is 1, the odds ratio NAN, the status
 * AN_ZERO_VARIANCE. Without pairs it is AN_EMPTY, p is 1 and the limits are
 * -1 and 1: nothing is known.
 * Sources: Q. McNemar (1947); Fagerland, Lydersen and Laake (2014), Stat.
 * Med. 33:2850-2875; Bonett and Price (2012), J. Educ. Behav. Stat.
 * 37:479-488.
 */
struct an_mcnemar {
	size_t n, missing, b, c;
	double p_pre, p_post, diff;
	double p_exact, p_mid;
	double diff_adj, diff_lo, diff_hi;
	double odds_ratio, or_lo, or_hi;
	double cohen_g, item_gain;
	double p_holm, p_bh; /* over the items of one test; NAN for one item */
	enum an_status status;
};

/* From the four counts: both right, b, c, both wrong. */
struct an_mcnemar an_mcnemar(size_t n11, size_t b, size_t c, size_t n00);

/* The same with limits of another level than .95, in (0, 1). */
struct an_mcnemar an_mcnemar_level(size_t n11, size_t b, size_t c, size_t n00,
				   double level);

/*
 * From columns of 0 and 1 (NAN missing): the k items of pre and post, matched
 * row by row and column by column. out has k places. Pairs incomplete in an
 * item are left out of that item only. p_holm and p_bh are filled over the
 * items. AN_BAD_INPUT if the sizes differ or a value is neither 0, 1 nor NAN.
 */
enum an_status an_mcnemar_items(const struct an_table *pre,
				const struct an_table *post,
				struct an_mcnemar *out);

#endif
