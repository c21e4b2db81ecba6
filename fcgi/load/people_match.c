/*
 * people_match.c: the rows against each other and against the database.
 *
 * Everybody known, their open postings and the organisation are read with
 * one statement each; the rest is look-ups in sorted arrays.
 */
#include "base/text.h"
#include "load/people.h"

#include <stdlib.h>
#include <string.h>

static int by_number(const void *a, const void *b)
{
	const struct people_row *const *x = a, *const *y = b;
	const int order = strcmp((*x)->number, (*y)->number);

	if (order)
		return order;
	/* The main row first; else in the order of the file. */
	if ((*x)->is_main != (*y)->is_main)
		return (*x)->is_main ? -1 : 1;
	return (*x)->line < (*y)->line ? -1 : (*x)->line > (*y)->line;
}

static int by_line(const void *a, const void *b)
{
	const struct people_person *x = a, *y = b;

	return x->rows[0]->line < y->rows[0]->line
		       ? -1
		       : x->rows[0]->line > y->rows[0]->line;
}

static int number_of_known(const void *key, const void *person)
{
	const struct person *p = person;

	/* External people have none and stand first. */
	return p->staff_number ? strcmp(key, p->staff_number) : 1;
}

static int person_of_posting(const void *key, const void *posting)
{
	const int64_t id = *(const int64_t *)key;
	const struct posting *p = posting;

	return id < p->person_id ? -1 : id > p->person_id;
}

/* The postings of one person: any of them by search, then its neighbours. */
static void find_postings(const struct people_import *im,
			  struct people_person *p)
{
	const struct posting *at =
		bsearch(&p->known->id, im->postings, im->npostings, sizeof(*at),
			person_of_posting);
	const struct posting *end = im->postings + im->npostings;

	if (!at)
		return;
	while (at > im->postings && at[-1].person_id == p->known->id)
		at--;
	p->postings = at;
	while (at < end && at->person_id == p->known->id)
		at++;
	p->npostings = (size_t)(at - p->postings);
}

/* "12" where "0012" is known: a spreadsheet has eaten the zeros. */
static void check_zeros(struct people_import *im, const struct people_row *row)
{
	const size_t n = strlen(row->number);
	char padded[17];

	if (n == 0 || strspn(row->number, "0123456789") != n)
		return;
	for (size_t width = n + 1; width <= 16; width++) {
		memset(padded, '0', width - n);
		memcpy(padded + width - n, row->number, n + 1);
		if (bsearch(padded, im->known, im->nknown, sizeof(*im->known),
			    number_of_known))
			people_problem(im, row->line, PEOPLE_NUMBER,
				       row->number,
				       TEXT_KEY("load.people_zeros"));
	}
}

static void check_rows(struct people_import *im, const struct people_person *p)
{
	const struct people_row *first = p->rows[0];

	for (size_t i = 1; i < p->nrows; i++) {
		const struct people_row *row = p->rows[i];

		if (row->is_main)
			people_problem(im, row->line, PEOPLE_NUMBER,
				       row->number,
				       TEXT_KEY("load.people_twice"));
		else if (strcmp(row->family, first->family) != 0 ||
			 strcmp(row->given, first->given) != 0)
			people_problem(im, row->line, PEOPLE_FAMILY,
				       row->family,
				       TEXT_KEY("load.people_names_differ"));
	}
	if (!first->is_main)
		people_problem(im, first->line, PEOPLE_SECOND, first->number,
			       TEXT_KEY("load.people_no_main"));
}

/* As the file says; what it does not say stays as it is. */
static struct person wanted(const struct people_person *p, bool is_synthetic)
{
	static const struct person nobody = { .former_family = "",
					      .terminal = "portable" };
	const struct people_row *row = p->rows[0];
	struct person w = p->known ? *p->known : nobody;

	if (!p->known)
		w.is_synthetic = is_synthetic;
	w.staff_number = row->number;
	w.family = row->family;
	w.given = row->given;
	w.family_kana = row->family_kana;
	w.given_kana = row->given_kana;
	if (row->former)
		w.former_family = row->former;
	if (row->email)
		w.email = row->email[0] ? row->email : NULL;
	if (row->terminal)
		w.terminal = row->terminal;
	if (row->left_on)
		w.left_on = row->left_on[0] ? row->left_on : NULL;
	return w;
}

static bool differs(const struct person *a, const struct person *b)
{
	return strcmp(a->family, b->family) || strcmp(a->given, b->given) ||
	       strcmp(a->family_kana, b->family_kana) ||
	       strcmp(a->given_kana, b->given_kana) ||
	       strcmp(a->former_family, b->former_family) ||
	       strcmp(a->terminal, b->terminal) ||
	       !text_equals(a->email, b->email) ||
	       !text_equals(a->left_on, b->left_on);
}

static void group_rows(struct people_import *im)
{
	struct people_row **sorted =
		ARENA_ARRAY(im->a, struct people_row *, im->nrows);

	for (size_t i = 0; i < im->nrows; i++)
		sorted[i] = &im->rows[i];
	qsort(sorted, im->nrows, sizeof(*sorted), by_number);
	im->people = ARENA_ARRAY(im->a, struct people_person, im->nrows);
	for (size_t i = 0; i < im->nrows; i++) {
		struct people_person *p = &im->people[im->npeople];

		if (i == 0 ||
		    strcmp(sorted[i]->number, sorted[i - 1]->number) != 0) {
			p->rows = &sorted[i];
			p->nrows = 1;
			im->npeople++;
		} else {
			p[-1].nrows++;
		}
	}
	qsort(im->people, im->npeople, sizeof(*im->people), by_line);
}

/* Somebody's address, for finding one that two would have. */
struct address {
	const char *email, *number;
	size_t line; /* 0: known, not in the file */
};

static int by_email(const void *a, const void *b)
{
	const struct address *x = a, *y = b;
	const int order = strcmp(x->email, y->email);

	return order ? order : x->line < y->line ? -1 : x->line > y->line;
}

static int person_by_number(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Addresses after the import: of the file, and of known people not in it. */
static void check_emails(struct people_import *im)
{
	struct address *all =
		ARENA_ARRAY(im->a, struct address, im->npeople + im->nknown);
	const char **in_file = ARENA_ARRAY(im->a, const char *, im->npeople);
	size_t n = 0;

	for (size_t i = 0; i < im->npeople; i++) {
		const struct people_person *p = &im->people[i];

		in_file[i] = p->wanted.staff_number;
		if (p->wanted.email)
			all[n++] = (struct address){ p->wanted.email,
						     p->wanted.staff_number,
						     p->rows[0]->line };
	}
	qsort(in_file, im->npeople, sizeof(*in_file), person_by_number);
	for (size_t i = 0; i < im->nknown; i++) {
		const struct person *k = &im->known[i];

		if (k->email &&
		    !(k->staff_number &&
		      bsearch(&k->staff_number, in_file, im->npeople,
			      sizeof(*in_file), person_by_number)))
			all[n++] = (struct address){ k->email, k->staff_number,
						     0 };
	}
	qsort(all, n, sizeof(*all), by_email);
	for (size_t i = 1; i < n; i++)
		if (!strcmp(all[i].email, all[i - 1].email))
			people_problem(im, all[i].line, PEOPLE_EMAIL,
				       all[i].email,
				       TEXT_KEY("load.people_email_taken"));
}

static enum err read_known(struct people_import *im)
{
	const struct date as_of = im->options->as_of;
	struct date first = as_of;

	for (size_t i = 0; i < im->nrows; i++)
		if (date_compare(im->rows[i].from, first) < 0)
			first = im->rows[i].from;
	TRY(store_person_all(im->cx, &im->known, &im->nknown));
	TRY(store_postings_open(im->cx, date_to_iso(im->a, first),
				&im->postings, &im->npostings));
	TRY(store_units_on(im->cx, date_to_iso(im->a, as_of), &im->units,
			   &im->nunits));
	return store_tiers(im->cx, date_fiscal_year(as_of), &im->tiers,
			   &im->ntiers);
}

/*
 * A code that has become free may be given to another unit. While the one
 * before still has it, its name in the file does not make a second one.
 */
static enum err check_codes(struct people_import *im)
{
	for (size_t i = 0; i < im->nnew_units; i++) {
		const struct people_unit *u = &im->new_units[i];
		struct unit before;
		bool found;

		TRY(store_unit_by_code(im->cx, u->code, u->from, &before,
				       &found));
		if (found)
			people_problem(im, u->line, PEOPLE_UNIT, u->code,
				       TEXT_KEY("load.people_unit_ends"));
	}
	return OK;
}

enum err people_match(struct people_import *im)
{
	TRY(read_known(im));
	group_rows(im);
	for (size_t i = 0; i < im->npeople; i++) {
		struct people_person *p = &im->people[i];

		check_rows(im, p);
		p->known = bsearch(p->rows[0]->number, im->known, im->nknown,
				   sizeof(*im->known), number_of_known);
		if (p->known)
			find_postings(im, p);
		else
			check_zeros(im, p->rows[0]);
		p->wanted = wanted(p, im->options->is_synthetic);
		p->is_changed = p->known && differs(&p->wanted, p->known);
		people_steps(im, p);
	}
	check_emails(im);
	return check_codes(im);
}
