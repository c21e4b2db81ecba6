/*
 * terakoya analysis SCOPE ID
 *
 *	terakoya analysis session 12
 *	terakoya analysis course CODE
 *	terakoya analysis year 2024
 *
 * Computes the analysis of a session, a course or a fiscal year and keeps it,
 * also when the one that is kept is current: for who works on the methods.
 * How far it is stands on a terminal, at the end the time of each part.
 */
#include "analysis/analysis_keep.h"
#include "base/clock.h"
#include "base/text.h"
#include "command/command.h"
#include "store/store_course.h"

#include <stdio.h>
#include <unistd.h>

static int usage(void)
{
	fputs("usage: terakoya analysis session ID\n"
	      "       terakoya analysis course CODE\n"
	      "       terakoya analysis year YEAR\n",
	      stderr);
	return 2;
}

static enum err show_progress(struct ctx *cx, int percent, void *arg)
{
	(void)cx;
	(void)arg;
	fprintf(stderr, "\r%3d%%", percent);
	return OK;
}

static enum err find(struct ctx *cx, enum analysis_scope scope,
		     const char *name, int64_t *id)
{
	struct course course;
	enum err e;

	if (scope == ANALYSIS_COURSE) {
		e = store_course_by_code(cx, name, &course);
		if (e == ERR_NOT_FOUND) {
			ctx_forgive(cx);
			return FAIL(cx, e, "there is no course \"%s\"", name);
		}
		TRY(e);
		*id = course.id;
		return OK;
	}
	if (!text_to_i64(name, 1, INT64_MAX, id))
		return FAIL(cx, ERR_BAD_REQUEST, "\"%s\" is no number", name);
	return OK;
}

static void print_times(json_t *ms, int64_t wall_ms)
{
	const char *name;
	json_t *value;

	printf("%-14s %9s\n", "part", "ms");
	json_object_foreach(ms, name, value)
		printf("%-14s %9lld\n", name,
		       (long long)json_integer_value(value));
	printf("%-14s %9lld\n", "all", (long long)wall_ms);
}

int command_analysis(int argc, char **argv)
{
	const bool tell = isatty(STDERR_FILENO) == 1;
	enum analysis_scope scope;
	struct command c;
	int64_t id, began;
	json_t *ms;
	enum err e;

	if (argc != 3 || !analysis_scope_from(argv[1], &scope))
		return usage();
	if (!command_begin_with_db(&c, "analysis"))
		return 1;
	began = clock_real();
	e = find(&c.cx, scope, argv[2], &id);
	if (e == OK)
		e = analysis_compute(&c.cx, scope, id,
				     tell ? show_progress : NULL, NULL, &ms);
	if (tell)
		fputs("\r    \r", stderr);
	if (e == OK)
		print_times(ms, clock_real() - began);
	return command_end(&c, e);
}
