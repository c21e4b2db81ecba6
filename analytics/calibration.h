/*
 * calibration.h: how people's view of themselves follows a test.
 */
#ifndef ANALYTICS_CALIBRATION_H
#define ANALYTICS_CALIBRATION_H

#include "analytics/status.h"

#include <stddef.h>

#define AN_SCORE_QUARTERS 4

/*
 * People with a score in one quarter.
 *
 * n            people
 * score, self  their mean z, of the test and of the self-rating; were the
 *              self-rating nothing but chance, diff would be -score
 * diff         self - score: above 0 they put themselves higher among the
 *              others than the test does
 * lo, hi       t limits of diff, mean and spread of all taken as known
 * status       AN_EMPTY for nobody, AN_TOO_FEW for one (no limits),
 *              AN_ZERO_VARIANCE when all of them differ alike (limits of
 *              width 0)
 */
struct an_calibration_quarter {
	size_t n;
	double score, self, diff, lo, hi;
	enum an_status status;
};

/* cut: the three quartiles of the score; what lies on one is below it. */
struct an_calibration {
	size_t n, missing;
	double cut[AN_SCORE_QUARTERS - 1];
	struct an_calibration_quarter quarter[AN_SCORE_QUARTERS];
	enum an_status status;
};

/*
 * z = (x - mean) / sd (divisor n-1) over the complete pairs; the means of the
 * two are both 0, so this says who puts themselves higher or lower among these
 * people, never whether all of them do. Quartiles as R's type 7; equal scores
 * are in one quarter, so quarters differ in size and may be empty.
 *
 * quarter  n places, or NULL: 0 to 3, AN_SCORE_QUARTERS for who is left out
 * level    of the limits, in (0, 1)
 *
 * Any looseness of the two (noise in the test alone) makes the lowest quarter
 * differ upwards and the highest downwards: regression to the mean. AN_EMPTY,
 * AN_TOO_FEW for n < 2, AN_ZERO_VARIANCE when a side does not vary,
 * AN_NOT_FINITE, AN_BAD_INPUT for a level that is none; the quarters are empty
 * then.
 *
 * Sources: J. Kruger and D. Dunning (1999), J. Pers. Soc. Psychol.
 * 77:1121-1134; J. Krueger and R. A. Mueller (2002), J. Pers. Soc. Psychol.
 * 82:180-188 (regression). Checked against R.
 */
struct an_calibration an_calibrate(const double *score, const double *self,
				   size_t n, double level, size_t *quarter);

#endif
