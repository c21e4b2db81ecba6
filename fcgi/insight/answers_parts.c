/*
 * answers_parts.c: which sessions count. Single questions: answers_blank.c.
 */
#include "insight/answers_blank.h"

static size_t place(struct answers_parts *s, int64_t id)
{
	size_t i = 0;

	while (i < s->n && s->ids[i] != id)
		i++;
	if (i == s->n)
		s->ids[s->n++] = id;
	return i;
}

static void find_again(struct ctx *cx, struct answers_parts *s)
{
	const struct answers_set *set = s->set;

	s->again = ARENA_ARRAY(&cx->arena, size_t, set->nagain + 1);
	s->row = ARENA_ARRAY(&cx->arena, bool, set->nagain + 1);
	for (size_t i = 0; i < set->nagain; i++)
		while (s->again[i] < s->n &&
		       s->ids[s->again[i]] != set->again[i].session_id)
			s->again[i]++;
}

size_t parts_repeats(const struct answers_parts *s, const bool *in)
{
	for (size_t i = 0; i < s->set->nagain; i++)
		s->row[i] = s->again[i] < s->n && in[s->again[i]];
	return answers_repeats(s->set, s->row);
}

static void count(struct answers_parts *s, const struct answers_set *set)
{
	bool one_course = true;

	for (size_t i = 1; i < set->ncollections; i++)
		one_course &= set->collections[i].course_id ==
			      set->collections[0].course_id;
	for (size_t i = 0; i < set->ncollections; i++) {
		const struct answers_collection *c = &set->collections[i];

		s->pool[place(s, c->session_id)] =
			one_course ? c->fiscal_year : c->course_id;
	}
	for (size_t i = 0; i < set->npairs; i++)
		s->pairs[place(s, set->pairs[i].pre->session_id)]++;
	for (size_t i = 0; i < set->nsheets; i++)
		if (set->sheets[i].moment == MOMENT_POST)
			s->posts[place(s, set->sheets[i].session_id)]++;
}

/* gate_parts() of parts whose people may be the same. */
static void gate_same(struct ctx *cx, const struct gate *g, enum gate_what what,
		      const struct answers_parts *s, const size_t *people,
		      bool *may)
{
	bool *pooled = ARENA_ARRAY(&cx->arena, bool, s->n + 1);
	size_t sheets = 0, repeats;

	gate_parts(g, what, people, s->n, may);
	for (size_t i = 0; i < s->n; i++) {
		pooled[i] = may[i] && !gate_may(g, what, people[i]);
		sheets += pooled[i] ? people[i] : 0;
	}
	if (!sheets)
		return;
	repeats = parts_repeats(s, pooled);
	if (repeats < sheets && gate_may(g, what, sheets - repeats))
		return;
	for (size_t i = 0; i < s->n; i++)
		may[i] = may[i] && !pooled[i];
}

void parts_choose(struct ctx *cx, const struct gate *g, enum gate_what what,
		  const struct answers_parts *s, const size_t *people, bool *in)
{
	struct arena *a = &cx->arena;
	const size_t n = s->n;
	size_t *some = ARENA_ARRAY(a, size_t, n + 1);
	bool *may = ARENA_ARRAY(a, bool, n + 1);

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++)
			some[j] = s->pool[j] == s->pool[i] ? people[j] : 0;
		gate_same(cx, g, what, s, some, may);
		in[i] = may[i];
	}
	for (size_t i = 0; i < n; i++)
		some[i] = in[i] ? 0 : people[i];
	gate_same(cx, g, what, s, some, may);
	for (size_t i = 0; i < n; i++)
		in[i] |= may[i];
}

/*
 * Opinions are shown from more people on than scores: sessions that together
 * are enough for the ones may hold one that is too small for the others.
 */
static void choose(struct ctx *cx, const struct gate *g, size_t *people,
		   struct answers_parts *s)
{
	static const enum gate_what kinds[] = { GATE_OPINION, GATE_SCORE };
	bool changed = true;

	while (changed) {
		changed = false;
		for (size_t k = 0; k < 2; k++) {
			parts_choose(cx, g, kinds[k], s, people, s->in);
			for (size_t i = 0; i < s->n; i++) {
				changed |= people[i] && !s->in[i];
				people[i] = s->in[i] ? people[i] : 0;
			}
		}
	}
}

/* A session's size is the smaller of its pairs and its answers after. */
struct answers_parts *answers_parts(struct ctx *cx, const struct gate *g,
				    const struct answers_set *set)
{
	struct arena *a = &cx->arena;
	const size_t room = set->ncollections + 1;
	struct answers_parts *s = ARENA_NEW(a, struct answers_parts);
	size_t *people = ARENA_ARRAY(a, size_t, room);

	s->ids = ARENA_ARRAY(a, int64_t, room);
	s->pool = ARENA_ARRAY(a, int64_t, room);
	s->pairs = ARENA_ARRAY(a, size_t, room);
	s->posts = ARENA_ARRAY(a, size_t, room);
	s->in = ARENA_ARRAY(a, bool, room);
	s->set = set;
	count(s, set);
	find_again(cx, s);
	for (size_t i = 0; i < s->n; i++) {
		const bool some = s->pairs[i] && s->pairs[i] < s->posts[i];

		people[i] = some ? s->pairs[i] : s->posts[i];
		s->with_answers += people[i] ? 1 : 0;
	}
	choose(cx, g, people, s);
	return s;
}

static bool is_in(int64_t session_id, const void *arg)
{
	const struct answers_parts *s = arg;

	for (size_t i = 0; i < s->n; i++)
		if (s->ids[i] == session_id)
			return s->in[i];
	return false;
}

void answers_narrow(struct ctx *cx, const struct gate *g,
		    struct answers_set *set, const struct answers_parts *parts)
{
	answers_keep(set, is_in, parts);
	answers_blank(cx, g, set, parts);
}

void answers_countable_before(struct ctx *cx, const struct gate *g,
			      struct answers_set *set)
{
	struct answers_parts *s = answers_parts(cx, g, set);
	size_t *people = ARENA_ARRAY(&cx->arena, size_t, s->n + 1);

	for (size_t i = 0; i < set->nsheets; i++)
		if (set->sheets[i].moment == MOMENT_PRE)
			people[place(s, set->sheets[i].session_id)]++;
	parts_choose(cx, g, GATE_OPINION, s, people, s->in);
	answers_narrow(cx, g, set, s);
}

void answers_countable(struct ctx *cx, const struct gate *g,
		       struct answers_set *set)
{
	answers_narrow(cx, g, set, answers_parts(cx, g, set));
}
