/*
 * shrink.h: small departments, pulled towards the whole as far as their size
 * deserves. Departments are never ranked on raw means.
 */
#ifndef ANALYTICS_SHRINK_H
#define ANALYTICS_SHRINK_H

#include "analytics/status.h"

/* One department. */
struct an_shrunk {
	size_t n;
	double raw;     /* its own mean or share */
	double value;   /* shrunken */
	double lo, hi;  /* 95 % interval of the true value */
	double se;      /* standard deviation of the true value around value */
	double weight;  /* lambda: how far its own data count, 0..1 */
	double blup;    /* value minus the overall mean (REML only) */
	double cond_sd; /* sd of the deviation given mu (REML only) */
};

/*
 * Random-effects model y_ij = mu + b_j + e_ij by REML.
 *
 * mu, se_mu, sigma2, tau2   overall mean, within and between variance
 * icc                       tau2/(tau2 + sigma2)
 * deviance                  REML criterion (as R lme4)
 *
 * The intervals are too short when tau2 is estimated as 0; display the
 * an_shrink_bayes version and use this one for the ICC.
 */
struct an_reml {
	size_t n, missing;
	double mu, se_mu, sigma2, tau2, icc, deviance;
	enum an_status status;
};

/*
 * y      n values, NAN missing; group  their departments, 0 .. k-1
 * out    k places; a department without values has no raw mean (NAN), weight
 *        0, and the overall mean as its value
 *
 * Profiled on rho = tau2/sigma2; lambda_j = tau2/(tau2 + sigma2/n_j), interval
 * from tau2 (1-lambda) + (1-lambda)^2 var(mu). AN_TOO_FEW for fewer than two
 * departments with values or no degree of freedom within, AN_ZERO_VARIANCE
 * when nobody differs inside a department, AN_EMPTY, AN_BAD_INPUT for a
 * department >= k, AN_NOT_FINITE.
 * Source: Patterson and Thompson (1971), Biometrika 58:545-554. Checked
 * against R lme4.
 */
struct an_reml an_shrink_normal(const double *y, const size_t *group, size_t n,
				size_t k, struct an_shrunk *out);

/* Overall mean and between-department spread with tau integrated out. */
struct an_shrink {
	double mu_mean, mu_sd, tau_mean, tau_median;
	enum an_status status;
};

/*
 * Normal-normal model with known standard errors: y_j | tau ~ N(mu, tau^2 +
 * se_j^2), flat mu, tau integrated over a grid of 40,001 points.
 *
 * y, se  k department means and their standard errors (> 0)
 * scale  of the half-Cauchy prior of tau, usually half the standard deviation
 *        inside departments; 0 for a uniform prior (better from k = 8 on)
 * out    k places: posterior mean, sd, 2.5 % and 97.5 %
 *
 * AN_TOO_FEW for k < 3 (uniform) or k < 2, AN_BAD_INPUT for a se that is not
 * positive or a missing value. Display only from k = 5 on.
 * Sources: Rubin (1981); Gelman (2006), Bayesian Anal. 1:515-534.
 */
struct an_shrink an_shrink_bayes(const double *y, const double *se, size_t k,
				 double scale, struct an_shrunk *out);

/* Parameters of the beta law of the departments' true shares. */
struct an_beta {
	double alpha, beta, mean, precision, rho, loglik;
	enum an_status status;
};

/*
 * Shares x_j of n_j people by beta-binomial maximum likelihood: value =
 * (x + alpha)/(n + alpha + beta), equal-tailed beta interval.
 *
 * AN_TOO_FEW for fewer than two departments with people; AN_ZERO_VARIANCE when
 * all or none of the people count (value is NAN); AN_NOT_IDENTIFIED
 * when the departments differ less than chance would make them (alpha and
 * beta run away): then value is the overall share and there is no interval;
 * AN_BAD_INPUT for x > n. Source: D. A. Griffiths (1973), Biometrics
 * 29:637-648.
 */
struct an_beta an_shrink_shares(const size_t *x, const size_t *n, size_t k,
				struct an_shrunk *out);

#endif
