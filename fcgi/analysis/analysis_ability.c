/*
 * analysis_ability.c: ability on one scale over all sessions.
 */
#include "analysis/analysis.h"

enum err analysis_ability(const struct analysis_work *w, json_t *out)
{
	return analysis_nothing(out, AN_EMPTY, w->set->nsheets, 0);
}
