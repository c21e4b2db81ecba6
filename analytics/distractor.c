/*
 * distractor.c: option counts against the score on the other items.
 */
#include "analytics/distractor.h"

#include "analytics/memory.h"
#include "analytics/number.h"

#include <math.h>

/* Who is in the upper and the lower 27 %, and everybody's total. */
struct scored {
	const size_t *choice, *key;
	size_t n, k;
	double *total, upper, lower;
};

static double right(const struct scored *s, size_t i, size_t j)
{
	return s->choice[i * s->k + j] == s->key[j] ? 1.0 : 0.0;
}

static void score(struct scored *s)
{
	AN_SCRATCH(work);
	const size_t g = (size_t)ceil(0.27 * (double)s->n);
	double *sorted = an_doubles(&work, s->n);

	for (size_t i = 0; i < s->n; i++) {
		for (size_t j = 0; j < s->k; j++)
			s->total[i] += right(s, i, j);
		sorted[i] = s->total[i];
	}
	an_sort(sorted, s->n);
	s->upper = sorted[s->n - g];
	s->lower = sorted[g - 1];
}

/* One option of item j; code is the option or AN_OMITTED. */
static struct an_option option(const struct scored *s, size_t j, size_t code,
			       const struct an_choices *all)
{
	struct an_option o = { .is_key = code == s->key[j] };
	AN_SCRATCH(work);
	double *chose = an_doubles(&work, s->n), up = 0.0, down = 0.0;
	double *rest = an_doubles(&work, s->n), sum = 0.0;

	for (size_t i = 0; i < s->n; i++) {
		rest[i] = s->total[i] - right(s, i, j);
		if (s->choice[i * s->k + j] != code)
			continue;
		chose[i] = 1.0;
		o.n++;
		sum += rest[i];
		up += s->total[i] >= s->upper ? 1.0 : 0.0;
		down += s->total[i] <= s->lower ? 1.0 : 0.0;
	}
	o.share = (double)o.n / (double)s->n;
	o.mean_rest = o.n ? sum / (double)o.n : NAN;
	o.r = an_pearson(chose, rest, s->n);
	o.share_upper = up / (double)all->upper_n;
	o.share_lower = down / (double)all->lower_n;
	o.functioning = code != AN_OMITTED && !o.is_key && o.share >= 0.05 &&
			o.share_lower > o.share_upper;
	return o;
}

/* Warnings of one item, from 30 people on. */
static void warn(struct an_option *o, size_t options, size_t key, double n)
{
	for (size_t c = 0; c < options && n >= 30.0; c++) {
		const double lo = tanh(atanh(o[c].r) - AN_Z975 / sqrt(n - 3.0));

		if (o[c].is_key) {
			o[c].backwards = o[c].r <= 0.0;
			continue;
		}
		o[c].dead = o[c].share < 0.05;
		o[c].rivals_key = o[c].r > o[key].r || lo > 0.0;
	}
}

struct an_choices an_distractors(const size_t *choice, size_t n, size_t k,
				 const size_t *key, size_t options,
				 struct an_option *out)
{
	struct an_choices all = { n, 0, 0, AN_BAD_INPUT };
	AN_SCRATCH(work);
	struct scored s = { choice, key, n, k, an_doubles(&work, n), 0, 0 };

	for (size_t j = 0; j < k; j++)
		if (key[j] >= options)
			return all;
	for (size_t i = 0; i < n * k; i++)
		if (choice[i] >= options && choice[i] != AN_OMITTED)
			return all;
	all.status = AN_EMPTY;
	if (!n || !k)
		return all;
	score(&s);
	for (size_t i = 0; i < n; i++) {
		all.upper_n += s.total[i] >= s.upper ? 1 : 0;
		all.lower_n += s.total[i] <= s.lower ? 1 : 0;
	}
	for (size_t j = 0; j < k; j++) {
		struct an_option *o = out + j * (options + 1);

		for (size_t c = 0; c < options; c++)
			o[c] = option(&s, j, c, &all);
		o[options] = option(&s, j, AN_OMITTED, &all);
		warn(o, options, key[j], (double)n);
	}
	all.status = an_variance(s.total, n) > 0.0 ? AN_OK : AN_ZERO_VARIANCE;
	return all;
}
