/*
 * terms.c: document-term counts, TF-IDF, words of a group.
 */
#include "analytics/terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct token {
	const char *word;
	size_t doc;
};

static int by_word(const void *a, const void *b)
{
	const struct token *x = a, *y = b;
	const int order = strcmp(x->word, y->word);

	return order ? order : (x->doc > y->doc) - (x->doc < y->doc);
}

/* One entry: a word in a document. */
struct entry {
	size_t doc, id;
	double count;
};

static int by_doc(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->doc != y->doc)
		return x->doc > y->doc ? 1 : -1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Number the words and count them per document; how many entries. */
static size_t entries(struct an_terms *t, const struct token *token, size_t n,
		      struct entry *e)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		const bool word =
			!i || strcmp(token[i].word, token[i - 1].word) != 0;

		if (word)
			t->term[t->nterms++] = token[i].word;
		if (word || token[i].doc != token[i - 1].doc) {
			e[m++] = (struct entry){ token[i].doc, t->nterms - 1,
						 0.0 };
			t->df[t->nterms - 1]++;
		}
		e[m - 1].count += 1.0;
		t->total[t->nterms - 1] += 1.0;
	}
	return m;
}

enum an_status an_terms_new(const size_t *doc, const char *const *word,
			    size_t n, size_t ndocs, struct an_terms *out)
{
	AN_SCRATCH(work);
	struct token *token = an_alloc(&work, n, sizeof(*token));
	struct entry *e = an_alloc(&work, n, sizeof(*e));
	size_t m;

	*out = (struct an_terms){ .ndocs = ndocs };
	for (size_t i = 0; i < n; i++) {
		if (doc[i] >= ndocs || !word[i])
			return AN_BAD_INPUT;
		token[i] = (struct token){ word[i], doc[i] };
	}
	qsort(token, n, sizeof(*token), by_word);
	out->term = an_alloc(&out->own, n, sizeof(*out->term));
	out->df = an_sizes(&out->own, n);
	out->total = an_doubles(&out->own, n);
	m = entries(out, token, n, e);
	qsort(e, m, sizeof(*e), by_doc);
	out->at = an_sizes(&out->own, ndocs + 1);
	out->id = an_sizes(&out->own, m);
	out->count = an_doubles(&out->own, m);
	for (size_t i = 0; i < m; i++) {
		out->at[e[i].doc + 1]++;
		out->id[i] = e[i].id;
		out->count[i] = e[i].count;
	}
	for (size_t i = 0; i < ndocs; i++)
		out->at[i + 1] += out->at[i];
	return n ? AN_OK : AN_EMPTY;
}

void an_terms_free(struct an_terms *t)
{
	an_scratch_free(&t->own);
	t->nterms = 0;
}

void an_tfidf(const struct an_terms *t, double *idf, double *weight)
{
	for (size_t j = 0; j < t->nterms; j++)
		idf[j] = log((1.0 + (double)t->ndocs) /
			     (1.0 + (double)t->df[j])) +
			 1.0;
	for (size_t i = 0; i < t->ndocs; i++) {
		double length = 0.0;

		for (size_t e = t->at[i]; e < t->at[i + 1]; e++) {
			weight[e] = t->count[e] * idf[t->id[e]];
			length += weight[e] * weight[e];
		}
		for (size_t e = t->at[i]; e < t->at[i + 1]; e++)
			weight[e] /= sqrt(length);
	}
}

size_t an_terms_frequent(const struct an_terms *t, size_t min_df, size_t *keep)
{
	size_t m = 0;

	for (size_t j = 0; j < t->nterms; j++)
		if (t->df[j] >= min_df)
			keep[m++] = j;
	return m;
}

/* Put c among the best so far, the best first; earlier ones win ties. */
static size_t insert(struct an_characteristic *best, size_t n, size_t top,
		     struct an_characteristic c)
{
	size_t at = n;

	while (at > 0 && best[at - 1].jaccard < c.jaccard)
		at--;
	if (at == top)
		return n;
	n = n < top ? n + 1 : n;
	for (size_t i = n - 1; i > at; i--)
		best[i] = best[i - 1];
	best[at] = c;
	return n;
}

size_t an_characteristic_terms(const struct an_terms *t, const size_t *group,
			       size_t k, size_t min_df, size_t top,
			       struct an_characteristic *out)
{
	AN_SCRATCH(work);
	size_t *size = an_sizes(&work, k), filled = 0;
	size_t *with = an_sizes(&work, k * t->nterms);

	for (size_t i = 0; i < t->ndocs; i++) {
		size[group[i]]++;
		for (size_t e = t->at[i]; e < t->at[i + 1]; e++)
			with[group[i] * t->nterms + t->id[e]]++;
	}
	for (size_t g = 0; g < k; g++) {
		size_t n = 0;

		for (size_t j = 0; j < t->nterms && top; j++) {
			const size_t a = with[g * t->nterms + j];
			const size_t either = t->df[j] + size[g] - a;
			const struct an_characteristic c = {
				g, j, a, (double)a / (double)either
			};

			if (t->df[j] >= min_df)
				n = insert(out + filled, n, top, c);
		}
		filled += n;
	}
	return filled;
}
