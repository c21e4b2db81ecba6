/*
 * smallest.c: an interval against the smallest effect of interest.
 */
#include "insight/smallest.h"

#include <math.h>

enum size size_of(const struct figure *f, double smallest)
{
	if (!gate_has(f) || isnan(f->lo) || isnan(f->hi))
		return SIZE_NOTHING;
	if (f->lo > smallest)
		return SIZE_ABOVE;
	if (f->hi < -smallest)
		return SIZE_BELOW;
	if (f->lo > -smallest && f->hi < smallest)
		return SIZE_SAME;
	return f->lo > 0.0 || f->hi < 0.0 ? SIZE_SMALL : SIZE_UNCLEAR;
}
