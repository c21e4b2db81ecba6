/*
 * results_place.h: what pages about results share: who may open them, and
 * where they stand. Used by the dashboards and the analyses.
 */
#ifndef PAGES_RESULTS_PLACE_H
#define PAGES_RESULTS_PLACE_H

#include "pages/insight_model.h"
#include "store/store_session.h"

/* Planners see every session, trainers those they teach. */
struct session_viewer results_viewer(const struct request *rq);

/* A trainer sees the course only when teaching a session of it. */
enum err results_may_see_course(struct ctx *cx, const struct request *rq,
				int64_t course_id) MUST_USE;

/* member "session": { id title course run_no run_text day when_text room
 * is_over } */
void results_session(const struct words *w, json_t *m,
		     const struct session_row *s);

/* A step of the breadcrumb; href NULL: this page. */
void results_crumb(json_t *m, const char *label, const char *href);

/*
 * member "tabs" for the part _tabs: the results and the analysis of one
 * session or course. base: "/sessions/12"; analysis: that page is open.
 */
void results_tabs(const struct words *w, json_t *m, const char *base,
		  bool analysis);

#endif
