/*
 * mask_parts.h: what the files of the mask share. Not for others.
 */
#ifndef INSIGHT_MASK_PARTS_H
#define INSIGHT_MASK_PARTS_H

#include "insight/mask.h"

#include <stdint.h>

enum mask_kind {
	MASK_NOTHING,
	MASK_PERSON,
	MASK_UNIT,
	MASK_PLACE,
	MASK_DAY,
	MASK_PHONE,
	MASK_MAIL,
	MASK_NUMBER
};

/* A text as n characters, and what of it is masked. */
struct mask_line {
	struct arena *a;
	const char *text;
	size_t n;
	uint32_t *c; /* half-width, dashes as one */
	size_t *at;  /* byte of the character; n+1 places */
	unsigned char *kind;
};

struct mask_line mask_line_new(struct arena *a, const char *text);

/* What is masked already stays as it is. */
void mask_mark(struct mask_line *l, size_t from, size_t to,
	       enum mask_kind kind);

#define MASK_FIRST 4096u

/* first: a bit for each character, folded, that a word begins with. Most
 * characters of a comment begin no name. */
struct name_list {
	const char **word;
	size_t n, capacity;
	unsigned char first[MASK_FIRST / 8];
};

struct mask {
	struct arena *a;
	struct an_tagger *tagger;
	const struct an_words *terms;
	struct name_list family, given, whole, unit;
};

void mask_numbers(struct mask_line *l);
void mask_names(const struct mask *m, struct mask_line *l);

#endif
