/*
 * verdict.h: what to do with a knowledge item: keep, revise or drop it.
 *
 * The rule, in this order; each word of a reason is one sentence on the page.
 *
 *   undecided  too_few         fewer than 30 people after
 *   drop       known_before    the share right before is surely above .85
 *   revise     key             discrimination surely below .20 and itself
 *                              below 0: the key may be wrong
 *              rival           people who chose a wrong option surely did
 *                              better elsewhere than the others
 *              hard            the share right after is surely below .5
 *              fell            surely fewer are right after than before, by
 *                              more than 5 points
 *              dead            a wrong option that hardly anybody chooses
 *              weak            discrimination surely below .20, and another
 *                              of these reasons, or alpha does not rise
 *                              without it
 *   drop       weak_drop       discrimination surely below .20, nothing else
 *                              explains it, and alpha rises without the item
 *   undecided  easy_unknown    more than .95 right after, and it is not known
 *                              how many were right before
 *   keep       learned         more than .95 right after, fewer before
 *              good            discrimination surely above 0
 *              nothing         nothing speaks against it
 *
 * "Surely": the 95 % interval lies beyond the limit; for key, weak and rival
 * (many at a time) the one-sided p adjusted by Benjamini and Hochberg is below
 * .025 (analytics/items.h). A wrong option is dead when fewer than 5 % chose
 * it and Wilson's upper limit is below an equal part of the wrong answers,
 * after and (when that is known) before; where the wrong answers are too few
 * to give each option 5 %, nothing is said about it at that moment.
 */
#ifndef ANALYSIS_VERDICT_H
#define ANALYSIS_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

enum verdict {
	VERDICT_UNDECIDED,
	VERDICT_KEEP,
	VERDICT_REVISE,
	VERDICT_DROP,
	VERDICTS
};

enum reason {
	REASON_TOO_FEW,
	REASON_KNOWN_BEFORE,
	REASON_KEY,
	REASON_RIVAL,
	REASON_HARD,
	REASON_FELL,
	REASON_DEAD,
	REASON_WEAK,
	REASON_WEAK_DROP,
	REASON_EASY_UNKNOWN,
	REASON_LEARNED,
	REASON_GOOD,
	REASON_NOTHING,
	REASONS
};

/*
 * What is known of an item; NAN where it is not.
 *
 * n                    people after; least: people a verdict needs
 * after, after_hi      share right, upper limit
 * before, before_lo    share right before, lower limit
 * change_hi            upper limit of the change of the share
 * r, r_lo              discrimination, lower limit
 * is_weak              flag AN_ITEM_WEAK
 * has_rival, has_dead  some wrong option is one
 * alpha, alpha_without of the form, and of the form without this item
 */
struct item_facts {
	size_t n, least;
	double after, after_hi, before, before_lo, change_hi, r, r_lo;
	double alpha, alpha_without;
	bool is_weak, has_rival, has_dead;
};

/* reasons: bits 1 << enum reason, at least one. */
struct judgement {
	enum verdict verdict;
	unsigned reasons;
};

struct judgement item_judge(const struct item_facts *f);

/* "keep", "rival": words for the result. */
const char *verdict_word(enum verdict v);
const char *reason_word(enum reason r);

/*
 * A wrong option chosen by x of n people, wrong of whom chose one of the
 * `options` wrong options: 1 dead, 0 alive, -1 cannot be said.
 */
int option_is_dead(size_t x, size_t n, size_t wrong, size_t options);

#endif
