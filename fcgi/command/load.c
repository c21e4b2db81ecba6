/*
 * terakoya load: from files to the database.
 *
 *	terakoya load content [FOLDER]
 *	terakoya load people FILE.csv [--dry-run] [--as-of YYYY-MM-DD]
 *	terakoya load demo [--seed N] [--people N]
 *
 * Problems go to standard error, one per line: file:line: column "value":
 * what is wrong. With problems the status is 2 and nothing was written.
 */
#include "load/load.h"
#include "base/text.h"
#include "command/command.h"
#include "command/load_demo.h"
#include "db/db.h"
#include "document/csv.h"
#include "store/store_audit.h"
#include "view/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
	"usage: terakoya load content [FOLDER]\n"
	"       terakoya load people FILE.csv [--dry-run] [--as-of DATE]\n"
	"       terakoya load demo [--seed N] [--people N]\n";

/* Whoever runs the command reads Japanese if the terminal says so. */
static enum lang terminal_lang(void)
{
	const char *lang = getenv("LC_ALL");

	if (!lang || !*lang)
		lang = getenv("LANG");
	return lang && text_starts(lang, "ja") ? LANG_JA : LANG_EN;
}

static void print_problems(struct command *c, const char *file,
			   const struct load_problem *list, size_t n)
{
	char error[200];
	const struct texts *texts =
		texts_load(&c->arena, c->config.content, error, sizeof(error));

	for (size_t i = 0; i < n; i++) {
		const struct load_problem *p = &list[i];

		fprintf(stderr, "%s", p->file[0] ? p->file : file);
		if (p->line)
			fprintf(stderr, ":%zu", p->line);
		fprintf(stderr, ": ");
		if (p->where[0])
			fprintf(stderr, "%s ", p->where);
		if (p->value[0])
			fprintf(stderr, "\"%s\" ", p->value);
		fprintf(stderr, "%s%s%s\n",
			texts ? text_of(texts, terminal_lang(), p->text)
			      : p->text,
			p->note[0] ? " " : "", p->note);
	}
}

static int load_content_command(int argc, char **argv)
{
	struct load_content_report report;
	struct command c;
	const char *folder;
	enum err e;

	if (argc > 2) {
		fputs(usage, stderr);
		return 2;
	}
	if (!command_begin_with_db(&c, "load"))
		return 1;
	folder = argc > 1 ? argv[1] : c.config.content;
	e = load_content(&c.cx, folder, &report);
	if (e == OK && report.nproblems > 0) {
		print_problems(&c, folder, report.problems, report.nproblems);
		command_say(&c, 2, "%zu problems; nothing was written",
			    report.nproblems);
		command_end(&c, OK);
		return 2;
	}
	if (e == OK)
		printf("content: %zu documents read, %zu published, %zu "
		       "courses unchanged\n",
		       report.read, report.published, report.same);
	return command_end(&c, e);
}

int command_load(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "content"))
		return load_content_command(argc - 1, argv + 1);
	if (argc > 1 && !strcmp(argv[1], "demo"))
		return load_demo_command(argc - 1, argv + 1);
	fputs(usage, stderr);
	return 2;
}
