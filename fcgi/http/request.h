/*
 * request.h: from CGI variables and a body to a struct request.
 *
 * Everything a visitor sends is checked here, once: text is UTF-8 without
 * NUL, line ends are LF, other control characters are gone, sizes are within
 * limits.h. A page may trust what it reads, except for what it means.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "http/http.h"

/* Where a request comes from; serve.c gives libfcgi's, tests give arrays. */
struct source {
	const char *const *env; /* "NAME=value", NULL-ended */
	/* Up to max bytes of the body into to; fewer only at its end. */
	size_t (*read)(void *arg, char *to, size_t max);
	void *arg;
};

/*
 * Fill rq; all of it lives in cx->arena. rq->texts stays; user and params
 * are left empty. Even when it fails, method, path (then maybe ""), lang and
 * wants_json are set, so that the error can be shown. ERR_BAD_REQUEST for
 * what is malformed, ERR_TOO_LARGE, ERR_METHOD for anything but GET, HEAD and
 * POST.
 */
enum err request_read(struct ctx *cx, const struct source *source,
		      struct request *rq) MUST_USE;

/* The value of a CGI variable, or NULL. */
const char *source_get(const struct source *source, const char *name);

/*
 * Percent-decode n bytes ('+' is a blank when plus is set) into text that
 * may be trusted, in the arena; NULL if it is malformed or no UTF-8.
 */
char *form_decode(struct ctx *cx, const char *s, size_t n, bool plus);

/* The reverse, for a value in a query. */
char *form_encode(struct ctx *cx, const char *s);

/* "a=1&b=2" of n bytes. */
enum err form_read_urlencoded(struct ctx *cx, const char *s, size_t n,
			      struct fields *out) MUST_USE;

/* A multipart/form-data body; type is the whole Content-Type. */
enum err form_read_multipart(struct ctx *cx, const char *type, const char *s,
			     size_t n, struct fields *out) MUST_USE;

/* A Cookie header. Malformed pairs are dropped, never an error. */
void cookies_read(struct ctx *cx, const char *header, struct fields *out);

/* Accept prefers JSON to HTML. */
bool accept_is_json(const char *header);

/* The better of our languages by Accept-Language; Japanese when in doubt. */
enum lang accept_language(const char *header);

#endif
