/*
 * analysis_sets.c: the manual is analysis_sets.h.
 */
#include "analysis/analysis_sets.h"

#include "insight/answers_parts.h"
#include "store/store_funnel.h"

int64_t set_course_of(const struct answers_set *set, const struct sheet *s)
{
	return set->collections[s->collection].course_id;
}

static const struct answers_collection *collection_of(
	const struct answers_set *set, int64_t session_id)
{
	for (size_t i = 0; i < set->ncollections; i++)
		if (set->collections[i].session_id == session_id)
			return &set->collections[i];
	return NULL;
}

int64_t set_course_of_session(const struct answers_set *set, int64_t session_id)
{
	const struct answers_collection *c = collection_of(set, session_id);

	return c ? c->course_id : 0;
}

int64_t set_year_of_session(const struct answers_set *set, int64_t session_id)
{
	const struct answers_collection *c = collection_of(set, session_id);

	return c ? c->fiscal_year : 0;
}

static bool counts(const struct sheet *s)
{
	return s->moment == MOMENT_PRE || s->moment == MOMENT_POST;
}

/* Sessions of a course with answers, once each. */
static size_t count_sessions(struct ctx *cx, const struct answers_set *set,
			     int64_t course_id)
{
	int64_t *seen = ARENA_ARRAY(&cx->arena, int64_t, set->ncollections + 1);
	size_t n = 0;

	for (size_t i = 0; i < set->nsheets; i++) {
		const struct sheet *s = &set->sheets[i];
		size_t k = 0;

		if (!counts(s) || set_course_of(set, s) != course_id)
			continue;
		while (k < n && seen[k] != s->session_id)
			k++;
		if (k == n)
			seen[n++] = s->session_id;
	}
	return n;
}

enum err set_courses(const struct analysis_work *w,
		     const struct answers_set *set,
		     const struct set_course **courses, size_t *n)
{
	const struct funnel_session *rows = NULL;
	struct set_course *list = ARENA_ARRAY(&w->cx->arena, struct set_course,
					      set->ncollections + 1);
	size_t nrows = 0;

	if (w->scope == ANALYSIS_YEAR)
		TRY(store_funnel_sessions(w->cx, w->scope_id, &rows, &nrows));
	*n = 0;
	for (size_t i = 0; i < set->ncollections; i++) {
		const int64_t id = set->collections[i].course_id;
		size_t k = 0;

		while (k < *n && list[k].id != id)
			k++;
		if (k < *n)
			continue;
		list[k] = (struct set_course){ .id = id,
					       .title = { "", "" },
					       .sessions = count_sessions(
						       w->cx, set, id) };
		for (size_t r = 0; r < nrows; r++)
			if (rows[r].course_id == id)
				list[k].title =
					(struct bilingual){ rows[r].title,
							    rows[r].title_en };
		*n += list[k].sessions ? 1 : 0;
	}
	*courses = list;
	return OK;
}

struct answers_set set_of_course(struct ctx *cx, const struct answers_set *set,
				 int64_t course_id)
{
	struct arena *a = &cx->arena;
	struct answers_collection *collections = ARENA_ARRAY(
		a, struct answers_collection, set->ncollections + 1);
	struct answers_set own = *set;

	own.collections = collections;
	own.sheets = ARENA_ARRAY(a, struct sheet, set->nsheets + 1);
	own.pairs = ARENA_ARRAY(a, struct sheet_pair, set->npairs + 1);
	own.nsheets = own.npairs = own.n_pre = own.n_post = 0;
	/* Others keep their place but are of no moment: no columns of them. */
	for (size_t i = 0; i < set->ncollections; i++) {
		collections[i] = set->collections[i];
		if (collections[i].course_id != course_id)
			collections[i].moment = "";
	}
	for (size_t i = 0; i < set->nsheets; i++) {
		const struct sheet *s = &set->sheets[i];

		if (!counts(s) || set_course_of(set, s) != course_id)
			continue;
		own.sheets[own.nsheets++] = *s;
		own.n_pre += s->moment == MOMENT_PRE ? 1 : 0;
		own.n_post += s->moment == MOMENT_POST ? 1 : 0;
	}
	for (size_t i = 0; i < set->npairs; i++)
		if (set_course_of(set, set->pairs[i].pre) == course_id)
			own.pairs[own.npairs++] = set->pairs[i];
	return own;
}

enum err set_read_twice(const struct analysis_work *w, struct set_twice *out)
{
	struct arena *a = &w->cx->arena;
	struct answers_set *c = &out->countable;

	TRY(answers_read(w->cx, w->of, &out->all));
	*c = out->all;
	/* Narrowing marks the sheets: it works on a copy of them. */
	if (c->nsheets)
		c->sheets = arena_memdup(a, c->sheets,
					 c->nsheets * sizeof(*c->sheets));
	if (c->npairs)
		c->pairs = arena_memdup(a, c->pairs,
					c->npairs * sizeof(*c->pairs));
	for (size_t i = 0; i < c->npairs; i++) {
		c->pairs[i].pre =
			c->sheets + (c->pairs[i].pre - out->all.sheets);
		c->pairs[i].post =
			c->sheets + (c->pairs[i].post - out->all.sheets);
	}
	if (w->scope != ANALYSIS_SESSION)
		answers_countable(w->cx, w->g, c);
	return OK;
}

/* Sheets of a session at a moment. */
static size_t sheets_of(const struct answers_set *set, int64_t session_id,
			enum moment m)
{
	size_t n = 0;

	for (size_t i = 0; i < set->nsheets; i++)
		n += set->sheets[i].session_id == session_id &&
				     set->sheets[i].moment == m
			     ? 1
			     : 0;
	return n;
}

/* May the sheets before of this session be used, and of whom? */
enum use { USE_NONE, USE_MATCHED, USE_ALL };

static enum use use_of(const struct gate *g, const struct set_twice *t,
		       int64_t session_id, enum use countable)
{
	if (sheets_of(&t->countable, session_id, MOMENT_PRE) ||
	    sheets_of(&t->countable, session_id, MOMENT_POST))
		return countable;
	if (sheets_of(&t->all, session_id, MOMENT_POST) ||
	    !gate_may(g, GATE_OPINION,
		      sheets_of(&t->all, session_id, MOMENT_PRE)))
		return USE_NONE;
	return USE_ALL;
}

const struct sheet **set_before(struct ctx *cx, const struct gate *g,
				const struct set_twice *t, size_t *n)
{
	const struct answers_set *all = &t->all;
	const struct sheet **list =
		ARENA_ARRAY(&cx->arena, const struct sheet *, all->nsheets + 1);
	const size_t only = t->countable.n_pre - t->countable.npairs;
	const enum use countable = only && !gate_may(g, GATE_OPINION, only)
					   ? USE_MATCHED
					   : USE_ALL;
	int64_t session = 0;
	enum use use = USE_NONE;

	*n = 0;
	for (size_t i = 0; i < all->nsheets; i++) {
		const struct sheet *s = &all->sheets[i];

		if (s->moment != MOMENT_PRE)
			continue;
		if (s->session_id != session) {
			session = s->session_id;
			use = use_of(g, t, session, countable);
		}
		if (use == USE_ALL || (use == USE_MATCHED && s->is_matched))
			list[(*n)++] = s;
	}
	return list;
}

void set_refuse(size_t *people, const bool *refused, size_t ngroups)
{
	for (size_t i = 0; i < ngroups; i++)
		if (refused[i] && people[i])
			people[i] = 1;
}
