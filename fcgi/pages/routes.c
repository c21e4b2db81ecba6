#include "pages/pages.h"

/* The first route that fits wins; tables of literal paths stand first. */
const struct route *const all_routes[] = {
	health_routes,
	NULL,
};
