/*
 * test_an_calibration.c: self-ratings beside scores where little is known.
 */
#include "analytics/an.h"
#include "check.h"

#include <math.h>

static void nobody_and_one(void)
{
	const double x[] = { 1, NAN, 3 }, y[] = { NAN, 2, 4 };
	struct an_calibration o = an_calibrate(x, y, 2, 0.95, NULL);
	size_t quarter[3];

	CHECK(o.status == AN_EMPTY && o.n == 0 && o.missing == 2);
	o = an_calibrate(x, y, 3, 0.95, quarter);
	CHECK(o.status == AN_TOO_FEW && o.n == 1 && isnan(o.cut[0]));
	CHECK(quarter[0] == AN_SCORE_QUARTERS &&
	      quarter[2] == AN_SCORE_QUARTERS);
	CHECK(o.quarter[0].status == AN_EMPTY && isnan(o.quarter[0].diff));
}

static void sides_that_do_not_vary(void)
{
	const double x[] = { 0.1, 0.1, 0.1, 0.1 }, y[] = { 1, 2, 3, 4 };
	const double far[] = { 1, INFINITY, 3, 4 };
	const struct an_calibration o = an_calibrate(x, y, 4, 0.95, NULL);

	CHECK(o.status == AN_ZERO_VARIANCE && isnan(o.quarter[3].score));
	CHECK(an_calibrate(y, x, 4, 0.95, NULL).status == AN_ZERO_VARIANCE);
	CHECK(an_calibrate(y, far, 4, 0.95, NULL).status == AN_NOT_FINITE);
	CHECK(an_calibrate(y, y, 4, 1.0, NULL).status == AN_BAD_INPUT);
}

static void who_rates_as_the_test_does(void)
{
	const double score[] = { 1, 2, 3, 4, 5, 6, 7, 9 };
	double self[8];
	struct an_calibration o;
	size_t quarter[8];

	for (size_t i = 0; i < 8; i++)
		self[i] = 0.1 * score[i] + 0.7;
	o = an_calibrate(score, self, 8, 0.95, quarter);
	CHECK(o.status == AN_OK && quarter[1] == 0 && quarter[2] == 1 &&
	      quarter[7] == 3);
	for (size_t q = 0; q < AN_SCORE_QUARTERS; q++) {
		const struct an_calibration_quarter *one = &o.quarter[q];

		CHECK_THAT(one->n == 2 && one->status == AN_ZERO_VARIANCE &&
				   one->lo == one->diff && one->hi == one->diff,
			   "rounding is no spread");
		CHECK_NEAR(one->diff, 0.0, 1e-14);
	}
}

/* Equal scores stay together, so two quarters have nobody. */
static void ties(void)
{
	const double score[] = { 1, 1, 1, 1, 1, 8 };
	const double self[] = { 1, 2, 3, 4, 5, 3 };
	const struct an_calibration o =
		an_calibrate(score, self, 6, 0.95, NULL);

	CHECK(o.quarter[0].n == 5 && o.quarter[0].status == AN_OK);
	CHECK(o.quarter[1].status == AN_EMPTY &&
	      o.quarter[2].status == AN_EMPTY);
	CHECK(o.quarter[3].n == 1 && o.quarter[3].status == AN_TOO_FEW &&
	      !isnan(o.quarter[3].diff) && isnan(o.quarter[3].lo));
}

int main(void)
{
	nobody_and_one();
	sides_that_do_not_vary();
	who_rates_as_the_test_does();
	ties();
	return check_done();
}
