/*
 * crosstab.c: chi-square, Cramer's V, adjusted residuals.
 */
#include "analytics/crosstab.h"

#include "analytics/adjust.h"
#include "analytics/bootstrap.h"
#include "analytics/dist.h"
#include "analytics/memory.h"

#include <math.h>

/* Margins of a table. */
struct margins {
	double *row, *column, n;
	size_t rows, columns; /* those with somebody in them */
};

static double chi_square(const struct an_table *t, const double *o,
			 const struct margins *m)
{
	double sum = 0.0;

	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < t->k; j++) {
			const double e = m->row[i] * m->column[j] / m->n;
			const double d = o[i * t->k + j] - e;

			sum += e > 0.0 ? d * d / e : 0.0;
		}
	return sum;
}

static enum an_status margins_of(const struct an_table *t, struct margins *m)
{
	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < t->k; j++) {
			const double x = an_at(t, i, j);

			if (!(x >= 0.0 && x < 1e15) || x != floor(x))
				return AN_BAD_INPUT;
			m->row[i] += x;
			m->column[j] += x;
			m->n += x;
		}
	for (size_t i = 0; i < t->n; i++)
		m->rows += m->row[i] > 0.0 ? 1 : 0;
	for (size_t j = 0; j < t->k; j++)
		m->columns += m->column[j] > 0.0 ? 1 : 0;
	if (!(m->n > 0.0))
		return AN_EMPTY;
	return m->rows < 2 || m->columns < 2 ? AN_TOO_FEW : AN_OK;
}

/*
 * People in random order of columns against their fixed rows: each table has
 * the same margins and the chance it has under independence.
 */
static double monte_carlo(const struct an_table *t, const struct margins *m,
			  double chi2, const struct an_resampling *how)
{
	AN_SCRATCH(work);
	const size_t n = (size_t)m->n;
	size_t *column = an_sizes(&work, n), at = 0;
	double *o = an_doubles(&work, t->n * t->k), extreme = 0.0;
	struct an_random random;

	for (size_t j = 0; j < t->k; j++)
		for (size_t c = (size_t)m->column[j]; c > 0; c--)
			column[at++] = j;
	an_random_seed(&random, how->seed);
	for (size_t r = 0; r < how->resamples; r++) {
		size_t i = 0;
		double left = m->row[0];

		for (size_t c = 0; c < t->n * t->k; c++)
			o[c] = 0.0;
		for (size_t p = 0; p < n; p++) {
			const size_t q = p + an_random_index(&random, n - p);
			const size_t swap = column[p];

			column[p] = column[q];
			column[q] = swap;
			while (left < 1.0)
				left = m->row[++i];
			left -= 1.0;
			o[i * t->k + column[p]] += 1.0;
		}
		if (chi_square(t, o, m) >= chi2 * (1.0 - 1e-12))
			extreme += 1.0;
		an_tell(how->progress, "tables", r + 1, how->resamples);
	}
	return (1.0 + extreme) / ((double)how->resamples + 1.0);
}

static void expected(struct an_crosstab *o, const struct an_table *t,
		     const struct margins *m)
{
	double big = 0.0, cells = 0.0;

	o->min_expected = INFINITY;
	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < t->k; j++) {
			const double e = m->row[i] * m->column[j] / m->n;

			if (!(e > 0.0))
				continue;
			o->min_expected = fmin(o->min_expected, e);
			big += e >= 5.0 ? 1.0 : 0.0;
			cells += 1.0;
		}
	o->share_5 = big / cells;
}

static void residuals(const struct an_table *t, const struct margins *m,
		      double *residual, double *p_holm)
{
	for (size_t c = 0; c < t->n * t->k; c++) {
		const double r = m->row[c / t->k], k = m->column[c % t->k];
		const double e = r * k / m->n;
		const double v = e * (1.0 - r / m->n) * (1.0 - k / m->n);

		residual[c] = v > 0.0 ? (t->x[c] - e) / sqrt(v) : NAN;
		p_holm[c] = v > 0.0 ? an_normal_p2(residual[c]) : NAN;
	}
	an_holm(p_holm, t->n * t->k, p_holm);
}

struct an_crosstab an_crosstab(const struct an_table *t, double *residual,
			       double *p_holm, const struct an_resampling *how)
{
	struct an_crosstab o = { NAN, NAN, NAN, NAN, NAN,
				 NAN, NAN, NAN, NAN, AN_EMPTY };
	AN_SCRATCH(work);
	struct margins m = { an_doubles(&work, t->n), an_doubles(&work, t->k),
			     0.0, 0, 0 };
	double r, c, less, phi2;

	for (size_t i = 0; i < t->n * t->k; i++)
		residual[i] = p_holm[i] = NAN;
	o.status = margins_of(t, &m);
	o.n = m.n;
	if (o.status != AN_OK)
		return o;
	r = (double)m.rows;
	c = (double)m.columns;
	o.df = (r - 1.0) * (c - 1.0);
	o.chi2 = chi_square(t, t->x, &m);
	o.p = an_chi2_upper(o.chi2, o.df);
	o.cramers_v = sqrt(o.chi2 / (m.n * (fmin(r, c) - 1.0)));
	less = m.n - 1.0;
	phi2 = fmax(0.0, o.chi2 / m.n - o.df / less);
	r -= (r - 1.0) * (r - 1.0) / less;
	c -= (c - 1.0) * (c - 1.0) / less;
	if (fmin(r, c) > 1.0)
		o.cramers_v_bc = sqrt(phi2 / (fmin(r, c) - 1.0));
	expected(&o, t, &m);
	residuals(t, &m, residual, p_holm);
	if (how && o.n <= AN_CROSSTAB_MOST &&
	    o.n * (double)how->resamples <= AN_CROSSTAB_DRAWS)
		o.p_monte_carlo = monte_carlo(t, &m, o.chi2, how);
	return o;
}
