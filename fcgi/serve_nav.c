#include "serve.h"

#include "pages/pages.h"
#include "view/model.h"
#include "view/texts.h"

#include <string.h>

/* A line of the navigation. It shows where its route allows the person. */
struct nav_item {
	const char *href, *label;
};

static const struct nav_group {
	const char *label;
	struct nav_item items[12];
} groups[] = {
	{ TEXT_KEY("nav.trainee"),
	  { { "/", TEXT_KEY("nav.home") },
	    { "/catalogue", TEXT_KEY("nav.catalogue") },
	    { "/record", TEXT_KEY("nav.record") },
	    { "/notices", TEXT_KEY("nav.notices") } } },
	{ TEXT_KEY("nav.head"),
	  { { "/applications", TEXT_KEY("nav.applications") },
	    { "/debriefs", TEXT_KEY("nav.debriefs") } } },
	{ TEXT_KEY("nav.trainer"), { { "/teach", TEXT_KEY("nav.teach") } } },
	{ TEXT_KEY("nav.planner"),
	  { { "/overview", TEXT_KEY("nav.overview") },
	    { "/people", TEXT_KEY("nav.people") },
	    { "/units", TEXT_KEY("nav.units") },
	    { "/calendar", TEXT_KEY("nav.calendar") },
	    { "/needs", TEXT_KEY("nav.needs") },
	    { "/findings", TEXT_KEY("nav.findings") },
	    { "/proposals", TEXT_KEY("nav.proposals") },
	    { "/plans", TEXT_KEY("nav.plans") },
	    { "/surveys", TEXT_KEY("nav.surveys") },
	    { "/exports", TEXT_KEY("nav.exports") } } },
	{ TEXT_KEY("nav.admin"),
	  { { "/admin/import", TEXT_KEY("nav.import") },
	    { "/admin/roles", TEXT_KEY("nav.roles") },
	    { "/admin/settings", TEXT_KEY("nav.settings") },
	    { "/audit", TEXT_KEY("nav.audit") },
	    { "/admin/health", TEXT_KEY("nav.health") } } },
};

/*
 * Addresses that stand below an entry without its name in front, first match
 * first. Planners come to a session to run it, others to take part in it.
 */
static const struct {
	const char *path, *href;
	unsigned roles; /* for these alone; 0: for everybody */
} belongs[] = {
	{ "/courses", "/catalogue", 0 },
	{ "/sessions", "/calendar", PLANNER },
	{ "/sessions", "/catalogue", 0 },
	{ "/collections", "/overview", PLANNER },
	{ "/collections", "/teach", TRAINER },
	{ "/receipts", "/record", 0 },
};

#define GROUPS (sizeof(groups) / sizeof(groups[0]))
#define ITEMS  (sizeof(groups[0].items) / sizeof(groups[0].items[0]))

/* The route that reads the page; NULL: there is none. */
static const struct route *route_of(const char *path)
{
	for (const struct route *const *t = all_routes; *t; t++)
		for (const struct route *r = *t; r->page; r++)
			if (r->method == GET && !strcmp(r->path, path))
				return r;
	return NULL;
}

/* The route of each line, looked for once: routes never change. */
static const struct route *const *routes_of(size_t group)
{
	static const struct route *routes[GROUPS][ITEMS];
	static bool is_known;

	for (size_t g = 0; g < GROUPS && !is_known; g++)
		for (size_t i = 0; groups[g].items[i].href; i++)
			routes[g][i] = route_of(groups[g].items[i].href);
	is_known = true;
	return routes[group];
}

/* A page is there and this person may read it. */
static bool may_read(const struct request *rq, const struct route *r)
{
	return r && (r->who == WHO_ANYONE || request_is(rq, r->who));
}

/* The page itself, or one below it. */
static bool is_under(const char *path, const char *href)
{
	const size_t n = strlen(href);

	if (!strcmp(path, href))
		return true;
	return n > 1 && !strncmp(path, href, n) && path[n] == '/';
}

/* Figures belong to whoever looks at them, wherever they stand. */
static bool is_results(const char *path)
{
	static const char *const ends[] = { "/dashboard", "/analysis",
					    "/analysis/comments",
					    "/analysis/codes" };
	const size_t n = strlen(path);

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		const size_t end = strlen(ends[i]);

		if (n >= end && !strcmp(path + n - end, ends[i]))
			return true;
	}
	return false;
}

/* The entry that an address belongs to without its name in front, or NULL. */
static const char *home_of(const struct request *rq)
{
	if (is_results(rq->path))
		return request_is(rq, PLANNER) ? "/overview" : "/teach";
	for (size_t i = 0; i < sizeof(belongs) / sizeof(belongs[0]); i++)
		if (is_under(rq->path, belongs[i].path) &&
		    (!belongs[i].roles || request_is(rq, belongs[i].roles)))
			return belongs[i].href;
	return NULL;
}

/* Where the request stands; home: home_of() it. */
struct place {
	const struct request *rq;
	const char *home;
	bool taken; /* an entry is marked already; only one may be */
};

static bool is_here(const struct place *p, const char *href)
{
	if (p->taken)
		return false;
	return p->home ? !strcmp(p->home, href) : is_under(p->rq->path, href);
}

static void add_group(struct place *p, size_t group, json_t *nav)
{
	const struct route *const *routes = routes_of(group);
	const struct nav_item *list = groups[group].items;
	json_t *entry = NULL, *items = NULL;
	bool current = false;

	for (size_t i = 0; list[i].href; i++) {
		json_t *item;
		bool here;

		if (!may_read(p->rq, routes[i]))
			continue;
		here = is_here(p, list[i].href);
		if (!entry) {
			entry = model_item(nav);
			model_text(entry, "href", list[i].href);
			model_text(entry, "label",
				   request_text(p->rq, groups[group].label));
			items = model_list(entry, "items");
		}
		item = model_item(items);
		model_text(item, "href", list[i].href);
		model_text(item, "label", request_text(p->rq, list[i].label));
		model_bool(item, "current", here);
		current |= here;
		p->taken |= here;
	}
	if (entry)
		model_bool(entry, "current", current);
}

/* A page outside every group is shown with the first one open. */
void serve_nav(const struct request *rq, json_t *model)
{
	struct place place = { .rq = rq, .home = home_of(rq) };
	json_t *nav = model_list(model, "nav");

	for (size_t i = 0; i < GROUPS; i++)
		add_group(&place, i, nav);
	if (!place.taken && json_array_size(nav) > 0)
		model_bool(json_array_get(nav, 0), "current", true);
}
