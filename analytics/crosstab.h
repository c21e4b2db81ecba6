/*
 * crosstab.h: a table of counts, for example tier by answer.
 */
#ifndef ANALYTICS_CROSSTAB_H
#define ANALYTICS_CROSSTAB_H

#include "analytics/bootstrap.h"
#include "analytics/number.h"
#include "analytics/status.h"

#define AN_CROSSTAB_MOST  1e7  /* each takes a place */
#define AN_CROSSTAB_DRAWS 1e10 /* a minute or two */

/*
 * chi2, df, p    Pearson's test of independence
 * min_expected, share_5   smallest expected count; share of cells with 5 or
 *                more. Where min_expected < 1 or share_5 < .8 the chi-square
 *                law does not hold: report p_monte_carlo instead
 * p_monte_carlo  (1 + count)/(resamples + 1) over tables with the same
 *                margins; NAN when no resamples were asked for, for more
 *                than AN_CROSSTAB_MOST people, and where people times
 *                resamples are above AN_CROSSTAB_DRAWS
 * cramers_v      plain; cramers_v_bc bias-corrected (Bergsma 2013)
 */
struct an_crosstab {
	double n, chi2, df, p;
	double min_expected, share_5, p_monte_carlo;
	double cramers_v, cramers_v_bc;
	enum an_status status;
};

/*
 * t            rows by columns of counts
 * residual     the same size: (O-E)/sqrt(E (1-row)(1-column)), standard
 *              normal where nothing is going on
 * p_holm       the same size: its two-sided p, Holm over all cells
 * how          NULL, or how many tables (9,999) with which seed
 *
 * Empty rows and columns count as not there. AN_TOO_FEW with fewer than two
 * rows or columns left, AN_BAD_INPUT for a count that is negative or no whole
 * number, AN_EMPTY. Source: A. Agresti (2013), Categorical Data Analysis.
 */
struct an_crosstab an_crosstab(const struct an_table *t, double *residual,
			       double *p_holm, const struct an_resampling *how);

#endif
