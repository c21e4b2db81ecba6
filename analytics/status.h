/*
 * status.h: what every statistic says about itself.
 *
 * Every function of analytics/ fills numbers and returns or stores a status.
 * A number that is not defined is NAN inside the library and null outside it,
 * always together with a status that says why. The library never replaces one
 * statistic by another, never prints, never aborts on data, and keeps nothing
 * between calls.
 *
 * Missing values are NAN. An infinity, or a number beyond 1e75 (number.h), is
 * a mistake of the caller (AN_NOT_FINITE).
 */
#ifndef ANALYTICS_STATUS_H
#define ANALYTICS_STATUS_H

#include <stddef.h>

enum an_status {
	AN_OK = 0,
	AN_TOO_FEW,        /* fewer observations than the method needs */
	AN_ZERO_VARIANCE,  /* everybody gave the same value */
	AN_NOT_IDENTIFIED, /* the data do not determine the parameters */
	AN_NOT_CONVERGED,  /* the iteration stopped before the optimum */
	AN_SUPPRESSED,     /* hidden to protect the people behind it */
	AN_CEILING,        /* the scores leave no room upwards */
	AN_EMPTY,          /* no observation at all */
	AN_NOT_FINITE, /* an infinity or near it, or NAN where none may be */
	AN_BAD_INPUT   /* sizes, codes or options that make no sense */
};

/* The machine word of a status ("too_few"); sentences are in content/lang. */
const char *an_status_name(enum an_status status);

/*
 * One statistic with its interval.
 *
 * value, lo, hi  the estimate and its 95 % interval (or the level asked for),
 *                NAN where not defined
 * n, missing     observations used, and left out by the missing rule
 * method         the formula used, "wilson", "feldt"; never NULL
 */
struct an_estimate {
	double value, lo, hi;
	size_t n, missing;
	enum an_status status;
	const char *method;
};

/* An estimate with every number NAN and this status. */
struct an_estimate an_estimate_none(const char *method, enum an_status status);

#endif
