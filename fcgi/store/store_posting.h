/*
 * store_posting.h: 発令, who works where in which tier from day to day.
 *
 * History never moves: a posting is ended and a new one begins. Days are ISO
 * text, Japan; valid_to is the last day. Errors are those of db.h.
 */
#ifndef STORE_STORE_POSTING_H
#define STORE_STORE_POSTING_H

#include "db/db.h"

struct posting {
	int64_t id, person_id;
	int64_t unit_id, tier_id;
	const char *unit_code, *unit_name, *unit_name_en;
	const char *tier_code, *tier_name, *tier_name_en;
	const char *post;
	int64_t is_main;                   /* 0: 兼務 */
	int64_t is_head;                   /* 1: 所属長 */
	const char *valid_from, *valid_to; /* valid_to NULL: open */
};

/* All postings of a person, newest first, main ones before 兼務. */
enum err store_postings_of(struct ctx *cx, int64_t person_id,
			   const struct posting **rows, size_t *n) MUST_USE;

/* The main posting on a day; found says whether there is one. */
enum err store_posting_on(struct ctx *cx, int64_t person_id, const char *day,
			  struct posting *posting, bool *found) MUST_USE;

/*
 * Everybody's postings that have not ended before day, ordered by person;
 * for the import, which compares them with its file.
 */
enum err store_postings_open(struct ctx *cx, const char *day,
			     const struct posting **rows, size_t *n) MUST_USE;

/* Only ids, post, flags and valid_from (and valid_to) are read. */
enum err store_posting_add(struct ctx *cx, const struct posting *posting,
			   int64_t *id) MUST_USE;

/* last_day: the last day of the posting. */
enum err store_posting_end(struct ctx *cx, int64_t id,
			   const char *last_day) MUST_USE;

extern const struct db_query *const store_posting_queries[];

#endif
