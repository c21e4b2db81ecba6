/*
 * analysis_ability_model.h: the files of the part "ability" on the page.
 */
#ifndef PAGES_ANALYSIS_ABILITY_MODEL_H
#define PAGES_ANALYSIS_ABILITY_MODEL_H

#include "pages/analysis_model.h"

/* "+0.94", "-0.10": a place on the scale always has its sign. */
const char *ability_place_text(const struct words *w, double at);

/* Lines in a chart where people stand on average, before and after. */
void ability_people_marks(const struct words *w, json_t *chart,
			  const json_t *part);

/* The information of the test and its items, a table and a chart of it. */
void ability_curve_model(const struct words *w, json_t *m, const json_t *part,
			 json_t *charts);

#endif
