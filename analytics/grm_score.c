/*
 * grm_score.c: abilities from ratings.
 */
#include "analytics/grm.h"
#include "analytics/irt_data.h"

#include <math.h>
#include <string.h>

/* One person's codes. */
struct answers {
	const unsigned char *code;
	const struct an_grm *g;
};

/* One category: its probability and the first two derivatives. */
struct category {
	double p, d1, d2;
};

/* All categories of an item at theta. */
static void categories(const struct an_grm_item *o, double theta,
		       struct category *out)
{
	const double a = o->a;
	double u = 1.0, du = 0.0, d2u = 0.0;

	for (size_t c = 0; c < o->ncat; c++) {
		const bool last = c + 1 == o->ncat;
		const double v = last ? 0.0 : an_logistic(a * theta + o->d[c]);
		const double dv = v * (1.0 - v), d2v = dv * (1.0 - 2.0 * v);

		out[c].p = fmax(u - v, 1e-300);
		out[c].d1 = a * (du - dv);
		out[c].d2 = a * a * (d2u - d2v);
		u = v;
		du = dv;
		d2u = d2v;
	}
}

/* What an item gives to Warm's equation, whichever answer it got. */
static void expected(const struct category *c, size_t n, double *info,
		     double *skew)
{
	*info = *skew = 0.0;
	for (size_t i = 0; i < n; i++) {
		*info += c[i].d1 * c[i].d1 / c[i].p;
		*skew += c[i].d1 * c[i].d2 / c[i].p;
	}
}

/* Warm's equation; information in *info unless NULL. */
static double warm_info(double theta, const struct answers *s, double *info)
{
	double slope = 0.0, sum = 0.0, skew = 0.0;
	struct category c[AN_GRM_CATEGORIES];

	for (size_t j = 0; j < s->g->k; j++) {
		const struct an_grm_item *o = &s->g->item[j];
		double one, two;

		if (s->code[j] == AN_NOT_SHOWN)
			continue;
		categories(o, theta, c);
		slope += c[s->code[j]].d1 / c[s->code[j]].p;
		expected(c, o->ncat, &one, &two);
		sum += one;
		skew += two;
	}
	if (info)
		*info = sum;
	return slope + skew / (2.0 * sum);
}

static double warm(double theta, const void *data)
{
	return warm_info(theta, data, NULL);
}

/*
 * What does not depend on the person. At the nodes of the rule: log P of every
 * category. At STEPS + 1 places between -REACH and REACH, where the root is
 * looked for first: the slope of every category, and of every item information
 * and skew.
 */
#define REACH 6.0
#define STEPS 48

struct curves {
	struct an_rule rule;
	size_t *at;           /* k: the first category of item j */
	double *log_p, *post; /* categories by nodes; nodes */
	double *slope;        /* categories by places */
	double *info, *skew;  /* k by places */
};

static double place(size_t i)
{
	return -REACH + 2.0 * REACH / STEPS * (double)i;
}

static void curves_new(struct an_scratch *work, const struct an_grm *g,
		       struct curves *c)
{
	const size_t q = c->rule.n, w = STEPS + 1;
	struct category cat[AN_GRM_CATEGORIES];
	size_t all = 0;

	c->at = an_sizes(work, g->k);
	for (size_t j = 0; j < g->k; j++) {
		c->at[j] = all;
		all += g->item[j].ncat;
	}
	c->log_p = an_doubles(work, all * q);
	c->post = an_doubles(work, q);
	c->slope = an_doubles(work, all * w);
	c->info = an_doubles(work, g->k * w);
	c->skew = an_doubles(work, g->k * w);
	for (size_t j = 0; j < g->k; j++) {
		const struct an_grm_item *o = &g->item[j];

		for (size_t i = 0; i < q; i++) {
			categories(o, c->rule.node[i], cat);
			for (size_t x = 0; x < o->ncat; x++)
				c->log_p[(c->at[j] + x) * q + i] =
					log(cat[x].p);
		}
		for (size_t i = 0; i < w; i++) {
			categories(o, place(i), cat);
			for (size_t x = 0; x < o->ncat; x++)
				c->slope[(c->at[j] + x) * w + i] =
					cat[x].d1 / cat[x].p;
			expected(cat, o->ncat, &c->info[j * w + i],
				 &c->skew[j * w + i]);
		}
	}
}

/* to += from */
static void add(double *restrict to, const double *restrict from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] += from[i];
}

/* Of the roots where the equation falls through 0, the one nearest 0. */
static double wle(const struct answers *s, const struct curves *c)
{
	enum { W = STEPS + 1 };
	double slope[W] = { 0 }, info[W] = { 0 }, skew[W] = { 0 };
	double best = NAN, step = 2.0 * REACH / STEPS;

	for (size_t j = 0; j < s->g->k; j++) {
		if (s->code[j] == AN_NOT_SHOWN)
			continue;
		add(slope, c->slope + (c->at[j] + s->code[j]) * W, W);
		add(info, c->info + j * W, W);
		add(skew, c->skew + j * W, W);
	}
	for (size_t i = 0; i < W; i++)
		slope[i] += skew[i] / (2.0 * info[i]);
	for (size_t i = 1; i < W; i++)
		if (slope[i - 1] > 0.0 && slope[i] <= 0.0 &&
		    !(fabs(place(i - 1)) >= fabs(best)))
			best = place(i - 1);
	if (isnan(best)) /* beyond the usual range */
		return an_root(warm, s, -15.0, 15.0);
	return an_root(warm, s, best, best + step);
}

static void posterior(const struct answers *s, const struct curves *c,
		      struct an_ability *o)
{
	const size_t q = c->rule.n;

	memcpy(c->post, c->rule.log_weight, q * sizeof(double));
	for (size_t j = 0; j < s->g->k; j++)
		if (s->code[j] != AN_NOT_SHOWN)
			add(c->post, c->log_p + (c->at[j] + s->code[j]) * q, q);
	an_posterior_ability(&c->rule, c->post, o);
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
	struct curves curves;
	const bool good = g->fit.npar && t->k == g->k &&
			  an_rule(&work, options, true, &curves.rule) == AN_OK;

	if (good)
		curves_new(&work, g, &curves);
	for (size_t i = 0; i < t->n; i++) {
		double info;

		out[i] = (struct an_ability){ NAN, NAN, NAN, NAN };
		an_tell(options->progress, "scores", i + 1, t->n);
		if (!good || !encode(t, i, g, code))
			continue;
		posterior(&s, &curves, &out[i]);
		out[i].wle = wle(&s, &curves);
		if (isnan(out[i].wle))
			continue;
		warm_info(out[i].wle, &s, &info);
		out[i].wle_se = 1.0 / sqrt(info);
	}
}
