/*
 * staff.h: how many people a city will have, tier by tier.
 */
#ifndef ANALYTICS_STAFF_H
#define ANALYTICS_STAFF_H

#include "analytics/status.h"

/*
 * Head count by tier in the years to come. Nothing is estimated here: the
 * city sets who moves where and who comes.
 *
 *   next_j = sum_i now_i promotion_ij + intake_j, year after year
 *
 * now        k head counts
 * promotion  k by k: the share of tier i that is in tier j a year later; what
 *            a row lacks to 1 has left
 * intake     k people who come in each year
 * out        years by k, the first row is next year; not rounded
 *
 * AN_EMPTY for k = 0. AN_BAD_INPUT for a negative or not finite value, or
 * a row of shares that sums to more than 1 (beyond 1e-9).
 * Source: Bartholomew, Forbes and McClean (1991), Statistical Techniques for
 * Manpower Planning: the Markov model with given intake.
 */
enum an_status an_staff_forecast(const double *now, const double *promotion,
				 const double *intake, size_t k, size_t years,
				 double *out);

#endif
