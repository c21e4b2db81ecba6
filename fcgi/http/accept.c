#include "http/request.h"

#include "base/text.h"
#include "http/limits.h"

#include <string.h>
#include <strings.h>

/* One element of a comma list: its word and its q in thousandths. */
struct choice {
	const char *word;
	size_t len;
	int q;
};

/* "q=0.8" to 800; anything else there counts as 1000. */
static int read_q(const char *s, const char *end)
{
	int q, unit = 100;

	while (s < end && (*s == ';' || *s == ' '))
		s++;
	if (end - s < 3 || (*s != 'q' && *s != 'Q') || s[1] != '=')
		return 1000;
	s += 2;
	if (*s == '1')
		return 1000;
	q = 0;
	for (s += 2; s < end && *s >= '0' && *s <= '9' && unit > 0; s++) {
		q += (*s - '0') * unit;
		unit /= 10;
	}
	return q;
}

/* The next element of *s; false at the end. */
static bool next_choice(const char **s, struct choice *c)
{
	const char *end, *word_end;

	while (**s == ',' || **s == ' ')
		(*s)++;
	if (!**s)
		return false;
	end = *s + strcspn(*s, ",");
	word_end = *s + strcspn(*s, ",; ");
	c->word = *s;
	c->len = (size_t)(word_end - *s);
	c->q = read_q(word_end, end);
	*s = end;
	return true;
}

static bool is_word(const struct choice *c, const char *word)
{
	return c->len == strlen(word) && !strncasecmp(c->word, word, c->len);
}

bool accept_is_json(const char *header)
{
	struct choice c;
	int json = 0, html = 0;

	while (header && next_choice(&header, &c)) {
		if (is_word(&c, "application/json"))
			json = c.q;
		else if (is_word(&c, "text/html") ||
			 is_word(&c, "application/xhtml+xml"))
			html = c.q > html ? c.q : html;
	}
	return json > html;
}

enum lang accept_language(const char *header)
{
	struct choice c;
	int ja = 0, en = 0;

	while (header && next_choice(&header, &c)) {
		if (c.len < 2 || (c.len > 2 && c.word[2] != '-'))
			continue;
		if (!strncasecmp(c.word, "ja", 2) && c.q > ja)
			ja = c.q;
		else if (!strncasecmp(c.word, "en", 2) && c.q > en)
			en = c.q;
	}
	return en > ja ? LANG_EN : LANG_JA;
}

void cookies_read(struct ctx *cx, const char *header, struct fields *out)
{
	struct field *list =
		ARENA_ARRAY(&cx->arena, struct field, LIMIT_COOKIES);
	size_t used = 0;

	out->list = list;
	out->n = 0;
	if (!header || strlen(header) > LIMIT_COOKIE)
		return;
	while (*header && used < LIMIT_COOKIES) {
		const size_t len = strcspn(header, ";");
		const char *equals = memchr(header, '=', len);

		if (equals && equals > header && text_is_utf8(header, len)) {
			struct field *f = &list[used++];

			f->name = arena_strndup(&cx->arena, header,
						(size_t)(equals - header));
			f->value = arena_strndup(
				&cx->arena, equals + 1,
				len - (size_t)(equals + 1 - header));
			f->len = strlen(f->value);
		}
		header += len;
		header += strspn(header, "; ");
	}
	out->n = used;
}
