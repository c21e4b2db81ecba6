/*
 * json_arena.h: Jansson takes its memory from an arena.
 *
 * After json_arena_install() nothing that Jansson makes is freed singly, so
 * there is no json_decref() and no clean-up path. What is made before the
 * first json_arena_use(), or after json_arena_use(NULL), lives as long as the
 * process; what is made between belongs to the arena of its request or job
 * and must not outlive it. Processes have one thread, so one current arena.
 */
#ifndef BASE_JSON_ARENA_H
#define BASE_JSON_ARENA_H

#include "base/arena.h"

/* Once, at the start of main(), before anything is made with Jansson. */
void json_arena_install(void);

/* From now on take memory from a; NULL: from the arena of the process. */
void json_arena_use(struct arena *a);

#endif
