/*
 * irt_expect.c: the E step of the 1PL and 2PL models.
 *
 * log P(right) - log P(wrong) = a theta + d, so the likelihood of a pattern at
 * theta is (product of P(wrong) over all items) * exp(slope theta + level),
 * slope the sum of a and level the sum of d over the right answers. So a
 * pattern costs k + nodes, not k * nodes; the sums of a and d over eight
 * items at once stand in a table; and at equally spaced nodes exp(slope theta)
 * is a geometric series: one exponential for all of them.
 */
#include "analytics/irt_data.h"

#include <math.h>
#include <string.h>

#define LANES 8 /* nodes done side by side */
#define BYTE  256

/* Beyond exp(+-690) a product might leave the range of double. */
#define SAFE 690.0

/* e^-60 of the mode adds nothing to a double. */
#define TINY (-60.0)

static bool equally_spaced(const struct an_rule *rule, double *step)
{
	const double h = (rule->node[rule->n - 1] - rule->node[0]) /
			 (double)(rule->n - 1);

	for (size_t q = 0; q < rule->n; q++)
		if (fabs(rule->node[q] - rule->node[0] - h * (double)q) > 1e-13)
			return false;
	*step = h;
	return true;
}

/* The right answers of every pattern as bits, and who gave how many. */
static void pack(struct an_expectation *e)
{
	const size_t k = e->p.k;

	for (size_t i = 0; i < e->p.n; i++) {
		const unsigned char *code = e->p.code + i * k;
		const double w = e->p.w[i];

		for (size_t j = 0; j < k; j++)
			if (code[j] == 1) {
				e->right[i * e->bytes + j / 8] |=
					(unsigned char)(1u << j % 8);
				e->s0[j] += w;
			}
		e->saturated += w * log(w / e->p.people);
	}
}

void an_expectation_new(struct an_scratch *work, struct an_patterns p,
			struct an_rule rule, struct an_expectation *e)
{
	const size_t k = p.k, q = (rule.n + LANES - 1) / LANES * LANES;

	*e = (struct an_expectation){
		.p = p, .rule = rule, .nodes = q, .bytes = (k + 7) / 8
	};
	e->right = an_alloc(work, p.n * e->bytes, 1);
	e->node = an_doubles(work, q);
	e->base = an_doubles(work, q);
	e->start = an_doubles(work, q);
	e->post = an_doubles(work, q);
	e->nq = an_doubles(work, q);
	e->p1 = an_doubles(work, k * q);
	e->log_p0 = an_doubles(work, k * q);
	e->over = an_doubles(work, p.missing ? k * q : 0);
	e->out = an_doubles(work, k * q);
	e->s0 = an_doubles(work, k);
	e->s1 = an_doubles(work, k);
	e->slope = an_doubles(work, e->bytes * BYTE);
	e->level = an_doubles(work, e->bytes * BYTE);
	e->theta = an_doubles(work, e->bytes * BYTE);
	for (size_t i = 0; i < rule.n; i++)
		e->node[i] = rule.node[i];
	if (!equally_spaced(&rule, &e->step))
		e->step = 0.0;
	pack(e);
}

/* Sums of v over every choice out of eight items. */
static void sums_of_bytes(const double *v, size_t k, double *sum)
{
	for (size_t j = 0; j < k; j++) {
		double *table = sum + j / 8 * BYTE;
		const size_t bit = (size_t)1 << j % 8;

		if (bit == 1)
			table[0] = 0.0;
		for (size_t c = 0; c < bit; c++)
			table[bit + c] = table[c] + v[j];
	}
}

/*
 * May likelihoods be products? start falls as far as that of somebody with all
 * wrong, exp(slope * node) as that of somebody with all right; below 0 both at
 * once; what was not shown is divided out again. The series runs on to the
 * last of eight.
 */
static bool in_range(const struct an_expectation *e, double slopes)
{
	const size_t n = e->rule.n;
	const double reach =
		fmax(fabs(e->node[0]), fabs(e->node[n - 1])) + LANES * e->step;

	for (size_t i = 0; i < n; i++) {
		const double line = slopes * e->node[i];

		if (!(e->base[i] - e->scale + fmin(0.0, line) > -SAFE))
			return false;
		if (e->p.missing &&
		    !(e->base[i] > -SAFE && fmax(0.0, line) - e->scale < SAFE))
			return false;
	}
	return slopes * reach < SAFE;
}

/* Probabilities at the nodes; false if their products need logarithms. */
static bool tables(struct an_expectation *e, const double *a, const double *d)
{
	const size_t k = e->p.k, q = e->nodes, n = e->rule.n;
	double slopes = 0.0;

	memset(e->base, 0, q * sizeof(double));
	for (size_t j = 0; j < k; j++) {
		slopes += fabs(a[j]);
		for (size_t i = 0; i < n; i++) {
			const double eta = a[j] * e->node[i] + d[j];
			const double small = exp(-fabs(eta));
			const double log1 = log1p(small);
			const double far = small / (1.0 + small);

			e->p1[j * q + i] = eta >= 0.0 ? 1.0 - far : far;
			e->log_p0[j * q + i] = eta > 0.0 ? -eta - log1 : -log1;
			e->base[i] += e->log_p0[j * q + i];
		}
	}
	e->scale = -INFINITY;
	for (size_t i = 0; i < n; i++) {
		e->base[i] += e->rule.log_weight[i];
		e->scale = fmax(e->scale, e->base[i]);
	}
	for (size_t i = 0; i < n; i++)
		e->start[i] = exp(e->base[i] - e->scale);
	for (size_t i = 0; e->p.missing && i < k * q; i++)
		e->over[i] = exp(-e->log_p0[i]);
	return in_range(e, slopes);
}

/* post = start * exp(slope * node), by a geometric series. */
static void series(const struct an_expectation *e, double slope)
{
	const double by = exp(slope * e->step);
	const double by2 = by * by, by4 = by2 * by2, by8 = by4 * by4;
	double v[LANES];

	v[0] = exp(slope * e->node[0]);
	v[1] = v[0] * by;
	v[2] = v[0] * by2;
	v[3] = v[1] * by2;
	for (size_t l = 0; l < 4; l++)
		v[4 + l] = v[l] * by4;
	for (size_t i = 0; i < e->nodes; i += LANES)
		for (size_t l = 0; l < LANES; l++) {
			e->post[i + l] = e->start[i + l] * v[l];
			v[l] *= by8;
		}
}

/* The likelihood of pattern p at the nodes, up to the factor exp(result). */
static double likelihood(struct an_expectation *e, const unsigned char *code,
			 double slope, double level, bool products)
{
	const size_t q = e->nodes, n = e->rule.n;
	double most = -INFINITY;

	if (products) {
		if (e->step > 0.0)
			series(e, slope);
		for (size_t i = 0; i < n && !(e->step > 0.0); i++)
			e->post[i] = e->start[i] * exp(slope * e->node[i]);
		for (size_t j = 0; e->p.missing && j < e->p.k; j++)
			for (size_t i = 0; code[j] == AN_NOT_SHOWN && i < n;
			     i++)
				e->post[i] *= e->over[j * q + i];
		return level + e->scale;
	}
	for (size_t i = 0; i < n; i++)
		e->post[i] = e->base[i] + slope * e->node[i];
	for (size_t j = 0; e->p.missing && j < e->p.k; j++)
		for (size_t i = 0; code[j] == AN_NOT_SHOWN && i < n; i++)
			e->post[i] -= e->log_p0[j * q + i];
	for (size_t i = 0; i < n; i++)
		most = e->post[i] > most ? e->post[i] : most;
	for (size_t i = 0; i < n; i++) {
		const double l = e->post[i] - most;

		e->post[i] = l > TINY ? exp(l) : 0.0;
	}
	return level + most;
}

/* Sum of post, and of post times node. */
static void integrate(const struct an_expectation *e, double *sum,
		      double *theta)
{
	double s[LANES] = { 0.0 }, t[LANES] = { 0.0 };

	for (size_t i = 0; i < e->nodes; i += LANES)
		for (size_t l = 0; l < LANES; l++) {
			s[l] += e->post[i + l];
			t[l] += e->post[i + l] * e->node[i + l];
		}
	*sum = *theta = 0.0;
	for (size_t l = 0; l < LANES; l++) {
		*sum += s[l];
		*theta += t[l];
	}
}

static void add_scaled(double *restrict to, const double *restrict from,
		       double by, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] += by * from[i];
}

/* One pattern: its log-likelihood, and its people into the sums. */
static double collect(struct an_expectation *e, size_t i, bool products)
{
	const unsigned char *right = e->right + i * e->bytes;
	const unsigned char *code = e->p.code + i * e->p.k;
	double slope = 0.0, level = 0.0, scale, sum, theta;

	for (size_t b = 0; b < e->bytes; b++) {
		slope += e->slope[b * BYTE + right[b]];
		level += e->level[b * BYTE + right[b]];
	}
	scale = likelihood(e, code, slope, level, products);
	integrate(e, &sum, &theta);
	add_scaled(e->nq, e->post, e->p.w[i] / sum, e->nodes);
	for (size_t b = 0; b < e->bytes; b++)
		e->theta[b * BYTE + right[b]] += e->p.w[i] * theta / sum;
	for (size_t j = 0; e->p.missing && j < e->p.k; j++)
		if (code[j] == AN_NOT_SHOWN)
			add_scaled(e->out + j * e->nodes, e->post,
				   e->p.w[i] / sum, e->nodes);
	return scale + log(sum);
}

double an_expect(struct an_expectation *e, const double *a, const double *d)
{
	const size_t k = e->p.k;
	const bool products = tables(e, a, d);
	double loglik = 0.0;

	sums_of_bytes(a, k, e->slope);
	sums_of_bytes(d, k, e->level);
	memset(e->nq, 0, e->nodes * sizeof(double));
	memset(e->out, 0, k * e->nodes * sizeof(double));
	memset(e->theta, 0, e->bytes * BYTE * sizeof(double));
	for (size_t i = 0; i < e->p.n; i++)
		loglik += e->p.w[i] * collect(e, i, products);
	for (size_t j = 0; j < k; j++) {
		const double *table = e->theta + j / 8 * BYTE;

		e->s1[j] = 0.0;
		for (size_t c = 0; c < BYTE; c++)
			e->s1[j] += c >> j % 8 & 1u ? table[c] : 0.0;
	}
	return loglik;
}
