/*
 * portfolio.c: customer-satisfaction portfolio and its improvement index.
 */
#include "analytics/bootstrap.h"
#include "analytics/correlation.h"
#include "analytics/drivers.h"
#include "analytics/memory.h"

#include <math.h>
#include <stdbool.h>

/* People picked for one evaluation; NULL: everybody in order. */
struct picked {
	const struct an_table *s;
	const double *overall;
	const size_t *row;
	double top;
};

/* Satisfaction and importance of item j. */
static void evaluate(const struct picked *p, size_t j, struct an_cs_item *o)
{
	AN_SCRATCH(work);
	const size_t n = p->s->n;
	double *x = an_doubles(&work, n), *y = an_doubles(&work, n);
	struct an_estimate r;
	double sum = 0.0, m = 0.0;

	for (size_t i = 0; i < n; i++) {
		const size_t row = p->row ? p->row[i] : i;

		x[i] = an_at(p->s, row, j);
		y[i] = p->overall[row];
		if (isnan(x[i]))
			continue;
		m += 1.0;
		if (isnan(p->top))
			sum += x[i];
		else
			sum += x[i] >= p->top ? 1.0 : 0.0;
	}
	r = an_pearson_ci(x, y, n);
	o->n = r.n;
	o->satisfaction = m > 0.0 ? sum / m : NAN;
	o->importance = r.value;
	o->r_lo = r.lo;
	o->r_hi = r.hi;
	o->status = r.status;
}

/* Mean and sd (divisor k) of a list; NAN sd when it does not vary. */
static void spread(const double *v, size_t k, double *mean, double *sd)
{
	*mean = an_mean(v, k);
	*sd = sqrt(fmax(an_ss(v, k, *mean), 0.0) / (double)k);
	if (!(*sd > 1e-13 * fabs(*mean)))
		*sd = NAN;
}

static const char *quadrant(double dx, double dy)
{
	if (isnan(dx) || isnan(dy))
		return NULL;
	if (dx >= 0.0)
		return dy < 0.0 ? "priority_improve" : "priority_keep";
	return dy < 0.0 ? "improve" : "keep";
}

static void place(struct an_cs_item *o)
{
	const double dx = o->t_importance - 50.0;
	const double dy = o->t_satisfaction - 50.0;
	double angle = fabs(atan2(dy, dx) * 180.0 / M_PI + 45.0);

	angle = angle > 180.0 ? 360.0 - angle : angle;
	o->distance = hypot(dx, dy);
	o->angle = angle;
	o->index = o->distance * (90.0 - angle) / 90.0;
	o->z_difference = (o->t_importance - o->t_satisfaction) / 10.0;
	o->quadrant = quadrant(dx, dy);
}

static enum an_status portfolio(const struct picked *p, struct an_cs_item *out)
{
	AN_SCRATCH(work);
	const size_t k = p->s->k;
	double *imp = an_doubles(&work, k), *sat = an_doubles(&work, k);
	double mi, si, ms, ss;
	enum an_status status = AN_OK;

	for (size_t j = 0; j < k; j++) {
		evaluate(p, j, &out[j]);
		imp[j] = out[j].importance;
		sat[j] = out[j].satisfaction;
		if (isnan(imp[j]) || isnan(sat[j]))
			status = out[j].status;
	}
	spread(imp, k, &mi, &si);
	spread(sat, k, &ms, &ss);
	if (status == AN_OK && (isnan(si) || isnan(ss)))
		status = AN_ZERO_VARIANCE;
	for (size_t j = 0; j < k; j++) {
		out[j].t_importance = 50.0 + 10.0 * (imp[j] - mi) / si;
		out[j].t_satisfaction = 50.0 + 10.0 * (sat[j] - ms) / ss;
		place(&out[j]);
	}
	for (size_t j = 0; j < k; j++) {
		out[j].rank = isnan(out[j].index) ? 0u : 1u;
		for (size_t m = 0; m < k && out[j].rank; m++)
			out[j].rank += out[m].index > out[j].index ? 1 : 0;
	}
	return status;
}

enum an_status an_cs_portfolio(const struct an_table *s, const double *overall,
			       double top, struct an_cs_item *out)
{
	const struct picked p = { s, overall, NULL, top };

	for (size_t j = 0; j < s->k; j++)
		out[j] = (struct an_cs_item){ .p_rank3 = NAN };
	if (!an_no_infinity(s->x, s->n * s->k) ||
	    !an_no_infinity(overall, s->n))
		return AN_NOT_FINITE;
	if (s->k < 2) {
		if (s->k)
			portfolio(&p, out);
		return AN_TOO_FEW;
	}
	return portfolio(&p, out);
}

/* Rank among the items of the ranking whose r is positive here, too; 0 for
 * the others. */
static size_t rank_of(const struct an_cs_item *o, const bool *ranked, size_t k,
		      size_t j)
{
	size_t rank = 1;

	if (!ranked[j] || !(o[j].importance > 0.0))
		return 0;
	for (size_t m = 0; m < k; m++)
		rank += ranked[m] && o[m].importance > 0.0 &&
			o[m].index > o[j].index;
	return rank;
}

void an_cs_stability(const struct an_table *s, const double *overall,
		     double top, const struct an_resampling *how,
		     struct an_cs_item *out)
{
	AN_SCRATCH(work);
	struct an_cs_item *o = an_alloc(&work, s->k, sizeof(*o));
	double *first = an_doubles(&work, s->k), good = 0.0;
	bool *ranked = an_alloc(&work, s->k, sizeof(*ranked));
	size_t *row = an_sizes(&work, s->n);
	const struct picked p = { s, overall, row, top };
	struct an_random random;

	for (size_t j = 0; j < s->k; j++)
		ranked[j] = out[j].importance > 0.0;
	an_random_seed(&random, how->seed);
	for (size_t r = 0; r < how->resamples && s->n; r++) {
		an_tell(how->progress, "resamples", r + 1, how->resamples);
		an_random_rows(&random, row, s->n);
		if (portfolio(&p, o) != AN_OK)
			continue;
		good += 1.0;
		for (size_t j = 0; j < s->k; j++) {
			const size_t rank = rank_of(o, ranked, s->k, j);

			first[j] += rank && rank <= 3 ? 1.0 : 0.0;
		}
	}
	for (size_t j = 0; j < s->k; j++)
		out[j].p_rank3 =
			good > 0.0 && ranked[j] ? first[j] / good : NAN;
}
