/*
 * staff.c: head count by tier, year after year.
 */
#include "analytics/staff.h"

#include "analytics/number.h"

static bool is_amount(double x)
{
	return x >= 0.0 && !an_too_large(x);
}

static bool is_row(const double *share, size_t k)
{
	double sum = 0.0;

	for (size_t j = 0; j < k; j++) {
		if (!is_amount(share[j]))
			return false;
		sum += share[j];
	}
	return sum <= 1.0 + 1e-9;
}

enum an_status an_staff_forecast(const double *now, const double *promotion,
				 const double *intake, size_t k, size_t years,
				 double *out)
{
	if (!k)
		return AN_EMPTY;
	for (size_t i = 0; i < k; i++)
		if (!is_amount(now[i]) || !is_amount(intake[i]) ||
		    !is_row(promotion + i * k, k))
			return AN_BAD_INPUT;
	for (size_t y = 0; y < years; y++) {
		const double *before = y ? out + (y - 1) * k : now;

		for (size_t j = 0; j < k; j++) {
			double sum = intake[j];

			for (size_t i = 0; i < k; i++)
				sum += before[i] * promotion[i * k + j];
			out[y * k + j] = sum;
		}
	}
	return AN_OK;
}
