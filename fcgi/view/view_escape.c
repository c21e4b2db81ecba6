/*
 * view_escape.c: the only place where a value becomes HTML.
 */
#include "view/view_parts.h"

#include <string.h>

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void view_escape(struct buf *out, const char *s, size_t n, enum html_escape how)
{
	size_t from = 0;

	if (how == ESCAPE_URL && html_scheme_is_bad(s, n)) {
		buf_putc(out, '#');
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const char *instead = entity(s[i]);

		if (!instead)
			continue;
		buf_add(out, s + from, i - from);
		buf_puts(out, instead);
		from = i + 1;
	}
	buf_add(out, s + from, n - from);
}
