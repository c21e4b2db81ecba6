/*
 * population.h: statements about a known staff list; sample sizes.
 */
#ifndef ANALYTICS_POPULATION_H
#define ANALYTICS_POPULATION_H

#include "analytics/status.h"

/* One stratum (tier) of the staff list. */
struct an_stratum {
	size_t n;          /* answers */
	double population; /* people on the list, N_h */
	double mean, sd;   /* of the answers */
	double response;   /* n / N_h */
};

/*
 * Post-stratified mean with the finite population correction:
 *
 *   m = sum_h (N_h/N) ybar_h
 *   se^2 = sum_h (N_h/N)^2 (1 - n_h/N_h) s_h^2/n_h
 *   m +- t(.975, sum n_h - H) se
 *
 * se_no_fpc is for statements about future staff. A census (n_h = N_h
 * everywhere) has se = 0.
 */
struct an_stratified {
	size_t n, missing;
	double unweighted, mean, se, se_no_fpc, df, lo, hi;
	enum an_status status;
};

/*
 * y        n values, NAN missing; stratum  0 .. h-1 of each
 * strata   h places; .population is given, the rest is filled
 *
 * AN_TOO_FEW when a stratum has fewer than two answers and is no census of
 * one: merge it with its neighbour. AN_BAD_INPUT when more answered than the
 * list has, AN_EMPTY, AN_NOT_FINITE. Source: W. G. Cochran (1977), ch. 5A.
 */
struct an_stratified an_stratified_mean(const double *y, const size_t *stratum,
					size_t n, struct an_stratum *strata,
					size_t h);

/*
 * Power of the two-sided paired t test at n pairs and a true dz:
 *   1 - F(t; n-1, dz sqrt n) + F(-t; ...), F the noncentral t.
 * NAN for n < 2 or alpha outside 0..1.
 */
double an_power_paired_t(size_t n, double dz, double alpha);

/* The dz that n pairs detect with this power; NAN for n < 2. */
double an_detectable_dz(size_t n, double alpha, double power);

/* Pairs needed to detect dz with this power; 0 when more than 1e6. */
size_t an_pairs_needed(double dz, double alpha, double power);

#endif
