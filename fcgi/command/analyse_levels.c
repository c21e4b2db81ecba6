/*
 * analyse_levels.c: words of a column as numbers.
 */
#include "command/analyse.h"

#include <stdlib.h>
#include <string.h>

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The different words, ascending in code point order. */
static const char **different(struct analysis *a, const char **word, size_t n,
			      size_t *k)
{
	const char **name = ARENA_ARRAY(a->arena, const char *, n);

	*k = 0;
	for (size_t i = 0; i < n; i++)
		name[i] = word[i];
	qsort(name, n, sizeof(*name), by_bytes);
	for (size_t i = 0; i < n; i++)
		if (!*k || strcmp(name[*k - 1], name[i]))
			name[(*k)++] = name[i];
	return name;
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

bool analyse_levels(struct analysis *a, const char **word, size_t n,
		    const char *order, struct levels *out)
{
	const char **sorted;
	size_t *place, k;

	for (size_t i = 0; i < n; i++)
		if (!word[i])
			return REFUSE(a,
				      "a group name is missing in "
				      "line %zu",
				      i + 2);
	sorted = different(a, word, n, &k);
	out->name = order ? analyse_list(a, order, &out->k) : NULL;
	if (a->problem)
		return false;
	if (!out->name) {
		out->name = sorted;
		out->k = k;
	}
	place = ARENA_ARRAY(a->arena, size_t, k);
	for (size_t j = 0; j < k; j++) {
		place[j] = out->name == sorted
				   ? j
				   : find(out->name, out->k, sorted[j]);
		if (place[j] == out->k)
			return REFUSE(a,
				      "\"%.60s\" is not in option "
				      "%s",
				      sorted[j], order);
	}
	out->level = ARENA_ARRAY(a->arena, size_t, n);
	for (size_t i = 0; i < n; i++) {
		const char **at =
			bsearch(&word[i], sorted, k, sizeof(*sorted), by_bytes);

		out->level[i] = place[at - sorted];
	}
	return true;
}
