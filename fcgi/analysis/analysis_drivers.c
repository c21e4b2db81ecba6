/*
 * analysis_drivers.c: what overall satisfaction goes with.
 */
#include "analysis/analysis.h"

enum err analysis_drivers(const struct analysis_work *w, json_t *out)
{
	return analysis_nothing(out, AN_EMPTY, w->set->nsheets, 0);
}
