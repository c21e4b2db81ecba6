/*
 * mcnemar.c: exact test and intervals for matched yes-or-no answers.
 */
#include "analytics/mcnemar.h"

#include "analytics/adjust.h"
#include "analytics/dist.h"
#include "analytics/memory.h"

#include <math.h>

static void p_values(struct an_mcnemar *o)
{
	const double m = (double)(o->b + o->c);
	const double k = (double)(o->b < o->c ? o->b : o->c);
	double tail;

	o->p_exact = o->p_mid = 1.0;
	if (o->b == o->c)
		return;
	tail = an_binomial_cdf(k, m, 0.5);
	o->p_exact = fmin(1.0, 2.0 * tail);
	o->p_mid = fmin(1.0, 2.0 * tail - an_binomial_pmf(k, m, 0.5));
}

static void intervals(struct an_mcnemar *o, double level)
{
	const double tail = 0.5 - 0.5 * level,
		     z = an_normal_quantile(1.0 - tail);
	const double n = (double)o->n, b = (double)o->b, c = (double)o->c;
	const double p = (b + 1.0) / (n + 2.0), q = (c + 1.0) / (n + 2.0);
	const double half = z * sqrt((p + q - (p - q) * (p - q)) / (n + 2.0));

	o->diff_adj = p - q;
	o->diff_lo = fmax(-1.0, p - q - half);
	o->diff_hi = fmin(1.0, p - q + half);
	if (!o->b && !o->c)
		return;
	if (o->c)
		o->odds_ratio = b / c;
	/* p/(1-p) of a beta quantile, from whichever side keeps its digits */
	o->or_lo = 0.0;
	if (o->b) {
		const double low = an_beta_quantile(tail, b, c + 1.0);

		o->or_lo = low / (1.0 - low);
	}
	if (o->c) {
		const double high = an_beta_quantile(1.0 - tail, b + 1.0, c);

		o->or_hi = high / (1.0 - high);
	}
	o->cohen_g = b / (b + c) - 0.5;
}

struct an_mcnemar an_mcnemar(size_t n11, size_t b, size_t c, size_t n00)
{
	return an_mcnemar_level(n11, b, c, n00, 0.95);
}

struct an_mcnemar an_mcnemar_level(size_t n11, size_t b, size_t c, size_t n00,
				   double level)
{
	struct an_mcnemar o = { .n = n11 + b + c + n00,
				.b = b,
				.c = c,
				.p_pre = NAN,
				.p_post = NAN,
				.diff = NAN,
				.p_exact = NAN,
				.p_mid = NAN,
				.diff_adj = NAN,
				.diff_lo = NAN,
				.diff_hi = NAN,
				.odds_ratio = NAN,
				.or_lo = NAN,
				.or_hi = NAN,
				.cohen_g = NAN,
				.item_gain = NAN,
				.p_holm = NAN,
				.p_bh = NAN,
				.status = AN_EMPTY };
	const double n = (double)o.n;

	p_values(&o);
	intervals(&o, level);
	if (!o.n)
		return o;
	o.status = b + c ? AN_OK : AN_ZERO_VARIANCE;
	o.p_pre = (double)(n11 + c) / n;
	o.p_post = (double)(n11 + b) / n;
	o.diff = ((double)b - (double)c) / n;
	if (n11 + c < o.n)
		o.item_gain = (o.p_post - o.p_pre) / (1.0 - o.p_pre);
	return o;
}

/* The counts of one item; false if an answer is neither 0, 1 nor missing. */
static bool count(const struct an_table *pre, const struct an_table *post,
		  size_t j, struct an_mcnemar *out)
{
	size_t cell[4] = { 0 }, missing = 0;

	for (size_t i = 0; i < pre->n; i++) {
		const double x = an_at(pre, i, j), y = an_at(post, i, j);

		if (isnan(x) || isnan(y)) {
			missing++;
			continue;
		}
		if ((x != 0.0 && x != 1.0) || (y != 0.0 && y != 1.0))
			return false;
		cell[(x > 0.0 ? 2 : 0) + (y > 0.0 ? 1 : 0)]++;
	}
	*out = an_mcnemar(cell[3], cell[1], cell[2], cell[0]);
	out->missing = missing;
	return true;
}

enum an_status an_mcnemar_items(const struct an_table *pre,
				const struct an_table *post,
				struct an_mcnemar *out)
{
	AN_SCRATCH(work);
	double *p = an_doubles(&work, pre->k);
	double *adjusted = an_doubles(&work, pre->k);

	if (pre->n != post->n || pre->k != post->k)
		return AN_BAD_INPUT;
	for (size_t j = 0; j < pre->k; j++) {
		if (!count(pre, post, j, &out[j]))
			return AN_BAD_INPUT;
		p[j] = out[j].p_exact;
	}
	an_holm(p, pre->k, adjusted);
	for (size_t j = 0; j < pre->k; j++)
		out[j].p_holm = adjusted[j];
	an_benjamini_hochberg(p, pre->k, adjusted);
	for (size_t j = 0; j < pre->k; j++)
		out[j].p_bh = adjusted[j];
	return pre->n ? AN_OK : AN_EMPTY;
}
