/*
 * analysis_texts_verbatim.c: comments to read: those that say most of a thing,
 * and the requests among them.
 */
#include "analysis/analysis_texts.h"

#include <stdlib.h>
#include <string.h>

#define TYPICAL    3
#define LISTED     12
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

size_t texts_put_list(const struct texts_group *g, json_t *o, const char *key,
		      const size_t *doc, size_t n, size_t most)
{
	json_t *list = analysis_list(o, key);
	size_t comments = 0;

	for (size_t i = 0; i < n && json_array_size(list) < most; i++) {
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
		analysis_word(one, "text", text);
		analysis_count(one, "count", same);
		comments += same;
	}
	return comments;
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
			const size_t *at, size_t n, bool with_list)
{
	AN_SCRATCH(work);
	size_t *some = an_sizes(&work, n + 1), nsome, listed = 0;
	const bool may =
		gate_may(g->t->w->g, GATE_COMMENT, texts_people_of(g, at, n));

	analysis_flag(o, "verbatim", may);
	if (!may)
		return;
	nsome = plain_ones(g, at, n, some);
	(void)texts_put_list(g, o, "typical", some, nsome, TYPICAL);
	if (!with_list)
		return;
	listed = texts_put_list(g, o, "list", at, n, LISTED);
	analysis_count(o, "more", n - listed);
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
	texts_put_verbatim(g, o, at, texts_sort_by(g, centre, in, at), false);
}
