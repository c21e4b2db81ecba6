/*
 * load.h: from files to the database.
 *
 * content/ is XML with RELAX NG schemas; people come as CSV from the
 * personnel system. Both are checked whole before anything is written, and
 * each is written in one transaction: either everything or nothing.
 */
#ifndef LOAD_LOAD_H
#define LOAD_LOAD_H

#include "base/ctx.h"
#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

/* What is wrong with an input, and where. Strings live in cx->arena. */
struct load_problem {
	const char *file;  /* name of the file; "" for an upload */
	size_t line;       /* line in the file, from 1; 0: the whole file */
	const char *where; /* column title or element; "" if none */
	const char *value; /* the value as given; "" if none */
	const char *text;  /* what is wrong and what to do: a key of texts */
	const char *note;  /* more words from the parser; "" if none */
};

struct load_content_report {
	size_t read;      /* documents read */
	size_t published; /* new versions of courses and surveys */
	size_t same;      /* courses whose document has not changed */
	struct load_problem *problems;
	size_t nproblems;
};

/*
 * Load folder (its sub-folders skills, tiers, themes, rooms, courses, surveys;
 * schemas in its sub-folder schema) into the database. Idempotent: a course
 * whose document has the same SHA-256 stays as it is, a changed one gets a new
 * version. For each course its surveys are composed and published. With
 * problems nothing is written and OK is returned; errors are those of the
 * database and of unreadable folders.
 */
enum err load_content(struct ctx *cx, const char *folder,
		      struct load_content_report *report) MUST_USE;

/* What happens, or would happen, to a person. */
enum people_change {
	PEOPLE_NEW,   /* not known before */
	PEOPLE_MOVED, /* another unit, tier or post: a posting ends, one begins
		       */
	PEOPLE_CHANGED, /* name, mail or terminal only */
	PEOPLE_LEFT,    /* last day in office is given and was not known */
	PEOPLE_SAME,    /* nothing to do */
	PEOPLE_CHANGES  /* number of the kinds */
};

struct people_line {
	size_t line; /* line in the file */
	enum people_change change;
	const char *staff_number;
	const char *name;   /* family and given name */
	const char *before; /* unit and post before; "" if none */
	const char *after;  /* unit and post afterwards */
};

struct load_people_report {
	size_t rows;                   /* rows without the header */
	size_t counts[PEOPLE_CHANGES]; /* people by kind of change */
	size_t new_units;              /* units made because a row named them */
	bool was_cp932;                /* the file was CP932 */
	const struct people_line *lines; /* one per person, in file order */
	size_t nlines;
	const char **unknown; /* titles of columns that are ignored */
	size_t nunknown;
	struct load_problem *problems; /* not empty: nothing was written */
	size_t nproblems;
};

struct load_people_options {
	bool dry_run;      /* only report */
	struct date as_of; /* day a row without 発令日 takes effect */
	bool is_synthetic; /* mark people and units as 合成データ */
};

/*
 * Load people from the bytes of a CSV (see document/csv.h for encodings).
 * Columns are found by their titles, Japanese or English; the manual is
 * people_columns.c. The whole file is checked first, then written in one
 * transaction. Nothing is overwritten: a move ends the posting the day before
 * and begins a new one. People who are not in the file stay as they are.
 */
enum err load_people(struct ctx *cx, const char *bytes, size_t len,
		     const struct load_people_options *options,
		     struct load_people_report *report) MUST_USE;

/* A file people can fill in: header and three rows, UTF-8 with BOM. */
const char *load_people_sample(struct ctx *cx, size_t *len);

#endif
