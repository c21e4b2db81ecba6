/*
 * What a visitor sends is checked once, at the edge.
 */
#include "base/json_arena.h"
#include "check.h"
#include "http/limits.h"
#include "http/request.h"

#include <sodium.h>
#include <stdlib.h>

/* A request in memory. */
struct given {
	const char *body;
	size_t len, at;
};

static size_t read_given(void *arg, char *to, size_t max)
{
	struct given *g = arg;
	const size_t n = g->len - g->at < max ? g->len - g->at : max;

	memcpy(to, g->body + g->at, n);
	g->at += n;
	return n;
}

static struct ctx cx;
static struct request rq;

static enum err get(const char *uri)
{
	const char *env[] = { "REQUEST_METHOD=GET",
			      arena_printf(&cx.arena, "REQUEST_URI=%s", uri),
			      NULL };
	const struct source source = { .env = env };

	ctx_forgive(&cx);
	return request_read(&cx, &source, &rq);
}

static enum err post_bytes(const char *type, const char *body, size_t len,
			   size_t said)
{
	struct given given = { .body = body, .len = len };
	const char *env[] = {
		"REQUEST_METHOD=POST", "REQUEST_URI=/form",
		arena_printf(&cx.arena, "CONTENT_TYPE=%s", type),
		arena_printf(&cx.arena, "CONTENT_LENGTH=%zu", said), NULL
	};
	const struct source source = { env, read_given, &given };

	ctx_forgive(&cx);
	return request_read(&cx, &source, &rq);
}

static enum err post(const char *body)
{
	return post_bytes("application/x-www-form-urlencoded", body,
			  strlen(body), strlen(body));
}

static enum err post_parts(const char *body)
{
	return post_bytes("multipart/form-data; boundary=xx", body,
			  strlen(body), strlen(body));
}

static enum err with(const char *name, const char *value)
{
	const char *env[] = { "REQUEST_METHOD=GET", "REQUEST_URI=/",
			      arena_printf(&cx.arena, "%s=%s", name, value),
			      NULL };
	const struct source source = { .env = env };

	ctx_forgive(&cx);
	return request_read(&cx, &source, &rq);
}

static void test_uri(void)
{
	CHECK(get("/sessions/12?a=1&b=%E7%A0%94+x&a=2&&c") == OK);
	CHECK_TEXT(rq.path, "/sessions/12");
	CHECK_TEXT(request_query(&rq, "a"), "1");
	CHECK_TEXT(request_query(&rq, "b"), "研 x");
	CHECK_TEXT(request_query(&rq, "c"), "");
	CHECK_TEXT(request_query(&rq, "d"), NULL);
	CHECK(rq.query.n == 4);
	CHECK(get("/a%2Bb+c") == OK);
	CHECK_TEXT(rq.path, "/a+b+c");
	CHECK(get("*") == ERR_BAD_REQUEST);
	CHECK(get("/a%zz") == ERR_BAD_REQUEST);
	CHECK(get("/a%4") == ERR_BAD_REQUEST);
	CHECK(get("/a%") == ERR_BAD_REQUEST);
	CHECK_THAT(get("/a%00b") == ERR_BAD_REQUEST, "NUL is refused");
	CHECK_THAT(get("/%C0%AF") == ERR_BAD_REQUEST, "overlong is refused");
	CHECK_THAT(get("/?x=%ED%A0%80") == ERR_BAD_REQUEST,
		   "half a surrogate pair is refused");
	CHECK(get("/?x=a%0D%0Ab%07c%0Dd") == OK);
	CHECK_TEXT(request_query(&rq, "x"), "a\nbc\nd");
}

static void test_limits(void)
{
	char *big = arena_alloc(&cx.arena, LIMIT_BODY + 10);

	memset(big, 'a', LIMIT_BODY + 5);
	big[0] = '/';
	CHECK(get(big) == ERR_BAD_REQUEST);
	big[0] = 'a';
	big[1] = '=';
	CHECK_THAT(post(big) == ERR_TOO_LARGE, "a form has a greatest size");
	big[LIMIT_VALUE + 2] = '\0';
	CHECK(post(big) == OK);
	big[LIMIT_VALUE + 2] = 'a';
	big[LIMIT_VALUE + 3] = '\0';
	CHECK_THAT(post(big) == ERR_TOO_LARGE, "a field has a greatest size");
	big[LIMIT_NAME + 1] = '=';
	big[LIMIT_NAME + 2] = '\0';
	big[1] = 'a';
	CHECK_THAT(post(big) == ERR_BAD_REQUEST, "a name has one as well");
	for (size_t i = 0; i < LIMIT_FIELDS; i++)
		memcpy(big + 2 * i, "a&", 2);
	big[2 * LIMIT_FIELDS - 1] = '\0';
	CHECK(post(big) == OK);
	memcpy(big + 2 * LIMIT_FIELDS - 1, "&a", 3);
	CHECK_THAT(post(big) == ERR_BAD_REQUEST, "fields are counted");
	CHECK_THAT(post_bytes("text/plain", "a=1", 3, 3) == ERR_BAD_REQUEST,
		   "what is no form is refused");
	CHECK_THAT(post_bytes("application/x-www-form-urlencoded", "a=1", 3,
			      9) == ERR_BAD_REQUEST,
		   "a body that ends early is refused");
	CHECK(post_bytes("application/x-www-form-urlencoded", "", 0,
			 SIZE_MAX / 2) == ERR_TOO_LARGE);
}

static void test_parts(void)
{
	const struct field *file;

	CHECK(post_parts("--xx\r\nContent-Disposition: form-data; name=\"t\""
			 "\r\n\r\na\r\nb\r\n--xx\r\n"
			 "content-disposition: form-data; name=\"f\"; filename"
			 "=\"\u8077\u54e1%22.csv\"\r\nContent-Type: text/csv"
			 "\r\n\r\n\x01\xff\r\n\r\n--xx--\r\n") == OK);
	CHECK_TEXT(request_form(&rq, "t"), "a\nb");
	CHECK_TEXT(request_form(&rq, "f"), NULL);
	file = request_file(&rq, "f");
	CHECK(file != NULL && file->len == 4);
	CHECK(file != NULL && !memcmp(file->value, "\x01\xff\r\n", 4));
	CHECK_TEXT(file ? file->filename : NULL, "職員\".csv");
	CHECK(post_parts("--xx\r\nContent-Disposition: form-data; name=\"t\""
			 "\r\n\r\n\r\n--xx--\r\n") == OK);
	CHECK_TEXT(request_form(&rq, "t"), "");
	CHECK(post_parts("--xx--\r\n") == OK);
	CHECK(rq.form.n == 0);
	CHECK(post_parts("") == OK);
	CHECK(post_parts("nothing") == ERR_BAD_REQUEST);
	CHECK(post_parts("--xx\r\n") == ERR_BAD_REQUEST);
	CHECK(post_parts("--xx\r\n\r\n\r\n--xx--") == ERR_BAD_REQUEST);
	CHECK(post_parts("--xx\r\nContent-Disposition: form-data; name=\"t\""
			 "\r\n\r\nno end") == ERR_BAD_REQUEST);
	CHECK(post_parts("--xx\r\nContent-Disposition: form-data; name=\"t\""
			 "\r\n\r\n\xff\r\n--xx--") == ERR_BAD_REQUEST);
	CHECK(post_bytes("multipart/form-data", "x", 1, 1) == ERR_BAD_REQUEST);
}

static void test_headers(void)
{
	CHECK(with("HTTP_COOKIE", "a=1; b=x=y;c; =z;  d=") == OK);
	CHECK_TEXT(request_cookie(&rq, "a"), "1");
	CHECK_TEXT(request_cookie(&rq, "b"), "x=y");
	CHECK_TEXT(request_cookie(&rq, "c"), NULL);
	CHECK_TEXT(request_cookie(&rq, "d"), "");
	CHECK(with("HTTP_COOKIE", "a=\xff; b=2") == OK);
	CHECK_TEXT(request_cookie(&rq, "a"), NULL);
	CHECK_TEXT(request_cookie(&rq, "b"), "2");
	CHECK(accept_is_json("application/json"));
	CHECK(accept_is_json("text/html;q=0.5, application/json"));
	CHECK(!accept_is_json("text/html, application/json;q=0.9"));
	CHECK(!accept_is_json("*/*"));
	CHECK(!accept_is_json(NULL));
	CHECK(accept_language("en-US,en;q=0.9,ja;q=0.8") == LANG_EN);
	CHECK(accept_language("ja,en-US;q=0.9") == LANG_JA);
	CHECK(accept_language("fr,en;q=0.3") == LANG_EN);
	CHECK(accept_language("fr") == LANG_JA);
	CHECK(accept_language("ens;q=1") == LANG_JA);
	CHECK(accept_language(NULL) == LANG_JA);
	CHECK(with("HTTP_COOKIE", "lang=en") == OK);
	CHECK(rq.lang == LANG_EN && rq.lang_chosen);
	CHECK(with("HTTP_COOKIE", "lang=fr") == OK);
	CHECK(rq.lang == LANG_JA && !rq.lang_chosen);
}

static void test_method(void)
{
	const char *env[] = { "REQUEST_METHOD=DELETE", "REQUEST_URI=/", NULL };
	const struct source source = { .env = env };

	ctx_forgive(&cx);
	CHECK(request_read(&cx, &source, &rq) == ERR_METHOD);
	env[0] = "REQUEST_METHOD=HEAD";
	ctx_forgive(&cx);
	CHECK(request_read(&cx, &source, &rq) == OK);
	CHECK(rq.method == GET && rq.is_head);
}

int main(void)
{
	if (sodium_init() < 0)
		return 1;
	ctx_begin(&cx);
	test_uri();
	test_limits();
	test_parts();
	test_headers();
	test_method();
	ctx_end(&cx);
	arena_release(&cx.arena);
	return check_done();
}
