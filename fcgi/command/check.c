/*
 * terakoya check routes    every address, how, and who may use it, as JSON
 * terakoya check --empty   status 0 when nobody has an account yet, else 1
 */
#include "command/command.h"
#include "pages/pages.h"
#include "store/store_account.h"
#include "view/model.h"

#include <stdio.h>
#include <string.h>

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

static int check_routes(void)
{
	json_t *list = json_array();

	for (const struct route *const *t = all_routes; *t; t++)
		for (const struct route *r = *t; r->page; r++)
			add_route(r, list);
	json_dumpf(list, stdout, JSON_INDENT(1));
	putchar('\n');
	return 0;
}

static int check_empty(const char *name)
{
	struct command c;
	int64_t accounts = 0;
	int status;

	if (!command_begin_with_db(&c, name))
		return 1;
	status = command_end(&c, store_account_count(&c.cx, &accounts));
	return status ? status : accounts > 0;
}

int command_check(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "routes"))
		return check_routes();
	if (argc == 2 && !strcmp(argv[1], "--empty"))
		return check_empty(argv[0]);
	fprintf(stderr, "usage: terakoya %s routes | --empty\n", argv[0]);
	return 2;
}
