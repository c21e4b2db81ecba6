/*
 * analysis_reliability_model.c: the part "reliability" on the page.
 */
#include "pages/analysis_model.h"

void analysis_reliability_model(const struct words *w, json_t *m,
				const json_t *part, json_t *charts)
{
	(void)w;
	(void)m;
	(void)part;
	(void)charts;
}
