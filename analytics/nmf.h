/*
 * nmf.h: topics by non-negative matrix factorisation, V = W H.
 *
 * An aid for reading comments: never fewer than 50, never topics without a
 * look at their comments.
 */
#ifndef ANALYTICS_NMF_H
#define ANALYTICS_NMF_H

#include "analytics/number.h"
#include "analytics/status.h"

#include <stdint.h>

/*
 * w  n rows by k, how much of each topic a document has
 * h  k rows by m, how much of each word a topic has
 */
struct an_nmf {
	size_t k;
	double *w, *h;
	double loss; /* half the squared Frobenius distance */
};

/*
 * Multiplicative updates, W then H, `rounds` times from the start in w and h,
 * which are overwritten; denominators are kept above 1e-12.
 * AN_BAD_INPUT for a negative, infinite or missing value, AN_EMPTY.
 * Source: Lee and Seung (1999), Nature 401:788-791. Checked against
 * scikit-learn.
 */
enum an_status an_nmf(const struct an_table *v, size_t rounds,
		      struct an_nmf *f);

/*
 * The best of `starts` random starts (seeded), `rounds` updates each.
 * stability receives how well the topics of the other starts match those of
 * the best: the mean cosine of best-matching topics; keep k when it is at
 * least .8. NAN for fewer than two starts.
 */
enum an_status an_nmf_best(const struct an_table *v, size_t rounds,
			   size_t starts, uint64_t seed, struct an_nmf *f,
			   double *stability);

#endif
