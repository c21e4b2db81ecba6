/*
 * pages.h: the tables of routes, one per page file.
 *
 * A page file's comment lists its addresses. To add one: declare its table
 * here, name it in routes.c.
 */
#ifndef PAGES_PAGES_H
#define PAGES_PAGES_H

#include "http/http.h"

extern const struct route health_routes[];
extern const struct route about_routes[];
extern const struct route signin_routes[];
extern const struct route account_routes[];
extern const struct route survey_routes[];
extern const struct route surveys_routes[];
extern const struct route paper_routes[];
extern const struct route collection_routes[];
extern const struct route record_routes[];
extern const struct route home_routes[];
extern const struct route catalogue_routes[];
extern const struct route course_routes[];
extern const struct route session_edit_routes[];
extern const struct route session_routes[];
extern const struct route session_file_routes[];
extern const struct route people_of_routes[];
extern const struct route application_routes[];
extern const struct route debrief_routes[];
extern const struct route teach_routes[];
extern const struct route attendance_routes[];
extern const struct route calendar_routes[];
extern const struct route people_routes[];
extern const struct route units_routes[];
extern const struct route unit_routes[];
extern const struct route import_routes[];
extern const struct route roles_routes[];
extern const struct route settings_routes[];
extern const struct route audit_routes[];
extern const struct route system_routes[];
extern const struct route notice_routes[];
extern const struct route dashboard_routes[];
extern const struct route analysis_routes[];
extern const struct route comment_routes[], code_routes[];
extern const struct route needs_routes[];
extern const struct route finding_routes[];
extern const struct route proposals_routes[];
extern const struct route proposal_routes[];
extern const struct route plans_routes[];
extern const struct route plan_line_routes[], plan_need_routes[];
extern const struct route export_routes[];
extern const struct route overview_routes[];

/* All tables, NULL-ended: routes.c. */
extern const struct route *const all_routes[];

#endif
