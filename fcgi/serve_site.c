#include "serve.h"

#include "base/config.h"
#include "base/json_arena.h"
#include "view/texts.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

/*
 * ASSETS/manifest.json names the static files with their content hash:
 * { "css": "/static/style.3f2a9c.css", ... }.
 */
static bool load_assets(struct site *site, char *error, size_t n)
{
	struct arena *a = &site->arena;
	const char *path =
		arena_printf(a, "%s/manifest.json", site->config->assets);
	struct arena json = { 0 };
	struct asset *list;
	const char *key;
	json_error_t why;
	json_t *root, *value;

	json_arena_use(&json);
	root = json_load_file(path, 0, &why);
	if (!json_is_object(root)) {
		snprintf(error, n, "cannot read %s: %s", path,
			 root ? "no object" : why.text);
		json_arena_use(NULL);
		arena_release(&json);
		return false;
	}
	list = ARENA_ARRAY(a, struct asset, json_object_size(root));
	json_object_foreach(root, key, value) {
		if (!json_is_string(value))
			continue;
		list[site->nassets].name = arena_strdup(a, key);
		list[site->nassets++].url =
			arena_strdup(a, json_string_value(value));
	}
	site->assets = list;
	json_arena_use(NULL);
	arena_release(&json);
	return true;
}

static bool load(struct site *site, char *error, size_t n)
{
	struct arena *a = &site->arena;
	struct config *config = ARENA_NEW(a, struct config);
	const char *wrong = config_read(a, config);

	site->config = config;
	if (wrong) {
		snprintf(error, n, "%s", wrong);
		return false;
	}
	site->texts = texts_load(a, config->content, error, n);
	if (!site->texts)
		return false;
	site->views = views_load(
		a, arena_printf(a, "%s/views", config->content), error, n);
	return site->views && load_assets(site, error, n);
}

struct site *site_load(char *error, size_t n)
{
	struct arena a = { 0 };
	struct site *site = ARENA_NEW(&a, struct site);

	/* The site lives in the arena that it owns. */
	site->arena = a;
	if (load(site, error, n))
		return site;
	site_free(site);
	return NULL;
}

void site_free(struct site *site)
{
	struct arena a = site->arena;

	arena_release(&a);
}
