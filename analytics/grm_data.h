/*
 * grm_data.h: the graded response model while it is fitted; private to grm*.c.
 */
#ifndef ANALYTICS_GRM_DATA_H
#define ANALYTICS_GRM_DATA_H

#include "analytics/grm.h"
#include "analytics/irt_data.h"

/*
 * Parameters: na slopes, then the thresholds; those of item j are d[from[j]] ..
 * d[from[j+1]-1].
 *
 * na      k, or one slope for all
 * from    k + 1 places
 * table   k + 1: where item j's rows of log_p and count begin
 * log_p   per item and category: nodes
 * count   the same: expected people
 * cum     per item: ncat + 1 rows of nodes, P(X >= c)
 * post    nodes: the posterior of one pattern
 */
struct an_grm_model {
	struct an_patterns p;
	struct an_rule rule;
	const struct an_irt_options *options;
	size_t na, *from, *table;
	double *log_p, *count, *cum, *post;
	struct an_tally told;
};

/* Where the slope of item j stands among the parameters. */
static inline size_t an_grm_slope_at(const struct an_grm_model *m, size_t j)
{
	return m->na == 1 ? 0 : j;
}

static inline size_t an_grm_categories(const struct an_grm_model *m, size_t j)
{
	return m->from[j + 1] - m->from[j] + 1;
}

/* Row c of item j in cum; there is one row more than in log_p. */
static inline double *an_grm_cumulative(const struct an_grm_model *m, size_t j,
					size_t c)
{
	return m->cum + (m->table[j] + j + c) * m->rule.n;
}

/* Room for the tables of patterns p; item says the categories. */
struct an_grm_model an_grm_model_new(struct an_scratch *work,
				     struct an_patterns p, struct an_rule rule,
				     const struct an_grm *g,
				     const struct an_irt_options *options);

/* Fill the tables at these parameters. */
void an_grm_tables(struct an_grm_model *m, const double *x);

/* Posterior of pattern r in m->post; returns its log-likelihood. */
double an_grm_posterior(struct an_grm_model *m, size_t r);

/* Tables and E step: the log-likelihood at x, and the expected counts. */
double an_grm_expect(struct an_grm_model *m, const double *x);

/*
 * Penalised minus log-likelihood at x and its gradient, NAN where x is not
 * allowed. data: the model.
 */
double an_grm_objective(const double *x, double *grad, void *data);

/*
 * The Hessian of that at x, exact (Louis 1982): p*p places, p the number of
 * parameters. One pass over the patterns. AN_NOT_FINITE where it is none.
 */
enum an_status an_grm_hessian(struct an_grm_model *m, const double *x,
			      double *h);

#endif
