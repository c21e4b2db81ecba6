#include "pages/pages.h"

/* The first route that fits wins; tables of literal paths stand first. */
const struct route *const all_routes[] = {
	health_routes,    signin_routes, account_routes, about_routes,
	surveys_routes,   survey_routes, paper_routes,   collection_routes,
	record_routes,    home_routes, /* what to do today */
	catalogue_routes, course_routes, NULL,
};
