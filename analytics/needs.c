/*
 * needs.c: Borich, ranked discrepancy, need rate.
 */
#include "analytics/needs.h"

#include "analytics/adjust.h"
#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/paired.h"

#include <math.h>
#include <stdbool.h>

double an_mwds(const double *importance, const double *proficiency, size_t n)
{
	double sum_i = 0.0, sum_p = 0.0;
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(importance[i]) && !isnan(proficiency[i])) {
			sum_i += importance[i];
			sum_p += proficiency[i];
			m++;
		}
	sum_i /= (double)m;
	return m ? sum_i * (sum_i - sum_p / (double)m) : NAN;
}

/* Jackknife standard error of mwds and its t limits. */
static void jackknife(struct an_need *o, const double *imp, const double *pro)
{
	AN_SCRATCH(work);
	double *left = an_doubles(&work, o->n), sum_i = 0.0, sum_p = 0.0, half;
	const double m = (double)o->n;

	for (size_t i = 0; i < o->n; i++) {
		sum_i += imp[i];
		sum_p += pro[i];
	}
	for (size_t i = 0; i < o->n; i++) {
		const double a = (sum_i - imp[i]) / (m - 1.0);

		left[i] = a * (a - (sum_p - pro[i]) / (m - 1.0));
	}
	o->mwds_se = sqrt((m - 1.0) / m *
			  fmax(an_ss(left, o->n, an_mean(left, o->n)), 0.0));
	half = an_t_quantile(0.975, m - 1.0) * o->mwds_se;
	o->mwds_lo = o->mwds - half;
	o->mwds_hi = o->mwds + half;
}

static void counts(struct an_need *o, const double *gap)
{
	double low = 0.0, high = 0.0;
	const double m = (double)o->n;

	for (size_t i = 0; i < o->n; i++) {
		low += gap[i] > 0.0 ? 1.0 : 0.0;
		high += gap[i] < 0.0 ? 1.0 : 0.0;
	}
	o->neg_rank = 100.0 * (low / m);
	o->pos_rank = 100.0 * (high / m);
	o->tie = 100.0 * ((m - low - high) / m);
	o->rds = o->pos_rank - o->neg_rank;
	o->need_rate = low / m;
}

static void test_gap(struct an_need *o, const double *gap)
{
	const struct an_paired_rank test = an_paired_ranks(gap, o->n, 0.95);

	o->p_gap = isnan(test.p_exact) ? test.p_normal : test.p_exact;
	o->rank_biserial = test.rank_biserial;
}

/* One competency from its complete pairs. */
static void one(struct an_need *o, const double *imp, const double *pro,
		bool tested)
{
	AN_SCRATCH(work);
	double *gap = an_doubles(&work, o->n);

	for (size_t i = 0; i < o->n; i++)
		gap[i] = imp[i] - pro[i];
	o->importance = an_mean(imp, o->n);
	o->proficiency = an_mean(pro, o->n);
	o->gap = an_mean(gap, o->n);
	o->mwds = o->importance * o->gap;
	counts(o, gap);
	if (tested)
		test_gap(o, gap);
	o->status = o->n < 2 ? AN_TOO_FEW : AN_OK;
	if (o->status != AN_OK)
		return;
	o->gap_se = sqrt(an_variance(gap, o->n) / (double)o->n);
	jackknife(o, imp, pro);
}

static struct an_need none(void)
{
	const struct an_need o = { .importance = NAN,
				   .proficiency = NAN,
				   .gap = NAN,
				   .gap_se = NAN,
				   .mwds = NAN,
				   .mwds_se = NAN,
				   .mwds_lo = NAN,
				   .mwds_hi = NAN,
				   .neg_rank = NAN,
				   .pos_rank = NAN,
				   .tie = NAN,
				   .rds = NAN,
				   .need_rate = NAN,
				   .p_gap = NAN,
				   .p_gap_holm = NAN,
				   .rank_biserial = NAN,
				   .status = AN_EMPTY };
	return o;
}

static void rank_and_adjust(struct an_need *out, size_t k)
{
	AN_SCRATCH(work);
	double *p = an_doubles(&work, k);

	for (size_t j = 0; j < k; j++)
		p[j] = out[j].p_gap;
	an_holm(p, k, p);
	for (size_t j = 0; j < k; j++) {
		out[j].p_gap_holm = p[j];
		if (isnan(out[j].mwds))
			continue;
		out[j].rank_mwds = out[j].rank_rds = 1;
		for (size_t m = 0; m < k; m++) {
			out[j].rank_mwds += out[m].mwds > out[j].mwds ? 1 : 0;
			out[j].rank_rds += out[m].rds < out[j].rds ? 1 : 0;
		}
	}
}

static enum an_status needs(const struct an_table *importance,
			    const struct an_table *proficiency, bool tested,
			    struct an_need *out)
{
	AN_SCRATCH(work);
	const size_t n = importance->n, k = importance->k;
	double *a = an_doubles(&work, n), *b = an_doubles(&work, n);

	if (proficiency->n != n || proficiency->k != k)
		return AN_BAD_INPUT;
	for (size_t j = 0; j < k; j++)
		out[j] = none();
	if (!an_no_infinity(importance->x, n * k) ||
	    !an_no_infinity(proficiency->x, n * k))
		return AN_NOT_FINITE;
	for (size_t j = 0; j < k; j++) {
		size_t m = 0;

		for (size_t i = 0; i < n; i++) {
			a[m] = an_at(importance, i, j);
			b[m] = an_at(proficiency, i, j);
			m += isnan(a[m]) || isnan(b[m]) ? 0 : 1;
		}
		out[j].n = m;
		out[j].missing = n - m;
		if (m)
			one(&out[j], a, b, tested);
	}
	rank_and_adjust(out, k);
	return n && k ? AN_OK : AN_EMPTY;
}

enum an_status an_needs(const struct an_table *importance,
			const struct an_table *proficiency, struct an_need *out)
{
	return needs(importance, proficiency, true, out);
}

enum an_status an_needs_untested(const struct an_table *importance,
				 const struct an_table *proficiency,
				 struct an_need *out)
{
	return needs(importance, proficiency, false, out);
}
