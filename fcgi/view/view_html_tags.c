/*
 * view_html_tags.c: which Mustache tag may stand where; see view_html.h.
 */
#include "view/view_html.h"

#include <string.h>

/* Why no tag at all may stand here; NULL where one may. */
static const char *closed_to_all(const struct html *h)
{
	switch (h->state) {
	case HTML_RAW:
		return "nothing may be filled in inside <script>, <style>,"
		       " <iframe>: give data by address";
	case HTML_COMMENT:
	case HTML_DECL:
		return "nothing may be filled in inside a comment or a"
		       " declaration";
	case HTML_OPEN:
	case HTML_CLOSE:
		return "nothing may be filled in directly behind \"<\"; write"
		       " &lt; for the sign itself";
	case HTML_EQUALS:
	case HTML_UNQUOTED:
		return "put quotes round the value of the attribute";
	case HTML_RCDATA:
		return h->match ? "nothing may be filled in inside a tag's name"
				: NULL;
	case HTML_TEXT:
	case HTML_TAG:
	case HTML_IN_TAG:
	case HTML_JOINED:
	case HTML_ATTR:
	case HTML_AFTER_ATTR:
	case HTML_QUOTED:
		return NULL;
	}
	return NULL;
}

static const char *url_value(struct html *h, enum html_escape *how)
{
	switch (h->url) {
	case URL_SAFE:
		return NULL;
	case URL_START:
		h->url = URL_HOLE;
		*how = ESCAPE_URL;
		return NULL;
	case URL_STEM:
	case URL_HOLE:
		return "the value could become part of the address's scheme:"
		       " let a \"/\", \"?\" or \"#\" stand before it";
	}
	return NULL;
}

const char *html_value(struct html *h, enum html_escape *how)
{
	const char *why = closed_to_all(h);

	*how = ESCAPE_HTML;
	if (why)
		return why;
	if (h->state == HTML_TEXT || h->state == HTML_RCDATA)
		return NULL;
	if (h->state != HTML_QUOTED)
		return "a value cannot be the name of a tag or an attribute;"
		       " use a section";
	if (h->attr == ATTR_FORBIDDEN)
		return "nothing may be filled in inside on*=, style=, srcdoc=,"
		       " srcset= or http-equiv=";
	return h->attr == ATTR_URL ? url_value(h, how) : NULL;
}

const char *html_raw(const struct html *h)
{
	return h->state == HTML_TEXT ? NULL
				     : "text that is not escaped may only"
				       " stand in element text";
}

static bool is_between_attributes(const struct html *h)
{
	return h->state == HTML_IN_TAG || h->state == HTML_JOINED;
}

/* Behind a name that may go on: what follows must be set apart from it. */
static void settle(struct html *h)
{
	if (h->state == HTML_TAG) {
		memset(h->element, 0, sizeof(h->element));
		if (h->name_len < sizeof(h->element))
			memcpy(h->element, h->name, h->name_len);
	}
	if (h->state == HTML_TAG || h->state == HTML_ATTR ||
	    h->state == HTML_AFTER_ATTR)
		h->state = HTML_JOINED;
}

const char *html_enter(struct html *h)
{
	const char *why = closed_to_all(h);

	if (!why)
		settle(h);
	return why;
}

bool html_same(const struct html *a, const struct html *b)
{
	if (a->state != b->state)
		return false;
	switch (a->state) {
	case HTML_TEXT:
		return true;
	case HTML_RCDATA:
	case HTML_RAW:
		return a->match == b->match && !strcmp(a->element, b->element);
	case HTML_QUOTED:
		return a->quote == b->quote && a->attr == b->attr &&
		       (a->attr != ATTR_URL || a->url == b->url) &&
		       a->closing == b->closing &&
		       !strcmp(a->element, b->element);
	case HTML_IN_TAG:
	case HTML_JOINED:
		return a->closing == b->closing &&
		       !strcmp(a->element, b->element);
	case HTML_COMMENT:
	case HTML_DECL:
	case HTML_OPEN:
	case HTML_CLOSE:
	case HTML_TAG:
	case HTML_ATTR:
	case HTML_AFTER_ATTR:
	case HTML_EQUALS:
	case HTML_UNQUOTED:
		return false;
	}
	return false;
}

const char *html_leave(const struct html *before, struct html *h,
		       bool has_values)
{
	static const char elsewhere[] =
		"the section ends in another place of the HTML than it began";
	struct html like;

	if (closed_to_all(h))
		return elsewhere;
	settle(h);
	like = *h;
	if (is_between_attributes(before) && is_between_attributes(h)) {
		/*
		 * Written twice, "x="{{a}}" on" becomes onx="{{a}}": a body
		 * with values must not end in an open name, unless what comes
		 * first in it is a blank, which HTML_JOINED asks for.
		 */
		if (has_values && before->state == HTML_IN_TAG &&
		    h->state == HTML_JOINED)
			return "let the section end with a quoted value";
		like.state = before->state;
		if (!html_same(before, &like))
			return elsewhere;
		if (before->state == HTML_JOINED)
			h->state = HTML_JOINED;
		return NULL;
	}
	/* An address settled in the body may be missing: look again after. */
	if (h->state == HTML_QUOTED && h->attr == ATTR_URL &&
	    before->url == URL_START && h->url == URL_SAFE)
		h->url = URL_START;
	return html_same(before, h) ? NULL : elsewhere;
}
