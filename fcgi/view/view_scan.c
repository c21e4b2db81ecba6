/*
 * view_scan.c: a template's text into tokens; see view_parts.h.
 */
#include "view/view_parts.h"

#include <stdio.h>
#include <string.h>

struct scan {
	const struct view_maker *mk;
	const struct view_source *src;
	struct tokens *out;
	const char *end; /* of the source */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool view_refuse(const struct view_maker *mk, const struct view_source *src,
		 const char *where, const char *why)
{
	int line = 1;

	for (const char *s = src->text; s < where; s++)
		line += *s == '\n';
	snprintf(mk->error, mk->error_size, "%s:%d: %s", src->file, line, why);
	return false;
}

/* The next needle at or behind s, or the end. */
static const char *find(const struct scan *sc, const char *s,
			const char *needle)
{
	const char *at =
		memmem(s, (size_t)(sc->end - s), needle, strlen(needle));

	return at ? at : sc->end;
}

static void push(struct scan *sc, enum token_kind kind, const char *s,
		 const char *end)
{
	if (kind == TOKEN_TEXT && s == end)
		return;
	sc->out->list[sc->out->n++] =
		(struct token){ kind, s, (size_t)(end - s) };
}

/*
 * Does the tag [from, to) stand alone on its line? Then *from is the line's
 * beginning and *to what follows its end.
 */
static bool takes_line(const struct scan *sc, const char **from,
		       const char **to)
{
	const char *s = *from, *e = *to;

	while (s > sc->src->text && (s[-1] == ' ' || s[-1] == '\t'))
		s--;
	if (s > sc->src->text && s[-1] != '\n')
		return false;
	while (e < sc->end && (*e == ' ' || *e == '\t'))
		e++;
	if (e < sc->end && *e == '\r' && e + 1 < sc->end && e[1] == '\n')
		e++;
	if (e < sc->end && *e != '\n')
		return false;
	*from = s;
	*to = e < sc->end ? e + 1 : e;
	return true;
}

static bool name_is_good(const char *s, const char *end)
{
	if (s == end)
		return false;
	if (end - s == 1 && *s == '.')
		return true;
	if (*s == '.' || end[-1] == '.')
		return false;
	for (; s < end; s++) {
		const bool word =
			(*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
			(*s >= '0' && *s <= '9') || *s == '_' || *s == '-';

		if (!word && (*s != '.' || s[1] == '.'))
			return false;
	}
	return true;
}

/* {{! layout: print }} as the first thing of a file. */
static void read_layout(struct scan *sc, const char *s, const char *end)
{
	static const char word[] = "layout:";
	const size_t n = sizeof(word) - 1;

	while (s < end && is_blank(*s))
		s++;
	if ((size_t)(end - s) < n || memcmp(s, word, n))
		return;
	s += n;
	while (s < end && is_blank(*s))
		s++;
	while (end > s && is_blank(end[-1]))
		end--;
	sc->out->layout = arena_strndup(sc->mk->arena, s, (size_t)(end - s));
}

/* The kind by the sign behind "{{"; -1 for a comment, -2 for a sign unknown. */
static int kind_of(char sign)
{
	switch (sign) {
	case '#':
		return TOKEN_SECTION;
	case '^':
		return TOKEN_INVERTED;
	case '/':
		return TOKEN_END;
	case '>':
		return TOKEN_PARTIAL;
	case '&':
	case '{':
		return TOKEN_RAW;
	case '!':
		return -1;
	case '=':
	case '<':
	case '$':
		return -2;
	default:
		return TOKEN_VALUE;
	}
}

/*
 * Read the tag at open ("{{"). *text is where pending text begins and becomes
 * what follows the tag.
 */
static bool scan_tag(struct scan *sc, const char *open, const char **text)
{
	const int kind = kind_of(open + 2 < sc->end ? open[2] : ' ');
	const char *s = open + (kind == TOKEN_VALUE ? 2 : 3);
	const bool triple = kind == TOKEN_RAW && open[2] == '{';
	const char *close, *after, *line = open;

	if (kind == -2)
		return view_refuse(sc->mk, sc->src, open,
				   "there is no such tag: {{= {{< {{$");
	close = find(sc, s, triple ? "}}}" : "}}");
	if (close == sc->end)
		return view_refuse(sc->mk, sc->src, open,
				   "this tag is never closed");
	after = close + (triple ? 3 : 2);
	if (kind == -1 && open == sc->src->text)
		read_layout(sc, s, close);
	if (kind != TOKEN_VALUE && kind != TOKEN_RAW)
		takes_line(sc, &line, &after);
	/* Two lone tags in a row: the first has eaten up to here. */
	push(sc, TOKEN_TEXT, *text, line > *text ? line : *text);
	*text = after;
	if (kind == -1)
		return true;
	while (s < close && is_blank(*s))
		s++;
	while (close > s && is_blank(close[-1]))
		close--;
	if (!name_is_good(s, close))
		return view_refuse(sc->mk, sc->src, open,
				   "a name is made of letters, digits, _ - and"
				   " single dots between");
	push(sc, (enum token_kind)kind, s, close);
	return true;
}

bool view_scan(const struct view_maker *mk, const struct view_source *src,
	       struct tokens *out)
{
	struct scan sc = { mk, src, out, src->text + src->len };
	const char *text = src->text, *open;
	size_t tags = 0;

	for (open = find(&sc, text, "{{"); open < sc.end;
	     open = find(&sc, open + 2, "{{"))
		tags++;
	*out = (struct tokens){
		.list = ARENA_ARRAY(mk->arena, struct token, 2 * tags + 1),
	};
	while ((open = find(&sc, text, "{{")) < sc.end)
		if (!scan_tag(&sc, open, &text))
			return false;
	push(&sc, TOKEN_TEXT, text, sc.end);
	return true;
}
