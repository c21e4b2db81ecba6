/*
 * http.h: a request, a reply, and the routes between them.
 *
 * The one way of a request (serve.c):
 *   request_read() -> route_find() -> sign-in -> route_allows() ->
 *   csrf -> route->page() -> reply_send()
 * A page reads an immutable request, fills reply->model and returns; it
 * writes nothing to the client. GET never writes to the database; POST
 * answers with a redirect (303), or with 422 and the same view and problems.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/ctx.h"
#include "base/date.h"

struct texts; /* view/texts.h */
struct views; /* view/view.h */

#include <jansson.h>
#include <stdbool.h>

enum method { GET, POST };

/* Who may use a route: a set of roles, or one of the two open ones. */
enum who {
	WHO_ANYONE = 0, /* without sign-in */
	TRAINEE = 1 << 0,
	TRAINER = 1 << 1,
	PLANNER = 1 << 2,
	HEAD = 1 << 3, /* head of a unit 所属長 */
	ADMIN = 1 << 4,
	WHO_SIGNED_IN = TRAINEE | TRAINER | PLANNER | HEAD | ADMIN
};

/* A name and its value as sent: UTF-8, line ends LF, no other controls. */
struct field {
	const char *name, *value;
	const char *filename; /* of an upload, else NULL */
	size_t len;           /* bytes of value; an upload may hold any bytes */
};

struct fields {
	const struct field *list;
	size_t n;
};

/* The person behind a request. NULL in the request: nobody signed in. */
struct user {
	int64_t person_id;
	int64_t signin_id;
	const char *name; /* family and given name */
	unsigned roles;   /* set of enum who */
	int64_t unit_id;  /* own unit today, or DB_NULL */
	const char *unit_name;
	int64_t tier_id;                   /* own tier today, or DB_NULL */
	const char *tier_code, *tier_name; /* NULL: none */
	const char *csrf;                  /* token that every form carries */
	bool must_set_password;            /* first sign-in */
};

struct request {
	enum method method;
	const char *path; /* "/sessions/12", decoded, without query */
	const char *uri;  /* the address as sent, with its query */
	struct fields query, form, cookies, params; /* params: from the route */
	enum lang lang;
	const struct texts *texts; /* see request_text() */
	const struct views *views; /* for a part of a page kept ready */
	bool lang_chosen;    /* by ?lang= or the cookie, not by the browser */
	bool wants_json;     /* Accept: application/json */
	bool is_head;        /* HEAD: as GET, without the body */
	const char *address; /* the client's, from nginx */
	const char *agent;   /* User-Agent, at most 200 bytes */
	const struct user *user;
	const char *csrf;        /* for forms of this reply, signed in or not */
	const char *csrf_header; /* X-CSRF-Token as sent, or "" */
	const char *fetch_site;  /* Sec-Fetch-Site as sent, or "" */
	const char *visit; /* cookie of a browser not signed in, or NULL */
};

struct reply {
	int status;             /* 200 unless the page says otherwise */
	const char *view;       /* the route's unless the page says otherwise */
	json_t *model;          /* an object, empty at the start */
	const char *members;    /* for JSON: more of it, a dumped object */
	const char *location;   /* set: 303 to there */
	const char *cookies[4]; /* whole Set-Cookie values */
	size_t ncookies;
	const char *type; /* set: body is sent as it is, a download or a part */
	const char *filename; /* of a download, UTF-8; NULL: shown in place */
	const char *body;
	size_t body_len;
	const char *notice; /* key of a text shown once after the redirect */
};

typedef enum err page_fn(struct ctx *cx, const struct request *rq,
			 struct reply *rp);

/* One row of a page's table, which ends with { .page = NULL }. */
struct route {
	enum method method;
	const char *path; /* "/sessions/:id/book" */
	unsigned who;     /* set of enum who */
	page_fn *page;
	const char *view; /* template name; NULL for POSTs that redirect */
};

/* Values by name; NULL if absent. The first one wins. */
const char *request_query(const struct request *rq, const char *name);
const char *request_form(const struct request *rq, const char *name);
const char *request_cookie(const struct request *rq, const char *name);
const char *request_param(const struct request *rq, const char *name);
const struct field *request_file(const struct request *rq, const char *name);
const char *fields_get(const struct fields *fs, const char *name);

/* The text of a key in the visitor's language; see view/texts.h. */
const char *request_text(const struct request *rq, const char *key);

/* Of two texts from the database the one in the visitor's language; Japanese
 * where there is no English (NULL or ""). */
const char *by_language(const struct request *rq, const char *ja,
			const char *en);

/* A path parameter that is a row id: ERR_NOT_FOUND when it is no number. */
enum err request_id(struct ctx *cx, const struct request *rq, const char *name,
		    int64_t *id) MUST_USE;

/* The user has one of these roles. */
bool request_is(const struct request *rq, unsigned roles);

/* 303 to a path of our own; returns OK so a page can end with it. */
enum err reply_redirect(struct ctx *cx, struct reply *rp, const char *format,
			...) __attribute__((format(printf, 3, 4)));

/* Redirect and show the text of this key on the next page, once. */
enum err reply_done(struct ctx *cx, struct reply *rp, const char *notice,
		    const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* A download: bytes with a type and a name for the file (UTF-8). */
void reply_file(struct reply *rp, const char *type, const char *filename,
		const char *bytes, size_t len);

/*
 * Add to model.problems and model.wrong (by field), and set 422. where: id of
 * the field, or "".
 */
void reply_problem(struct reply *rp, const char *where, const char *text);

/*
 * What was asked for does not fit any more, because somebody else was faster:
 * the page as it is now, with what was typed, the text above it, and 409. It
 * says who or what changed it and what to do. For a second press of the same
 * button a page answers as to the first instead.
 */
void reply_conflict(struct reply *rp, const char *text);

#endif
