#include "serve.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"
#include "http/route.h"
#include "http/send.h"
#include "pages/pages.h"
#include "view/model.h"
#include "view/texts.h"

#include <string.h>

#ifndef VERSION
#define VERSION "0.1"
#endif

static void add_user(const struct request *rq, json_t *model)
{
	const struct user *u = rq->user;
	json_t *user = model_object(model, "user"), *roles;

	model_int(user, "id", u->person_id);
	model_text(user, "name", u->name);
	model_text(user, "unit", u->unit_name);
	model_text(user, "tier", u->tier_name);
	roles = model_object(user, "roles");
	model_bool(roles, "trainee", u->roles & TRAINEE);
	model_bool(roles, "trainer", u->roles & TRAINER);
	model_bool(roles, "planner", u->roles & PLANNER);
	model_bool(roles, "head", u->roles & HEAD);
	model_bool(roles, "admin", u->roles & ADMIN);
}

/*
 * A notice left by the request before: shown once. The cookie can say
 * anything, so only a key of the catalogue counts.
 */
static void add_notice(struct ctx *cx, const struct request *rq,
		       struct reply *rp)
{
	const char *key = request_cookie(rq, "notice");
	const char *text;

	if (!key)
		return;
	text = text_find(rq->texts, rq->lang, key, strlen(key));
	if (text && !json_object_get(rp->model, "notice"))
		model_text(rp->model, "notice", text);
	reply_cookie(cx, rp,
		     &(struct cookie){ .name = "notice",
				       .secure = cx->config->secure_cookies });
}

/* What a page did not say itself. */
static void add_title(struct reply *rp)
{
	json_t *page = model_object(rp->model, "page");
	const char *title =
		json_string_value(json_object_get(rp->model, "title"));

	if (title && !json_object_get(page, "title"))
		model_text(page, "title", title);
	model_text(page, "name", rp->view);
}

/*
 * The address that shows this page again; home where only a POST has it.
 * "//host/x" would be an address elsewhere.
 */
static const char *own_path(struct ctx *cx, const struct request *rq)
{
	const struct fault fault = cx->fault;
	struct request again = *rq;
	const struct route *route;
	const char *path = "/";

	if (rq->method == GET)
		return route_back(rq->uri, "/");
	again.method = GET;
	if (route_find(cx, all_routes, &again, &route) == OK)
		path = route_back(rq->path, "/");
	/* The log shall still tell what brought us here. */
	cx->fault = fault;
	return path;
}

void serve_frame(struct ctx *cx, const struct site *site,
		 const struct request *rq, struct reply *rp)
{
	const struct serve_settings *set = serve_settings(cx);
	json_t *m = rp->model, *assets = model_object(m, "assets");

	add_title(rp);
	model_text(m, "lang", lang_code(rq->lang));
	model_text(m, "lang_other", rq->lang == LANG_JA ? "en" : "ja");
	model_text(m, "path", own_path(cx, rq));
	model_text(m, "csrf", rq->csrf);
	model_text(m, "city", set->city[rq->lang]);
	model_text(m, "version", VERSION);
	model_text(m, "request_id", cx->request_id);
	for (size_t i = 0; i < site->nassets; i++)
		model_text(assets, site->assets[i].name, site->assets[i].url);
	model_bool(m, "demo", set->is_demo);
	if (set->is_demo)
		model_text(m, "demo_today",
			   date_to_text(&cx->arena, date_in_japan(cx->now_ms),
					rq->lang, DATE_LONG));
	add_notice(cx, rq, rp);
	if (!rq->user)
		return;
	add_user(rq, m);
	serve_nav(rq, m);
	model_int(m, "idle_seconds", set->idle_ms / 1000);
	model_int(m, "warn_seconds", set->warn_ms / 1000);
}

void serve_frame_json(struct ctx *cx, struct reply *rp)
{
	model_bool(rp->model, "demo", serve_settings(cx)->is_demo);
}

const char *request_text(const struct request *rq, const char *key)
{
	return text_of(rq->texts, rq->lang, key);
}
