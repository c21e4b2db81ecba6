/*
 * coverage_model.h: the themes the city wants, against courses and tiers.
 */
#ifndef PAGES_COVERAGE_MODEL_H
#define PAGES_COVERAGE_MODEL_H

#include "pages/insight_model.h"

/*
 * m.coverage: { tiers [name], themes [{ name href courses sessions is_missing
 * cells [{ courses sessions_text is_none }] }] }; a theme that no course
 * treats is a row of its own. Sessions are those of the fiscal year that are
 * open or were held.
 */
enum err coverage_to_model(const struct words *w, json_t *m,
			   int64_t year) MUST_USE;

#endif
