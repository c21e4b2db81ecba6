/*
 * analysis_texts_people.c: how many people are behind comments, and which
 * comments have to stay out of a total.
 */
#include "analysis/analysis_texts.h"

#include <stdlib.h>
#include <string.h>

static int order_of(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Unit and tier, then session, then person. */
static int by_person(const void *a, const void *b)
{
	const struct writing *x = *(const struct writing *const *)a;
	const struct writing *y = *(const struct writing *const *)b;
	int order = order_of(x->unit_id, y->unit_id);

	order = order ? order : order_of(x->tier_id, y->tier_id);
	order = order ? order : order_of(x->session_id, y->session_id);
	return order ? order : order_of(x->submission_id, y->submission_id);
}

size_t texts_people(const struct texts_work *t, const size_t *doc, size_t n)
{
	AN_SCRATCH(work);
	const struct writing **list = an_alloc(&work, n, sizeof(*list));
	size_t people = 0, most = 0, here = 0;

	for (size_t i = 0; i < n; i++)
		list[i] = &t->list[doc[i]];
	if (n)
		qsort(list, n, sizeof(*list), by_person);
	for (size_t i = 0; i < n; i++) {
		const struct writing *x = list[i], *y = i ? list[i - 1] : NULL;
		const bool same_cell = y && x->unit_id == y->unit_id &&
				       x->tier_id == y->tier_id;

		if (!same_cell) {
			people += most;
			most = 0;
		}
		if (!same_cell || x->session_id != y->session_id)
			here = 0;
		if (!here || x->submission_id != y->submission_id)
			here++;
		most = here > most ? here : most;
	}
	return people + most;
}

bool texts_shared(const struct texts_work *t, const size_t *doc, size_t n)
{
	int64_t first = DB_NULL;
	size_t departments = 0;

	if (n < TEXTS_PEOPLE || texts_people(t, doc, n) < TEXTS_PEOPLE)
		return false;
	for (size_t i = 0; i < n && departments < TEXTS_DEPARTMENTS; i++) {
		const int64_t d = t->list[doc[i]].department;

		if (d == DB_NULL || (departments && d == first))
			continue;
		first = d;
		departments++;
	}
	return departments >= TEXTS_DEPARTMENTS;
}

static int64_t session_part(const struct writing *wr)
{
	return wr->session_id;
}

static int64_t course_part(const struct writing *wr)
{
	return wr->course_id;
}

static int64_t year_part(const struct writing *wr)
{
	return wr->fiscal_year;
}

/* Places of comments, part by part. */
struct parts {
	const struct texts_work *t;
	int64_t (*part)(const struct writing *wr);
};

static int by_part(const void *a, const void *b, void *arg)
{
	const struct parts *p = arg;
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;
	const int order =
		order_of(p->part(&p->t->list[x]), p->part(&p->t->list[y]));

	return order ? order : (x > y) - (x < y);
}

static int by_place(const void *a, const void *b)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/*
 * Those of sessions that are enough people, or enough together, first; how
 * many they are.
 */
static size_t split(const struct texts_work *t, size_t *doc, size_t n)
{
	AN_SCRATCH(work);
	const size_t least = gate_least(t->w->g, GATE_COMMENT);
	struct parts p = { t, session_part };
	size_t *small = an_sizes(&work, n), nsmall = 0, kept = 0, lone = 0;

	if (n)
		qsort_r(doc, n, sizeof(*doc), by_part, &p);
	for (size_t i = 0, end; i < n; i = end) {
		bool enough;

		for (end = i + 1; end < n; end++)
			if (t->list[doc[end]].session_id !=
			    t->list[doc[i]].session_id)
				break;
		enough = texts_people(t, doc + i, end - i) >= least;
		lone += enough ? 0 : 1;
		for (size_t j = i; j < end; j++)
			if (enough)
				doc[kept++] = doc[j];
			else
				small[nsmall++] = doc[j];
	}
	memcpy(doc + kept, small, nsmall * sizeof(*small));
	if (lone > 1 && texts_people(t, small, nsmall) >= least)
		kept = n;
	return kept;
}

/*
 * The sessions of a year, course by course (of a course, year by year): what a
 * course shows of its small sessions together is no cover for those of another.
 */
static size_t split_twice(const struct texts_work *t, size_t *doc, size_t n,
			  int64_t (*part)(const struct writing *wr))
{
	AN_SCRATCH(work);
	struct parts p = { t, part };
	size_t *small = an_sizes(&work, n), nsmall = 0, kept = 0;

	if (n)
		qsort_r(doc, n, sizeof(*doc), by_part, &p);
	for (size_t i = 0, end; i < n; i = end) {
		size_t own;

		for (end = i + 1; end < n; end++)
			if (part(&t->list[doc[end]]) != part(&t->list[doc[i]]))
				break;
		own = split(t, doc + i, end - i);
		for (size_t j = i; j < end; j++)
			if (j < i + own)
				doc[kept++] = doc[j];
			else
				small[nsmall++] = doc[j];
	}
	memcpy(doc + kept, small, nsmall * sizeof(*small));
	return kept + split(t, doc + kept, nsmall);
}

size_t texts_guard_course(const struct texts_work *t, size_t *doc, size_t n)
{
	const size_t kept = split(t, doc, n);

	return kept ? kept : n;
}

size_t texts_guard(const struct texts_work *t, size_t *doc, size_t n)
{
	size_t kept = split_twice(t, doc, n,
				  t->w->scope == ANALYSIS_YEAR ? course_part
							       : year_part);

	/* Too few in all: they are counted, and hidden. */
	kept = kept ? kept : n;
	if (kept)
		qsort(doc, kept, sizeof(*doc), by_place);
	return kept;
}
