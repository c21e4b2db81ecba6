/*
 * adjust.h: p-values of a family of tests, corrected for their number.
 *
 * p holds m p-values, NAN for a test that could not be made; those stay NAN
 * and do not count. out may be p itself.
 *
 * Holm controls the chance of any false finding (pairs of tiers, cells of a
 * table); Benjamini-Hochberg the share of false ones among the findings
 * (items and competencies on one screen).
 *
 * Sources: S. Holm (1979), Scand. J. Stat. 6:65-70; Y. Benjamini and
 * Y. Hochberg (1995), J. R. Stat. Soc. B 57:289-300.
 */
#ifndef ANALYTICS_ADJUST_H
#define ANALYTICS_ADJUST_H

#include <stddef.h>

void an_holm(const double *p, size_t m, double *out);
void an_benjamini_hochberg(const double *p, size_t m, double *out);
void an_bonferroni(const double *p, size_t m, double *out);

#endif
