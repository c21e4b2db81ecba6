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
 * one: merge it with its neighbour; the mean stands, without errors, where
 * each has an answer. AN_BAD_INPUT when more answered than the
 * list has, AN_EMPTY, AN_NOT_FINITE. Source: W. G. Cochran (1977), ch. 5A.
 */
struct an_stratified an_stratified_mean(const double *y, const size_t *stratum,
					size_t n, struct an_stratum *strata,
					size_t h);

/*
 * Waves of one figure as one and the same staff would have given them, so that
 * a trend is not the change of who was there.
 *
 * mean, answers  waves by h, wave after wave: the mean of each stratum (tier,
 *                in their order) and how many answers it rests on; 0 answers
 *                where there are none, the mean is not looked at then
 * population     h head counts of the one staff
 * least          a stratum with fewer answers in a wave is merged there with
 *                the next one (the last with the one before): answers pooled,
 *                head counts added
 */
struct an_wave_strata {
	const double *mean, *answers, *population;
	size_t waves, h;
	double least;
};

/*
 *   y_i = sum_h (N_h/N) ybar_ih,  w_i = 1 / sum_h (N_h/N)^2 / n_ih
 *
 * y, w    a place per wave: the mean of that staff, and as how many answers of
 *         a simple sample it counts (the weight of the wave); NAN for a wave
 *         that has fewer than `least` answers altogether, or no staff behind
 * merged  a place per wave, or NULL: strata that had to be merged
 *
 * No finite population correction: waves speak of staff to come. AN_EMPTY
 * without waves, strata or staff, AN_BAD_INPUT for a negative or broken number
 * of answers, a negative head count or least below 1, AN_NOT_FINITE.
 * Source: Holt and Smith (1979), J. R. Stat. Soc. A 142:33-46; Kish (1965) for
 * the effective number of answers. Checked against R.
 */
enum an_status an_poststratify(const struct an_wave_strata *s, double *y,
			       double *w, size_t *merged);

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
