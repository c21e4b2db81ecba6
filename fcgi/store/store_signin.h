/*
 * store_signin.h: browsers that are signed in.
 *
 * A browser holds 32 random bytes; the database holds only their hash. A
 * sign-in ends by signing out, by an idle time-out, by its greatest age, or
 * when the person ends all others.
 */
#ifndef STORE_STORE_SIGNIN_H
#define STORE_STORE_SIGNIN_H

#include "db/db.h"

#define SIGNIN_TOKEN 32 /* bytes of a token and of its hash */

/* Times a sign-in may last; milliseconds. */
struct signin_limits {
	int64_t idle_ms; /* without a request */
	int64_t age_ms;  /* since it began */
};

/* The person behind a token, as of today. */
struct signin {
	int64_t id, person_id;
	const char *csrf;
	const char *created_at, *seen_at; /* UTC */
	const char *family, *given;
	const char *roles;    /* "planner,trainee"; NULL: none */
	const char *language; /* "ja", "en" or NULL */
	int64_t must_set;
	const char *password_at; /* UTC, last change, or NULL */
	int64_t unit_id; /* main posting of today, else DB_NULL and NULL */
	const char *unit_name, *unit_name_en;
	int64_t tier_id;
	const char *tier_code, *tier_name, *tier_name_en;
};

/*
 * Find the sign-in of a token that is neither ended nor too old, whose
 * account is neither disabled nor of somebody who left. *found says.
 */
enum err store_signin_find(struct ctx *cx, const unsigned char *token,
			   const struct signin_limits *limits,
			   struct signin *signin, bool *found) MUST_USE;

/* A sign-in that is over, or an earlier one: whose, and the token of its
 * forms. Good for nothing but to know a form that was given to it. */
struct signin_past {
	int64_t person_id;
	const char *csrf;
};

/* That of a browser's token, used in the last seven days. *found says. */
enum err store_signin_past(struct ctx *cx, const unsigned char *token,
			   struct signin_past *past, bool *found) MUST_USE;

/* A person's newest, of the last seven days. */
enum err store_signin_earlier(struct ctx *cx, int64_t person_id,
			      const struct signin_past **rows,
			      size_t *n) MUST_USE;

/* Who signs in from where. token: SIGNIN_TOKEN fresh random bytes. */
struct signin_new {
	int64_t person_id;
	const unsigned char *token;
	const char *csrf;
	const char *address, *agent;
};
enum err store_signin_add(struct ctx *cx, const struct signin_new *s,
			  int64_t *id) MUST_USE;

/* Seen now. Called at most once a minute per sign-in. */
enum err store_signin_seen(struct ctx *cx, int64_t id) MUST_USE;

enum err store_signin_end(struct ctx *cx, int64_t id) MUST_USE;

/* End all of a person but one (keep_id 0: all). *ended says how many. */
enum err store_signin_end_others(struct ctx *cx, int64_t person_id,
				 int64_t keep_id, int64_t *ended) MUST_USE;

/* A person's open sign-ins, newest use first; for the account page. */
struct signin_open {
	int64_t id;
	const char *created_at, *seen_at; /* UTC */
	const char *address, *agent;
};
enum err store_signin_open_of(struct ctx *cx, int64_t person_id,
			      const struct signin_limits *limits,
			      const struct signin_open **rows,
			      size_t *n) MUST_USE;

/* End what timed out, forget what ended over 90 days ago. For the jobs. */
enum err store_signin_tidy(struct ctx *cx, const struct signin_limits *limits,
			   int64_t *ended) MUST_USE;

extern const struct db_query *const store_signin_queries[];

#endif
