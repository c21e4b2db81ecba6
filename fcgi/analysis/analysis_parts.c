/*
 * analysis_parts.c: the parts, in the order of the page.
 */
#include "analysis/analysis.h"

#define ALL  (ANALYSIS_SESSION | ANALYSIS_COURSE | ANALYSIS_YEAR)
#define OVER (ANALYSIS_COURSE | ANALYSIS_YEAR)

const struct analysis_part analysis_parts[] = {
	{ "people", ALL, analysis_people },
	{ "change", ALL, analysis_change },
	{ "items", ALL, analysis_items },
	{ "reliability", ALL, analysis_reliability },
	{ "ability", OVER, analysis_ability },
	{ "selfrating", ALL, analysis_selfrating },
	{ "fairness", OVER, analysis_fairness },
	{ "groups", ALL, analysis_groups },
	{ "needs", ALL, analysis_needs },
	{ "drivers", ALL, analysis_drivers },
	{ "texts", ALL, analysis_texts },
	{ "trend", OVER, analysis_trend },
	{ "summary", ALL, analysis_summary },
	{ NULL, 0, NULL },
};
