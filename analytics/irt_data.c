/*
 * irt_data.c: patterns and quadrature rules of the response models.
 */
#include "analytics/irt_data.h"

#include "analytics/quadrature.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A row and where it lies, so that qsort needs no outside knowledge. */
struct row {
	const unsigned char *code;
	size_t k;
	double w;
};

static int compare(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	const int order = memcmp(x->code, y->code, x->k);

	/* Equal rows stay in their order: one sum of weights everywhere. */
	return order ? order : (x->code > y->code) - (x->code < y->code);
}

static bool answered(const unsigned char *code, size_t k)
{
	for (size_t j = 0; j < k; j++)
		if (code[j] != AN_NOT_SHOWN)
			return true;
	return false;
}

enum an_status an_patterns(struct an_scratch *work, const unsigned char *code,
			   const double *weight, size_t n, size_t k,
			   struct an_patterns *out)
{
	AN_SCRATCH(here);
	struct row *row = an_alloc(&here, n, sizeof(*row));
	size_t m = 0;

	*out = (struct an_patterns){ .k = k };
	for (size_t i = 0; i < n; i++) {
		const double w = weight ? weight[i] : 1.0;

		if (!(w >= 0.0) || an_too_large(w))
			return AN_BAD_INPUT;
		if (w > 0.0 && answered(code + i * k, k))
			row[m++] = (struct row){ code + i * k, k, w };
	}
	qsort(row, m, sizeof(*row), compare);
	out->code = an_alloc(work, m * k, 1);
	out->w = an_doubles(work, m);
	for (size_t i = 0; i < m; i++) {
		if (!i || memcmp(row[i].code, row[i - 1].code, k))
			memcpy(out->code + out->n++ * k, row[i].code, k);
		out->w[out->n - 1] += row[i].w;
		out->people += row[i].w;
		out->missing =
			out->missing || memchr(row[i].code, AN_NOT_SHOWN, k);
	}
	return out->n ? AN_OK : AN_EMPTY;
}

enum an_status an_rule(struct an_scratch *work,
		       const struct an_irt_options *options, bool scoring,
		       struct an_rule *out)
{
	const size_t usual = scoring ? 361 : 121;
	const size_t n = options->node ? options->nodes : usual;

	if (n < 2)
		return AN_BAD_INPUT;
	out->n = n;
	out->node = an_doubles(work, n);
	out->log_weight = an_doubles(work, n);
	if (!options->node)
		an_normal_grid(n, scoring ? 9.0 : 6.0, out->node,
			       out->log_weight);
	for (size_t q = 0; q < n; q++) {
		if (options->node) {
			out->node[q] = options->node[q];
			out->log_weight[q] = options->weight[q];
		}
		if (!(out->log_weight[q] > 0.0) || !isfinite(out->node[q]))
			return AN_BAD_INPUT;
		out->log_weight[q] = log(out->log_weight[q]);
	}
	return AN_OK;
}

double an_posterior(double *l, size_t n)
{
	double most = l[0], sum = 0.0;

	for (size_t q = 1; q < n; q++)
		most = l[q] > most ? l[q] : most;
	for (size_t q = 0; q < n; q++) {
		/* e^-60 of the mode adds nothing to a double. */
		l[q] = l[q] - most > -60.0 ? exp(l[q] - most) : 0.0;
		sum += l[q];
	}
	for (size_t q = 0; q < n; q++)
		l[q] /= sum;
	return most + log(sum);
}

void an_posterior_ability(const struct an_rule *rule, double *l,
			  struct an_ability *o)
{
	double two = 0.0;

	an_posterior(l, rule->n);
	o->eap = 0.0;
	for (size_t q = 0; q < rule->n; q++)
		o->eap += l[q] * rule->node[q];
	for (size_t q = 0; q < rule->n; q++) {
		const double d = rule->node[q] - o->eap;

		two += l[q] * d * d;
	}
	o->psd = sqrt(two);
}

void an_irt_finish(struct an_irt_fit *f)
{
	f->aic = -2.0 * f->loglik + 2.0 * (double)f->npar;
	f->bic = -2.0 * f->loglik + (double)f->npar * log(f->n);
}

bool an_irt_codes(const struct an_table *t, unsigned char *code)
{
	for (size_t i = 0; i < t->n * t->k; i++) {
		if (!isnan(t->x[i]) && t->x[i] != 0.0 && t->x[i] != 1.0)
			return false;
		code[i] =
			isnan(t->x[i]) ? AN_NOT_SHOWN : (unsigned char)t->x[i];
	}
	return true;
}
