/*
 * buf.h: bytes that grow, for building text; they live in an arena.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

struct buf {
	struct arena *arena;
	char *data; /* always ends with a 0 that len does not count */
	size_t len, cap;
};

/* An empty buffer whose memory comes from a. */
struct buf buf_new(struct arena *a);

/* Forget the contents, keep the memory. */
void buf_clear(struct buf *b);

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
