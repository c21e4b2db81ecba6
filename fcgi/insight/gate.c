/*
 * gate.c: thresholds, figures and groups. Tables are gate_table.c.
 */
#include "insight/gate.h"

#include "analytics/suppress.h"

#include <math.h>

enum topic { SCORE, OPINION };

/* What needs more people than its topic's k, by the rule of shown at n. */
static const struct rule {
	enum topic topic;
	size_t least;
} rules[GATE_WHATS] = {
	[GATE_SCORE] = { SCORE, 5 },
	[GATE_EFFECT] = { SCORE, 10 },
	[GATE_ITEM] = { SCORE, 10 },
	[GATE_ALPHA] = { SCORE, 10 },
	[GATE_OPINION] = { OPINION, 10 },
	[GATE_COMMENT] = { OPINION, 10 },
	[GATE_FLAG] = { SCORE, 30 },
	[GATE_RANKING] = { OPINION, 30 },
	[GATE_PORTFOLIO] = { OPINION, 50 },
	[GATE_COMPARE] = { SCORE, 30 },
	[GATE_MODEL] = { SCORE, 100 },
	[GATE_MODEL_ML] = { SCORE, 250 },
	[GATE_FAIRNESS] = { SCORE, 100 },
	[GATE_FAIRNESS_CLASS] = { SCORE, 500 },
	[GATE_NETWORK] = { OPINION, 30 },
	[GATE_THEMES] = { OPINION, 50 },
	[GATE_OMEGA] = { SCORE, 50 },
	[GATE_OMEGA_CI] = { SCORE, 100 },
	[GATE_SCALE] = { OPINION, 10 },
	[GATE_SCALE_OMEGA] = { OPINION, 50 },
	[GATE_SCALE_OMEGA_CI] = { OPINION, 100 },
};

struct gate gate_standard(void)
{
	const struct gate g = { AN_K_SCORE, AN_K_OPINION };

	return g;
}

size_t gate_least(const struct gate *g, enum gate_what what)
{
	const struct rule r = rules[what];
	const size_t k = r.topic == SCORE ? g->k_score : g->k_opinion;

	return r.least > k ? r.least : k;
}

size_t gate_alike(const struct gate *g, enum gate_what what)
{
	return 2 * (rules[what].topic == SCORE ? g->k_score : g->k_opinion);
}

bool gate_may(const struct gate *g, enum gate_what what, size_t n)
{
	return n >= gate_least(g, what);
}

bool gate_is_reference(enum gate_what what, size_t n)
{
	return what == GATE_SCORE && n < 10;
}

double gate_p(double p, size_t n)
{
	return n < GATE_CROWD ? p : (double)NAN;
}

struct figure figure_none(const char *method, enum an_status status)
{
	const struct figure f = { .value = NAN,
				  .lo = NAN,
				  .hi = NAN,
				  .method = method,
				  .status = status };

	return f;
}

struct figure figure_hidden(const char *method)
{
	return figure_none(method, AN_SUPPRESSED);
}

struct figure gate_figure(const struct gate *g, enum gate_what what,
			  struct an_estimate e, size_t base)
{
	struct figure f = figure_hidden(e.method);

	f.n = e.n;
	f.base = base > e.n ? base : e.n;
	f.missing = f.base - f.n;
	if (!e.n)
		f.status = AN_EMPTY;
	if (!gate_may(g, what, e.n))
		return f;
	/* No spread: the mean is what each of them answered. */
	if (e.status == AN_ZERO_VARIANCE && e.n < gate_alike(g, what))
		return f;
	f.value = e.value;
	f.lo = e.lo;
	f.hi = e.hi;
	f.status = e.status;
	return f;
}

double gate_round_share(double share, size_t n)
{
	const double steps = n < 100 ? 100.0 : 1000.0;

	/* Half up, as offices count; 1e-9 takes the noise of the binary. */
	return isnan(share) ? NAN : floor(share * steps + 0.5 + 1e-9) / steps;
}

struct figure gate_share(const struct gate *g, enum gate_what what,
			 struct an_estimate e, size_t base)
{
	struct figure f = gate_figure(g, what, e, base);

	if (e.n < gate_alike(g, what) && (e.value <= 0.0 || e.value >= 1.0)) {
		f.value = f.lo = f.hi = NAN;
		f.status = AN_SUPPRESSED;
	}
	return figure_rounded(f);
}

struct figure figure_rounded(struct figure f)
{
	f.value = gate_round_share(f.value, f.n);
	f.lo = gate_round_share(f.lo, f.n);
	f.hi = gate_round_share(f.hi, f.n);
	return f;
}

bool gate_has(const struct figure *f)
{
	return !isnan(f->value);
}

bool gate_distribution(const struct gate *g, enum gate_what what,
		       const size_t *count, size_t options)
{
	size_t n = 0, given = 0;

	for (size_t i = 0; i < options; i++) {
		n += count[i];
		given += count[i] ? 1 : 0;
	}
	return gate_may(g, what, n) && (given != 1 || n >= gate_alike(g, what));
}

bool gate_two(const struct gate *g, enum gate_what what, size_t a, size_t b)
{
	const size_t k = rules[what].topic == SCORE ? g->k_score : g->k_opinion;

	return a >= k && b >= k;
}

bool gate_beside(const struct gate *g, enum gate_what what, size_t some,
		 size_t all)
{
	const size_t k = rules[what].topic == SCORE ? g->k_score : g->k_opinion;

	return all <= some || all - some >= k;
}

void gate_groups(const struct gate *g, enum gate_what what,
		 const size_t *people, size_t ngroups, bool *shown)
{
	const size_t least = gate_least(g, what);
	size_t hidden = 0;

	for (size_t i = 0; i < ngroups; i++) {
		shown[i] = people[i] >= least;
		hidden += shown[i] ? 0 : people[i];
	}
	while (hidden > 0 && hidden < least) {
		size_t best = ngroups;

		for (size_t i = 0; i < ngroups; i++)
			if (shown[i] &&
			    (best == ngroups || people[i] < people[best]))
				best = i;
		if (best == ngroups)
			return;
		shown[best] = false;
		hidden += people[best];
	}
}

void gate_parts(const struct gate *g, enum gate_what what, const size_t *people,
		size_t nparts, bool *in)
{
	const size_t least = gate_least(g, what);
	size_t small = 0, parts = 0;
	bool together;

	for (size_t i = 0; i < nparts; i++)
		if (people[i] && people[i] < least) {
			small += people[i];
			parts++;
		}
	together = parts > 1 && small >= least;
	for (size_t i = 0; i < nparts; i++)
		in[i] = people[i] >= least || (people[i] && together);
}
