/*
 * view_html_url.c: attributes that hold addresses, and their schemes.
 *
 * The danger is a value that becomes "javascript:" together with what stands
 * before it, so a value may only stand where the scheme is settled, or at the
 * very start, where the renderer checks it.
 */
#include "view/view_html.h"

#include <string.h>
#include <strings.h>

static bool is_one_of(const char *name, size_t n, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == n && !strncasecmp(*list, name, n))
			return true;
	return false;
}

enum html_attr html_attr_kind(const char *name, size_t n)
{
	static const char *const urls[] = {
		"href",     "src",  "action",     "formaction", "poster",
		"cite",     "data", "xlink:href", "background", "manifest",
		"longdesc", "icon", "codebase",   "classid",    "archive",
		"profile",  "ping", NULL
	};
	/* http-equiv: a refresh would be an address by another name. */
	static const char *const never[] = { "style",      "srcdoc",
					     "srcset",     "imagesrcset",
					     "http-equiv", NULL };

	if (n >= 2 && !strncasecmp(name, "on", 2))
		return ATTR_FORBIDDEN;
	if (is_one_of(name, n, never))
		return ATTR_FORBIDDEN;
	return is_one_of(name, n, urls) ? ATTR_URL : ATTR_PLAIN;
}

static bool scheme_is_good(const char *s, size_t n)
{
	static const char *const good[] = { "http", "https", "mailto", NULL };

	return is_one_of(s, n, good);
}

bool html_scheme_is_bad(const char *s, size_t n)
{
	size_t i = 0, from;

	/* Browsers drop blanks and control characters in front. */
	while (i < n && (unsigned char)s[i] <= ' ')
		i++;
	from = i;
	while (i < n && !strchr(":/?#", s[i]))
		i++;
	if (i == n || s[i] != ':')
		return false;
	return !scheme_is_good(s + from, i - from);
}

const char *html_url_byte(struct html *h, char c)
{
	if (h->url == URL_SAFE)
		return NULL;
	if (c == '/' || c == '?' || c == '#') {
		h->url = URL_SAFE;
		return NULL;
	}
	if (c == ':') {
		if (h->url != URL_STEM || h->name_len > sizeof(h->name) ||
		    !scheme_is_good(h->name, h->name_len))
			return "an address may only be http:, https:, mailto:"
			       " or without a scheme";
		h->url = URL_SAFE;
		return NULL;
	}
	/* "&#106;avascript" and "java&Tab;script" must not slip through. */
	if (c == '&')
		return "write the beginning of an address without entities";
	if (h->url == URL_START) {
		if ((unsigned char)c <= ' ')
			return NULL;
		h->url = URL_STEM;
		h->name_len = 0;
	}
	if (h->url == URL_STEM) {
		if (h->name_len < sizeof(h->name))
			h->name[h->name_len] = c;
		h->name_len++;
	}
	return NULL;
}
