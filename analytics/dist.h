/*
 * dist.h: distributions, including those GSL lacks.
 *
 * Upper and lower tails are separate functions, so small p-values keep their
 * digits. All return NAN outside their domain.
 */
#ifndef ANALYTICS_DIST_H
#define ANALYTICS_DIST_H

#include <stddef.h>

/* Standard normal: P(Z <= z), its quantile, and P(|Z| >= |z|). */
double an_normal_cdf(double z);
double an_normal_quantile(double p);
double an_normal_p2(double z);

/*
 * Student's t. an_t_cdf is P(T <= t), an_t_p2 is P(|T| >= |t|). Both go
 * through the incomplete beta function: gsl_cdf_tdist_P switches to a
 * Cornish-Fisher expansion above 30 degrees of freedom, which costs digits.
 */
double an_t_cdf(double t, double df);
double an_t_p2(double t, double df);
double an_t_quantile(double p, double df);

/* F: upper tail P(F >= f), and the quantile. */
double an_f_upper(double f, double df1, double df2);
double an_f_quantile(double p, double df1, double df2);

/* Chi-square: upper tail. */
double an_chi2_upper(double x, double df);

/* Beta: lower tail and quantile (the root of the lower tail, polished). */
double an_beta_cdf(double x, double a, double b);
double an_beta_quantile(double p, double a, double b);

/* Binomial: P(X <= k) and P(X = k), n trials of probability p. */
double an_binomial_cdf(double k, double n, double p);
double an_binomial_pmf(double k, double n, double p);

/*
 * Noncentral t: P(T <= t) with df degrees of freedom and noncentrality nc.
 *
 *   P = int_0^inf Phi(t s - nc) f(s) ds,  f the density of chi/sqrt(df)
 *
 * by 64-point Gauss-Legendre in pieces. Absolute error below 1e-12 for
 * df >= 0.5 and |nc| < 100.
 */
double an_nct_cdf(double t, double df, double nc);

/*
 * The noncentralities at which t is the upper and the lower (1-level)/2 point:
 * an exact interval of the noncentrality after seeing t.
 */
void an_nct_interval(double t, double df, double level, double *lo, double *hi);

/*
 * Noncentral F: P(F <= q), a Poisson mixture of incomplete beta functions.
 * Absolute error below 1e-13.
 */
double an_ncf_cdf(double q, double df1, double df2, double nc);

/* Interval of the noncentrality after seeing f; limits below 0 are 0. */
void an_ncf_interval(double f, double df1, double df2, double level, double *lo,
		     double *hi);

/*
 * Hedges' correction J(m) = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2)), the
 * exact bias factor of a standardised difference with m degrees of freedom.
 */
double an_hedges_j(double m);

#endif
