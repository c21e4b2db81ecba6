/*
 * projection.c: the manual is projection.h.
 */
#include "analysis/projection.h"

#include <math.h>

#define SPANS    1.5 /* how far ahead, in spans observed */
#define YEARS    3.0
#define TOO_WIDE 0.5 /* of the scale */

static bool has_ends(struct scale_ends e)
{
	return isfinite(e.lo) && isfinite(e.hi);
}

/* To a share strictly inside 0..1; n people cannot prove 0 or 1. */
static double inside(double y, double n, struct scale_ends e)
{
	const double share = (y - e.lo) / (e.hi - e.lo);

	if (share <= 0.0 || share >= 1.0)
		return (share * n + 0.5) / (n + 1.0);
	return share;
}

static double outside(double share, struct scale_ends e)
{
	return e.lo + share * (e.hi - e.lo);
}

static void back(struct an_forecast *f, struct scale_ends e)
{
	double *const members[] = { &f->value, &f->ci_lo, &f->ci_hi,
				    &f->pi_lo, &f->pi_hi, &f->lo50,
				    &f->hi50,  &f->lo80,  &f->hi80 };

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		*members[i] = outside(*members[i], e);
}

/* What is asked of a fitted line, with or without quarters. */
struct line {
	double slope_lo, slope_hi, median; /* median: slope of Theil-Sen */
	bool agreed, is_seasonal;
	enum an_status status;
};

static bool has_season(const unsigned *quarter, size_t n)
{
	for (size_t i = 1; quarter && i < n && n >= AN_SEASON_LEAST; i++)
		if (quarter[i] != quarter[0])
			return true;
	return false;
}

/* Quarters that cannot be told from time leave the plain line. */
static struct line fit(const struct an_waves *waves, const unsigned *quarter,
		       struct an_forecast *at, size_t m)
{
	struct an_trend t;

	if (has_season(quarter, waves->n)) {
		const struct an_season s =
			an_season_trend(waves, quarter, at, NULL, m);

		if (s.status == AN_OK)
			return (struct line){
				s.slope_lo, s.slope_hi, s.theil_sen_slope,
				s.agreed,   true,       AN_OK
			};
	}
	t = an_trend(waves, at, m);
	return (struct line){ t.slope_lo, t.slope_hi, t.theil_sen_slope,
			      t.agreed,   false,      t.status };
}

static const char *direction(const struct line *l)
{
	if (!l->agreed)
		return "";
	if (l->slope_lo > 0.0)
		return l->median > 0.0 ? "up" : "";
	if (l->slope_hi < 0.0)
		return l->median < 0.0 ? "down" : "";
	return "flat";
}

/* Does damped Holt, as a second opinion, go the other way at the end? */
static bool holt_differs(struct ctx *cx, const double *y, size_t n,
			 double per_year)
{
	struct arena *a = &cx->arena;
	struct an_holt h = { .level = ARENA_ARRAY(a, double, n),
			     .trend = ARENA_ARRAY(a, double, n),
			     .one_step = ARENA_ARRAY(a, double, n),
			     .forecast = NULL };

	if (n < AN_HOLT_LEAST || an_holt_tune(y, n, &h) != AN_OK ||
	    isnan(an_holt_damped(y, n, &h, 0)))
		return false;
	return h.trend[n - 2] * per_year < 0.0;
}

static void read_years(struct projection *p, const struct an_forecast *at,
		       double first, double last, struct scale_ends ends)
{
	const double reach = fmin(YEARS, SPANS * (last - first));
	const struct an_forecast *end = &at[PROJECTION_YEARS - 1];

	for (size_t i = 0; i < PROJECTION_YEARS; i++) {
		p->year[i] = at[i];
		p->within[i] = at[i].t - last <= reach;
	}
	p->wide = has_ends(ends) &&
		  end->hi80 - end->lo80 > TOO_WIDE * (ends.hi - ends.lo);
}

struct projection project(struct ctx *cx, const struct an_waves *waves,
			  const unsigned *quarter, struct scale_ends ends,
			  const double future[PROJECTION_YEARS])
{
	const size_t n = waves->n;
	double *y = ARENA_ARRAY(&cx->arena, double, n + 1);
	struct an_forecast at[PROJECTION_YEARS + 2] = { { .t = 0.0 } };
	struct an_waves scaled = *waves;
	struct line l;
	struct projection p = { .n = n,
				.from = NAN,
				.to = NAN,
				.per_year = NAN,
				.direction = "",
				.status = AN_TOO_FEW };

	if (n < PROJECTION_LEAST)
		return p;
	for (size_t i = 0; i < PROJECTION_YEARS; i++)
		at[i].t = future[i];
	at[PROJECTION_YEARS].t = waves->t[0];
	at[PROJECTION_YEARS + 1].t = waves->t[n - 1];
	for (size_t i = 0; i < n; i++)
		y[i] = has_ends(ends) ? inside(waves->y[i], waves->w[i], ends)
				      : waves->y[i];
	scaled.y = y;
	scaled.logit = has_ends(ends);
	l = fit(&scaled, quarter, at, PROJECTION_YEARS + 2);
	p.status = l.status;
	p.is_seasonal = l.is_seasonal;
	if (p.status != AN_OK)
		return p;
	for (size_t i = 0; i < PROJECTION_YEARS + 2 && has_ends(ends); i++)
		back(&at[i], ends);
	p.from = at[PROJECTION_YEARS].value;
	p.to = at[PROJECTION_YEARS + 1].value;
	p.per_year = (p.to - p.from) / (waves->t[n - 1] - waves->t[0]);
	p.direction = direction(&l);
	p.holt_differs = (*p.direction == 'u' || *p.direction == 'd') &&
			 !p.is_seasonal &&
			 holt_differs(cx, waves->y, n, p.per_year);
	if (p.holt_differs)
		p.direction = "";
	read_years(&p, at, waves->t[0], waves->t[n - 1], ends);
	return p;
}
