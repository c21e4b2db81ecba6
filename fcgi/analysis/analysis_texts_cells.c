/*
 * analysis_texts_cells.c: which cells of the code book may be shown.
 *
 * A cell (a code, or no code) is shown where its people are nobody, or enough;
 * the others of the page are enough, or nobody, as well: total minus cell is
 * no small group.
 *
 * A course shows its cells beside those of its sessions, a year beside those
 * of its courses. What no page inside shows must not be the rest of a sum:
 * those comments, together, are of two sessions and of enough people, and so
 * are the others beside them, or the cell is hidden in the whole, too.
 */
#include "analysis/analysis_texts_codes.h"

#include <stdlib.h>
#include <string.h>

static const struct writing *at(const struct codes *c, size_t i)
{
	return &c->g->t->list[c->g->doc[i]];
}

/* Some of the group's comments: places in c->order. */
struct range {
	size_t first, end;
};

/* People behind the comments of a range that are in cell j, or not. */
static size_t people_in(const struct codes *c, struct range r, size_t j,
			bool in, size_t *n)
{
	AN_SCRATCH(work);
	size_t *doc = an_sizes(&work, r.end - r.first);

	*n = 0;
	for (size_t i = r.first; i < r.end; i++)
		if (c->in[c->order[i] * c->cells + j] == in)
			doc[(*n)++] = c->g->doc[c->order[i]];
	return texts_people(c->g->t, doc, *n);
}

/* Nobody, or enough. */
static bool is_fine(const struct codes *c, size_t people)
{
	return !people || gate_may(c->g->t->w->g, GATE_COMMENT, people);
}

/* Few people who all say it, or none of whom does, are not shown as such. */
static bool may_stand(const struct codes *c, struct range r, size_t j)
{
	const size_t alike = gate_alike(c->g->t->w->g, GATE_COMMENT);
	size_t with, without;
	const size_t people = people_in(c, r, j, true, &with);
	const size_t others = people_in(c, r, j, false, &without);

	return people + others > 0 && is_fine(c, people) &&
	       is_fine(c, others) &&
	       ((with && without) || people + others >= alike);
}

/*
 * What is loose of cell j: none, or of two sessions and enough people, beside
 * whom those of the same pages who are not in it are nobody, or enough.
 */
static bool rest_is_fine(const struct codes *c, struct range r, size_t j)
{
	AN_SCRATCH(work);
	const struct texts_work *t = c->g->t;
	size_t *doc = an_sizes(&work, r.end - r.first), n = 0;
	size_t *other = an_sizes(&work, r.end - r.first), nother = 0;
	bool several = false;

	for (size_t i = r.first; i < r.end; i++) {
		const size_t place = c->order[i];

		if (!c->loose[place * c->cells + j])
			continue;
		if (!c->in[place * c->cells + j]) {
			other[nother++] = c->g->doc[place];
			continue;
		}
		doc[n++] = c->g->doc[place];
		several |=
			t->list[doc[0]].session_id != at(c, place)->session_id;
	}
	return !n ||
	       (several &&
		gate_may(t->w->g, GATE_COMMENT, texts_people(t, doc, n)) &&
		is_fine(c, texts_people(t, other, nother)));
}

/*
 * Comments that have only hidden codes are what total minus uncoded minus
 * codes shown is at least: were they few, the uncoded are hidden as well.
 */
static bool hidden_are_fine(const struct codes *c, struct range r,
			    const bool *shown)
{
	AN_SCRATCH(work);
	size_t *doc = an_sizes(&work, r.end - r.first), n = 0;

	for (size_t i = r.first; i < r.end; i++) {
		const bool *in = c->in + c->order[i] * c->cells;
		bool hidden = false, other = false;

		for (size_t j = 0; j < c->book.n; j++) {
			hidden |= in[j] && !shown[j];
			other |= in[j] && shown[j];
		}
		if (hidden && !other)
			doc[n++] = c->g->doc[c->order[i]];
	}
	return is_fine(c, texts_people(c->g->t, doc, n));
}

/* The cells of a range on its page. is_part: no page is inside of it. */
static void publish(struct codes *c, struct range r, bool is_part, bool *shown)
{
	for (size_t j = 0; j < c->cells; j++)
		shown[j] = may_stand(c, r, j) &&
			   (is_part || rest_is_fine(c, r, j));
	shown[c->book.n] = shown[c->book.n] && hidden_are_fine(c, r, shown);
	for (size_t i = r.first; i < r.end; i++)
		for (size_t j = 0; j < c->cells; j++) {
			const size_t e = c->order[i] * c->cells + j;

			c->loose[e] = !shown[j] && (is_part || c->loose[e]);
		}
}

/* Where the part that begins at a place ends. */
static size_t end_of(const struct codes *c, struct range r,
		     enum analysis_scope part)
{
	const struct writing *first = at(c, c->order[r.first]);
	size_t i = r.first;

	while (i < r.end &&
	       (part == ANALYSIS_SESSION
			? at(c, c->order[i])->session_id == first->session_id
			: at(c, c->order[i])->course_id == first->course_id))
		i++;
	return i;
}

/*
 * A session or a course shows the questions that enough people answered there,
 * a course without what few people of a session wrote. Those comments come
 * first; of the others no cell of the page tells anything.
 */
static struct range page_of(struct codes *c, struct range r, bool is_course)
{
	AN_SCRATCH(work);
	const struct texts_work *t = c->g->t;
	size_t *doc = an_sizes(&work, r.end - r.first);
	size_t *rest = an_sizes(&work, r.end - r.first), nrest = 0;
	struct range front = { r.first, r.first };

	for (size_t q = 0; q < TEXTS_QUESTIONS; q++) {
		size_t n = 0;
		bool enough;

		for (size_t i = r.first; i < r.end; i++)
			if (at(c, c->order[i])->question == q) {
				doc[n++] = c->g->doc[c->order[i]];
				c->here[doc[n - 1]] = false;
			}
		if (is_course)
			n = texts_guard_course(t, doc, n);
		enough = gate_may(t->w->g, GATE_COMMENT,
				  texts_people(t, doc, n));
		for (size_t i = 0; i < n; i++)
			c->here[doc[i]] = enough;
	}
	for (size_t i = r.first; i < r.end; i++) {
		const size_t place = c->order[i];

		if (c->here[c->g->doc[place]]) {
			c->order[front.end++] = place;
			continue;
		}
		rest[nrest++] = place;
		for (size_t j = 0; j < c->cells; j++)
			c->loose[place * c->cells + j] = true;
	}
	for (size_t i = 0; i < nrest; i++)
		c->order[front.end + i] = rest[i];
	return front;
}

static void publish_course(struct codes *c, struct range r, bool *shown)
{
	for (size_t i = r.first; i < r.end;) {
		const size_t end =
			end_of(c, (struct range){ i, r.end }, ANALYSIS_SESSION);

		publish(c, page_of(c, (struct range){ i, end }, false), true,
			shown);
		i = end;
	}
	publish(c, r, false, shown);
}

static void publish_year(struct codes *c, struct range r, bool *shown)
{
	for (size_t i = r.first; i < r.end;) {
		const size_t end =
			end_of(c, (struct range){ i, r.end }, ANALYSIS_COURSE);

		publish_course(c, page_of(c, (struct range){ i, end }, true),
			       shown);
		i = end;
	}
	publish(c, r, false, shown);
}

static int by_part(const void *a, const void *b, void *arg)
{
	const struct codes *c = arg;
	const size_t i = *(const size_t *)a, k = *(const size_t *)b;
	const struct writing *x = at(c, i), *y = at(c, k);

	if (x->course_id != y->course_id)
		return x->course_id < y->course_id ? -1 : 1;
	if (x->session_id != y->session_id)
		return x->session_id < y->session_id ? -1 : 1;
	return (i > k) - (i < k);
}

void codes_find_shown(struct codes *c, bool *shown)
{
	const struct range all = { 0, c->g->n };

	if (c->g->n)
		qsort_r(c->order, c->g->n, sizeof(*c->order), by_part, c);
	switch (c->g->t->w->scope) {
	case ANALYSIS_SESSION:
		publish(c, all, true, shown);
		break;
	case ANALYSIS_COURSE:
		publish_course(c, all, shown);
		break;
	case ANALYSIS_YEAR:
		publish_year(c, all, shown);
		break;
	}
}

void codes_begin(struct codes *c)
{
	struct arena *a = &c->g->t->w->cx->arena;
	const size_t n = c->g->n;

	c->cells = c->book.n + 1;
	c->in = ARENA_ARRAY(a, bool, n * c->cells + 1);
	c->loose = ARENA_ARRAY(a, bool, n * c->cells + 1);
	c->here = ARENA_ARRAY(a, bool, c->g->t->n + 1);
	c->order = ARENA_ARRAY(a, size_t, n + 1);
	for (size_t i = 0; i < n; i++)
		c->order[i] = i;
}

size_t codes_people(const struct codes *c, size_t j, size_t *n)
{
	return people_in(c, (struct range){ 0, c->g->n }, j, true, n);
}
