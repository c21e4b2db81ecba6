/*
 * analysis_texts_codes.h: comments sorted into the cells of the code book, and
 * which cells may be shown.
 */
#ifndef ANALYSIS_ANALYSIS_TEXTS_CODES_H
#define ANALYSIS_ANALYSIS_TEXTS_CODES_H

#include "analysis/analysis_texts.h"
#include "insight/codebook.h"

/*
 * cells  of a comment: the codes, then none of them
 * in     comments * cells: which comment is in which cell
 * loose  the same: the comment is on no page that shows the cell
 * order  places in the group by course, then session
 * here   of each comment in g->t->list: the page that is looked at has it
 */
struct codes {
	const struct texts_group *g;
	struct codebook book;
	size_t cells, *order;
	bool *in, *loose, *here;
};

/* Room for all but the book, which is there; in is for the caller to fill. */
void codes_begin(struct codes *c);

/* Which cells of the group's page may be shown; order is changed. */
void codes_find_shown(struct codes *c, bool *shown);

/* How many comments are in cell j; gives the people behind them, at least. */
size_t codes_people(const struct codes *c, size_t j, size_t *n);

#endif
