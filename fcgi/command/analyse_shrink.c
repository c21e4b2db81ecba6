/*
 * analyse_shrink.c: departments of which a mean or a count is known.
 */
#include "command/analyse.h"

#include <math.h>
#include <string.h>

#define SH(key, member) FIELD_AS(struct an_shrunk, key, member)

/* Option scale, as far as option prior ("half-Cauchy ..") says to use it. */
static double prior_scale(struct analysis *a)
{
	const char *prior = analyse_word(a, "prior", "");
	const double scale = analyse_number(a, "scale", 0.0);

	if (!strncasecmp(prior, "uniform", 7))
		return 0.0;
	if (strstr(prior, "auchy") && !(scale > 0.0))
		analyse_refuse(a, "a half-Cauchy prior needs option scale, "
				  "above 0");
	return scale;
}

static bool shrink_bayes(struct analysis *a)
{
	static const struct field fields[] = {
		SH("shrunk", value), SH("post_sd", se),    SH("lo95", lo),
		SH("hi95", hi),      SH("weight", weight), { .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	const double *y = s ? analyse_numbers(a, s, "y") : NULL;
	const double *se = y ? analyse_numbers(a, s, "se") : NULL;
	const double scale = prior_scale(a);
	struct an_shrunk *out;
	struct an_shrink o;

	if (!se || a->problem || !analyse_at_most(a, "groups", s->rows, 500))
		return false;
	out = ARENA_ARRAY(a->arena, struct an_shrunk, s->rows);
	o = an_shrink_bayes(y, se, s->rows, scale, out);
	if (o.status == AN_BAD_INPUT)
		return REFUSE(a, "needs a mean and a positive se of "
				 "every group, and scale >= 0");
	model_real(a->result, "mu_mean", o.mu_mean);
	model_real(a->result, "mu_sd", o.mu_sd);
	model_real(a->result, "tau_mean", o.tau_mean);
	model_real(a->result, "tau_median", o.tau_median);
	analyse_columns(a->result, fields, out, s->rows, sizeof(*out));
	analyse_status(a->result, o.status);
	return true;
}

#define B(member) FIELD(struct an_beta, member)

static bool shrink_shares(struct analysis *a)
{
	static const struct field fields[] = {
		SH("raw", raw), SH("shrunk", value), SH("lo95", lo),
		SH("hi95", hi), { .key = NULL },
	};
	static const struct field whole[] = {
		B(alpha), B(beta),   B(mean),         B(precision),
		B(rho),   B(loglik), { .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	const double *x = s ? analyse_numbers(a, s, "x") : NULL;
	const double *n = x ? analyse_numbers(a, s, "n") : NULL;
	struct an_shrunk *out;
	struct an_beta o;
	size_t *hit, *all;

	if (!n || !analyse_at_most(a, "groups", s->rows, 500))
		return false;
	hit = ARENA_ARRAY(a->arena, size_t, s->rows);
	all = ARENA_ARRAY(a->arena, size_t, s->rows);
	out = ARENA_ARRAY(a->arena, struct an_shrunk, s->rows);
	for (size_t i = 0; i < s->rows; i++) {
		if (!(x[i] >= 0.0 && n[i] >= x[i] && n[i] < 1e15) ||
		    x[i] != floor(x[i]) || n[i] != floor(n[i]))
			return REFUSE(a, "needs whole numbers, x <= n");
		hit[i] = (size_t)x[i];
		all[i] = (size_t)n[i];
	}
	o = an_shrink_shares(hit, all, s->rows, out);
	analyse_record(a->result, whole, &o);
	analyse_columns(a->result, fields, out, s->rows, sizeof(*out));
	analyse_status(a->result, o.status);
	return true;
}

const struct method analyse_shrink_methods[] = {
	{ "shrink_bayes", "data.csv: group,y,se",
	  "department means, spread integrated out", shrink_bayes },
	{ "shrink_betabinomial", "data.csv: group,x,n",
	  "department shares, beta-binomial", shrink_shares },
	{ .name = NULL },
};
