/*
 * analyse_dist.c: distributions at the points of a grid.
 */
#include "command/analyse.h"

#include <math.h>

/* Columns of the grid by name, up to four; false after refusing. */
static bool grid(struct analysis *a, const char *const name[], size_t n,
		 const double *v[], size_t *rows)
{
	const struct sheet *s = analyse_sheet(a, 0);

	for (size_t j = 0; j < n; j++)
		if (!s || !(v[j] = analyse_numbers(a, s, name[j])))
			return false;
	*rows = s->rows;
	analyse_status(a->result, s->rows ? AN_OK : AN_EMPTY);
	return true;
}

static bool noncentral_t(struct analysis *a)
{
	const char *const name[] = { "t", "df", "nc" };
	const double *v[3];
	size_t n;

	if (!grid(a, name, 3, v, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		model_item_real(model_list(a->result, "p"),
				an_nct_cdf(v[0][i], v[1][i], v[2][i]));
	return true;
}

static bool noncentral_f(struct analysis *a)
{
	const char *const name[] = { "q", "df1", "df2", "nc" };
	const double *v[4];
	size_t n;

	if (!grid(a, name, 4, v, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		model_item_real(model_list(a->result, "p"),
				an_ncf_cdf(v[0][i], v[1][i], v[2][i], v[3][i]));
	return true;
}

static bool noncentral_t_ci(struct analysis *a)
{
	const char *const name[] = { "t", "df" };
	const double level = analyse_number(a, "level", 0.95);
	const double *v[2];
	size_t n;

	if (!grid(a, name, 2, v, &n))
		return false;
	if (!(level > 0.0 && level < 1.0))
		return REFUSE(a, "level lies between 0 and 1");
	for (size_t i = 0; i < n; i++) {
		double lo, hi;

		an_nct_interval(v[0][i], v[1][i], level, &lo, &hi);
		model_item_real(model_list(a->result, "nc_lo"), lo);
		model_item_real(model_list(a->result, "nc_hi"), hi);
	}
	return true;
}

/* A sample size: a whole number up to this. */
static bool size(struct analysis *a, double x, size_t most, size_t *out)
{
	if (!(x >= 0.0 && x <= (double)most) || x != floor(x))
		return REFUSE(a, "sizes are whole numbers up to %zu", most);
	*out = (size_t)x;
	return true;
}

static bool signrank(struct analysis *a)
{
	const char *const name[] = { "q", "n" };
	const double *v[2];
	size_t n, m = 0;

	if (!grid(a, name, 2, v, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!size(a, v[1][i], 1000, &m))
			return false;
		model_item_real(model_list(a->result, "p"),
				an_signrank_cdf(v[0][i], m));
	}
	return true;
}

static bool ranksum(struct analysis *a)
{
	const char *const name[] = { "q", "m", "n" };
	const double *v[3];
	size_t n, x = 0, y = 0;

	if (!grid(a, name, 3, v, &n))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!size(a, v[1][i], AN_RANKSUM_MOST, &x) ||
		    !size(a, v[2][i], AN_RANKSUM_MOST, &y))
			return false;
		if (x * y > AN_RANKSUM_MOST)
			return REFUSE(a,
				      "sizes of rank sums multiply to %d"
				      " at most",
				      AN_RANKSUM_MOST);
		model_item_real(model_list(a->result, "p"),
				an_ranksum_cdf(v[0][i], x, y));
	}
	return true;
}

static bool gauss_hermite(struct analysis *a)
{
	const size_t n = analyse_count(a, "n", 21, 300);
	double *x = ARENA_ARRAY(a->arena, double, n);
	double *w = ARENA_ARRAY(a->arena, double, n);

	if (a->problem)
		return false;
	analyse_status(a->result, an_gauss_hermite(n, x, w));
	analyse_put(a->result, "node", x, n);
	analyse_put(a->result, "weight", w, n);
	return true;
}

const struct method analyse_dist_methods[] = {
	{ "gauss_hermite", "", "quadrature for the normal law", gauss_hermite },
	{ "noncentral_t_cdf", "grid.csv: t,df,nc", "P(T <= t)", noncentral_t },
	{ "noncentral_f_cdf", "grid.csv: q,df1,df2,nc", "P(F <= q)",
	  noncentral_f },
	{ "noncentral_t_ci", "grid.csv: t,df", "interval of the noncentrality",
	  noncentral_t_ci },
	{ "signrank_cdf", "grid.csv: q,n", "P(V <= q), signed ranks",
	  signrank },
	{ "ranksum_cdf", "grid.csv: q,m,n", "P(W <= q), rank sums", ranksum },
	{ .name = NULL },
};
