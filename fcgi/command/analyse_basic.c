/*
 * analyse_basic.c: one variable, two variables, shares, families of tests.
 */
#include "command/analyse.h"

#include <math.h>

/* A whole number of people, or refuse. */
static bool people(struct analysis *a, double x, size_t *out)
{
	if (!(x >= 0.0 && x <= 1e15) || x != floor(x))
		return REFUSE(a, "counts must be whole numbers");
	*out = (size_t)x;
	return true;
}

static bool univariate(struct analysis *a)
{
	static const struct field fields[] = {
		FIELD(struct an_description, n),
		FIELD_AS(struct an_description, "n_missing", missing),
		FIELD(struct an_description, mean),
		FIELD(struct an_description, sd),
		FIELD(struct an_description, min),
		FIELD(struct an_description, max),
		FIELD(struct an_description, median),
		FIELD(struct an_description, lag1),
		{ .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	struct an_description o;
	struct an_estimate e;
	struct an_table t;
	const double level = analyse_number(a, "level", 0.95);

	if (!s || !analyse_matrix(a, s, 0, &t) || a->problem)
		return false;
	if (!(level > 0.0 && level < 1.0))
		return REFUSE(a, "level lies between 0 and 1");
	if (t.k != 1)
		return REFUSE(a, "%s must have one column", s->path);
	o = an_describe(t.x, t.n);
	e = an_mean_ci(t.x, t.n, level);
	analyse_record(a->result, fields, &o);
	model_real(a->result, "mean_lo", e.lo);
	model_real(a->result, "mean_hi", e.hi);
	analyse_status(a->result, o.status);
	return true;
}

static const struct field correlation_fields[] = {
	FIELD(struct an_correlation, n),
	FIELD_AS(struct an_correlation, "n_missing", missing),
	FIELD(struct an_correlation, pearson),
	FIELD(struct an_correlation, pearson_lo),
	FIELD(struct an_correlation, pearson_hi),
	FIELD(struct an_correlation, pearson_p),
	FIELD(struct an_correlation, spearman),
	FIELD(struct an_correlation, spearman_lo),
	FIELD(struct an_correlation, spearman_hi),
	FIELD(struct an_correlation, spearman_p),
	FIELD_AS(struct an_correlation, "kendall_S", kendall_s),
	FIELD(struct an_correlation, kendall_tau_b),
	FIELD(struct an_correlation, kendall_z),
	FIELD(struct an_correlation, kendall_p),
	{ .key = NULL },
};

static bool correlation(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const double *x = s ? analyse_numbers(a, s, "x") : NULL;
	const double *y = x ? analyse_numbers(a, s, "y") : NULL;
	const double level = analyse_level(a);
	struct an_correlation o;

	if (!y || a->problem)
		return false;
	o = an_correlate(x, y, s->rows, level);
	analyse_record(a->result, correlation_fields, &o);
	analyse_status(a->result, o.status);
	return true;
}

static bool calibration(struct analysis *a)
{
	static const struct field fields[] = {
		FIELD(struct an_calibration_quarter, n),
		FIELD(struct an_calibration_quarter, score),
		FIELD(struct an_calibration_quarter, self),
		FIELD(struct an_calibration_quarter, diff),
		FIELD_AS(struct an_calibration_quarter, "diff_lo", lo),
		FIELD_AS(struct an_calibration_quarter, "diff_hi", hi),
		{ .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	const double *score = s ? analyse_numbers(a, s, "score") : NULL;
	const double *self = score ? analyse_numbers(a, s, "self") : NULL;
	const double level = analyse_level(a);
	struct an_correlation r;
	struct an_calibration o;
	json_t *quarters;

	if (!self || a->problem)
		return false;
	r = an_correlate(score, self, s->rows, level);
	o = an_calibrate(score, self, s->rows, level, NULL);
	analyse_record(a->result, correlation_fields, &r);
	analyse_put(a->result, "cut", o.cut, AN_SCORE_QUARTERS - 1);
	quarters = model_object(a->result, "quarter");
	analyse_columns(quarters, fields, o.quarter, AN_SCORE_QUARTERS,
			sizeof(*o.quarter));
	for (size_t q = 0; q < AN_SCORE_QUARTERS; q++)
		model_item_text(model_list(quarters, "status"),
				an_status_name(o.quarter[q].status));
	analyse_status(a->result, o.status);
	return true;
}

static bool proportion(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const double *x = s ? analyse_numbers(a, s, "x") : NULL;
	const double *n = x ? analyse_numbers(a, s, "n") : NULL;
	const double level = analyse_number(a, "level", 0.95);
	enum an_status status = AN_OK;

	for (size_t i = 0; n && i < s->rows; i++) {
		struct an_estimate w, c;
		size_t hits = 0, trials = 0;

		if (!people(a, x[i], &hits) || !people(a, n[i], &trials))
			return false;
		w = an_wilson(hits, trials, level);
		c = an_clopper_pearson(hits, trials, level);
		if (w.status == AN_BAD_INPUT)
			return REFUSE(a, "needs x <= n and a level "
					 "between 0 and 1");
		status = w.status != AN_OK ? w.status : status;
		model_item_real(model_list(a->result, "p"), w.value);
		model_item_real(model_list(a->result, "wilson_lo"), w.lo);
		model_item_real(model_list(a->result, "wilson_hi"), w.hi);
		model_item_real(model_list(a->result, "cp_lo"), c.lo);
		model_item_real(model_list(a->result, "cp_hi"), c.hi);
	}
	analyse_status(a->result, status);
	return n != NULL;
}

static bool difference(struct analysis *a)
{
	const char *const name[] = { "x1", "n1", "x2", "n2" };
	const struct sheet *s = analyse_sheet(a, 0);
	const double level = analyse_number(a, "level", 0.95);
	const double *v[4];
	enum an_status status = AN_OK;

	for (size_t j = 0; j < 4; j++)
		if (!s || !(v[j] = analyse_numbers(a, s, name[j])))
			return false;
	for (size_t i = 0; i < s->rows; i++) {
		struct an_estimate e;
		size_t c[4] = { 0 };

		for (size_t j = 0; j < 4; j++)
			if (!people(a, v[j][i], &c[j]))
				return false;
		e = an_newcombe(c[0], c[1], c[2], c[3], level);
		if (e.status == AN_BAD_INPUT)
			return REFUSE(a, "needs x <= n and a level "
					 "between 0 and 1");
		status = e.status != AN_OK ? e.status : status;
		model_item_real(model_list(a->result, "diff"), e.value);
		model_item_real(model_list(a->result, "newcombe_lo"), e.lo);
		model_item_real(model_list(a->result, "newcombe_hi"), e.hi);
	}
	analyse_status(a->result, status);
	return true;
}

static bool p_adjust(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const double *p = s ? analyse_numbers(a, s, "p") : NULL;
	double *out;

	if (!p)
		return false;
	for (size_t i = 0; i < s->rows; i++)
		if (p[i] < 0.0 || p[i] > 1.0)
			return REFUSE(a, "p-values lie between 0 and "
					 "1");
	out = ARENA_ARRAY(a->arena, double, s->rows);
	an_holm(p, s->rows, out);
	analyse_put(a->result, "holm", out, s->rows);
	an_benjamini_hochberg(p, s->rows, out);
	analyse_put(a->result, "bh", out, s->rows);
	an_bonferroni(p, s->rows, out);
	analyse_put(a->result, "bonferroni", out, s->rows);
	analyse_status(a->result, s->rows ? AN_OK : AN_EMPTY);
	return true;
}

const struct method analyse_basic_methods[] = {
	{ "univariate", "data.csv", "mean, spread, median of one column",
	  univariate },
	{ "correlation", "data.csv: x,y", "Pearson, Spearman, Kendall",
	  correlation },
	{ "calibration", "data.csv: score,self",
	  "self-rating against test, by quarter of the score", calibration },
	{ "proportion", "data.csv: x,n", "shares, Wilson and Clopper-Pearson",
	  proportion },
	{ "proportion_difference", "data.csv: x1,n1,x2,n2",
	  "difference of two shares, Newcombe", difference },
	{ "p_adjust", "p.csv: p", "Holm, Benjamini-Hochberg, Bonferroni",
	  p_adjust },
	{ .name = NULL },
};
