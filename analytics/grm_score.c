/*
 * grm_score.c: abilities from ratings.
 */
#include "analytics/grm.h"
#include "analytics/irt_data.h"

#include <math.h>

/* One person's codes. */
struct answers {
	const unsigned char *code;
	const struct an_grm *g;
};

/* P(X >= c) of an item at theta; 1 for c = 0, 0 beyond the last. */
static double cumulative(const struct an_grm_item *o, size_t c, double theta)
{
	if (!c || c >= o->ncat)
		return c ? 0.0 : 1.0;
	return an_logistic(o->a * theta + o->d[c - 1]);
}

/* Probability of category c and its first two derivatives. */
static void category(const struct an_grm_item *o, size_t c, double theta,
		     double p[3])
{
	const double u = cumulative(o, c, theta), a = o->a;
	const double v = cumulative(o, c + 1, theta);
	const double du = u * (1.0 - u), dv = v * (1.0 - v);

	p[0] = u - v;
	p[1] = a * (du - dv);
	p[2] = a * a * (du * (1.0 - 2.0 * u) - dv * (1.0 - 2.0 * v));
}

/* Warm's equation; information in *info unless NULL. */
static double warm_info(double theta, const struct answers *s, double *info)
{
	double slope = 0.0, sum = 0.0, skew = 0.0, p[3];

	for (size_t j = 0; j < s->g->k; j++) {
		const struct an_grm_item *o = &s->g->item[j];

		if (s->code[j] == AN_NOT_SHOWN)
			continue;
		category(o, s->code[j], theta, p);
		slope += p[1] / fmax(p[0], 1e-300);
		for (size_t c = 0; c < o->ncat; c++) {
			category(o, c, theta, p);
			sum += p[1] * p[1] / fmax(p[0], 1e-300);
			skew += p[1] * p[2] / fmax(p[0], 1e-300);
		}
	}
	if (info)
		*info = sum;
	return slope + skew / (2.0 * sum);
}

static double warm(double theta, const void *data)
{
	return warm_info(theta, data, NULL);
}

/* Of the roots where the equation falls through 0, the one nearest 0. */
static double wle(const struct answers *s)
{
	double best = NAN, before = warm(-6.0, s);

	for (int i = -23; i <= 24; i++) {
		const double x = 0.25 * i, now = warm(x, s);

		if (before > 0.0 && now <= 0.0 &&
		    !(fabs(x - 0.25) >= fabs(best)))
			best = x - 0.25;
		before = now;
	}
	if (isnan(best)) /* beyond the usual range */
		return an_root(warm, s, -15.0, 15.0);
	return an_root(warm, s, best, best + 0.25);
}

static void posterior(const struct answers *s, const struct an_rule *rule,
		      double *l, struct an_ability *o)
{
	double p[3];

	for (size_t q = 0; q < rule->n; q++) {
		l[q] = rule->log_weight[q];
		for (size_t j = 0; j < s->g->k; j++) {
			if (s->code[j] == AN_NOT_SHOWN)
				continue;
			category(&s->g->item[j], s->code[j], rule->node[q], p);
			l[q] += log(fmax(p[0], 1e-300));
		}
	}
	an_posterior_ability(rule, l, o);
}

/* Codes of row i; how many answers there are. */
static size_t encode(const struct an_table *t, size_t i, const struct an_grm *g,
		     unsigned char *code)
{
	size_t n = 0;

	for (size_t j = 0; j < t->k; j++) {
		code[j] = an_grm_code(&g->item[j], an_at(t, i, j));
		n += code[j] == AN_NOT_SHOWN ? 0 : 1;
	}
	return n;
}

void an_grm_score(const struct an_table *t, const struct an_grm *g,
		  const struct an_irt_options *options, struct an_ability *out)
{
	AN_SCRATCH(work);
	unsigned char *code = an_alloc(&work, g->k, 1);
	const struct answers s = { code, g };
	struct an_rule rule;
	const bool good = g->fit.npar && t->k == g->k &&
			  an_rule(&work, options, true, &rule) == AN_OK;
	double *l = good ? an_doubles(&work, rule.n) : NULL;

	for (size_t i = 0; i < t->n; i++) {
		double info;

		out[i] = (struct an_ability){ NAN, NAN, NAN, NAN };
		an_tell(options->progress, "scores", i + 1, t->n);
		if (!good || !encode(t, i, g, code))
			continue;
		posterior(&s, &rule, l, &out[i]);
		out[i].wle = wle(&s);
		if (isnan(out[i].wle))
			continue;
		warm_info(out[i].wle, &s, &info);
		out[i].wle_se = 1.0 / sqrt(info);
	}
}
