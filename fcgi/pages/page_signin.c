/*
 * page_signin.c: people sign in and out.
 *
 * GET  /sign-in    number or address, and password; ?back= a page of ours
 * POST /sign-in    a new sign-in, or the form again (422); with a form that
 *                  came too late (carry.h) the page that sends it anew
 * POST /sign-out   end this sign-in
 *
 * What is wrong is never said: number, password, a lock and a switched-off
 * account get the same sentence, after the same time and the same work in
 * the database. Demo accounts are listed where the demo programme is loaded.
 */
#include "base/clock.h"
#include "base/config.h"
#include "base/password.h"
#include "base/text.h"
#include "http/csrf.h"
#include "http/route.h"
#include "pages/carry.h"
#include "pages/cookies.h"
#include "pages/pages.h"
#include "store/store_account.h"
#include "store/store_audit.h"
#include "store/store_setting.h"
#include "store/store_signin.h"
#include "view/model.h"
#include "view/texts.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

/* One attempt, as its transaction needs it. */
struct attempt {
	const struct request *rq;
	const char *password;
	struct account account; /* person_id 0: there is none */
	int64_t failures, lock_ms;
	unsigned char token[SIGNIN_TOKEN];
	char csrf[CSRF_TEXT];
	bool good;
};

/* The demo accounts by role, each with a button that signs in as it. */
static void add_demo(struct ctx *cx, const struct request *rq, json_t *model)
{
	static const char *const names[] = { "role", "login", "password" };
	const char *label = rq->lang == LANG_EN ? "label_en" : "label_ja";
	json_t *accounts, *account, *list;
	size_t i;

	if (store_setting_int(cx, "demo.loaded", 0) != 1)
		return;
	accounts = json_loads(store_setting_text(cx, "demo.accounts", "[]"), 0,
			      NULL);
	list = model_list(model, "demo_accounts");
	json_array_foreach(accounts, i, account) {
		json_t *item = model_item(list);

		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			model_text(item, names[k],
				   json_string_value(
					   json_object_get(account, names[k])));
		model_text(item, "label",
			   json_string_value(json_object_get(account, label)));
	}
}

void signin_form(struct ctx *cx, const struct request *rq, struct reply *rp,
		 const char *login, const char *back)
{
	model_text(rp->model, "title", request_text(rq, "signin.title"));
	model_text(rp->model, "login", login);
	model_text(rp->model, "back", route_back(back, "/"));
	add_demo(cx, rq, rp->model);
}

static enum err show(struct ctx *cx, const struct request *rq, struct reply *rp)
{
	const char *back = request_query(rq, "back");

	if (rq->user)
		return reply_redirect(cx, rp, "%s", route_back(back, "/"));
	signin_form(cx, rq, rp, "", back);
	return OK;
}

/* Why it failed, for the audit log only. */
static const char *reason(const struct attempt *a, bool locked)
{
	if (!a->account.person_id)
		return "{\"reason\":\"unknown\"}";
	if (a->account.is_disabled)
		return "{\"reason\":\"disabled\"}";
	if (locked)
		return "{\"reason\":\"locked\"}";
	return "{\"reason\":\"wrong\"}";
}

static enum err note(struct ctx *cx, const struct attempt *a,
		     const char *detail)
{
	const int64_t id = a->account.person_id;

	return store_audit_add(
		cx, &(struct audit){
			    .person_id = a->good ? id : 0,
			    .address = a->rq->address,
			    .action = a->good ? "signin.ok" : "signin.failed",
			    .object = id ? arena_printf(&cx->arena,
							"person:%" PRId64, id)
					 : "",
			    .detail = detail,
			    .refused = !a->good });
}

/* Here alone is the password known by which an old hash can be made anew. */
static enum err freshen(struct ctx *cx, const struct attempt *a)
{
	const char *old = a->account.password_hash;

	if (!password_is_outdated(old))
		return OK;
	return store_account_rehash(cx, a->account.person_id, old,
				    password_hash(&cx->arena, a->password));
}

/*
 * The password is looked at while the account's row is held: many attempts
 * at once on one account come one after the other, and all are counted.
 */
static enum err try_it(struct ctx *cx, void *arg)
{
	struct attempt *a = arg;
	const int64_t id = a->account.person_id;
	bool locked;
	int64_t signin_id;

	TRY(store_account_lock(cx, id, &locked));
	a->good = password_matches(locked || a->account.is_disabled
					   ? NULL
					   : a->account.password_hash,
				   a->password);
	if (!a->good) {
		if (!locked)
			TRY(store_account_bad(cx, id, a->failures, a->lock_ms));
		return note(cx, a, reason(a, locked));
	}
	TRY(store_account_good(cx, id));
	TRY(freshen(cx, a));
	/* Whatever the browser had before is worth nothing from now on. */
	if (a->rq->user)
		TRY(store_signin_end(cx, a->rq->user->signin_id));
	TRY(store_signin_add(cx,
			     &(struct signin_new){ .person_id = id,
						   .token = a->token,
						   .csrf = a->csrf,
						   .address = a->rq->address,
						   .agent = a->rq->agent },
			     &signin_id));
	return note(cx, a, "");
}

/* Fill the account of what was typed, which may be no account at all. */
static enum err find_account(struct ctx *cx, const char *login,
			     struct account *account)
{
	const char *code = text_code(&cx->arena, login);
	char *email = arena_strdup(&cx->arena, code);
	bool found;

	for (char *s = email; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	TRY(store_account_by_login(cx, code, email, account, &found));
	if (!found)
		*account = (struct account){ 0 };
	return OK;
}

static void give_cookies(struct ctx *cx, struct reply *rp,
			 const struct attempt *a)
{
	const bool secure = cx->config->secure_cookies;
	char text[CSRF_TEXT];

	sodium_bin2base64(text, sizeof(text), a->token, sizeof(a->token),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	reply_cookie(cx, rp,
		     &(struct cookie){ .name = cookie_signin(cx->config),
				       .value = text,
				       .secure = secure });
	reply_cookie(cx, rp,
		     &(struct cookie){ .name = cookie_visit(cx->config),
				       .secure = secure });
	/* Not the language of whoever used this machine before. */
	reply_cookie(cx, rp,
		     &(struct cookie){ .name = "lang",
				       .value = a->account.language,
				       .secure = secure,
				       .keep = true });
}

/* Back to where they came from, or to the form they brought along. */
static enum err go_on(struct ctx *cx, const struct request *rq,
		      struct reply *rp, const struct user *user)
{
	enum carry what;

	if (user->must_set_password)
		return reply_redirect(cx, rp, "/account/password");
	TRY(carry_end(cx, rq, rp, user, &what));
	if (what == CARRY_MINE)
		return OK;
	if (what == CARRY_NOT_MINE)
		return reply_done(cx, rp, TEXT_KEY("signin.not_carried"), "/");
	return reply_redirect(cx, rp, "%s",
			      route_back(request_form(rq, "back"), "/"));
}

static enum err sign_in(struct ctx *cx, const struct request *rq,
			struct reply *rp)
{
	const char *login = request_form(rq, "login");
	const char *password = request_form(rq, "password");
	const char *back = request_form(rq, "back");
	struct attempt a = {
		.rq = rq,
		.password = password ? password : "",
		.failures = store_setting_int(cx, "signin.lock_failures", 10),
		.lock_ms = store_setting_int(cx, "signin.lock_minutes", 30) *
			   MINUTE_MS,
	};

	if (!login || !*login || !*a.password) {
		reply_problem(rp, login && *login ? "password" : "login",
			      request_text(rq, "signin.empty"));
		signin_form(cx, rq, rp, login, back);
		carry_on(cx, rq, rp->model);
		return OK;
	}
	TRY(find_account(cx, login, &a.account));
	randombytes_buf(a.token, sizeof(a.token));
	csrf_random(a.csrf);
	TRY(db_transact(cx, try_it, &a));
	if (!a.good) {
		reply_problem(rp, "login", request_text(rq, "signin.wrong"));
		signin_form(cx, rq, rp, login, back);
		carry_on(cx, rq, rp->model);
		return OK;
	}
	give_cookies(cx, rp, &a);
	return go_on(cx, rq, rp,
		     &(struct user){ .person_id = a.account.person_id,
				     .csrf = a.csrf,
				     .must_set_password = a.account.must_set });
}

enum err signin_again(struct ctx *cx, const struct request *rq,
		      struct reply *rp, bool *done)
{
	const char *login = request_form(rq, "login");
	struct account account;

	*done = false;
	if (!login || !rq->user)
		return OK;
	TRY(find_account(cx, login, &account));
	*done = account.person_id == rq->user->person_id;
	return *done ? go_on(cx, rq, rp, rq->user) : OK;
}

static enum err sign_out(struct ctx *cx, const struct request *rq,
			 struct reply *rp)
{
	const int64_t id = rq->user->person_id;

	TRY(store_signin_end(cx, rq->user->signin_id));
	TRY(store_audit_add(cx, &(struct audit){ .person_id = id,
						 .address = rq->address,
						 .action = "signin.out" }));
	reply_cookie(cx, rp,
		     &(struct cookie){ .name = cookie_signin(cx->config),
				       .secure = cx->config->secure_cookies });
	return reply_done(cx, rp, TEXT_KEY("signin.out"), "/sign-in");
}

const struct route signin_routes[] = {
	{ GET, "/sign-in", WHO_ANYONE, show, "signin" },
	{ POST, "/sign-in", WHO_ANYONE, sign_in, "signin" },
	{ POST, "/sign-out", WHO_SIGNED_IN, sign_out, NULL },
	{ .page = NULL },
};
