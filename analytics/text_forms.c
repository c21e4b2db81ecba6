/*
 * text_forms.c: words as people write them.
 */
#include "analytics/text_data.h"

#include <stdio.h>
#include <string.h>

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static bool ends(const char *text, const char *with)
{
	const size_t n = strlen(text), m = strlen(with);

	return n >= m && !strcmp(text + n - m, with);
}

/* a without its last character, then b. */
static const char *ending(struct an_scratch *s, const char *a, const char *b)
{
	size_t n = strlen(a);
	const size_t room = n + strlen(b) + 1;
	char *out = an_alloc(s, room, 1);

	while (n && ((unsigned char)a[--n] & 0xc0) == 0x80)
		;
	snprintf(out, room, "%.*s%s", (int)n, a, b);
	return out;
}

/* Verbs of five steps: the row of u becomes that of a. */
static const char *five_steps(struct an_scratch *s, const char *base)
{
	static const char *const rows[][2] = {
		{ "う", "わない" }, { "く", "かない" }, { "ぐ", "がない" },
		{ "す", "さない" }, { "つ", "たない" }, { "ぬ", "なない" },
		{ "ぶ", "ばない" }, { "む", "まない" }, { "る", "らない" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (ends(base, rows[i][0]))
			return ending(s, base, rows[i][1]);
	return NULL;
}

/* The plain negative of a base form; NULL where the dictionary is no help. */
static const char *negative(struct an_tagger *tagger, struct an_scratch *s,
			    const char *base)
{
	size_t n;
	const struct an_morpheme *m = an_text_cut(tagger, s, base, &n);
	const char *kind = n ? m[n - 1].conjugation : NULL;

	if (!kind)
		return NULL;
	if (begins(kind, "五段"))
		return five_steps(s, base);
	if (begins(kind, "一段"))
		return ending(s, base, "ない");
	if (begins(kind, "サ変"))
		return ends(base, "する")
			       ? ending(s, ending(s, base, ""), "しない")
			       : NULL;
	if (begins(kind, "カ変"))
		return begins(base, "来") ? "来ない" : "こない";
	if (begins(kind, "形容詞"))
		return !strcmp(base, "いい") ? "よくない"
					     : ending(s, base, "くない");
	return NULL;
}

const char *an_text_readable(struct an_tagger *tagger, struct an_scratch *s,
			     const char *word)
{
	const char *mark = strstr(word, AN_NEGATED), *base, *said;

	if (!mark)
		return word;
	base = an_text_copy(s, word, (size_t)(mark - word));
	said = negative(tagger, s, base);
	return said ? said : word;
}
