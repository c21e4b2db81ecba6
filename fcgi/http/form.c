#include "http/request.h"

#include "base/buf.h"
#include "base/text.h"
#include "http/limits.h"

#include <string.h>

char *form_decode(struct ctx *cx, const char *s, size_t n, bool plus)
{
	char *out = arena_alloc(&cx->arena, n + 1);
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		int high, low;

		if (s[i] != '%') {
			out[len++] = plus && s[i] == '+' ? ' ' : s[i];
			continue;
		}
		if (n - i < 3)
			return NULL;
		high = text_hex_digit(s[i + 1]);
		low = text_hex_digit(s[i + 2]);
		if (high < 0 || low < 0)
			return NULL;
		out[len++] = (char)(high * 16 + low);
		i += 2;
	}
	if (!text_is_utf8(out, len))
		return NULL;
	return text_clean(&cx->arena, out);
}

char *form_encode(struct ctx *cx, const char *s)
{
	struct buf out = buf_new(&cx->arena);

	for (; *s; s++) {
		const bool plain =
			(*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') ||
			(*s >= 'A' && *s <= 'Z') || strchr("-._~/", *s);

		if (plain)
			buf_putc(&out, *s);
		else
			buf_printf(&out, "%%%02X", (unsigned char)*s);
	}
	return out.data;
}

/* "name=value" of n bytes into f. */
static enum err read_pair(struct ctx *cx, const char *s, size_t n,
			  struct field *f)
{
	const char *equals = memchr(s, '=', n);
	const size_t name_len = equals ? (size_t)(equals - s) : n;

	if (name_len > 3 * LIMIT_NAME)
		return FAIL(cx, ERR_BAD_REQUEST, "field name too long");
	f->name = form_decode(cx, s, name_len, true);
	f->value = equals ? form_decode(cx, equals + 1, n - name_len - 1, true)
			  : "";
	if (!f->name || !f->value)
		return FAIL(cx, ERR_BAD_REQUEST, "field is not UTF-8");
	f->len = strlen(f->value);
	if (strlen(f->name) > LIMIT_NAME)
		return FAIL(cx, ERR_BAD_REQUEST, "field name too long");
	if (f->len > LIMIT_VALUE)
		return FAIL(cx, ERR_TOO_LARGE, "field too long");
	return OK;
}

enum err form_read_urlencoded(struct ctx *cx, const char *s, size_t n,
			      struct fields *out)
{
	const char *end = s + n;
	struct field *list;
	size_t count = 1, used = 0;

	for (size_t i = 0; i < n; i++)
		count += s[i] == '&';
	if (count > LIMIT_FIELDS)
		return FAIL(cx, ERR_BAD_REQUEST, "too many fields");
	list = ARENA_ARRAY(&cx->arena, struct field, count);
	while (s < end) {
		const char *amp = memchr(s, '&', (size_t)(end - s));
		const size_t len = (size_t)((amp ? amp : end) - s);

		if (len > 0)
			TRY(read_pair(cx, s, len, &list[used++]));
		s += len + 1;
		if (!amp)
			break;
	}
	out->list = list;
	out->n = used;
	return OK;
}
