/*
 * view_html.h: where in the HTML a placeholder stands.
 *
 * A small machine that follows a template's own text character by character,
 * as a browser's tokenizer would, and answers for each Mustache tag whether it
 * may stand there and how its value must be escaped. It knows nothing of
 * Mustache. Where a browser would be forgiving it refuses, because a template
 * is written by us. Refusals are sentences that tell how to write it instead.
 */
#ifndef VIEW_VIEW_HTML_H
#define VIEW_VIEW_HTML_H

#include <stdbool.h>
#include <stddef.h>

enum html_state {
	HTML_TEXT,    /* between elements */
	HTML_RCDATA,  /* inside <title>, <textarea> */
	HTML_RAW,     /* inside <script>, <style> and the like */
	HTML_COMMENT, /* inside <!-- --> */
	HTML_DECL,    /* inside <!doctype ...> or a bogus comment */
	HTML_OPEN,    /* behind "<" */
	HTML_CLOSE,   /* behind "</" */
	HTML_TAG,     /* in the name of a tag */
	HTML_IN_TAG,  /* between attributes */
	HTML_JOINED,  /* between attributes, behind a name or a section that may
			 have ended in one: a blank, "/" or ">" must follow */
	HTML_ATTR,    /* in the name of an attribute */
	HTML_AFTER_ATTR, /* behind the name and a blank */
	HTML_EQUALS,     /* behind "=" */
	HTML_QUOTED,     /* in "..." or '...' */
	HTML_UNQUOTED    /* in an unquoted value */
};

enum html_attr { ATTR_PLAIN, ATTR_URL, ATTR_FORBIDDEN };

/* How much of an address in a URL attribute is known. */
enum html_url {
	URL_START, /* nothing yet: a value here needs its scheme checked */
	URL_STEM,  /* letters that may yet become a scheme */
	URL_HOLE,  /* a value stood at the start, no delimiter since */
	URL_SAFE   /* behind "/", "?", "#" or an allowed scheme */
};

enum html_escape { ESCAPE_HTML, ESCAPE_URL };

struct html {
	enum html_state state;
	enum html_attr attr;
	enum html_url url;
	char quote;       /* of the value: " or ' */
	bool closing;     /* the tag is an end tag */
	char element[16]; /* lower case; whose content or tag this is */
	char name[16];    /* attribute name or URL stem being read */
	size_t name_len;  /* may exceed the room: then it matches nothing */
	size_t match;     /* RAW, RCDATA: bytes of the end tag seen so far;
			     COMMENT: dashes before this byte */
};

/* The beginning of a document. */
void html_init(struct html *h);

/*
 * Follow n bytes of template text. NULL, or why it is refused; *at is then the
 * offset of the byte at fault.
 */
const char *html_text(struct html *h, const char *s, size_t n, size_t *at);

/* A value stands here: how to escape it. NULL, or why it may not. */
const char *html_value(struct html *h, enum html_escape *how);

/* Text that is not escaped stands here. NULL, or why it may not. */
const char *html_raw(const struct html *h);

/* A section or a partial begins here. NULL, or why it may not. */
const char *html_enter(struct html *h);

/*
 * It ends here: before is the state behind its html_enter(), h the state at
 * its end; has_values tells whether a value stands in its body. h becomes the
 * state in which both a body left out and a body written any number of times
 * can go on. NULL, or why that is not so.
 */
const char *html_leave(const struct html *before, struct html *h,
		       bool has_values);

/* The same place, for what follows. */
bool html_same(const struct html *a, const struct html *b);

/* (view_html_url.c) What an attribute of an element is for a placeholder. */
enum html_attr html_attr_kind(const char *name, size_t n);

/* (view_html_url.c) Follow one byte of the address in a URL attribute. */
const char *html_url_byte(struct html *h, char c);

/* Does the address begin with a scheme other than http, https, mailto? */
bool html_scheme_is_bad(const char *s, size_t n);

#endif
