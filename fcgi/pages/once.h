/*
 * once.h: a form that makes something makes it once.
 *
 * Scripts keep a form from being sent twice; without them a double click makes
 * two of everything. A form is known by its person, its address, its token (in
 * it or in the head), which no two pages share, and all that was in it: the
 * same again is the same press, within two minutes. Other words in the same
 * form, after going back to it, are another.
 */
#ifndef PAGES_ONCE_H
#define PAGES_ONCE_H

#include "http/http.h"

struct once {
	/* Makes it, in a transaction, and says where its page is. */
	enum err (*make)(struct ctx *cx, void *arg, const char **place);
	void *arg;
	const char *notice; /* shown there, also after a second press */
};

/*
 * Make it, or find out that this form has, and redirect to its page. Errors
 * of make() come back; nothing is made then.
 */
enum err once_run(struct ctx *cx, const struct request *rq, struct reply *rp,
		  const struct once *o) MUST_USE;

/*
 * For a form that does not fit any more once it has been taken, as one that
 * names the old password: *again says that it has, and the reply leads to its
 * page. To be asked when it does not fit.
 */
enum err once_again(struct ctx *cx, const struct request *rq, struct reply *rp,
		    const char *notice, bool *again) MUST_USE;

#endif
