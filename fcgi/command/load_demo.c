/*
 * terakoya load demo [--seed N] [--people N]
 *
 * Fills an empty database with the invented programme (合成データ) and notes
 * one account per role in VAR/demo-accounts, for whoever starts the site.
 */
#include "command/load_demo.h"
#include "base/text.h"
#include "command/command.h"
#include "demo/demo.h"
#include "demo/improvement.h"
#include "store/store_setting.h"
#include "store/store_system.h"

#include <jansson.h>

#include <stdio.h>
#include <string.h>

static const char usage[] =
	"usage: terakoya load demo [--seed N] [--people N]\n";

static bool read_options(int argc, char **argv, struct demo_options *o)
{
	for (int i = 1; i < argc; i += 2) {
		int64_t value;

		if (i + 1 >= argc ||
		    !text_to_i64(argv[i + 1], 1, 1000000000, &value))
			return false;
		if (!strcmp(argv[i], "--seed"))
			o->seed = (uint64_t)value;
		else if (!strcmp(argv[i], "--people"))
			o->people = value;
		else
			return false;
	}
	return true;
}

/* One line per role, as people read it on a terminal. */
static enum err note_accounts(struct command *c)
{
	const char *path =
		arena_printf(&c->arena, "%s/demo-accounts", c->config.var);
	const char *text = store_setting_text(&c->cx, "demo.accounts", "[]");
	json_t *list, *account;
	size_t i;
	FILE *file;

	list = json_loads(text, 0, NULL);
	file = fopen(path, "w");
	if (!file)
		return FAIL(&c->cx, ERR_INTERNAL, "cannot write %s", path);
	json_array_foreach(list, i, account)
		fprintf(file, "  %-8s %-26s %s\n",
			json_string_value(json_object_get(account, "role")),
			json_string_value(json_object_get(account, "login")),
			json_string_value(
				json_object_get(account, "password")));
	if (fclose(file))
		return FAIL(&c->cx, ERR_INTERNAL, "cannot write %s", path);
	return OK;
}

int load_demo_command(int argc, char **argv)
{
	struct demo_options options = { .seed = 20240401, .people = 3500 };
	struct command c;
	enum err e;

	if (!read_options(argc, argv, &options)) {
		fputs(usage, stderr);
		return 2;
	}
	if (!command_begin_with_db(&c, "load"))
		return 1;
	e = demo_load(&c.cx, &options);
	if (e == OK)
		e = demo_improvement(&c.cx);
	if (e == OK)
		e = note_accounts(&c);
	if (e == OK)
		e = store_system_measure(&c.cx);
	if (e == OK)
		printf("demo: %lld people and their programme loaded\n",
		       (long long)options.people);
	return command_end(&c, e);
}
