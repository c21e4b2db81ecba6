/*
 * improvement.h: what the planner of the demo has begun already.
 */
#ifndef DEMO_IMPROVEMENT_H
#define DEMO_IMPROVEMENT_H

#include "base/ctx.h"

/*
 * A draft plan for fiscal years 2024 to 2026 with a few lines, and jobs for
 * the findings and the analyses of all that was answered, due on the demo's
 * day: nothing is computed here. Call it after demo_load().
 */
enum err demo_improvement(struct ctx *cx) MUST_USE;

#endif
