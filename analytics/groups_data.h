/*
 * groups_data.h: values sorted into their groups; private to groups*.c.
 */
#ifndef ANALYTICS_GROUPS_DATA_H
#define ANALYTICS_GROUPS_DATA_H

#include "analytics/groups.h"
#include "analytics/memory.h"

/*
 * Group j holds y[from[j]] .. y[from[j+1]-1], ascending, as distances from
 * origin: subtracting a value of the data is exact where digits matter.
 */
struct an_split {
	size_t n, k;
	size_t *from;
	double *y;
	double origin;
};

/* AN_OK, AN_NOT_FINITE or AN_BAD_INPUT. */
enum an_status an_groups_split(struct an_scratch *work, const double *y,
			       const size_t *group, size_t n, size_t k,
			       struct an_split *s);

/* Fill the k(k-1)/2 comparisons; rank over all values, ties = sum t^3-t. */
void an_group_pairs(const struct an_split *s, const struct an_group *g,
		    const double *rank, double ties,
		    struct an_group_pair *pair);

/* Limits of epsilon2, and the rank correlation with the order of groups. */
void an_groups_effects(struct an_groups *o, const struct an_split *s);

#endif
