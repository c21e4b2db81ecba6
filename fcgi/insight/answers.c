/*
 * answers.c: reading submissions and matching them. Columns: columns.c.
 */
#include "insight/answers.h"

#include "base/text.h"
#include "store/store_survey.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct answers_set *set;
	size_t *survey_of; /* place of the survey per collection */
	size_t capacity;
	size_t last; /* collection of the row before: rows come in runs */
};

static enum moment moment_of(const struct answers_collection *c)
{
	enum moment m = MOMENT_ATLARGE;

	moment_from_word(c->moment, &m);
	return m;
}

static size_t find_collection(struct reading *r, int64_t id)
{
	const struct answers_set *set = r->set;

	if (set->collections[r->last].id == id)
		return r->last;
	for (size_t i = 0; i < set->ncollections; i++)
		if (set->collections[i].id == id) {
			r->last = i;
			return i;
		}
	return SIZE_MAX; /* made between the two statements */
}

static struct sheet *next_sheet(struct ctx *cx, struct reading *r)
{
	struct answers_set *set = r->set;

	if (set->nsheets == r->capacity) {
		const size_t wider = r->capacity ? 2 * r->capacity : 256;
		struct sheet *more =
			ARENA_ARRAY(&cx->arena, struct sheet, wider);

		if (set->nsheets)
			memcpy(more, set->sheets, set->nsheets * sizeof(*more));
		set->sheets = more;
		r->capacity = wider;
	}
	return &set->sheets[set->nsheets++];
}

static enum err take(struct ctx *cx, const struct answers_submission *row,
		     void *arg)
{
	struct reading *r = arg;
	const size_t at = find_collection(r, row->collection_id);
	struct sheet *s;

	if (at == SIZE_MAX)
		return OK;
	s = next_sheet(cx, r);
	s->collection = at;
	s->survey = r->survey_of[at];
	s->session_id = r->set->collections[at].session_id;
	s->moment = moment_of(&r->set->collections[at]);
	s->tier_id = row->tier_id;
	s->unit_id = row->unit_id;
	if (row->slots.len)
		s->slots = arena_memdup(&cx->arena, row->slots.data,
					row->slots.len);
	s->nslots = row->slots.len;
	s->has_pair = row->pair.len == sizeof(s->pair);
	if (s->has_pair)
		memcpy(s->pair, row->pair.data, sizeof(s->pair));
	r->set->n_pre += s->moment == MOMENT_PRE ? 1 : 0;
	r->set->n_post += s->moment == MOMENT_POST ? 1 : 0;
	return OK;
}

/* Session, then key, then moment: a pair stands side by side. */
static int by_pair(const void *a, const void *b)
{
	const struct sheet *x = *(const struct sheet *const *)a;
	const struct sheet *y = *(const struct sheet *const *)b;
	int order;

	if (x->session_id != y->session_id)
		return x->session_id < y->session_id ? -1 : 1;
	order = memcmp(x->pair, y->pair, sizeof(x->pair));
	return order ? order : (int)x->moment - (int)y->moment;
}

static bool are_pair(const struct sheet *pre, const struct sheet *post)
{
	return pre->moment == MOMENT_PRE && post->moment == MOMENT_POST &&
	       pre->session_id == post->session_id &&
	       !memcmp(pre->pair, post->pair, sizeof(pre->pair));
}

static void match(struct ctx *cx, struct answers_set *set)
{
	struct sheet **order =
		ARENA_ARRAY(&cx->arena, struct sheet *, set->nsheets);
	size_t n = 0;

	for (size_t i = 0; i < set->nsheets; i++) {
		struct sheet *s = &set->sheets[i];

		if (s->has_pair &&
		    (s->moment == MOMENT_PRE || s->moment == MOMENT_POST))
			order[n++] = s;
	}
	if (n)
		qsort(order, n, sizeof(*order), by_pair);
	set->pairs = ARENA_ARRAY(&cx->arena, struct sheet_pair, n / 2 + 1);
	for (size_t i = 0; i + 1 < n; i++) {
		if (!are_pair(order[i], order[i + 1]))
			continue;
		order[i]->is_matched = order[i + 1]->is_matched = true;
		set->pairs[set->npairs++] =
			(struct sheet_pair){ order[i], order[i + 1] };
		i++;
	}
}

static enum err open_surveys(struct ctx *cx, struct answers_set *set,
			     size_t *survey_of)
{
	for (size_t i = 0; i < set->ncollections; i++) {
		const int64_t version = set->collections[i].version_id;
		size_t at = 0;

		while (at < set->nsurveys &&
		       set->surveys[at]->version_id != version)
			at++;
		if (at == set->nsurveys) {
			TRY(store_survey_open(cx, version, &set->surveys[at]));
			set->nsurveys++;
		}
		survey_of[i] = at;
		set->is_synthetic |= set->collections[i].is_synthetic == 1;
	}
	return OK;
}

enum err answers_read(struct ctx *cx, const struct answers_of *of,
		      struct answers_set *set)
{
	struct reading r = { .set = set };

	*set = (struct answers_set){ 0 };
	TRY(store_answers_collections(cx, of, &set->collections,
				      &set->ncollections));
	set->surveys = ARENA_ARRAY(&cx->arena, const struct survey *,
				   set->ncollections + 1);
	r.survey_of = ARENA_ARRAY(&cx->arena, size_t, set->ncollections + 1);
	TRY(open_surveys(cx, set, r.survey_of));
	if (set->ncollections)
		TRY(store_answers_each(cx, of, take, &r));
	match(cx, set);
	return store_answers_again(cx, of, &set->again, &set->nagain);
}

size_t answers_repeats(const struct answers_set *set, const bool *in)
{
	size_t most = 0, here = 0;

	for (size_t i = 0; i < set->nagain;) {
		const struct answers_again *first = &set->again[i];
		size_t sheets = 0;

		if (!i || !text_equals(first->moment, first[-1].moment))
			here = 0;
		for (; i < set->nagain && set->again[i].person == first->person;
		     i++)
			sheets += in[i] ? 1 : 0;
		here += sheets ? sheets - 1 : 0;
		most = here > most ? here : most;
	}
	return most;
}

void answers_keep(struct answers_set *set,
		  bool (*keep)(int64_t session_id, const void *arg),
		  const void *arg)
{
	size_t kept = 0;

	set->keep = keep;
	set->keep_arg = arg;
	/* Pairs first: they point into the sheets, which stay in place. */
	for (size_t i = 0; i < set->npairs; i++)
		if (keep(set->pairs[i].pre->session_id, arg))
			set->pairs[kept++] = set->pairs[i];
	set->npairs = kept;
	set->n_pre = set->n_post = 0;
	for (size_t i = 0; i < set->nsheets; i++) {
		struct sheet *s = &set->sheets[i];

		if (!keep(s->session_id, arg)) {
			s->moment = MOMENT_ATLARGE; /* read by nobody */
			continue;
		}
		set->n_pre += s->moment == MOMENT_PRE ? 1 : 0;
		set->n_post += s->moment == MOMENT_POST ? 1 : 0;
	}
}
