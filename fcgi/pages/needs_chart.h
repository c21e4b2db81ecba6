/*
 * needs_chart.h: skills by how important they are and how able people feel.
 */
#ifndef PAGES_NEEDS_CHART_H
#define PAGES_NEEDS_CHART_H

#include "pages/insight_model.h"

/* A skill; a hidden one is left out. */
struct needs_point {
	const char *label;
	struct figure importance, level; /* points of five */
};

/* The quadrant: level across, importance up, cut at the means of the points. */
void needs_quadrant(const struct words *w, json_t *charts, const char *name,
		    const struct needs_point *points, size_t n);

/* "1–3", or a dash while nothing is known about the rank. */
const char *rank_range_text(const struct words *w, double lo, double hi);

/* The group of equal rank as a letter, "A" first; "" without one. */
const char *tied_text(const struct words *w, size_t tied);

/* "index 9.65, rank 3–4" */
const char *needs_place_text(const struct words *w, const struct figure *mwds,
			     double lo, double hi);

/* The list with one more name in quotes; it begins as "". */
const char *needs_name_added(const struct words *w, const char *list,
			     const char *name);

/*
 * How sure the first places are. sure: names of the final ones; open: of
 * those that may be among the first besides; either may be "".
 */
struct needs_sure {
	bool has_places; /* there were enough people to resample */
	bool is_stable;
	const char *sure, *open;
};
const char *needs_sure_text(const struct words *w, const struct needs_sure *s);

#endif
