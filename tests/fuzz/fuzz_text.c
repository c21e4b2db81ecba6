/*
 * fuzz_text.c: any bytes as comments, with words of the field taken from them.
 *
 * The first three lines are a user term, a request and a phrase that is none;
 * the rest is one comment, and as a second one everything again. Besides not
 * crashing: words are whole characters and not empty, an answer that says
 * nothing has none, and names lie within the text, one behind the other.
 *
 * Masked, with the first three lines as names of people and a unit: what comes
 * out is whole characters, and whatever stands before them, a colleague's
 * name, a telephone number and an address are gone.
 */
#include "analytics/text.h"
#include "base/text.h"
#include "insight/mask.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_words(struct an_tagger *tagger, const struct an_tokens *t)
{
	AN_SCRATCH(work);

	for (size_t i = 0; i < t->n; i++) {
		const struct an_comment *c = &t->comment[i];

		if (c->blank && (c->n || c->request))
			abort();
		for (size_t j = 0; j < c->n; j++) {
			const char *said =
				an_text_readable(tagger, &work, c->word[j]);

			if (!*c->word[j] || !*said ||
			    !text_is_utf8(c->word[j], strlen(c->word[j])) ||
			    !text_is_utf8(said, strlen(said)))
				abort();
		}
	}
}

static void check_names(struct an_tagger *tagger, const char *text)
{
	AN_SCRATCH(work);
	const struct an_name *name;
	const size_t n = an_text_names(tagger, &work, text, &name);
	size_t end = 0;

	for (size_t i = 0; i < n; i++) {
		if (name[i].at < end || !name[i].n ||
		    name[i].at + name[i].n > strlen(text) ||
		    !text_is_utf8(text + name[i].at, name[i].n))
			abort();
		end = name[i].at + name[i].n;
	}
}

static void check_masked(struct arena *a, struct an_tagger *tagger,
			 const char *const part[3], const char *text)
{
	static const struct mask_person colleague = { "田中", "太郎", "タナカ",
						      NULL };
	static const struct an_words none = { NULL, 0 };
	const struct mask_person other = { part[0], part[1], part[1], part[0] };
	struct mask *m = mask_new(a, tagger, &none);
	struct masked found;

	mask_add_person(m, &colleague);
	mask_add_person(m, &other);
	mask_add_unit(m, part[2]);
	mask_ready(m);
	found = mask_text(m, text);
	if (!text_is_utf8(found.shown, strlen(found.shown)) ||
	    !text_is_utf8(found.plain, strlen(found.plain)) ||
	    (found.shown == text) != (found.plain == text))
		abort();
	text = arena_printf(a, "%s。田中さん。090-1234-5678。a@example.jp。",
			    text);
	found = mask_text(m, text);
	if (strstr(found.shown, "田中さん") ||
	    strstr(found.plain, "田中さん") ||
	    strstr(found.shown, "090-1234-5678") ||
	    strstr(found.shown, "a@example.jp"))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct an_tagger *tagger;
	struct arena a = { 0 };
	const char *all = arena_strndup(&a, (const char *)data, size);
	const char *part[3] = { "", "", "" }, *rest = all;
	struct an_text_rules rules = { .terms = { part, 1 },
				       .requests = { part + 1, 1 },
				       .unless = { part + 2, 1 } };
	struct an_tokens t;

	if (!tagger)
		tagger = an_tagger_new(NULL);
	for (size_t i = 0; i < 3 && strchr(rest, '\n'); i++) {
		const size_t n = strcspn(rest, "\n");

		/* Words of a dictionary are short. */
		part[i] = arena_strndup(&a, rest, n < 60 ? n : 60);
		rest += n + 1;
	}
	if (tagger) {
		const char *const comments[] = { rest, all };

		(void)an_tokenise(tagger, comments, 2, &rules, &t);
		check_words(tagger, &t);
		an_tokens_free(&t);
		if (text_is_utf8(all, strlen(all))) {
			check_names(tagger, rest);
			check_masked(&a, tagger, part, rest);
		}
	}
	arena_release(&a);
	return 0;
}
