/*
 * problems.c: see problems.h.
 */
#include "survey/problems.h"

#include <math.h>

struct problem *problems_add(struct problems *ps, int line, const char *key,
			     const char *detail)
{
	struct problem *p = ARENA_NEW(ps->arena, struct problem);

	p->line = line;
	p->where = "";
	p->key = key;
	p->text = detail ? arena_strdup(ps->arena, detail) : "";
	p->min = NAN;
	p->max = NAN;
	if (ps->n == PROBLEMS_MAX)
		return p; /* counted out: the caller may fill it in */
	ps->n++;
	if (ps->last)
		ps->last->next = p;
	else
		ps->first = p;
	ps->last = p;
	return p;
}
