/*
 * analyse_trend.c: Holt's method, staff to come, sample size.
 */
#include "command/analyse.h"

#include "analytics/staff.h"

#include <math.h>

static bool holt(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const double *y = s ? analyse_numbers(a, s, "y") : NULL;
	const size_t h = analyse_count(a, "h", 3, 1000);
	struct an_holt o = { .alpha = analyse_number(a, "alpha", NAN),
			     .beta = analyse_number(a, "beta", NAN),
			     .phi = analyse_number(a, "phi", NAN) };
	enum an_status status = AN_OK;
	double sse;
	size_t n;

	if (!y || a->problem)
		return false;
	n = s->rows;
	o.level = ARENA_ARRAY(a->arena, double, n);
	o.trend = ARENA_ARRAY(a->arena, double, n);
	o.one_step = ARENA_ARRAY(a->arena, double, n);
	o.forecast = ARENA_ARRAY(a->arena, double, h);
	if (isnan(o.alpha) || isnan(o.beta) || isnan(o.phi))
		status = an_holt_tune(y, n, &o);
	sse = status == AN_OK ? an_holt_damped(y, n, &o, h) : NAN;
	if (isnan(sse))
		status = n < 2 ? AN_TOO_FEW : status;
	model_real(a->result, "alpha", o.alpha);
	model_real(a->result, "beta", o.beta);
	model_real(a->result, "phi", o.phi);
	model_real(a->result, "sse", sse);
	analyse_status(a->result,
		       isnan(sse) && status == AN_OK ? AN_NOT_FINITE : status);
	if (isnan(sse))
		return true;
	analyse_put(a->result, "level", o.level, n - 1);
	analyse_put(a->result, "trend", o.trend, n - 1);
	analyse_put(a->result, "one_step", o.one_step, n - 1);
	analyse_put(a->result, "forecast", o.forecast, h);
	return true;
}

static bool power(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const double *n = s ? analyse_numbers(a, s, "n") : NULL;
	const double *dz = n ? analyse_numbers(a, s, "dz") : NULL;
	const double alpha = analyse_number(a, "alpha", 0.05);

	if (!dz || a->problem)
		return false;
	if (!analyse_flag(a, "two_sided", true))
		return REFUSE(a, "power is that of the two-sided test");
	if (!(alpha > 0.0 && alpha < 0.8))
		return REFUSE(a, "alpha lies between 0 and 0.8");
	for (size_t i = 0; i < s->rows; i++) {
		const size_t pairs =
			n[i] >= 2.0 && n[i] < 1e9 ? (size_t)n[i] : 0;

		model_item_real(model_list(a->result, "power"),
				an_power_paired_t(pairs, dz[i], alpha));
		model_item_real(model_list(a->result, "min_detectable_dz_80"),
				an_detectable_dz(pairs, alpha, 0.8));
		model_item_int(model_list(a->result, "pairs_needed_80"),
			       (int64_t)an_pairs_needed(dz[i], alpha, 0.8));
	}
	analyse_status(a->result, s->rows ? AN_OK : AN_EMPTY);
	return true;
}

#define MOST_TIERS 1000

/* Is one of n values blank? */
static bool has_blank(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isnan(x[i]))
			return true;
	return false;
}

static bool staff(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const double *now = s ? analyse_numbers(a, s, "headcount") : NULL;
	const double *intake = now ? analyse_numbers(a, s, "intake") : NULL;
	const struct sheet *moves = intake ? analyse_sheet(a, 1) : NULL;
	const size_t years = analyse_count(a, "years", 3, 100);
	struct an_table t;
	enum an_status status;
	double *out;

	if (!moves || !analyse_matrix(a, moves, 0, &t) || a->problem ||
	    !analyse_at_most(a, "tiers", t.k, MOST_TIERS))
		return false;
	if (t.n != s->rows || t.k != s->rows)
		return REFUSE(a, "promotion needs a row and a column a tier");
	if (has_blank(now, s->rows) || has_blank(intake, s->rows) ||
	    has_blank(t.x, t.n * t.k))
		return REFUSE(a, "a head count, an intake or a share is blank;"
				 " write 0 for nobody");
	out = ARENA_ARRAY(a->arena, double, years *t.k + 1);
	status = an_staff_forecast(now, t.x, intake, t.k, years, out);
	if (status == AN_BAD_INPUT)
		return REFUSE(a, "head counts and shares must not be negative,"
				 " and no row of shares may exceed 1");
	if (status == AN_OK)
		analyse_put_matrix(a->result, "headcount", out, years, t.k);
	analyse_status(a->result, status);
	return true;
}

const struct method analyse_trend_methods[] = {
	{ "holt_damped", "data.csv: y", "Holt's method, damped", holt },
	{ "staff_forecast", "data.csv: headcount,intake, promotion.csv",
	  "head count by tier in the years to come", staff },
	{ "power_paired_t", "data.csv: n,dz", "power and sample size", power },
	{ .name = NULL },
};
