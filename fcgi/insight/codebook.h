/*
 * codebook.h: the code book by which comments are counted.
 *
 * It is a document that people edit: CONTENT/codebook/codebook.xml, by the
 * schema codebook.rng. Like the lists of words it is read when an analysis
 * computes; "terakoya load content" says what is wrong with it.
 */
#ifndef INSIGHT_CODEBOOK_H
#define INSIGHT_CODEBOOK_H

#include "analytics/codes.h"
#include "insight/text_lists.h"
#include "survey/survey.h"

struct codebook {
	size_t n;
	const char **id; /* of each code */
	struct bilingual *name;
	struct an_code *code; /* words as text_lists_same() counts them */
	bool is_default;      /* 標準設定（要編集） */
	const char *version;  /* another with other codes or rules; 32 hex */
};

/*
 * In cx->arena. A document that is not there or does not fit its schema is a
 * book without codes.
 */
void codebook_read(struct ctx *cx, const struct text_lists *lists,
		   struct codebook *out);

#endif
