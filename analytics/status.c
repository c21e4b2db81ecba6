/*
 * status.c: names of the status codes.
 */
#include "analytics/status.h"

#include <math.h>

const char *an_status_name(enum an_status status)
{
	switch (status) {
	case AN_OK:
		return "ok";
	case AN_TOO_FEW:
		return "too_few";
	case AN_ZERO_VARIANCE:
		return "zero_variance";
	case AN_NOT_IDENTIFIED:
		return "not_identified";
	case AN_NOT_CONVERGED:
		return "not_converged";
	case AN_SUPPRESSED:
		return "suppressed";
	case AN_CEILING:
		return "ceiling";
	case AN_EMPTY:
		return "empty";
	case AN_NOT_FINITE:
		return "not_finite";
	case AN_BAD_INPUT:
		return "bad_input";
	}
	return "bad_input";
}

struct an_estimate an_estimate_none(const char *method, enum an_status status)
{
	const struct an_estimate none = { .value = NAN,
					  .lo = NAN,
					  .hi = NAN,
					  .status = status,
					  .method = method };

	return none;
}
