/*
 * grm_hessian.c: the exact Hessian of the graded response model.
 *
 * The second derivative of a person's log-likelihood is the expectation, over
 * the posterior of theta, of the second derivatives of log P(answers | theta),
 * plus the covariance matrix of the first ones (Louis 1982, J. R. Stat. Soc. B
 * 44:226-233). An answer has at most three first derivatives that are not 0:
 * by the slope and by the thresholds below and above. By differences of the
 * gradient it would take two passes over all people for each parameter.
 */
#include "analytics/grm_data.h"

#include <math.h>
#include <string.h>

#define BLOCK 4     /* nodes done together */
#define FAR   1e-20 /* of the posterior: adds nothing to a double */

/*
 * by        per item and category three rows of nodes: the derivatives of
 *           log P by the slope, the threshold below and the one above
 * row, at   what one person's answers depend on, and as which parameter
 * f, wf     nodes by most: deviations of these derivatives from their mean,
 *           and the same times the posterior
 * cov       most by most; its lower triangle
 */
struct scores {
	size_t p, most, m;
	double *by;
	const double **row;
	size_t *at;
	double *slopes; /* nodes: of all items, where there is one slope */
	double *f, *wf, *cov;
};

static double *derivative(const struct an_grm_model *m, const struct scores *s,
			  size_t j, size_t c)
{
	return s->by + 3 * (m->table[j] + c) * m->rule.n;
}

/* One category of one item: the derivatives, and the expected second ones. */
static void category(const struct an_grm_model *m, struct scores *s, size_t j,
		     size_t c, double *h)
{
	const size_t q = m->rule.n, p = s->p, a = an_grm_slope_at(m, j);
	const bool below = c > 0, above = c + 1 < an_grm_categories(m, j);
	/* Where there is no threshold its derivatives are 0. */
	const size_t d1 = below ? m->na + m->from[j] + c - 1 : a;
	const size_t d2 = above ? m->na + m->from[j] + c : a;
	const double *n = m->count + (m->table[j] + c) * q;
	const double *from = an_grm_cumulative(m, j, c);
	const double *to = an_grm_cumulative(m, j, c + 1);
	double *by = derivative(m, s, j, c);

	for (size_t i = 0; i < q; i++) {
		const double u = from[i], v = to[i], x = m->rule.node[i];
		const double over = 1.0 / fmax(u - v, 1e-300);
		const double u1 = u * (1.0 - u) * over;
		const double v1 = -v * (1.0 - v) * over;
		const double u2 = u1 * (1.0 - 2.0 * u);
		const double v2 = v1 * (1.0 - 2.0 * v);
		const double t = x * (u1 + v1);

		by[i] = t;
		by[q + i] = u1;
		by[2 * q + i] = v1;
		if (n[i] <= 0.0)
			continue;
		h[a * p + a] -= n[i] * (x * x * (u2 + v2) - t * t);
		h[d1 * p + a] -= n[i] * (x * u2 - t * u1);
		h[d2 * p + a] -= n[i] * (x * v2 - t * v1);
		h[d1 * p + d1] -= n[i] * (u2 - u1 * u1);
		h[d2 * p + d2] -= n[i] * (v2 - v1 * v1);
		h[d2 * p + d1] += n[i] * u1 * v1;
	}
}

/* What the answers of pattern r depend on, parameters ascending. */
static void collect(const struct an_grm_model *m, struct scores *s, size_t r)
{
	const size_t k = m->p.k, q = m->rule.n;
	const unsigned char *code = m->p.code + r * k;

	s->m = 0;
	if (m->na == 1) {
		memset(s->slopes, 0, q * sizeof(double));
		s->row[0] = s->slopes;
		s->at[s->m++] = 0;
	}
	for (size_t j = 0; j < k; j++) {
		const double *t;

		if (code[j] == AN_NOT_SHOWN)
			continue;
		t = derivative(m, s, j, code[j]);
		for (size_t i = 0; m->na == 1 && i < q; i++)
			s->slopes[i] += t[i];
		if (m->na == 1)
			continue;
		s->row[s->m] = t;
		s->at[s->m++] = j;
	}
	for (size_t j = 0; j < k; j++) {
		const size_t c = code[j], d = m->na + m->from[j] + c;

		if (c == AN_NOT_SHOWN)
			continue;
		for (size_t up = 0; up < 2; up++) {
			if (up ? c + 1 == an_grm_categories(m, j) : c == 0)
				continue;
			s->row[s->m] = derivative(m, s, j, c) + (1 + up) * q;
			s->at[s->m++] = d + up - 1;
		}
	}
}

/* to += the sum of four rows, each by its weight. */
static void add_rows(double *restrict to, const double *restrict f,
		     size_t stride, const double *restrict w, size_t n)
{
	const double w0 = w[0], w1 = w[stride], w2 = w[2 * stride];
	const double w3 = w[3 * stride];
	const double *restrict f1 = f + stride, *restrict f2 = f1 + stride;
	const double *restrict f3 = f2 + stride;

	for (size_t i = 0; i < n; i++)
		to[i] += (w0 * f[i] + w1 * f1[i]) + (w2 * f2[i] + w3 * f3[i]);
}

/* Their covariances over the posterior. */
static void covariances(const struct an_grm_model *m, struct scores *s)
{
	const size_t most = s->most;
	size_t lo = 0, hi = m->rule.n, n;

	while (lo + 1 < hi && !(m->post[lo] > FAR))
		lo++;
	while (hi > lo + 1 && !(m->post[hi - 1] > FAR))
		hi--;
	n = (hi - lo + BLOCK - 1) / BLOCK * BLOCK;
	memset(s->wf, 0, n * most * sizeof(double));
	for (size_t t = 0; t < s->m; t++) {
		double mean = 0.0;

		for (size_t i = lo; i < hi; i++)
			mean += m->post[i] * s->row[t][i];
		for (size_t i = lo; i < hi; i++) {
			const double d = s->row[t][i] - mean;

			s->f[(i - lo) * most + t] = d;
			s->wf[(i - lo) * most + t] = m->post[i] * d;
		}
	}
	memset(s->cov, 0, s->m * most * sizeof(double));
	for (size_t i = 0; i < n; i += BLOCK)
		for (size_t t = 0; t < s->m; t++)
			add_rows(s->cov + t * most, s->f + i * most, most,
				 s->wf + i * most + t, t + 1);
}

static struct scores scores_new(struct an_scratch *work,
				const struct an_grm_model *m)
{
	const size_t k = m->p.k, q = m->rule.n, most = 3 * k;

	return (struct scores){
		.p = m->na + m->from[k],
		.most = most,
		.by = an_doubles(work, 3 * m->table[k] * q),
		.row = an_alloc(work, most, sizeof(double *)),
		.at = an_sizes(work, most),
		.slopes = an_doubles(work, q),
		.f = an_doubles(work, (q + BLOCK) * most),
		.wf = an_doubles(work, (q + BLOCK) * most),
		.cov = an_doubles(work, most * most),
	};
}

/* The second derivatives of the priors. */
static void priors(const struct an_grm_model *m, const double *x, size_t p,
		   double *h)
{
	const double pa = m->options->sd_log_a, pd = m->options->sd_d;

	for (size_t j = 0; pa > 0.0 && j < m->p.k; j++) {
		const size_t a = an_grm_slope_at(m, j);

		h[a * p + a] += (1.0 - log(x[a])) / (pa * pa * x[a] * x[a]);
	}
	for (size_t d = m->na; pd > 0.0 && d < p; d++)
		h[d * p + d] += 1.0 / (pd * pd);
}

enum an_status an_grm_hessian(struct an_grm_model *m, const double *x,
			      double *h)
{
	AN_SCRATCH(work);
	struct scores s = scores_new(&work, m);
	const size_t p = s.p;

	memset(h, 0, p * p * sizeof(*h));
	if (!isfinite(an_grm_expect(m, x)))
		return AN_NOT_FINITE;
	for (size_t j = 0; j < m->p.k; j++)
		for (size_t c = 0; c < an_grm_categories(m, j); c++)
			category(m, &s, j, c, h);
	for (size_t r = 0; r < m->p.n; r++) {
		an_grm_posterior(m, r);
		collect(m, &s, r);
		covariances(m, &s);
		for (size_t i = 0; i < s.m; i++)
			for (size_t j = 0; j <= i; j++)
				h[s.at[i] * p + s.at[j]] -=
					m->p.w[r] * s.cov[i * s.most + j];
		an_tell(m->options->progress, "errors", r + 1, m->p.n);
	}
	priors(m, x, p, h);
	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < i; j++)
			h[j * p + i] = h[i * p + j];
	for (size_t i = 0; i < p * p; i++)
		if (!isfinite(h[i]))
			return AN_NOT_FINITE;
	return AN_OK;
}
