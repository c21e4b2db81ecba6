#include "pages/pages.h"

/* The first route that fits wins; tables of literal paths stand first. */
const struct route *const all_routes[] = {
	health_routes,       signin_routes,
	account_routes,      about_routes,
	surveys_routes,      survey_routes,
	paper_routes,        collection_routes,
	record_routes,       home_routes,
	catalogue_routes,    course_routes,
	session_edit_routes, session_routes,
	session_file_routes, people_of_routes,
	application_routes,  debrief_routes,
	teach_routes,        attendance_routes,
	calendar_routes,     people_routes,
	units_routes,        unit_routes,
	import_routes,       roles_routes,
	settings_routes,     audit_routes,
	system_routes,       notice_routes,
	dashboard_routes,    analysis_routes,
	comment_routes,      code_routes,
	needs_routes,        finding_routes,
	proposals_routes,    proposal_routes,
	plan_line_routes,    plan_need_routes,
	plans_routes,        export_routes,
	overview_routes,     NULL,
};
