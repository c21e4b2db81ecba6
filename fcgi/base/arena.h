/*
 * arena.h: memory that is given back all at once.
 *
 * One rule: what a function returns lives in the arena it was given, until
 * arena_reset() or arena_release(). Nothing is freed singly. Running out of
 * memory ends the process with a line in the log: nginx answers 502 for that
 * one request and the supervisor starts a new worker, so no caller checks.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *head; /* newest block, NULL before the first use */
	size_t used;              /* bytes handed out since the last reset */
};

/* Start empty. An arena of zero bytes ({ 0 }) is initialised as well. */
void arena_init(struct arena *a);

/* Everything handed out is gone; one block is kept for the next request. */
void arena_reset(struct arena *a);

/* Give all memory back to the system; the arena is empty and usable again. */
void arena_release(struct arena *a);

/* size zeroed bytes, aligned for any type; never NULL, also for size 0. */
void *arena_alloc(struct arena *a, size_t size);

/* The same, not zeroed, for who writes all of it. */
void *arena_take(struct arena *a, size_t size);

/* n * size zeroed bytes; an overflow of the product ends the process. */
void *arena_calloc(struct arena *a, size_t n, size_t size);

/* Copies. arena_strdup(a, NULL) is NULL; strndup always ends with a 0. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
void *arena_memdup(struct arena *a, const void *p, size_t n);

/* printf into the arena. */
char *arena_printf(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

#define ARENA_NEW(a, type)      ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_calloc((a), (n), sizeof(type)))

#endif
