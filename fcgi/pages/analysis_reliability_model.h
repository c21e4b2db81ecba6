/*
 * analysis_reliability_model.h: the rooms of the part "reliability".
 */
#ifndef PAGES_ANALYSIS_RELIABILITY_MODEL_H
#define PAGES_ANALYSIS_RELIABILITY_MODEL_H

#include "pages/analysis_model.h"

/* The name of a kept scale: its course's in a year, else what it is. */
const char *reliability_scale_name(const struct words *w, const json_t *scale);

/*
 * Do the questions of each score measure one thing (analysis/dimension.h)?
 * m: { what, has_scores, scores: [{ name, n_text, statement, weak_text,
 * has_pairs, pairs[{ a, b, residual_text, sure, says }],
 * items[{ text, loading_text }] }], open: [{ why, names }] }
 */
void analysis_dimension_model(const struct words *w, json_t *m,
			      const json_t *scales);

#endif
