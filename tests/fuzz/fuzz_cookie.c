/*
 * Headers a browser sends: cookies, Accept, Accept-Language, and the address.
 */
#include "base/text.h"
#include "http/limits.h"
#include "http/request.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ctx cx = { 0 };
	const char *s = arena_strndup(&cx.arena, (const char *)data, size);
	const char *env[] = { "REQUEST_METHOD=GET",
			      arena_printf(&cx.arena, "REQUEST_URI=%s", s),
			      arena_printf(&cx.arena, "HTTP_COOKIE=%s", s),
			      arena_printf(&cx.arena, "HTTP_ACCEPT=%s", s),
			      arena_printf(&cx.arena, "HTTP_ACCEPT_LANGUAGE=%s",
					   s),
			      arena_printf(&cx.arena, "HTTP_USER_AGENT=%s", s),
			      NULL };
	const struct source source = { .env = env };
	struct request rq = { 0 };

	if (request_read(&cx, &source, &rq) == OK && *rq.path != '/')
		__builtin_trap();
	if (rq.cookies.n > LIMIT_COOKIES || strlen(rq.agent) > LIMIT_AGENT ||
	    !text_is_utf8(rq.agent, strlen(rq.agent)))
		__builtin_trap();
	for (size_t i = 0; i < rq.cookies.n; i++)
		if (!*rq.cookies.list[i].name ||
		    strlen(rq.cookies.list[i].value) != rq.cookies.list[i].len)
			__builtin_trap();
	arena_release(&cx.arena);
	return 0;
}
