/*
 * irt_data.h: answer patterns and quadrature; private to irt*.c and grm*.c.
 */
#ifndef ANALYTICS_IRT_DATA_H
#define ANALYTICS_IRT_DATA_H

#include "analytics/irt.h"
#include "analytics/memory.h"

#define AN_NOT_SHOWN 255 /* the code of a missing answer */

/* Different rows with the number of people; code[p*k + j]. */
struct an_patterns {
	size_t n, k;
	unsigned char *code;
	double *w, people;
	bool missing; /* somebody left something out */
};

/*
 * code: n rows of k codes; weight per row or NULL. AN_EMPTY, or AN_BAD_INPUT
 * for a weight that is negative or not finite. Rows of weight 0 and rows
 * without any answer are left out.
 */
enum an_status an_patterns(struct an_scratch *work, const unsigned char *code,
			   const double *weight, size_t n, size_t k,
			   struct an_patterns *out);

/*
 * The rule of the options, or the default one, with log weights. For scoring
 * the default reaches further, to people with all right or all wrong.
 */
struct an_rule {
	size_t n;
	double *node, *log_weight;
};

enum an_status an_rule(struct an_scratch *work,
		       const struct an_irt_options *options, bool scoring,
		       struct an_rule *out);

/*
 * Turn log-likelihoods l (plus log weights already in) into a posterior in
 * place; returns the log of their sum.
 */
double an_posterior(double *l, size_t n);

/* The same over the rule's nodes; its mean and spread go to o->eap and psd. */
void an_posterior_ability(const struct an_rule *rule, double *l,
			  struct an_ability *o);

/*
 * The E step of the right-or-wrong models: what people are expected to be like
 * under given items.
 *
 * nodes     of the rule, rounded up to a multiple of eight; the rest is 0
 * s0, s1    k: people right, and their expected theta in sum
 * nq, out   nodes: expected people; k by nodes: of these not shown the item
 * p1        k by nodes: probability of a right answer
 * saturated sum of w log(w/people) over the patterns
 * The others are working space (irt_expect.c).
 */
struct an_expectation {
	struct an_patterns p;
	struct an_rule rule;
	size_t nodes, bytes;
	unsigned char *right; /* bits of the right answers */
	double *node, *base, *start, *post, *nq, *p1, *log_p0, *over, *out;
	double *s0, *s1, *slope, *level, *theta; /* tables per eight items */
	double step, scale, saturated;
};

void an_expectation_new(struct an_scratch *work, struct an_patterns p,
			struct an_rule rule, struct an_expectation *e);

/* The log-likelihood at these items; fills the sums. */
double an_expect(struct an_expectation *e, const double *a, const double *d);

/* Codes of right-or-wrong answers; false for one that is not 0, 1 or NAN. */
bool an_irt_codes(const struct an_table *t, unsigned char *code);

/* Fill aic and bic from the log-likelihood. */
void an_irt_finish(struct an_irt_fit *f);

/* Evaluations of a likelihood, told one by one. */
struct an_tally {
	const struct an_progress *progress;
	const char *stage;
	size_t done, of;
};

static inline void an_tally(struct an_tally *c)
{
	an_tell(c->progress, c->stage, ++c->done, c->of);
}

struct an_grm_item;

/* The number of category x of an item, AN_NOT_SHOWN if it has none. */
unsigned char an_grm_code(const struct an_grm_item *item, double x);

#endif
