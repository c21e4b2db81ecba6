/*
 * test_an_gsl.c: no error of GSL ends the process, whatever handler is set.
 *
 * Nobody here switches GSL's handler off: with the default one an error that
 * got through would end this program by SIGABRT.
 */
#include "analytics/an.h"
#include "analytics/gsl_quiet.h"
#include "analytics/optimise.h"
#include "check.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <pthread.h>

#define ROUNDS 3000

static size_t complaints;

static void count(const char *why, const char *file, int line, int number)
{
	(void)why;
	(void)file;
	(void)line;
	(void)number;
	complaints++;
}

/* GSL itself complains of this; else the tests below would show nothing. */
static void provoked(void)
{
	double x[] = { 1, 2, 2, 1 };
	gsl_matrix_view m = gsl_matrix_view_array(x, 2, 2);
	gsl_error_handler_t *before = gsl_set_error_handler(count);

	complaints = 0;
	CHECK(gsl_linalg_cholesky_decomp1(&m.matrix) != 0);
	CHECK_THAT(complaints > 0, "GSL calls the handler by itself");
	complaints = 0;
	CHECK(an_invert_spd(x, 2) != AN_OK);
	CHECK_THAT(complaints == 0, "the library does not let it");
	CHECK_THAT(gsl_set_error_handler(before) == count,
		   "the handler of the caller is back");
}

static void matrices(void)
{
	double bad[] = { 1, 2, 2, 1 }, zero[4] = { 0 };
	double big[] = { 1e308, 1e308, 1e308, 1e308 };
	double nan[] = { NAN, 0, 0, 1 };
	const double same[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
	const double wrong[] = { 1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1 };
	double loading[3], unique[3];
	struct an_factor f = { .loading = loading, .uniqueness = unique };

	CHECK(an_invert_spd(bad, 2) == AN_NOT_IDENTIFIED);
	CHECK(an_invert_spd(zero, 2) == AN_NOT_IDENTIFIED);
	CHECK(an_invert_spd(big, 2) == AN_NOT_IDENTIFIED);
	CHECK(an_invert_spd(nan, 2) == AN_NOT_IDENTIFIED);
	CHECK(an_invert_spd(nan, 0) == AN_OK);
	CHECK_THAT(an_one_factor(same, 3, &f) == AN_NOT_IDENTIFIED,
		   "one factor of items that are the same is not identified");
	CHECK_THAT(an_one_factor(wrong, 3, &f) == AN_NOT_IDENTIFIED,
		   "nor of correlations that contradict each other");
}

static void models(void)
{
	const double twin[] = { 1, 2, 2, 4, 3, 6, 5, 10, 6, 12, 7, 14 };
	const double wide[] = { 1, 2, 3, 4, 5, 7, 7, 8 };
	const double y[] = { 1, 4, 2, 6, 3, 5 };
	const struct an_table t = { twin, 6, 2 }, u = { wide, 2, 4 };
	const struct an_table none = { wide, 2, 0 };
	struct an_coefficient c[5];
	struct an_driver d[4];
	double node[400], weight[400];

	CHECK(an_ols(&t, y, NULL, true, c).status == AN_NOT_IDENTIFIED);
	CHECK_THAT(an_ols(&u, y, NULL, true, c).status != AN_OK,
		   "more columns than rows are refused");
	CHECK(an_ols(&none, y, NULL, false, c).status != AN_OK);
	CHECK(an_drivers(y, &t, d).status != AN_OK);
	CHECK(an_drivers(y, &u, d).status != AN_OK);
	CHECK(an_gauss_hermite(0, node, weight) == AN_BAD_INPUT);
	CHECK(an_gauss_hermite(301, node, weight) == AN_BAD_INPUT);
}

static void shares(void)
{
	const size_t x[] = { 0, 40, 1 }, n[] = { 40, 40, 1 };
	const size_t much[] = { 1, 1000000000 },
		     all[] = { 1000000000, 1000000001 };
	struct an_shrunk out[3];

	CHECK(an_shrink_shares(x, n, 3, out).status < AN_SUPPRESSED);
	CHECK(an_shrink_shares(much, all, 2, out).status < AN_SUPPRESSED);
}

/* Every distribution at every corner of its domain and outside of it. */
static void distributions(void)
{
	static const double at[] = { NAN,  -INFINITY, -1e308,  -1.0, -0.0,
				     0.0,  1e-308,    1e-20,   0.3,  1.0,
				     2.0,  7.5,       1e3,     1e5,  1.5e6,
				     1e15, 1e308,     INFINITY };
	const size_t m = sizeof(at) / sizeof(*at);
	size_t outside = 0;

	for (size_t i = 0; i < m * m * m; i++) {
		const double a = at[i % m], b = at[i / m % m];
		const double c = at[i / m / m];
		const double p[] = { an_beta_cdf(a, b, c), an_f_upper(a, b, c),
				     an_t_p2(a, b), an_chi2_upper(a, b),
				     an_normal_cdf(a) };

		for (size_t j = 0; j < sizeof(p) / sizeof(*p); j++)
			if (!isnan(p[j]) && !(p[j] >= 0.0 && p[j] <= 1.0))
				outside++;
	}
	CHECK_THAT(outside == 0,
		   "a probability is one or not defined, however far out");
	CHECK(isnan(an_beta_quantile(2.0, 1.0, 1.0)));
	CHECK(isnan(an_f_quantile(0.5, -1.0, 2.0)));
	CHECK(isnan(an_t_quantile(1.0, 3.0)));
	CHECK(an_nct_cdf(1e300, 2.0, 1.0) <= 1.0);
	CHECK(isnan(an_ncf_cdf(1.0, 2.0, 3.0, -1.0)));
}

static void *many(void *data)
{
	size_t *good = data;

	for (size_t i = 0; i < ROUNDS; i++) {
		double bad[] = { 1, 2, 2, 1 };

		*good += an_invert_spd(bad, 2) == AN_NOT_IDENTIFIED ? 1 : 0;
	}
	return NULL;
}

/* One that is done first does not switch the handler on for the others. */
static void threads(void)
{
	pthread_t thread[4];
	size_t good[4] = { 0 };
	gsl_error_handler_t *before = gsl_set_error_handler(count);

	complaints = 0;
	for (size_t i = 0; i < 4; i++)
		pthread_create(&thread[i], NULL, many, &good[i]);
	for (size_t i = 0; i < 4; i++)
		pthread_join(thread[i], NULL);
	CHECK_THAT(good[0] + good[1] + good[2] + good[3] == 4 * ROUNDS &&
			   complaints == 0,
		   "four threads at a time are as quiet");
	CHECK_THAT(gsl_set_error_handler(before) == count,
		   "the handler is back behind the last of them");
}

static void nested(void)
{
	gsl_error_handler_t *before = gsl_set_error_handler(count);
	double x[] = { 1, 2, 2, 1 };
	gsl_matrix_view m = gsl_matrix_view_array(x, 2, 2);

	complaints = 0;
	{
		AN_GSL_QUIET;
		double bad[] = { 1, 2, 2, 1 };

		CHECK(an_invert_spd(bad, 2) == AN_NOT_IDENTIFIED);
		CHECK(gsl_linalg_cholesky_decomp1(&m.matrix) != 0);
	}
	CHECK_THAT(complaints == 0, "what is quiet inside stays so outside");
	gsl_set_error_handler(before);
}

int main(void)
{
	provoked();
	matrices();
	models();
	shares();
	distributions();
	threads();
	nested();
	return check_done();
}
