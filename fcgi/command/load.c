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
#include "store/store_system.h"
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

struct people_arguments {
	const char *file;
	bool dry_run;
	struct date as_of; /* year 0: today */
};

static bool read_arguments(int argc, char **argv, struct people_arguments *a)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--dry-run"))
			a->dry_run = true;
		else if (!strcmp(argv[i], "--as-of") && i + 1 < argc &&
			 date_parse(argv[i + 1], &a->as_of))
			i++;
		else if (argv[i][0] == '-' || a->file)
			return false;
		else
			a->file = argv[i];
	}
	return a->file != NULL;
}

/* The whole file in the arena; NULL if it cannot be read or is too large. */
static const char *read_bytes(struct arena *a, const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *bytes = NULL;

	if (!f)
		return NULL;
	bytes = arena_alloc(a, CSV_MAX_BYTES + 1);
	*len = fread(bytes, 1, CSV_MAX_BYTES + 1, f);
	if (ferror(f))
		bytes = NULL;
	fclose(f);
	return bytes;
}

static void print_people(const struct load_people_report *r, bool dry_run)
{
	static const char *const words[PEOPLE_CHANGES] = {
		[PEOPLE_NEW] = "new",         [PEOPLE_MOVED] = "moved",
		[PEOPLE_CHANGED] = "changed", [PEOPLE_LEFT] = "left",
		[PEOPLE_SAME] = "same",
	};

	for (size_t i = 0; i < r->nlines; i++) {
		const struct people_line *l = &r->lines[i];

		if (l->change != PEOPLE_SAME)
			printf("%s %s %s: %s -> %s\n", words[l->change],
			       l->staff_number, l->name, l->before, l->after);
	}
	for (size_t i = 0; i < r->nunknown; i++)
		printf("column ignored: %s\n", r->unknown[i]);
	printf("people: %zu rows, %zu new, %zu moved, %zu changed, %zu left, "
	       "%zu same, %zu new units%s\n",
	       r->rows, r->counts[PEOPLE_NEW], r->counts[PEOPLE_MOVED],
	       r->counts[PEOPLE_CHANGED], r->counts[PEOPLE_LEFT],
	       r->counts[PEOPLE_SAME], r->new_units,
	       dry_run ? " (dry run, nothing written)" : "");
}

/* What was done, for those who ask later. */
static enum err note_import(struct ctx *cx, const struct load_people_report *r)
{
	return store_audit_add(
		cx, &(struct audit){
			    .action = "import.people",
			    .detail = arena_printf(
				    &cx->arena,
				    "{\"rows\":%zu,\"new\":%zu,\"moved\":%zu,"
				    "\"changed\":%zu,\"left\":%zu}",
				    r->rows, r->counts[PEOPLE_NEW],
				    r->counts[PEOPLE_MOVED],
				    r->counts[PEOPLE_CHANGED],
				    r->counts[PEOPLE_LEFT]) });
}

static int load_people_command(int argc, char **argv)
{
	struct people_arguments args = { .file = NULL };
	struct load_people_options options = { .dry_run = false };
	struct load_people_report report;
	struct command c;
	const char *bytes;
	size_t len;
	enum err e;

	if (!read_arguments(argc, argv, &args)) {
		fputs(usage, stderr);
		return 2;
	}
	if (!command_begin_with_db(&c, "load"))
		return 1;
	bytes = read_bytes(&c.arena, args.file, &len);
	if (!bytes) {
		command_say(&c, 2, "cannot read %s", args.file);
		command_end(&c, OK);
		return 2;
	}
	options.dry_run = args.dry_run;
	options.as_of =
		args.as_of.year ? args.as_of : date_in_japan(c.cx.now_ms);
	e = load_people(&c.cx, bytes, len, &options, &report);
	if (e == OK && report.nproblems > 0) {
		print_problems(&c, args.file, report.problems,
			       report.nproblems);
		command_say(&c, 2, "%zu problems; nothing was written",
			    report.nproblems);
		command_end(&c, OK);
		return 2;
	}
	if (e == OK && !options.dry_run)
		e = note_import(&c.cx, &report);
	if (e == OK && !options.dry_run)
		e = store_system_measure(&c.cx);
	if (e == OK)
		print_people(&report, options.dry_run);
	return command_end(&c, e);
}

int command_load(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "content"))
		return load_content_command(argc - 1, argv + 1);
	if (argc > 1 && !strcmp(argv[1], "demo"))
		return load_demo_command(argc - 1, argv + 1);
	if (argc > 1 && !strcmp(argv[1], "people"))
		return load_people_command(argc - 1, argv + 1);
	fputs(usage, stderr);
	return 2;
}
