/*
 * page_account.c: what people look after themselves.
 *
 * GET  /account              who I am here, where I am signed in
 * GET  /account/password     the form for a new password
 * POST /account/password     set it; all other sign-ins end
 * POST /account/end-others   end all other sign-ins
 * POST /account/stay         the answer to the warning before the time-out
 * POST /language             keep a language: cookie, and account if any
 */
#include "base/clock.h"
#include "base/config.h"
#include "base/password.h"
#include "base/text.h"
#include "http/route.h"
#include "http/send.h"
#include "pages/once.h"
#include "pages/pages.h"
#include "store/store_account.h"
#include "store/store_audit.h"
#include "store/store_setting.h"
#include "store/store_signin.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <string.h>

static const struct {
	enum who role;
	const char *label;
} roles[] = {
	{ TRAINEE, TEXT_KEY("account.trainee") },
	{ HEAD, TEXT_KEY("account.head") },
	{ TRAINER, TEXT_KEY("account.trainer") },
	{ PLANNER, TEXT_KEY("account.planner") },
	{ ADMIN, TEXT_KEY("account.admin") },
};

static struct signin_limits limits_of(struct ctx *cx)
{
	return (struct signin_limits){
		.idle_ms = store_setting_int(cx, "signin.idle_minutes", 30) *
			   MINUTE_MS,
		.age_ms = store_setting_int(cx, "signin.max_hours", 12) * 60 *
			  MINUTE_MS,
	};
}

static void add_instant(struct ctx *cx, const struct request *rq, json_t *m,
			const char *key, const char *at)
{
	char iso[INSTANT_TEXT];
	int64_t ms;

	if (!instant_from_db(at, &ms))
		return;
	model_text(m, key, instant_to_iso(ms, iso));
	model_text(m, arena_printf(&cx->arena, "%s_text", key),
		   instant_to_text(&cx->arena, ms, rq->lang, DATE_LONG));
}

/* What people call the browser that an agent text comes from. */
static const char *device_name(struct ctx *cx, const char *agent)
{
	/* The first that is found counts: all of them claim to be others. */
	static const char *const browsers[][2] = {
		{ "Edg", "Edge" },       { "Firefox/", "Firefox" },
		{ "OPR/", "Opera" },     { "Chrome/", "Chrome" },
		{ "Safari/", "Safari" },
	};
	static const char *const systems[][2] = {
		{ "Windows", "Windows" }, { "iPhone", "iPhone" },
		{ "iPad", "iPad" },       { "Android", "Android" },
		{ "Mac OS", "Mac" },      { "Linux", "Linux" },
	};
	const char *browser = NULL, *system = NULL;

	for (size_t i = 0; !browser && i < 5; i++)
		if (strstr(agent, browsers[i][0]))
			browser = browsers[i][1];
	for (size_t i = 0; !system && i < 6; i++)
		if (strstr(agent, systems[i][0]))
			system = systems[i][1];
	if (!browser || !system)
		return agent;
	return arena_printf(&cx->arena, "%s / %s", browser, system);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const struct user *user = rq->user;
	const struct signin_limits limits = limits_of(cx);
	const struct signin_open *open;
	struct account account;
	json_t *me = model_object(rp->model, "account"), *list;
	size_t n;

	TRY(store_account_find(cx, user->person_id, &account));
	TRY(store_signin_open_of(cx, user->person_id, &limits, &open, &n));
	model_text(rp->model, "title", request_text(rq, "account.title"));
	model_text(me, "name", user->name);
	model_text(me, "staff_number", account.staff_number);
	model_text(me, "email", account.email);
	model_text(me, "unit", user->unit_name);
	model_text(me, "tier", user->tier_name);
	list = model_list(me, "roles");
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (user->roles & roles[i].role)
			model_item_text(list, request_text(rq, roles[i].label));
	list = model_list(rp->model, "signins");
	for (size_t i = 0; i < n; i++) {
		json_t *item = model_item(list);

		add_instant(cx, rq, item, "created_at", open[i].created_at);
		add_instant(cx, rq, item, "seen_at", open[i].seen_at);
		model_text(item, "address", open[i].address);
		model_text(item, "device", device_name(cx, open[i].agent));
		model_bool(item, "is_this", open[i].id == user->signin_id);
	}
	model_bool(rp->model, "has_others", n > 1);
	return OK;
}

static struct password_policy policy_of(struct ctx *cx)
{
	const int64_t min = store_setting_int(cx, "password.min_length", 12);
	const int64_t kinds = store_setting_int(cx, "password.kinds", 0);

	return (struct password_policy){ .min_length =
						 min > 0 ? (size_t)min : 1,
					 .kinds = kinds > 4 ? 4 : (int)kinds };
}

static void fill_password(struct ctx *cx, const struct request *rq,
			  struct reply *rp)
{
	const struct password_policy policy = policy_of(cx);

	model_text(rp->model, "title", request_text(rq, "password.title"));
	model_bool(rp->model, "must_set", rq->user->must_set_password);
	model_int(rp->model, "min_length", (int64_t)policy.min_length);
	if (policy.kinds > 1)
		model_int(rp->model, "kinds", policy.kinds);
}

static enum err show_password(struct ctx *cx, const struct request *rq,
			      struct reply *rp)
{
	fill_password(cx, rq, rp);
	return OK;
}

/* The texts that password_problem() names. */
static const char *const problem_texts[] = {
	TEXT_KEY("password.short"),  TEXT_KEY("password.long"),
	TEXT_KEY("password.kinds"),  TEXT_KEY("password.own"),
	TEXT_KEY("password.common"),
};

/* The sentence for what stands against a new password, or NULL. */
static const char *new_problem(struct ctx *cx, const struct request *rq,
			       const struct account *account, const char *fresh)
{
	const struct password_policy policy = policy_of(cx);
	const char *key = password_problem(
		&policy, fresh, account->staff_number, account->email);

	for (size_t i = 0; key && i < sizeof(problem_texts) / sizeof(char *);
	     i++)
		if (!strcmp(key, problem_texts[i]))
			return text_fill(
				&cx->arena, request_text(rq, problem_texts[i]),
				"min_length",
				arena_printf(&cx->arena, "%zu",
					     policy.min_length),
				"kinds",
				arena_printf(&cx->arena, "%d", policy.kinds),
				NULL);
	return NULL;
}

struct change {
	const struct request *rq;
	const char *hash;
	int64_t ended;
};

static enum err change(struct ctx *cx, void *arg, const char **place)
{
	struct change *c = arg;
	const struct user *user = c->rq->user;

	*place = user->must_set_password ? "/" : "/account";
	TRY(store_account_set_password(cx, user->person_id, c->hash, false));
	TRY(store_signin_end_others(cx, user->person_id, user->signin_id,
				    &c->ended));
	return store_audit_add(cx,
			       &(struct audit){ .person_id = user->person_id,
						.address = c->rq->address,
						.action = "account.password" });
}

static enum err set_password(struct ctx *cx, const struct request *rq,
			     struct reply *rp)
{
	const char *now = request_form(rq, "now");
	const char *fresh = request_form(rq, "new");
	const char *again = request_form(rq, "again");
	struct change c = { .rq = rq };
	const char *const done = TEXT_KEY("password.done");
	struct account account;
	const char *problem;
	bool was_done;

	TRY(store_account_find(cx, rq->user->person_id, &account));
	fill_password(cx, rq, rp);
	/* Whoever must set one has just shown the old one. */
	if (!rq->user->must_set_password &&
	    !password_matches(account.password_hash, now ? now : ""))
		reply_problem(rp, "now", request_text(rq, "password.wrong"));
	problem = new_problem(cx, rq, &account, fresh ? fresh : "");
	if (problem)
		reply_problem(rp, "new", problem);
	else if (!text_equals(fresh, again))
		reply_problem(rp, "again", request_text(rq, "password.again"));
	else if (password_matches(account.password_hash, fresh))
		reply_problem(rp, "new", request_text(rq, "password.same"));
	if (rp->status == 422)
		return once_again(cx, rq, rp, done, &was_done);
	c.hash = password_hash(&cx->arena, fresh);
	return once_run(cx, rq, rp, &(struct once){ change, &c, done });
}

static enum err end_others(struct ctx *cx, const struct request *rq,
			   struct reply *rp)
{
	const struct user *user = rq->user;
	int64_t ended;

	TRY(store_signin_end_others(cx, user->person_id, user->signin_id,
				    &ended));
	TRY(store_audit_add(
		cx, &(struct audit){
			    .person_id = user->person_id,
			    .address = rq->address,
			    .action = "signin.end_others",
			    .detail = arena_printf(&cx->arena,
						   "{\"ended\":%" PRId64 "}",
						   ended) }));
	return reply_done(cx, rp, TEXT_KEY("account.ended"), "/account");
}

static enum err stay(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	TRY(store_signin_seen(cx, rq->user->signin_id));
	if (!rq->wants_json)
		return reply_redirect(cx, rp, "%s",
				      route_back(request_form(rq, "back"),
						 "/"));
	model_int(rp->model, "idle_seconds", limits_of(cx).idle_ms / 1000);
	return OK;
}

/* An address without ?lang=, which would speak against the choice. */
static const char *without_language(struct ctx *cx, const char *back)
{
	const char *query = strchr(back, '?');

	if (!query || !strstr(query, "lang="))
		return back;
	return arena_strndup(&cx->arena, back, (size_t)(query - back));
}

static enum err set_language(struct ctx *cx, const struct request *rq,
			     struct reply *rp)
{
	const char *lang = request_form(rq, "lang");
	const char *back = route_back(request_form(rq, "back"), "/");

	if (!text_equals(lang, "ja") && !text_equals(lang, "en"))
		return FAIL(cx, ERR_BAD_REQUEST, "no such language");
	if (rq->user)
		TRY(store_account_set_language(cx, rq->user->person_id, lang));
	reply_cookie(cx, rp,
		     &(struct cookie){ .name = "lang",
				       .value = lang,
				       .secure = cx->config->secure_cookies,
				       .keep = true });
	return reply_redirect(cx, rp, "%s", without_language(cx, back));
}

const struct route account_routes[] = {
	{ GET, "/account", WHO_SIGNED_IN, show, "account" },
	{ GET, "/account/password", WHO_SIGNED_IN, show_password,
	  "account_password" },
	{ POST, "/account/password", WHO_SIGNED_IN, set_password,
	  "account_password" },
	{ POST, "/account/end-others", WHO_SIGNED_IN, end_others, NULL },
	{ POST, "/account/stay", WHO_SIGNED_IN, stay, NULL },
	{ POST, "/language", WHO_ANYONE, set_language, NULL },
	{ .page = NULL },
};
