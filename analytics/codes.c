/*
 * codes.c: the manual is codes.h.
 */
#include "analytics/codes.h"

#include "analytics/proportion.h"

#include <stdlib.h>
#include <string.h>

static bool rule_is_good(const struct an_code_rule *r)
{
	bool asks = false;

	for (size_t p = 0; p < r->n; p++) {
		if (!r->part[p].words.n)
			return false;
		asks |= r->part[p].need != AN_CODE_NOT;
	}
	return asks;
}

static bool are_good(const struct an_code *code, size_t k)
{
	for (size_t c = 0; c < k; c++) {
		if (!code[c].n)
			return false;
		for (size_t r = 0; r < code[c].n; r++)
			if (!rule_is_good(&code[c].rule[r]))
				return false;
	}
	return k > 0;
}

static int by_word(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Is the word in the document whose words are here[]? */
static bool is_here(const struct an_terms *t, const bool *here,
		    const char *word)
{
	const char **found = t->nterms ? bsearch(&word, t->term, t->nterms,
						 sizeof(*t->term), by_word)
				       : NULL;

	return found && here[found - t->term];
}

static bool part_holds(const struct an_terms *t, const bool *here,
		       const struct an_code_part *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->words.n; i++)
		n += is_here(t, here, p->words.word[i]) ? 1 : 0;
	if (p->need == AN_CODE_NOT)
		return !n;
	return p->need == AN_CODE_ALL ? n == p->words.n : n > 0;
}

static bool code_holds(const struct an_terms *t, const bool *here,
		       const struct an_code *code)
{
	for (size_t r = 0; r < code->n; r++) {
		const struct an_code_rule *rule = &code->rule[r];
		size_t p = 0;

		while (p < rule->n && part_holds(t, here, &rule->part[p]))
			p++;
		if (p == rule->n)
			return true;
	}
	return false;
}

enum an_status an_codes(const struct an_terms *t, const struct an_code *code,
			size_t k, bool *has, struct an_code_count *count,
			size_t *uncoded)
{
	AN_SCRATCH(work);
	bool *here = an_alloc(&work, t->nterms, sizeof(*here));

	*uncoded = 0;
	if (!are_good(code, k))
		return AN_BAD_INPUT;
	for (size_t c = 0; c < k; c++)
		count[c] = (struct an_code_count){ 0 };
	for (size_t d = 0; d < t->ndocs; d++) {
		bool any = false;

		for (size_t e = t->at[d]; e < t->at[d + 1]; e++)
			here[t->id[e]] = true;
		for (size_t c = 0; c < k; c++) {
			has[d * k + c] = code_holds(t, here, &code[c]);
			count[c].n += has[d * k + c] ? 1 : 0;
			any |= has[d * k + c];
		}
		*uncoded += any ? 0 : 1;
		for (size_t e = t->at[d]; e < t->at[d + 1]; e++)
			here[t->id[e]] = false;
	}
	for (size_t c = 0; c < k; c++)
		count[c].share = an_wilson(count[c].n, t->ndocs, 0.95);
	return t->ndocs ? AN_OK : AN_EMPTY;
}
