/*
 * analysis_texts_terms.c: which words may be shown, and what is said of them.
 */
#include "analysis/analysis_texts.h"

#include "analytics/proportion.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define MOST_TERMS 30 /* in the table */

void texts_put_share(const struct texts_group *g, json_t *o, size_t x)
{
	const struct figure f =
		gate_share(g->t->w->g, GATE_COMMENT, an_wilson(x, g->n, 0.95),
			   g->is_all ? g->n : g->base);

	/* A hidden share has no count either. */
	if (gate_has(&f))
		analysis_count(o, "count", x);
	analysis_figure(o, "share", &f);
}

/* A word in the comment at this place in the group. */
struct use {
	const char *word;
	size_t at;
};

static int by_word(const void *a, const void *b)
{
	const struct use *x = a, *y = b;
	const int order = strcmp(x->word, y->word);

	return order ? order : (x->at > y->at) - (x->at < y->at);
}

static struct use *uses(struct an_scratch *work, const struct texts_group *g,
			size_t *n)
{
	struct use *list;
	size_t all = 0;

	for (size_t i = 0; i < g->n; i++)
		all += g->t->list[g->doc[i]].nwords;
	list = an_alloc(work, all, sizeof(*list));
	*n = 0;
	for (size_t i = 0; i < g->n; i++) {
		const struct writing *wr = &g->t->list[g->doc[i]];

		for (size_t j = 0; j < wr->nwords; j++)
			list[(*n)++] = (struct use){ wr->word[j], i };
	}
	if (*n)
		qsort(list, *n, sizeof(*list), by_word);
	return list;
}

/* The comments of one word, u[0] to u[n-1], each once. */
static size_t comments_of(const struct texts_group *g, const struct use *u,
			  size_t n, size_t *doc)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		if (!i || u[i].at != u[i - 1].at)
			doc[found++] = g->doc[u[i].at];
	return found;
}

bool texts_terms(struct texts_group *g)
{
	AN_SCRATCH(work);
	size_t n, kept = 0, *doc, *at;
	const struct use *u = uses(&work, g, &n);
	const char **word = an_alloc(&work, n, sizeof(*word));
	double *idf;

	doc = an_sizes(&work, n);
	at = an_sizes(&work, n);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n; end++)
			if (strcmp(u[i].word, u[end].word) != 0)
				break;
		if (!texts_shared(g->t, doc,
				  comments_of(g, u + i, end - i, doc)))
			continue;
		for (size_t j = i; j < end; j++) {
			word[kept] = u[j].word;
			at[kept++] = u[j].at;
		}
	}
	if (an_terms_new(at, word, kept, g->n, &g->terms) != AN_OK)
		return false;
	idf = an_doubles(&work, g->terms.nterms);
	g->weight =
		ARENA_ARRAY(&g->t->w->cx->arena, double, g->terms.at[g->n] + 1);
	an_tfidf(&g->terms, idf, g->weight);
	return true;
}

static int by_frequency(const void *a, const void *b, void *arg)
{
	const struct an_terms *t = arg;
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;

	if (t->df[x] != t->df[y])
		return t->df[x] < t->df[y] ? 1 : -1;
	return (x > y) - (x < y);
}

size_t *texts_frequent(struct an_scratch *work, const struct an_terms *t)
{
	size_t *order = an_sizes(work, t->nterms);

	for (size_t j = 0; j < t->nterms; j++)
		order[j] = j;
	qsort_r(order, t->nterms, sizeof(*order), by_frequency,
		(void *)(uintptr_t)t);
	return order;
}

void texts_put_terms(const struct texts_group *g, json_t *out)
{
	AN_SCRATCH(work);
	const struct an_terms *t = &g->terms;
	const size_t *order = texts_frequent(&work, t);
	json_t *list = analysis_list(out, "terms");

	for (size_t i = 0; i < t->nterms && i < MOST_TERMS; i++) {
		json_t *o = analysis_row(list);

		analysis_word(o, "term", t->term[order[i]]);
		texts_put_share(g, o, t->df[order[i]]);
	}
}
