/*
 * store_collection.h: a survey version given to an audience in a window.
 *
 * A collection takes answers while its state is open and its window holds
 * (opens_at <= now < closes_at, a missing bound does not bind); one before a
 * session ("pre") also ends when the session starts, wherever that was moved.
 * Audience of a session's collection: before it whoever is booked; after it
 * whoever is booked and was there, or everybody booked as long as nobody's
 * attendance was taken. At large: everybody with a posting today in one of
 * the tiers named, or everybody.
 */
#ifndef STORE_STORE_COLLECTION_H
#define STORE_STORE_COLLECTION_H

#include "db/db.h"

extern const struct db_query *const store_collection_queries[];
extern const struct db_query *const store_collection_part_queries[];

enum moment { MOMENT_PRE, MOMENT_POST, MOMENT_FOLLOWUP, MOMENT_ATLARGE };
enum mode { MODE_NAMED, MODE_PAIRED, MODE_UNLINKED };

/* Words of the columns and URLs: "pre", "paired"; false if there is none. */
const char *moment_word(enum moment m);
const char *mode_word(enum mode m);
bool moment_from_word(const char *word, enum moment *m);
bool mode_from_word(const char *word, enum mode *m);

struct collection_new {
	int64_t version_id;
	int64_t session_id; /* DB_NULL: at large */
	enum moment moment;
	enum mode mode;
	bool is_open;                     /* else it waits to be opened */
	const char *opens_at, *closes_at; /* UTC as in the database, or NULL */
	const char *tier_codes; /* "T2,T3"; NULL or "": everybody invited */
	const char *title;      /* NULL or "": the survey's */
	bool is_synthetic;
};

/* A collection and what its pages say about it. */
struct collection {
	int64_t id, version_id;
	int64_t session_id;                  /* DB_NULL: at large */
	int64_t course_id;                   /* DB_NULL: at large */
	const char *moment_text, *mode_text; /* words of the columns */
	const char *state;                   /* planned, open, closed */
	const char *opens_at, *closes_at;    /* UTC or NULL */
	const char *tier_codes;
	const char *title, *title_en; /* of the collection or its survey */
	const char *course_code, *course_title, *course_title_en; /* or NULL */
	const char *session_starts_at, *session_ends_at; /* UTC or NULL */
	const char *session_state; /* of the session, or NULL */
	int64_t run_no;            /* 第n回, DB_NULL at large */
	int64_t is_open;           /* 1: takes answers now */
	int64_t is_synthetic;
};

/* How a person stands to a collection. */
struct collection_part {
	int64_t booking_id; /* DB_NULL: none */
	int64_t is_invited; /* 1: in the audience */
	int64_t is_done;    /* 1: has answered */
	int64_t is_trainer; /* 1: teaches the session */
};

/* What was typed and not submitted; see store_draft.h. NULLs: nothing. */
struct collection_draft {
	const char *form_key, *fields, *saved_at;
};

/* Everything the form of one person needs. */
struct collection_view {
	struct collection c;
	struct collection_part part;
	struct collection_draft draft;
};

/* One row of "you are asked to answer". */
struct collection_due {
	int64_t collection_id, session_id; /* session: DB_NULL at large */
	const char *moment, *mode;
	const char *title, *title_en;
	const char *course_code, *course_title, *course_title_en; /* or NULL */
	const char *closes_at;         /* UTC, when it ends; NULL: open end */
	const char *session_starts_at; /* UTC or NULL */
	int64_t has_draft;             /* 1: half-filled answers are kept */
};

/* One collection of a session with its counts. */
struct collection_counts {
	int64_t collection_id, version_id;
	const char *moment, *mode, *state, *title, *title_en;
	const char *opens_at, *closes_at; /* UTC or NULL */
	int64_t is_open;                  /* 1: takes answers now */
	int64_t invited;                  /* people in the audience */
	int64_t answered;                 /* completion marks */
};

/* Somebody invited who has not answered. */
struct collection_missing {
	int64_t person_id;
	const char *name, *kana, *unit_name, *unit_name_en, *email;
};

enum err store_collection_create(struct ctx *cx, const struct collection_new *c,
				 int64_t *id) MUST_USE;

/* ERR_NOT_FOUND if there is none. */
enum err store_collection_find(struct ctx *cx, int64_t id,
			       struct collection *c) MUST_USE;

/* Who is asked. The code of the own tier today, where the caller knows it,
 * saves looking for it; NULL: look. */
struct collection_person {
	int64_t id;
	const char *tier_code;
};

/* How this person stands to a collection; ERR_NOT_FOUND if there is none. */
enum err store_collection_view(struct ctx *cx, int64_t id,
			       const struct collection_person *who,
			       struct collection_view *view) MUST_USE;

/*
 * The same for whoever only submits: is_done, is_trainer and the draft are
 * not looked for and stand as if there were none.
 */
enum err store_collection_place(struct ctx *cx, int64_t id,
				const struct collection_person *who,
				struct collection_view *view) MUST_USE;

/*
 * It takes answers at this moment, to the millisecond. What another program
 * than this server changed shows within a second. ERR_NOT_FOUND if there is
 * none.
 */
enum err store_collection_takes(struct ctx *cx, int64_t id,
				bool *takes) MUST_USE;

/* All of a session, pre first. */
enum err store_collections_of_session(struct ctx *cx, int64_t session_id,
				      const struct collection **rows,
				      size_t *n) MUST_USE;

/* What this person can answer now and has not; soonest end first. */
enum err store_collections_due(struct ctx *cx,
			       const struct collection_person *who,
			       const struct collection_due **rows,
			       size_t *n) MUST_USE;

/*
 * Open now, or close now. by: person. ERR_NOT_FOUND if there is none.
 * Opening one before a session that has started is ERR_CONFLICT.
 */
enum err store_collection_open(struct ctx *cx, int64_t id, int64_t by) MUST_USE;
enum err store_collection_close(struct ctx *cx, int64_t id) MUST_USE;

/* Invited and answered, per collection of a session: for the live count. */
enum err store_collection_counts(struct ctx *cx, int64_t session_id,
				 const struct collection_counts **rows,
				 size_t *n) MUST_USE;

/* Who has not answered, by kana; never opens an answer. */
enum err store_collection_missing(struct ctx *cx, int64_t id,
				  const struct collection_missing **rows,
				  size_t *n) MUST_USE;

#endif
