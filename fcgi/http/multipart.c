#include "http/request.h"

#include "base/text.h"
#include "http/limits.h"

#include <string.h>
#include <strings.h>

/* What is left of a body, and the mark between its parts. */
struct parts {
	const char *s, *end;
	const char *mark; /* "--boundary" */
	size_t mark_len;
};

/* The bytes from s up to the next needle, or NULL if there is none. */
static const char *find(const char *s, const char *end, const char *needle,
			size_t n)
{
	return s < end ? memmem(s, (size_t)(end - s), needle, n) : NULL;
}

/* The value of a parameter of a header: name="value" or name=value. */
static char *parameter(struct ctx *cx, const char *s, const char *end,
		       const char *name)
{
	const size_t n = strlen(name);

	while ((s = memchr(s, ';', (size_t)(end - s)))) {
		const char *stop;

		for (s++; s < end && (*s == ' ' || *s == '\t'); s++)
			;
		if ((size_t)(end - s) <= n || strncasecmp(s, name, n) != 0 ||
		    s[n] != '=')
			continue;
		s += n + 1;
		if (s < end && *s == '"') {
			s++;
			stop = memchr(s, '"', (size_t)(end - s));
			return stop ? arena_strndup(&cx->arena, s,
						    (size_t)(stop - s))
				    : NULL;
		}
		for (stop = s; stop < end && *stop != ';' && *stop != ' ';
		     stop++)
			;
		return arena_strndup(&cx->arena, s, (size_t)(stop - s));
	}
	return NULL;
}

/* Browsers write the quote and line ends in names as %22 %0D %0A. */
static char *unquote(struct ctx *cx, const char *s)
{
	static const struct {
		const char *code;
		char c;
	} marks[] = { { "%22", '"' }, { "%0D", ' ' }, { "%0A", ' ' } };
	char *out = arena_alloc(&cx->arena, strlen(s) + 1), *to = out;

	while (*s) {
		size_t i = 0;

		while (i < 3 && strncmp(s, marks[i].code, 3) != 0)
			i++;
		if (i < 3) {
			*to++ = marks[i].c;
			s += 3;
		} else {
			*to++ = *s++;
		}
	}
	return out;
}

/* The header lines of one part: name and, for a file, its name. */
static enum err read_head(struct ctx *cx, const char *s, const char *end,
			  struct field *f)
{
	static const char wanted[] = "Content-Disposition:";

	while (s < end) {
		const char *stop = find(s, end, "\r\n", 2);

		if (!stop)
			stop = end;
		if ((size_t)(stop - s) > sizeof(wanted) - 1 &&
		    !strncasecmp(s, wanted, sizeof(wanted) - 1)) {
			f->name = parameter(cx, s, stop, "name");
			f->filename = parameter(cx, s, stop, "filename");
		}
		s = stop + 2;
	}
	if (!f->name || strlen(f->name) > LIMIT_NAME ||
	    !text_is_utf8(f->name, strlen(f->name)))
		return FAIL(cx, ERR_BAD_REQUEST, "part without a good name");
	f->name = text_clean(&cx->arena, unquote(cx, f->name));
	if (!f->filename)
		return OK;
	if (strlen(f->filename) > LIMIT_NAME * 3 ||
	    !text_is_utf8(f->filename, strlen(f->filename)))
		return FAIL(cx, ERR_BAD_REQUEST, "file without a good name");
	f->filename = text_clean(&cx->arena, unquote(cx, f->filename));
	return OK;
}

/* One part, after its mark and line end. p moves to the next mark. */
static enum err read_part(struct ctx *cx, struct parts *p, struct field *f)
{
	const char *body = find(p->s, p->end, "\r\n\r\n", 4), *stop;

	if (!body || body - p->s > 4096)
		return FAIL(cx, ERR_BAD_REQUEST, "part without a head");
	TRY(read_head(cx, p->s, body, f));
	body += 4;
	/* The line end before a mark belongs to the mark. */
	stop = find(body - 2, p->end, p->mark - 2, p->mark_len + 2);
	if (!stop)
		return FAIL(cx, ERR_BAD_REQUEST, "part without an end");
	f->len = stop < body ? 0 : (size_t)(stop - body);
	f->value = arena_strndup(&cx->arena, body, f->len);
	p->s = stop + 2 + p->mark_len;
	if (f->filename)
		return OK;
	if (f->len > LIMIT_VALUE)
		return FAIL(cx, ERR_TOO_LARGE, "field too long");
	if (!text_is_utf8(f->value, f->len))
		return FAIL(cx, ERR_BAD_REQUEST, "field is not UTF-8");
	f->value = text_clean(&cx->arena, f->value);
	f->len = strlen(f->value);
	return OK;
}

enum err form_read_multipart(struct ctx *cx, const char *type, const char *s,
			     size_t n, struct fields *out)
{
	const char *boundary =
		parameter(cx, type, type + strlen(type), "boundary");
	struct parts p = { .s = s, .end = s + n };
	struct field *list;
	char *mark;
	size_t used = 0;

	if (!boundary || !*boundary || strlen(boundary) > LIMIT_PARTS)
		return FAIL(cx, ERR_BAD_REQUEST, "multipart without boundary");
	mark = arena_printf(&cx->arena, "\r\n--%s", boundary);
	p.mark = mark + 2;
	p.mark_len = strlen(p.mark);
	list = ARENA_ARRAY(&cx->arena, struct field, LIMIT_FIELDS);
	p.s = find(s, p.end, p.mark, p.mark_len);
	if (!p.s)
		return FAIL(cx, ERR_BAD_REQUEST, "multipart without parts");
	p.s += p.mark_len;
	while (p.end - p.s >= 2 && memcmp(p.s, "--", 2) != 0) {
		if (memcmp(p.s, "\r\n", 2) != 0)
			return FAIL(cx, ERR_BAD_REQUEST, "bad part mark");
		if (used == LIMIT_FIELDS)
			return FAIL(cx, ERR_BAD_REQUEST, "too many fields");
		p.s += 2;
		TRY(read_part(cx, &p, &list[used++]));
	}
	if (p.end - p.s < 2)
		return FAIL(cx, ERR_BAD_REQUEST, "multipart without an end");
	out->list = list;
	out->n = used;
	return OK;
}
