/*
 * analysis_groups_model.h: the files of the part "groups" on the page.
 */
#ifndef PAGES_ANALYSIS_GROUPS_MODEL_H
#define PAGES_ANALYSIS_GROUPS_MODEL_H

#include "pages/analysis_model.h"

/* Fill m.units from the kept list: one row a thing compared. */
void analysis_units_model(const struct words *w, json_t *m, const json_t *units,
			  json_t *charts);

#endif
