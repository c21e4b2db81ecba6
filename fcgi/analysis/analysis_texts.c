/*
 * analysis_texts.c: terms, their network, themes and typical comments.
 */
#include "analysis/analysis.h"

enum err analysis_texts(const struct analysis_work *w, json_t *out)
{
	return analysis_nothing(out, AN_EMPTY, w->set->nsheets, 0);
}
