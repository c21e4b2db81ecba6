#include "http/csrf.h"

#include "base/config.h"
#include "base/text.h"

#include <sodium.h>
#include <string.h>

static void to_text(const unsigned char bytes[32], char out[CSRF_TEXT])
{
	sodium_bin2base64(out, CSRF_TEXT, bytes, 32,
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void csrf_random(char out[CSRF_TEXT])
{
	unsigned char bytes[32];

	randombytes_buf(bytes, sizeof(bytes));
	to_text(bytes, out);
}

/*
 * The token as a page carries it: other bytes each time, so that the size of
 * a compressed page tells nothing about it. Mask, then token xor mask.
 */
static const char *mask(struct ctx *cx, const unsigned char token[32])
{
	unsigned char bytes[64];
	char *out = arena_alloc(&cx->arena, CSRF_MASKED);

	randombytes_buf(bytes, 32);
	for (int i = 0; i < 32; i++)
		bytes[32 + i] = bytes[i] ^ token[i];
	sodium_bin2base64(out, CSRF_MASKED, bytes, sizeof(bytes),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return out;
}

/* The reverse; false if it is no such text. */
static bool unmask(const char *text, unsigned char token[32])
{
	unsigned char bytes[64];
	size_t n;

	if (sodium_base642bin(bytes, sizeof(bytes), text, strlen(text), NULL,
			      &n, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) ||
	    n != sizeof(bytes))
		return false;
	for (int i = 0; i < 32; i++)
		token[i] = bytes[i] ^ bytes[32 + i];
	return true;
}

static void hash_token(const char *token, unsigned char hash[32])
{
	crypto_generichash(hash, 32, (const unsigned char *)token,
			   strlen(token), NULL, 0);
}

void csrf_begin(struct ctx *cx, const char *cookie, struct request *rq,
		bool *fresh)
{
	const char *visit = request_cookie(rq, cookie);
	unsigned char hash[32];
	char text[CSRF_TEXT];

	*fresh = false;
	if (rq->user) {
		hash_token(rq->user->csrf, hash);
		rq->csrf = mask(cx, hash);
		return;
	}
	if (!visit || strlen(visit) != CSRF_TEXT - 1) {
		csrf_random(text);
		visit = arena_strdup(&cx->arena, text);
		*fresh = true;
	}
	rq->visit = visit;
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)visit,
			   strlen(visit), cx->config->secret, 32);
	rq->csrf = mask(cx, hash);
}

static bool is_of_another_site(const struct request *rq)
{
	return *rq->fetch_site && !text_equals(rq->fetch_site, "same-origin") &&
	       !text_equals(rq->fetch_site, "none");
}

bool csrf_is_of(const struct request *rq, const char *token)
{
	const char *sent = request_form(rq, "csrf");
	unsigned char want[32], got[32];

	hash_token(token, want);
	return !is_of_another_site(rq) && sent && unmask(sent, got) &&
	       !sodium_memcmp(got, want, sizeof(want));
}

enum err csrf_check(struct ctx *cx, const struct request *rq)
{
	const char *sent = request_form(rq, "csrf");
	unsigned char want[32], got[32];

	if (rq->method != POST)
		return OK;
	if (is_of_another_site(rq))
		return FAIL(cx, ERR_FORBIDDEN, "form of another site");
	if (!sent)
		sent = rq->csrf_header;
	if (!unmask(rq->csrf, want) || !unmask(sent, got) ||
	    sodium_memcmp(got, want, sizeof(want)) != 0)
		return FAIL(cx, ERR_FORBIDDEN, "form without its token");
	return OK;
}
