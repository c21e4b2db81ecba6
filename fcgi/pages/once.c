#include "pages/once.h"

#include "http/send.h"
#include "store/store_once.h"

#include <sodium.h>
#include <string.h>

struct run {
	const struct once *once;
	unsigned char key[ONCE_KEY];
	const char *place;
};

static void add(crypto_generichash_state *h, const char *bytes, size_t n)
{
	const uint64_t len = n;

	crypto_generichash_update(h, (const unsigned char *)&len, sizeof(len));
	crypto_generichash_update(h, (const unsigned char *)bytes, n);
}

/* Of a password in it nothing can be found out: the token is random. */
static void key_of(const struct request *rq, unsigned char key[ONCE_KEY])
{
	const int64_t person = rq->user->person_id;
	crypto_generichash_state h;

	crypto_generichash_init(&h, NULL, 0, ONCE_KEY);
	add(&h, (const char *)&person, sizeof(person));
	add(&h, rq->path, strlen(rq->path));
	add(&h, rq->csrf_header, strlen(rq->csrf_header));
	for (size_t i = 0; i < rq->form.n; i++) {
		add(&h, rq->form.list[i].name, strlen(rq->form.list[i].name));
		add(&h, rq->form.list[i].value, rq->form.list[i].len);
	}
	crypto_generichash_final(&h, key, ONCE_KEY);
}

static enum err make(struct ctx *cx, void *arg)
{
	struct run *r = arg;

	TRY(store_once_add(cx, r->key));
	TRY(r->once->make(cx, r->once->arg, &r->place));
	return store_once_place(cx, r->key, r->place);
}

enum err once_run(struct ctx *cx, const struct request *rq, struct reply *rp,
		  const struct once *o)
{
	struct run r = { .once = o };
	bool found = false;
	enum err e;

	key_of(rq, r.key);
	TRY(store_once_forget(cx));
	e = db_transact(cx, make, &r);
	if (e == ERR_CONFLICT) {
		const struct fault fault = cx->fault;

		ctx_forgive(cx);
		TRY(store_once_find(cx, r.key, &r.place, &found));
		if (!found)
			cx->fault = fault; /* of what is made */
	}
	if (!found && e != OK)
		return e;
	return reply_done(cx, rp, o->notice, "%s", r.place);
}

enum err once_again(struct ctx *cx, const struct request *rq, struct reply *rp,
		    const char *notice, bool *again)
{
	unsigned char key[ONCE_KEY];
	const char *place;

	key_of(rq, key);
	TRY(store_once_forget(cx));
	TRY(store_once_find(cx, key, &place, again));
	return *again ? reply_done(cx, rp, notice, "%s", place) : OK;
}
