#include "base/buf.h"

#include <stdio.h>
#include <string.h>

struct buf buf_new(struct arena *a)
{
	struct buf b = { .arena = a, .data = arena_take(a, 256), .cap = 256 };

	b.data[0] = '\0';
	return b;
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->data[0] = '\0';
}

/* Room for n more bytes and the closing 0. */
static void reserve(struct buf *b, size_t n)
{
	size_t cap = b->cap;
	char *wider;

	if (n < b->cap - b->len)
		return;
	while (cap - b->len <= n)
		cap *= 2;
	wider = arena_take(b->arena, cap);
	memcpy(wider, b->data, b->len + 1);
	b->data = wider;
	b->cap = cap;
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
	if (!n)
		return;
	reserve(b, n);
	memcpy(b->data + b->len, bytes, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	const size_t room = b->cap - b->len;
	va_list args, again;
	int n;

	/* Written where it will stand, and once more if that is too small. */
	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(b->data + b->len, room, format, again);
	va_end(again);
	if (n < 0) {
		b->data[b->len] = '\0';
		n = 0;
	} else if ((size_t)n >= room) {
		reserve(b, (size_t)n);
		vsnprintf(b->data + b->len, (size_t)n + 1, format, args);
	}
	b->len += (size_t)n;
	va_end(args);
}
