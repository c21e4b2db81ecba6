/*
 * analysis_fairness.c: items that are easier for one tier at the same ability.
 */
#include "analysis/analysis.h"

enum err analysis_fairness(const struct analysis_work *w, json_t *out)
{
	return analysis_nothing(out, AN_EMPTY, w->set->nsheets, 0);
}
