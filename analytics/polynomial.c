/*
 * polynomial.c: a polynomial in one variable, fitted around its centre.
 *
 * Powers of x are nearly dependent when x lies far from 0; powers of
 * t = (x - c)/h, |t| <= 1, are not. The fit in t is carried back by the
 * binomial theorem: x^k coefficients are B'beta, B_kj = C(k,j) (-c)^(k-j)/h^k.
 */
#include "analytics/memory.h"
#include "analytics/ols.h"

#include <math.h>

/* The middle and half the width of x, rounded to few digits. */
static void centre(const double *x, size_t n, double *c, double *h)
{
	double lo = INFINITY, hi = -INFINITY;

	for (size_t i = 0; i < n; i++) {
		lo = fmin(lo, x[i]);
		hi = fmax(hi, x[i]);
	}
	*h = exp2(ceil(log2(fmax(hi - lo, 1e-300))) - 1.0);
	/* A multiple of h/16: x - c then loses nothing. */
	*c = nearbyint(0.5 * (lo + hi) / *h * 16.0) / 16.0 * *h;
}

/* B, p by p, lower triangle, in the widest arithmetic. */
static void binomial(long double *b, size_t p, double c, double h)
{
	for (size_t k = 0; k < p; k++) {
		long double choose = 1.0L, scale = 1.0L;

		for (size_t i = 0; i < k; i++)
			scale /= (long double)h;
		for (size_t j = k + 1; j-- > 0;) {
			/* from C(k,k) (-c)^0 down to C(k,0) (-c)^k */
			b[k * p + j] = choose * scale;
			choose *= (long double)j / (long double)(k - j + 1);
			scale *= -(long double)c;
		}
	}
}

static void carry_back(const struct an_ols *o, const long double *b,
		       const struct an_coefficient *beta, const double *v,
		       struct an_coefficient *out)
{
	const size_t p = o->p;

	for (size_t j = 0; j < p; j++) {
		long double sum = 0.0L, var = 0.0L;

		for (size_t k = j; k < p; k++) {
			sum += b[k * p + j] * beta[k].b;
			for (size_t m = j; m < p; m++)
				var += b[k * p + j] * b[m * p + j] *
				       v[k * p + m];
		}
		out[j].b = (double)sum;
		out[j].se = (double)sqrtl(var > 0.0L ? var : 0.0L);
		out[j].t = out[j].p = NAN;
		if (!o->exact)
			an_ols_test_one(&out[j], o->df);
	}
}

/* The rows of the fit in t, for what each adds to the robust variances. */
struct rows {
	const struct an_table *power; /* t, t^2, .. */
	const double *y;
	const struct an_coefficient *beta;
	const double *v; /* their covariances, p by p */
};

/*
 * HC3: row i adds (B' (Z'Z)^-1 z_i e_i/(1 - h_i))^2, with B as above; q holds
 * p places. Residual and leverage do not depend on where x is measured from.
 */
static void robust(const struct an_ols *o, const struct rows *r,
		   const long double *b, long double *q,
		   struct an_coefficient *out)
{
	const size_t p = o->p;

	for (size_t j = 0; j < p; j++)
		out[j].se_hc3 = 0.0;
	for (size_t i = 0; i < r->power->n && !o->exact; i++) {
		const double *z = r->power->x + i * r->power->k;
		long double e = (long double)r->y[i] - r->beta[0].b, h = 0.0L;

		if (isnan(r->y[i]) || isnan(z[0]))
			continue;
		for (size_t k = 0; k < p; k++) {
			q[k] = r->v[k * p];
			for (size_t m = 1; m < p; m++)
				q[k] += (long double)r->v[k * p + m] * z[m - 1];
			q[k] /= (long double)o->sigma * o->sigma;
			h += k ? q[k] * z[k - 1] : q[k];
			e -= k ? (long double)r->beta[k].b * z[k - 1] : 0.0L;
		}
		for (size_t j = 0; j < p; j++) {
			long double g = 0.0L;

			for (size_t k = j; k < p; k++)
				g += b[k * p + j] * q[k];
			g *= e / (1.0L - h);
			out[j].se_hc3 += (double)(g * g);
		}
	}
	for (size_t j = 0; j < p; j++)
		out[j].se_hc3 = sqrt(out[j].se_hc3);
}

struct an_ols an_polynomial(const double *x, const double *y, size_t n,
			    size_t degree, struct an_coefficient *out)
{
	AN_SCRATCH(work);
	const size_t p = degree + 1;
	double *power = an_doubles(&work, n * degree);
	double *v = an_doubles(&work, p * p), c, h;
	long double *b = an_alloc(&work, p * p, sizeof(*b));
	struct an_coefficient *beta = an_alloc(&work, p, sizeof(*beta));
	const struct an_table t = { power, n, degree };
	struct an_ols o;

	centre(x, n, &c, &h);
	for (size_t i = 0; i < n; i++) {
		double z = 1.0;

		for (size_t k = 0; k < degree; k++) {
			z *= (x[i] - c) / h;
			power[i * degree + k] = z;
		}
	}
	o = an_ols_with(&t, y, NULL, true, beta, v);
	for (size_t j = 0; j < p; j++)
		out[j] = (struct an_coefficient){ NAN, NAN, NAN, NAN, NAN };
	if (o.status != AN_OK)
		return o;
	binomial(b, p, c, h);
	carry_back(&o, b, beta, v, out);
	robust(&o, &(struct rows){ &t, y, beta, v }, b,
	       an_alloc(&work, p, sizeof(*b)), out);
	return o;
}
