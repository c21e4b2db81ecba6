/*
 * code_model.h: reading a sample of comments, as page_codes.c shows it.
 */
#ifndef PAGES_CODE_MODEL_H
#define PAGES_CODE_MODEL_H

#include "pages/code_check.h"
#include "pages/comments_place.h"

/* What a request works on. */
struct code_check {
	const struct words *w;
	const struct analysis_place *place;
	json_t *texts;        /* kept part; NULL: none */
	const json_t *codes;  /* its part "codes" */
	struct code_sample s; /* id 0: none is drawn */
	bool can_draw;
	const struct code_reader *readers;
	size_t nreaders, finished;
	const struct code_reader *me;
	const struct code_reading *mine; /* by place, gaps left out */
	size_t nmine;
};

/* The page at a comment. */
const char *code_href(const struct code_check *c, int64_t place);

/* The comment asked for (?at=), else the first unread, with its codes; at the
 * end is_through. ERR_NOT_FOUND for a place that is none. */
enum err code_model_reading(const struct code_check *c, json_t *m) MUST_USE;

/* Who reads and how far; what came of it, once two have finished. */
void code_model_readers(const struct code_check *c, json_t *m);
enum err code_model_results(const struct code_check *c, json_t *m) MUST_USE;

#endif
