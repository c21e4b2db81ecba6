#include "serve.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"
#include "pages/cookies.h"
#include "store/store_signin.h"
#include "view/texts.h"

#include <sodium.h>
#include <string.h>

static const struct {
	const char *name;
	enum who who;
} roles[] = {
	{ "trainee", TRAINEE }, { "trainer", TRAINER }, { "planner", PLANNER },
	{ "head", HEAD },       { "admin", ADMIN },
};

/* "planner,trainee" as a set. */
static unsigned read_roles(const char *s)
{
	unsigned set = 0;

	while (s && *s) {
		const size_t n = strcspn(s, ",");

		for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
			if (strlen(roles[i].name) == n &&
			    !strncmp(roles[i].name, s, n))
				set |= roles[i].who;
		s += n + (s[n] == ',');
	}
	return set;
}

static bool read_token(const char *cookie, unsigned char token[SIGNIN_TOKEN])
{
	size_t n;

	return cookie &&
	       !sodium_base642bin(token, SIGNIN_TOKEN, cookie, strlen(cookie),
				  NULL, &n, NULL,
				  sodium_base64_VARIANT_URLSAFE_NO_PADDING) &&
	       n == SIGNIN_TOKEN;
}

/* Set by somebody else, or too long ago by the city's rule. */
static bool must_set(const struct ctx *cx, const struct serve_settings *set,
		     const struct signin *s)
{
	int64_t at;

	if (s->must_set)
		return true;
	return set->password_ms > 0 && instant_from_db(s->password_at, &at) &&
	       cx->now_ms - at > set->password_ms;
}

static void become(struct ctx *cx, struct request *rq, const struct signin *s)
{
	struct user *user = ARENA_NEW(&cx->arena, struct user);

	if (!rq->lang_chosen && s->language)
		rq->lang = lang_from(s->language);
	*user = (struct user){
		.person_id = s->person_id,
		.signin_id = s->id,
		.name = arena_printf(&cx->arena, "%s %s", s->family, s->given),
		.roles = read_roles(s->roles),
		.unit_id = s->unit_id,
		.unit_name = text_in(rq->lang, s->unit_name, s->unit_name_en),
		.tier_id = s->tier_id,
		.tier_code = s->tier_code,
		.tier_name = text_in(rq->lang, s->tier_name, s->tier_name_en),
		.csrf = s->csrf,
		.must_set_password = must_set(cx, serve_settings(cx), s),
	};
	rq->user = user;
}

enum err serve_signin(struct ctx *cx, struct request *rq)
{
	const struct serve_settings *set = serve_settings(cx);
	const char *cookie = request_cookie(rq, cookie_signin(cx->config));
	unsigned char token[SIGNIN_TOKEN];
	struct signin s;
	int64_t seen_ms;
	bool found;

	rq->user = NULL;
	if (!read_token(cookie, token))
		return OK;
	TRY(store_signin_find(cx, token,
			      &(struct signin_limits){ .idle_ms = set->idle_ms,
						       .age_ms = set->age_ms },
			      &s, &found));
	if (!found)
		return OK;
	become(cx, rq, &s);
	/*
	 * The one exception to "GET never writes": without it nobody could
	 * be idle. At most once a minute, so reading stays reading.
	 */
	if (instant_from_db(s.seen_at, &seen_ms) &&
	    cx->now_ms - seen_ms >= MINUTE_MS)
		return store_signin_seen(cx, s.id);
	return OK;
}
