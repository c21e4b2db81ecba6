/*
 * terakoya check routes: every address, how, and who may use it, as JSON.
 */
#include "command/check.h"
#include "pages/pages.h"
#include "view/model.h"

#include <stdio.h>

static const struct {
	const char *name;
	unsigned role;
} roles[] = {
	{ "trainee", TRAINEE }, { "trainer", TRAINER }, { "planner", PLANNER },
	{ "head", HEAD },       { "admin", ADMIN },
};

static void add_route(const struct route *r, json_t *list)
{
	json_t *item = model_item(list), *who;

	model_text(item, "method", r->method == GET ? "GET" : "POST");
	model_text(item, "path", r->path);
	model_text(item, "view", r->view);
	who = model_list(item, "who");
	if (r->who == WHO_ANYONE)
		model_item_text(who, "anyone");
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (r->who & roles[i].role)
			model_item_text(who, roles[i].name);
}

int check_routes(void)
{
	json_t *list = json_array();

	for (const struct route *const *t = all_routes; *t; t++)
		for (const struct route *r = *t; r->page; r++)
			add_route(r, list);
	json_dumpf(list, stdout, JSON_INDENT(1));
	putchar('\n');
	return 0;
}
