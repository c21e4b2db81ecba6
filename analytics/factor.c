/*
 * factor.c: ML one-factor model, in the loadings and the log uniquenesses.
 */
#include "analytics/factor.h"

#include "analytics/gsl_quiet.h"
#include "analytics/memory.h"
#include "analytics/optimise.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>

struct fit {
	const double *r; /* k-by-k correlations */
	size_t k;
	double log_det; /* log|R| */
	double *w, *rw; /* l/u, and R l/u */
};

/*
 * With w = l/u and q = 1 + l'w: |Sigma| = q prod u and, by Sherman-Morrison,
 * Sigma^-1 = 1/u - w w'/q; so no matrix is inverted. The gradient is
 * 2 A l and A_jj u_j, A = Sigma^-1 (Sigma - R) Sigma^-1.
 */
static double discrepancy(const double *x, double *grad, void *data)
{
	const struct fit *f = data;
	const size_t k = f->k;
	double q = 1.0, wrw = 0.0, value = -f->log_det - (double)k;

	for (size_t j = 0; j < k; j++) {
		f->w[j] = x[j] * exp(-x[k + j]);
		q += x[j] * f->w[j];
	}
	for (size_t j = 0; j < k; j++) {
		f->rw[j] = 0.0;
		for (size_t m = 0; m < k; m++)
			f->rw[j] += f->r[j * k + m] * f->w[m];
		wrw += f->w[j] * f->rw[j];
		value += x[k + j] + f->r[j * k + j] * exp(-x[k + j]);
	}
	value += log(q) - wrw / q;
	for (size_t j = 0; grad && j < k; j++) {
		const double u = exp(x[k + j]), w = f->w[j];
		/* Sigma^-1 R Sigma^-1: its jj entry and its product with l */
		const double jj = f->r[j * k + j] / (u * u) -
				  2.0 * w * f->rw[j] / (u * q) +
				  w * w * wrw / (q * q);

		/* Sigma^-1 l = w/q, so Sigma^-1 R w/q follows directly */
		grad[j] = 2.0 * (w / q - (f->rw[j] / u - w * wrw / q) / q);
		grad[k + j] = (1.0 / u - w * w / q - jj) * u;
	}
	return value;
}

/* log|R|; false if R is not positive definite. */
static bool log_determinant(const double *r, size_t k, double *log_det)
{
	AN_GSL_QUIET;
	AN_SCRATCH(work);
	double *c = an_doubles(&work, k * k);
	gsl_matrix_view m = gsl_matrix_view_array(c, k, k);

	for (size_t i = 0; i < k * k; i++)
		c[i] = r[i];
	if (gsl_linalg_cholesky_decomp1(&m.matrix))
		return false;
	*log_det = 0.0;
	for (size_t j = 0; j < k; j++)
		*log_det += 2.0 * log(c[j * k + j]);
	return isfinite(*log_det) && *log_det > -60.0;
}

/* The first centroid, shrunk: a start with the right signs. */
static void start(const double *r, size_t k, double *x)
{
	double all = 0.0, best = -1.0;
	size_t pivot = 0;

	for (size_t j = 0; j < k; j++) {
		double sum = 0.0;

		for (size_t m = 0; m < k; m++)
			sum += fabs(r[j * k + m]);
		all += sum;
		if (sum > best) {
			best = sum;
			pivot = j;
		}
	}
	for (size_t j = 0; j < k; j++) {
		double sum = 0.0;

		for (size_t m = 0; m < k; m++)
			sum += r[pivot * k + m] * r[j * k + m];
		x[j] = 0.8 * fmax(-0.9, fmin(0.9, sum / sqrt(all)));
		x[k + j] = log(0.5);
	}
}

enum an_status an_one_factor(const double *s, size_t k, struct an_factor *f)
{
	AN_SCRATCH(work);
	double *r = an_doubles(&work, k * k), *x = an_doubles(&work, 2 * k);
	struct fit fit = { .r = r,
			   .k = k,
			   .w = an_doubles(&work, k),
			   .rw = an_doubles(&work, k) };
	const struct an_objective o = { .f = discrepancy,
					.data = &fit,
					.p = 2 * k };
	enum an_status status;
	double sum = 0.0;

	for (size_t j = 0; j < k; j++)
		f->loading[j] = f->uniqueness[j] = NAN;
	f->discrepancy = NAN;
	for (size_t i = 0; i < k * k; i++) {
		const double v = s[i / k * (k + 1)] * s[i % k * (k + 1)];

		if (!(v > 0.0))
			return AN_NOT_IDENTIFIED;
		r[i] = s[i] / sqrt(v);
	}
	if (k < 3 || !log_determinant(r, k, &fit.log_det))
		return AN_NOT_IDENTIFIED;
	start(r, k, x);
	status = an_minimise(&o, x, 1e-9, &f->discrepancy, NULL);
	for (size_t j = 0; j < k; j++) {
		if (x[k + j] < log(1e-5))
			status = AN_NOT_IDENTIFIED;
		sum += x[j] * sqrt(s[j * (k + 1)]);
	}
	for (size_t j = 0; status == AN_OK && j < k; j++) {
		f->loading[j] = sum < 0.0 ? -x[j] : x[j];
		f->uniqueness[j] = exp(x[k + j]);
	}
	return status;
}

void an_factor_residuals(const double *s, size_t k, const double *loading,
			 double *residual)
{
	for (size_t j = 0; j < k; j++)
		for (size_t m = 0; m < k; m++) {
			const double v = s[j * (k + 1)] * s[m * (k + 1)];
			const double fit = loading[j] * loading[m];
			double left = s[j * k + m] / sqrt(v) - fit;

			if (j == m) /* loading^2 + uniqueness is 1 */
				left = isnan(fit) ? fit : 0.0;
			residual[j * k + m] = left;
		}
}
