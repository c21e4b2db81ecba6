/*
 * optimise.h: the minimum of a smooth function of p variables.
 */
#ifndef ANALYTICS_OPTIMISE_H
#define ANALYTICS_OPTIMISE_H

#include "analytics/status.h"

#include <stddef.h>

/*
 * f returns the value at x and writes the gradient to grad unless grad is
 * NULL; INFINITY or NAN where x is not allowed. p is the number of variables.
 *
 * hessian  writes the p*p second derivatives to h; NULL: by differences
 * inverse  a guess of the inverse Hessian at the start (p*p); NULL: unknown
 */
struct an_objective {
	double (*f)(const double *x, double *grad, void *data);
	void *data;
	size_t p;
	enum an_status (*hessian)(const double *x, double *h, void *data);
	const double *inverse;
};

/*
 * Minimise from x (p places, overwritten with the minimum): BFGS with
 * backtracking, then Newton steps. Stops when the largest gradient component is
 * below tol.
 *
 * value     receives the minimum, gradient its largest component; may be NULL
 * AN_OK, AN_NOT_CONVERGED, or AN_NOT_FINITE if the start is not allowed.
 * The same digits on each machine with the same arithmetic.
 */
enum an_status an_minimise(const struct an_objective *o, double *x, double tol,
			   double *value, double *gradient);

/*
 * The same without the Newton steps, at most `rounds` BFGS steps: for many
 * variables, where differencing the gradient costs too much.
 */
enum an_status an_bfgs(const struct an_objective *o, double *x, double tol,
		       size_t rounds, double *gradient);

/*
 * Hessian at x (h has p*p places): the objective's own, or by central
 * differences of the gradient and made symmetric. AN_NOT_FINITE if a neighbour
 * is not allowed.
 */
enum an_status an_hessian(const struct an_objective *o, const double *x,
			  double *h);

/*
 * Invert a symmetric positive definite p-by-p matrix in place.
 * AN_NOT_IDENTIFIED if it is not positive definite.
 */
enum an_status an_invert_spd(double *a, size_t p);

#endif
