/*
 * groups_pairs.c: two groups at a time.
 */
#include "analytics/adjust.h"
#include "analytics/dist.h"
#include "analytics/groups_data.h"
#include "analytics/number.h"
#include "analytics/rankdist.h"

#include <math.h>

/* Mean, variance and size of one side. */
struct side {
	double n, mean, v;
};

/* Welch's t with its interval, and the standardised difference. */
struct welch {
	double t, df, p, half, d, g;
};

static struct welch welch_of(const struct side *a, const struct side *b)
{
	struct welch w = { NAN, NAN, NAN, NAN, NAN, NAN };
	const double va = a->v / a->n, vb = b->v / b->n, se2 = va + vb;
	const double df = a->n + b->n - 2.0;
	double pooled;

	if (!(a->n > 1.0 && b->n > 1.0 && se2 > 0.0))
		return w;
	w.t = (a->mean - b->mean) / sqrt(se2);
	w.df = se2 * se2 / (va * va / (a->n - 1.0) + vb * vb / (b->n - 1.0));
	w.p = an_t_p2(w.t, w.df);
	w.half = an_t_quantile(0.975, w.df) * sqrt(se2);
	pooled = ((a->n - 1.0) * a->v + (b->n - 1.0) * b->v) / df;
	w.d = (a->mean - b->mean) / sqrt(pooled);
	w.g = w.d * an_hedges_j(df);
	return w;
}

static void dunn(struct an_group_pair *o, double n, double ties, double ra,
		 double rb, double share)
{
	const double v = n * (n + 1.0) / 12.0 - ties / (12.0 * (n - 1.0));

	if (!(v > 0.0) || !isfinite(share))
		return;
	o->z = (ra - rb) / sqrt(v * share);
	o->p = an_normal_p2(o->z);
}

static void adjust(struct an_group_pair *pair, size_t m)
{
	AN_SCRATCH(work);
	double *p = an_doubles(&work, m), *q = an_doubles(&work, m);

	for (size_t i = 0; i < m; i++)
		p[i] = pair[i].p;
	an_holm(p, m, q);
	an_benjamini_hochberg(p, m, p);
	for (size_t i = 0; i < m; i++) {
		pair[i].p_holm = q[i];
		pair[i].p_bh = p[i];
		q[i] = pair[i].p_t;
	}
	an_holm(q, m, q);
	for (size_t i = 0; i < m; i++)
		pair[i].p_t_holm = q[i];
}

static struct an_group_pair pair_of(const struct an_split *s,
				    const struct an_group *g, size_t a,
				    size_t b)
{
	struct an_group_pair o = {
		.a = a, .b = b, .z = NAN, .p = NAN, .p_holm = NAN, .p_bh = NAN
	};
	struct an_cliff delta;
	const struct side x = { (double)g[a].n, g[a].mean - s->origin,
				g[a].sd * g[a].sd };
	const struct side y = { (double)g[b].n, g[b].mean - s->origin,
				g[b].sd * g[b].sd };
	struct welch w;

	w = welch_of(&x, &y);
	delta = an_cliff_delta(s->y + s->from[a], g[a].n, s->y + s->from[b],
			       g[b].n);
	o.cliff_delta = delta.delta;
	o.cliff_lo = delta.lo95;
	o.cliff_hi = delta.hi95;
	o.diff = g[a].n && g[b].n ? x.mean - y.mean : (double)NAN;
	o.lo95 = o.diff - w.half;
	o.hi95 = o.diff + w.half;
	o.t = w.t;
	o.df = w.df;
	o.p_t = w.p;
	o.hedges_g = w.g;
	return o;
}

void an_group_pairs(const struct an_split *s, const struct an_group *g,
		    const double *rank, double ties, struct an_group_pair *pair)
{
	size_t at = 0;

	for (size_t a = 0; a < s->k; a++)
		for (size_t b = a + 1; b < s->k; b++) {
			const double share =
				1.0 / (double)g[a].n + 1.0 / (double)g[b].n;

			pair[at] = pair_of(s, g, a, b);
			dunn(&pair[at++], (double)s->n, ties,
			     an_mean(rank + s->from[a], g[a].n),
			     an_mean(rank + s->from[b], g[b].n), share);
		}
	adjust(pair, at);
}

/* The rank part of an_two_groups; x and y without missing values, ascending.*/
static void ranks(struct an_two *o, const double *x, const double *y)
{
	AN_SCRATCH(work);
	const double m = (double)o->n1, n = (double)o->n2, all = m + n;
	double *both = an_doubles(&work, o->n1 + o->n2);
	double *rank = an_doubles(&work, o->n1 + o->n2), ties;
	struct an_cliff delta;

	for (size_t i = 0; i < o->n1; i++)
		both[i] = x[i];
	for (size_t i = 0; i < o->n2; i++)
		both[o->n1 + i] = y[i];
	ties = an_midranks(both, o->n1 + o->n2, rank);
	o->w = 0.5 * (an_dominance(x, o->n1, y, o->n2) + m * n);
	o->z = (o->w - 0.5 * m * n) /
	       sqrt(m * n / 12.0 * (all + 1.0 - ties / (all * (all - 1.0))));
	o->p_normal = an_normal_p2(o->z);
	delta = an_cliff_delta(x, o->n1, y, o->n2);
	o->cliff_delta = delta.delta;
	o->cliff_lo = delta.lo95;
	o->cliff_hi = delta.hi95;
	o->prob_superiority = o->w / (m * n);
	if (m * n <= AN_EXACT_GROUPS) {
		const struct an_exact e = an_ranksum_exact(x, o->n1, y, o->n2);

		o->p_exact = e.p;
		o->p_less = e.p_less;
		o->p_greater = e.p_greater;
	}
}

struct an_two an_two_groups(const double *x, size_t m, const double *y,
			    size_t n)
{
	struct an_two o = { 0,   0,   NAN, NAN, NAN, NAN, NAN,
			    NAN, NAN, NAN, NAN, NAN, NAN, NAN,
			    NAN, NAN, NAN, NAN, NAN, NAN, AN_NOT_FINITE };
	AN_SCRATCH(work);
	double *a = an_doubles(&work, m), *b = an_doubles(&work, n);
	struct side s1, s2;
	struct welch w;

	if (!an_no_infinity(x, m) || !an_no_infinity(y, n))
		return o;
	o.n1 = an_compact(x, m, a);
	o.n2 = an_compact(y, n, b);
	o.status = AN_EMPTY;
	if (!o.n1 || !o.n2)
		return o;
	an_sort(a, o.n1);
	an_sort(b, o.n2);
	o.diff = an_mean(a, o.n1) - an_mean(b, o.n2);
	/* Ranks need no spread, and one on a side is enough for them. */
	ranks(&o, a, b);
	o.status = AN_TOO_FEW;
	if (o.n1 < 2 || o.n2 < 2)
		return o;
	o.status = AN_ZERO_VARIANCE;
	if (a[0] == a[o.n1 - 1] && b[0] == b[o.n2 - 1])
		return o;
	o.status = AN_OK;
	s1 = (struct side){ (double)o.n1, an_mean(a, o.n1),
			    an_variance(a, o.n1) };
	s2 = (struct side){ (double)o.n2, an_mean(b, o.n2),
			    an_variance(b, o.n2) };
	w = welch_of(&s1, &s2);
	o.t = w.t;
	o.df = w.df;
	o.p = w.p;
	o.diff_lo = o.diff - w.half;
	o.diff_hi = o.diff + w.half;
	o.cohen_d = w.d;
	o.hedges_g = w.g;
	return o;
}
