/*
 * view_case.h: templates in a folder of their own, for the tests of views.
 *
 * The folder is made by view_case_begin() and removed, with all files in it,
 * by view_case_end().
 */
#ifndef VIEW_CASE_H
#define VIEW_CASE_H

#include "base/json_arena.h"
#include "view/texts.h"
#include "view/view.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena case_arena;
static char case_folder[] = "/tmp/terakoya-view-XXXXXX";
static char case_error[512];

static inline void view_case_begin(void)
{
	if (!mkdtemp(case_folder))
		exit(1);
}

static inline void view_case_empty(void)
{
	DIR *dir = opendir(case_folder);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		unlink(arena_printf(&case_arena, "%s/%s", case_folder,
				    entry->d_name));
	if (dir)
		closedir(dir);
}

static inline void view_case_end(void)
{
	view_case_empty();
	rmdir(case_folder);
	arena_release(&case_arena);
}

/* Write NAME.mustache; its path. */
static inline const char *view_case_file(const char *name, const char *text)
{
	const char *path =
		arena_printf(&case_arena, "%s/%s.mustache", case_folder, name);
	FILE *f = fopen(path, "w");

	if (!f || fputs(text, f) < 0 || fclose(f))
		exit(1);
	return path;
}

/* The template rendered with a model written as JSON; NULL when refused. */
static inline const char *view_case_render(const char *text, const char *model)
{
	const struct view *v;
	struct buf out = buf_new(&case_arena);
	json_t *m = json_loads(model, JSON_DECODE_ANY, NULL);

	case_error[0] = '\0';
	v = view_load_file(&case_arena, view_case_file("case", text),
			   case_error, sizeof(case_error));
	if (v && view_render(v, m, NULL, LANG_JA, &out) != OK)
		v = NULL;
	return v ? out.data : NULL;
}

#endif
