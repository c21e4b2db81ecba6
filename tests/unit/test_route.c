/*
 * A request finds its route, a form shows its token, a reply has its head.
 */
#include "base/buf.h"
#include "base/config.h"
#include "base/json_arena.h"
#include "check.h"
#include "http/csrf.h"
#include "http/request.h"
#include "http/route.h"
#include "http/send.h"

#include <sodium.h>

static struct ctx cx;

static enum err page(struct ctx *c, const struct request *rq, struct reply *rp)
{
	(void)c;
	(void)rq;
	(void)rp;
	return OK;
}

static const struct route first[] = {
	{ GET, "/", WHO_SIGNED_IN, page, "home" },
	{ GET, "/sessions/:id", WHO_SIGNED_IN, page, "session" },
	{ POST, "/sessions/:id/book", TRAINEE, page, NULL },
	{ GET, "/people/:id/files/:name", PLANNER | ADMIN, page, "file" },
	{ .page = NULL },
};
static const struct route second[] = {
	{ GET, "/sessions/new", PLANNER, page, "session_new" },
	{ .page = NULL },
};
static const struct route *const tables[] = { first, second, NULL };

static const struct route *find(enum method method, const char *path,
				struct request *rq, enum err want)
{
	const struct route *route;

	*rq = (struct request){ .method = method, .path = path, .csrf = "" };
	ctx_forgive(&cx);
	CHECK_THAT(route_find(&cx, tables, rq, &route) == want, path);
	return route;
}

static void test_find(void)
{
	struct request rq;
	const struct route *r;
	int64_t id = 0;

	CHECK(find(GET, "/", &rq, OK) == &first[0]);
	CHECK(find(GET, "/sessions/12", &rq, OK) == &first[1]);
	CHECK_TEXT(request_param(&rq, "id"), "12");
	CHECK(request_id(&cx, &rq, "id", &id) == OK && id == 12);
	CHECK_THAT(find(GET, "/sessions/new", &rq, OK) == &second[0],
		   "a literal part wins over a name");
	CHECK(rq.params.n == 0);
	CHECK(find(POST, "/sessions/12/book", &rq, OK) == &first[2]);
	r = find(GET, "/people/3/files/a%b", &rq, OK);
	CHECK(r == &first[3]);
	CHECK_TEXT(request_param(&rq, "name"), "a%b");
	find(GET, "/sessions/12/book", &rq, ERR_METHOD);
	find(POST, "/", &rq, ERR_METHOD);
	find(GET, "/sessions/", &rq, ERR_NOT_FOUND);
	find(GET, "/sessions/12/", &rq, ERR_NOT_FOUND);
	find(GET, "/sessions", &rq, ERR_NOT_FOUND);
	find(GET, "", &rq, ERR_NOT_FOUND);
	find(GET, "//", &rq, ERR_NOT_FOUND);
	find(GET, "/sessions/x", &rq, OK);
	CHECK(request_id(&cx, &rq, "id", &id) == ERR_NOT_FOUND);
	find(GET, "/sessions/-1", &rq, OK);
	CHECK(request_id(&cx, &rq, "id", &id) == ERR_NOT_FOUND);
}

static void test_allows(void)
{
	struct user user = { .roles = TRAINEE };
	struct request rq = { 0 };

	ctx_forgive(&cx);
	CHECK(route_allows(&cx, &first[2], &rq) == ERR_LOGGED_OUT);
	rq.user = &user;
	CHECK(route_allows(&cx, &first[2], &rq) == OK);
	CHECK(route_allows(&cx, &first[3], &rq) == ERR_FORBIDDEN);
	user.roles = ADMIN;
	CHECK(route_allows(&cx, &first[3], &rq) == OK);
	CHECK_THAT(route_allows(&cx, &first[2], &rq) == ERR_FORBIDDEN,
		   "one role does not hold another");
	user.roles = 0;
	CHECK_THAT(route_allows(&cx, &first[0], &rq) == ERR_FORBIDDEN,
		   "somebody without any role may do nothing");
}

static void test_back(void)
{
	CHECK_TEXT(route_back("/a?b=c", "/"), "/a?b=c");
	CHECK_TEXT(route_back("//evil.example", "/"), "/");
	CHECK_TEXT(route_back("https://evil.example", "/"), "/");
	CHECK_TEXT(route_back("/\\evil.example", "/"), "/");
	CHECK_TEXT(route_back("/a\nSet-Cookie: x", "/"), "/");
	CHECK_TEXT(route_back("", "/home"), "/home");
	CHECK_TEXT(route_back(NULL, "/home"), "/home");
}

/* The result of a POST whose form carries this token. */
static enum err sends(struct request *rq, const char *token)
{
	static struct field field;

	field = (struct field){ .name = "csrf", .value = token };
	rq->method = POST;
	rq->form = (struct fields){ &field, token ? 1 : 0 };
	rq->csrf_header = "";
	rq->fetch_site = "";
	ctx_forgive(&cx);
	return csrf_check(&cx, rq);
}

static void test_csrf(void)
{
	struct user user = { .csrf = "one" }, other = { .csrf = "two" };
	struct request rq = { 0 };
	const char *before, *token;
	bool fresh;

	csrf_begin(&cx, "visit", &rq, &fresh);
	CHECK(fresh && rq.visit && strlen(rq.visit) == CSRF_TEXT - 1);
	before = rq.csrf;
	CHECK(sends(&rq, before) == OK);
	CHECK(sends(&rq, NULL) == ERR_FORBIDDEN);
	CHECK(sends(&rq, "") == ERR_FORBIDDEN);
	CHECK(sends(&rq, "x") == ERR_FORBIDDEN);
	rq.user = &user;
	csrf_begin(&cx, "visit", &rq, &fresh);
	CHECK(!fresh);
	CHECK_THAT(sends(&rq, before) == ERR_FORBIDDEN,
		   "a token from before sign-in is worth nothing after it");
	token = rq.csrf;
	csrf_begin(&cx, "visit", &rq, &fresh);
	CHECK_THAT(strcmp(token, rq.csrf) != 0, "each page has other bytes");
	CHECK_THAT(sends(&rq, token) == OK, "that mean the same");
	rq.user = &other;
	csrf_begin(&cx, "visit", &rq, &fresh);
	CHECK_THAT(sends(&rq, token) == ERR_FORBIDDEN,
		   "a token of another sign-in is refused");
	token = rq.csrf;
	sends(&rq, token);
	rq.fetch_site = "cross-site";
	ctx_forgive(&cx);
	CHECK_THAT(csrf_check(&cx, &rq) == ERR_FORBIDDEN,
		   "so is a form of another site");
	rq.form.n = 0;
	rq.fetch_site = "same-origin";
	rq.csrf_header = token;
	ctx_forgive(&cx);
	CHECK_THAT(csrf_check(&cx, &rq) == OK, "a header does as well");
}

static void test_head(void)
{
	struct reply rp = { .status = 200 };
	struct buf out = buf_new(&cx.arena);

	reply_file(&rp, "text/csv", "計画\r\n\"R6\".csv", "x", 1);
	reply_head(&rp, rp.type, 1, &out);
	CHECK(strstr(out.data, "Status: 200 OK\r\n") != NULL);
	CHECK(strstr(out.data, "Cache-Control: no-store\r\n") != NULL);
	CHECK(strstr(out.data, "filename=\"_____R6_.csv\";"
			       " filename*=UTF-8''%E8%A8%88%E7%94%BB%0D%0A%22"
			       "R6%22.csv\r\n") != NULL);
	buf_clear(&out);
	rp = (struct reply){ .status = 200 };
	CHECK(reply_redirect(&cx, &rp, "/a?q=%s", "研\r\nX: y") == OK);
	reply_head(&rp, "text/html", 0, &out);
	CHECK(strstr(out.data, "Status: 303 ") != NULL);
	CHECK(strstr(out.data, "Location: /a?q=%E7%A0%94%0D%0AX:%20y\r\n") !=
	      NULL);
	CHECK(strstr(out.data, "\nX:") == NULL);
}

static void test_problems(void)
{
	struct reply rp = { .status = 200, .model = json_object() };

	reply_problem(&rp, "title", "first");
	reply_problem(&rp, "title", "second");
	CHECK(rp.status == 422);
	CHECK(json_array_size(json_object_get(rp.model, "problems")) == 2);
	CHECK_TEXT(json_string_value(json_object_get(
			   json_object_get(rp.model, "wrong"), "title")),
		   "first");
}

int main(void)
{
	static const unsigned char secret[32] = { 1, 2, 3 };
	const struct config config = { .secret = secret };

	if (sodium_init() < 0)
		return 1;
	json_arena_install();
	cx.config = &config;
	ctx_begin(&cx);
	json_arena_use(&cx.arena);
	test_find();
	test_allows();
	test_back();
	test_csrf();
	test_head();
	test_problems();
	json_arena_use(NULL);
	arena_release(&cx.arena);
	return check_done();
}
