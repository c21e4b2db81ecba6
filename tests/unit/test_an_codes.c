/*
 * test_an_codes.c: comments counted by a code book written down here.
 */
#include "analytics/an.h"
#include "check.h"

#include <math.h>

#define WORDS(name, ...) static const char *const name[] = { __VA_ARGS__ }

WORDS(time_words, "時間", "回");
WORDS(short_words, "足りる[否定]", "短い");
WORDS(praise, "要点");
WORDS(both, "説明", "速い");

#define LIST(name)                                     \
	{                                              \
		(name), sizeof(name) / sizeof(*(name)) \
	}

static const struct an_code_part few_parts[] = {
	{ AN_CODE_ANY, LIST(time_words) },
	{ AN_CODE_ANY, LIST(short_words) },
	{ AN_CODE_NOT, LIST(praise) },
};
static const struct an_code_part pace_parts[] = {
	{ AN_CODE_ALL, LIST(both) },
};
static const struct an_code_part not_parts[] = {
	{ AN_CODE_NOT, LIST(praise) },
};
static const struct an_code_rule few[] = { { few_parts, 3 },
					   { pace_parts, 1 } };
static const struct an_code_rule pace[] = { { pace_parts, 1 } };
static const struct an_code_rule nothing_asked[] = { { not_parts, 1 } };

/* 0: too short; 1: enough; 2: short and praised; 3: fast; 4: no word. */
static struct an_terms terms(void)
{
	static const size_t doc[] = { 0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 3 };
	static const char *const word[] = {
		"時間", "足りる[否定]", "時間", "回",   "時間", "足りる",
		"時間", "短い",         "要点", "説明", "速い",
	};
	struct an_terms t;

	CHECK(an_terms_new(doc, word, 11, 5, &t) == AN_OK);
	return t;
}

static void counted_once(void)
{
	const struct an_code book[] = { { few, 2 }, { pace, 1 } };
	struct an_terms t = terms();
	struct an_code_count n[2];
	bool has[10];
	size_t uncoded;

	CHECK(an_codes(&t, book, 2, has, n, &uncoded) == AN_OK);
	CHECK_THAT(has[0] && n[0].n == 2, "many words are one comment");
	CHECK_THAT(!has[2], "enough time is not too little");
	CHECK_THAT(!has[4], "what must not be there takes the code away");
	CHECK_THAT(has[6] && has[7] && n[1].n == 1,
		   "a comment may have several codes");
	CHECK_THAT(uncoded == 3, "or none");
	CHECK_NEAR(n[0].share.value, 0.4, 1e-12);
	CHECK(n[0].share.lo > 0.11 && n[0].share.hi < 0.77);
	an_terms_free(&t);
}

static void bad_books(void)
{
	const struct an_code negative[] = { { nothing_asked, 1 } };
	const struct an_code empty[] = { { few, 0 } };
	const struct an_code good[] = { { pace, 1 } };
	struct an_terms t = terms(), none;
	struct an_code_count n;
	bool has[5];
	size_t uncoded;

	CHECK_THAT(an_codes(&t, negative, 1, has, &n, &uncoded) == AN_BAD_INPUT,
		   "a rule says what must be there");
	CHECK(an_codes(&t, empty, 1, has, &n, &uncoded) == AN_BAD_INPUT);
	CHECK(an_codes(&t, good, 0, has, &n, &uncoded) == AN_BAD_INPUT);
	an_terms_free(&t);
	CHECK(an_terms_new(NULL, NULL, 0, 0, &none) == AN_EMPTY);
	CHECK(an_codes(&none, good, 1, has, &n, &uncoded) == AN_EMPTY);
	CHECK(n.n == 0 && isnan(n.share.value));
	an_terms_free(&none);
}

int main(void)
{
	counted_once();
	bad_books();
	return check_done();
}
