/*
 * err.h: what a function says of how it went.
 *
 * The code says what the visitor sees; the text, file and line recorded by
 * FAIL() go to the log with the request id. The first failure wins: it is the
 * cause, what follows is the consequence. A wrong value in a form is not an
 * error but a list of problems, and the page shows the form again (422).
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err {
	OK = 0,
	ERR_BAD_REQUEST, /* 400: malformed, not merely wrong values */
	ERR_LOGGED_OUT,  /* 303 to the sign-in page, or 401 for JSON */
	ERR_FORBIDDEN,   /* 403 */
	ERR_NOT_FOUND,   /* 404 */
	ERR_METHOD,      /* 405 */
	ERR_CONFLICT,    /* 409: already there, changed meanwhile */
	ERR_TOO_LARGE,   /* 413 */
	ERR_TOO_MANY,    /* 429 */
	ERR_BUSY,        /* 503: database gone, lock wait, try again */
	ERR_INTERNAL     /* 500: a bug of ours or of the schema */
};

/* What went wrong, for the log. */
struct fault {
	enum err code;
	const char *file;
	int line;
	char text[240];
};

struct ctx;

/* Record a failure, unless one is recorded already. Called by FAIL(). */
void ctx_fail(struct ctx *cx, enum err code, const char *file, int line,
	      const char *format, ...) __attribute__((format(printf, 5, 6)));

/*
 * Record a failure and give back its code: return FAIL(cx, ERR_BUSY, "...").
 * The comma lets compiler and analyser see that the result is never OK.
 */
#define FAIL(cx, code, ...) \
	(ctx_fail((cx), (code), __FILE__, __LINE__, __VA_ARGS__), (code))

/* Leave this function when a call fails. Safe: the arena owns all memory. */
#define TRY(call)                             \
	do {                                  \
		const enum err try_ = (call); \
		if (try_ != OK)               \
			return try_;          \
	} while (0)

#define MUST_USE __attribute__((warn_unused_result))

/* The machine word of a code ("not_found"); for logs and JSON replies. */
const char *err_name(enum err code);

/* The HTTP status of a code; 200 for OK. */
int err_status(enum err code);

#endif
