/*
 * quadrature.c: Gauss-Hermite and equally spaced rules.
 */
#include "analytics/quadrature.h"

#include "analytics/gsl_quiet.h"
#include "analytics/memory.h"
#include "analytics/number.h"

#include <gsl/gsl_eigen.h>
#include <math.h>

/* Orthonormal He_n and He_(n-1) at x, and the sum of squares below n. */
static void hermite(double x, size_t n, double *pn, double *before,
		    double *squares)
{
	double p0 = 0.0, p1 = 1.0;

	*squares = 0.0;
	for (size_t m = 0; m < n; m++) {
		const double p2 =
			(x * p1 - sqrt((double)m) * p0) / sqrt((double)m + 1.0);

		*squares += p1 * p1;
		p0 = p1;
		p1 = p2;
	}
	*pn = p1;
	*before = p0;
}

enum an_status an_gauss_hermite(size_t n, double *node, double *weight)
{
	AN_GSL_QUIET;
	AN_SCRATCH(work);
	double *j, *x;
	gsl_matrix_view m;
	gsl_vector_view v;
	gsl_eigen_symm_workspace *w;
	int bad;

	if (!n || n > 300)
		return AN_BAD_INPUT;
	j = an_doubles(&work, n * n);
	x = an_doubles(&work, n);
	m = gsl_matrix_view_array(j, n, n);
	v = gsl_vector_view_array(x, n);
	for (size_t i = 1; i < n; i++)
		j[i * n + i - 1] = j[(i - 1) * n + i] = sqrt((double)i);
	w = gsl_eigen_symm_alloc(n);
	bad = !w || gsl_eigen_symm(&m.matrix, &v.vector, w);
	gsl_eigen_symm_free(w);
	if (bad)
		return AN_NOT_CONVERGED;
	an_sort(x, n);
	for (size_t i = 0; i < n; i++) {
		double p, before, squares;

		for (int round = 0; round < 5; round++) {
			hermite(x[i], n, &p, &before, &squares);
			x[i] -= p / (sqrt((double)n) * before);
		}
	}
	for (size_t i = 0; i < n; i++) {
		double p, before;

		node[i] = 0.5 * (x[i] - x[n - 1 - i]);
		hermite(x[i], n, &p, &before, &weight[i]);
		weight[i] = 1.0 / weight[i];
	}
	return AN_OK;
}

enum an_status an_normal_grid(size_t n, double reach, double *node,
			      double *weight)
{
	double sum = 0.0;

	if (n < 2 || !(reach > 0.0) || isinf(reach))
		return AN_BAD_INPUT;
	for (size_t i = 0; i < n; i++) {
		node[i] = reach * (2.0 * (double)i / (double)(n - 1) - 1.0);
		weight[i] = exp(-0.5 * node[i] * node[i]);
		sum += weight[i];
	}
	for (size_t i = 0; i < n; i++)
		weight[i] /= sum;
	return AN_OK;
}
