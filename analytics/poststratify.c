/*
 * poststratify.c: waves brought to one structure of staff.
 */
#include "analytics/population.h"

#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>

/* Neighbouring strata of one wave that count as one. */
struct cell {
	double sum, n, population; /* sum: of the answers */
};

static bool is_count(double n)
{
	return n >= 0.0 && n == floor(n);
}

static enum an_status check(const struct an_wave_strata *s)
{
	double staff = 0.0;

	if (!s->waves || !s->h)
		return AN_EMPTY;
	if (!(s->least >= 1.0))
		return AN_BAD_INPUT;
	for (size_t j = 0; j < s->h; j++) {
		if (an_too_large(s->population[j]))
			return AN_NOT_FINITE;
		if (!(s->population[j] >= 0.0))
			return AN_BAD_INPUT;
		staff += s->population[j];
	}
	for (size_t i = 0; i < s->waves * s->h; i++) {
		if (an_too_large(s->answers[i]))
			return AN_NOT_FINITE;
		if (!is_count(s->answers[i]))
			return AN_BAD_INPUT;
		if (s->answers[i] > 0.0 && !an_fits(s->mean[i]))
			return AN_NOT_FINITE;
	}
	return staff > 0.0 ? AN_OK : AN_EMPTY;
}

/* Cell j takes in the one behind it. */
static void merge(struct cell *c, size_t *k, size_t j)
{
	c[j].sum += c[j + 1].sum;
	c[j].n += c[j + 1].n;
	c[j].population += c[j + 1].population;
	for (size_t i = j + 1; i + 1 < *k; i++)
		c[i] = c[i + 1];
	--*k;
}

/* The strata of wave i, merged until each has enough answers; how many. */
static size_t cells_of(const struct an_wave_strata *s, size_t i, struct cell *c)
{
	size_t k = s->h, j = 0;

	for (size_t h = 0; h < s->h; h++) {
		const double n = s->answers[i * s->h + h];

		c[h] = (struct cell){ n > 0.0 ? n * s->mean[i * s->h + h] : 0.0,
				      n, s->population[h] };
	}
	while (j < k && k > 1) {
		if (c[j].n >= s->least)
			j++;
		else if (j + 1 < k)
			merge(c, &k, j);
		else
			merge(c, &k, --j);
	}
	return k;
}

enum an_status an_poststratify(const struct an_wave_strata *s, double *y,
			       double *w, size_t *merged)
{
	AN_SCRATCH(work);
	struct cell *c = an_alloc(&work, s->h, sizeof(*c));
	const enum an_status status = check(s);

	for (size_t i = 0; i < s->waves; i++) {
		double mean = 0.0, inverse = 0.0, staff = 0.0;
		size_t k;

		y[i] = w[i] = NAN;
		if (merged)
			merged[i] = 0;
		if (status != AN_OK)
			continue;
		k = cells_of(s, i, c);
		if (merged)
			merged[i] = s->h - k;
		for (size_t j = 0; j < k; j++)
			staff += c[j].population;
		if (c[0].n < s->least)
			continue; /* all of them together */
		for (size_t j = 0; j < k; j++) {
			const double share = c[j].population / staff;

			mean += share * c[j].sum / c[j].n;
			inverse += share * share / c[j].n;
		}
		y[i] = mean;
		w[i] = 1.0 / inverse;
	}
	return status;
}
