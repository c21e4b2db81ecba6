/*
 * text_lists.c: the manual is text_lists.h.
 */
#include "insight/text_lists.h"

#include "base/config.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_BYTES 65536u

/* A list as this process read it last; another file is read anew. */
static struct kept {
	const char *path;
	struct stat file;
	struct arena arena; /* of path and words */
	struct an_words words;
} blank;

static const char *path_of(struct ctx *cx, const char *name)
{
	return arena_printf(&cx->arena, "%s/words/%s.txt", cx->config->content,
			    name);
}

static const char *slurp(struct ctx *cx, const char *name)
{
	struct arena *a = &cx->arena;
	FILE *f = fopen(path_of(cx, name), "re");
	char *text;
	size_t n;

	if (!f)
		return "";
	text = arena_alloc(a, MAX_BYTES + 1);
	n = fread(text, 1, MAX_BYTES, f);
	fclose(f);
	return text_is_utf8(text, n) ? text : "";
}

/* As comments are read: NFKC, without blanks at both ends. */
static const char *normal(struct arena *a, const char *line)
{
	AN_SCRATCH(work);
	const char *plain = an_text_normalise(&work, line);

	return text_trim(a, plain ? plain : "");
}

static struct an_words lines_of(struct arena *a, const char *text)
{
	const char **word;
	size_t n = 1, kept = 0;

	for (const char *p = text; (p = strchr(p, '\n')); p++)
		n++;
	word = ARENA_ARRAY(a, const char *, n);
	while (*text) {
		const size_t len = strcspn(text, "\n");
		const char *line = normal(a, arena_strndup(a, text, len));

		if (*line && *line != '#')
			word[kept++] = line;
		text += text[len] ? len + 1 : len;
	}
	return (struct an_words){ word, kept };
}

static struct an_words text_list(struct ctx *cx, const char *name)
{
	return lines_of(&cx->arena, slurp(cx, name));
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

struct an_words text_list_blank(struct ctx *cx)
{
	const char *path = path_of(cx, "blank");
	struct stat now = { 0 };

	/* Without a file there is an empty list, of no time and size. */
	(void)stat(path, &now);
	if (blank.path && text_equals(blank.path, path) &&
	    is_same(&blank.file, &now))
		return blank.words;
	arena_release(&blank.arena);
	blank.path = arena_strdup(&blank.arena, path);
	blank.file = now;
	blank.words = lines_of(&blank.arena, slurp(cx, "blank"));
	return blank.words;
}

static int by_word(const void *a, const void *b)
{
	const struct text_same *x = a, *y = b;

	return strcmp(x->word, y->word);
}

static void read_same(struct ctx *cx, struct text_lists *out)
{
	const struct an_words lines = text_list(cx, "same");
	struct text_same *same;
	size_t n = 0;

	for (size_t i = 0; i < lines.n; i++)
		for (const char *p = lines.word[i]; *p; p++)
			n += *p == ' ' ? 1 : 0;
	same = ARENA_ARRAY(&cx->arena, struct text_same, n + 1);
	for (size_t i = 0; i < lines.n; i++) {
		char *save = NULL,
		     *line = arena_strdup(&cx->arena, lines.word[i]);
		const char *as = strtok_r(line, " ", &save), *other;

		while ((other = strtok_r(NULL, " ", &save)))
			same[out->nsame++] = (struct text_same){ other, as };
	}
	if (out->nsame)
		qsort(same, out->nsame, sizeof(*same), by_word);
	out->same = same;
}

void text_lists_read(struct ctx *cx, struct text_lists *out)
{
	static const char mark[] = "# 標準設定（要編集）";

	*out = (struct text_lists){ 0 };
	out->rules.terms = text_list(cx, "terms");
	out->rules.stop = text_list(cx, "stop");
	out->rules.blank = text_list(cx, "blank");
	out->rules.requests = text_list(cx, "requests");
	out->rules.unless = text_list(cx, "unless");
	read_same(cx, out);
	out->is_default = text_starts(slurp(cx, "terms"), mark);
}

const char *text_lists_same(struct ctx *cx, const struct text_lists *lists,
			    const char *word)
{
	const char *mark = strstr(word, AN_NEGATED);
	const struct text_same key = {
		.word = mark ? arena_strndup(&cx->arena, word,
					     (size_t)(mark - word))
			     : word,
	};
	const struct text_same *found =
		lists->nsame ? bsearch(&key, lists->same, lists->nsame,
				       sizeof(key), by_word)
			     : NULL;

	if (!found)
		return word;
	return mark ? arena_printf(&cx->arena, "%s%s", found->as, mark)
		    : found->as;
}
