/*
 * analyse_waves.c: lines through waves, and waves of other people.
 */
#include "base/text.h"
#include "command/analyse.h"

#include <math.h>
#include <string.h>

#define MOST_WAVES 2000

/* Columns t, y and perhaps w, and option transform; false after refusing. */
static bool read_waves(struct analysis *a, const struct sheet *s,
		       struct an_waves *v)
{
	const char *transform = analyse_word(a, "transform", "none");

	*v = (struct an_waves){ .n = s->rows,
				.logit = text_equals(transform, "logit") };
	if (!v->logit && !text_equals(transform, "none"))
		return REFUSE(a, "option transform is \"none\" or \"logit\"");
	if (!(v->t = analyse_numbers(a, s, "t")) ||
	    !(v->y = analyse_numbers(a, s, "y")))
		return false;
	if (analyse_flag(a, "weights", analyse_has(s, "w")) &&
	    !(v->w = analyse_numbers(a, s, "w")))
		return false;
	return !a->problem && analyse_at_most(a, "waves", v->n, MOST_WAVES);
}

static bool bad_waves(struct analysis *a)
{
	return REFUSE(a, "weights must be above 0 and shares between 0 and 1");
}

#define FC(key, member) FIELD_AS(struct an_forecast, key, member)

static void put_forecast(json_t *o, const struct an_forecast *f, size_t n)
{
	static const struct field fields[] = {
		FC("forecast_t", t), FC("forecast", value), FC("ci_lo", ci_lo),
		FC("ci_hi", ci_hi),  FC("pi_lo", pi_lo),    FC("pi_hi", pi_hi),
		FC("pi50_lo", lo50), FC("pi50_hi", hi50),   FC("pi80_lo", lo80),
		FC("pi80_hi", hi80), { .key = NULL },
	};

	analyse_columns(o, fields, f, n, sizeof(*f));
}

/*
 * Points to forecast: option horizon, or three steps (three years) and for
 * series of at least eight waves (quarters) twelve, never more than 1.5 times
 * as many as there are waves.
 */
static size_t horizon(struct analysis *a, size_t n)
{
	const size_t steps = n < 8 ? 3 : 12, most = n + n / 2;

	return analyse_count(a, "horizon", steps < most ? steps : most, 1000);
}

/* The last time there is, wherever its row stands. */
static double latest(const struct an_waves *v)
{
	double t = NAN;

	for (size_t i = 0; i < v->n; i++)
		t = v->t[i] > t || isnan(t) ? v->t[i] : t;
	return t;
}

#define TR(key, member) FIELD_AS(struct an_trend, key, member)

static bool trend(struct analysis *a)
{
	static const struct field fields[] = {
		TR("n", n),
		TR("n_missing", missing),
		TR("intercept", intercept),
		TR("slope", slope),
		TR("se_intercept", se_intercept),
		TR("se_slope", se_slope),
		TR("df", df),
		TR("sigma", sigma),
		TR("t_slope", t),
		TR("p_slope", p),
		TR("slope_lo", slope_lo),
		TR("slope_hi", slope_hi),
		TR("theil_sen_slope", theil_sen_slope),
		TR("theil_sen_intercept", theil_sen_intercept),
		TR("mann_kendall_S", mk_s),
		TR("mann_kendall_p_exact", mk_exact),
		TR("mann_kendall_z", mk_z),
		TR("mann_kendall_p_normal", mk_p),
		{ .key = NULL },
	};
	const struct sheet *s = analyse_sheet(a, 0);
	struct an_forecast *f;
	struct an_waves v;
	struct an_trend o;
	size_t m;

	if (!s || !read_waves(a, s, &v))
		return false;
	m = horizon(a, v.n);
	if (a->problem)
		return false;
	if (!v.n)
		m = 0;
	f = ARENA_ARRAY(a->arena, struct an_forecast, m + 1);
	for (size_t i = 0; i < m; i++)
		f[i].t = latest(&v) + (double)(i + 1);
	o = an_trend(&v, f, m);
	if (o.status == AN_BAD_INPUT)
		return bad_waves(a);
	analyse_record(a->result, fields, &o);
	put_forecast(a->result, f, m);
	model_bool(a->result, "trend_may_be_named", o.agreed);
	analyse_status(a->result, o.status);
	return true;
}

/*
 * Column quarter (1 to 4) as 0 to 3; NULL after refusing. A blank one is
 * AN_ANY_QUARTER where that may be.
 */
static const unsigned *quarters(struct analysis *a, const struct sheet *s,
				bool may_be_blank)
{
	const double *x = analyse_numbers(a, s, "quarter");
	unsigned *out = ARENA_ARRAY(a->arena, unsigned, s->rows + 1);

	for (size_t i = 0; x && i < s->rows; i++) {
		out[i] = AN_ANY_QUARTER;
		if (isnan(x[i]) && may_be_blank)
			continue;
		if (!(x[i] >= 1.0 && x[i] <= 4.0) || x[i] != floor(x[i])) {
			analyse_refuse(a, "quarter is 1, 2, 3 or 4 in line %zu",
				       i + 2);
			return NULL;
		}
		out[i] = (unsigned)x[i] - 1;
	}
	return x ? out : NULL;
}

/* The points to forecast: input 1. */
struct points {
	struct an_forecast *f;
	const unsigned *quarter;
	size_t n;
};

static bool read_points(struct analysis *a, struct points *p)
{
	const struct sheet *s;
	const double *t;

	if (!analyse_has_input(a, 1))
		return true;
	s = analyse_sheet(a, 1);
	t = s ? analyse_numbers(a, s, "t") : NULL;
	if (!t ||
	    (analyse_has(s, "quarter") && !(p->quarter = quarters(a, s, true))))
		return false;
	p->n = s->rows;
	p->f = ARENA_ARRAY(a->arena, struct an_forecast, p->n + 1);
	for (size_t i = 0; i < p->n; i++)
		p->f[i].t = t[i];
	return analyse_at_most(a, "points", p->n, MOST_WAVES);
}

#define SE(key, member) FIELD_AS(struct an_season, key, member)

static void put_season(struct analysis *a, const struct an_season *o,
		       const struct points *p)
{
	static const struct field fields[] = {
		SE("n", n),
		SE("n_missing", missing),
		SE("quarters", quarters),
		SE("intercept", intercept),
		SE("slope", slope),
		SE("se_slope", se_slope),
		SE("df", df),
		SE("sigma", sigma),
		SE("t_slope", t),
		SE("p_slope", p),
		SE("slope_lo", slope_lo),
		SE("slope_hi", slope_hi),
		SE("F_quarters", f),
		SE("F_df1", f_df1),
		SE("F_p", f_p),
		SE("theil_sen_slope", theil_sen_slope),
		SE("mann_kendall_S", mk_s),
		SE("mann_kendall_z", mk_z),
		SE("mann_kendall_p_normal", mk_p),
		{ .key = NULL },
	};

	analyse_record(a->result, fields, o);
	analyse_put(a->result, "quarter_effect", o->quarter, AN_QUARTERS);
	put_forecast(a->result, p->f, p->n);
	model_bool(a->result, "trend_may_be_named", o->agreed);
	analyse_status(a->result, o->status);
}

static bool trend_season(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const unsigned *quarter;
	struct points p = { NULL, NULL, 0 };
	struct an_waves v;
	struct an_season o;

	if (!s || !read_waves(a, s, &v) || !(quarter = quarters(a, s, false)) ||
	    !read_points(a, &p))
		return false;
	o = an_season_trend(&v, quarter, p.f, p.quarter, p.n);
	if (o.status == AN_BAD_INPUT)
		return bad_waves(a);
	put_season(a, &o, &p);
	return true;
}

/* The cells of waves.csv as waves by strata; false after refusing. */
static bool cells(struct analysis *a, const struct sheet *s,
		  const struct levels *wave, const struct levels *stratum,
		  struct an_wave_strata *out)
{
	const size_t all = wave->k * stratum->k;
	const double *mean = analyse_numbers(a, s, "mean");
	const double *n = mean ? analyse_numbers(a, s, "n") : NULL;
	double *m = ARENA_ARRAY(a->arena, double, all + 1);
	double *count = ARENA_ARRAY(a->arena, double, all + 1);
	bool *seen = ARENA_ARRAY(a->arena, bool, all + 1);

	for (size_t i = 0; n && i < s->rows; i++) {
		const size_t at =
			wave->level[i] * stratum->k + stratum->level[i];

		if (seen[at])
			return REFUSE(a,
				      "line %zu has a wave and stratum again",
				      i + 2);
		if (isnan(n[i]) || (n[i] > 0.0 && isnan(mean[i])))
			return REFUSE(a, "line %zu lacks a mean or n", i + 2);
		seen[at] = true;
		m[at] = mean[i];
		count[at] = n[i];
	}
	out->mean = m;
	out->answers = count;
	return n != NULL;
}

/* The strata of input 1 in its order, and the rows of input 0 among them. */
static bool strata(struct analysis *a, const struct sheet *s,
		   const struct sheet *staff, struct levels *out)
{
	const char **name = analyse_texts(a, staff, "stratum");
	const char **word = name ? analyse_texts(a, s, "stratum") : NULL;

	if (!word)
		return false;
	*out = (struct levels){ .k = staff->rows, .name = name };
	out->level = ARENA_ARRAY(a->arena, size_t, s->rows + 1);
	for (size_t j = 0; j < out->k; j++)
		if (!name[j])
			return REFUSE(a, "%s has a stratum without a name",
				      staff->path);
	for (size_t i = 0; i < s->rows; i++) {
		size_t j = 0;

		while (j < out->k && word[i] && strcmp(name[j], word[i]))
			j++;
		if (j == out->k || !word[i])
			return REFUSE(a, "%s has no stratum of line %zu",
				      staff->path, i + 2);
		out->level[i] = j;
	}
	return true;
}

static bool poststratify(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const struct sheet *staff = s ? analyse_sheet(a, 1) : NULL;
	const char **word = staff ? analyse_texts(a, s, "wave") : NULL;
	struct an_wave_strata v = { .least = analyse_number(a, "least", 2.0) };
	struct levels wave, stratum;
	enum an_status status;
	double *y, *w;
	size_t *merged;

	if (!word || !analyse_at_most(a, "strata", staff->rows, 200) ||
	    !(v.population = analyse_numbers(a, staff, "N")) ||
	    !analyse_levels(a, word, s->rows, NULL, &wave) ||
	    !analyse_at_most(a, "waves", wave.k, MOST_WAVES) ||
	    !strata(a, s, staff, &stratum) ||
	    !cells(a, s, &wave, &stratum, &v) || a->problem)
		return false;
	v.waves = wave.k;
	v.h = stratum.k;
	y = ARENA_ARRAY(a->arena, double, v.waves + 1);
	w = ARENA_ARRAY(a->arena, double, v.waves + 1);
	merged = ARENA_ARRAY(a->arena, size_t, v.waves + 1);
	status = an_poststratify(&v, y, w, merged);
	if (status == AN_BAD_INPUT)
		return REFUSE(a, "n and N must not be negative, n must be "
				 "whole, and least at least 1");
	analyse_put_texts(a->result, "wave", wave.name, v.waves);
	analyse_put(a->result, "y", y, v.waves);
	analyse_put(a->result, "n_effective", w, v.waves);
	analyse_put_sizes(a->result, "merged", merged, v.waves);
	analyse_status(a->result, status);
	return true;
}

const struct method analyse_wave_methods[] = {
	{ "trend", "data.csv: t,y,[w]", "trend and projection", trend },
	{ "trend_season",
	  "data.csv: t,y,quarter,[w], [future.csv: t,[quarter]]",
	  "trend with quarter terms", trend_season },
	{ "poststratify",
	  "waves.csv: wave,stratum,mean,n, population.csv: stratum,N",
	  "waves as one staff would have answered", poststratify },
	{ .name = NULL },
};
