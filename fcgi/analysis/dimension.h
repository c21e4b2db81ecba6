/*
 * dimension.h: do the questions of a scale measure one thing?
 */
#ifndef ANALYSIS_DIMENSION_H
#define ANALYSIS_DIMENSION_H

#include "analysis/analysis.h"
#include "analytics/reliability.h"

/*
 * A scale whose omega is asked for.
 *
 * points   people by items, complete
 * items    the questions, points->k of them
 * what     gate of its omega: the check needs as many people
 * divides  right and wrong are 1 and 0, and what sets the one against the
 *          other needs enough people on both sides
 */
struct dimension {
	const struct an_table *points;
	const struct column *const *items;
	enum gate_what what;
	bool divides;
};

/*
 * o["dimension"]: {"status","n","least",
 *   "items":[{"text","loading"}]   standardised; null where it is hidden
 *   "compared"                     pairs of questions that were looked at
 *   "pairs":[{"a","b","residual","sure"}]  those whose residual correlation
 *     is beyond 0.2 either way, the largest first. sure: p of Fisher's z
 *     is below .05 (Benjamini-Hochberg over all that were compared)}
 * Status not_identified: no factor model, or three questions, which one
 * factor always fits.
 */
void dimension_write(const struct analysis_work *w, const struct dimension *d,
		     json_t *o);

#endif
