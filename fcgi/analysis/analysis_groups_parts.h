/*
 * analysis_groups_parts.h: what the files of the part "groups" share.
 */
#ifndef ANALYSIS_ANALYSIS_GROUPS_PARTS_H
#define ANALYSIS_ANALYSIS_GROUPS_PARTS_H

#include "analysis/analysis_grouping.h"
#include "analytics/groups.h"

/* Values of the cases of the score: shares of the points, 0 to 1. */
enum { BEFORE, AFTER, CHANGE, SCORE_VALUES };

struct groups_work {
	const struct analysis_work *w;
	struct org org;
	struct grouping tiers, departments;
	/* pairs and sheets after by tier, as they are shown; other groupings
	 * of the same people look at them */
	struct cases score, ratings;
	/* the ratings: columns, the first is the overall satisfaction when
	 * has_overall */
	const struct column **rating;
	size_t nratings;
	bool has_overall;
};

/* Fill the ratings: overall satisfaction and its parts, those that enough
 * people rated. */
void groups_find_ratings(struct groups_work *k);

/* Cases of all pairs with the three values of the score. */
enum err groups_score_cases(struct groups_work *k, const struct grouping *gr,
			    struct cases *c) MUST_USE;

/* Cases of all sheets after with the ratings as values. */
enum err groups_rating_cases(struct groups_work *k, const struct grouping *gr,
			     struct cases *c) MUST_USE;

/* The course of each case, in a year; NULL otherwise. */
int64_t *groups_course_ids(const struct groups_work *k, const struct cases *c);

/*
 * In a year people come from courses with other items: a value becomes its
 * distance from the mean of its course, and a course with one group only says
 * nothing about groups (its values become NAN). Elsewhere y is value[v].
 */
double *groups_centred(const struct groups_work *k, const struct cases *c,
		       size_t v);

/* The course of each case that is in a group, as a place from 0 (course has
 * c->n places); how many courses there are. */
size_t groups_courses(const struct groups_work *k, const struct cases *c,
		      size_t *course);

/* "tiers": compared by tests. "ratings": the same for satisfaction. */
enum err groups_tiers(struct groups_work *k, json_t *out) MUST_USE;

/* Member "adjusted" of the score: the after-score of each tier at the same
 * score before (analysis of covariance), as distance to the largest tier. */
void groups_put_adjusted(const struct groups_work *k, const struct cases *c,
			 json_t *out);

/* As many digits as are read: more would tell about single answers. */
void groups_put_number(json_t *o, const char *key, double value, double steps);
/* Member "p" of a test of n people, and a test (GATE_CROWD). */
void groups_put_p(json_t *o, double p, size_t n);
void groups_put_f(json_t *o, const char *key, const struct an_f_test *f,
		  size_t n);

/* "units": departments, shrunken, never compared by tests. */
enum err groups_units(struct groups_work *k, json_t *out) MUST_USE;

#endif
