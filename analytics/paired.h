/*
 * paired.h: the same people measured before and after.
 *
 * Without a comparison group this is observed change, not the effect of the
 * training: regression to the mean, practice and drop-out are part of it.
 */
#ifndef ANALYTICS_PAIRED_H
#define ANALYTICS_PAIRED_H

#include "analytics/status.h"

#include <stdint.h>

/*
 * Non-zero differences up to which the signed-rank test is exact. The usual
 * limit is 200; the shift algorithm is exact at any n, so it goes as far as
 * time allows.
 */
#define AN_EXACT_PAIRS 500

/* Options; a NAN leaves that part out. */
struct an_paired_options {
	double max_score; /* of the test, for the Hake gain */
	double r_xx;      /* reliability of the pre-test, for reliable change */
	double level;     /* of all intervals, usually .95 */
};

/* t test of the mean difference and standardised effects. d = post - pre. */
struct an_paired_t {
	double mean_pre, mean_post, sd_pre, sd_post, r;
	double mean_diff, sd_diff, diff_lo, diff_hi;
	double t, df, p;
	double dz, gz, dz_lo, dz_hi; /* mean_diff/sd_diff */
	double dav, dav_unbiased, dav_se, dav_lo, dav_hi; /* over mean sd */
	enum an_status status;
};

/*
 * Wilcoxon signed-rank and its family. v is the sum of the positive ranks.
 * p_exact is NAN beyond AN_EXACT_PAIRS. hl is the median of all
 * Walsh averages, zeros kept; hl_nonzero without zeros (R's wilcox.test).
 */
struct an_paired_rank {
	size_t n_nonzero, n_up, n_down, n_same;
	double v, p_exact, z, p_normal, rank_biserial;
	double hl, hl_lo, hl_hi;
	double hl_nonzero, hl_nonzero_lo, hl_nonzero_hi;
	double p_sign;
	enum an_status status;
};

/*
 * Share of the possible improvement that was reached.
 *
 * hake_class       (mean post - mean pre)/(max - mean pre), the one to report,
 *                  with its jackknife-t interval
 * hake_person_*    of the personal gains, undefined at the ceiling
 * change_c_*       normalised change of Marx and Cummings
 * status           AN_CEILING when the mean of pre is above .85 max: use dav
 */
struct an_gain {
	double hake_class, hake_class_se, hake_class_lo, hake_class_hi;
	double hake_person_mean, hake_person_median;
	size_t hake_person_n, hake_n_at_ceiling;
	double change_c_mean;
	size_t change_c_n;
	enum an_status status;
};

/* Reliable change: who changed by more than the noise of the test. */
struct an_rci {
	double sem, s_diff, threshold;
	size_t n_improved, n_declined, n_unchanged;
	enum an_status status;
};

/* Pre-test of those who came back against those who did not (Welch). */
struct an_attrition {
	size_t n;
	double mean_completers, mean_dropouts, t, df, p;
	enum an_status status;
};

struct an_paired {
	size_t n_rows, n_pre, n_post, n_pairs;
	struct an_paired_t t;
	struct an_paired_rank rank;
	struct an_gain gain;
	struct an_rci rci;
	struct an_attrition attrition;
	enum an_status status;
};

/*
 * Everything about one matched pre/post score.
 *
 * pre, post  n values in points; NAN is missing; only complete pairs count
 * hake, rci  NULL, or n places for the personal values: the first n_pairs are
 *            filled, in the order of the complete pairs
 *
 *   t = dbar/(s_d/sqrt n), interval dbar +- t s_d/sqrt n
 *   dz interval from the noncentral t; gz = J(n-1) dz
 *   dav = dbar/s, s^2 = (s1^2 + s2^2)/2, Bonett's standard error
 *   normal signed-rank: z = (V - m(m+1)/4)
 *       / sqrt(m(m+1)(2m+1)/24 - sum(t^3-t)/48), no continuity correction
 *   HL limits: the signed-rank .025 quantile for n <= 50, normal beyond
 *   RCI = d/(sd_pre sqrt(1 - r_xx) sqrt 2), changed beyond +-1.96
 *
 * status: AN_EMPTY without a pair, AN_TOO_FEW for one, AN_ZERO_VARIANCE when
 * all differences are equal (then t and dz are NAN), AN_NOT_FINITE,
 * AN_BAD_INPUT for a bad option. The parts carry their own.
 *
 * Sources: F. Wilcoxon (1945); Hodges and Lehmann (1963), Ann. Math. Stat.
 * 34:598-611; Hake (1998), Am. J. Phys. 66:64-74; Marx and Cummings (2007),
 * Am. J. Phys. 75:87-91; Bonett (2008), Psychol. Methods 13:99-109; Jacobson
 * and Truax (1991), J. Consult. Clin. Psychol. 59:12-19. Checked against R
 * t.test, wilcox.test, coin, effectsize.
 */
struct an_paired an_paired_change(const double *pre, const double *post,
				  size_t n,
				  const struct an_paired_options *options,
				  double *hake, double *rci);

/* The t part alone: n pairs, of which the complete ones count. Statuses as
 * above; n is .df + 1 where the status is AN_OK. */
struct an_paired_t an_paired_means(const double *pre, const double *post,
				   size_t n, double level);

/*
 * The rank part alone, of n differences without NAN: for a single rating, or
 * for importance minus proficiency. AN_EMPTY for n = 0, AN_BAD_INPUT for a
 * level that is not between 0 and 1, AN_NOT_FINITE, AN_ZERO_VARIANCE when all
 * are 0.
 */
struct an_paired_rank an_paired_ranks(const double *d, size_t n, double level);

/* Class gain of n complete pairs; NAN when everybody starts at max. */
double an_hake_class(const double *pre, const double *post, size_t n,
		     double max);

/* The gain part alone, of n complete pairs; hake as above. */
struct an_gain an_paired_gain(const double *pre, const double *post, size_t n,
			      const struct an_paired_options *options,
			      double *hake);

/*
 * The class gain as it is to be shown, with its 95 % interval; NAN is missing,
 * only complete pairs count (n of the result). Jackknife and t below 40 pairs
 * (method "hake"), where BCa covers too little, BCa of 2,000 resamples from 40
 * on ("hake_bca").
 *
 * AN_EMPTY without pairs, AN_TOO_FEW for one, AN_CEILING when the mean of pre
 * is above .85 max: value and limits stand, but d_av is the one to read (value
 * NAN when everybody starts at max); AN_NOT_FINITE, AN_BAD_INPUT for a maximum
 * that is no number; from 40 pairs on also those of an_bca, the limits NAN:
 * AN_ZERO_VARIANCE when nothing varies. Below, limits of the same pair over
 * and over are the value itself. O(n).
 */
#define AN_BCA_PAIRS 40
struct an_estimate an_hake_gain(const double *pre, const double *post, size_t n,
				double max, uint64_t seed);

#endif
