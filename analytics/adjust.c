/*
 * adjust.c: Holm, Benjamini-Hochberg, Bonferroni.
 */
#include "analytics/adjust.h"

#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>

/* The places of the p-values that are there, ascending; how many. */
static size_t present(struct an_scratch *work, const double *p, size_t m,
		      size_t **order)
{
	double *kept = an_doubles(work, m);
	size_t *where = an_sizes(work, m), n = 0;

	*order = an_sizes(work, m);
	for (size_t i = 0; i < m; i++)
		if (!isnan(p[i])) {
			kept[n] = p[i];
			where[n++] = i;
		}
	an_order(kept, n, *order);
	for (size_t i = 0; i < n; i++)
		(*order)[i] = where[(*order)[i]];
	return n;
}

void an_holm(const double *p, size_t m, double *out)
{
	AN_SCRATCH(work);
	size_t *order;
	const size_t n = present(&work, p, m, &order);
	double worst = 0.0;

	for (size_t i = 0; i < m; i++)
		if (isnan(p[i]))
			out[i] = NAN;
	for (size_t i = 0; i < n; i++) {
		worst = fmax(worst, (double)(n - i) * p[order[i]]);
		out[order[i]] = fmin(worst, 1.0);
	}
}

void an_benjamini_hochberg(const double *p, size_t m, double *out)
{
	AN_SCRATCH(work);
	size_t *order;
	const size_t n = present(&work, p, m, &order);
	double best = 1.0;

	for (size_t i = 0; i < m; i++)
		if (isnan(p[i]))
			out[i] = NAN;
	for (size_t i = n; i-- > 0;) {
		best = fmin(best, (double)n / (double)(i + 1) * p[order[i]]);
		out[order[i]] = best;
	}
}

void an_bonferroni(const double *p, size_t m, double *out)
{
	size_t n = 0;

	for (size_t i = 0; i < m; i++)
		n += isnan(p[i]) ? 0 : 1;
	for (size_t i = 0; i < m; i++)
		out[i] = isnan(p[i]) ? NAN : fmin(1.0, (double)n * p[i]);
}
