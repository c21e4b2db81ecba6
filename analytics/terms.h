/*
 * terms.h: which words which comments have.
 */
#ifndef ANALYTICS_TERMS_H
#define ANALYTICS_TERMS_H

#include "analytics/memory.h"
#include "analytics/number.h"
#include "analytics/status.h"

/*
 * Counts of words in documents, sparse. Words are in code point order. The
 * entries of document i are at[i] .. at[i+1]-1, by word: id[] and count[].
 * df[] documents with the word, total[] how often it occurs.
 */
struct an_terms {
	size_t ndocs, nterms;
	const char **term;
	size_t *at, *id, *df;
	double *count, *total;
	struct an_scratch own;
};

/*
 * From n (document, word) pairs; documents are 0 .. ndocs-1 and may have no
 * word. The strings are not copied. AN_BAD_INPUT for a document out of range,
 * AN_EMPTY without words.
 */
enum an_status an_terms_new(const size_t *doc, const char *const *word,
			    size_t n, size_t ndocs, struct an_terms *out);
void an_terms_free(struct an_terms *t);

/*
 * TF-IDF with idf = ln((1+N)/(1+df)) + 1, each document scaled to length 1.
 * idf has nterms places, weight one per entry.
 */
void an_tfidf(const struct an_terms *t, double *idf, double *weight);

/* Words in at least min_df documents: their ids in keep; how many. */
size_t an_terms_frequent(const struct an_terms *t, size_t min_df, size_t *keep);

/* Two words that occur together; a < b are positions among the terms kept. */
struct an_edge {
	size_t a, b, both;
	double jaccard;
};

/*
 * Network of words: kept terms (ids in keep, m of them), edges by falling
 * Jaccard, degree and strength of each term, its component and its community.
 *
 * modularity  of the communities (greedy, Clauset-Newman-Moore, weighted);
 *             NAN without edges. modularity_components of the components
 */
struct an_network {
	size_t m, nedges, components, communities;
	size_t *keep, *degree, *component, *community;
	double *strength;
	struct an_edge *edge;
	double modularity, modularity_components;
	struct an_scratch own;
};

/*
 * min_df documents per word, min_both documents per pair, min_jaccard =
 * both/(a + b - both). AN_EMPTY when no word is in so many documents.
 */
enum an_status an_cooccurrence(const struct an_terms *t, size_t min_df,
			       size_t min_both, double min_jaccard,
			       struct an_network *out);
void an_network_free(struct an_network *g);

/* A word that marks a group: documents of the group that have it. */
struct an_characteristic {
	size_t group, term, n;
	double jaccard;
};

/*
 * The `top` words of each of k groups by Jaccard(word, group), words in at
 * least min_df documents, ties in code point order. group: of each document.
 * out has k*top places; returns how many were filled. Words with Jaccard 0
 * are listed too, as the definition says.
 */
size_t an_characteristic_terms(const struct an_terms *t, const size_t *group,
			       size_t k, size_t min_df, size_t top,
			       struct an_characteristic *out);

#endif
