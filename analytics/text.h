/*
 * text.h: Japanese comments as words.
 *
 * A comment is normalised (NFKC), cut by MeCab with ipadic, and put together
 * again by three rules, because ipadic alone breaks the words of this field
 * and loses the difference between "easy" and "hard to understand":
 *
 *   A  user terms: the longest run of morphemes that spells one
 *   B  verb + yasui/nikui/zurai/gatai is one adjective
 *   C  a verb or adjective whose chain of endings reaches nai/nu/n gets the
 *      mark "[否定]" and is kept apart
 *
 * Kept are nouns (general, sa-hen, adjectival stems, proper names, nai
 * adjectives, adverbial, user terms), independent verbs and adjectives, in
 * base form, unless the unmarked word is a stop word, or the word is a single
 * hiragana, ASCII character, digit or sign.
 */
#ifndef ANALYTICS_TEXT_H
#define ANALYTICS_TEXT_H

#include "analytics/memory.h"
#include "analytics/status.h"

#include <stdbool.h>

#define AN_NEGATED "[否定]"

/* A loaded dictionary: slow to make (some 10 ms), to be kept. */
struct an_tagger;

/*
 * dictionary  its folder, or NULL for Debian's ipadic in UTF-8. NULL when it
 *             cannot be loaded
 */
struct an_tagger *an_tagger_new(const char *dictionary);
void an_tagger_free(struct an_tagger *tagger);

/* Folder, character set and version of the dictionary, for the result. */
const char *an_tagger_name(const struct an_tagger *tagger);

/* A list of texts. */
struct an_words {
	const char *const *word;
	size_t n;
};

/*
 * stop      words left out, in base form
 * terms     user terms of rule A
 * blank     answers that say nothing ("特になし"), see an_text_is_blank()
 * requests  phrases that make a comment a request ("ほしい"); the comment is
 *           read as if it ended in one "。", so "たい。" finds a last "たい"
 * unless    phrases in which a request does not count: what somebody means
 *           to do ("活かしたい") is not asked of anybody
 *
 * All in NFKC, as an_text_normalise() makes it; as_is reads comments without
 * making them so, for who compares with a run of MeCab alone.
 */
struct an_text_rules {
	struct an_words stop, terms, blank, requests, unless;
	bool as_is;
};

/* NFKC, line ends and tabs as blanks; lives in s. NULL if it is no UTF-8. */
char *an_text_normalise(struct an_scratch *s, const char *text);

/*
 * Does the answer say nothing? Compared without blanks at both ends and
 * without the full stops and exclamation marks behind it. No UTF-8 is blank.
 */
bool an_text_is_blank(const char *text, const struct an_words *blank);

/* Is it a request, by the rules? A blank answer is none. Needs no tagger. */
bool an_text_is_request(const char *text, const struct an_text_rules *rules);

/*
 * One comment: its words in order; none for a blank answer. The strings
 * belong to the an_tokens.
 */
struct an_comment {
	const char **word;
	size_t n;
	bool blank, request;
};

struct an_tokens {
	struct an_comment *comment;
	size_t n, morphemes, kept;
	struct an_scratch own;
};

/*
 * Cut n comments (UTF-8; NULL counts as blank). AN_BAD_INPUT when a text is
 * no UTF-8 (that comment is empty), AN_EMPTY for n = 0.
 */
enum an_status an_tokenise(struct an_tagger *tagger,
			   const char *const *comments, size_t n,
			   const struct an_text_rules *rules,
			   struct an_tokens *out);
void an_tokens_free(struct an_tokens *t);

/*
 * A word of an_tokenise() as people write it: "足りる[否定]" is 足りない. A
 * word without the mark is given back as it is. Lives in s.
 */
const char *an_text_readable(struct an_tagger *tagger, struct an_scratch *s,
			     const char *word);

/* What the dictionary takes for a name, in bytes of the text. */
enum an_name_kind { AN_NAME_PERSON, AN_NAME_PLACE };
struct an_name {
	enum an_name_kind kind;
	size_t at, n;
	bool is_whole; /* family and given name follow each other */
};

/*
 * Names in a text (UTF-8), in order; *names lives in s. A dictionary knows
 * common names only, and takes some words for names that are none.
 */
size_t an_text_names(struct an_tagger *tagger, struct an_scratch *s,
		     const char *text, const struct an_name **names);

#endif
