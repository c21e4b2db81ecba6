/*
 * groups.h: differences between groups (tiers, departments).
 *
 * Groups must not be dropped silently: merge a small one with its neighbour
 * before calling. Departments are compared by shrink.h, never by these tests.
 */
#ifndef ANALYTICS_GROUPS_H
#define ANALYTICS_GROUPS_H

#include "analytics/status.h"

/*
 * n1*n2 up to which the rank-sum test is exact. The usual limit is 10,000; the
 * counting is exact at any size, so it goes as far as time allows.
 */
#define AN_EXACT_GROUPS 20000

/* An F test. */
struct an_f_test {
	double f, df1, df2, p;
};

/*
 * One-way analysis of variance. r2 = eta2 = ss_between/ss_total;
 * residual_sd = sqrt(ss_within/df2). Values are shifted before squaring, so
 * constant leading digits cost nothing (NIST SmLs07).
 */
struct an_anova {
	struct an_f_test test;
	double ss_between, ss_within, r2, residual_sd;
	enum an_status status;
};

/*
 * y      n values in any unit, NAN missing
 * group  the group of each, 0 .. k-1
 *
 * AN_TOO_FEW for fewer than two groups with members or no degree of freedom
 * within, AN_ZERO_VARIANCE when nobody differs inside a group (F is NAN),
 * AN_BAD_INPUT for a group number >= k, AN_NOT_FINITE.
 */
struct an_anova an_anova(const double *y, const size_t *group, size_t n,
			 size_t k);

struct an_group {
	size_t n;
	double mean, sd, median, mean_rank;
};

/* Groups a and b compared; differences are a minus b. */
struct an_group_pair {
	size_t a, b;
	double z, p, p_holm, p_bh; /* Dunn, on the ranks of all */
	double cliff_delta;        /* P(a > b) - P(a < b) */
	double cliff_lo, cliff_hi; /* an_cliff_delta() */
	double diff, lo95, hi95, t, df, p_t, p_t_holm; /* Welch */
	double hedges_g;
};

/*
 * All tests between k groups.
 *
 * kruskal     H corrected for ties, chi-square p; epsilon2 = H/(N-1),
 *             eta2_h = (H-k+1)/(N-k). epsilon2 is eta2 of the ranks, and
 *             its 90 % interval is that of eta2 by the noncentral F on the
 *             ranks (Conover and Iman 1981). No bootstrap: resampled ranks
 *             add the chance of the sample a second time, and the lower limit
 *             of groups that are alike would lie above 0.01 too often.
 * anova       with omega2 and the 90 % interval of eta2 from the noncentral F
 * welch       Welch's F, the one to report for means
 * levene      Brown-Forsythe test of equal spread (medians)
 * jonckheere  trend over the groups in their order, tie-corrected normal;
 *             p_up is the one-sided p for "higher group, higher value".
 *             trend_r is Spearman's correlation of the place of the group
 *             with the value, its limits those of an_correlate()
 */
struct an_groups {
	size_t n, missing;
	double h, h_df, h_p, epsilon2, eta2_h;
	double epsilon2_lo90, epsilon2_hi90;
	struct an_anova anova;
	double omega2, eta2_lo90, eta2_hi90;
	struct an_f_test welch, levene;
	double jt, jt_z, jt_p, jt_p_up;
	double trend_r, trend_lo95, trend_hi95;
	enum an_status status;
};

/*
 * out_group has k places, pair has k(k-1)/2: (0,1), (0,2), .. (k-2,k-1).
 *
 * status is AN_TOO_FEW when a group has nobody or k < 2, AN_ZERO_VARIANCE
 * when all values are equal, AN_EMPTY, AN_BAD_INPUT and AN_NOT_FINITE as in
 * an_anova(). Welch's F needs two members and some spread in every group, else
 * its numbers are NAN; a pair two members on each side and some spread.
 * Sources: Kruskal and Wallis (1952); Dunn (1964), Technometrics 6:241-252;
 * B. L. Welch (1951), Biometrika 38:330-336; Brown and Forsythe (1974);
 * Jonckheere (1954); Cliff (1993). Checked against R stats, rstatix, car.
 */
struct an_groups an_compare_groups(const double *y, const size_t *group,
				   size_t n, size_t k,
				   struct an_group *out_group,
				   struct an_group_pair *pair);

/*
 * Cliff's delta P(x > y) - P(x < y) with Cliff's consistent variance and the
 * asymmetric interval at t with nx + ny - 2 degrees of freedom:
 *
 *   s2 = ((ny-1) s2_rows + (nx-1) s2_columns + s2_cells) / (nx ny)
 *   (d - d^3 +- t s sqrt((1-d^2)^2 + t^2 s^2)) / (1 - d^2 + t^2 s^2)
 *
 * where no pair goes the other way (d = 1): from (b-t^2)/(b+t^2) to 1, b the
 * smaller size. x and y ascending, without NAN. delta NAN when a side is
 * empty, the rest when one has fewer than two, the limits when all values are
 * equal.
 * Sources: N. Cliff (1996), Ordinal Methods for Behavioral Data Analysis;
 * Feng and Cliff (2004), J. Mod. Appl. Stat. Methods 3:322-332. Of 95 promised
 * it covers 94 to 99 at 10 to 100 a side, five steps or none.
 */
struct an_cliff {
	double delta, se, lo95, hi95;
};
struct an_cliff an_cliff_delta(const double *x, size_t nx, const double *y,
			       size_t ny);

/* Two independent groups x and y, NAN missing; differences are x minus y. */
struct an_two {
	size_t n1, n2;
	double w; /* pairs with x above y, ties half */
	double p_exact, p_less,
		p_greater;  /* NAN when n1*n2 > AN_EXACT_GROUPS */
	double z, p_normal; /* tie-corrected */
	double cliff_delta, cliff_lo, cliff_hi, prob_superiority;
	double t, df, p, diff, diff_lo, diff_hi; /* Welch */
	double cohen_d, hedges_g;
	enum an_status status;
};

/*
 * AN_TOO_FEW when a side has fewer than two, AN_ZERO_VARIANCE when neither
 * varies: ranks and difference are there even so, z unless all are equal.
 * AN_EMPTY, AN_NOT_FINITE.
 */
struct an_two an_two_groups(const double *x, size_t m, const double *y,
			    size_t n);

/* Pairs (x_i, y_j) with x above y minus those below; both ascending. */
double an_dominance(const double *x, size_t m, const double *y, size_t n);

#endif
