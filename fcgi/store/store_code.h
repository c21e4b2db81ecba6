/*
 * store_code.h: samples of comments by which two readers check a code book.
 */
#ifndef STORE_STORE_CODE_H
#define STORE_STORE_CODE_H

#include "db/db.h"

/* Codes are ids with blanks between, as in the analysis that drew it. */
struct code_sample {
	int64_t id;
	const char *scope; /* "course", "year" */
	int64_t scope_id;
	const char *book, *codes;
	int64_t seed;
	const char *generator;
	int64_t people, size;
};

struct code_comment {
	int64_t place; /* from 1 */
	const char *question, *text, *rules;
};

/* Who does it, for the row and for the audit. */
struct code_actor {
	int64_t person_id;
	const char *address;
};

/*
 * Keep a sample of size comments; s->id is not read. When the scope has one
 * of this book already, that stays and nothing happens.
 */
enum err store_code_draw(struct ctx *cx, const struct code_sample *s,
			 const struct code_comment *comments,
			 const struct code_actor *by) MUST_USE;

/* The sample of a scope and a book. */
enum err store_code_find(struct ctx *cx, const char *scope, int64_t scope_id,
			 const char *book, struct code_sample *s,
			 bool *found) MUST_USE;

/* The newest sample of a book, of any scope, that two have read. */
enum err store_code_checked(struct ctx *cx, const char *book,
			    struct code_sample *s, bool *found) MUST_USE;

/* Readings that are finished, of all samples: it only ever grows. */
enum err store_code_stamp(struct ctx *cx, int64_t *finished) MUST_USE;

/* In the order to read. */
enum err store_code_comments(struct ctx *cx, int64_t sample_id,
			     const struct code_comment **rows,
			     size_t *n) MUST_USE;

/* Readers, who finished first in front. */
struct code_reader {
	int64_t person_id;
	const char *family, *given;
	int64_t comments; /* read so far */
	int64_t finished; /* 1 or 0 */
};
enum err store_code_readers(struct ctx *cx, int64_t sample_id,
			    const struct code_reader **rows,
			    size_t *n) MUST_USE;

/* What somebody ticked, by place. */
struct code_reading {
	int64_t place;
	const char *codes;
};
enum err store_code_readings(struct ctx *cx, int64_t sample_id,
			     int64_t person_id,
			     const struct code_reading **rows,
			     size_t *n) MUST_USE;

/*
 * Keep what a reader ticked at a place, in place of what was there; the first
 * of a sample is written to the audit. ERR_CONFLICT when that reader has
 * finished.
 */
enum err store_code_read(struct ctx *cx, const struct code_sample *s,
			 const struct code_actor *by,
			 const struct code_reading *reading) MUST_USE;

/* The reader has read all; ERR_CONFLICT when some are left. Again: fine. */
enum err store_code_finish(struct ctx *cx, const struct code_sample *s,
			   const struct code_actor *by) MUST_USE;

extern const struct db_query *const store_code_queries[];

#endif
