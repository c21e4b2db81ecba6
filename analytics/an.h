/*
 * an.h: the whole statistics library in one include.
 *
 * Read status.h first (what every statistic says about itself), then the
 * header of the family you need. docs/statistics.md has the methods in words.
 * Nothing has to be set up first: see gsl_quiet.h on GSL's error handler.
 */
#ifndef ANALYTICS_AN_H
#define ANALYTICS_AN_H

#include "analytics/adjust.h"
#include "analytics/bootstrap.h"
#include "analytics/calibration.h"
#include "analytics/codes.h"
#include "analytics/correlation.h"
#include "analytics/crosstab.h"
#include "analytics/describe.h"
#include "analytics/dif.h"
#include "analytics/dist.h"
#include "analytics/distractor.h"
#include "analytics/drivers.h"
#include "analytics/factor.h"
#include "analytics/grm.h"
#include "analytics/groups.h"
#include "analytics/irt.h"
#include "analytics/items.h"
#include "analytics/kappa.h"
#include "analytics/mcnemar.h"
#include "analytics/needs.h"
#include "analytics/nmf.h"
#include "analytics/number.h"
#include "analytics/ols.h"
#include "analytics/paired.h"
#include "analytics/population.h"
#include "analytics/progress.h"
#include "analytics/proportion.h"
#include "analytics/quadrature.h"
#include "analytics/rankdist.h"
#include "analytics/reliability.h"
#include "analytics/shrink.h"
#include "analytics/staff.h"
#include "analytics/status.h"
#include "analytics/suppress.h"
#include "analytics/terms.h"
#include "analytics/text.h"
#include "analytics/trend.h"

#endif
