/*
 * comments_place.h: what pages that work on the comments of an analysis
 * share: which analysis it is, and what it has kept.
 */
#ifndef PAGES_COMMENTS_PLACE_H
#define PAGES_COMMENTS_PLACE_H

#include "pages/analysis_texts_model.h"

/* From the address; members heading and back of the model. */
enum err comments_place(const struct words *w, json_t *m,
			enum analysis_scope scope,
			struct analysis_place *p) MUST_USE;

/* The kept part "texts", with the marks of what is fit to be shown; NULL:
 * nothing is kept to be shown. */
enum err comments_kept(const struct words *w, const struct analysis_place *p,
		       json_t **texts) MUST_USE;

/* The address of a page beside an analysis: its last part. */
const char *comments_href(const struct words *w, const struct analysis_place *p,
			  const char *last);

#endif
