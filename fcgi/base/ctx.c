#include "base/ctx.h"

#include "base/clock.h"
#include "base/log.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int status;
} codes[] = {
	[OK] = { "ok", 200 },
	[ERR_BAD_REQUEST] = { "bad_request", 400 },
	[ERR_LOGGED_OUT] = { "signed_out", 401 },
	[ERR_FORBIDDEN] = { "forbidden", 403 },
	[ERR_NOT_FOUND] = { "not_found", 404 },
	[ERR_METHOD] = { "method_not_allowed", 405 },
	[ERR_CONFLICT] = { "conflict", 409 },
	[ERR_TOO_LARGE] = { "too_large", 413 },
	[ERR_TOO_MANY] = { "too_many_requests", 429 },
	[ERR_BUSY] = { "busy", 503 },
	[ERR_INTERNAL] = { "internal", 500 },
};

const char *err_name(enum err code)
{
	return codes[code].name;
}

int err_status(enum err code)
{
	return codes[code].status;
}

void ctx_begin(struct ctx *cx)
{
	unsigned char id[8];

	arena_reset(&cx->arena);
	memset(&cx->fault, 0, sizeof(cx->fault));
	cx->now_ms = clock_now();
	randombytes_buf(id, sizeof(id));
	sodium_bin2hex(cx->request_id, sizeof(cx->request_id), id, sizeof(id));
}

void ctx_end(struct ctx *cx)
{
	arena_reset(&cx->arena);
}

void ctx_forgive(struct ctx *cx)
{
	memset(&cx->fault, 0, sizeof(cx->fault));
}

void ctx_fail(struct ctx *cx, enum err code, const char *file, int line,
	      const char *format, ...)
{
	va_list args;

	if (cx->fault.code != OK)
		return;
	cx->fault.code = code;
	cx->fault.file = file;
	cx->fault.line = line;
	va_start(args, format);
	vsnprintf(cx->fault.text, sizeof(cx->fault.text), format, args);
	va_end(args);
}
