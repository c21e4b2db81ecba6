/*
 * analysis_units.h: what the files about departments share.
 */
#ifndef ANALYSIS_ANALYSIS_UNITS_H
#define ANALYSIS_ANALYSIS_UNITS_H

#include "analysis/analysis_groups_parts.h"
#include "analytics/shrink.h"

#define UNITS_LEAST 5 /* departments that can be compared */

/*
 * One thing compared, and the departments that are shown of it.
 *
 * out, base  n departments: the result, and people who were asked
 * whole      the mean of the departments
 * smallest   the distance from it that matters
 * method     word of the method
 */
struct units {
	const struct groups_work *k;
	enum gate_what what;
	json_t *o;
	size_t n, people;
	struct bilingual *name;
	size_t *base;
	struct an_shrunk *out;
	struct figure whole;
	double smallest;
	const char *method;
};

/* An empty comparison, a row of list with this key. */
struct units units_begin(const struct groups_work *k, enum gate_what what,
			 json_t *list, const char *key);

/*
 * Keep the departments that may be shown; cases of the others leave. Fills
 * name, base and people of u.
 */
void units_choose(struct units *u, struct cases *c, const struct cases *inside);

/* Write down what u holds; status says why when it may not be read. */
void units_finish(const struct units *u, enum an_status status);

/* People whose importance of a skill is above their level, for the skill that
 * most people need. */
enum err units_needs(struct groups_work *k, json_t *list) MUST_USE;

/*
 * Answers after for places held. Counts of answers say nothing about what was
 * answered; departments of few are left out because they show chance only.
 */
enum err units_returns(struct groups_work *k, json_t *list) MUST_USE;

#endif
