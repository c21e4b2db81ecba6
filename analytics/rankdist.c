/*
 * rankdist.c: exact distributions by counting, one rank at a time.
 */
#include "analytics/rankdist.h"

#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>
#include <stdlib.h>

/*
 * f[s], s = 0..total: the probability that a random half of these ranks sums
 * to s. Each rank is added or not with probability 1/2.
 */
static double *half_sums(struct an_scratch *work, const size_t *rank, size_t n,
			 size_t *total)
{
	size_t top = 0, sum = 0;
	double *f;

	for (size_t i = 0; i < n; i++)
		sum += rank[i];
	f = an_doubles(work, sum + 1);
	f[0] = 1.0;
	for (size_t i = 0; i < n; i++) {
		top += rank[i];
		for (size_t s = top + 1; s-- > 0;)
			f[s] = 0.5 *
			       (f[s] + (s >= rank[i] ? f[s - rank[i]] : 0.0));
	}
	*total = sum;
	return f;
}

static double *signrank_density(struct an_scratch *work, size_t n,
				size_t *total)
{
	size_t *rank = an_sizes(work, n);

	for (size_t i = 0; i < n; i++)
		rank[i] = i + 1;
	return half_sums(work, rank, n, total);
}

double an_signrank_cdf(double q, size_t n)
{
	AN_SCRATCH(work);
	size_t total;
	const double *f;
	double p = 0.0;

	if (isnan(q) || n > 1000)
		return NAN;
	if (q < 0.0)
		return 0.0;
	f = signrank_density(&work, n, &total);
	if (q >= (double)total)
		return 1.0;
	for (size_t s = 0; (double)s <= q; s++)
		p += f[s];
	return p;
}

double an_signrank_quantile(double p, size_t n)
{
	AN_SCRATCH(work);
	size_t total;
	const double *f;
	double sum = 0.0;

	if (!(p >= 0.0 && p <= 1.0) || n > 1000)
		return NAN;
	f = signrank_density(&work, n, &total);
	for (size_t s = 0; s < total; s++) {
		sum += f[s];
		if (sum >= p - 1e-15)
			return (double)s;
	}
	return (double)total;
}

static int ascending(const void *a, const void *b)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/*
 * f[s], s = 0..total: the probability that m ranks drawn without replacement
 * from these n sum to s. Counts stay below choose(n, m), held as double. The
 * ranks are put in order, so that after i of them the sums of k lie between
 * those of the first and of the last k.
 */
static double *draw_sums(struct an_scratch *work, size_t *rank, size_t n,
			 size_t m, size_t *total)
{
	size_t *sum = an_sizes(work, n + 1), width;
	double *a, all = 0.0;

	qsort(rank, n, sizeof(*rank), ascending);
	for (size_t i = 0; i < n; i++)
		sum[i + 1] = sum[i] + rank[i];
	width = sum[n] - sum[n - m] + 1; /* no m ranks sum to more */
	a = an_doubles(work, (m + 1) * width);
	a[0] = 1.0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = (i + 1 < m ? i + 1 : m); k > 0; k--) {
			double *to = a + k * width;
			const double *from = a + (k - 1) * width;
			const size_t top = sum[i + 1] - sum[i + 1 - k];

			for (size_t s = sum[k - 1] + rank[i]; s <= top; s++)
				to[s] += from[s - rank[i]];
		}
	for (size_t s = 0; s < width; s++)
		all += a[m * width + s];
	for (size_t s = 0; s < width; s++)
		a[m * width + s] /= all;
	*total = width - 1;
	return a + m * width;
}

double an_ranksum_cdf(double q, size_t m, size_t n)
{
	AN_SCRATCH(work);
	size_t *rank, total;
	const double *f;
	double p = 0.0;

	/* Of either side alike, and the smaller costs less. */
	if (m > n)
		return an_ranksum_cdf(q, n, m);
	if (isnan(q) || (m && n > AN_RANKSUM_MOST / m))
		return NAN;
	if (q < 0.0)
		return 0.0;
	if (q >= (double)(m * n))
		return 1.0;
	rank = an_sizes(&work, m + n);
	for (size_t i = 0; i < m + n; i++)
		rank[i] = i + 1;
	f = draw_sums(&work, rank, m + n, m, &total);
	for (size_t s = 0; s <= total; s++)
		if ((double)s - 0.5 * (double)m * (double)(m + 1) <= q)
			p += f[s];
	return p;
}

struct an_exact an_signrank_exact(const double *d, size_t n, size_t *nonzero)
{
	struct an_exact e = { NAN, NAN, NAN, NAN };
	AN_SCRATCH(work);
	double *size = an_doubles(&work, n), *rank = an_doubles(&work, n), *f;
	size_t *twice = an_sizes(&work, n), m = 0, up = 0, total, at = 0;

	for (size_t i = 0; i < n; i++)
		if (d[i] != 0.0)
			size[m++] = fabs(d[i]);
	*nonzero = m;
	if (!m)
		return e;
	an_midranks(size, m, rank);
	for (size_t i = 0; i < n; i++)
		if (d[i] != 0.0) {
			twice[at] = (size_t)lround(2.0 * rank[at]);
			up += d[i] > 0.0 ? twice[at] : 0;
			at++;
		}
	f = half_sums(&work, twice, m, &total);
	e.p_less = e.p_greater = 0.0;
	for (size_t s = 0; s <= total; s++) {
		e.p_less += s <= up ? f[s] : 0.0;
		e.p_greater += s >= up ? f[s] : 0.0;
	}
	e.statistic = 0.5 * (double)up;
	e.p = fmin(1.0, 2.0 * fmin(e.p_less, e.p_greater));
	return e;
}

struct an_exact an_ranksum_exact(const double *x, size_t m, const double *y,
				 size_t n)
{
	struct an_exact e = { NAN, NAN, NAN, NAN };
	AN_SCRATCH(work);
	double *all = an_doubles(&work, m + n),
	       *rank = an_doubles(&work, m + n);
	size_t *twice = an_sizes(&work, m + n), w = 0, total;
	const double *f;
	double mid;

	if (!m || !n)
		return e;
	for (size_t i = 0; i < m + n; i++)
		all[i] = i < m ? x[i] : y[i - m];
	an_midranks(all, m + n, rank);
	for (size_t i = 0; i < m + n; i++) {
		twice[i] = (size_t)lround(2.0 * rank[i]);
		w += i < m ? twice[i] : 0;
	}
	f = draw_sums(&work, twice, m + n, m, &total);
	mid = (double)m * (double)(m + n + 1);
	e.p = e.p_less = e.p_greater = 0.0;
	for (size_t s = 0; s <= total; s++) {
		e.p_less += s <= w ? f[s] : 0.0;
		e.p_greater += s >= w ? f[s] : 0.0;
		if (fabs((double)s - mid) >= fabs((double)w - mid) - 1e-9)
			e.p += f[s];
	}
	e.p = fmin(e.p, 1.0);
	e.statistic = 0.5 * (double)w - 0.5 * (double)m * (double)(m + 1);
	return e;
}
