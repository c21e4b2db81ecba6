/*
 * text_lists.h: the lists of words by which free text is read.
 *
 * They are files that people edit: CONTENT/words/NAME.txt, see its README. A
 * file that is not there, or is no UTF-8, is an empty list.
 */
#ifndef INSIGHT_TEXT_LISTS_H
#define INSIGHT_TEXT_LISTS_H

#include "analytics/text.h"
#include "base/ctx.h"

/* Ways to write one word; it counts as the first of them. */
struct text_same {
	const char *word, *as;
};

struct text_lists {
	struct an_text_rules rules;
	const struct text_same *same; /* by word, for bsearch() */
	size_t nsame;
	bool is_default; /* 標準設定（要編集）: nobody has edited them yet */
};

/* All of them; they live in cx->arena. */
void text_lists_read(struct ctx *cx, struct text_lists *out);

/*
 * The list "blank" alone, as pages read it at each request: the process keeps
 * it until the file changes. The words hold until the next call.
 */
struct an_words text_list_blank(struct ctx *cx);

/*
 * The word by which this one is counted; a mark of negation stays. Lives in
 * cx->arena or is word itself.
 */
const char *text_lists_same(struct ctx *cx, const struct text_lists *lists,
			    const char *word);

#endif
