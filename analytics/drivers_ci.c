/*
 * drivers_ci.c: how sure the shares of the drivers are.
 */
#include "analytics/bootstrap.h"
#include "analytics/drivers.h"
#include "analytics/memory.h"

#include <math.h>

/* The complete rows, y in front; how many. */
static size_t complete(const double *y, const struct an_table *x, double *rows)
{
	const size_t k = x->k;
	struct an_table both = { rows, x->n, k + 1 };

	for (size_t i = 0; i < x->n; i++) {
		rows[i * (k + 1)] = y[i];
		for (size_t j = 0; j < k; j++)
			rows[i * (k + 1) + j + 1] = an_at(x, i, j);
	}
	return an_complete_rows(&both, rows);
}

/* Dominance shares of people drawn with replacement; false if undefined. */
static bool draw(const double *rows, size_t n, size_t k,
		 struct an_random *random, double *share)
{
	AN_SCRATCH(work);
	double *y = an_doubles(&work, n), *x = an_doubles(&work, n * k);
	struct an_driver *d = an_alloc(&work, k, sizeof(*d));
	const struct an_table t = { x, n, k };

	for (size_t i = 0; i < n; i++) {
		const double *row = rows + (k + 1) * an_random_index(random, n);

		y[i] = row[0];
		for (size_t j = 0; j < k; j++)
			x[i * k + j] = row[j + 1];
	}
	if (an_drivers(y, &t, d).status != AN_OK)
		return false;
	for (size_t j = 0; j < k; j++)
		share[j] = d[j].dominance_pct;
	return true;
}

/* The place of an order statistic, from 0. */
static size_t place(double share)
{
	return (size_t)fmax(ceil(share), 1.0) - 1;
}

enum an_status an_drivers_ci(const double *y, const struct an_table *x,
			     const struct an_resampling *how, double *lo,
			     double *hi)
{
	AN_SCRATCH(work);
	const size_t k = x->k, resamples = how->resamples;
	const double tail = 0.5 * (1.0 - how->level);
	double *rows = an_doubles(&work, x->n * (k + 1));
	double *one = an_doubles(&work, k);
	double *share = an_doubles(&work, resamples * k);
	size_t n, good = 0;
	struct an_random random;

	for (size_t j = 0; j < k; j++)
		lo[j] = hi[j] = NAN;
	if (!k || k > AN_DRIVERS_MAX || !(how->level > 0.0 && how->level < 1.0))
		return AN_BAD_INPUT;
	if (!an_no_infinity(y, x->n) || !an_no_infinity(x->x, x->n * k))
		return AN_NOT_FINITE;
	n = complete(y, x, rows);
	if (n <= k + 1 || resamples < 40)
		return AN_TOO_FEW;
	an_random_seed(&random, how->seed);
	for (size_t r = 0; r < resamples; r++) {
		if (draw(rows, n, k, &random, one)) {
			for (size_t j = 0; j < k; j++)
				share[j * resamples + good] = one[j];
			good++;
		}
		an_tell(how->progress, "resamples", r + 1, resamples);
	}
	if (good * 2 < resamples)
		return AN_NOT_IDENTIFIED;
	for (size_t j = 0; j < k; j++) {
		const double m = (double)good;

		an_sort(share + j * resamples, good);
		lo[j] = share[j * resamples + place(tail * m)];
		hi[j] = share[j * resamples + place((1.0 - tail) * m)];
	}
	return AN_OK;
}
