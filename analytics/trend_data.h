/*
 * trend_data.h: what the line and the line with quarters share; private to
 * trend.c and season.c.
 */
#ifndef ANALYTICS_TREND_DATA_H
#define ANALYTICS_TREND_DATA_H

#include "analytics/memory.h"
#include "analytics/trend.h"

/* The waves without gaps; z is y or its logit, from the place of each among
 * the waves. */
struct an_series {
	size_t n;
	double *t, *y, *z, *w;
	size_t *from;
};

/* AN_BAD_INPUT, AN_NOT_FINITE, AN_TOO_FEW for fewer than `least`. */
enum an_status an_series(struct an_scratch *work, const struct an_waves *v,
			 size_t least, struct an_series *s);

/* The point f.t without anything else. */
void an_forecast_clear(struct an_forecast *f);

/*
 * Fill f around z on the fitted scale: variance of the line there, variance of
 * a new wave besides, degrees of freedom.
 */
struct an_band {
	double z, line, wave, df;
	bool logit;
};
void an_forecast_fill(struct an_forecast *f, const struct an_band *b);

#endif
