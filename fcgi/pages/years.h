/*
 * years.h: choosing a fiscal year on pages about a year.
 */
#ifndef PAGES_YEARS_H
#define PAGES_YEARS_H

#include "pages/insight_model.h"

/*
 * The year of ?year=, or the one of today, or, where that has no session, the
 * newest that has one. Fills year, year_text and years[{value label chosen}].
 * ERR_NOT_FOUND when ?year= is no year.
 */
enum err years_choose(const struct words *w, json_t *m, int64_t *year) MUST_USE;

#endif
