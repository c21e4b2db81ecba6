/*
 * kappa.c: Cohen's kappa.
 */
#include "analytics/kappa.h"

#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>
#include <stdbool.h>

/* Shares of n things: p k by k, its row sums and column sums. */
struct shares {
	double *p, *row, *column;
	size_t k;
};

static double square(double x)
{
	return x * x;
}

static bool is_read(size_t a, size_t b)
{
	return a != AN_UNREAD && b != AN_UNREAD;
}

/* The shares of what both read, m things of n. */
static enum an_status count(const size_t *a, const size_t *b, size_t n,
			    size_t m, struct shares *s)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_read(a[i], b[i]))
			continue;
		if (a[i] >= s->k || b[i] >= s->k)
			return AN_BAD_INPUT;
		s->p[a[i] * s->k + b[i]] += 1.0;
		s->row[a[i]] += 1.0;
		s->column[b[i]] += 1.0;
	}
	for (size_t i = 0; i < s->k * s->k; i++)
		s->p[i] /= (double)m;
	for (size_t i = 0; i < s->k; i++) {
		s->row[i] /= (double)m;
		s->column[i] /= (double)m;
	}
	return AN_OK;
}

static double standard_error(const struct shares *s, const struct an_kappa *o)
{
	const double po = o->agreement, pe = o->expected;
	double same = 0.0, other = 0.0;

	for (size_t i = 0; i < s->k; i++)
		for (size_t j = 0; j < s->k; j++) {
			const double p = s->p[i * s->k + j];

			if (i == j)
				same += p * square((1.0 - pe) -
						   (s->row[i] + s->column[i]) *
							   (1.0 - po));
			else
				other += p * square(s->column[i] + s->row[j]);
		}
	same += square(1.0 - po) * other - square(po * pe - 2.0 * pe + po);
	return sqrt(fmax(same, 0.0) / (double)o->n) / square(1.0 - pe);
}

struct an_kappa an_cohen_kappa(const size_t *a, const size_t *b, size_t n,
			       size_t k)
{
	struct an_kappa o = { .k = k,
			      .agreement = NAN,
			      .expected = NAN,
			      .kappa = NAN,
			      .se = NAN,
			      .lo = NAN,
			      .hi = NAN,
			      .status = AN_EMPTY };
	AN_SCRATCH(work);
	struct shares s = { .k = k };

	for (size_t i = 0; i < n; i++)
		o.n += is_read(a[i], b[i]) ? 1 : 0;
	o.missing = n - o.n;
	if (!o.n || !k)
		return o;
	o.status = AN_BAD_INPUT;
	if (k > AN_KAPPA_MAX)
		return o;
	s.p = an_doubles(&work, k * k);
	s.row = an_doubles(&work, k);
	s.column = an_doubles(&work, k);
	o.status = count(a, b, n, o.n, &s);
	if (o.status != AN_OK)
		return o;
	o.agreement = o.expected = 0.0;
	for (size_t i = 0; i < k; i++) {
		o.agreement += s.p[i * k + i];
		o.expected += s.row[i] * s.column[i];
	}
	o.status = o.expected < 1.0 - 1e-12 ? AN_OK : AN_ZERO_VARIANCE;
	if (o.status != AN_OK)
		return o;
	o.kappa = (o.agreement - o.expected) / (1.0 - o.expected);
	o.se = standard_error(&s, &o);
	o.lo = fmax(o.kappa - AN_Z975 * o.se, -1.0);
	o.hi = fmin(o.kappa + AN_Z975 * o.se, 1.0);
	return o;
}
