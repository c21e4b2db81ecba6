/*
 * analyse_levels.c: words of a column as numbers, values in their groups.
 */
#include "command/analyse.h"

#include <math.h>
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
