/*
 * analyse.c: terakoya analyse METHOD --input FILE ... --options '{...}'
 *
 * Puts CSV and JSON round the statistics library. The result is one JSON
 * object on standard output, with the keys that docs/statistics.md names.
 */
#include "command/analyse.h"

#include "base/json_arena.h"
#include "command/command.h"

#include <stdio.h>
#include <string.h>

#define SENTENCE 300 /* bytes of a sentence that are said at most */

static const struct method *const families[] = {
	analyse_basic_methods, analyse_dist_methods,
	analyse_item_methods,  analyse_change_methods,
	analyse_boot_methods,  analyse_need_methods,
	analyse_group_methods, analyse_shrink_methods,
	analyse_model_methods, analyse_trend_methods,
	analyse_wave_methods,  analyse_choice_methods,
	analyse_irt_methods,   analyse_text_methods,
	analyse_code_methods,  NULL,
};

static const struct method *find(const char *name)
{
	for (const struct method *const *f = families; *f; f++)
		for (const struct method *m = *f; m->name; m++)
			if (!strcmp(m->name, name))
				return m;
	return NULL;
}

static int list(void)
{
	for (const struct method *const *f = families; *f; f++)
		for (const struct method *m = *f; m->name; m++)
			printf("%-22s %s%s%s%s\n", m->name, m->about,
			       *m->inputs ? " [" : "", m->inputs,
			       *m->inputs ? "]" : "");
	return 0;
}

/* One line, whatever a file or a cell is called. */
static int refused(const char *method, const char *why)
{
	char line[SENTENCE];
	size_t n = 0;

	for (; why[n] && n < sizeof(line) - 1; n++)
		line[n] = (unsigned char)why[n] < ' ' ? '?' : why[n];
	line[n] = 0;
	fprintf(stderr, "terakoya analyse%s%s: %s\n", method ? " " : "",
		method ? method : "", line);
	return 2;
}

/* Read the arguments behind the method; NULL, or what is wrong with them. */
static const char *arguments(struct analysis *a, int argc, char **argv,
			     json_t **options)
{
	a->paths = ARENA_ARRAY(a->arena, const char *, (size_t)argc);
	for (int i = 0; i < argc; i++) {
		json_error_t error;

		if (strcmp(argv[i], "--input") && strcmp(argv[i], "--options"))
			return arena_printf(a->arena, "unknown argument \"%s\"",
					    argv[i]);
		if (++i == argc)
			return arena_printf(a->arena, "%s needs a value",
					    argv[i - 1]);
		if (!strcmp(argv[i - 1], "--input")) {
			a->paths[a->npaths++] = argv[i];
			continue;
		}
		*options = json_loads(argv[i], JSON_REJECT_DUPLICATES, &error);
		if (!*options)
			return arena_printf(a->arena,
					    "--options is no JSON: %s",
					    error.text);
		if (!json_is_object(*options))
			return "--options must be a JSON object";
	}
	return NULL;
}

static int run(const struct method *m, int argc, char **argv)
{
	struct arena arena = { 0 };
	struct progress_line line = { .shown = false };
	struct analysis a = { .arena = &arena,
			      .progress = analyse_progress(&line, m->name) };
	json_t *options = NULL;
	const char *wrong;
	int status = 0;
	bool good;

	json_arena_use(&arena);
	a.result = json_object();
	wrong = arguments(&a, argc, argv, &options);
	a.options = options;
	model_text(a.result, "method", m->name);
	good = !wrong && m->run(&a) && !a.problem;
	analyse_progress_end(&line);
	if (wrong) {
		status = refused(m->name, wrong);
	} else if (!good) {
		status = refused(m->name, a.problem);
	} else {
		json_dumpf(a.result, stdout,
			   JSON_INDENT(1) | JSON_REAL_PRECISION(17));
		putchar('\n');
	}
	json_arena_use(NULL);
	arena_release(&arena);
	return status;
}

int command_analyse(int argc, char **argv)
{
	const struct method *m;

	if (argc == 2 && !strcmp(argv[1], "--list"))
		return list();
	if (argc < 2)
		return refused(NULL, "METHOD [--input FILE.csv]... "
				     "[--options JSON], or --list");
	m = find(argv[1]);
	if (!m)
		return refused(argv[1], "there is no such method; see --list");
	return run(m, argc - 2, argv + 2);
}
