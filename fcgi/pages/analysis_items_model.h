/*
 * analysis_items_model.h: what the files of the part "items" share.
 */
#ifndef PAGES_ANALYSIS_ITEMS_MODEL_H
#define PAGES_ANALYSIS_ITEMS_MODEL_H

#include "pages/analysis_model.h"

/* row["options"] and row["has_options"]: the options of the kept item it,
 * which n people were asked. */
void items_options(const struct words *w, json_t *row, const json_t *it,
		   size_t n);

#endif
