/*
 * people.h: what the files of the people import share. Not for others.
 *
 * A file goes through four steps: columns by their titles, rows by
 * themselves, rows against the database, and, with no problem and no dry run,
 * the writing of what the third step decided.
 */
#ifndef LOAD_PEOPLE_H
#define LOAD_PEOPLE_H

#include "document/csv.h"
#include "load/load_parts.h"
#include "store/store_person.h"
#include "store/store_posting.h"
#include "store/store_unit.h"

#include <string.h>

enum people_column {
	PEOPLE_NUMBER,
	PEOPLE_FAMILY,
	PEOPLE_GIVEN,
	PEOPLE_FAMILY_KANA,
	PEOPLE_GIVEN_KANA,
	PEOPLE_NAME,      /* family and given with a blank between */
	PEOPLE_NAME_KANA, /* the same in kana */
	PEOPLE_FORMER,
	PEOPLE_EMAIL,
	PEOPLE_UNIT,
	PEOPLE_UNIT_NAME,
	PEOPLE_UNIT_KIND,
	PEOPLE_UNIT_ABOVE,
	PEOPLE_TIER,
	PEOPLE_POST,
	PEOPLE_SECOND, /* 兼務 */
	PEOPLE_HEAD,   /* 所属長 */
	PEOPLE_FROM,   /* 発令日 */
	PEOPLE_TERMINAL,
	PEOPLE_LEFT_ON, /* 退職日 */
	PEOPLE_COLUMNS
};

#define PEOPLE_NO_COLUMN SIZE_MAX

struct people_header {
	size_t at[PEOPLE_COLUMNS]; /* column of the file, from 0; or none */
	const char *title[PEOPLE_COLUMNS]; /* as in the file; or the usual */
};

/* One row, understood by itself. */
struct people_row {
	size_t line;
	bool is_bad; /* it has a problem of its own */
	const char *number, *family, *given, *family_kana, *given_kana;
	const char *former;   /* NULL: the file does not say */
	const char *email;    /* NULL: the file does not say; "": none */
	const char *terminal; /* NULL: the file does not say */
	const char *unit_code, *unit_name, *unit_kind, *unit_above;
	const char *tier; /* as given; "": not given */
	const char *post; /* NULL: the file does not say */
	bool is_main;
	int is_head; /* 1, 0; -1: the file does not say */
	struct date from;
	const char *left_on; /* ISO day; "": empty; NULL: no such column */
};

/* A unit the file names and the organisation does not have yet. */
struct people_unit {
	const char *code, *name, *kind;
	int64_t id;       /* DB_NULL until it is made */
	int64_t above;    /* unit id, or DB_NULL */
	size_t above_new; /* index of a new unit, or PEOPLE_NO_COLUMN */
	const char *from; /* ISO day */
	size_t line;      /* of the row that names it first */
};

/* A posting to end, to begin, or both. */
struct people_step {
	int64_t end_id; /* DB_NULL: none */
	const char *last_day;
	bool begins;
	struct posting begin; /* unit_id is read from new_unit if that is set */
	size_t new_unit;      /* index, or PEOPLE_NO_COLUMN */
	size_t line;          /* of the row it follows from; 0: no row */
};

/* All rows of one person and what follows from them. */
struct people_person {
	struct people_row **rows; /* the main one first, where there is one */
	size_t nrows;
	const struct person *known;     /* NULL: new */
	const struct posting *postings; /* those of known */
	size_t npostings;
	struct person wanted; /* as it shall be */
	bool is_changed;      /* wanted differs from known */
	struct people_step *steps;
	size_t nsteps;
	bool gains_head, loses_head;
	struct people_line line;
};

struct people_import {
	struct ctx *cx;
	struct arena *a;
	const struct load_people_options *options;
	struct load_people_report *report;
	struct problem_list problems;
	struct people_header header;
	struct people_row *rows;
	size_t nrows;
	struct people_person *people; /* in the order of the file */
	size_t npeople;
	const struct person *known; /* everybody, as store_person_all() */
	size_t nknown;
	const struct posting *postings; /* open ones, by person */
	size_t npostings;
	const struct unit *units;
	size_t nunits;
	struct people_unit *new_units;
	size_t nnew_units, new_units_cap;
	const struct tier *tiers;
	size_t ntiers;
};

/* A problem of a row, at a column, with the value as given. */
void people_problem(struct people_import *im, size_t line,
		    enum people_column column, const char *value,
		    const char *text);

/* Find the columns (people_columns.c). */
void people_columns(struct people_import *im, const struct csv_row *header);

/* The usual Japanese title of a column. */
const char *people_title(enum people_column column);

/* Understand the rows (people_rows.c). */
void people_rows(struct people_import *im, const struct csv_table *table);

/* A day as offices write it: 2024-04-01, 2024/4/1, 20240401, R6.4.1,
 * 令和6年4月1日. */
bool people_day(struct arena *a, const char *text, struct date *out);

/* Bring rows and database together (people_match.c). */
enum err people_match(struct people_import *im) MUST_USE;

/* What goes on until last_day (NULL: on and on) would outlast a unit that ends
 * on that day (NULL: never). */
static inline bool people_outlasts(const char *last_day, const char *end)
{
	return end && (!last_day || strcmp(last_day, end) > 0);
}

/* What happens to one person's postings (people_steps.c). */
void people_steps(struct people_import *im, struct people_person *p);

/* Write what was decided; the body of a transaction (people_apply.c). */
enum err people_apply(struct ctx *cx, void *import) MUST_USE;

#endif
