/*
 * send.h: the head of a reply, as CGI wants it.
 */
#ifndef HTTP_SEND_H
#define HTTP_SEND_H

#include "base/buf.h"
#include "http/http.h"

struct cookie {
	const char *name;
	const char *value; /* NULL: the browser shall forget it */
	bool secure;       /* over TLS only */
	bool keep;         /* for a year; else until the browser is closed */
	bool script;       /* scripts may read it */
};

/* Add a Set-Cookie to the reply: for the whole site, SameSite=Lax. */
void reply_cookie(struct ctx *cx, struct reply *rp,
		  const struct cookie *cookie);

/*
 * Status line and headers up to the empty line, for a body of len bytes.
 * Everything we say is personal or changes, so nothing may be stored. Type
 * and cookies must be free of control characters.
 */
void reply_head(const struct reply *rp, const char *type, size_t len,
		struct buf *out);

#endif
