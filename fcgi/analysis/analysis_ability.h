/*
 * analysis_ability.h: what the files of the part "ability" share.
 */
#ifndef ANALYSIS_ANALYSIS_ABILITY_H
#define ANALYSIS_ANALYSIS_ABILITY_H

#include "analysis/analysis.h"

#include "analysis/analysis_scale.h"
#include "analysis/analysis_sets.h"

/* One course on one scale. */
struct ability {
	const struct analysis_work *w;
	const struct set_twice *t;     /* of the course */
	const struct answers_set *set; /* what may be counted of it */
	struct scale s;
	double *before, *after; /* weighted likelihood, per pair */
};

/* Before, after and change of the same pairs; all of them are shown or none. */
struct ability_three {
	struct figure before, after, change;
};

/*
 * Means of n pairs, to 0.01, so that no pattern of answers comes back.
 * base: the people who gave one half of a pair only.
 */
struct ability_three ability_three_of(const struct ability *k,
				      const double *before, const double *after,
				      size_t n, size_t base);
bool ability_is_hidden(const struct ability_three *t);
void ability_put_three(json_t *o, const struct ability_three *t);

/* Members drift, items and left_out: each item, and whether it kept its place
 * on the scale from the first time to the second. */
void ability_put_items(const struct ability *k, json_t *out);

/* Member curve: how much an answer tells at each place of the scale. */
void ability_put_curve(const struct ability *k, json_t *out);

/* Members sessions and hidden: the course of the sessions; what may not be
 * shown is only counted. */
enum err ability_put_sessions(const struct ability *k, json_t *out) MUST_USE;

#endif
