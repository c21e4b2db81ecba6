/*
 * text_data.h: morphemes and the three rules; private to text*.c.
 */
#ifndef ANALYTICS_TEXT_DATA_H
#define ANALYTICS_TEXT_DATA_H

#include "analytics/text.h"

struct an_morpheme {
	const char *surface, *pos, *sub; /* part of speech and its first kind */
	const char *base;                /* with the mark of negation */
	const char *stem;                /* base without it */
	const char *conjugation;         /* its kind: "一段" */
};

/* n bytes and a 0. */
char *an_text_copy(struct an_scratch *s, const char *text, size_t n);

/* The morphemes of a normalised text. */
struct an_morpheme *an_text_cut(struct an_tagger *tagger, struct an_scratch *s,
				const char *text, size_t *n);

bool an_words_have(const struct an_words *w, const char *word);

/* Rule A, in place; the new number of morphemes. */
size_t an_text_merge(struct an_scratch *s, struct an_morpheme *m, size_t n,
		     const struct an_words *terms);

/* Rules B and C, in place; fills stem; the new number. */
size_t an_text_attach(struct an_scratch *s, struct an_morpheme *m, size_t n);

/* Is the word worth counting? */
bool an_text_keep(const struct an_morpheme *m, const struct an_words *stop);

#endif
