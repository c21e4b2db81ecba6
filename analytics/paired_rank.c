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

/*
 * Different values ascending, with the number of people who have at most
 * each: upto[0] = 0, upto[i+1] those up to x[i]. Scores take few values, so
 * everything below costs little once they are sorted.
 */
struct steps {
	size_t m;
	double *x, *upto, n;
};

static struct steps steps_of(struct an_scratch *work, const double *d, size_t n)
{
	struct steps s = { 0, an_doubles(work, n), an_doubles(work, n + 1), 0 };

	for (size_t i = 0; i < n; i++)
		s.x[i] = d[i];
	an_sort(s.x, n);
	for (size_t i = 0; i < n; i++) {
		if (!i || s.x[i] != s.x[s.m - 1])
			s.x[s.m++] = s.x[i];
		s.upto[s.m] = (double)(i + 1);
	}
	s.n = (double)n;
	return s;
}

static double count_of(const struct steps *s, size_t i)
{
	return s->upto[i + 1] - s->upto[i];
}

/* How many of the Walsh averages (d_i + d_j)/2, i <= j, are at most v. */
static double walsh_below(const struct steps *s, double v)
{
	double count = 0.0;
	size_t j = s->m;

	for (size_t i = 0; i < s->m; i++) {
		const double c = count_of(s, i);

		while (j > i && 0.5 * (s->x[i] + s->x[j - 1]) > v)
			j--;
		if (j <= i)
			break;
		/* With itself, and with every value above up to x[j-1]. */
		count +=
			0.5 * c * (c + 1.0) + c * (s->upto[j] - s->upto[i + 1]);
	}
	return count;
}

/*
 * The k-th smallest Walsh average (k from 1), by bisection over the doubles
 * themselves, so it is exact. Every other step goes where the counts say that
 * it should lie, which saves most of the 64 steps.
 */
static double walsh(const struct steps *s, double k)
{
	uint64_t lo = an_key_of(s->x[0]), hi = an_key_of(s->x[s->m - 1]);
	double below = 0.0, upto = 0.5 * s->n * (s->n + 1.0);

	for (int step = 0; lo < hi; step++) {
		uint64_t mid = lo + (hi - lo) / 2;
		double count;

		if (step % 2 == 0 && upto > below) {
			const double a = an_value_of(lo), b = an_value_of(hi);
			const double share = (k - below) / (upto - below);
			const uint64_t at = an_key_of(a + share * (b - a));

			mid = at >= hi ? hi - 1 : at < lo ? lo : at;
		}
		count = walsh_below(s, an_value_of(mid));
		if (count >= k) {
			hi = mid;
			upto = count;
		} else {
			lo = mid + 1;
			below = count;
		}
	}
	return an_value_of(lo) + 0.0; /* never -0 */
}

/* Median of the Walsh averages and its interval. */
static void hodges_lehmann(const struct steps *s, double level, double hl[3])
{
	const double m = s->n, all = 0.5 * m * (m + 1.0);
	const double tail = 0.5 * (1.0 - level);
	double q;

	hl[0] = walsh(s, floor((all + 1.0) / 2.0));
	if (fmod(all, 2.0) == 0.0)
		hl[0] = 0.5 * (hl[0] + walsh(s, all / 2.0 + 1.0));
	if (m <= 50.0)
		q = an_signrank_quantile(tail, (size_t)m);
	else
		q = nearbyint(
			m * (m + 1.0) / 4.0 -
			an_normal_quantile(1.0 - tail) *
				sqrt(m * (m + 1.0) * (2.0 * m + 1.0) / 24.0));
	q = fmax(q, 1.0);
	hl[1] = walsh(s, q);
	hl[2] = walsh(s, all + 1.0 - q);
}

/* The steps without the value 0. */
static struct steps without_zero(struct an_scratch *work, const struct steps *s)
{
	struct steps t = { 0, an_doubles(work, s->m),
			   an_doubles(work, s->m + 1), 0 };

	for (size_t i = 0; i < s->m; i++)
		if (s->x[i] != 0.0) {
			t.n += count_of(s, i);
			t.x[t.m++] = s->x[i];
			t.upto[t.m] = t.n;
		}
	return t;
}

/*
 * V and its normal approximation: values of both signs walked away from 0,
 * those of equal size sharing their ranks.
 */
static void normal_test(struct an_paired_rank *o, const struct steps *s)
{
	const double m = s->n, all = 0.5 * m * (m + 1.0);
	double ties = 0.0, before = 0.0, sd;
	size_t up = 0, down;

	while (up < s->m && s->x[up] < 0.0)
		up++;
	down = up;
	o->v = 0.0;
	while (up < s->m || down > 0) {
		const double a = up < s->m ? s->x[up] : INFINITY;
		const double b = down > 0 ? -s->x[down - 1] : INFINITY;
		const double pos = a <= b ? count_of(s, up++) : 0.0;
		const double neg = b <= a ? count_of(s, --down) : 0.0;
		const double t = pos + neg;

		o->v += pos * (before + 0.5 * (t + 1.0));
		ties += t * t * t - t;
		before += t;
	}
	sd = sqrt(m * (m + 1.0) * (2.0 * m + 1.0) / 24.0 - ties / 48.0);
	o->z = (o->v - 0.5 * all) / sd;
	o->p_normal = an_normal_p2(o->z);
	o->rank_biserial = (2.0 * o->v - all) / all;
}

static void signs(struct an_paired_rank *o, const double *d, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		o->n_up += d[i] > 0.0 ? 1 : 0;
		o->n_down += d[i] < 0.0 ? 1 : 0;
	}
	o->n_nonzero = o->n_up + o->n_down;
	o->n_same = n - o->n_nonzero;
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
	struct steps s;
	double hl[3], less;

	signs(&o, d, n);
	if (!n)
		return o;
	o.status = !(level > 0.0 && level < 1.0) ? AN_BAD_INPUT : AN_NOT_FINITE;
	if (o.status == AN_BAD_INPUT || !an_no_infinity(d, n))
		return o;
	s = steps_of(&work, d, n);
	hodges_lehmann(&s, level, hl);
	o.hl = hl[0];
	o.hl_lo = hl[1];
	o.hl_hi = hl[2];
	o.status = o.n_nonzero ? AN_OK : AN_ZERO_VARIANCE;
	if (!o.n_nonzero)
		return o;
	if (o.n_same) {
		s = without_zero(&work, &s);
		hodges_lehmann(&s, level, hl);
	}
	o.hl_nonzero = hl[0];
	o.hl_nonzero_lo = hl[1];
	o.hl_nonzero_hi = hl[2];
	normal_test(&o, &s);
	if (o.n_nonzero <= AN_EXACT_PAIRS)
		o.p_exact = an_signrank_exact(d, n, &o.n_nonzero).p;
	less = (double)(o.n_up < o.n_down ? o.n_up : o.n_down);
	o.p_sign =
		o.n_up == o.n_down
			? 1.0
			: fmin(1.0,
			       2.0 * an_binomial_cdf(less, (double)o.n_nonzero,
						     0.5));
	return o;
}
