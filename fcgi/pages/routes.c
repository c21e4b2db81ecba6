#include "pages/pages.h"

/* The first route that fits wins; tables of literal paths stand first. */
const struct route *const all_routes[] = {
	health_routes,  signin_routes, account_routes, about_routes,
	surveys_routes, survey_routes, paper_routes,   collection_routes,
	record_routes,  NULL,
};
