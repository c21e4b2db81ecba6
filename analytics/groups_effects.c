/*
 * groups_effects.c: how large differences between groups are, with limits.
 */
#include "analytics/correlation.h"
#include "analytics/dist.h"
#include "analytics/groups_data.h"
#include "analytics/number.h"

#include <math.h>

/*
 * Of each value of x the share of y below it minus the share above: squares
 * around d, added up. *tied counts the pairs (x_i, y_j) that are equal.
 */
static double row_squares(const double *x, size_t m, const double *y, size_t n,
			  double d, double *tied)
{
	size_t below = 0, upto = 0;
	double sum = 0.0;

	*tied = 0.0;
	for (size_t i = 0; i < m; i++) {
		double own;

		while (below < n && y[below] < x[i])
			below++;
		while (upto < n && y[upto] <= x[i])
			upto++;
		own = ((double)below - (double)(n - upto)) / (double)n - d;
		sum += own * own;
		*tied += (double)(upto - below);
	}
	return sum;
}

/* No pair the other way: as a share of 1 seen min(m, n) times. */
static void one_sided(struct an_cliff *o, double fewer, double t)
{
	const double reach = (fewer - t * t) / (fewer + t * t);

	o->lo95 = o->delta > 0.0 ? reach : -1.0;
	o->hi95 = o->delta > 0.0 ? 1.0 : -reach;
}

struct an_cliff an_cliff_delta(const double *x, size_t nx, const double *y,
			       size_t ny)
{
	struct an_cliff o = { NAN, NAN, NAN, NAN };
	const double m = (double)nx, n = (double)ny;
	double d, rows, columns, cells, tied, t, s2, out, width, half;

	if (!nx || !ny)
		return o;
	o.delta = d = an_dominance(x, nx, y, ny) / (m * n);
	if (nx < 2 || ny < 2)
		return o;
	rows = row_squares(x, nx, y, ny, d, &tied) / (m - 1.0);
	columns = row_squares(y, ny, x, nx, -d, &tied) / (n - 1.0);
	cells = (m * n - tied - m * n * d * d) / ((m - 1.0) * (n - 1.0));
	s2 = ((n - 1.0) * rows + (m - 1.0) * columns + cells) / (m * n);
	o.se = sqrt(fmax(s2, 0.0));
	t = an_t_quantile(0.975, m + n - 2.0);
	if (fabs(d) >= 1.0)
		one_sided(&o, fmin(m, n), t);
	if (!(o.se > 0.0)) /* there, and where all are alike */
		return o;
	out = 1.0 - d * d;
	width = t * t * o.se * o.se;
	half = t * o.se * sqrt(out * out + width);
	o.lo95 = (d * out - half) / (out + width);
	o.hi95 = (d * out + half) / (out + width);
	return o;
}

/* epsilon2 is eta2 of the ranks, so its limits are those of their F. */
static void epsilon_limits(struct an_groups *o, double k)
{
	const double n = (double)o->n, e = o->epsilon2;
	double lo, hi;

	if (!(n > k && e < 1.0))
		return;
	an_ncf_interval(e / (k - 1.0) / ((1.0 - e) / (n - k)), k - 1.0, n - k,
			0.9, &lo, &hi);
	o->epsilon2_lo90 = lo / (lo + n);
	o->epsilon2_hi90 = hi / (hi + n);
}

void an_groups_effects(struct an_groups *o, const struct an_split *s)
{
	AN_SCRATCH(work);
	double *place = an_doubles(&work, s->n);
	struct an_correlation r;

	for (size_t j = 0; j < s->k; j++)
		for (size_t i = s->from[j]; i < s->from[j + 1]; i++)
			place[i] = (double)j;
	r = an_correlate(place, s->y, s->n, 0.95);
	o->trend_r = r.spearman;
	o->trend_lo95 = r.spearman_lo;
	o->trend_hi95 = r.spearman_hi;
	epsilon_limits(o, (double)s->k);
}
