/*
 * items.h: how the items of a test or scale behave.
 */
#ifndef ANALYTICS_ITEMS_H
#define ANALYTICS_ITEMS_H

#include "analytics/number.h"
#include "analytics/status.h"

enum an_missing {
	AN_LISTWISE,     /* people with a missing value are left out */
	AN_MISSING_ZERO, /* a missing value is a wrong answer, 0 points */
};

/*
 * What speaks against an item; several may be set. Only from 30 people on.
 * "Surely": the one-sided p by Fisher's z, adjusted over the items of the test
 * by Benjamini and Hochberg, is below .025; a 0/1 item needs five people right
 * and five wrong besides.
 */
enum an_item_flag {
	AN_ITEM_EASY = 1,     /* more than 95 % of the points reached */
	AN_ITEM_HARD = 2,     /* fewer than 20 % */
	AN_ITEM_WEAK = 4,     /* r_rest surely below .20 */
	AN_ITEM_KEY = 8,      /* r_rest surely below 0: check the key */
	AN_ITEM_CONSTANT = 16 /* everybody has the same score */
};

/*
 * One item.
 *
 * n_answered       people with a value before the missing rule
 * mean, sd         in points; sd with divisor n-1
 * difficulty       mean / maximum: the share of points reached, the higher
 *                  the easier; lo and hi by Wilson for 0/1 items, else NAN
 * r_total          correlation of the item with the total; NAN when all
 *                  totals are equal
 * r_rest           with the total without the item (corrected item-total
 *                  correlation, the discrimination), with Fisher limits
 *                  from four people on
 * d27              share of points in the upper 27 % minus in the lower 27 %;
 *                  NAN when both are cut at the same total
 * alpha_deleted    alpha of the test without the item; NAN for k < 3
 * flags            enum an_item_flag, or-ed
 */
struct an_item {
	size_t n_answered;
	double mean, sd;
	double difficulty, difficulty_lo, difficulty_hi;
	double r_total;
	double r_rest, r_rest_lo, r_rest_hi;
	double d27;
	double alpha_deleted;
	unsigned flags;
	enum an_status status;
};

/* The test as a whole. */
struct an_items {
	size_t n_rows, n_used, n_items;
	double mean_total, sd_total, alpha;
	size_t upper_n,
		lower_n; /* people in the upper and lower 27 %, ties in */
	enum an_status status;
};

/*
 * Item analysis of t: n people by k items, in points, reverse-keyed items
 * already turned round.
 *
 * missing    what becomes of NAN
 * max_score  k maxima, or NULL: the largest value seen, at least 1
 * item       k places, filled even when the status is not AN_OK
 *
 * AN_EMPTY without people or items, AN_TOO_FEW for n < 2 (and for k < 2: no
 * alpha), AN_ZERO_VARIANCE when all totals are equal, AN_NOT_FINITE for an
 * infinity. O(nk) time.
 *
 * With t the variance of the totals, v_j that of the item and c_j their
 * covariance: r_rest = (c_j - v_j)/sqrt(v_j (t - 2 c_j + v_j)),
 * alpha = k/(k-1) (1 - sum v/t).
 * Sources: Lord and Novick (1968); T. L. Kelley (1939), J. Educ. Psychol.
 * 30:17-24 (27 %). Checked against R psych::alpha.
 */
struct an_items an_item_analysis(const struct an_table *t,
				 enum an_missing missing,
				 const double *max_score, struct an_item *item);

/*
 * What somebody scores on a scale of k ratings: the mean of those answered
 * (not NAN), if two thirds of them are; else NAN, as for k = 0.
 */
double an_scale_score(const double *x, size_t k);

#endif
