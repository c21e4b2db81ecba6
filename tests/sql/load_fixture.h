/*
 * load_fixture.h: a file of people, as the tests of loading have it.
 */
#ifndef LOAD_FIXTURE_H
#define LOAD_FIXTURE_H

#include "db_test.h"
#include "load/load.h"

#include <string.h>

#define HEAD                                                                                          \
	"職員番号,氏,名,氏カナ,名カナ,メール,所属コード,所属名,階層,職名," \
	"兼務,所属長,発令日,退職日\n"

static inline struct load_people_report people(struct ctx *cx, const char *csv,
					       bool dry_run)
{
	const struct load_people_options o = { .dry_run = dry_run,
					       .as_of = { 2024, 4, 1 } };
	struct load_people_report r;

	CHECK_OK(cx, load_people(cx, csv, strlen(csv), &o, &r));
	return r;
}

/* HEAD and this row have one problem, and this is its text. */
static inline void refuses(struct ctx *cx, const char *row, const char *text)
{
	const struct load_people_report r =
		people(cx, arena_printf(&cx->arena, HEAD "%s", row), false);

	CHECK_THAT(r.nproblems == 1 && !strcmp(r.problems[0].text, text), text);
	if (r.nproblems == 1 && strcmp(r.problems[0].text, text) != 0)
		printf("# got %s\n", r.problems[0].text);
	for (size_t i = 1; i < r.nproblems; i++)
		printf("# also %s\n", r.problems[i].text);
}

#endif
