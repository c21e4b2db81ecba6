/*
 * view_load.c: a folder of templates into compiled pages; see view.h.
 */
#include "base/text.h"
#include "view/view_parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char ending[] = ".mustache";

struct views {
	const struct view *list; /* sorted by name */
	size_t n;
};

static bool refuse(const struct view_maker *mk, const char *file,
		   const char *why)
{
	snprintf(mk->error, mk->error_size, "%s: %s", file, why);
	return false;
}

/* Is it a template's file name? Then its length without the ending. */
static size_t stem_of(const char *file)
{
	const size_t n = strlen(file), e = sizeof(ending) - 1;

	return n > e && file[0] != '.' && !strcmp(file + n - e, ending) ? n - e
									: 0;
}

static bool read_source(const struct view_maker *mk, const char *file,
			struct view_source *out)
{
	const char *slash = strrchr(file, '/');
	const char *base = slash ? slash + 1 : file;
	const size_t stem = stem_of(base);
	FILE *stream = fopen(file, "r");
	struct stat st;
	char *text;

	if (!stream)
		return refuse(mk, file, strerror(errno));
	if (fstat(fileno(stream), &st) || st.st_size > VIEW_MAX_BYTES) {
		fclose(stream);
		return refuse(mk, file, "is too large for a template");
	}
	text = arena_alloc(mk->arena, (size_t)st.st_size + 1);
	out->len = fread(text, 1, (size_t)st.st_size, stream);
	fclose(stream);
	if (!text_is_utf8(text, out->len))
		return refuse(mk, file, "is not UTF-8");
	out->name = arena_strndup(mk->arena, base, stem ? stem : strlen(base));
	out->file = arena_strdup(mk->arena, file);
	out->text = text;
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct view_source *x = a, *y = b;

	return strcmp(x->name, y->name);
}

const struct view_source *view_source_find(const struct view_folder *folder,
					   const char *name, size_t n)
{
	for (size_t i = 0; i < folder->n; i++) {
		const struct view_source *src = &folder->list[i];

		if (strlen(src->name) == n && !memcmp(src->name, name, n))
			return src;
	}
	return NULL;
}

static size_t count_files(DIR *dir)
{
	const struct dirent *entry;
	size_t n = 0;

	while ((entry = readdir(dir)))
		n += stem_of(entry->d_name) > 0;
	rewinddir(dir);
	return n;
}

static bool read_folder(struct view_maker *mk, const char *path,
			struct view_folder *out)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;
	struct view_source *list;
	size_t room;
	bool good = true;

	if (!dir)
		return refuse(mk, path, strerror(errno));
	room = count_files(dir);
	list = ARENA_ARRAY(mk->arena, struct view_source, room);
	out->n = 0;
	while (good && out->n < room && (entry = readdir(dir))) {
		if (!stem_of(entry->d_name))
			continue;
		good = read_source(mk,
				   arena_printf(mk->arena, "%s/%s", path,
						entry->d_name),
				   &list[out->n++]);
	}
	closedir(dir);
	if (out->n)
		qsort(list, out->n, sizeof(*list), by_name);
	out->list = list;
	return good;
}

const struct views *views_load(struct arena *a, const char *folder, char *error,
			       size_t n)
{
	struct view_folder sources = { NULL, 0 };
	struct view_maker mk = {
		.arena = a, .folder = &sources, .error = error, .error_size = n
	};
	struct views *vs = ARENA_NEW(a, struct views);
	struct view *list;

	if (!read_folder(&mk, folder, &sources))
		return NULL;
	list = ARENA_ARRAY(a, struct view, sources.n);
	for (size_t i = 0; i < sources.n; i++) {
		const struct view_source *src = &sources.list[i];

		if (src->name[0] == '_' || !strncmp(src->name, "layout", 6))
			continue;
		if (!view_compile(&mk, src, &list[vs->n++]))
			return NULL;
	}
	vs->list = list;
	return vs;
}

const struct view *view_find(const struct views *vs, const char *name)
{
	size_t from = 0, to = vs->n;

	while (from < to) {
		const size_t mid = from + (to - from) / 2;
		const int order = strcmp(name, vs->list[mid].name);

		if (!order)
			return &vs->list[mid];
		if (order < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return NULL;
}

const struct view *view_load_file(struct arena *a, const char *file,
				  char *error, size_t n)
{
	const char *slash = strrchr(file, '/');
	const char *folder =
		slash ? arena_strndup(a, file, (size_t)(slash - file)) : ".";
	struct view_folder sources = { NULL, 0 };
	struct view_maker mk = { .arena = a,
				 .folder = &sources,
				 .lenient = true,
				 .error = error,
				 .error_size = n };
	struct view_source *src = ARENA_NEW(a, struct view_source);
	struct view *v = ARENA_NEW(a, struct view);

	if (!read_source(&mk, file, src) ||
	    !read_folder(&mk, *folder ? folder : "/", &sources) ||
	    !view_compile(&mk, src, v))
		return NULL;
	return v;
}

const struct view *view_from_text(struct arena *a, const char *text, size_t len,
				  char *error, size_t n)
{
	const struct view_folder none = { NULL, 0 };
	struct view_maker mk = { .arena = a,
				 .folder = &none,
				 .lenient = true,
				 .error = error,
				 .error_size = n };
	const struct view_source src = { "text", "text",
					 arena_strndup(a, text, len), len };
	struct view *v = ARENA_NEW(a, struct view);

	return view_compile(&mk, &src, v) ? v : NULL;
}

const char *view_missing(const struct view *v)
{
	return v->missing;
}
