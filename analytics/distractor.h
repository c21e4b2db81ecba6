/*
 * distractor.h: what people chose in multiple-choice items.
 */
#ifndef ANALYTICS_DISTRACTOR_H
#define ANALYTICS_DISTRACTOR_H

#include "analytics/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AN_OMITTED SIZE_MAX /* nothing was chosen; counts as wrong */

/*
 * One option of one item, or (the last of each item) leaving it out.
 *
 * n, share          people who chose it
 * mean_rest         their mean score on the other items; NAN for nobody.
 *                   Hide it below 5 people
 * r                 correlation of choosing it with the rest score
 * share_upper, share_lower   share in the upper and the lower 27 %
 * functioning       a distractor that at least 5 % chose, more of them weak
 * dead              a distractor that fewer than 5 % chose
 * rivals_key        a distractor with r above the key's, or with Fisher's
 *                   lower 95 % limit of r above 0: two right answers, or a
 *                   wrong key
 * backwards         the key, when its r is 0 or below: who is right does no
 *                   better on the other items
 */
struct an_option {
	size_t n;
	double share, mean_rest, r, share_upper, share_lower;
	bool is_key, functioning, dead, rivals_key, backwards;
};

struct an_choices {
	size_t n, upper_n, lower_n;
	enum an_status status;
};

/*
 * choice   n rows by k items of option numbers 0 .. options-1, or AN_OMITTED
 * key      the right option of each item
 * out      k * (options + 1) places: each item's options, then "omit"
 *
 * Warnings need 30 people: below that dead, rivals_key and backwards are
 * false.
 * AN_EMPTY without people, AN_BAD_INPUT for an option number out of range,
 * AN_ZERO_VARIANCE when all totals are equal: r then only mirrors the item.
 * Source: Haladyna and Downing (1993), Educ. Psychol. Meas. 53:999-1010.
 */
struct an_choices an_distractors(const size_t *choice, size_t n, size_t k,
				 const size_t *key, size_t options,
				 struct an_option *out);

#endif
