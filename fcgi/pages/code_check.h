/*
 * code_check.h: what two readers found in a sample of comments.
 */
#ifndef PAGES_CODE_CHECK_H
#define PAGES_CODE_CHECK_H

#include "analytics/kappa.h"
#include "base/ctx.h"
#include "store/store_code.h"

#include <jansson.h>
#include <stdbool.h>

#define CODE_KAPPA 0.6 /* a code is checked from here on */

/*
 * A code in a sample.
 *
 * first, second  comments that each reader gave it
 * alike          comments of which both say the same; of these with_rules say
 *                what the rules say
 * is_checked     kappa is CODE_KAPPA at least
 */
struct code_result {
	const char *id;
	int64_t first, second, alike, with_rules;
	struct an_kappa kappa;
	bool is_checked;
};

/* The codes of a sample by the two who finished first; *n is 0 before. */
enum err code_check_results(struct ctx *cx, const struct code_sample *s,
			    const struct code_result **list,
			    size_t *n) MUST_USE;

/* As it is shown: without a sign where two decimals are 0. */
double code_kappa(double kappa);

/* Is an id among ids with blanks between? */
bool code_is_in(const char *codes, const char *id);

/* The ids of codes, n of them. */
const char **code_ids(struct ctx *cx, const char *codes, size_t *n);

/* The part "codes" of a kept part "texts"; NULL: it has none. */
json_t *code_part(const json_t *texts);

/*
 * Codes of a kept part "texts" that were read by two get "kappa" and
 * "checked"; "codes" gets "checked_on", the comments of the sample. texts may
 * be NULL.
 */
enum err code_check_mark(struct ctx *cx, json_t *texts) MUST_USE;

#endif
