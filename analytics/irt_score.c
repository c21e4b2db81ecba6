/*
 * irt_score.c: abilities from fixed right-or-wrong items.
 */
#include "analytics/irt_data.h"

#include <math.h>

/* The items somebody answered. */
struct answers {
	const double *row; /* 0, 1, NAN */
	const struct an_irt_item *item;
	size_t k;
};

double an_irt_information(const struct an_irt_item *item, double theta)
{
	const double p = an_logistic(item->a * theta + item->d);

	return item->a * item->a * p * (1.0 - p);
}

/* Warm's equation, l' + J/(2 I), times 2 I to stay tame far out. */
static double warm(double theta, const void *data)
{
	const struct answers *s = data;
	double slope = 0.0, info = 0.0, skew = 0.0;

	for (size_t j = 0; j < s->k; j++) {
		const double a = s->item[j].a;
		const double p = an_logistic(a * theta + s->item[j].d);

		if (isnan(s->row[j]))
			continue;
		slope += a * (s->row[j] - p);
		info += a * a * p * (1.0 - p);
		skew += a * a * a * p * (1.0 - p) * (1.0 - 2.0 * p);
	}
	return slope + skew / (2.0 * info);
}

static double information(const struct answers *s, double theta)
{
	double sum = 0.0;

	for (size_t j = 0; j < s->k; j++)
		if (!isnan(s->row[j]))
			sum += an_irt_information(&s->item[j], theta);
	return sum;
}

/*
 * What does not depend on the person: log P(wrong) at the nodes of every item,
 * and their sum with the log weights. A person's likelihood at theta is that
 * of all answers wrong, times exp(theta sum of a + sum of d) over the right
 * ones.
 */
struct curves {
	struct an_rule rule;
	double *log_p0, *base, *post; /* k by nodes; nodes; nodes */
};

static void curves_new(struct an_scratch *work, const struct an_irt_item *item,
		       size_t k, struct curves *c)
{
	const size_t n = c->rule.n;

	c->log_p0 = an_doubles(work, k * n);
	c->base = an_doubles(work, n);
	c->post = an_doubles(work, n);
	for (size_t q = 0; q < n; q++)
		c->base[q] = c->rule.log_weight[q];
	for (size_t j = 0; j < k; j++)
		for (size_t q = 0; q < n; q++) {
			const double eta =
				item[j].a * c->rule.node[q] + item[j].d;

			c->log_p0[j * n + q] = -an_log1pexp(eta);
			c->base[q] += c->log_p0[j * n + q];
		}
}

static void posterior(const struct answers *s, const struct curves *c,
		      struct an_ability *o)
{
	const size_t n = c->rule.n;
	double slope = 0.0;

	for (size_t q = 0; q < n; q++)
		c->post[q] = c->base[q];
	for (size_t j = 0; j < s->k; j++) {
		if (s->row[j] > 0.0)
			slope += s->item[j].a;
		for (size_t q = 0; isnan(s->row[j]) && q < n; q++)
			c->post[q] -= c->log_p0[j * n + q];
	}
	/* The sum of d is the same everywhere. */
	for (size_t q = 0; q < n; q++)
		c->post[q] += slope * c->rule.node[q];
	an_posterior_ability(&c->rule, c->post, o);
}

/* Something to score: at least one answer, and only 0 and 1. */
static bool scorable(const double *row, size_t k)
{
	size_t n = 0;

	for (size_t j = 0; j < k; j++) {
		if (isnan(row[j]))
			continue;
		if (row[j] != 0.0 && row[j] != 1.0)
			return false;
		n++;
	}
	return n > 0;
}

void an_irt_score(const struct an_table *t, const struct an_irt_item *item,
		  const struct an_irt_options *options, struct an_ability *out)
{
	AN_SCRATCH(work);
	struct curves curves;
	const enum an_status good = an_rule(&work, options, true, &curves.rule);

	if (good == AN_OK)
		curves_new(&work, item, t->k, &curves);
	for (size_t i = 0; i < t->n; i++) {
		const struct answers s = { t->x + i * t->k, item, t->k };

		out[i] = (struct an_ability){ NAN, NAN, NAN, NAN };
		an_tell(options->progress, "scores", i + 1, t->n);
		if (good != AN_OK || !scorable(s.row, s.k))
			continue;
		posterior(&s, &curves, &out[i]);
		out[i].wle = an_root(warm, &s, -20.0, 20.0);
		if (!isnan(out[i].wle))
			out[i].wle_se = 1.0 / sqrt(information(&s, out[i].wle));
	}
}

double an_eap_reliability(const struct an_ability *score, size_t n)
{
	AN_SCRATCH(work);
	double *eap = an_doubles(&work, n), psd2 = 0.0, v;
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (!isnan(score[i].eap)) {
			eap[m++] = score[i].eap;
			psd2 += score[i].psd * score[i].psd;
		}
	v = an_variance(eap, m);
	return v / (v + psd2 / (double)m);
}
