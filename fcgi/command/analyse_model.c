/*
 * analyse_model.c: regression, drivers, portfolio.
 */
#include "base/text.h"
#include "command/analyse.h"

#include <math.h>

/*
 * Predictors: all columns but y, and w with option weights; or the powers of
 * the only one.
 */
static bool design(struct analysis *a, const struct sheet *s,
		   struct an_table *x, const char ***names)
{
	const size_t power = analyse_count(a, "polynomial_degree", 1, 20);
	const bool weighted = analyse_flag(a, "weights", false);
	size_t k = 0;
	double *out;

	*x = (struct an_table){ NULL, 0, 0 };
	*names = ARENA_ARRAY(a->arena, const char *, s->cols + power);
	for (size_t j = 0; j < s->cols; j++)
		if (!text_equals(s->header[j], "y") &&
		    !(weighted && text_equals(s->header[j], "w")))
			(*names)[k++] = s->header[j];
	if (a->problem)
		return false;
	if (power > 1 && k != 1)
		return REFUSE(a, "a polynomial needs one predictor");
	out = ARENA_ARRAY(a->arena, double, s->rows *(k > power ? k : power));
	for (size_t j = 0; j < k; j++) {
		const double *v = analyse_numbers(a, s, (*names)[j]);

		for (size_t i = 0; v && i < s->rows; i++)
			out[i * k * power + j] = v[i];
		if (!v)
			return false;
	}
	for (size_t i = 0; i < s->rows && power > 1; i++)
		for (size_t j = 1; j < power; j++)
			out[i * power + j] =
				out[i * power + j - 1] * out[i * power];
	for (size_t j = 1; j < power; j++)
		(*names)[j] =
			arena_printf(a->arena, "%s^%zu", (*names)[0], j + 1);
	*x = (struct an_table){ out, s->rows, k * power };
	return true;
}

/* What a regression is of. */
struct model {
	const struct an_table *x;
	const double *y, *w;
	bool intercept;
	const char **names;
};

/* Joint test of the terms named in option tested_terms. */
static bool tested_terms(struct analysis *a, const struct model *m)
{
	const struct an_table *x = m->x;
	size_t n;
	const char **term = analyse_list(a, "tested_terms", &n);
	bool *tested = ARENA_ARRAY(a->arena, bool, x->k);
	struct an_f_test t;

	if (!term)
		return !a->problem;
	for (size_t i = 0; i < n && !a->problem; i++) {
		size_t j = 0;

		while (j < x->k && !text_equals(m->names[j], term[i]))
			j++;
		if (j == x->k)
			return REFUSE(a, "there is no term \"%.60s\"", term[i]);
		tested[j] = true;
	}
	if (a->problem)
		return false;
	t = an_ols_test(x, m->y, m->w, m->intercept, tested);
	model_real(a->result, "tier_F", t.f);
	model_real(a->result, "tier_df1", t.df1);
	model_real(a->result, "tier_df2", t.df2);
	model_real(a->result, "tier_p", t.p);
	return true;
}

/* The first column of x holds the variable, the others its powers. */
static struct an_ols polynomial(struct analysis *a, const struct an_table *x,
				const double *y, struct an_coefficient *out)
{
	double *v = ARENA_ARRAY(a->arena, double, x->n);

	for (size_t i = 0; i < x->n; i++)
		v[i] = an_at(x, i, 0);
	return an_polynomial(v, y, x->n, x->k, out);
}

#define O(key, member) FIELD_AS(struct an_ols, key, member)
#define C(member)      FIELD(struct an_coefficient, member)

static bool ols(struct analysis *a)
{
	static const struct field fields[] = {
		O("n_used", n),      O("n_missing", missing),
		O("sigma", sigma),   O("df", df),
		O("rss", rss),       O("r2", r2),
		O("adj_r2", adj_r2), O("F", f.f),
		O("F_df1", f.df1),   O("F_p", f.p),
		{ .key = NULL },
	};
	static const struct field terms[] = {
		C(b), C(se), C(t), C(p), C(se_hc3), { .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	const double *y = s ? analyse_numbers(a, s, "y") : NULL;
	const bool weighted = analyse_flag(a, "weights", false);
	const double *w = y && weighted ? analyse_numbers(a, s, "w") : NULL;
	const bool intercept = analyse_flag(a, "intercept", true);
	struct an_coefficient *out;
	const char **names;
	struct an_table x;
	struct an_ols o;

	if (!y || !design(a, s, &x, &names) || a->problem)
		return false;
	if (analyse_missing(a) != AN_LISTWISE || a->problem)
		return REFUSE(a, "a regression leaves out rows with a missing "
				 "value");
	out = ARENA_ARRAY(a->arena, struct an_coefficient, x.k + 1);
	if (!w && intercept && analyse_count(a, "polynomial_degree", 1, 20) > 1)
		o = polynomial(a, &x, y, out);
	else
		o = an_ols(&x, y, w, intercept, out);
	if (o.status == AN_BAD_INPUT)
		return REFUSE(a, "weights must be above 0");
	if (intercept)
		model_item_text(model_list(a->result, "terms"), "(Intercept)");
	for (size_t j = 0; j < x.k; j++)
		model_item_text(model_list(a->result, "terms"), names[j]);
	analyse_columns(a->result, terms, out, o.p, sizeof(*out));
	analyse_record(a->result, fields, &o);
	if (o.exact)
		model_text(a->result, "F", "Inf");
	analyse_status(a->result, o.status);
	return tested_terms(a, &(struct model){ &x, y, w, intercept, names });
}

#define DR(member) FIELD(struct an_driver, member)

/*
 * Limits of the shares from option B resamples: BCa where n complete rows are
 * enough for it.
 */
static bool driver_limits(struct analysis *a, const double *y,
			  const struct an_table *x, size_t n, json_t *item)
{
	const bool bca = n >= AN_DRIVERS_BCA;
	const struct an_resampling how = analyse_resampling(a, 2000, 100000);
	double *lo = ARENA_ARRAY(a->arena, double, x->k);
	double *hi = ARENA_ARRAY(a->arena, double, x->k);
	enum an_status status;

	if (a->problem)
		return false;
	status = bca ? an_drivers_bca(y, x, &how, lo, hi)
		     : an_drivers_ci(y, x, &how, lo, hi);
	model_text(a->result, "ci_method", bca ? "bca" : "percentile");
	model_text(a->result, "ci_status", an_status_name(status));
	analyse_put(item, "dominance_pct_lo", lo, x->k);
	analyse_put(item, "dominance_pct_hi", hi, x->k);
	analyse_put_seed(a->result, &how);
	return true;
}

static bool drivers(struct analysis *a)
{
	static const struct field fields[] = {
		DR(r),
		DR(beta),
		DR(vif),
		DR(johnson_rw),
		DR(johnson_pct),
		FIELD_AS(struct an_driver, "general_dominance", dominance),
		DR(dominance_pct),
		{ .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	const double *y = s ? analyse_numbers(a, s, "y") : NULL;
	struct an_driver *out;
	struct an_drivers o;
	const char **names;
	struct an_table x;
	json_t *item;

	if (!y || !design(a, s, &x, &names))
		return false;
	out = ARENA_ARRAY(a->arena, struct an_driver, x.k);
	o = an_drivers(y, &x, out);
	if (o.status == AN_BAD_INPUT)
		return REFUSE(a, "needs 1 to %d predictors", AN_DRIVERS_MAX);
	model_int(a->result, "n", (int64_t)o.n);
	model_int(a->result, "n_missing", (int64_t)o.missing);
	model_real(a->result, "r2", o.r2);
	model_real(a->result, "adj_r2", o.adj_r2);
	item = model_object(a->result, "item");
	analyse_put_texts(item, "item", names, x.k);
	analyse_columns(item, fields, out, x.k, sizeof(*out));
	analyse_status(a->result, o.status);
	return !analyse_has_option(a, "B") ||
	       driver_limits(a, y, &x, o.n, item);
}

#define CS(key, member) FIELD_AS(struct an_cs_item, key, member)

static bool cs_portfolio(struct analysis *a)
{
	static const struct field fields[] = {
		CS("n", n),
		CS("satisfaction", satisfaction),
		CS("importance_r", importance),
		CS("r_lo", r_lo),
		CS("r_hi", r_hi),
		CS("t_importance", t_importance),
		CS("t_satisfaction", t_satisfaction),
		CS("distance", distance),
		CS("angle", angle),
		CS("improvement_index", index),
		CS("z_difference", z_difference),
		CS("quadrant", quadrant),
		FIELD_RANK(struct an_cs_item, "rank", rank),
		CS("p_rank3", p_rank3),
		{ .key = NULL },
	};
	const struct sheet *s1 = analyse_sheet(a, 0);
	const struct sheet *s2 = s1 ? analyse_sheet(a, 1) : NULL;
	const char *kind = analyse_word(a, "satisfaction", "mean");
	const bool top2 = text_equals(kind, "top2");
	const double top = top2 ? analyse_number(a, "top", 4.0) : NAN;
	const struct an_resampling how = analyse_resampling(a, 0, 100000);
	struct an_table s, overall;
	struct an_cs_item *o;
	enum an_status status;

	if (!s2 || !analyse_matrix(a, s1, 0, &s) ||
	    !analyse_matrix(a, s2, 0, &overall) || a->problem)
		return false;
	if (!top2 && !text_equals(kind, "mean"))
		return REFUSE(a, "option satisfaction is \"mean\" or "
				 "\"top2\"");
	if (overall.k != 1 || overall.n != s.n)
		return REFUSE(a, "overall must be one column with a "
				 "row per person");
	o = ARENA_ARRAY(a->arena, struct an_cs_item, s.k);
	status = an_cs_portfolio(&s, overall.x, top, o);
	if (how.resamples) {
		an_cs_stability(&s, overall.x, top, &how, o);
		analyse_put_seed(a->result, &how);
	}
	analyse_put_texts(a->result, "item", s1->header, s.k);
	analyse_columns(a->result, fields, o, s.k, sizeof(*o));
	analyse_status(a->result, status);
	return true;
}

const struct method analyse_model_methods[] = {
	{ "ols", "data.csv: y,predictors", "linear regression, HC3 errors",
	  ols },
	{ "drivers", "data.csv: y,predictors",
	  "what overall satisfaction goes with", drivers },
	{ "cs_portfolio", "satisfaction.csv, overall.csv",
	  "satisfaction against importance, improvement index", cs_portfolio },
	{ .name = NULL },
};
