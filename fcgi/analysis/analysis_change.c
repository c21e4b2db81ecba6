/*
 * analysis_change.c: attrition, power and reliable change of the knowledge
 * score.
 */
#include "analysis/analysis.h"

enum err analysis_change(const struct analysis_work *w, json_t *out)
{
	return analysis_nothing(out, AN_EMPTY, w->set->nsheets, 0);
}
