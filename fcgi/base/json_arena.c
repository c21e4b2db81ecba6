#include "base/json_arena.h"

#include <jansson.h>

static struct arena process_arena;
static struct arena *current = &process_arena;

static void *take(size_t size)
{
	return arena_take(current, size);
}

static void keep(void *p)
{
	(void)p; /* the arena gives it back */
}

void json_arena_install(void)
{
	json_set_alloc_funcs(take, keep);
}

void json_arena_use(struct arena *a)
{
	current = a ? a : &process_arena;
}
