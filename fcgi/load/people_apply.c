/*
 * people_apply.c: writing what was decided, in one transaction.
 *
 * Everything it reads was made before and stays, so it can run again.
 */
#include "load/people.h"

#include <stdlib.h>

static enum err add_units(struct people_import *im)
{
	for (size_t i = 0; i < im->nnew_units; i++) {
		struct people_unit *u = &im->new_units[i];
		const struct unit_new unit = {
			.code = u->code,
			.kind = u->kind,
			.name = u->name,
			.name_en = "",
			/* The unit above stands before it in the list. */
			.parent_id = u->above_new != PEOPLE_NO_COLUMN
					     ? im->new_units[u->above_new].id
					     : u->above,
			.sort = (int64_t)(im->nunits + i + 1) * 10,
			.valid_from = u->from,
			.is_synthetic = im->options->is_synthetic,
		};

		TRY(store_unit_add(im->cx, &unit, &u->id));
	}
	return OK;
}

static enum err do_step(struct people_import *im, struct people_step *s,
			int64_t person_id)
{
	struct posting begin = s->begin;
	int64_t id;

	if (s->end_id != DB_NULL)
		TRY(store_posting_end(im->cx, s->end_id, s->last_day));
	if (!s->begins)
		return OK;
	begin.person_id = person_id;
	if (s->new_unit != PEOPLE_NO_COLUMN)
		begin.unit_id = im->new_units[s->new_unit].id;
	return store_posting_add(im->cx, &begin, &id);
}

/* The head of a unit may act as one; who is none any more may not. */
static enum err set_head(struct people_import *im,
			 const struct people_person *p, int64_t id)
{
	bool stays = p->gains_head;

	for (size_t i = 0; i < p->npostings && !stays; i++) {
		bool ends = false;

		for (size_t j = 0; j < p->nsteps; j++)
			ends |= p->steps[j].end_id == p->postings[i].id;
		stays = !ends && p->postings[i].is_head == 1;
	}
	if (p->gains_head)
		return store_role_grant(im->cx, id, "head", DB_NULL);
	if (p->loses_head && !stays)
		return store_role_revoke(im->cx, id, "head");
	return OK;
}

static enum err write_person(struct people_import *im, struct people_person *p)
{
	int64_t id = p->known ? p->known->id : DB_NULL;

	if (!p->known) {
		TRY(store_person_add(im->cx, &p->wanted, &id));
		TRY(store_role_grant(im->cx, id, "trainee", DB_NULL));
	} else if (p->is_changed) {
		TRY(store_person_update(im->cx, &p->wanted));
	}
	for (size_t i = 0; i < p->nsteps; i++)
		TRY(do_step(im, &p->steps[i], id));
	return set_head(im, p, id);
}

/*
 * Addresses are unique at every moment. Two people who swap theirs would
 * collide half-way, so those that change are taken away first.
 */
static enum err clear_emails(struct people_import *im)
{
	for (size_t i = 0; i < im->npeople; i++) {
		const struct people_person *p = &im->people[i];
		struct person bare;

		if (!p->is_changed || !p->known->email)
			continue;
		bare = *p->known;
		bare.email = NULL;
		TRY(store_person_update(im->cx, &bare));
	}
	return OK;
}

static int by_unit(const void *a, const void *b)
{
	const struct people_step *x = *(const struct people_step *const *)a,
				 *y = *(const struct people_step *const *)b;

	if (x->begin.unit_id != y->begin.unit_id)
		return x->begin.unit_id < y->begin.unit_id ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

/*
 * Units that get people are held until the end, each once and in the order of
 * their ids, so that two who do so never wait for each other. One that was
 * ended since the file was compared with it is a problem of the row.
 */
static enum err hold_units(struct people_import *im)
{
	const struct people_step **list;
	const char *end = NULL;
	size_t n = 0;

	for (size_t i = 0; i < im->npeople; i++)
		n += im->people[i].nsteps;
	list = ARENA_ARRAY(im->a, const struct people_step *, n + 1);
	n = 0;
	for (size_t i = 0; i < im->npeople; i++)
		for (size_t j = 0; j < im->people[i].nsteps; j++)
			if (im->people[i].steps[j].begins &&
			    im->people[i].steps[j].new_unit == PEOPLE_NO_COLUMN)
				list[n++] = &im->people[i].steps[j];
	qsort(list, n, sizeof(*list), by_unit);
	for (size_t i = 0; i < n; i++) {
		const struct posting *begin = &list[i]->begin;

		if (i == 0 || begin->unit_id != list[i - 1]->begin.unit_id)
			TRY(store_unit_hold(im->cx, begin->unit_id, &end));
		if (people_outlasts(begin->valid_to, end))
			people_problem(im, list[i]->line, PEOPLE_UNIT,
				       begin->unit_code,
				       TEXT_KEY("load.people_unit_ends"));
	}
	return OK;
}

/* The same for units that get units below them. */
static enum err hold_above(struct people_import *im)
{
	for (size_t i = 0; i < im->nnew_units; i++) {
		const struct people_unit *u = &im->new_units[i];
		const char *end;

		if (u->above_new != PEOPLE_NO_COLUMN || u->above == DB_NULL)
			continue;
		TRY(store_unit_hold(im->cx, u->above, &end));
		if (people_outlasts(NULL, end))
			people_problem(im, u->line, PEOPLE_UNIT_ABOVE, u->code,
				       TEXT_KEY("load.people_unit_ends"));
	}
	return OK;
}

enum err people_apply(struct ctx *cx, void *import)
{
	struct people_import *im = import;

	(void)cx;
	TRY(hold_units(im));
	TRY(hold_above(im));
	if (im->problems.n > 0)
		return OK; /* nothing is written yet */
	TRY(add_units(im));
	TRY(clear_emails(im));
	for (size_t i = 0; i < im->npeople; i++)
		TRY(write_person(im, &im->people[i]));
	return OK;
}
