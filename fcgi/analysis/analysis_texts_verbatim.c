/*
 * analysis_texts_verbatim.c: comments to read: those that say most of a thing,
 * and the requests among them.
 */
#include "analysis/analysis_texts.h"

#include "store/store_comment.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define TYPICAL    3   /* shown at most */
#define CANDIDATES 6   /* to choose them from */
#define MOST_BYTES 600 /* of a comment that is typical: some 200 characters */

/* A comment of the group and how near it is to what is asked for. */
struct near {
	size_t at;
	double score;
};

static int by_score(const void *a, const void *b)
{
	const struct near *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->at > y->at) - (x->at < y->at);
}

size_t texts_sort_by(const struct texts_group *g, const double *words,
		     const bool *in, size_t *out)
{
	AN_SCRATCH(work);
	const struct an_terms *t = &g->terms;
	struct near *list = an_alloc(&work, g->n, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++) {
		if (!in[i])
			continue;
		list[n].at = i;
		for (size_t e = t->at[i]; e < t->at[i + 1]; e++)
			list[n].score += g->weight[e] * words[t->id[e]];
		n++;
	}
	if (n)
		qsort(list, n, sizeof(*list), by_score);
	for (size_t i = 0; i < n; i++)
		out[i] = list[i].at;
	return n;
}

static const char *text_at(const struct texts_group *g, size_t at)
{
	return g->t->list[g->doc[at]].shown;
}

/* What the text is known by: the same words have the same name. */
static const char *text_id(struct arena *a, const char *text)
{
	unsigned char hash[COMMENT_ID / 2];
	char *hex = arena_alloc(a, COMMENT_ID + 1);

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)text,
			   strlen(text), NULL, 0);
	return sodium_bin2hex(hex, COMMENT_ID + 1, hash, sizeof(hash));
}

/* Texts of comments, equal ones once with how many said so. */
static void put_candidates(const struct texts_group *g, json_t *list,
			   const size_t *doc, size_t n)
{
	for (size_t i = 0; i < n && json_array_size(list) < CANDIDATES; i++) {
		const char *text = text_at(g, doc[i]);
		size_t same = 0;
		bool seen = false;
		json_t *one;

		for (size_t j = 0; j < i && !seen; j++)
			seen = !strcmp(text_at(g, doc[j]), text);
		if (seen)
			continue;
		for (size_t j = i; j < n; j++)
			same += !strcmp(text_at(g, doc[j]), text) ? 1 : 0;
		one = analysis_row(list);
		analysis_word(one, "id", text_id(&g->t->w->cx->arena, text));
		analysis_word(one, "text", text);
		analysis_count(one, "count", same);
	}
}

/*
 * Those a reader takes in at a glance, with nothing masked; all, if that
 * leaves too few.
 */
static size_t plain_ones(const struct texts_group *g, const size_t *doc,
			 size_t n, size_t *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		const struct writing *wr = &g->t->list[g->doc[doc[i]]];

		if (wr->shown == wr->plain && strlen(wr->shown) <= MOST_BYTES)
			out[kept++] = doc[i];
	}
	if (kept >= TYPICAL)
		return kept;
	memcpy(out, doc, n * sizeof(*out));
	return n;
}

size_t texts_people_of(const struct texts_group *g, const size_t *at, size_t n)
{
	AN_SCRATCH(work);
	size_t *doc = an_sizes(&work, n);

	for (size_t i = 0; i < n; i++)
		doc[i] = g->doc[at[i]];
	return texts_people(g->t, doc, n);
}

void texts_put_verbatim(const struct texts_group *g, json_t *o,
			const size_t *at, size_t n)
{
	AN_SCRATCH(work);
	size_t *some = an_sizes(&work, n + 1), nsome;
	const bool may =
		gate_may(g->t->w->g, GATE_COMMENT, texts_people_of(g, at, n));

	analysis_flag(o, "verbatim", may);
	if (!may)
		return;
	nsome = plain_ones(g, at, n, some);
	put_candidates(g, analysis_list(o, "typical"), some, nsome);
}

void texts_put_requests(const struct texts_group *g, json_t *out)
{
	AN_SCRATCH(work);
	json_t *o = analysis_object(out, "requests");
	bool *in = an_alloc(&work, g->n, sizeof(*in));
	size_t *at = an_sizes(&work, g->n), n = 0;
	double *centre;

	for (size_t i = 0; i < g->n; i++) {
		in[i] = g->t->list[g->doc[i]].request;
		n += in[i] ? 1 : 0;
	}
	texts_put_share(g, o, n);
	json_object_set_new(o, "verbatim", json_false());
	if (!g->weight || !n || !json_object_get(o, "count"))
		return;
	centre = an_doubles(&work, g->terms.nterms);
	for (size_t i = 0; i < g->n; i++)
		for (size_t e = g->terms.at[i]; in[i] && e < g->terms.at[i + 1];
		     e++)
			centre[g->terms.id[e]] += g->weight[e];
	texts_put_verbatim(g, o, at, texts_sort_by(g, centre, in, at));
}
