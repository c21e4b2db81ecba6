/*
 * nmf.h: topics by non-negative matrix factorisation, V = W H.
 *
 * An aid for reading comments: never fewer than 50, never topics without a
 * look at their comments.
 */
#ifndef ANALYTICS_NMF_H
#define ANALYTICS_NMF_H

#include "analytics/number.h"
#include "analytics/progress.h"
#include "analytics/status.h"
#include "analytics/terms.h"

#include <stdint.h>

/*
 * w  n rows by k, how much of each topic a document has
 * h  k rows by m, how much of each word a topic has
 */
struct an_nmf {
	size_t k;
	double *w, *h;
	double loss; /* half the squared Frobenius distance */
	const struct an_progress *progress;
};

/*
 * Multiplicative updates, W then H, `rounds` times from the start in w and h,
 * which are overwritten; denominators are kept above 1e-12.
 * AN_BAD_INPUT for a negative, infinite or missing value and for k = 0 or above
 * 64, AN_EMPTY. O((entries + n*k + m*k) k) a round.
 * Source: Lee and Seung (1999), Nature 401:788-791. Checked against
 * scikit-learn.
 */
enum an_status an_nmf(const struct an_table *v, size_t rounds,
		      struct an_nmf *f);

/* Values of v that are not 0: what the time of a round goes by. */
size_t an_nmf_entries(const struct an_table *v);

/* Starts of a page: topics of fewer are chance. */
#define AN_NMF_STARTS 20

/*
 * The best of `starts` random starts (seeded), `rounds` updates each.
 * stability receives how well the topics of the other starts match those of
 * the best: the mean cosine of best-matching topics; keep k when it is at
 * least .8. NAN for fewer than two starts. Statuses as an_nmf(), AN_BAD_INPUT
 * for no start.
 */
enum an_status an_nmf_best(const struct an_table *v, size_t rounds,
			   size_t starts, uint64_t seed, struct an_nmf *f,
			   double *stability);

/*
 * The same for words in documents, for thousands of them: only the words that
 * occur are looked at, and W and H go down value by value (hierarchical
 * alternating least squares) until the loss hardly falls; the best start goes
 * on until it does not fall any more. Each topic of h has length 1, so w tells
 * how much of it a document has. A document without words has none.
 *
 * weight  one per entry of t, as an_tfidf() gives them; not negative
 *
 * AN_EMPTY without documents or words, AN_BAD_INPUT for k as above, no start
 * or a weight that is negative, infinite or missing. O((entries + words*k +
 * documents*k) k) a round. Source: Cichocki and Phan (2009), IEICE Trans.
 * E92-A:708-721.
 */
enum an_status an_nmf_terms(const struct an_terms *t, const double *weight,
			    size_t starts, uint64_t seed, struct an_nmf *f,
			    double *stability);

#endif
