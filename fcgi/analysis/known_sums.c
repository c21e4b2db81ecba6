/*
 * known_sums.c: the manual is known_sums.h.
 */
#include "analysis/known_sums.h"

#define EVERY_SET 12 /* groups of which all sets are looked at */

struct search {
	const struct sum_table *t;
	size_t least;
	bool *chosen; /* per group: in the set */
	bool *inside; /* per block: no cell of it is outside of the set */
	bool *beside; /* per block: a cell of it is in the set */
	bool *few;
};

static void look_at_blocks(const struct search *s)
{
	const struct sum_table *t = s->t;

	for (size_t b = 0; b < t->nblocks; b++) {
		s->inside[b] = t->is_known[b];
		s->beside[b] = false;
	}
	for (size_t e = 0; e < t->n; e++) {
		const struct sum_cell *c = &t->cells[e];

		if (s->chosen[c->group])
			s->beside[c->block] = true;
		else
			s->inside[c->block] = false;
	}
}

/* Is the cell in what the groups of the set have more than the blocks inside
 * of them; or in what the blocks beside them have more than the groups? */
static bool is_rest(const struct search *s, const struct sum_cell *c, bool more)
{
	return more ? s->chosen[c->group] && !s->inside[c->block]
		    : !s->chosen[c->group] && s->beside[c->block];
}

static void mark_few(const struct search *s, bool more)
{
	const struct sum_table *t = s->t;
	size_t people = 0;

	for (size_t e = 0; e < t->n && people < s->least; e++)
		people +=
			is_rest(s, &t->cells[e], more) ? t->cells[e].people : 0;
	if (people >= s->least)
		return;
	for (size_t e = 0; e < t->n; e++)
		s->few[e] |= is_rest(s, &t->cells[e], more);
}

static void look_at_set(const struct search *s)
{
	bool open = false;

	look_at_blocks(s);
	mark_few(s, true);
	for (size_t b = 0; b < s->t->nblocks; b++)
		open |= s->beside[b] && !s->t->is_known[b];
	if (!open)
		mark_few(s, false);
}

static void every_set(const struct search *s)
{
	for (size_t set = 1; set < (size_t)1 << s->t->ngroups; set++) {
		for (size_t k = 0; k < s->t->ngroups; k++)
			s->chosen[k] = (set >> k & 1) != 0;
		look_at_set(s);
	}
}

static void sets_of_two(const struct search *s)
{
	for (size_t a = 0; a < s->t->ngroups; a++)
		for (size_t b = a; b < s->t->ngroups; b++) {
			s->chosen[a] = s->chosen[b] = true;
			look_at_set(s);
			s->chosen[a] = s->chosen[b] = false;
		}
}

const bool *known_sums_few(struct ctx *cx, const struct sum_table *t,
			   size_t least)
{
	struct arena *a = &cx->arena;
	const struct search s = {
		.t = t,
		.least = least,
		.chosen = ARENA_ARRAY(a, bool, t->ngroups + 1),
		.inside = ARENA_ARRAY(a, bool, t->nblocks + 1),
		.beside = ARENA_ARRAY(a, bool, t->nblocks + 1),
		.few = ARENA_ARRAY(a, bool, t->n + 1),
	};

	if (t->ngroups <= EVERY_SET)
		every_set(&s);
	else
		sets_of_two(&s);
	return s.few;
}
