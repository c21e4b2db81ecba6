/*
 * memo.c: a table of results, the manual is memo.h.
 */
#include "insight/memo.h"

#include "analytics/describe.h"
#include "analytics/memory.h"
#include "analytics/reliability.h"

#include <math.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#define ENTRIES 2048u /* a power of two */
#define POOL    (512u * 1024u)
#define LARGEST 16384u /* bytes of one result that is kept */

struct entry {
	unsigned char key[16];
	uint32_t at, len; /* in the pool; len 0: free */
};

/* A cache of this worker; what is in it never depends on when it was put. */
static struct {
	struct entry entries[ENTRIES];
	size_t n, used;
	_Alignas(16) unsigned char pool[POOL];
} memo;

enum what { MEAN_CI, PAIRED, GAIN, ALPHA, NEEDS, ORDER };

struct key {
	unsigned char bytes[16];
};

static struct key key_of(enum what what, const double *a, size_t na,
			 const double *b, size_t nb)
{
	const uint64_t head[] = { (uint64_t)what, na, nb };
	crypto_generichash_state state;
	struct key key;

	crypto_generichash_init(&state, NULL, 0, sizeof(key.bytes));
	crypto_generichash_update(&state, (const unsigned char *)head,
				  sizeof(head));
	crypto_generichash_update(&state, (const unsigned char *)a,
				  na * sizeof(*a));
	if (nb)
		crypto_generichash_update(&state, (const unsigned char *)b,
					  nb * sizeof(*b));
	crypto_generichash_final(&state, key.bytes, sizeof(key.bytes));
	return key;
}

/* The entry of the key, or the free one where it would be. */
static struct entry *slot(const struct key *key)
{
	uint32_t at;

	memcpy(&at, key->bytes, sizeof(at));
	for (;; at++) {
		struct entry *e = &memo.entries[at & (ENTRIES - 1)];

		if (!e->len || !memcmp(e->key, key->bytes, sizeof(e->key)))
			return e;
	}
}

static bool find(const struct key *key, void *result, size_t len)
{
	const struct entry *e = slot(key);

	if (e->len != len)
		return false;
	memcpy(result, memo.pool + e->at, len);
	return true;
}

static void keep(const struct key *key, const void *result, size_t len)
{
	struct entry *e;

	if (!len || len > LARGEST)
		return;
	if (memo.n >= ENTRIES / 2 || memo.used + len > POOL) {
		memset(memo.entries, 0, sizeof(memo.entries));
		memo.n = memo.used = 0;
	}
	e = slot(key);
	if (e->len)
		return;
	memcpy(e->key, key->bytes, sizeof(e->key));
	e->at = (uint32_t)memo.used;
	e->len = (uint32_t)len;
	memcpy(memo.pool + memo.used, result, len);
	memo.used += len;
	memo.n++;
}

struct an_estimate memo_mean_ci(const double *x, size_t n)
{
	const struct key key = key_of(MEAN_CI, x, n, NULL, 0);
	struct an_estimate e;

	if (find(&key, &e, sizeof(e)))
		return e;
	e = an_mean_ci(x, n, 0.95);
	keep(&key, &e, sizeof(e));
	return e;
}

struct an_paired memo_paired_change(const double *pre, const double *post,
				    size_t n)
{
	static const struct an_paired_options options = { 1.0, NAN, 0.95 };
	const struct key key = key_of(PAIRED, pre, n, post, n);
	struct an_paired p;

	if (find(&key, &p, sizeof(p)))
		return p;
	p = an_paired_change(pre, post, n, &options, NULL, NULL);
	keep(&key, &p, sizeof(p));
	return p;
}

struct an_estimate memo_gain(const double *pre, const double *post, size_t n)
{
	const struct key key = key_of(GAIN, pre, n, post, n);
	struct an_estimate e;

	if (find(&key, &e, sizeof(e)))
		return e;
	e = an_hake_gain(pre, post, n, 1.0, 1);
	keep(&key, &e, sizeof(e));
	return e;
}

struct an_estimate memo_alpha(const struct an_table *t)
{
	const double size = (double)t->k;
	const struct key key = key_of(ALPHA, t->x, t->n * t->k, &size, 1);
	struct an_estimate e;

	if (find(&key, &e, sizeof(e)))
		return e;
	e = an_alpha(t, AN_LISTWISE, 0.95);
	keep(&key, &e, sizeof(e));
	return e;
}

enum an_status memo_needs(const struct an_table *importance,
			  const struct an_table *proficiency,
			  struct an_need *out)
{
	const size_t n = importance->n * importance->k;
	const size_t len = importance->k * sizeof(*out);
	const struct key key = key_of(NEEDS, importance->x, n, proficiency->x,
				      proficiency->n * proficiency->k);
	enum an_status status;

	if (find(&key, out, len))
		return AN_OK;
	status = an_needs_untested(importance, proficiency, out);
	if (status == AN_OK)
		keep(&key, out, len);
	return status;
}

static enum an_status order(const struct an_table *importance,
			    const struct an_table *proficiency,
			    const struct an_resampling *how,
			    struct memo_rank *out)
{
	AN_SCRATCH(work);
	const size_t k = importance->k;
	struct an_bca *bca = an_alloc(&work, k, sizeof(*bca));
	double *ranks = an_doubles(&work, 6 * k);
	struct an_stability s = { ranks,         ranks + k,     ranks + 2 * k,
				  ranks + 3 * k, ranks + 4 * k, ranks + 5 * k,
				  NAN,           AN_OK };
	const enum an_status status =
		an_needs_bca(importance, proficiency, how, bca, &s);

	for (size_t j = 0; j < k && status == AN_OK; j++)
		out[j] = (struct memo_rank){ bca[j].lo,      bca[j].hi,
					     s.mean_rank[j], s.rank_lo[j],
					     s.rank_hi[j],   s.p_top[j],
					     s.mean_tau };
	return status;
}

enum an_status memo_needs_order(const struct an_table *importance,
				const struct an_table *proficiency,
				const struct an_resampling *how,
				struct memo_rank *out)
{
	const size_t cells = importance->n * importance->k;
	const size_t len = importance->k * sizeof(*out);
	const uint64_t head[] = { ORDER,     importance->n,  importance->k,
				  how->seed, how->resamples, how->top };
	crypto_generichash_state state;
	enum an_status status;
	struct key key;

	crypto_generichash_init(&state, NULL, 0, sizeof(key.bytes));
	crypto_generichash_update(&state, (const unsigned char *)head,
				  sizeof(head));
	crypto_generichash_update(&state, (const unsigned char *)&how->level,
				  sizeof(how->level));
	crypto_generichash_update(&state, (const unsigned char *)importance->x,
				  cells * sizeof(double));
	crypto_generichash_update(&state, (const unsigned char *)proficiency->x,
				  cells * sizeof(double));
	crypto_generichash_final(&state, key.bytes, sizeof(key.bytes));
	if (find(&key, out, len))
		return AN_OK;
	status = order(importance, proficiency, how, out);
	if (status == AN_OK)
		keep(&key, out, len);
	return status;
}
