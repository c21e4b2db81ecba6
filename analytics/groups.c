/*
 * groups.c: ANOVA, Kruskal-Wallis, Welch, Brown-Forsythe, Jonckheere.
 */
#include "analytics/groups.h"

#include "analytics/dist.h"
#include "analytics/groups_data.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>
#include <stdbool.h>

double an_dominance(const double *x, size_t m, const double *y, size_t n)
{
	size_t below = 0, upto = 0;
	double sum = 0.0;

	for (size_t i = 0; i < m; i++) {
		while (below < n && y[below] < x[i])
			below++;
		while (upto < n && y[upto] <= x[i])
			upto++;
		sum += (double)below - (double)(n - upto);
	}
	return sum;
}

enum an_status an_groups_split(struct an_scratch *work, const double *y,
			       const size_t *group, size_t n, size_t k,
			       struct an_split *s)
{
	size_t *at = an_sizes(work, k + 1);

	*s = (struct an_split){ .k = k,
				.from = an_sizes(work, k + 1),
				.y = an_doubles(work, n),
				.origin = 0.0 };
	for (size_t i = 0; i < n; i++) {
		if (an_too_large(y[i]))
			return AN_NOT_FINITE;
		if (group[i] >= k)
			return AN_BAD_INPUT;
		if (isnan(y[i]))
			continue;
		s->from[group[i] + 1]++;
		/* The smallest: no other loses digits by the distance. */
		if (!s->n++ || fabs(y[i]) < fabs(s->origin))
			s->origin = y[i];
	}
	for (size_t j = 0; j < k; j++)
		at[j + 1] = s->from[j + 1] += s->from[j];
	for (size_t i = 0; i < n; i++)
		if (!isnan(y[i]))
			s->y[at[group[i]]++] = y[i] - s->origin;
	for (size_t j = 0; j < k; j++)
		an_sort(s->y + s->from[j], s->from[j + 1] - s->from[j]);
	return AN_OK;
}

static size_t size_of(const struct an_split *s, size_t j)
{
	return s->from[j + 1] - s->from[j];
}

static struct an_f_test f_test(double f, double df1, double df2)
{
	const struct an_f_test t = { f, df1, df2, an_f_upper(f, df1, df2) };

	return t;
}

static const struct an_f_test no_test = { NAN, NAN, NAN, NAN };

/* Between and within sums of squares of a split; how many groups are there. */
static struct an_anova anova_of(const struct an_split *s)
{
	struct an_anova o = { no_test, NAN, NAN, NAN, NAN, AN_TOO_FEW };
	const double grand = an_mean(s->y, s->n);
	double groups = 0.0, n = (double)s->n;

	o.ss_between = o.ss_within = 0.0;
	for (size_t j = 0; j < s->k; j++) {
		const double *y = s->y + s->from[j];
		const double m = an_mean(y, size_of(s, j));

		if (!size_of(s, j))
			continue;
		groups += 1.0;
		o.ss_between +=
			(double)size_of(s, j) * (m - grand) * (m - grand);
		o.ss_within += fmax(an_ss(y, size_of(s, j), m), 0.0);
	}
	if (groups < 2.0 || n <= groups)
		return o;
	o.residual_sd = sqrt(o.ss_within / (n - groups));
	o.test.df1 = groups - 1.0;
	o.test.df2 = n - groups;
	o.status = AN_ZERO_VARIANCE;
	if (!(o.ss_between + o.ss_within > 0.0))
		return o;
	o.r2 = o.ss_between / (o.ss_between + o.ss_within);
	if (!(o.ss_within > 0.0))
		return o;
	o.status = AN_OK;
	o.test = f_test(o.ss_between / o.test.df1 / (o.ss_within / o.test.df2),
			o.test.df1, o.test.df2);
	return o;
}

struct an_anova an_anova(const double *y, const size_t *group, size_t n,
			 size_t k)
{
	struct an_anova o = { no_test, NAN, NAN, NAN, NAN, AN_OK };
	AN_SCRATCH(work);
	struct an_split s;

	o.status = an_groups_split(&work, y, group, n, k, &s);
	if (o.status == AN_OK)
		o = anova_of(&s);
	return o;
}

static void kruskal(struct an_groups *o, const struct an_split *s,
		    const double *rank, double ties, struct an_group *group)
{
	const double n = (double)s->n, k = (double)s->k;
	double sum = 0.0;

	for (size_t j = 0; j < s->k; j++) {
		const double m = an_mean(rank + s->from[j], size_of(s, j));

		group[j].mean_rank = m;
		/* Centred, to keep the digits of large tables. */
		sum += (double)size_of(s, j) * (m - 0.5 * (n + 1.0)) *
		       (m - 0.5 * (n + 1.0));
	}
	o->h = 12.0 / (n * (n + 1.0)) * sum / (1.0 - ties / (n * n * n - n));
	o->h_df = k - 1.0;
	o->h_p = an_chi2_upper(o->h, o->h_df);
	o->epsilon2 = an_within_1(o->h / (n - 1.0));
	if (n > k)
		o->eta2_h = (o->h - k + 1.0) / (n - k);
}

static struct an_f_test welch(const struct an_split *s,
			      const struct an_group *g)
{
	const double k = (double)s->k;
	const struct an_f_test none = { NAN, k - 1.0, NAN, NAN };
	double all = 0.0, mean = 0.0, a = 0.0, b = 0.0;

	for (size_t j = 0; j < s->k; j++) {
		const double w = (double)g[j].n / (g[j].sd * g[j].sd);

		if (!(g[j].n > 1 && g[j].sd > 0.0))
			return none;
		all += w;
		mean += w * (g[j].mean - s->origin);
	}
	mean /= all;
	for (size_t j = 0; j < s->k; j++) {
		const double w = (double)g[j].n / (g[j].sd * g[j].sd);
		const double d = g[j].mean - s->origin - mean;

		a += w * d * d / (k - 1.0);
		b += (1.0 - w / all) * (1.0 - w / all) / ((double)g[j].n - 1.0);
	}
	return f_test(a / (1.0 + 2.0 * (k - 2.0) * b / (k * k - 1.0)), k - 1.0,
		      (k * k - 1.0) / (3.0 * b));
}

/* ANOVA of the distances from each group's median. */
static struct an_f_test brown_forsythe(const struct an_split *s)
{
	AN_SCRATCH(work);
	struct an_split d = *s;

	d.y = an_doubles(&work, s->n);
	for (size_t j = 0; j < s->k; j++) {
		const double *y = s->y + s->from[j];
		const double m = an_median_sorted(y, size_of(s, j));

		for (size_t i = s->from[j]; i < s->from[j + 1]; i++)
			d.y[i] = fabs(s->y[i] - m);
	}
	return anova_of(&d).test;
}

static void jonckheere(struct an_groups *o, const struct an_split *s)
{
	const double n = (double)s->n;
	double mu = n * n, v = n * (n - 1.0) * (2.0 * n + 5.0);
	double g2 = 0.0, g3 = 0.0, t2 = 0.0, t3 = 0.0;
	AN_SCRATCH(work);
	double *all = an_doubles(&work, s->n);

	o->jt = 0.0;
	for (size_t j = 0; j < s->k; j++) {
		const double m = (double)size_of(s, j);

		mu -= m * m;
		v -= m * (m - 1.0) * (2.0 * m + 5.0);
		g2 += m * (m - 1.0);
		g3 += m * (m - 1.0) * (m - 2.0);
		for (size_t i = 0; i < j; i++)
			o->jt += 0.5 *
				 (an_dominance(s->y + s->from[j], size_of(s, j),
					       s->y + s->from[i],
					       size_of(s, i)) +
				  m * (double)size_of(s, i));
	}
	for (size_t i = 0; i < s->n; i++)
		all[i] = s->y[i];
	an_sort(all, s->n);
	for (size_t i = 0, j; i < s->n; i = j) {
		double t;

		for (j = i + 1; j < s->n && all[j] == all[i]; j++)
			;
		t = (double)(j - i);
		v -= t * (t - 1.0) * (2.0 * t + 5.0);
		t2 += t * (t - 1.0);
		t3 += t * (t - 1.0) * (t - 2.0);
	}
	v = v / 72.0 + g2 * t2 / (8.0 * n * (n - 1.0));
	if (s->n > 2)
		v += g3 * t3 / (36.0 * n * (n - 1.0) * (n - 2.0));
	o->jt_z = (o->jt - 0.25 * mu) / sqrt(v);
	o->jt_p = an_normal_p2(o->jt_z);
	o->jt_p_up = an_normal_cdf(-o->jt_z);
}

static void effect_of_anova(struct an_groups *o)
{
	const struct an_anova *a = &o->anova;
	const double n = (double)o->n;

	if (a->status != AN_OK)
		return;
	o->omega2 = (a->ss_between - a->test.df1 * a->ss_within / a->test.df2) /
		    (a->ss_between + a->ss_within + a->ss_within / a->test.df2);
	an_ncf_interval(a->test.f, a->test.df1, a->test.df2, 0.9, &o->eta2_lo90,
			&o->eta2_hi90);
	o->eta2_lo90 /= o->eta2_lo90 + n;
	o->eta2_hi90 /= o->eta2_hi90 + n;
}

static void describe(const struct an_split *s, struct an_group *g)
{
	for (size_t j = 0; j < s->k; j++) {
		const double *y = s->y + s->from[j];

		g[j].n = size_of(s, j);
		g[j].mean = s->origin + an_mean(y, g[j].n);
		g[j].sd = sqrt(an_variance(y, g[j].n));
		g[j].median = s->origin + an_median_sorted(y, g[j].n);
		g[j].mean_rank = NAN;
	}
}

struct an_groups an_compare_groups(const double *y, const size_t *group,
				   size_t n, size_t k,
				   struct an_group *out_group,
				   struct an_group_pair *pair)
{
	struct an_groups o = { .h = NAN,
			       .h_df = NAN,
			       .h_p = NAN,
			       .epsilon2 = NAN,
			       .epsilon2_lo90 = NAN,
			       .epsilon2_hi90 = NAN,
			       .eta2_h = NAN,
			       .anova = { no_test, NAN, NAN, NAN, NAN,
					  AN_TOO_FEW },
			       .omega2 = NAN,
			       .eta2_lo90 = NAN,
			       .eta2_hi90 = NAN,
			       .welch = no_test,
			       .levene = no_test,
			       .jt = NAN,
			       .jt_z = NAN,
			       .jt_p = NAN,
			       .jt_p_up = NAN,
			       .trend_r = NAN,
			       .trend_lo95 = NAN,
			       .trend_hi95 = NAN };
	AN_SCRATCH(work);
	double *rank = an_doubles(&work, n), ties;
	struct an_split s;

	o.status = an_groups_split(&work, y, group, n, k, &s);
	if (o.status != AN_OK)
		return o;
	o.n = s.n;
	o.missing = n - s.n;
	describe(&s, out_group);
	ties = an_midranks(s.y, s.n, rank);
	o.status = k < 2 ? AN_TOO_FEW : s.n ? AN_OK : AN_EMPTY;
	for (size_t j = 0; j < k; j++)
		if (!out_group[j].n && o.status == AN_OK)
			o.status = AN_TOO_FEW;
	an_group_pairs(&s, out_group, rank, ties, pair);
	if (o.status != AN_OK)
		return o;
	o.anova = anova_of(&s);
	o.status = AN_ZERO_VARIANCE;
	if (!(o.anova.ss_between + o.anova.ss_within > 0.0))
		return o;
	o.status = AN_OK;
	kruskal(&o, &s, rank, ties, out_group);
	effect_of_anova(&o);
	o.welch = welch(&s, out_group);
	o.levene = brown_forsythe(&s);
	jonckheere(&o, &s);
	an_groups_effects(&o, &s);
	return o;
}
