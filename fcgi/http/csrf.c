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

void csrf_begin(struct ctx *cx, const char *cookie, struct request *rq,
		bool *fresh)
{
	const char *visit = request_cookie(rq, cookie);
	unsigned char hash[32];
	char text[CSRF_TEXT];

	*fresh = false;
	if (rq->user) {
		rq->csrf = rq->user->csrf;
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
	to_text(hash, text);
	rq->csrf = arena_strdup(&cx->arena, text);
}

enum err csrf_check(struct ctx *cx, const struct request *rq)
{
	const char *sent = request_form(rq, "csrf");

	if (rq->method != POST)
		return OK;
	if (*rq->fetch_site && !text_equals(rq->fetch_site, "same-origin") &&
	    !text_equals(rq->fetch_site, "none"))
		return FAIL(cx, ERR_FORBIDDEN, "form of another site");
	if (!sent)
		sent = rq->csrf_header;
	if (strlen(sent) != strlen(rq->csrf) ||
	    sodium_memcmp(sent, rq->csrf, strlen(sent)) != 0)
		return FAIL(cx, ERR_FORBIDDEN, "form without its token");
	return OK;
}
