/*
 * analysis_codes_model.h: comments counted by the code book, on the page.
 */
#ifndef PAGES_ANALYSIS_CODES_MODEL_H
#define PAGES_ANALYSIS_CODES_MODEL_H

#include "pages/analysis_model.h"

/*
 * m["codes"] from a kept group of comments, whose member "codes" was written
 * by analysis_texts_codes.c; the chart texts_codes.
 */
void analysis_codes_model(const struct words *w, json_t *m, const json_t *group,
			  json_t *charts);

#endif
