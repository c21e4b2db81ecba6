/*
 * paired_rank.c: signed ranks, Hodges-Lehmann shift, sign test.
 */
#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/number.h"
#include "analytics/paired.h"
#include "analytics/rankdist.h"
#include "analytics/sort.h"

#include <math.h>

/* How many of the Walsh averages (x_i + x_j)/2, i <= j, are at most v. */
static double walsh_below(const double *x, size_t n, double v)
{
	double count = 0.0;
	size_t j = n;

	for (size_t i = 0; i < n; i++) {
		while (j > i && 0.5 * (x[i] + x[j - 1]) > v)
			j--;
		if (j <= i)
			break;
		count += (double)(j - i);
	}
	return count;
}

/*
 * The k-th smallest Walsh average (k from 1) of ascending x, by bisection over
 * the doubles themselves: exact, and never more than 64 steps.
 */
static double walsh(const double *x, size_t n, double k)
{
	uint64_t lo = an_key_of(x[0]), hi = an_key_of(x[n - 1]);

	while (lo < hi) {
		const uint64_t mid = lo + (hi - lo) / 2;

		if (walsh_below(x, n, an_value_of(mid)) >= k)
			hi = mid;
		else
			lo = mid + 1;
	}
	return an_value_of(lo);
}

/* Median of the Walsh averages of d and its interval. */
static void hodges_lehmann(const double *d, size_t n, double level,
			   double hl[3])
{
	AN_SCRATCH(work);
	double *x = an_doubles(&work, n), q;
	const double m = (double)n, all = 0.5 * m * (m + 1.0);
	const double tail = 0.5 * (1.0 - level);

	for (size_t i = 0; i < n; i++)
		x[i] = d[i];
	an_sort(x, n);
	hl[0] = walsh(x, n, floor((all + 1.0) / 2.0));
	if (fmod(all, 2.0) == 0.0)
		hl[0] = 0.5 * (hl[0] + walsh(x, n, all / 2.0 + 1.0));
	if (n <= 50)
		q = an_signrank_quantile(tail, n);
	else
		q = nearbyint(
			m * (m + 1.0) / 4.0 -
			an_normal_quantile(1.0 - tail) *
				sqrt(m * (m + 1.0) * (2.0 * m + 1.0) / 24.0));
	q = fmax(q, 1.0);
	hl[1] = walsh(x, n, q);
	hl[2] = walsh(x, n, all + 1.0 - q);
}

/* V and its normal approximation. */
static void normal_test(struct an_paired_rank *o, const double *d,
			const double *rank, double ties)
{
	const double m = (double)o->n_nonzero, all = 0.5 * m * (m + 1.0);
	const double sd =
		sqrt(m * (m + 1.0) * (2.0 * m + 1.0) / 24.0 - ties / 48.0);

	o->v = 0.0;
	for (size_t i = 0; i < o->n_nonzero; i++)
		o->v += d[i] > 0.0 ? rank[i] : 0.0;
	o->z = (o->v - 0.5 * all) / sd;
	o->p_normal = an_normal_p2(o->z);
	o->rank_biserial = (2.0 * o->v - all) / all;
}

struct an_paired_rank an_paired_ranks(const double *d, size_t n, double level)
{
	struct an_paired_rank o = { .v = NAN,
				    .p_exact = NAN,
				    .z = NAN,
				    .p_normal = NAN,
				    .rank_biserial = NAN,
				    .hl = NAN,
				    .hl_lo = NAN,
				    .hl_hi = NAN,
				    .hl_nonzero = NAN,
				    .hl_nonzero_lo = NAN,
				    .hl_nonzero_hi = NAN,
				    .p_sign = NAN,
				    .status = AN_EMPTY };
	AN_SCRATCH(work);
	double *kept = an_doubles(&work, n), *size = an_doubles(&work, n);
	double *rank = an_doubles(&work, n), hl[3], less;
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		o.n_up += d[i] > 0.0 ? 1 : 0;
		o.n_down += d[i] < 0.0 ? 1 : 0;
		o.n_same += d[i] == 0.0 ? 1 : 0;
		if (d[i] != 0.0) {
			size[m] = fabs(d[i]);
			kept[m++] = d[i];
		}
	}
	o.n_nonzero = m;
	if (!n)
		return o;
	hodges_lehmann(d, n, level, hl);
	o.hl = hl[0];
	o.hl_lo = hl[1];
	o.hl_hi = hl[2];
	o.status = m ? AN_OK : AN_ZERO_VARIANCE;
	if (!m)
		return o;
	hodges_lehmann(kept, m, level, hl);
	o.hl_nonzero = hl[0];
	o.hl_nonzero_lo = hl[1];
	o.hl_nonzero_hi = hl[2];
	normal_test(&o, kept, rank, an_midranks(size, m, rank));
	if (m <= AN_EXACT_PAIRS)
		o.p_exact = an_signrank_exact(kept, m, &m).p;
	less = (double)(o.n_up < o.n_down ? o.n_up : o.n_down);
	o.p_sign = o.n_up == o.n_down
			   ? 1.0
			   : fmin(1.0,
				  2.0 * an_binomial_cdf(less, (double)m, 0.5));
	return o;
}
