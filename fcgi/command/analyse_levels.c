/*
 * analyse_levels.c: words of a column as numbers, values in their groups.
 */
#include "command/analyse.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/*
 * Different words, numbered as they came: open addressing. It grows with the
 * words there are, so that a few groups of a million rows stay in the cache.
 */
struct word_table {
	struct arena *arena;
	const char **word;
	size_t k, size; /* words; slots, a power of two */
	size_t *slot;   /* number of the word, from 1; 0 is free */
	size_t *place;  /* of each word, among the names of the levels */
};

/* FNV-1a, its upper half folded in. */
static size_t hash_of(const char *word)
{
	uint64_t h = 0xcbf29ce484222325U;

	for (; *word; word++)
		h = (h ^ (unsigned char)*word) * 0x100000001b3U;
	return (size_t)(h ^ h >> 32);
}

/* The slot of the word, or the free one where it would stand. */
static size_t slot_of(const struct word_table *t, const char *word)
{
	size_t i = hash_of(word) & (t->size - 1);

	while (t->slot[i] && strcmp(t->word[t->slot[i] - 1], word) != 0)
		i = (i + 1) & (t->size - 1);
	return i;
}

static void grow(struct word_table *t)
{
	const char **word = t->word;

	t->size = t->size ? 2 * t->size : 64;
	t->slot = ARENA_ARRAY(t->arena, size_t, t->size);
	t->word = ARENA_ARRAY(t->arena, const char *, t->size);
	for (size_t i = 0; i < t->k; i++) {
		t->word[i] = word[i];
		t->slot[slot_of(t, word[i])] = i + 1;
	}
}

/* The number of the word, from 0; a new one if there is none yet. */
static size_t number_of(struct word_table *t, const char *word)
{
	size_t at;

	if (2 * t->k >= t->size)
		grow(t);
	at = slot_of(t, word);
	if (!t->slot[at]) {
		t->word[t->k] = word;
		t->slot[at] = ++t->k;
	}
	return t->slot[at] - 1;
}

/* Where name stands in the list, or k. */
static size_t find(const char *const *list, size_t k, const char *name)
{
	size_t i = 0;

	while (i < k && strcmp(list[i], name))
		i++;
	return i;
}

bool analyse_at_most(struct analysis *a, const char *what, size_t n,
		     size_t most)
{
	if (n > most)
		return REFUSE(a, "%zu %s are too many, %zu at most", n, what,
			      most);
	return true;
}

size_t analyse_level_of(const struct levels *l, const char *word)
{
	const size_t at = l->words->size ? slot_of(l->words, word) : 0;
	const size_t number = l->words->size ? l->words->slot[at] : 0;

	return number ? l->words->place[number - 1] : l->k;
}

/* Where each of the words stands among the names; false after refusing. */
static bool place(struct analysis *a, struct word_table *t, const char *order,
		  struct levels *out)
{
	const char **sorted = ARENA_ARRAY(a->arena, const char *, t->k + 1);

	out->name = order ? analyse_list(a, order, &out->k) : NULL;
	if (a->problem)
		return false;
	for (size_t j = 0; j < t->k; j++)
		sorted[j] = t->word[j];
	qsort(sorted, t->k, sizeof(*sorted), by_bytes);
	t->place = ARENA_ARRAY(a->arena, size_t, t->k + 1);
	for (size_t j = 0; j < t->k; j++) {
		const size_t at =
			out->name ? find(out->name, out->k, sorted[j]) : j;

		if (out->name && at == out->k)
			return REFUSE(a,
				      "\"%.60s\" is not in option "
				      "%s",
				      sorted[j], order);
		t->place[number_of(t, sorted[j])] = at;
	}
	if (!out->name) {
		out->name = sorted;
		out->k = t->k;
	}
	return true;
}

bool analyse_levels(struct analysis *a, const char **word, size_t n,
		    const char *order, struct levels *out)
{
	struct word_table *t = ARENA_NEW(a->arena, struct word_table);
	size_t *level = ARENA_ARRAY(a->arena, size_t, n + 1);

	t->arena = a->arena;
	for (size_t i = 0; i < n; i++) {
		if (!word[i])
			return REFUSE(a,
				      "a group name is missing in "
				      "line %zu",
				      i + 2);
		level[i] = number_of(t, word[i]);
	}
	if (!place(a, t, order, out))
		return false;
	for (size_t i = 0; i < n; i++)
		level[i] = t->place[level[i]];
	out->level = level;
	out->words = t;
	return true;
}

/* Somebody without a value stands in a group that has one. */
static void only_seen(const char **word, const double *y, size_t n)
{
	size_t some = 0;

	while (some < n && isnan(y[some]))
		some++;
	for (size_t i = 0; some < n && i < n; i++)
		if (isnan(y[i]))
			word[i] = word[some];
}

bool analyse_grouped(struct analysis *a, const char *name, const char *order,
		     bool seen, const double **y, struct levels *g)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const char **word = s ? analyse_texts(a, s, name) : NULL;
	const double *value = word ? analyse_numbers(a, s, "y") : NULL;
	double *kept;
	size_t some = 0;

	*y = NULL;
	if (!value)
		return false;
	kept = ARENA_ARRAY(a->arena, double, s->rows);
	while (some < s->rows && !word[some])
		some++;
	if (some == s->rows && some)
		return REFUSE(a, "%s names no group", s->path);
	for (size_t i = 0; i < s->rows; i++) {
		kept[i] = word[i] ? value[i] : NAN;
		word[i] = word[i] ? word[i] : word[some];
	}
	if (seen && !(order && analyse_has_option(a, order)))
		only_seen(word, kept, s->rows);
	*y = kept;
	return analyse_levels(a, word, s->rows, order, g);
}

struct an_words analyse_words(struct analysis *a, const char *text,
			      const char *between)
{
	const char **word =
		ARENA_ARRAY(a->arena, const char *, strlen(text) + 1);
	struct an_words out = { word, 0 };

	while (*(text += strspn(text, between))) {
		const size_t n = strcspn(text, between);

		word[out.n++] = arena_strndup(a->arena, text, n);
		text += n;
	}
	return out;
}

bool analyse_terms(struct analysis *a, size_t least, size_t most,
		   struct an_terms *out)
{
	const struct sheet *s = analyse_sheet(a, 0);
	const double *number = s ? analyse_numbers(a, s, "doc") : NULL;
	const char **word = number ? analyse_texts(a, s, "token") : NULL;
	size_t *doc, ndocs = least;

	if (!word)
		return false;
	doc = ARENA_ARRAY(a->arena, size_t, s->rows + 1);
	for (size_t i = 0; i < s->rows; i++) {
		if (!(number[i] >= 1.0 && number[i] <= (double)most) ||
		    number[i] != floor(number[i]) || !word[i])
			return REFUSE(a,
				      "line %zu needs a document number up to "
				      "%zu and a token",
				      i + 2, most);
		doc[i] = (size_t)number[i] - 1;
		ndocs = doc[i] + 1 > ndocs ? doc[i] + 1 : ndocs;
	}
	ndocs = analyse_count(a, "n_documents", ndocs, most);
	if (a->problem)
		return false;
	if (an_terms_new(doc, word, s->rows, ndocs, out) != AN_BAD_INPUT)
		return true;
	an_terms_free(out);
	return REFUSE(a, "a document number is above n_documents");
}
