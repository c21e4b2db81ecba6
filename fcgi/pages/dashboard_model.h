/*
 * dashboard_model.h: a session_view as the model of the dashboard.
 *
 * The same model is the page, its JSON and (member charts) its charts.
 */
#ifndef PAGES_DASHBOARD_MODEL_H
#define PAGES_DASHBOARD_MODEL_H

#include "pages/insight_model.h"

/* Everything of the view: statement, headlines, sections, charts. */
void dashboard_model(const struct words *w, json_t *m,
		     const struct session_view *v);

/*
 * Everything that the dashboard of a session or a course says to who may see
 * it, its findings too: for a view statement, statement_note, low_response,
 * headlines, findings and the sections rendered (parts_html), for JSON the
 * whole model as text of its members. Kept for the next request as
 * ready_put_read() says. course_id: also of a session.
 */
enum err dashboard_ready(const struct words *w, struct reply *rp,
			 const struct answers_of *of,
			 int64_t course_id) MUST_USE;

/* The class profile before a session. */
void profile_model(const struct words *w, json_t *m,
		   const struct profile_view *v);

/* Sections, also used one by one. */
void dashboard_items(const struct words *w, json_t *m,
		     const struct item_view *items, size_t n);
void dashboard_scales(const struct words *w, json_t *m, const char *key,
		      const struct scale_view *list, size_t n);
void dashboard_needs(const struct words *w, json_t *m,
		     const struct need_view *needs, size_t n);
void dashboard_wants(const struct words *w, json_t *m,
		     const struct want_view *wants, size_t n);

/* How many people got how far, from applied to matched. */
#define FUNNEL_STEPS 6
struct funnel_step {
	const char *label; /* in the visitor's language */
	int64_t people;
};
void funnel_steps(const struct words *w, const struct funnel *f,
		  struct funnel_step steps[FUNNEL_STEPS]);

/* member "low_response": a warning where fewer than half of those who have a
 * place answered after, else ""; of a course, too: its places are also those
 * of sessions still to come. */
void funnel_low_response(const struct words *w, json_t *m,
			 const struct funnel *f, bool is_course);

/* member "charts": one object a chart, see content/static/README.md. */
void dashboard_charts(const struct words *w, json_t *m,
		      const struct session_view *v);
void profile_charts(const struct words *w, json_t *m,
		    const struct profile_view *v);

/* The name of a skill code of the catalogue, or the code. */
const char *skill_text(const struct words *w, const char *code,
		       struct bilingual text);

#endif
