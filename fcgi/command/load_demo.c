/*
 * terakoya load demo [--seed N] [--people N]
 *
 * Fills an empty database with the invented programme (合成データ).
 */
#include "base/text.h"
#include "command/command.h"
#include "command/load_demo.h"
#include "demo/demo.h"

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
		printf("demo: %lld people and their programme loaded\n",
		       (long long)options.people);
	return command_end(&c, e);
}
