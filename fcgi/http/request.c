#include "http/request.h"

#include "base/text.h"
#include "http/limits.h"
#include "view/texts.h"

#include <string.h>
#include <strings.h>

const char *source_get(const struct source *source, const char *name)
{
	const size_t n = strlen(name);

	for (const char *const *e = source->env; e && *e; e++)
		if (!strncmp(*e, name, n) && (*e)[n] == '=')
			return *e + n + 1;
	return NULL;
}

/* The variable, cut to max bytes, as text; never NULL. */
static const char *header(struct ctx *cx, const struct source *source,
			  const char *name, size_t max)
{
	const char *s = source_get(source, name);
	size_t n = s ? strlen(s) : 0;

	if (n > max)
		n = max;
	/* A cut in the middle of a character is taken back. */
	while (n > 0 && !text_is_utf8(s, n))
		n--;
	return n ? text_clean(&cx->arena, arena_strndup(&cx->arena, s, n)) : "";
}

static enum err read_uri(struct ctx *cx, const struct source *source,
			 struct request *rq)
{
	const char *uri = source_get(source, "REQUEST_URI"), *query, *path;

	if (!uri || *uri != '/')
		return FAIL(cx, ERR_BAD_REQUEST, "no path");
	if (strlen(uri) > LIMIT_URI)
		return FAIL(cx, ERR_BAD_REQUEST, "address too long");
	query = strchr(uri, '?');
	path = form_decode(cx, uri, query ? (size_t)(query - uri) : strlen(uri),
			   false);
	if (!path)
		return FAIL(cx, ERR_BAD_REQUEST, "path is not UTF-8");
	rq->path = path;
	rq->uri = header(cx, source, "REQUEST_URI", LIMIT_URI);
	if (!query)
		return OK;
	return form_read_urlencoded(cx, query + 1, strlen(query + 1),
				    &rq->query);
}

static enum err read_form(struct ctx *cx, const struct source *source,
			  struct request *rq)
{
	const char *type = source_get(source, "CONTENT_TYPE");
	const char *length = source_get(source, "CONTENT_LENGTH");
	const bool parts =
		type && !strncasecmp(type, "multipart/form-data", 19);
	int64_t n = 0;
	char *body;

	if (!length || !*length)
		return OK;
	if (!text_to_i64(length, 0, INT64_MAX, &n))
		return FAIL(cx, ERR_BAD_REQUEST, "no length");
	if (n > (parts ? LIMIT_UPLOAD : LIMIT_BODY))
		return FAIL(cx, ERR_TOO_LARGE, "body of %lld bytes",
			    (long long)n);
	if (n == 0)
		return OK;
	body = arena_alloc(&cx->arena, (size_t)n + 1);
	if (source->read(source->arg, body, (size_t)n) != (size_t)n)
		return FAIL(cx, ERR_BAD_REQUEST, "body ends early");
	if (parts)
		return form_read_multipart(cx, type, body, (size_t)n,
					   &rq->form);
	if (type && strncasecmp(type, "application/x-www-form-urlencoded", 33))
		return FAIL(cx, ERR_BAD_REQUEST, "body is no form");
	return form_read_urlencoded(cx, body, (size_t)n, &rq->form);
}

/* ?lang= first, then the cookie; the account's comes later, see serve. */
static void read_language(const struct source *source, struct request *rq)
{
	const char *chosen = request_query(rq, "lang");

	if (!chosen)
		chosen = request_cookie(rq, "lang");
	rq->lang_chosen =
		text_equals(chosen, "ja") || text_equals(chosen, "en");
	if (rq->lang_chosen)
		rq->lang = text_equals(chosen, "en") ? LANG_EN : LANG_JA;
	else
		rq->lang = accept_language(
			source_get(source, "HTTP_ACCEPT_LANGUAGE"));
}

enum err request_read(struct ctx *cx, const struct source *source,
		      struct request *rq)
{
	const char *method = source_get(source, "REQUEST_METHOD");
	enum err uri;

	*rq = (struct request){ .path = "",
				.uri = "",
				.csrf = "",
				.texts = rq->texts,
				.views = rq->views };
	rq->wants_json = accept_is_json(source_get(source, "HTTP_ACCEPT"));
	rq->address = header(cx, source, "REMOTE_ADDR", 45);
	rq->agent = header(cx, source, "HTTP_USER_AGENT", LIMIT_AGENT);
	rq->csrf_header = header(cx, source, "HTTP_X_CSRF_TOKEN", LIMIT_NAME);
	rq->fetch_site = header(cx, source, "HTTP_SEC_FETCH_SITE", LIMIT_NAME);
	cookies_read(cx, source_get(source, "HTTP_COOKIE"), &rq->cookies);
	uri = read_uri(cx, source, rq);
	read_language(source, rq);
	TRY(uri);

	rq->is_head = text_equals(method, "HEAD");
	if (rq->is_head || text_equals(method, "GET"))
		return OK;
	if (!text_equals(method, "POST"))
		return FAIL(cx, ERR_METHOD, "method is none of ours");
	rq->method = POST;
	return read_form(cx, source, rq);
}

const char *fields_get(const struct fields *fs, const char *name)
{
	for (size_t i = 0; i < fs->n; i++)
		if (!strcmp(fs->list[i].name, name) && !fs->list[i].filename)
			return fs->list[i].value;
	return NULL;
}

const char *request_query(const struct request *rq, const char *name)
{
	return fields_get(&rq->query, name);
}

const char *request_form(const struct request *rq, const char *name)
{
	return fields_get(&rq->form, name);
}

const char *request_cookie(const struct request *rq, const char *name)
{
	return fields_get(&rq->cookies, name);
}

const char *request_param(const struct request *rq, const char *name)
{
	return fields_get(&rq->params, name);
}

const struct field *request_file(const struct request *rq, const char *name)
{
	for (size_t i = 0; i < rq->form.n; i++)
		if (!strcmp(rq->form.list[i].name, name) &&
		    rq->form.list[i].filename)
			return &rq->form.list[i];
	return NULL;
}

const char *by_language(const struct request *rq, const char *ja,
			const char *en)
{
	return text_in(rq->lang, ja, en);
}

enum err request_id(struct ctx *cx, const struct request *rq, const char *name,
		    int64_t *id)
{
	const char *s = request_param(rq, name);

	if (!s || !text_to_i64(s, 1, INT64_MAX, id))
		return FAIL(cx, ERR_NOT_FOUND, "%s is no row id", name);
	return OK;
}

bool request_is(const struct request *rq, unsigned roles)
{
	return rq->user && (rq->user->roles & roles) != 0;
}
