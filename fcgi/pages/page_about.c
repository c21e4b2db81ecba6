/*
 * page_about.c: what everybody may read, signed in or not.
 *
 * GET /help            how to use the product
 * GET /privacy         what is kept of whom, for what, who sees it
 * GET /accessibility   what we aim at and where to turn
 */
#include "pages/pages.h"
#include "store/store_setting.h"
#include "view/model.h"

static enum err help(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	(void)cx;
	model_text(rp->model, "title", request_text(rq, "about.help"));
	return OK;
}

static enum err privacy(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	model_text(rp->model, "title", request_text(rq, "about.privacy"));
	model_int(rp->model, "k_score",
		  store_setting_int(cx, "privacy.k_score", 5));
	model_int(rp->model, "k_opinion",
		  store_setting_int(cx, "privacy.k_opinion", 10));
	return OK;
}

static enum err accessibility(struct ctx *cx, const struct request *rq,
			      struct reply *rp)
{
	(void)cx;
	model_text(rp->model, "title", request_text(rq, "about.access"));
	return OK;
}

const struct route about_routes[] = {
	{ GET, "/help", WHO_ANYONE, help, "help" },
	{ GET, "/privacy", WHO_ANYONE, privacy, "privacy" },
	{ GET, "/accessibility", WHO_ANYONE, accessibility, "accessibility" },
	{ .page = NULL },
};
