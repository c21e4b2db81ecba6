/*
 * summary.h: what earlier participants of a course said, in three numbers.
 */
#ifndef INSIGHT_SUMMARY_H
#define INSIGHT_SUMMARY_H

#include "insight/gate.h"

/*
 * before, after, change  mean share of points of matched people (0..1)
 * gain                   class gain, share of the possible improvement
 * satisfaction           overall, points of 5
 * sessions               sessions with answers
 * shown                  at least one of the figures may be shown
 */
struct course_summary {
	struct figure before, after, change, gain, satisfaction;
	size_t sessions;
	bool shown;
	bool is_synthetic;
};

/* For the course page; the same figures and gate as the course's dashboard. */
enum err insight_course_summary(struct ctx *cx, int64_t course_id,
				struct course_summary *out) MUST_USE;

#endif
