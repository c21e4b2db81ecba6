/*
 * page_health.c: for those who watch over the service, without sign-in.
 *
 * GET /healthz   a worker answers
 * GET /readyz    the database answers and has every migration (else 503)
 */
#include "base/config.h"
#include "pages/pages.h"
#include "store/store_migration.h"

static void say(struct reply *rp, const char *word, size_t n)
{
	rp->type = "text/plain; charset=utf-8";
	rp->body = word;
	rp->body_len = n;
}

static enum err health(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	(void)cx;
	(void)rq;
	say(rp, "ok\n", 3);
	return OK;
}

static enum err ready(struct ctx *cx, const struct request *rq,
		      struct reply *rp)
{
	struct migration *files;
	int64_t newest;
	size_t n;
	const char *wrong =
		migration_files(&cx->arena, cx->config->sql, &files, &n);

	(void)rq;
	if (wrong)
		return FAIL(cx, ERR_INTERNAL, "%s", wrong);
	TRY(store_migration_newest(cx, &newest));
	if (n > 0 && newest < files[n - 1].number)
		return FAIL(cx, ERR_BUSY, "migrations are missing");
	say(rp, "ready\n", 6);
	return OK;
}

const struct route health_routes[] = {
	{ GET, "/healthz", WHO_ANYONE, health, NULL },
	{ GET, "/readyz", WHO_ANYONE, ready, NULL },
	{ .page = NULL },
};
