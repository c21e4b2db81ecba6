/*
 * course_earlier.h: what earlier participants of a course said, in numbers.
 *
 * From the same projection as the course's dashboard, so that both show and
 * hide the same.
 */
#ifndef PAGES_COURSE_EARLIER_H
#define PAGES_COURSE_EARLIER_H

#include "http/http.h"
#include "store/store_course.h"

/*
 * model.earlier: sentence, figures (as _figure wants them; empty while too
 * few people have answered) and href of the dashboard, for planners.
 */
enum err course_earlier_to_model(struct ctx *cx, const struct request *rq,
				 json_t *model,
				 const struct course *course) MUST_USE;

#endif
