/*
 * text_rules.c: user terms, compound adjectives, negation, what is kept.
 */
#include "analytics/text_data.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

static bool is(const char *a, const char *b)
{
	return !strcmp(a, b);
}

static bool one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (is(word, *list))
			return true;
	return false;
}

/* a followed by b. */
static const char *join(struct an_scratch *s, const char *a, const char *b)
{
	const size_t n = strlen(a), m = strlen(b);
	char *out = an_alloc(s, n + m + 1, 1);

	snprintf(out, n + m + 1, "%s%s", a, b);
	return out;
}

/* Where the term ends that the morphemes from m[i] on spell; i: they do not. */
static size_t spelled(const struct an_morpheme *m, size_t i, size_t n,
		      const char *term)
{
	size_t j = i;

	while (*term && j < n) {
		const size_t len = strlen(m[j].surface);

		if (strncmp(term, m[j].surface, len) != 0)
			return i;
		term += len;
		j++;
	}
	return *term ? i : j;
}

/* The end of the longest user term that starts at m[i]; i if none does. */
static size_t term_end(const struct an_morpheme *m, size_t i, size_t n,
		       const struct an_words *terms)
{
	size_t end = i;

	for (size_t t = 0; t < terms->n; t++) {
		const size_t j = spelled(m, i, n, terms->word[t]);

		end = j > end ? j : end;
	}
	return end;
}

size_t an_text_merge(struct an_scratch *s, struct an_morpheme *m, size_t n,
		     const struct an_words *terms)
{
	size_t out = 0;

	for (size_t i = 0; i < n;) {
		const size_t end = term_end(m, i, n, terms);

		if (end == i) {
			m[out++] = m[i++];
			continue;
		}
		m[out].surface = m[i].surface;
		for (size_t j = i + 1; j < end; j++)
			m[out].surface = join(s, m[out].surface, m[j].surface);
		m[out].pos = "名詞";
		m[out].sub = "user";
		m[out].base = m[out].surface;
		out++;
		i = end;
	}
	return out;
}

static bool independent(const struct an_morpheme *m)
{
	return (is(m->pos, "動詞") || is(m->pos, "形容詞")) &&
	       is(m->sub, "自立");
}

/* An ending that makes an adjective of a verb. */
static bool makes_adjective(const struct an_morpheme *m)
{
	static const char *const endings[] = { "やすい", "にくい", "づらい",
					       "がたい", NULL };

	return is(m->pos, "形容詞") && is(m->sub, "非自立") &&
	       one_of(m->base, endings);
}

static bool negates(const struct an_morpheme *m)
{
	static const char *const words[] = { "ない", "ぬ", "ん", NULL };

	return one_of(m->base, words) &&
	       (is(m->pos, "助動詞") ||
		(is(m->pos, "形容詞") && !is(m->sub, "自立")));
}

/* An ending behind which a negation may still follow. */
static bool continues(const struct an_morpheme *m)
{
	if (is(m->pos, "動詞"))
		return is(m->sub, "接尾") || is(m->sub, "非自立");
	if (is(m->pos, "助詞"))
		return is(m->sub, "接続助詞") &&
		       (is(m->surface, "て") || is(m->surface, "で"));
	return is(m->pos, "助動詞");
}

static bool negated(const struct an_morpheme *m, size_t from, size_t n)
{
	for (size_t j = from; j < n; j++) {
		if (negates(&m[j]))
			return true;
		if (!continues(&m[j]))
			return false;
	}
	return false;
}

size_t an_text_attach(struct an_scratch *s, struct an_morpheme *m, size_t n)
{
	size_t out = 0;

	for (size_t i = 0; i < n; i++) {
		struct an_morpheme one = m[i];
		size_t next = i + 1;

		if (independent(&one) && is(one.pos, "動詞") && next < n &&
		    makes_adjective(&m[next])) {
			one.base = join(s, one.surface, m[next].base);
			one.pos = "形容詞";
			next++;
		}
		one.stem = one.base;
		if (independent(&one) && negated(m, next, n))
			one.base = join(s, one.base, AN_NEGATED);
		m[out++] = one;
		i = next - 1;
	}
	return out;
}

/* A single hiragana, digit, ASCII character or sign says nothing. */
static bool trivial(const char *word)
{
	utf8proc_category_t kind;
	utf8proc_int32_t c;
	const utf8proc_ssize_t used =
		utf8proc_iterate((const utf8proc_uint8_t *)word, -1, &c);

	if (used <= 0 || word[used])
		return used <= 0;
	if ((c >= 0x3041 && c <= 0x3093) || c < 0x80)
		return true;
	/* Punctuation and symbols lie between connectors and other symbols. */
	kind = utf8proc_category(c);
	return kind >= UTF8PROC_CATEGORY_PC && kind <= UTF8PROC_CATEGORY_SO;
}

bool an_text_keep(const struct an_morpheme *m, const struct an_words *stop)
{
	static const char *const nouns[] = { "一般",           "サ変接続",
					     "形容動詞語幹",   "固有名詞",
					     "ナイ形容詞語幹", "副詞可能",
					     "user",           NULL };
	const bool kind =
		is(m->pos, "名詞") ? one_of(m->sub, nouns) : independent(m);

	return kind && !an_words_have(stop, m->stem) && !trivial(m->base);
}
