/*
 * analysis_trend.c: the course of the figures and three years ahead.
 */
#include "analysis/analysis.h"

enum err analysis_trend(const struct analysis_work *w, json_t *out)
{
	return analysis_nothing(out, AN_EMPTY, w->set->nsheets, 0);
}
