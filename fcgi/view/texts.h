/*
 * texts.h: what the interface says, in each language.
 *
 * CONTENT/lang/ja/AREA.json and CONTENT/lang/en/AREA.json are flat objects of
 * "area.thing": "text". All files of a language form one catalogue; it is read
 * at start-up into plain structs and never changes. In a text {name} stands
 * for a value. A count may have a second text, "area.thing.one", for exactly
 * one of it, in the languages that say so differently.
 *
 * Write the key as a literal in the call (text_of(t, lang, "home.title")) or,
 * where keys sit in a table, mark them with TEXT_KEY("home.title"): the test
 * tests/views/texts.t finds missing and unused keys by these forms.
 */
#ifndef VIEW_TEXTS_H
#define VIEW_TEXTS_H

#include "base/arena.h"
#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct texts;

/* A key in a table, for the test that looks for unused keys. */
#define TEXT_KEY(key) (key)

/*
 * Read the catalogues of a content folder; they live in a. NULL when a file
 * is unreadable, no flat object, or repeats a key; error says which (n bytes).
 * For start-up: Jansson's memory is the process's own afterwards.
 */
const struct texts *texts_load(struct arena *a, const char *content,
			       char *error, size_t n);

/* The text; in the other language if this one lacks it; else the key. */
const char *text_of(const struct texts *t, enum lang lang, const char *key);

/* The same with a key of n bytes; NULL when no language has it. */
const char *text_find(const struct texts *t, enum lang lang, const char *key,
		      size_t n);

/*
 * Fill {name}s: text_fill(a, "{n} of {all}", "n", "3", "all", "9", NULL).
 * A name that is not given stays as it is. The result lives in a.
 */
const char *text_fill(struct arena *a, const char *text, ...)
	__attribute__((sentinel));

/* The text with {n} filled by a count, or its ".one" in this language. */
const char *text_count(struct arena *a, const struct texts *t, enum lang lang,
		       const char *key, int64_t n);

/* The English text where it is wanted and there is one, else the Japanese. */
const char *text_in(enum lang lang, const char *ja, const char *en);

/* "ja" and "en", and back; anything unknown is Japanese. */
const char *lang_code(enum lang lang);
enum lang lang_from(const char *code);

#endif
