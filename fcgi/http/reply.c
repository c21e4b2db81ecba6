#include "http/http.h"
#include "http/send.h"
#include "view/model.h"

#include <string.h>

enum err reply_redirect(struct ctx *cx, struct reply *rp, const char *format,
			...)
{
	va_list args;

	va_start(args, format);
	rp->location = arena_vprintf(&cx->arena, format, args);
	va_end(args);
	rp->status = 303;
	return OK;
}

enum err reply_done(struct ctx *cx, struct reply *rp, const char *notice,
		    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	rp->location = arena_vprintf(&cx->arena, format, args);
	va_end(args);
	rp->status = 303;
	rp->notice = notice;
	return OK;
}

void reply_file(struct reply *rp, const char *type, const char *filename,
		const char *bytes, size_t len)
{
	rp->type = type;
	rp->filename = filename;
	rp->body = bytes;
	rp->body_len = len;
}

void reply_problem(struct reply *rp, const char *where, const char *text)
{
	json_t *wrong = model_object(rp->model, "wrong");
	json_t *item = model_item(model_list(rp->model, "problems"));

	model_text(item, "where", where);
	model_text(item, "text", text);
	if (!json_object_get(wrong, where))
		model_text(wrong, where, text);
	rp->status = 422;
}

void reply_conflict(struct reply *rp, const char *text)
{
	reply_problem(rp, "", text);
	model_bool(rp->model, "is_conflict", true);
	rp->status = 409;
}

void reply_cookie(struct ctx *cx, struct reply *rp, const struct cookie *cookie)
{
	const size_t max = sizeof(rp->cookies) / sizeof(rp->cookies[0]);

	if (rp->ncookies == max)
		return;
	rp->cookies[rp->ncookies++] =
		arena_printf(&cx->arena, "%s=%s; Path=/%s; SameSite=Lax%s%s",
			     cookie->name, cookie->value ? cookie->value : "",
			     cookie->script ? "" : "; HttpOnly",
			     cookie->secure ? "; Secure" : "",
			     !cookie->value ? "; Max-Age=0"
			     : cookie->keep ? "; Max-Age=31536000"
					    : "");
}

/* Bytes of a file name that stand for themselves in RFC 5987. */
static bool is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || strchr("!#$&+-.^_`|~", c);
}

static void add_disposition(struct buf *out, const char *filename)
{
	static const char digits[] = "0123456789ABCDEF";

	buf_puts(out, "Content-Disposition: attachment; filename=\"");
	for (const char *s = filename; *s; s++)
		if (is_plain(*s))
			buf_putc(out, *s);
		else if (((unsigned char)*s & 0xc0) != 0x80)
			buf_putc(out, '_');
	buf_puts(out, "\"; filename*=UTF-8''");
	for (const char *s = filename; *s; s++) {
		const unsigned char c = (unsigned char)*s;

		if (is_plain(*s)) {
			buf_putc(out, *s);
		} else {
			buf_putc(out, '%');
			buf_putc(out, digits[c >> 4]);
			buf_putc(out, digits[c & 15]);
		}
	}
	buf_puts(out, "\r\n");
}

/* Bytes that may not stand in a header as they are go as %XX. */
static void add_location(struct buf *out, const char *location)
{
	buf_puts(out, "Location: ");
	for (const char *s = location; *s; s++) {
		const unsigned char c = (unsigned char)*s;

		if (c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}", c))
			buf_printf(out, "%%%02X", c);
		else
			buf_putc(out, *s);
	}
	buf_puts(out, "\r\n");
}

/* The usual phrase; people see it in tools, browsers ignore it. */
static const char *phrase(int status)
{
	static const struct {
		int status;
		const char *text;
	} phrases[] = {
		{ 200, "OK" },
		{ 303, "See Other" },
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 409, "Conflict" },
		{ 413, "Content Too Large" },
		{ 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" },
		{ 500, "Internal Server Error" },
		{ 503, "Service Unavailable" },
	};

	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (phrases[i].status == status)
			return phrases[i].text;
	return "Status";
}

void reply_head(const struct reply *rp, const char *type, size_t len,
		struct buf *out)
{
	buf_printf(out, "Status: %d %s\r\n", rp->status, phrase(rp->status));
	buf_printf(out, "Content-Type: %s\r\n", type);
	buf_printf(out, "Content-Length: %zu\r\n", len);
	buf_puts(out, "Cache-Control: no-store\r\nVary: Accept, Cookie\r\n");
	if (rp->location)
		add_location(out, rp->location);
	if (rp->status == 405)
		buf_puts(out, "Allow: GET, HEAD, POST\r\n");
	if (rp->status == 503)
		buf_puts(out, "Retry-After: 5\r\n");
	if (rp->filename)
		add_disposition(out, rp->filename);
	for (size_t i = 0; i < rp->ncookies; i++)
		buf_printf(out, "Set-Cookie: %s\r\n", rp->cookies[i]);
	buf_puts(out, "\r\n");
}
