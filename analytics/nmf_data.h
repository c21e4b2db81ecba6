/*
 * nmf_data.h: what the two factorisations share; private to nmf*.c.
 */
#ifndef ANALYTICS_NMF_DATA_H
#define ANALYTICS_NMF_DATA_H

#include "analytics/nmf.h"

#define AN_NMF_FLOOR 1e-12 /* denominators are kept above it */
#define AN_NMF_MAX_K 64

/* None of n values is negative, missing or too large. */
bool an_nmf_usable(const double *x, size_t n);

/* Mean over the topics of a of the best match (cosine) among those of b. */
double an_nmf_match(const double *a, const double *b, size_t k, size_t m);

#endif
