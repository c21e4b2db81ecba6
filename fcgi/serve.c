#include "serve.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "http/csrf.h"
#include "http/route.h"
#include "http/send.h"
#include "pages/carry.h"
#include "pages/cookies.h"
#include "pages/pages.h"
#include "pages/ready.h"
#include "view/model.h"
#include "view/texts.h"
#include "view/view.h"

#include <inttypes.h>
#include <string.h>

/* One request on its way; the steps below fill it from top to bottom. */
struct passage {
	const struct site *site;
	struct request rq;
	const struct route *route;
	struct reply rp;
	bool looked; /* for who is behind it */
};

/* Health checks need nobody and no database. */
static bool is_plain(const struct route *route)
{
	return route->method == GET && route->who == WHO_ANYONE && !route->view;
}

/* Whoever must set a password can do that, sign out, and read open pages. */
static bool must_wait(const struct request *rq, const struct route *route)
{
	return rq->user && rq->user->must_set_password &&
	       route->who != WHO_ANYONE &&
	       !text_equals(route->path, "/account/password");
}

static enum err look(struct ctx *cx, struct passage *p)
{
	bool fresh;

	p->looked = true;
	p->rq.csrf = "";
	TRY(serve_signin(cx, &p->rq));
	csrf_begin(cx, cookie_visit(cx->config), &p->rq, &fresh);
	if (fresh)
		reply_cookie(cx, &p->rp,
			     &(struct cookie){
				     .name = cookie_visit(cx->config),
				     .value = p->rq.visit,
				     .secure = cx->config->secure_cookies });
	return OK;
}

/*
 * Steps 1 to 6 of every request. What a page forgets cannot matter:
 * permission and token are checked here, for all of them.
 */
static enum err answer(struct ctx *cx, const struct source *source,
		       struct passage *p)
{
	TRY(request_read(cx, source, &p->rq));              /* 1 */
	TRY(route_find(cx, all_routes, &p->rq, &p->route)); /* 2 */
	if (is_plain(p->route))
		return p->route->page(cx, &p->rq, &p->rp);
	TRY(look(cx, p));                        /* 3 */
	TRY(route_allows(cx, p->route, &p->rq)); /* 4 */
	TRY(csrf_check(cx, &p->rq));             /* 5 */
	if (must_wait(&p->rq, p->route))
		return reply_redirect(cx, &p->rp, "/account/password");
	p->rp.view = p->route->view;
	return p->route->page(cx, &p->rq, &p->rp); /* 6 */
}

/* A form that came too late is carried on; false: there is none such. */
static bool carries(struct ctx *cx, struct passage *p, enum err err)
{
	bool carried = false;
	enum err e = OK;

	if (p->rq.method != POST || p->rq.wants_json || !p->route)
		return false;
	if (err == ERR_FORBIDDEN && text_equals(p->route->path, "/sign-in"))
		e = signin_again(cx, &p->rq, &p->rp, &carried);
	else if (p->route->who == WHO_ANYONE)
		return false;
	else if (err == ERR_LOGGED_OUT)
		e = carry_ask(cx, &p->rq, &p->rp, &carried);
	else if (err == ERR_FORBIDDEN && p->rq.user)
		e = carry_again(cx, &p->rq, &p->rp, &carried);
	if (e != OK)
		ctx_forgive(cx);
	return carried && e == OK;
}

/* To the sign-in page, and from there back to a page that can be read. */
static void send_to_signin(struct ctx *cx, struct passage *p)
{
	const struct route *route;
	const char *back = p->rq.uri;

	if (p->rq.method == POST) {
		back = p->rq.path;
		p->rq.method = GET;
		if (route_find(cx, all_routes, &p->rq, &route) != OK)
			back = "/";
		p->rq.method = POST;
		ctx_forgive(cx);
	}
	reply_redirect(cx, &p->rp, "/sign-in?back=%s",
		       form_encode(cx, route_back(back, "/")));
}

/* What went wrong, what to do: one sentence each, and never a detail. */
static const struct {
	const char *message, *help;
} sentences[] = {
	[ERR_BAD_REQUEST] = { TEXT_KEY("error.bad_request"),
			      TEXT_KEY("error.bad_request_help") },
	[ERR_LOGGED_OUT] = { TEXT_KEY("error.signed_out"),
			     TEXT_KEY("error.signed_out_help") },
	[ERR_FORBIDDEN] = { TEXT_KEY("error.forbidden"),
			    TEXT_KEY("error.forbidden_help") },
	[ERR_NOT_FOUND] = { TEXT_KEY("error.not_found"),
			    TEXT_KEY("error.not_found_help") },
	[ERR_METHOD] = { TEXT_KEY("error.method"),
			 TEXT_KEY("error.method_help") },
	[ERR_CONFLICT] = { TEXT_KEY("error.conflict"),
			   TEXT_KEY("error.conflict_help") },
	[ERR_TOO_LARGE] = { TEXT_KEY("error.too_large"),
			    TEXT_KEY("error.too_large_help") },
	[ERR_TOO_MANY] = { TEXT_KEY("error.too_many"),
			   TEXT_KEY("error.too_many_help") },
	[ERR_BUSY] = { TEXT_KEY("error.busy"), TEXT_KEY("error.busy_help") },
	[ERR_INTERNAL] = { TEXT_KEY("error.internal"),
			   TEXT_KEY("error.internal_help") },
};

static void explain(struct passage *p, enum err err)
{
	json_t *error;

	p->rp.model = json_object();
	p->rp.members = NULL;
	p->rp.status = err_status(err);
	p->rp.view = "error";
	p->rp.type = NULL;
	p->rp.filename = NULL;
	error = model_object(p->rp.model, "error");
	model_text(error, "code", err_name(err));
	model_text(error, "message",
		   request_text(&p->rq, sentences[err].message));
	if (p->rq.wants_json)
		return;
	model_text(p->rp.model, "title",
		   request_text(&p->rq, sentences[err].message));
	model_text(error, "help", request_text(&p->rq, sentences[err].help));
	model_bool(error, "is_ours", p->rp.status >= 500);
}

/* A page failed, or the request never reached one. */
static void fail(struct ctx *cx, struct passage *p, enum err err)
{
	const struct fault fault = cx->fault;

	/* A request that never got to step 3 still shows who is signed in. */
	ctx_forgive(cx);
	if (!p->looked && look(cx, p) != OK)
		ctx_forgive(cx);
	if (carries(cx, p, err))
		;
	else if (err == ERR_LOGGED_OUT && !p->rq.wants_json)
		send_to_signin(cx, p);
	else
		explain(p, err);
	cx->fault = fault;
}

/* The model as one JSON object, with the members that are text already. */
static void put_json(const struct reply *rp, struct buf *body)
{
	const char *model = json_dumps(rp->model, JSON_COMPACT);

	if (!rp->members) {
		buf_puts(body, model);
		return;
	}
	buf_add(body, model, strlen(model) - 1);
	if (json_object_size(rp->model))
		buf_putc(body, ',');
	buf_puts(body, rp->members + 1);
}

/* Step 7: the model as JSON, or the view, or the bytes a page gave. */
static void compose(struct ctx *cx, struct passage *p, struct buf *body,
		    const char **type)
{
	struct reply *rp = &p->rp;
	const struct view *view;

	*type = "text/html; charset=utf-8";
	if (rp->location)
		return;
	if (rp->type) {
		*type = rp->type;
		buf_add(body, rp->body, rp->body_len);
		return;
	}
	if (p->rq.wants_json) {
		*type = "application/json";
		serve_frame_json(cx, rp);
		put_json(rp, body);
		return;
	}
	serve_frame(cx, p->site, &p->rq, rp);
	view = rp->view ? view_find(p->site->views, rp->view) : NULL;
	if (view && view_render(view, rp->model, p->site->texts, p->rq.lang,
				body) == OK)
		return;
	log_event("view", "id=%s name=%s text=\"cannot be shown\"",
		  cx->request_id, rp->view ? rp->view : "-");
	buf_clear(body);
	*type = "text/plain; charset=utf-8";
	rp->status = rp->status < 400 ? 500 : rp->status;
	buf_puts(body, request_text(&p->rq, "error.internal"));
}

static void send(struct ctx *cx, struct passage *p, const struct sink *sink)
{
	struct buf body = buf_new(&cx->arena), head = buf_new(&cx->arena);
	const char *type;

	if (p->rp.notice)
		reply_cookie(cx, &p->rp,
			     &(struct cookie){
				     .name = "notice",
				     .value = p->rp.notice,
				     .secure = cx->config->secure_cookies });
	compose(cx, p, &body, &type);
	reply_head(&p->rp, type, body.len, &head);
	sink->write(sink->arg, head.data, head.len);
	if (!p->rq.is_head)
		sink->write(sink->arg, body.data, body.len);
}

static void log_request(const struct ctx *cx, const struct passage *p,
			int64_t began)
{
	if (cx->fault.code != OK)
		log_event("fault", "id=%s code=%s at=%s:%d text=\"%s\"",
			  cx->request_id, err_name(cx->fault.code),
			  cx->fault.file, cx->fault.line, cx->fault.text);
	log_event("request",
		  "id=%s ms=%" PRId64 " status=%d user=%" PRId64
		  " method=%s path=%s",
		  cx->request_id, clock_real() - began, p->rp.status,
		  p->rq.user ? p->rq.user->person_id : 0,
		  p->rq.method == POST ? "POST" : "GET",
		  p->route ? p->route->path : "-");
}

void serve_request(struct ctx *cx, const struct site *site,
		   const struct source *source, const struct sink *sink)
{
	struct passage p = { .site = site, .rp = { .status = 200 } };
	const int64_t began = clock_real();
	enum err err;

	ctx_begin(cx);
	p.rq.texts = site->texts;
	p.rq.views = site->views;
	p.rp.model = json_object();
	err = answer(cx, source, &p);
	if (err != OK)
		fail(cx, &p, err);
	send(cx, &p, sink);
	db_settle(cx); /* 8 */
	ready_settle();
	log_request(cx, &p, began);
	ctx_end(cx);
}
