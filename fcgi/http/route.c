#include "http/route.h"

#include "http/limits.h"

#include <string.h>

/* A pattern against a path; the literal parts it had, or -1 for no match. */
static int match(struct ctx *cx, const char *pattern, const char *path,
		 struct fields *params)
{
	struct field *list = NULL;
	int literal = 0;

	params->n = 0;
	while (*pattern == '/' && *path == '/') {
		const size_t want = strcspn(++pattern, "/");
		const size_t have = strcspn(++path, "/");

		if (*pattern == ':') {
			if (have == 0 || params->n == LIMIT_PARAMS)
				return -1;
			if (!list)
				list = ARENA_ARRAY(&cx->arena, struct field,
						   LIMIT_PARAMS);
			list[params->n++] = (struct field){
				.name = arena_strndup(&cx->arena, pattern + 1,
						      want - 1),
				.value = arena_strndup(&cx->arena, path, have),
				.len = have,
			};
		} else if (want != have || memcmp(pattern, path, want) != 0) {
			return -1;
		} else {
			literal++;
		}
		pattern += want;
		path += have;
	}
	params->list = list;
	return *pattern || *path ? -1 : literal;
}

enum err route_find(struct ctx *cx, const struct route *const *tables,
		    struct request *rq, const struct route **route)
{
	bool has_path = false;
	int best = -1;

	*route = NULL;
	for (; *tables; tables++) {
		for (const struct route *r = *tables; r->page; r++) {
			struct fields params = { 0 };
			const int fit = match(cx, r->path, rq->path, &params);

			has_path |= fit >= 0;
			if (fit <= best || r->method != rq->method)
				continue;
			best = fit;
			*route = r;
			rq->params = params;
		}
	}
	if (*route)
		return OK;
	if (has_path)
		return FAIL(cx, ERR_METHOD, "path has no such method");
	return FAIL(cx, ERR_NOT_FOUND, "no such path");
}

enum err route_allows(struct ctx *cx, const struct route *route,
		      const struct request *rq)
{
	if (route->who == WHO_ANYONE)
		return OK;
	if (!rq->user)
		return FAIL(cx, ERR_LOGGED_OUT, "nobody is signed in");
	if (!request_is(rq, route->who))
		return FAIL(cx, ERR_FORBIDDEN, "role is not enough");
	return OK;
}

const char *route_back(const char *path, const char *fallback)
{
	if (!path || path[0] != '/' || path[1] == '/')
		return fallback;
	for (const char *s = path; *s; s++)
		if (*s == '\\' || (unsigned char)*s <= 0x20 || *s == 0x7f)
			return fallback;
	return path;
}
