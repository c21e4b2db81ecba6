/*
 * csrf.h: a POST comes from a form that we gave to this very browser.
 *
 * Signed in, the token is the sign-in's own. Before, it is made from a
 * random cookie and our secret, so that nobody can make another browser sign
 * in as somebody else.
 */
#ifndef HTTP_CSRF_H
#define HTTP_CSRF_H

#include "http/http.h"

#define CSRF_TEXT   44 /* 32 bytes as base64url, and a 0 */
#define CSRF_MASKED 87 /* 64 bytes, likewise */

/* 32 fresh random bytes as base64url, for tokens and cookies. */
void csrf_random(char out[CSRF_TEXT]);

/*
 * Set rq->csrf, and before sign-in rq->visit. *fresh: the browser has no
 * cookie of this name yet and the reply must set it to rq->visit. The secret
 * is cx->config's.
 */
void csrf_begin(struct ctx *cx, const char *cookie, struct request *rq,
		bool *fresh);

/* The form's token is this one of a sign-in, and no browser says that another
 * site sent it. */
bool csrf_is_of(const struct request *rq, const char *token);

/*
 * A POST carries the token as field "csrf" or header X-CSRF-Token, and no
 * browser says that another site sent it. ERR_FORBIDDEN otherwise.
 */
enum err csrf_check(struct ctx *cx, const struct request *rq) MUST_USE;

#endif
