/*
 * texts.c: message catalogues; see texts.h.
 *
 * Jansson only reads the files, into an arena of its own that goes at once:
 * every text is copied, because no JSON may outlive its request.
 */
#include "view/texts.h"
#include "base/buf.h"
#include "base/json_arena.h"
#include "base/text.h"

#include <jansson.h>

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LANGS = 2, SLOTS = 8192 /* power of two, half may be used */ };

struct entry {
	const char *key;
	size_t len;
	const char *text[LANGS];
};

struct texts {
	struct entry slots[SLOTS];
	size_t used;
};

struct loading {
	struct arena *arena;
	struct texts *texts;
	char *error;
	size_t error_size;
};

static uint32_t hash(const char *key, size_t n)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)key[i]) * 16777619u;
	return h;
}

/* The entry of a key, or the free slot where it would go. */
static size_t slot_of(const struct texts *t, const char *key, size_t n)
{
	size_t i = hash(key, n) & (SLOTS - 1);

	while (t->slots[i].key &&
	       (t->slots[i].len != n || memcmp(t->slots[i].key, key, n) != 0))
		i = (i + 1) & (SLOTS - 1);
	return i;
}

static bool refuse(struct loading *ld, const char *file, const char *why,
		   const char *what)
{
	snprintf(ld->error, ld->error_size, "%s: %s%s", file, why, what);
	return false;
}

static bool add(struct loading *ld, const char *file, const char *key,
		const json_t *value, enum lang lang)
{
	const size_t n = strlen(key);
	struct texts *t = ld->texts;
	struct entry *e = &t->slots[slot_of(t, key, n)];

	if (!json_is_string(value))
		return refuse(ld, file, "not a text: ", key);
	if (e->key && e->text[lang])
		return refuse(ld, file, "the key is already there: ", key);
	if (!e->key) {
		if (t->used >= SLOTS / 2)
			return refuse(ld, file, "too many texts at ", key);
		t->used++;
		e->key = arena_strndup(ld->arena, key, n);
		e->len = n;
	}
	e->text[lang] = arena_strdup(ld->arena, json_string_value(value));
	return true;
}

static bool load_file(struct loading *ld, const char *file, enum lang lang)
{
	json_error_t why;
	json_t *root = json_load_file(file, JSON_REJECT_DUPLICATES, &why);
	const char *key;
	json_t *value;
	bool good = true;

	if (!root) {
		snprintf(ld->error, ld->error_size, "%s:%d: %s", file, why.line,
			 why.text);
		return false;
	}
	if (!json_is_object(root))
		good = refuse(ld, file, "must be an object of texts", "");
	json_object_foreach(root, key, value)
		good = good && add(ld, file, key, value, lang);
	return good;
}

static bool load_folder(struct loading *ld, const char *folder, enum lang lang)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	bool good = true;

	if (!dir)
		return refuse(ld, folder, "cannot be read", "");
	while (good && (entry = readdir(dir))) {
		const char *name = entry->d_name;
		const size_t n = strlen(name);

		if (n < 6 || name[0] == '.' || strcmp(name + n - 5, ".json"))
			continue;
		good = load_file(ld,
				 arena_printf(ld->arena, "%s/%s", folder, name),
				 lang);
	}
	closedir(dir);
	return good;
}

const struct texts *texts_load(struct arena *a, const char *content,
			       char *error, size_t n)
{
	struct loading ld = { a, ARENA_NEW(a, struct texts), error, n };
	struct arena json = { 0 };
	bool good = true;

	json_arena_use(&json);
	for (int lang = 0; lang < LANGS; lang++) {
		const char *folder = arena_printf(a, "%s/lang/%s", content,
						  lang_code((enum lang)lang));

		good = good && load_folder(&ld, folder, (enum lang)lang);
	}
	json_arena_use(NULL);
	arena_release(&json);
	return good ? ld.texts : NULL;
}

const char *text_find(const struct texts *t, enum lang lang, const char *key,
		      size_t n)
{
	const struct entry *e = &t->slots[slot_of(t, key, n)];

	if (!e->key)
		return NULL;
	return e->text[lang] ? e->text[lang] : e->text[!lang];
}

const char *text_of(const struct texts *t, enum lang lang, const char *key)
{
	const char *text = t ? text_find(t, lang, key, strlen(key)) : NULL;

	return text ? text : key;
}

/* The value given for a name of n bytes, or NULL. */
static const char *given(va_list args, const char *name, size_t n)
{
	const char *key, *found = NULL;
	va_list pairs;

	va_copy(pairs, args);
	while (!found && (key = va_arg(pairs, const char *))) {
		const char *value = va_arg(pairs, const char *);

		if (strlen(key) == n && !memcmp(key, name, n))
			found = value ? value : "";
	}
	va_end(pairs);
	return found;
}

const char *text_fill(struct arena *a, const char *text, ...)
{
	struct buf out = buf_new(a);
	va_list args;

	va_start(args, text);
	while (*text) {
		const size_t plain = strcspn(text, "{");
		const char *value = NULL;
		size_t n;

		buf_add(&out, text, plain);
		text += plain;
		if (!*text)
			break;
		n = strcspn(text, "}");
		if (text[n])
			value = given(args, text + 1, n - 1);
		if (value) {
			buf_puts(&out, value);
			text += n + 1;
		} else {
			buf_putc(&out, *text++);
		}
	}
	va_end(args);
	return out.data ? out.data : "";
}

const char *text_count(struct arena *a, const struct texts *t, enum lang lang,
		       const char *key, int64_t n)
{
	const char *text = NULL;

	if (n == 1 && t) {
		const char *one = arena_printf(a, "%s.one", key);

		/* Not the other language's: that one may not need it. */
		text = t->slots[slot_of(t, one, strlen(one))].text[lang];
	}
	return text_fill(a, text ? text : text_of(t, lang, key), "n",
			 text_from_count(a, n), NULL);
}

const char *text_in(enum lang lang, const char *ja, const char *en)
{
	return lang == LANG_EN && en && *en ? en : ja;
}

const char *lang_code(enum lang lang)
{
	return lang == LANG_EN ? "en" : "ja";
}

enum lang lang_from(const char *code)
{
	return code && !strncmp(code, "en", 2) ? LANG_EN : LANG_JA;
}
