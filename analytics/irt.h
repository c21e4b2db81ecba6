/*
 * irt.h: item response models for right-or-wrong items.
 *
 *   P(right | theta) = 1 / (1 + exp(-(a theta + d))),  theta ~ N(0, 1)
 *
 * a > 0 is the slope (no factor 1.7), b = -d/a the difficulty on the scale of
 * ability. 1PL: one common a. Use: below 100 people none of these (score with
 * the parameters of a bank), 100-249 1PL or MAP, from 250 2PL.
 */
#ifndef ANALYTICS_IRT_H
#define ANALYTICS_IRT_H

#include "analytics/number.h"
#include "analytics/progress.h"
#include "analytics/status.h"

enum an_irt_model { AN_2PL, AN_1PL };

/*
 * node, weight, nodes  quadrature for the normal law (quadrature.h); the
 *            default rule is 121 equally spaced nodes on [-6, 6] for a fit,
 *            361 on [-9, 9] for scores
 * sd_log_a, sd_d  0 for maximum likelihood; else standard deviations of
 *            normal priors on ln a and d (.5 and 3), the mode is reported
 * em_only    stop after the EM cycles (max change below em_tolerance),
 *            without standard errors; 1PL has no EM and is fitted anyhow
 */
struct an_irt_options {
	enum an_irt_model model;
	const double *node, *weight;
	size_t nodes;
	double sd_log_a, sd_d;
	bool em_only;
	double em_tolerance; /* 0: 1e-4 */
	const struct an_progress *progress;
};

struct an_irt_item {
	double a, d, b, se_a, se_d, se_b;
};

/*
 * loglik    of the data, without the prior; aic, bic from it
 * gradient  largest component of the gradient at the end
 * g2        likelihood-ratio statistic over the patterns seen; NAN with
 *           missing answers
 * cycles    EM cycles used; 0 for 1PL
 * status    AN_NOT_IDENTIFIED with numbers when a slope is above 4 or its
 *           standard error above 1: do not use the item parameters
 */
struct an_irt_fit {
	double n, loglik, aic, bic, gradient, g2;
	size_t npar, cycles;
	enum an_status status;
};

/*
 * Fit n people by k items of 0, 1 and NAN (not shown; left out of the
 * likelihood). weight: people per row, or NULL. item: k places.
 *
 * EM (Bock-Aitkin, not for 1PL), then BFGS and Newton on the marginal
 * log-likelihood with its gradient; standard errors from the inverse Hessian,
 * se_b by the delta method. O(cycles * n * (k + nodes)).
 *
 * Without numbers: AN_EMPTY, AN_TOO_FEW (k < 2, or k < 3 for 2PL without
 * priors), AN_BAD_INPUT (an answer that is not 0, 1 or NAN; a bad weight or
 * rule), AN_NOT_IDENTIFIED (an item that all got right or wrong, unless there
 * is a prior). AN_NOT_CONVERGED with the numbers where it stopped.
 * Sources: Bock and Aitkin (1981), Psychometrika 46:443-459; Rizopoulos
 * (2006), J. Stat. Softw. 17(5). Checked against ltm and mirt.
 */
struct an_irt_fit an_irt_fit(const struct an_table *t, const double *weight,
			     const struct an_irt_options *options,
			     struct an_irt_item *item);

/*
 * One person's ability. eap is the posterior mean with its sd: for groups;
 * wle is Warm's weighted likelihood estimate with 1/sqrt(information): for
 * individual feedback, finite also for all right and all wrong. NAN for
 * somebody without answers.
 */
struct an_ability {
	double eap, psd, wle, wle_se;
};

/*
 * Score every row of t with fixed items; only a and d are read. out has t->n
 * places. Rows with another value than 0, 1, NAN get NAN.
 * Source: T. A. Warm (1989), Psychometrika 54:427-450.
 */
void an_irt_score(const struct an_table *t, const struct an_irt_item *item,
		  const struct an_irt_options *options, struct an_ability *out);

/* Information of one item at theta, a^2 P (1-P); sum for the test's. */
double an_irt_information(const struct an_irt_item *item, double theta);

/* var(EAP)/(var(EAP) + mean psd^2) over n scores; NAN for n < 2. */
double an_eap_reliability(const struct an_ability *score, size_t n);

#endif
