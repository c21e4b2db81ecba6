/*
 * analyse_codes.c: comments counted by a code book.
 */
#include "command/analyse.h"

#include <math.h>
#include <string.h>

#define MOST_CODES 200
#define MOST_RULES 1000 /* of a code */
#define MOST_DOCS  200000
#define MOST_LOOKS 1e9 /* words of the book times documents: a minute */

/* book.csv: a row is a part of a rule; codes stand together, the rules of a
 * code ascend. */
struct book {
	const char **code, **need, **words;
	const double *rule; /* its number */
	size_t rows;
	const char **name; /* of each code */
	struct an_code *list;
	size_t n, nwords;
};

static bool need_of(const char *word, enum an_code_need *need)
{
	static const char *const words[] = { [AN_CODE_ANY] = "any",
					     [AN_CODE_ALL] = "all",
					     [AN_CODE_NOT] = "not" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(word, words[i])) {
			*need = (enum an_code_need)i;
			return true;
		}
	return false;
}

/* Every row as a part; false after refusing. */
static bool parts_of(struct analysis *a, struct book *b,
		     struct an_code_part *part)
{
	for (size_t i = 0; i < b->rows; i++) {
		if (!b->code[i] || isnan(b->rule[i]) || !b->need[i] ||
		    !b->words[i])
			return REFUSE(a, "line %zu has an empty cell", i + 2);
		if (!(b->rule[i] >= 1.0 && b->rule[i] <= MOST_RULES) ||
		    b->rule[i] != floor(b->rule[i]))
			return REFUSE(a,
				      "line %zu: rules have numbers from 1 to "
				      "%d",
				      i + 2, MOST_RULES);
		if (!need_of(b->need[i], &part[i].need))
			return REFUSE(a,
				      "line %zu: need is any, all or not, "
				      "not %s",
				      i + 2, b->need[i]);
		part[i].words = analyse_words(a, b->words[i], " ");
		b->nwords += part[i].words.n;
	}
	return true;
}

static bool seen(const struct book *b, const char *code)
{
	for (size_t c = 0; c < b->n; c++)
		if (!strcmp(b->name[c], code))
			return true;
	return false;
}

static bool read_book(struct analysis *a, struct book *b)
{
	struct an_code_part *part =
		ARENA_ARRAY(a->arena, struct an_code_part, b->rows + 1);
	struct an_code_rule *rule =
		ARENA_ARRAY(a->arena, struct an_code_rule, b->rows + 1);

	b->name = ARENA_ARRAY(a->arena, const char *, b->rows + 1);
	b->list = ARENA_ARRAY(a->arena, struct an_code, b->rows + 1);
	if (!parts_of(a, b, part))
		return false;
	for (size_t i = 0, r = 0; i < b->rows; i++) {
		const bool same = i && !strcmp(b->code[i], b->code[i - 1]);

		if (!same && seen(b, b->code[i]))
			return REFUSE(a, "line %zu: %s stands in two places",
				      i + 2, b->code[i]);
		if (same && b->rule[i] < b->rule[i - 1])
			return REFUSE(a,
				      "line %zu: the rules of a code must "
				      "ascend",
				      i + 2);
		if (!same) {
			b->name[b->n] = b->code[i];
			b->list[b->n++].rule = rule + r;
			if (!analyse_at_most(a, "codes", b->n, MOST_CODES))
				return false;
		}
		if (same && b->rule[i] == b->rule[i - 1]) {
			rule[r - 1].n++;
			continue;
		}
		rule[r++] = (struct an_code_rule){ part + i, 1 };
		b->list[b->n - 1].n++;
	}
	return b->n || REFUSE(a, "the book has no codes");
}

static void put_codes(struct analysis *a, const struct book *b,
		      const struct an_code_count *count, const bool *has,
		      size_t ndocs)
{
	static const char *const lists[] = { "n",  "share", "lo",
					     "hi", "docs",  NULL };
	json_t *o = a->result;

	analyse_put_texts(o, "code", b->name, b->n);
	analyse_lists(o, lists);
	for (size_t c = 0; c < b->n; c++) {
		json_t *docs = json_array();

		model_item_int(model_list(o, "n"), (int64_t)count[c].n);
		model_item_real(model_list(o, "share"), count[c].share.value);
		model_item_real(model_list(o, "lo"), count[c].share.lo);
		model_item_real(model_list(o, "hi"), count[c].share.hi);
		for (size_t d = 0; d < ndocs; d++)
			if (has[d * b->n + c])
				model_item_int(docs, (int64_t)d + 1);
		json_array_append_new(model_list(o, "docs"), docs);
	}
	model_int(o, "n_documents", (int64_t)ndocs);
}

static bool codes(struct analysis *a)
{
	const struct sheet *s = analyse_sheet(a, 1);
	struct book b = { 0 };
	struct an_terms t = { 0 };
	struct an_code_count *count;
	enum an_status status;
	size_t uncoded;
	bool *has;

	if (!s || !(b.code = analyse_texts(a, s, "code")) ||
	    !(b.rule = analyse_numbers(a, s, "rule")) ||
	    !(b.need = analyse_texts(a, s, "need")) ||
	    !(b.words = analyse_texts(a, s, "words")))
		return false;
	b.rows = s->rows;
	if (!read_book(a, &b) || !analyse_terms(a, 0, MOST_DOCS, &t))
		return false;
	if ((double)b.nwords * (double)t.ndocs > MOST_LOOKS) {
		an_terms_free(&t);
		return REFUSE(a,
			      "%zu words of the book times %zu documents are "
			      "too many, %.0f at most",
			      b.nwords, t.ndocs, MOST_LOOKS);
	}
	has = ARENA_ARRAY(a->arena, bool, t.ndocs *b.n + 1);
	count = ARENA_ARRAY(a->arena, struct an_code_count, b.n + 1);
	status = an_codes(&t, b.list, b.n, has, count, &uncoded);
	if (status == AN_BAD_INPUT)
		analyse_refuse(a, "a rule of the book needs a word in any or "
				  "all");
	else
		put_codes(a, &b, count, has, t.ndocs);
	an_terms_free(&t);
	model_int(a->result, "uncoded", (int64_t)uncoded);
	analyse_status(a->result, status);
	return !a->problem;
}

const struct method analyse_code_methods[] = {
	{ "codes", "tokens.csv: doc,token, book.csv: code,rule,need,words",
	  "comments counted by a code book", codes },
	{ .name = NULL },
};
