#include "pages/carry.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/text.h"
#include "http/csrf.h"
#include "http/limits.h"
#include "http/route.h"
#include "pages/cookies.h"
#include "pages/pages.h"
#include "store/store_signin.h"
#include "view/model.h"
#include "view/texts.h"

#include <sodium.h>
#include <string.h>

#define LASTS_MS (12 * 60 * MINUTE_MS) /* until somebody signs in again */
#define HEAD     (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
#define BASE64   sodium_base64_VARIANT_URLSAFE_NO_PADDING

static void make_key(const struct ctx *cx,
		     unsigned char key[crypto_secretbox_KEYBYTES])
{
	static const unsigned char use[] = "a form carried over a sign-in";

	crypto_generichash(key, crypto_secretbox_KEYBYTES, use, sizeof(use),
			   cx->config->secret, 32);
}

/* Nobody wants to find a password in a page. */
static bool is_secret(const char *path)
{
	return strstr(path, "/password") != NULL;
}

/* The fields to carry, as [[name, value], ...]; NULL: there are none, or some
 * that cannot be. */
static json_t *fields_of(const struct request *rq)
{
	json_t *list = json_array();
	size_t bytes = 0;

	if (is_secret(rq->path))
		return NULL;
	for (size_t i = 0; i < rq->form.n; i++) {
		const struct field *f = &rq->form.list[i];

		if (f->filename)
			return NULL;
		bytes += strlen(f->name) + f->len;
		if (!text_equals(f->name, "csrf"))
			json_array_append_new(list, json_pack("[s, s]", f->name,
							      f->value));
	}
	return json_array_size(list) && bytes < CARRY_BYTES ? list : NULL;
}

/* The address of the form for this person, sealed, as base64; NULL: it is too
 * long by now, as escaping and sealing may make it three times as long. */
static const char *seal(struct ctx *cx, int64_t person_id, const char *to,
			json_t *fields)
{
	const json_t *form =
		json_pack("{s:I, s:I, s:s, s:o}", "person",
			  (json_int_t)person_id, "at", (json_int_t)cx->now_ms,
			  "to", to, "fields", fields);
	const char *plain = json_dumps(form, JSON_COMPACT);
	const size_t len = strlen(plain), sealed = HEAD + len,
		     max = sodium_base64_encoded_len(sealed, BASE64);
	unsigned char key[crypto_secretbox_KEYBYTES];
	unsigned char *box;

	if (max > (size_t)CARRY_FIELDS * CARRY_CHUNK)
		return NULL;
	box = arena_alloc(&cx->arena, sealed);
	make_key(cx, key);
	randombytes_buf(box, crypto_secretbox_NONCEBYTES);
	crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES,
			      (const unsigned char *)plain, len, box, key);
	return sodium_bin2base64(arena_alloc(&cx->arena, max), max, box, sealed,
				 BASE64);
}

/* What is in it; NULL: it is not ours, too old, or somebody else's. */
static json_t *unseal(struct ctx *cx, int64_t person_id, const char *text)
{
	const size_t max = strlen(text);
	unsigned char key[crypto_secretbox_KEYBYTES];
	unsigned char *box = arena_alloc(&cx->arena, max + 1);
	char *plain = arena_alloc(&cx->arena, max + 1);
	size_t n;
	json_t *form;
	int64_t at;

	if (sodium_base642bin(box, max, text, max, NULL, &n, NULL, BASE64) ||
	    n < HEAD)
		return NULL;
	make_key(cx, key);
	if (crypto_secretbox_open_easy(
		    (unsigned char *)plain, box + crypto_secretbox_NONCEBYTES,
		    n - crypto_secretbox_NONCEBYTES, box, key))
		return NULL;
	form = json_loadb(plain, n - HEAD, 0, NULL);
	at = json_integer_value(json_object_get(form, "at"));
	if (json_integer_value(json_object_get(form, "person")) != person_id ||
	    cx->now_ms < at || cx->now_ms - at > LASTS_MS)
		return NULL;
	return form;
}

static const char *chunk_name(struct ctx *cx, int i)
{
	return arena_printf(&cx->arena, "carry_%d", i);
}

static void add_chunk(struct ctx *cx, json_t *list, const char *value)
{
	json_t *m = model_item(list);

	model_text(m, "name", chunk_name(cx, (int)json_array_size(list) - 1));
	model_text(m, "value", value);
}

void carry_on(struct ctx *cx, const struct request *rq, json_t *model)
{
	json_t *list = model_list(model, "carried");
	const char *value;

	for (int i = 0; i < CARRY_FIELDS; i++) {
		value = request_form(rq, chunk_name(cx, i));
		if (!value)
			return;
		add_chunk(cx, list, value);
	}
}

/* A sentence, not a number, a date or a token: worth to be read again. */
static bool is_worded(const char *value)
{
	for (const char *s = value; *s; s++)
		if (*s == ' ' || *s == '\n' || (*s & 0x80))
			return true;
	return false;
}

/* The page that shows the fields and sends them. */
static void show_fields(const struct request *rq, struct reply *rp,
			const char *to, const json_t *fields)
{
	json_t *list = model_list(rp->model, "fields");
	json_t *texts = model_list(rp->model, "typed");
	const json_t *pair;
	size_t i;

	rp->view = "signin_carried";
	model_text(rp->model, "title",
		   request_text(rq, "signin.carried_title"));
	model_text(rp->model, "to", route_back(to, "/"));
	json_array_foreach(fields, i, pair) {
		const char *value = json_string_value(json_array_get(pair, 1));
		json_t *m = model_item(list);

		model_text(m, "name",
			   json_string_value(json_array_get(pair, 0)));
		model_text(m, "value", value);
		if (value && is_worded(value))
			model_item_text(texts, value);
	}
}

enum err carry_end(struct ctx *cx, const struct request *rq, struct reply *rp,
		   const struct user *user, enum carry *what)
{
	struct request next = *rq;
	struct buf text = buf_new(&cx->arena);
	const char *part;
	const json_t *form;
	bool fresh;

	*what = CARRY_NOTHING;
	for (int i = 0; i < CARRY_FIELDS; i++) {
		part = request_form(rq, chunk_name(cx, i));
		if (!part)
			break;
		*what = CARRY_NOT_MINE;
		buf_puts(&text, part);
	}
	if (*what == CARRY_NOTHING)
		return OK;
	form = unseal(cx, user->person_id, text.data);
	if (!form)
		return OK;
	*what = CARRY_MINE;
	show_fields(rq, rp, json_string_value(json_object_get(form, "to")),
		    json_object_get(form, "fields"));
	next.user = user;
	csrf_begin(cx, cookie_visit(cx->config), &next, &fresh);
	model_text(rp->model, "token", next.csrf);
	return OK;
}

/* The person this form was given to by a sign-in of this browser; 0: none. */
static enum err giver_of(struct ctx *cx, const struct request *rq, int64_t *id)
{
	const char *cookie = request_cookie(rq, cookie_signin(cx->config));
	unsigned char token[SIGNIN_TOKEN];
	struct signin_past past;
	bool found = false;
	size_t n;

	*id = 0;
	if (!cookie ||
	    sodium_base642bin(token, SIGNIN_TOKEN, cookie, strlen(cookie), NULL,
			      &n, NULL, BASE64) ||
	    n != SIGNIN_TOKEN)
		return OK;
	TRY(store_signin_past(cx, token, &past, &found));
	if (found && csrf_is_of(rq, past.csrf))
		*id = past.person_id;
	return OK;
}

enum err carry_ask(struct ctx *cx, const struct request *rq, struct reply *rp,
		   bool *carried)
{
	json_t *fields, *list;
	const char *text;
	int64_t person_id;

	*carried = false;
	TRY(giver_of(cx, rq, &person_id));
	if (!person_id)
		return OK;
	fields = fields_of(rq);
	text = fields ? seal(cx, person_id, rq->uri, fields) : NULL;
	if (!text)
		return OK;
	*carried = true;
	signin_form(cx, rq, rp, "", "/");
	list = model_list(rp->model, "carried");
	for (size_t n = strlen(text), at = 0; at < n; at += CARRY_CHUNK)
		add_chunk(cx, list,
			  arena_strndup(&cx->arena, text + at,
					n - at < CARRY_CHUNK ? n - at
							     : CARRY_CHUNK));
	rp->view = "signin";
	rp->status = 401;
	return OK;
}

enum err carry_again(struct ctx *cx, const struct request *rq, struct reply *rp,
		     bool *carried)
{
	const struct signin_past *past;
	json_t *fields = fields_of(rq);
	size_t n;

	*carried = false;
	if (!fields || !rq->user)
		return OK;
	TRY(store_signin_earlier(cx, rq->user->person_id, &past, &n));
	for (size_t i = 0; i < n; i++)
		*carried |= !text_equals(past[i].csrf, rq->user->csrf) &&
			    csrf_is_of(rq, past[i].csrf);
	if (!*carried)
		return OK;
	show_fields(rq, rp, rq->uri, fields);
	model_text(rp->model, "token", rq->csrf);
	rp->status = 409;
	return OK;
}
