/*
 * items.c: item analysis in two passes over the answers.
 */
#include "analytics/items.h"

#include "analytics/adjust.h"
#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/proportion.h"

#include <math.h>

#define FLAT 1e-26 /* of the squared mean: a variance that is only rounding */
#define CELL 5.0   /* right, and wrong, before an item is judged by r_rest */

/* Sums of one analysis; arrays of k. */
struct sums {
	struct an_table t; /* without missing values */
	double *total;     /* of each person */
	double *mean, *var, *cov, *max;
	bool *between; /* somebody has neither 0 nor the maximum */
	double mean_total, var_total;
};

static size_t apply_missing(const struct an_table *t, enum an_missing missing,
			    double *out)
{
	if (missing == AN_LISTWISE)
		return an_complete_rows(t, out);
	for (size_t i = 0; i < t->n * t->k; i++)
		out[i] = isnan(t->x[i]) ? 0.0 : t->x[i];
	return t->n;
}

/* Sum of a row, in four that do not wait for one another. */
static double row_sum(const double *row, size_t k)
{
	double sum[4] = { 0.0 };
	size_t j = 0;

	for (; j + 4 <= k; j += 4)
		for (size_t q = 0; q < 4; q++)
			sum[q] += row[j + q];
	for (; j < k; j++)
		sum[0] += row[j];
	return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Totals, means and maxima; false if a value is missing or infinite. */
static bool first_pass(struct sums *s)
{
	const size_t n = s->t.n, k = s->t.k;
	double all = 0.0;

	for (size_t j = 0; j < k; j++) {
		s->mean[j] = 0.0;
		s->max[j] = -INFINITY;
	}
	for (size_t i = 0; i < n; i++) {
		const double *restrict row = s->t.x + i * k;
		double *restrict mean = s->mean, *restrict max = s->max;

		for (size_t j = 0; j < k; j++) {
			mean[j] += row[j];
			max[j] = row[j] > max[j] ? row[j] : max[j];
		}
		s->total[i] = row_sum(row, k);
		all += s->total[i] - s->total[i]; /* NAN from one of them on */
	}
	for (size_t j = 0; j < k; j++)
		s->mean[j] /= (double)n;
	s->mean_total = an_mean(s->total, n);
	return all == 0.0;
}

static void second_pass(struct an_scratch *work, struct sums *s)
{
	const size_t n = s->t.n, k = s->t.k;
	const double m = (double)n;
	double *restrict rest = an_doubles(work, k), total_rest = 0.0;

	for (size_t i = 0; i < n; i++) {
		const double *restrict row = s->t.x + i * k;
		const double *restrict mean = s->mean;
		double *restrict var = s->var, *restrict cov = s->cov;
		const double dt = s->total[i] - s->mean_total;

		total_rest += dt;
		s->var_total += dt * dt;
		for (size_t j = 0; j < k; j++) {
			const double d = row[j] - mean[j];

			rest[j] += d;
			var[j] += d * d;
			cov[j] += d * dt;
		}
	}
	s->var_total -= total_rest * total_rest / m;
	s->var_total /= m - 1.0;
	for (size_t j = 0; j < k; j++) {
		s->var[j] = (s->var[j] - rest[j] * rest[j] / m) / (m - 1.0);
		s->cov[j] = (s->cov[j] - rest[j] * total_rest / m) / (m - 1.0);
		s->mean[j] += rest[j] / m;
	}
}

/* Which items have points between 0 and the maximum; stops once all have. */
static void between(struct sums *s)
{
	const size_t k = s->t.k;
	size_t left = k;

	for (size_t i = 0; i < s->t.n && left; i++) {
		const double *row = s->t.x + i * k;

		for (size_t j = 0; j < k; j++)
			if (row[j] != 0.0 && row[j] != s->max[j] &&
			    !s->between[j]) {
				s->between[j] = true;
				left--;
			}
	}
}

/* A variance that is only rounding. */
static bool vanishes(double v, double size)
{
	return !(v > 1e-13 * size);
}

static void correlations(const struct sums *s, size_t j, struct an_item *item)
{
	const double v = s->var[j], c = s->cov[j], t = s->var_total;
	const double rest = t - 2.0 * c + v;

	if (!(v > FLAT * s->mean[j] * s->mean[j])) {
		item->status = AN_ZERO_VARIANCE;
		return;
	}
	/* Equal totals leave no r_total; the rest mirrors the item then. */
	if (!vanishes(t, v))
		item->r_total = an_within_1(c / sqrt(v * t));
	if (vanishes(rest, fmax(t, v)))
		return;
	item->r_rest = an_within_1((c - v) / sqrt(v * rest));
	if (s->t.n > 3 && fabs(item->r_rest) < 1.0) {
		const double se = 1.0 / sqrt((double)s->t.n - 3.0);

		item->r_rest_lo = tanh(atanh(item->r_rest) - AN_Z975 * se);
		item->r_rest_hi = tanh(atanh(item->r_rest) + AN_Z975 * se);
	}
}

static unsigned level_flags(const struct an_item *item)
{
	unsigned f = 0;

	if (item->difficulty > 0.95)
		f |= AN_ITEM_EASY;
	if (item->difficulty < 0.20)
		f |= AN_ITEM_HARD;
	if (item->status == AN_ZERO_VARIANCE)
		f |= AN_ITEM_CONSTANT;
	return f;
}

/* One-sided p of "r_rest is r or more"; NAN: too few are right or wrong. */
static double p_of(const struct sums *s, size_t j, const struct an_item *item,
		   double r)
{
	const double n = (double)s->t.n, right = item->difficulty * n;

	if (s->between[j] == 0.0 && !(fmin(right, n - right) > CELL - 0.5))
		return NAN;
	if (!(fabs(item->r_rest) < 1.0))
		return NAN;
	return an_normal_cdf((atanh(item->r_rest) - atanh(r)) * sqrt(n - 3.0));
}

/* Flags, from 30 people on; those of r_rest for all items together. */
static void judge(const struct sums *s, struct an_item *item)
{
	static const struct {
		double limit;
		unsigned flag;
	} limits[] = { { 0.20, AN_ITEM_WEAK }, { 0.0, AN_ITEM_KEY } };
	AN_SCRATCH(work);
	double *p = an_doubles(&work, s->t.k);

	if (s->t.n < 30)
		return;
	for (size_t j = 0; j < s->t.k; j++)
		item[j].flags = level_flags(&item[j]);
	for (size_t i = 0; i < 2; i++) {
		for (size_t j = 0; j < s->t.k; j++)
			p[j] = p_of(s, j, &item[j], limits[i].limit);
		an_benjamini_hochberg(p, s->t.k, p);
		for (size_t j = 0; j < s->t.k; j++)
			if (p[j] < 0.025)
				item[j].flags |= limits[i].flag;
	}
}

/* Wilson limits when the item is 0 or its maximum for everybody. */
static void difficulty_limits(const struct sums *s, size_t j,
			      struct an_item *item)
{
	const double right = item->difficulty * (double)s->t.n;
	struct an_estimate e;

	if (s->between[j] || !(right >= 0.0))
		return;
	e = an_wilson((size_t)lround(right), s->t.n, 0.95);
	item->difficulty_lo = e.lo;
	item->difficulty_hi = e.hi;
}

/* The totals that bound the upper and the lower 27 %. */
static void cuts(const struct sums *s, double *lower, double *upper)
{
	AN_SCRATCH(work);
	const size_t n = s->t.n, g = (size_t)ceil(0.27 * (double)n);
	double *sorted = an_doubles(&work, n);

	for (size_t i = 0; i < n; i++)
		sorted[i] = s->total[i];
	an_sort(sorted, n);
	*upper = sorted[n - g];
	*lower = sorted[g - 1];
}

static void add_row(double *restrict sum, const double *restrict row, size_t k)
{
	for (size_t j = 0; j < k; j++)
		sum[j] += row[j];
}

static void extremes(const struct sums *s, const double *max,
		     struct an_items *all, struct an_item *item)
{
	AN_SCRATCH(work);
	const size_t k = s->t.k;
	double *up = an_doubles(&work, k), *down = an_doubles(&work, k);
	double lower, upper;

	cuts(s, &lower, &upper);
	for (size_t i = 0; i < s->t.n; i++) {
		const bool u = s->total[i] >= upper, l = s->total[i] <= lower;

		all->upper_n += u ? 1 : 0;
		all->lower_n += l ? 1 : 0;
		if (u)
			add_row(up, s->t.x + i * k, k);
		if (l)
			add_row(down, s->t.x + i * k, k);
	}
	for (size_t j = 0; j < k && upper > lower; j++)
		item[j].d27 = (up[j] / (double)all->upper_n -
			       down[j] / (double)all->lower_n) /
			      max[j];
}

static void fill_items(const struct sums *s, struct an_item *item)
{
	const double k = (double)s->t.k, t = s->var_total;
	double sum_v = 0.0;

	for (size_t j = 0; j < s->t.k; j++)
		sum_v += s->var[j];
	for (size_t j = 0; j < s->t.k; j++) {
		const double rest = t - 2.0 * s->cov[j] + s->var[j];

		item[j].mean = s->mean[j];
		item[j].sd = sqrt(fmax(s->var[j], 0.0));
		item[j].difficulty = s->mean[j] / s->max[j];
		item[j].status = AN_OK;
		correlations(s, j, &item[j]);
		difficulty_limits(s, j, &item[j]);
		if (s->t.k > 2 && !vanishes(rest, t))
			item[j].alpha_deleted =
				(k - 1.0) / (k - 2.0) *
				(1.0 - (sum_v - s->var[j]) / rest);
	}
	judge(s, item);
}

static void clear_items(const struct an_table *t, struct an_item *item)
{
	for (size_t j = 0; j < t->k; j++)
		item[j] = (struct an_item){ .n_answered = t->n,
					    .mean = NAN,
					    .sd = NAN,
					    .difficulty = NAN,
					    .difficulty_lo = NAN,
					    .difficulty_hi = NAN,
					    .r_total = NAN,
					    .r_rest = NAN,
					    .r_rest_lo = NAN,
					    .r_rest_hi = NAN,
					    .d27 = NAN,
					    .alpha_deleted = NAN,
					    .status = AN_TOO_FEW };
}

static struct sums sums_new(struct an_scratch *work, const struct an_table *t)
{
	const struct sums s = {
		.t = *t,
		.total = an_doubles(work, t->n),
		.mean = an_doubles(work, t->k),
		.var = an_doubles(work, t->k),
		.cov = an_doubles(work, t->k),
		.max = an_doubles(work, t->k),
		.between = an_alloc(work, t->k, sizeof(*s.between)),
	};
	return s;
}

/*
 * The first pass over the whole table; where values are missing, again over
 * what the rule leaves. AN_NOT_FINITE for an infinity.
 */
static enum an_status take(struct an_scratch *work, struct sums *s,
			   enum an_missing missing, struct an_item *item)
{
	const struct an_table *t = &s->t;
	double *x;

	/* Whole, and so small that no square overflows. */
	if (!an_no_infinity(t->x, t->n * t->k))
		return AN_NOT_FINITE;
	if (first_pass(s))
		return AN_OK;
	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < t->k; j++)
			item[j].n_answered -= isnan(an_at(t, i, j)) ? 1 : 0;
	x = an_doubles(work, t->n * t->k);
	s->t.n = apply_missing(t, missing, x);
	s->t.x = x;
	return first_pass(s) || !s->t.n ? AN_OK : AN_NOT_FINITE;
}

struct an_items an_item_analysis(const struct an_table *t,
				 enum an_missing missing,
				 const double *max_score, struct an_item *item)
{
	struct an_items all = { .n_rows = t->n,
				.n_items = t->k,
				.mean_total = NAN,
				.sd_total = NAN,
				.alpha = NAN,
				.status = AN_EMPTY };
	AN_SCRATCH(work);
	struct sums s = sums_new(&work, t);
	double sum_v = 0.0;

	clear_items(t, item);
	if (!t->k || !t->n)
		return all;
	all.status = take(&work, &s, missing, item);
	if (all.status != AN_OK)
		return all;
	all.n_used = s.t.n;
	if (all.n_used < 2) {
		all.status = all.n_used ? AN_TOO_FEW : AN_EMPTY;
		return all;
	}
	for (size_t j = 0; j < t->k; j++)
		s.max[j] = max_score ? max_score[j] : fmax(s.max[j], 1.0);
	second_pass(&work, &s);
	between(&s);
	for (size_t j = 0; j < t->k; j++)
		sum_v += s.var[j];
	all.mean_total = s.mean_total;
	all.sd_total = sqrt(fmax(s.var_total, 0.0));
	fill_items(&s, item);
	extremes(&s, s.max, &all, item);
	all.status = AN_ZERO_VARIANCE;
	if (vanishes(s.var_total, sum_v) || !(s.var_total > 0.0))
		return all;
	all.status = t->k < 2 ? AN_TOO_FEW : AN_OK;
	if (t->k > 1)
		all.alpha = (double)t->k / ((double)t->k - 1.0) *
			    (1.0 - sum_v / s.var_total);
	return all;
}

double an_scale_score(const double *x, size_t k)
{
	AN_SCRATCH(work);
	double *given = an_doubles(&work, k);
	const size_t n = an_compact(x, k, given);

	return 3 * n >= 2 * k ? an_mean(given, n) : (double)NAN;
}
