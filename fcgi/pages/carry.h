/*
 * carry.h: a form that came after the sign-in had ended is carried over the
 * next one. docs/adr/0027-carried-forms.md says why so.
 *
 * What was sent is sealed with our secret, for the person the form was given
 * to, and waits in hidden fields of the sign-in page; nothing is stored. The
 * same person gets a page that shows it and sends it anew, with a new token.
 */
#ifndef PAGES_CARRY_H
#define PAGES_CARRY_H

#include "http/http.h"

#define CARRY_BYTES  (192 * 1024) /* of a form that is carried */
#define CARRY_CHUNK  60000        /* sealed: characters of one hidden field */
#define CARRY_FIELDS 16           /* at most so many of them */

/*
 * A POST that nobody is signed in for. *carried: the form was given to a
 * sign-in of this browser that has ended, and the reply is the sign-in page
 * with the form in it. Not carried: passwords, files, what is too large, a
 * button with nothing behind it, and forms that carry no token of ours.
 */
enum err carry_ask(struct ctx *cx, const struct request *rq, struct reply *rp,
		   bool *carried) MUST_USE;

/*
 * A POST whose token is not this sign-in's. *carried: it is that of an earlier
 * one of the same person (who signed in again in another tab), and the reply
 * shows the form with a token of now.
 */
enum err carry_again(struct ctx *cx, const struct request *rq, struct reply *rp,
		     bool *carried) MUST_USE;

/* What the sign-in form brought along, into the form that is shown again. */
void carry_on(struct ctx *cx, const struct request *rq, json_t *model);

/*
 * After a sign-in. *what says whether the form brought something along; for
 * CARRY_MINE the reply shows it, with csrf for its token.
 */
enum carry { CARRY_NOTHING, CARRY_MINE, CARRY_NOT_MINE };
enum err carry_end(struct ctx *cx, const struct request *rq, struct reply *rp,
		   const struct user *user, enum carry *what) MUST_USE;

/*
 * The sign-in form of a tab whose browser was signed in by another tab since,
 * so that its token is not good any more (page_signin.c). *done: it names the
 * person who is signed in, and goes on as after a sign-in, which needs no
 * password; another name is refused.
 */
enum err signin_again(struct ctx *cx, const struct request *rq,
		      struct reply *rp, bool *done) MUST_USE;

/* The model of the sign-in form (page_signin.c); back: where to afterwards. */
void signin_form(struct ctx *cx, const struct request *rq, struct reply *rp,
		 const char *login, const char *back);

#endif
