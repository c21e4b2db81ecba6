/*
 * optimise.c: BFGS with backtracking, then Newton.
 */
#include "analytics/optimise.h"

#include "analytics/gsl_quiet.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

static double dot(const double *a, const double *b, size_t p)
{
	double sum = 0.0;

	for (size_t i = 0; i < p; i++)
		sum += a[i] * b[i];
	return sum;
}

static double largest(const double *g, size_t p)
{
	double most = 0.0;

	for (size_t i = 0; i < p; i++)
		if (!(fabs(g[i]) <= most))
			most = fabs(g[i]);
	return most;
}

/* Where the search stands. */
struct point {
	double *x, *g;
	double f;
};

static struct point point_new(struct an_scratch *work, size_t p)
{
	const struct point q = { an_doubles(work, p), an_doubles(work, p), 0 };

	return q;
}

/*
 * Go from a along step, halving until the value falls enough (Armijo); the
 * new point is in b. A fall lost in rounding counts when the gradient falls.
 */
static bool line_search(const struct an_objective *o, const struct point *a,
			const double *step, struct point *b)
{
	const double slope = dot(a->g, step, o->p);
	const double noise = 1e-13 * (fabs(a->f) + 1.0);

	for (int halvings = 0; halvings < 50; halvings++) {
		const double t = ldexp(1.0, -halvings);

		for (size_t i = 0; i < o->p; i++)
			b->x[i] = a->x[i] + t * step[i];
		b->f = o->f(b->x, b->g, o->data);
		if (!isfinite(b->f) || !isfinite(largest(b->g, o->p)))
			continue;
		if (b->f <= a->f + 1e-4 * t * slope)
			return true;
		if (b->f <= a->f + noise &&
		    largest(b->g, o->p) < largest(a->g, o->p))
			return true;
	}
	return false;
}

static void identity(double *h, size_t p, double scale)
{
	memset(h, 0, p * p * sizeof(*h));
	for (size_t i = 0; i < p; i++)
		h[i * p + i] = scale;
}

/* The BFGS update of the inverse Hessian h from s = dx and y = dg. */
static void update(double *h, const double *s, const double *y, size_t p,
		   double *hy)
{
	const double sy = dot(s, y, p);
	double yhy;

	if (!(sy > 1e-14 * sqrt(dot(s, s, p) * dot(y, y, p))))
		return;
	for (size_t i = 0; i < p; i++)
		hy[i] = dot(h + i * p, y, p);
	yhy = dot(y, hy, p);
	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < p; j++)
			h[i * p + j] += (1.0 + yhy / sy) * s[i] * s[j] / sy -
					(hy[i] * s[j] + s[i] * hy[j]) / sy;
}

enum an_status an_bfgs(const struct an_objective *o, double *x, double tol,
		       size_t rounds, double *gradient)
{
	AN_SCRATCH(work);
	const size_t p = o->p;
	struct point a = point_new(&work, p), b = point_new(&work, p);
	double *h = an_doubles(&work, p * p), *step = an_doubles(&work, p);
	double *y = an_doubles(&work, p), *hy = an_doubles(&work, p);
	bool fresh = !o->inverse;

	if (o->inverse)
		memcpy(h, o->inverse, p * p * sizeof(*h));
	memcpy(a.x, x, p * sizeof(*x));
	a.f = o->f(a.x, a.g, o->data);
	if (!isfinite(a.f) || !isfinite(largest(a.g, p)))
		return AN_NOT_FINITE;
	for (size_t r = 0; r < rounds && largest(a.g, p) > tol; r++) {
		const struct point old = a;

		if (fresh)
			identity(h, p, 1.0 / fmax(1.0, largest(a.g, p)));
		for (size_t i = 0; i < p; i++)
			step[i] = -dot(h + i * p, a.g, p);
		if (!line_search(o, &a, step, &b)) {
			if (fresh)
				break;
			fresh = true;
			continue;
		}
		for (size_t i = 0; i < p; i++) {
			step[i] = b.x[i] - a.x[i];
			y[i] = b.g[i] - a.g[i];
		}
		if (fresh && dot(step, y, p) > 0.0)
			identity(h, p, dot(step, y, p) / dot(y, y, p));
		fresh = false;
		update(h, step, y, p, hy);
		a = b;
		b = old;
	}
	memcpy(x, a.x, p * sizeof(*x));
	if (gradient)
		*gradient = largest(a.g, p);
	return largest(a.g, p) <= tol ? AN_OK : AN_NOT_CONVERGED;
}

enum an_status an_hessian(const struct an_objective *o, const double *x,
			  double *h)
{
	AN_SCRATCH(work);
	const size_t p = o->p;
	double *z = an_doubles(&work, p), *up = an_doubles(&work, p);
	double *down = an_doubles(&work, p);

	if (o->hessian)
		return o->hessian(x, h, o->data);
	memcpy(z, x, p * sizeof(*x));
	for (size_t i = 0; i < p; i++) {
		const double d = 1e-5 * fmax(1.0, fabs(x[i]));

		z[i] = x[i] + d;
		if (!isfinite(o->f(z, up, o->data)))
			return AN_NOT_FINITE;
		z[i] = x[i] - d;
		if (!isfinite(o->f(z, down, o->data)))
			return AN_NOT_FINITE;
		z[i] = x[i];
		for (size_t j = 0; j < p; j++)
			h[i * p + j] = (up[j] - down[j]) / (2.0 * d);
	}
	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < i; j++)
			h[i * p + j] = h[j * p + i] =
				0.5 * (h[i * p + j] + h[j * p + i]);
	return isfinite(largest(h, p * p)) ? AN_OK : AN_NOT_FINITE;
}

enum an_status an_invert_spd(double *a, size_t p)
{
	AN_GSL_QUIET;
	gsl_matrix_view m;

	if (!p)
		return AN_OK;
	for (size_t i = 0; i < p * p; i++)
		if (!isfinite(a[i]))
			return AN_NOT_IDENTIFIED;
	m = gsl_matrix_view_array(a, p, p);
	if (gsl_linalg_cholesky_decomp1(&m.matrix))
		return AN_NOT_IDENTIFIED;
	if (gsl_linalg_cholesky_invert(&m.matrix))
		return AN_NOT_IDENTIFIED;
	return AN_OK;
}

/* Newton steps while they lower the gradient. */
static void newton(const struct an_objective *o, struct point *a, double tol)
{
	AN_SCRATCH(work);
	const size_t p = o->p;
	struct point b = point_new(&work, p);
	double *h = an_doubles(&work, p * p), *step = an_doubles(&work, p);

	for (int round = 0; round < 30 && largest(a->g, p) > tol; round++) {
		if (an_hessian(o, a->x, h) != AN_OK ||
		    an_invert_spd(h, p) != AN_OK)
			return;
		for (size_t i = 0; i < p; i++)
			step[i] = -dot(h + i * p, a->g, p);
		if (!line_search(o, a, step, &b))
			return;
		memcpy(a->x, b.x, p * sizeof(*b.x));
		memcpy(a->g, b.g, p * sizeof(*b.g));
		a->f = b.f;
	}
}

enum an_status an_minimise(const struct an_objective *o, double *x, double tol,
			   double *value, double *gradient)
{
	AN_SCRATCH(work);
	struct point a = point_new(&work, o->p);
	const enum an_status started =
		an_bfgs(o, x, fmax(tol, 1e-5), 1000, NULL);

	if (started == AN_NOT_FINITE)
		return started;
	memcpy(a.x, x, o->p * sizeof(*x));
	a.f = o->f(a.x, a.g, o->data);
	newton(o, &a, tol);
	memcpy(x, a.x, o->p * sizeof(*x));
	if (value)
		*value = a.f;
	if (gradient)
		*gradient = largest(a.g, o->p);
	return largest(a.g, o->p) <= tol ? AN_OK : AN_NOT_CONVERGED;
}
