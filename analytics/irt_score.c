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

static void posterior(const struct answers *s, const struct an_rule *rule,
		      double *l, struct an_ability *o)
{
	for (size_t q = 0; q < rule->n; q++) {
		l[q] = rule->log_weight[q];
		for (size_t j = 0; j < s->k; j++) {
			const double eta =
				s->item[j].a * rule->node[q] + s->item[j].d;

			if (!isnan(s->row[j]))
				l[q] -= an_log1pexp(s->row[j] > 0.0 ? -eta
								    : eta);
		}
	}
	an_posterior_ability(rule, l, o);
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
	struct an_rule rule;
	const enum an_status good = an_rule(&work, options, true, &rule);
	double *l = good == AN_OK ? an_doubles(&work, rule.n) : NULL;

	for (size_t i = 0; i < t->n; i++) {
		const struct answers s = { t->x + i * t->k, item, t->k };

		out[i] = (struct an_ability){ NAN, NAN, NAN, NAN };
		an_tell(options->progress, "scores", i + 1, t->n);
		if (good != AN_OK || !scorable(s.row, s.k))
			continue;
		posterior(&s, &rule, l, &out[i]);
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
