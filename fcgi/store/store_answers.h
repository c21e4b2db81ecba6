/*
 * store_answers.h: submissions of whole sessions, courses and years, for the
 * statistics. Only insight/ and analysis/ call it; the gate of insight/ hides
 * small groups.
 *
 * One statement reads one range, whatever it holds: nothing here is summed in
 * SQL, and nothing depends on how many people or sessions there are besides.
 */
#ifndef STORE_STORE_ANSWERS_H
#define STORE_STORE_ANSWERS_H

#include "db/db.h"

/* Which sessions: exactly one field is set, the others are 0. */
struct answers_of {
	int64_t session_id;
	int64_t course_id;   /* all held sessions of it */
	int64_t fiscal_year; /* all sessions of a year */
};

/* A collection in it. */
struct answers_collection {
	int64_t id, version_id, session_id, course_id;
	const char *moment; /* pre, post, followup */
	const char *mode;   /* named, paired, unlinked */
	const char *state;  /* planned, open, closed */
	int64_t is_synthetic, fiscal_year;
};

/* pre before post, by session. */
enum err store_answers_collections(struct ctx *cx, const struct answers_of *of,
				   const struct answers_collection **rows,
				   size_t *n) MUST_USE;

/* A submission; the pair is the same for one person's pre and post. */
struct answers_submission {
	int64_t id, collection_id;
	int64_t tier_id, unit_id; /* of its day; DB_NULL: unknown */
	struct bytes pair;        /* 16 bytes; empty: cannot be matched */
	struct bytes slots;
};

/*
 * Every submission, streamed; a row is valid during the call only and each()
 * must not use the database.
 */
enum err store_answers_each(
	struct ctx *cx, const struct answers_of *of,
	enum err (*each)(struct ctx *cx, const struct answers_submission *row,
			 void *arg),
	void *arg) MUST_USE;

/* A text somebody wrote, without anything that leads to the person. */
struct answers_text {
	int64_t session_id, version_id, item_no;
	const char *moment;
	const char *text;
};

/* All texts, in an order that says nothing about who wrote what. */
enum err store_answers_texts(struct ctx *cx, const struct answers_of *of,
			     const struct answers_text **rows,
			     size_t *n) MUST_USE;

/* A name that a text may hold: who was booked, and who teaches. */
struct answers_name {
	const char *family, *given, *family_kana, *former_family;
};

/* Different names of a session or a course; none of a year. */
enum err store_answers_names(struct ctx *cx, const struct answers_of *of,
			     const struct answers_name **rows,
			     size_t *n) MUST_USE;

/*
 * A text with what statistics need to know of its writer: how many people, of
 * how many units and which tier, used a word. None of it may ever stand
 * beside the text.
 */
struct answers_writing {
	int64_t session_id, version_id, item_no;
	int64_t submission_id;    /* the same for all texts of one person */
	int64_t tier_id, unit_id; /* of its day; DB_NULL: unknown */
	const char *moment;
	const char *text;
};

/* As many as are read of a course or a year, whatever there is. */
#define ANSWERS_MAX_WRITINGS 100000

/* All texts, in the order of store_answers_texts(). */
enum err store_answers_writings(struct ctx *cx, const struct answers_of *of,
				const struct answers_writing **rows,
				size_t *n) MUST_USE;

/*
 * Different people (not submissions) who answered at a moment ("pre", "post")
 * in a year or a course, a row for each unit and tier somebody had on the day
 * of a booking. person is 1, 2, 3, ... in rising order; it is the same in the
 * rows of one person and says nothing else. Of a session there are no rows, as
 * there every submission is another person.
 */
struct answers_person {
	int64_t person;
	int64_t unit_id, tier_id; /* DB_NULL: unknown */
};

/* Sessions that count; keep NULL: all. */
struct answers_sessions {
	bool (*keep)(int64_t session_id, const void *arg);
	const void *arg;
};
enum err store_answers_people(struct ctx *cx, const struct answers_of *of,
			      const char *moment,
			      const struct answers_sessions *only,
			      const struct answers_person **rows,
			      size_t *n) MUST_USE;

/*
 * Who answered at one moment in several sessions of a year or a course: a row
 * for each of them, those of one person together and under a number that says
 * nothing else. Of a session there are no rows.
 */
struct answers_again {
	int64_t person, session_id;
	const char *moment;
};
enum err store_answers_again(struct ctx *cx, const struct answers_of *of,
			     const struct answers_again **rows,
			     size_t *n) MUST_USE;

/* All tiers of all schemes, and units with the unit above: for grouping. */
struct answers_tier {
	int64_t id;
	const char *code;
	int64_t sort;
	const char *name, *name_en;
};
struct answers_unit {
	int64_t id, parent_id; /* DB_NULL at the top */
	const char *code, *kind, *name, *name_en;
	int64_t sort;
};
enum err store_answers_tiers(struct ctx *cx, const struct answers_tier **rows,
			     size_t *n) MUST_USE;
enum err store_answers_units(struct ctx *cx, const struct answers_unit **rows,
			     size_t *n) MUST_USE;

/*
 * A collection as the exports list it. is_closed: nothing can come in any
 * more (closed by hand, its window is over, or it was before a session that
 * has begun).
 */
struct answers_exportable {
	int64_t id, version_id, session_id;
	const char *moment;
	int64_t is_closed, people;
	const char *course_code, *title, *title_en;
	const char *starts_at; /* UTC, of the session */
};
enum err store_answers_exportable(struct ctx *cx, int64_t fiscal_year,
				  const struct answers_exportable **rows,
				  size_t *n) MUST_USE;
enum err store_answers_exportable_by_id(
	struct ctx *cx, int64_t id, struct answers_exportable *row) MUST_USE;

/* Submissions of one collection, streamed as by store_answers_each(). */
enum err store_answers_of_collection(
	struct ctx *cx, int64_t collection_id,
	enum err (*each)(struct ctx *cx, const struct answers_submission *row,
			 void *arg),
	void *arg) MUST_USE;

extern const struct db_query *const store_answers_queries[];
extern const struct db_query *const store_answers_people_queries[];
extern const struct db_query *const store_answers_texts_queries[];

#endif
