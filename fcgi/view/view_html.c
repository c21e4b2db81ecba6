/*
 * view_html.c: the machine that follows the HTML; see view_html.h.
 *
 * One function for each group of states takes one byte and moves on. The
 * states and transitions are those of the HTML standard's tokenizer, without
 * its repairs.
 */
#include "view/view_html.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool element_is(const struct html *h, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(h->element, *list))
			return true;
	return false;
}

static void name_begin(struct html *h, char c)
{
	memset(h->name, 0, sizeof(h->name));
	h->name[0] = lower(c);
	h->name_len = 1;
}

static void name_add(struct html *h, char c)
{
	if (h->name_len < sizeof(h->name))
		h->name[h->name_len] = lower(c);
	h->name_len++;
}

/* The name of the tag is complete: it decides how its content reads. */
static void tag_named(struct html *h)
{
	memset(h->element, 0, sizeof(h->element));
	if (h->name_len < sizeof(h->element))
		memcpy(h->element, h->name, h->name_len);
}

/* ">" */
static void tag_end(struct html *h)
{
	static const char *const raw[] = { "script",    "style",   "xmp",
					   "iframe",    "noembed", "noframes",
					   "plaintext", NULL };
	static const char *const rcdata[] = { "title", "textarea", NULL };

	h->match = 0;
	h->state = HTML_TEXT;
	if (h->closing)
		return;
	if (element_is(h, raw))
		h->state = HTML_RAW;
	else if (element_is(h, rcdata))
		h->state = HTML_RCDATA;
}

static const char *in_open(struct html *h, char c)
{
	h->closing = false;
	if (h->state == HTML_CLOSE)
		h->closing = true;
	if (is_letter(c)) {
		h->state = HTML_TAG;
		name_begin(h, c);
	} else if (h->state == HTML_CLOSE) {
		return "a letter must follow \"</\"";
	} else if (c == '/') {
		h->state = HTML_CLOSE;
	} else if (c == '!' || c == '?') {
		h->state = HTML_DECL;
		h->match = c == '!' ? 1 : 0;
	} else if (c != '<') {
		h->state = HTML_TEXT;
	}
	return NULL;
}

/* "<!" becomes a comment with two dashes, anything else ends with ">". */
static void in_decl(struct html *h, char c)
{
	if (h->match && c == '-') {
		if (++h->match == 3) {
			h->state = HTML_COMMENT;
			h->match = 2; /* "<!-->" is a whole comment */
		}
		return;
	}
	h->match = 0;
	if (c == '>')
		h->state = HTML_TEXT;
}

static void in_comment(struct html *h, char c)
{
	if (c == '-') {
		h->match++;
	} else if (c == '>' && h->match >= 2) {
		h->state = HTML_TEXT;
	} else if (c != '!' || h->match < 2) {
		h->match = 0; /* "--!>" ends a comment too */
	}
}

/* Between attributes, and in their names. */
static const char *in_tag(struct html *h, char c)
{
	const bool named = h->state == HTML_ATTR || h->state == HTML_AFTER_ATTR;

	if (h->state == HTML_TAG && !is_blank(c) && c != '/' && c != '>') {
		name_add(h, c);
		return NULL;
	}
	if (h->state == HTML_TAG)
		tag_named(h);
	if (c == '>') {
		tag_end(h);
	} else if (c == '/') {
		h->state = HTML_IN_TAG;
	} else if (is_blank(c)) {
		h->state = named ? HTML_AFTER_ATTR : HTML_IN_TAG;
	} else if (h->state == HTML_JOINED) {
		return "put a blank between the section and the next attribute";
	} else if (c == '=' && named) {
		h->state = HTML_EQUALS;
	} else if (strchr("<=\"'", c)) {
		return "this is no name of an attribute";
	} else if (h->state == HTML_ATTR) {
		name_add(h, c);
	} else {
		h->state = HTML_ATTR;
		name_begin(h, c);
	}
	return NULL;
}

static const char *in_value(struct html *h, char c)
{
	if (h->state == HTML_EQUALS) {
		if (is_blank(c))
			return NULL;
		h->attr = html_attr_kind(h->name, h->name_len < sizeof(h->name)
							  ? h->name_len
							  : sizeof(h->name));
		h->url = URL_START;
		h->quote = c;
		if (c == '>')
			tag_end(h);
		else
			h->state = c == '"' || c == '\'' ? HTML_QUOTED
							 : HTML_UNQUOTED;
		return NULL;
	}
	if (h->state == HTML_UNQUOTED) {
		if (c == '>')
			tag_end(h);
		else if (is_blank(c))
			h->state = HTML_IN_TAG;
		return NULL;
	}
	if (c == h->quote)
		h->state = HTML_IN_TAG;
	else if (h->attr == ATTR_URL)
		return html_url_byte(h, c);
	return NULL;
}

/* Inside <title>, <textarea>, <script>, ...: only their end tag counts. */
static const char *in_content(struct html *h, char c)
{
	const size_t n = strlen(h->element);
	const bool rcdata = h->state == HTML_RCDATA;

	if (h->match >= 2 && h->match == n + 2) {
		if (is_blank(c) || c == '/' || c == '>') {
			h->closing = true;
			h->state = HTML_IN_TAG;
			return in_tag(h, c);
		}
	} else if ((h->match == 0 && c == '<') || (h->match == 1 && c == '/') ||
		   (h->match >= 2 && lower(c) == h->element[h->match - 2])) {
		h->match++;
		return NULL;
	}
	if (h->match && rcdata)
		return "no tags may stand in a title or a textarea";
	if (h->match == 1 && c == '!')
		return "no comment may stand in a script or a style";
	h->match = c == '<' ? 1 : 0;
	return NULL;
}

static const char *step(struct html *h, char c)
{
	switch (h->state) {
	case HTML_TEXT:
		if (c == '<')
			h->state = HTML_OPEN;
		return NULL;
	case HTML_OPEN:
	case HTML_CLOSE:
		return in_open(h, c);
	case HTML_DECL:
		in_decl(h, c);
		return NULL;
	case HTML_COMMENT:
		in_comment(h, c);
		return NULL;
	case HTML_TAG:
	case HTML_IN_TAG:
	case HTML_JOINED:
	case HTML_ATTR:
	case HTML_AFTER_ATTR:
		return in_tag(h, c);
	case HTML_EQUALS:
	case HTML_QUOTED:
	case HTML_UNQUOTED:
		return in_value(h, c);
	case HTML_RAW:
	case HTML_RCDATA:
		return in_content(h, c);
	}
	return NULL;
}

void html_init(struct html *h)
{
	memset(h, 0, sizeof(*h));
}

const char *html_text(struct html *h, const char *s, size_t n, size_t *at)
{
	for (size_t i = 0; i < n; i++) {
		const char *why = step(h, s[i]);

		if (why) {
			*at = i;
			return why;
		}
	}
	return NULL;
}
