/*
 * codes.h: comments counted by a code book.
 */
#ifndef ANALYTICS_CODES_H
#define ANALYTICS_CODES_H

#include "analytics/terms.h"
#include "analytics/text.h"

#include <stdbool.h>

/* What a comment needs of a list of words. */
enum an_code_need {
	AN_CODE_ANY, /* one of them at least */
	AN_CODE_ALL, /* each of them */
	AN_CODE_NOT  /* none of them */
};

struct an_code_part {
	enum an_code_need need;
	struct an_words words;
};

/* A rule holds where all its parts do, a code where one of its rules does. */
struct an_code_rule {
	const struct an_code_part *part;
	size_t n;
};
struct an_code {
	const struct an_code_rule *rule;
	size_t n;
};

/* Documents of a code, with the share of all and Wilson's interval (95 %). */
struct an_code_count {
	size_t n;
	struct an_estimate share;
};

/*
 * Which of t->ndocs documents have which of k codes: a document has a code
 * once, however many rules and words say so, and may have several codes, or
 * none. Words are compared as they stand, with a mark of negation (text.h).
 *
 * has       ndocs * k places, document after document
 * count     k places
 * uncoded   documents without a code
 *
 * AN_EMPTY without documents. AN_BAD_INPUT, and nothing counted, without codes,
 * for a code without rules, a part without words, a rule that only says which
 * words must not be there: everything else would have the code.
 * Source: the coding rules of KH Coder (Higuchi 2016).
 */
enum an_status an_codes(const struct an_terms *t, const struct an_code *code,
			size_t k, bool *has, struct an_code_count *count,
			size_t *uncoded);

#endif
