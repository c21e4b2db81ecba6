/*
 * dist.c: normal, t, F, chi-square, beta, binomial, noncentral t and F.
 */
#include "analytics/dist.h"

#include "analytics/gsl_quiet.h"
#include "analytics/number.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

/* GSL may end an ulp above 1; what is not defined stays so. */
static double probability(double p)
{
	return p > 1.0 ? 1.0 : p < 0.0 ? 0.0 : p;
}

double an_normal_cdf(double z)
{
	return 0.5 * erfc(-z * M_SQRT1_2);
}

double an_normal_quantile(double p)
{
	AN_GSL_QUIET;

	if (!(p >= 0.0 && p <= 1.0))
		return NAN;
	if (p == 0.0 || p == 1.0)
		return p == 0.0 ? -INFINITY : INFINITY;
	return gsl_cdf_ugaussian_Pinv(p);
}

double an_normal_p2(double z)
{
	return erfc(fabs(z) * M_SQRT1_2);
}

double an_t_p2(double t, double df)
{
	AN_GSL_QUIET;

	if (!(df > 0.0) || isnan(t))
		return NAN;
	if (isinf(t))
		return 0.0;
	/* I_x(df/2, 1/2), x = df/(df + t^2); near x = 1 by the other tail. */
	if (t * t < df)
		return probability(
			gsl_cdf_beta_Q(t * t / (df + t * t), 0.5, 0.5 * df));
	return probability(gsl_cdf_beta_P(df / (df + t * t), 0.5 * df, 0.5));
}

double an_t_cdf(double t, double df)
{
	const double half = 0.5 * an_t_p2(t, df);

	return t > 0.0 ? 1.0 - half : half;
}

struct tail {
	double p, a, b;
};

static double t_gap(double t, const void *data)
{
	const struct tail *q = data;

	return 0.5 * an_t_p2(t, q->a) - q->p;
}

double an_t_quantile(double p, double df)
{
	struct tail q = { p < 0.5 ? p : 1.0 - p, df, 0.0 };
	double hi = 2.0, t;

	if (!(p > 0.0 && p < 1.0) || !(df > 0.0))
		return NAN;
	if (p == 0.5)
		return 0.0;
	while (t_gap(hi, &q) > 0.0 && hi < 1e150)
		hi *= 4.0;
	t = an_root(t_gap, &q, 0.0, hi);
	return p < 0.5 ? -t : t;
}

double an_f_upper(double f, double df1, double df2)
{
	AN_GSL_QUIET;

	if (!(df1 > 0.0) || !(df2 > 0.0) || isnan(f))
		return NAN;
	if (isinf(f))
		return 0.0;
	return f <= 0.0 ? 1.0 : probability(gsl_cdf_fdist_Q(f, df1, df2));
}

double an_f_quantile(double p, double df1, double df2)
{
	double x;

	if (!(p > 0.0 && p < 1.0) || !(df1 > 0.0) || !(df2 > 0.0))
		return NAN;
	/* The smaller of x and 1-x carries the digits. */
	x = an_beta_quantile(p, 0.5 * df1, 0.5 * df2);
	if (x < 0.5)
		return df2 * x / (df1 * (1.0 - x));
	x = an_beta_quantile(1.0 - p, 0.5 * df2, 0.5 * df1);
	return df2 * (1.0 - x) / (df1 * x);
}

double an_chi2_upper(double x, double df)
{
	AN_GSL_QUIET;

	if (!(df > 0.0) || isnan(x))
		return NAN;
	return x <= 0.0 ? 1.0 : probability(gsl_cdf_chisq_Q(x, df));
}

double an_beta_cdf(double x, double a, double b)
{
	AN_GSL_QUIET;

	if (!(a > 0.0) || !(b > 0.0) || isnan(x))
		return NAN;
	if (x <= 0.0)
		return 0.0;
	return x >= 1.0 ? 1.0 : probability(gsl_cdf_beta_P(x, a, b));
}

static double beta_gap(double x, const void *data)
{
	const struct tail *q = data;

	return an_beta_cdf(x, q->a, q->b) - q->p;
}

double an_beta_quantile(double p, double a, double b)
{
	const struct tail q = { p, a, b };

	if (!(p >= 0.0 && p <= 1.0) || !(a > 0.0) || !(b > 0.0))
		return NAN;
	if (p == 0.0 || p == 1.0)
		return p;
	return an_root(beta_gap, &q, 0.0, 1.0);
}

double an_binomial_cdf(double k, double n, double p)
{
	k = floor(k);
	if (!(n >= 0.0) || !(p >= 0.0 && p <= 1.0) || isnan(k))
		return NAN;
	if (k < 0.0)
		return 0.0;
	if (k >= n)
		return 1.0;
	return an_beta_cdf(1.0 - p, n - k, k + 1.0);
}

double an_binomial_pmf(double k, double n, double p)
{
	if (!(n >= 0.0) || !(p >= 0.0 && p <= 1.0) || !(k >= 0.0 && k <= n))
		return k < 0.0 || k > n ? 0.0 : NAN;
	if (p == 0.0 || p == 1.0)
		return k == (p == 0.0 ? 0.0 : n) ? 1.0 : 0.0;
	return exp(lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0) +
		   k * log(p) + (n - k) * log1p(-p));
}

/*
 * The integrand of the noncentral t: Phi(t s - nc) times the chi density, over
 * u = s^(1/power). With few degrees of freedom the density in s has no
 * derivatives at 0, or is infinite there; in u it goes as u^7.
 */
struct nct {
	double t, df, nc, log_scale, power;
};

static double nct_integrand(double u, const struct nct *q)
{
	const double s = q->power > 1.0 ? pow(u, q->power) : u;
	const double log_f = q->log_scale + (q->power * q->df - 1.0) * log(u) -
			     0.5 * q->df * s * s;

	return an_normal_cdf(q->t * s - q->nc) * exp(log_f);
}

/*
 * Where to cut the integral, ascending: around the middle of the chi density,
 * and around s = nc/t, where Phi rises within a few 1/t.
 */
#define NCT_CUTS 17

static void nct_cuts(const struct nct *q, double *cut)
{
	static const double edge[] = { -12, -8, -4, -2, 0, 2, 4, 8, 12, 20 };
	static const double rise[] = { -12, -6, -3, 0, 3, 6, 12 };
	const double mid = sqrt(fmax((q->df - 1.0) / q->df, 1e-8));
	const double width = 1.0 / sqrt(2.0 * q->df);
	const double last = mid + width * 20.0;
	size_t n = 0;

	for (size_t i = 0; i < sizeof(edge) / sizeof(*edge); i++)
		cut[n++] = fmax(mid + width * edge[i], 0.0);
	for (size_t i = 0; i < sizeof(rise) / sizeof(*rise); i++)
		cut[n++] = q->t != 0.0
				   ? fmin(fmax((q->nc + rise[i]) / q->t, 0.0),
					  last)
				   : 0.0;
	an_sort(cut, n);
	for (size_t i = 0; i < n; i++)
		cut[i] = pow(cut[i], 1.0 / q->power);
}

double an_nct_cdf(double t, double df, double nc)
{
	AN_GSL_QUIET;
	const double power = fmax(8.0 / df, 1.0);
	const struct nct q = { t, df, nc,
			       M_LN2 + 0.5 * df * log(0.5 * df) -
				       lgamma(0.5 * df) + log(power),
			       power };
	gsl_integration_glfixed_table *gl;
	double cut[NCT_CUTS], from = 0.0, sum = 0.0;

	if (!(df > 0.0) || !isfinite(t) || !isfinite(nc))
		return NAN;
	if (nc == 0.0)
		return an_t_cdf(t, df);
	nct_cuts(&q, cut);
	gl = gsl_integration_glfixed_table_alloc(64);
	for (size_t e = 0; gl && e < NCT_CUTS; e++) {
		for (size_t i = 0; cut[e] > from && i < 64; i++) {
			double u, w;

			gsl_integration_glfixed_point(from, cut[e], i, &u, &w,
						      gl);
			sum += w * nct_integrand(u, &q);
		}
		from = cut[e];
	}
	if (!gl)
		return NAN;
	gsl_integration_glfixed_table_free(gl);
	return fmin(fmax(sum, 0.0), 1.0);
}

struct limit {
	double x, df1, df2, p;
};

static double nct_gap(double nc, const void *data)
{
	const struct limit *q = data;

	return an_nct_cdf(q->x, q->df1, nc) - q->p;
}

void an_nct_interval(double t, double df, double level, double *lo, double *hi)
{
	const double reach = 10.0 + 2.0 * fabs(t), tail = 0.5 * (1.0 - level);
	struct limit q = { t, df, 0.0, 1.0 - tail };

	*lo = an_root(nct_gap, &q, t - reach, t + reach);
	q.p = tail;
	*hi = an_root(nct_gap, &q, t - reach, t + reach);
}

double an_ncf_cdf(double q, double df1, double df2, double nc)
{
	AN_GSL_QUIET;
	const double half = 0.5 * nc, x = df1 * q / (df1 * q + df2);
	/* Twelve standard deviations of the Poisson law. */
	const double reach = 12.0 * sqrt(half + 1.0) + 60.0;
	double sum = 0.0;
	size_t last;

	if (!(df1 > 0.0) || !(df2 > 0.0) || !(nc >= 0.0 && nc < 1e9) ||
	    isnan(q))
		return NAN;
	if (q <= 0.0)
		return 0.0;
	if (nc == 0.0)
		return probability(gsl_cdf_fdist_P(q, df1, df2));
	last = (size_t)(half + reach);
	for (size_t i = (size_t)fmax(half - reach, 0.0); i <= last; i++) {
		const double j = (double)i;
		const double w = exp(j * log(half) - half - lgamma(j + 1.0));

		if (w > 1e-300)
			sum += w * an_beta_cdf(x, 0.5 * df1 + j, 0.5 * df2);
	}
	return fmin(sum, 1.0);
}

static double ncf_gap(double nc, const void *data)
{
	const struct limit *q = data;

	return an_ncf_cdf(q->x, q->df1, q->df2, nc) - q->p;
}

void an_ncf_interval(double f, double df1, double df2, double level, double *lo,
		     double *hi)
{
	const double tail = 0.5 * (1.0 - level);
	double *limit[2] = { lo, hi };

	for (size_t i = 0; i < 2; i++) {
		const struct limit q = { f, df1, df2, i ? tail : 1.0 - tail };
		double top = df1 * f + 200.0 + 10.0 * f;

		if (!(f > 0.0) || !isfinite(f) || !(df1 > 0) || !(df2 > 0)) {
			*limit[i] = f <= 0.0 ? 0.0 : NAN;
			continue;
		}
		*limit[i] = ncf_gap(0.0, &q) < 0.0
				    ? 0.0
				    : an_root(ncf_gap, &q, 0.0, top);
	}
}

double an_hedges_j(double m)
{
	if (!(m > 1.0))
		return m == 1.0 ? 0.0 : NAN; /* 1/Gamma(0) is 0 */
	return exp(lgamma(0.5 * m) - 0.5 * log(0.5 * m) -
		   lgamma(0.5 * (m - 1.0)));
}
