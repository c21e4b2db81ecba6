/*
 * analysis_items.c: how well each knowledge item works, and what to do with it.
 */
#include "analysis/analysis.h"

enum err analysis_items(const struct analysis_work *w, json_t *out)
{
	return analysis_nothing(out, AN_EMPTY, w->set->nsheets, 0);
}
