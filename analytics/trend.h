/*
 * trend.h: waves of one figure, and where it may go.
 *
 * Fewer than three waves give no projection. Show bands, not a point, and not
 * beyond three years or 1.5 times the span observed.
 */
#ifndef ANALYTICS_TREND_H
#define ANALYTICS_TREND_H

#include "analytics/status.h"

#include <stdbool.h>
#include <stddef.h>

#define AN_TREND_NAMED 6 /* waves from which on a trend may be named */

/*
 * slope, intercept   weighted least squares on t (on the logit scale for
 *                    shares), with standard errors, t test, 95 % limits
 * theil_sen_*        median of the pairwise slopes, on the raw scale
 * mk_s, mk_z, mk_p   Mann-Kendall with continuity correction and tie
 *                    correction; mk_exact without ties, n <= 100, else NAN
 * agreed             the slope of Theil-Sen and S have the same sign and
 *                    there are AN_TREND_NAMED waves: a trend may be named
 */
struct an_trend {
	size_t n, missing;
	double intercept, slope, se_intercept, se_slope;
	double df, sigma, t, p, slope_lo, slope_hi;
	double theil_sen_slope, theil_sen_intercept;
	double mk_s, mk_exact, mk_z, mk_p;
	bool agreed;
	enum an_status status;
};

/* One future point with 95 % limits of the line and of a new wave, and the
 * 50 % and 80 % bands of a new wave. */
struct an_forecast {
	double t, value, ci_lo, ci_hi, pi_lo, pi_hi;
	double lo50, hi50, lo80, hi80;
};

/*
 * t, y, w   n waves: time, value, weight (answers; NULL: equal). A wave with
 *           NAN is left out
 * logit     y are shares strictly between 0 and 1; they are fitted as
 *           ln(y/(1-y)). Other values are fitted as they are: who has counts
 *           hands over ln(1+count), and takes exp(x)-1 of what comes back
 * future    m points with .t given, the rest is filled
 *
 *   pi = f +- t(df) sqrt(x'(X'WX)^-1 x s^2 + s^2/mean(w))
 *
 * AN_TOO_FEW for n < 3, AN_ZERO_VARIANCE when all waves have one time,
 * AN_BAD_INPUT for a share outside 0..1 or a weight that is not positive,
 * AN_NOT_FINITE. A perfect line has limits without width.
 * Sources: Sen (1968), JASA 63:1379-1389; Mann (1945); Kendall (1970).
 */
struct an_waves {
	const double *t, *y, *w;
	size_t n;
	bool logit;
};

struct an_trend an_trend(const struct an_waves *waves,
			 struct an_forecast *future, size_t m);

#define AN_QUARTERS     4
#define AN_ANY_QUARTER  AN_QUARTERS /* the mean of the quarters there are */
#define AN_SEASON_LEAST 12          /* waves for quarter terms */

/*
 * A line with quarter terms, for figures that have a season (April intake).
 *
 * intercept, slope  as in an_trend, in the mean of the quarters there are
 * quarter           how far each lies from that mean, on the fitted scale;
 *                   they sum to 0, NAN for a quarter without a wave
 * f, f_df1, f_p     F test that all quarters are alike (df is its second);
 *                   NAN with one quarter only, and for a perfect fit
 * theil_sen_slope   median slope between waves of the same quarter, raw scale
 * mk_s, mk_z, mk_p  Mann-Kendall of each quarter, added up, with continuity
 *                   and tie correction
 * agreed            as in an_trend, of these two
 */
struct an_season {
	size_t n, missing, quarters;
	double intercept, slope, se_slope;
	double df, sigma, t, p, slope_lo, slope_hi;
	double quarter[AN_QUARTERS];
	double f, f_df1, f_p;
	double theil_sen_slope, mk_s, mk_z, mk_p;
	bool agreed;
	enum an_status status;
};

/*
 * quarter         0..3 of each of the n waves
 * future_quarter  of each of the m points, 0..3 or AN_ANY_QUARTER; NULL: all
 *                 of them AN_ANY_QUARTER. One in a quarter without a wave
 *                 stays NAN
 *
 * Limits as an_trend's, with the errors of the quarters in them.
 *
 * AN_TOO_FEW below AN_SEASON_LEAST waves, AN_NOT_IDENTIFIED when time and
 * quarter cannot be told apart, AN_BAD_INPUT also for a quarter out of range;
 * otherwise as an_trend. O(n^2).
 * Source: Hirsch, Slack and Smith (1982), Water Resour. Res. 18:107-121, for
 * the comparison within quarters. Checked against R lm and predict.
 */
struct an_season an_season_trend(const struct an_waves *waves,
				 const unsigned *quarter,
				 struct an_forecast *future,
				 const unsigned *future_quarter, size_t m);

#define AN_HOLT_LEAST 8 /* waves from which on Holt's method is asked */

/*
 * Holt's method with a damped trend:
 *   f = l + phi b; l' = alpha y + (1-alpha) f;
 *   b' = beta (l' - l) + (1-beta) phi b; start l = y_1, b = y_2 - y_1;
 *   h steps ahead l + (phi + ... + phi^h) b
 *
 * level, trend, one_step  n - 1 places, or NULL; forecast  h places
 * Returns the sum of squared one-step errors; NAN for n < 2 or a missing
 * value. Source: Gardner and McKenzie (1985), Manage. Sci. 31:1237-1246.
 */
struct an_holt {
	double alpha, beta, phi;
	double *level, *trend, *one_step, *forecast;
};

double an_holt_damped(const double *y, size_t n, const struct an_holt *o,
		      size_t h);

/* Set alpha, beta and phi (.80 .. .98) of smallest one-step error by a grid;
 * needs n >= AN_HOLT_LEAST, else AN_TOO_FEW and nothing is set. AN_NOT_FINITE
 * for a missing value. */
enum an_status an_holt_tune(const double *y, size_t n, struct an_holt *o);

#endif
