#include "base/arena.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE (64u * 1024u)
#define LARGE      (4u * 1024u * 1024u) /* more than nearly all pages take */

struct arena_block {
	struct arena_block *next;
	size_t size, used; /* of data, in bytes */
	max_align_t data[];
};

static void *no_memory(size_t size)
{
	fprintf(stderr, "out of memory: %zu bytes asked for\n", size);
	abort();
}

static struct arena_block *block_new(size_t size)
{
	struct arena_block *b;

	if (size > SIZE_MAX - sizeof(*b))
		return no_memory(size);
	b = malloc(sizeof(*b) + size); /* allowed: the arena itself */
	if (!b)
		return no_memory(size);
	b->next = NULL;
	b->size = size;
	b->used = 0;
	return b;
}

void arena_init(struct arena *a)
{
	a->head = NULL;
	a->used = 0;
}

void arena_release(struct arena *a)
{
	while (a->head) {
		struct arena_block *next = a->head->next;

		free(a->head); /* allowed: the arena itself */
		a->head = next;
	}
	a->used = 0;
}

void arena_reset(struct arena *a)
{
	const bool is_large = a->used > LARGE;
	struct arena_block *keep = NULL;

	/* Large blocks go back: one big page must not fatten the worker. */
	while (a->head) {
		struct arena_block *next = a->head->next;

		if (!keep && a->head->size == BLOCK_SIZE)
			keep = a->head;
		else
			free(a->head); /* allowed: the arena itself */
		a->head = next;
	}
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
	}
	a->head = keep;
	a->used = 0;
	/* The C library keeps what is freed below something that is not. */
	if (is_large)
		malloc_trim(0);
}

void *arena_take(struct arena *a, size_t size)
{
	const size_t align = sizeof(max_align_t);
	struct arena_block *b = a->head;
	void *p;

	if (size > SIZE_MAX - align)
		return no_memory(size);
	size = (size + align - 1) / align * align;
	if (size == 0)
		size = align;

	if (!b || b->size - b->used < size) {
		struct arena_block *fresh =
			block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE);

		/* A large piece does not end the life of a half-full block. */
		if (b && size > BLOCK_SIZE / 4) {
			fresh->next = b->next;
			b->next = fresh;
		} else {
			fresh->next = b;
			a->head = fresh;
		}
		b = fresh;
	}
	p = (char *)b->data + b->used;
	b->used += size;
	a->used += size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_take(a, size), 0, size);
}

void *arena_calloc(struct arena *a, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total))
		return no_memory(SIZE_MAX);
	return arena_alloc(a, total);
}

void *arena_memdup(struct arena *a, const void *p, size_t n)
{
	void *copy = arena_take(a, n);

	if (n)
		memcpy(copy, p, n);
	return copy;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *copy = arena_take(a, n + 1);

	if (n)
		memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_vprintf(struct arena *a, const char *format, va_list args)
{
	struct arena_block *b = a->head;
	const size_t room = b ? b->size - b->used : 0;
	va_list again;
	char *text;
	int n;

	/*
	 * Written where it will stand, and once more if that is too small.
	 * Sizes of blocks and what is used of them are aligned, so what fits
	 * with its 0 is what arena_take() gives.
	 */
	text = room ? (char *)b->data + b->used : NULL;
	va_copy(again, args);
	n = vsnprintf(text, room, format, again);
	va_end(again);
	if (n < 0)
		return arena_alloc(a, 1);
	text = arena_take(a, (size_t)n + 1);
	if ((size_t)n >= room)
		vsnprintf(text, (size_t)n + 1, format, args);
	return text;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(a, format, args);
	va_end(args);
	return text;
}
