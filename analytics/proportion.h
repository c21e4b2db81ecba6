/*
 * proportion.h: shares of people and their intervals.
 *
 * Never p +- 1.96 sqrt(pq/n): it fails at the small n and extreme shares that
 * training data are full of.
 */
#ifndef ANALYTICS_PROPORTION_H
#define ANALYTICS_PROPORTION_H

#include "analytics/status.h"

/*
 * Share x/n with Wilson's score interval, the one to display:
 *
 *   (p + z^2/2n +- z sqrt(pq/n + z^2/4n^2)) / (1 + z^2/n)
 *
 * x successes of n trials. AN_EMPTY for n = 0, AN_BAD_INPUT for x > n or a
 * level outside 0..1. Source: E. B. Wilson (1927), JASA 22:209-212.
 */
struct an_estimate an_wilson(size_t x, size_t n, double level);

/*
 * Share with the Clopper-Pearson interval, which never covers less often than
 * it says. Same arguments and errors. Source: Clopper and Pearson (1934),
 * Biometrika 26:404-413.
 */
struct an_estimate an_clopper_pearson(size_t x, size_t n, double level);

/*
 * Difference x1/n1 - x2/n2 of two independent shares by Newcombe's method 10
 * (square-and-add of the Wilson limits). n is n1 + n2. AN_EMPTY if a group
 * has nobody. Source: R. G. Newcombe (1998), Stat. Med. 17:873-890.
 */
struct an_estimate an_newcombe(size_t x1, size_t n1, size_t x2, size_t n2,
			       double level);

#endif
