/*
 * dif.c: Mantel-Haenszel test of differential item functioning.
 */
#include "analytics/dif.h"

#include "analytics/dist.h"
#include "analytics/memory.h"
#include "analytics/sort.h"

#include <math.h>
#include <string.h>

/* Sums over the strata, counts held as double. */
struct sums {
	double r, s, excess, v, pr, ps_qr, qs;
	size_t strata;
};

/* One stratum: a, b reference right and wrong; c, d focal. */
static void add(struct sums *m, double a, double b, double c, double d)
{
	const double n = a + b + c + d;
	double r, s, p, q;

	if (!(a + b > 0.0 && c + d > 0.0 && a + c > 0.0 && b + d > 0.0))
		return;
	r = a * d / n;
	s = b * c / n;
	p = (a + d) / n;
	q = (b + c) / n;
	m->strata++;
	m->r += r;
	m->s += s;
	m->excess += a - (a + b) * (a + c) / n;
	m->v += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1.0));
	m->pr += p * r;
	m->ps_qr += p * s + q * r;
	m->qs += q * s;
}

static const struct an_dif none = { .mh_or = NAN,
				    .se_log_or = NAN,
				    .chi2 = NAN,
				    .p = NAN,
				    .delta = NAN,
				    .delta_se = NAN,
				    .status = AN_TOO_FEW };

static void judge(struct an_dif *o)
{
	const double size = fabs(o->delta);

	o->ets_class = "B";
	if (size < 1.0)
		o->ets_class = "A";
	else if (size >= 1.5 && (size - 1.0) / o->delta_se > 1.6448536269514722)
		o->ets_class = "C";
}

static struct an_dif result(const struct sums *m)
{
	struct an_dif o = none;
	double gap;

	o.strata_used = m->strata;
	if (!m->strata)
		return o;
	gap = fabs(m->excess) - 0.5;
	o.chi2 = gap * gap / m->v;
	o.p = an_chi2_upper(o.chi2, 1.0);
	/* A needs no odds ratio, which 0 or infinity would be. */
	o.ets_class = o.p >= 0.05 ? "A" : NULL;
	o.status = AN_ZERO_VARIANCE;
	o.lost = (m->r > 0.0 ? 1 : 0) - (m->s > 0.0 ? 1 : 0);
	if (!(m->r > 0.0 && m->s > 0.0))
		return o;
	o.status = AN_OK;
	o.mh_or = m->r / m->s;
	o.se_log_or = sqrt(m->pr / (2.0 * m->r * m->r) +
			   m->ps_qr / (2.0 * m->r * m->s) +
			   m->qs / (2.0 * m->s * m->s));
	o.delta = -2.35 * log(o.mh_or);
	o.delta_se = 2.35 * o.se_log_or;
	if (!o.ets_class)
		judge(&o);
	return o;
}

/* The strata of equal score, ascending: stratum[i] of each; how many. */
static size_t strata_of(const double *score, size_t n, size_t *stratum)
{
	AN_SCRATCH(work);
	const struct an_placed *p = an_placed(&work, score, n);
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		k += !i || p[i].x != p[i - 1].x ? 1 : 0;
		stratum[p[i].i] = k - 1;
	}
	return k;
}

/* People in k strata, read as they come; cell has 4 k places. */
static struct an_dif of_strata(const size_t *stratum, size_t k, double *cell,
			       const bool *focal, const double *right, size_t n)
{
	struct sums m = { 0 };

	memset(cell, 0, 4 * k * sizeof(*cell));
	for (size_t i = 0; i < n; i++)
		cell[4 * stratum[i] + (focal[i] ? 2 : 0) +
		     (right[i] > 0.0 ? 0 : 1)] += 1.0;
	for (size_t s = 0; s < 4 * k; s += 4)
		add(&m, cell[s], cell[s + 1], cell[s + 2], cell[s + 3]);
	return result(&m);
}

static struct an_dif bad_input(void)
{
	struct an_dif o = none;

	o.status = AN_BAD_INPUT;
	return o;
}

static bool is_right_or_wrong(const double *right, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (right[i] != 0.0 && right[i] != 1.0)
			return false;
	return true;
}

struct an_dif an_dif(const double *score, const bool *focal,
		     const double *right, size_t n)
{
	AN_SCRATCH(work);
	size_t *stratum = an_sizes(&work, n), k;

	for (size_t i = 0; i < n; i++)
		if (isnan(score[i]))
			return bad_input();
	if (!is_right_or_wrong(right, n))
		return bad_input();
	k = strata_of(score, n, stratum);
	return of_strata(stratum, k, an_doubles(&work, 4 * k), focal, right, n);
}

void an_dif_items(const struct an_table *t, const bool *focal,
		  struct an_dif *out)
{
	AN_SCRATCH(work);
	double *total = an_doubles(&work, t->n);
	double *right = an_doubles(&work, t->n), *cell;
	size_t *stratum = an_sizes(&work, t->n), k;

	for (size_t i = 0; i < t->n; i++)
		for (size_t j = 0; j < t->k; j++)
			total[i] +=
				isnan(an_at(t, i, j)) ? 0.0 : an_at(t, i, j);
	k = strata_of(total, t->n, stratum);
	cell = an_doubles(&work, 4 * k);
	for (size_t j = 0; j < t->k; j++) {
		for (size_t i = 0; i < t->n; i++)
			right[i] = isnan(an_at(t, i, j)) ? 0.0 : an_at(t, i, j);
		out[j] = is_right_or_wrong(right, t->n)
				 ? of_strata(stratum, k, cell, focal, right,
					     t->n)
				 : bad_input();
	}
}
