/*
 * render.c: terakoya render TEMPLATE MODEL.json [ja|en]
 *
 * Writes the page to standard output, as designers and tests need it.
 * Partials and layouts come from the template's folder, interface texts from
 * the folder "lang" beside that one, where there is such a folder. MODEL.json
 * may be "-" for standard input. A refused template or model ends with 2 and
 * one sentence that names file and line.
 */
#include "command/command.h"
#include "view/texts.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The catalogues beside the template's folder; false if they are broken. */
static bool find_texts(struct arena *a, const char *template,
		       const struct texts **out, char *error, size_t n)
{
	const char *slash = strrchr(template, '/');
	const char *folder =
		slash ? arena_strndup(a, template, (size_t)(slash - template))
		      : ".";
	const char *content = arena_printf(a, "%s/..", folder);

	*out = NULL;
	if (access(arena_printf(a, "%s/lang/ja", content), R_OK))
		return true;
	*out = texts_load(a, content, error, n);
	return *out != NULL;
}

static json_t *read_model(const char *file, char *error, size_t n)
{
	const bool piped = !strcmp(file, "-");
	json_error_t why;
	json_t *model = piped ? json_loadf(stdin, JSON_DECODE_ANY, &why)
			      : json_load_file(file, JSON_DECODE_ANY, &why);

	if (!model)
		snprintf(error, n, "%s:%d: %s", file, why.line, why.text);
	return model;
}

static int render(struct arena *a, char **argv, enum lang lang)
{
	char error[512] = "";
	const struct view *v = view_load_file(a, argv[1], error, sizeof(error));
	struct buf out = buf_new(a);
	const struct texts *texts;
	const json_t *model;

	if (!v || !find_texts(a, argv[1], &texts, error, sizeof(error)) ||
	    !(model = read_model(argv[2], error, sizeof(error)))) {
		fprintf(stderr, "terakoya: %s\n", error);
		return 2;
	}
	if (view_missing(v))
		fprintf(stderr, "terakoya: there is no partial \"%s\"\n",
			view_missing(v));
	if (view_render(v, model, texts, lang, &out) != OK) {
		fprintf(stderr, "terakoya: %s: nested too deep\n", argv[1]);
		return 2;
	}
	return fwrite(out.data, 1, out.len, stdout) == out.len ? 0 : 1;
}

int command_render(int argc, char **argv)
{
	struct arena a = { 0 };
	int status;

	if (argc < 3 || argc > 4) {
		fputs("usage: terakoya render TEMPLATE MODEL.json [ja|en]\n",
		      stderr);
		return 2;
	}
	status = render(&a, argv, lang_from(argc > 3 ? argv[3] : "ja"));
	arena_release(&a);
	return status;
}
