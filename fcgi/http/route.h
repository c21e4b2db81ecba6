/*
 * route.h: from a method and a path to a row of a page's table.
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/http.h"

/*
 * The route of rq->method and rq->path in NULL-ended tables; its :names fill
 * rq->params. A literal part of a path wins over a :name, whatever the
 * order. ERR_NOT_FOUND, or ERR_METHOD when only another method has the path.
 */
enum err route_find(struct ctx *cx, const struct route *const *tables,
		    struct request *rq, const struct route **route) MUST_USE;

/* OK, ERR_LOGGED_OUT when nobody is signed in, ERR_FORBIDDEN. */
enum err route_allows(struct ctx *cx, const struct route *route,
		      const struct request *rq) MUST_USE;

/*
 * A path of our own that a visitor may be sent back to: it starts with one
 * "/", holds no backslash and no control character. Else the fallback.
 */
const char *route_back(const char *path, const char *fallback);

#endif
